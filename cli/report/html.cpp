// stub
#include "cli/report/model.h"
namespace schemadiff::cli {
std::string plan_html(const PlanReport&) { return {}; }
std::string check_html(const CheckReport&) { return {}; }
}
