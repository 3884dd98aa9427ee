// Rows that an unfinished migration has still to fill: once their column is there, no comparison of
// schemas tells of them.
#pragma once

#include <vector>

#include "engine/apply/journal.h"

namespace schemadiff::cli {

// The backfills of the migration's plan that were not done, and whose columns are in both catalogs.
std::vector<engine::Step> open_backfills(engine::Session& session,
                                         const engine::Migration& unfinished,
                                         const schema::Catalog& now,
                                         const schema::Catalog& desired);

// Those that the plan does not do itself, by the column.
std::vector<engine::Step> not_in(const engine::Plan& plan, std::vector<engine::Step> backfills);

// Gives them to the plan, behind its last step of expand.
void add_backfills(engine::Plan& plan, const std::vector<engine::Step>& backfills);

}  // namespace schemadiff::cli
