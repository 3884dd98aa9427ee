// GROUP BY a primary key: other columns of its table may then be used ungrouped, and the query
// depends on the constraint (pg_constraint.c, check_functional_grouping; parse_agg.c).
#include <algorithm>
#include <functional>

#include "parser/analyze/analyzer.h"

namespace schemadiff::parser {
namespace {

using schema::Constraint;

const Constraint* primary_key(const schema::Catalog& catalog,
                              const schema::QualifiedName& relation) {
  const auto& all = catalog.constraints;
  for (auto place =
           all.lower_bound({schema::Kind::Constraint, relation.schema, relation.name, {}, {}});
       place != all.end() && place->first.schema == relation.schema &&
       place->first.parent == relation.name;
       ++place) {
    if (place->second.contype == 'p' && !place->second.deferrable) return &place->second;
  }
  return nullptr;
}

bool is_aggregate(const Typed& value) {
  return value.kind == TypedKind::Grouping ||
         (value.function && value.function->kind == 'a' && !(value.parts && value.parts->window));
}

// Visits the columns outside aggregates and grouped expressions, sub-queries included.
class UngroupedColumns {
 public:
  UngroupedColumns(const std::vector<Typed*>& grouped, std::function<void(const Typed&)> visit)
      : grouped_(grouped), visit_(std::move(visit)) {}

  void walk(const Typed* value) {
    if (!value || std::ranges::find(grouped_, value) != grouped_.end() || is_aggregate(*value))
      return;
    if (value->kind == TypedKind::Column && value->entry) visit_(*value);
    for (const Typed* kid : value->kids) walk(kid);
    if (value->query) walk(*value->query);
    if (!value->parts) return;
    for (const SortKey& key : value->parts->order) walk(key.value);
    walk(value->parts->filter);
    if (value->parts->window) walk(*value->parts->window);
  }

  void walk(const Query& query) {
    for (const TypedTarget& target : query.targets) walk(target.value);
    for (const SortKey& key : query.order) walk(key.value);
    for (const WindowSpec* window : query.windows) walk(*window);
    for (const Typed* value : query.distinct_on) walk(value);
    walk(query.where);
    walk(query.having);
    for (const Entry* entry : query.range_table) {
      if (entry->query) walk(*entry->query);
      walk(entry->on);
    }
    for (const TypedCte* cte : query.ctes)
      if (cte->query) walk(*cte->query);
    if (query.left) walk(*query.left);
    if (query.right) walk(*query.right);
  }

 private:
  void walk(const WindowSpec& window) {
    for (const Typed* value : window.partition) walk(value);
    for (const SortKey& key : window.order) walk(key.value);
  }

  const std::vector<Typed*>& grouped_;
  std::function<void(const Typed&)> visit_;
};

}  // namespace

void Analyzer::refer_keys(const Query& query) {
  const auto is_grouped = [&](const Entry& entry, std::size_t index) {
    return std::ranges::any_of(query.group, [&](const Typed* value) {
      return value->kind == TypedKind::Column && value->entry == &entry &&
             static_cast<std::size_t>(value->op) == index;
    });
  };
  const auto covers = [&](const Entry& entry, const Constraint& key) {
    const auto& columns = entry.renamed ? shared_.columns[entry.row_type.oid] : *entry.columns;
    return std::ranges::all_of(key.columns, [&](const std::string& name) {
      const auto place = std::ranges::find(columns, name, &EntryColumn::name);
      return place != columns.end() &&
             is_grouped(entry, static_cast<std::size_t>(place - columns.begin()));
    });
  };
  std::vector<const Entry*> done;
  const auto visit = [&](const Typed& column) {
    const Entry& entry = *column.entry;
    if (!entry.user_relation || entry.kind != EntryKind::Relation ||
        std::ranges::find(query.range_table, &entry) == query.range_table.end() ||
        is_grouped(entry, static_cast<std::size_t>(column.op)) ||
        std::ranges::find(done, &entry) != done.end())
      return;
    done.push_back(&entry);
    const Constraint* key = primary_key(shared_.catalog, entry.relation);
    if (key && covers(entry, *key)) refs.push_back(key->id);
  };
  UngroupedColumns columns(query.group, visit);
  for (const TypedTarget& target : query.targets) columns.walk(target.value);
  columns.walk(query.having);
  for (const SortKey& key : query.order) columns.walk(key.value);
  for (const WindowSpec* spec : query.windows)
    for (const Typed* value : spec->partition) columns.walk(value);
}

}  // namespace schemadiff::parser
