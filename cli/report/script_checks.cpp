// What a script asks of the catalog before and after its steps.
#include <set>

#include "cli/report/script.h"
#include "engine/catalog_checks.h"

namespace schemadiff::cli {

std::vector<engine::CatalogCheck> catalog_checks(const PlanReport& report,
                                                 const schema::Catalog& side) {
  std::set<schema::ObjectId> left_out;
  for (const engine::Step& step : report.plan.steps)
    if (!step.reversible && &side == &report.sides.from.catalog) left_out.insert(step.object);
  std::vector<engine::CatalogCheck> checks;
  for (const diff::Change& change : changes_of(report.sides))
    if (!left_out.contains(change.id))
      for (engine::CatalogCheck& check : engine::catalog_checks(change.id, side))
        checks.push_back(std::move(check));
  return checks;
}

}  // namespace schemadiff::cli
