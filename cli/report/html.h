// Parts of the HTML reports.
#pragma once

#include "cli/report/model.h"
#include "cli/report/page.h"

namespace schemadiff::cli {

// The locks of a plan as a drawing; empty where it locks nothing, or has too many steps to be one.
std::string timeline_html(const engine::Plan& plan);

}  // namespace schemadiff::cli
