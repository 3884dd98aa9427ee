// A plan as scripts that psql may run twice: what is done is written down in the database, in the
// transaction that does it, and is not done again.
#pragma once

#include <string>
#include <vector>

#include "cli/report/report.h"

namespace schemadiff::cli {

struct Scripts {
  std::string forward, back;
  std::string readme;  // Markdown
};

// `stem`: the name of the files without what tells them apart, "202701311200_add_notes".
Scripts scripts_of(const PlanReport& report, const std::string& stem);

// Of the objects that the plan changes: whether they are as the side has them. Those whose way back
// is missing are left out. Objects of kinds that no short query tells of are, too.
std::vector<engine::CatalogCheck> catalog_checks(const PlanReport& report,
                                                 const schema::Catalog& side);

}  // namespace schemadiff::cli
