// From two sides to a plan: what differs, and what is known of the data that it touches.
#include <algorithm>

#include "cli/comparison.h"
#include "cli/facts.h"
#include "cli/probes.h"
#include "engine/verify.h"
#include "schema/error.h"
#include "schema/introspect/introspect.h"

namespace schemadiff::cli {
namespace {

using schema::Kind;
using schema::QualifiedName;

// Tables and materialized views of the database that a change may lock, and default partitions,
// which every new partition locks.
std::vector<QualifiedName> touched(const schema::Catalog& from, const schema::Catalog& to,
                                   const std::vector<diff::Change>& changes) {
  std::vector<QualifiedName> tables;
  for (const auto& [id, table] : from.tables)
    if (table.bound.sql == "DEFAULT") tables.push_back({id.schema, id.name});
  for (const diff::Change& change : changes) {
    const schema::ObjectId& id = change.id;
    if (!id.parent.empty())
      tables.push_back({id.schema, id.parent});
    else if (id.kind == Kind::Table || id.kind == Kind::MaterializedView)
      tables.push_back({id.schema, id.name});
    else if (id.kind == Kind::Index)
      for (const schema::Catalog* side : {&from, &to})
        if (const auto index = side->indexes.find(id); index != side->indexes.end())
          tables.push_back(index->second.table);
  }
  std::sort(tables.begin(), tables.end());
  tables.erase(std::unique(tables.begin(), tables.end()), tables.end());
  return tables;
}

}  // namespace

std::vector<diff::Change> changes_of(const Comparison& sides) {
  return diff::compare(sides.from.catalog, sides.to.catalog, sides.plan.compare);
}

namespace {

// Facts of tables are asked for and written down under the names that they have now.
void use_new_names(const std::vector<schema::RenamedTable>& renamed, schema::Facts& facts) {
  for (const schema::RenamedTable& table : renamed) {
    auto entry = facts.tables.extract(table.before);
    if (entry.empty()) continue;
    entry.key() = table.after;
    facts.tables.insert(std::move(entry));
  }
}

void use_old_names(const std::vector<schema::RenamedTable>& renamed,
                   std::vector<QualifiedName>& tables) {
  for (const schema::RenamedTable& table : renamed)
    std::replace(tables.begin(), tables.end(), table.after, table.before);
}

}  // namespace

schema::Facts facts_of(const Comparison& sides, const std::vector<diff::Change>& changes) {
  schema::Facts facts;
  if (!sides.facts.empty()) facts = read_facts_file(sides.facts);
  if (!sides.from.conninfo.empty() && !facts.others) {
    std::vector<QualifiedName> tables = touched(sides.from.catalog, sides.to.catalog, changes);
    use_old_names(sides.plan.renamed, tables);
    schema::Facts live = schema::read_facts(sides.from.conninfo, tables);
    facts.tables.merge(live.tables);
    facts.rates = std::move(live.rates);
  }
  use_new_names(sides.plan.renamed, facts);
  return facts;
}

engine::Plan plan_of(const Comparison& sides) {
  const std::vector<diff::Change> changes = changes_of(sides);
  engine::PlanOptions options = sides.plan;
  options.facts = facts_of(sides, changes);
  engine::Plan plan = engine::plan(sides.from.catalog, sides.to.catalog, changes, options);
  if (sides.probes.enabled && !sides.from.conninfo.empty()) {
    std::vector<std::string> notes;
    auto counts = probe(sides.from.conninfo, plan, options.facts, sides.probes, notes);
    const bool any = !counts.empty();
    counts.merge(options.facts.counts);
    options.facts.counts = std::move(counts);
    if (any) plan = engine::plan(sides.from.catalog, sides.to.catalog, changes, options);
    plan.notes.insert(plan.notes.end(), notes.begin(), notes.end());
  }
  if (const std::vector<std::string> wrong = engine::verify(plan); !wrong.empty())
    throw Error("the plan is not safe: " + wrong.front(),
                "this is a defect of schemadiff: please report it with both schemas");
  return plan;
}

}  // namespace schemadiff::cli
