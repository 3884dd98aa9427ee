// Decides how a large materialized view gets another query: a new one is filled and indexed beside
// it, and takes its name in a short transaction.
#include "engine/lower/materialized_view.h"

#include <algorithm>
#include <set>

namespace schemadiff::engine {

using namespace schema;
using diff::Action;

namespace {

std::vector<const Index*> indexes_of(const QualifiedName& view, const Context& context) {
  std::vector<const Index*> indexes;
  const auto found = context.new_children.find(view);
  if (found == context.new_children.end()) return indexes;
  for (const Object* child : found->second)
    if (child->id.kind == Kind::Index) indexes.push_back(static_cast<const Index*>(child));
  return indexes;
}

bool is_large(const QualifiedName& view, const Context& context) {
  const TableFacts* facts = context.options.facts.find(view);
  return !facts || !facts->bytes || *facts->bytes > context.options.thresholds.small_bytes ||
         facts->rows.value_or(0) > context.options.thresholds.small_rows;
}

// `seen`: views that were looked into; a file may have them read each other in a circle.
bool reads_large_tables(const Object& query, const Context& context, std::set<ObjectId>& seen) {
  return std::ranges::any_of(query.refs, [&](const ObjectId& ref) {
    const QualifiedName name{ref.schema, ref.kind == Kind::Column ? ref.parent : ref.name};
    if (ref.kind == Kind::Table || ref.kind == Kind::Column)
      return context.to.table(name) && context.size(name) == Size::Large;
    const bool is_view = ref.kind == Kind::View || ref.kind == Kind::MaterializedView;
    const Object* view = is_view && seen.insert(ref).second ? context.to.find(ref) : nullptr;
    return view && reads_large_tables(*view, context, seen);
  });
}

}  // namespace

bool takes_long_to_fill(const MaterializedView& view, const Context& context) {
  std::set<ObjectId> seen;
  return view.populated && reads_large_tables(view, context, seen);
}

bool swaps_online(const ObjectId& view, const Context& context) {
  const diff::Change* change = context.change(view);
  if (view.kind != Kind::MaterializedView || !change || change->action != Action::Replace ||
      !change->because.empty())
    return false;
  const QualifiedName name{view.schema, view.name}, next{view.schema, temporary_name(view.name)};
  const ObjectId next_id{Kind::MaterializedView, next.schema, {}, next.name, {}};
  return context.to.materialized_views.at(view).populated && is_large(name, context) &&
         !context.from.materialized_views.contains(next_id);
}

void lower_swap(const MaterializedView& before, const MaterializedView& after,
                const Context& context, Operations& operations) {
  const QualifiedName name{after.id.schema, after.id.name};
  MaterializedView next = after;
  next.id.name = temporary_name(name.name);
  const QualifiedName next_name{next.id.schema, next.id.name};

  Operation build = make(Role::Alter, after, Phase::Expand,
                         "The new form is filled and indexed beside the old one, which serves.");
  build.own_transaction = true;
  build.sql = full_create(next, context.to, context.from);
  build.undo = {drop_sql(next)};
  Operation install =
      make(Role::Make, after, Phase::Expand, "The new form takes the name; nobody waits for long.");
  install.sql = {rename_sql("MATERIALIZED VIEW " + quote_qualified(next_name), name.name)};
  install.undo = {rename_sql("MATERIALIZED VIEW " + quote_qualified(name), next_name.name)};
  for (const Index* index : indexes_of(name, context)) {
    Index copy = *index;
    copy.id.name = temporary_name(index->id.name);
    copy.table = next_name;
    append(build.sql, full_create(copy, context.to, context.from));
    const std::string& schema = index->id.schema;
    install.sql.push_back(
        rename_sql("INDEX " + quote_qualified({schema, copy.id.name}), index->id.name));
    install.undo.push_back(
        rename_sql("INDEX " + quote_qualified({schema, index->id.name}), copy.id.name));
  }
  build.unproven = context.change(after.id)->unproven;
  operations.push_back(std::move(build));

  Operation drop = make(Role::Drop, before, Phase::Expand, "The old form makes way.");
  drop.op = Op::DropView;
  drop.relations = {sql_name(before.id)};
  drop.sql = {drop_sql(before)};
  drop.undo = full_create(before, context.from, context.from);
  for (const Object* child : context.children_of(before.id))
    drop.parts.push_back(part_of(*child, context));
  operations.push_back(std::move(drop));
  operations.push_back(std::move(install));
}

}  // namespace schemadiff::engine
