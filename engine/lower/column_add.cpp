// Decides how columns are added and dropped, those of children included.
#include <algorithm>

#include "engine/lower/column.h"
#include "engine/lower/column_type.h"
#include "engine/lower/partition.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;
using diff::Change;

namespace {

// The server adds no identity column to children, so their column comes first.
bool needs_identity_later(const Table& table, const Column& column, const Context& context) {
  const QualifiedName name{table.id.schema, table.id.name};
  return column.identity != '\0' &&
         (context.heirs.contains(name) || context.old_heirs.contains(name));
}

// What a column that came with its parent's does not have from there.
Statements own_details(const Table& table, const Column& column, const Column& parent,
                       bool with_privileges) {
  const ObjectId id{Kind::Column, table.id.schema, table.id.name, column.name, {}};
  Statements sql;
  if (!(column.default_value == parent.default_value)) sql.push_back(default_sql(id, column));
  if (column.not_null && column.not_null_validated && !parent.not_null)
    sql.push_back(alter_column(id, "SET NOT NULL"));
  append(sql, column_settings_sql(column, sql_name(table.id)));
  if (!column.comment.empty())
    sql.push_back(comment_statement(
        "COLUMN " + sql_name(table.id) + '.' + quote_identifier(column.name), *column.comment));
  append(sql, changed_labels_sql(sql_address(id), {}, column.security_labels));
  if (with_privileges)
    append(sql, grant_sql({}, column.acl, column_grant_target(table), quote_identifier(column.name),
                          table.owner));
  return sql;
}

// Visits the tables below with their column, where that comes from above, and the one above:
// visit(heir, its column, the column above). What is below one that it refuses (false) is left out.
template <class Visit>
void for_each_below(const Table& table, const Column& column, const Heirs& heirs,
                    const Visit& visit) {
  const auto below = heirs.find({table.id.schema, table.id.name});
  if (below == heirs.end()) return;
  for (const Table* heir : below->second) {
    const Column* own = heir->find(column.name);
    if (own && !own->local && visit(*heir, *own, column)) for_each_below(*heir, *own, heirs, visit);
  }
}

// The same of all below a table whose column comes back.
Statements details_below(const Table& table, const Column& column, const Context& context) {
  Statements sql;
  for_each_below(table, column, context.old_heirs,
                 [&](const Table& heir, const Column& own, const Column& above) {
                   if (context.goes_away(heir.id)) return false;
                   append(sql, own_details(heir, own, above, true));
                   return true;
                 });
  return sql;
}

// Whether the table is below the same ones before and after the plan.
bool stays_below(const Table& heir, const Context& context) {
  const QualifiedName name{heir.id.schema, heir.id.name};
  const Table *before = context.from.table(name), *after = context.to.table(name);
  return before && after && before->partition_of == after->partition_of &&
         before->inherits == after->inherits && !context.goes_away(heir.id);
}

// Whether an insert that does not name the column fails, and not because of a primary key.
bool is_required(const ColumnChange& c) {
  const Column& column = *c.before;
  if (!column.not_null || !column.default_value.empty() || !column.generated.empty() ||
      column.identity != '\0' || !column.local)
    return false;
  for (const QualifiedName& name : c.table.inherits)  // which requires it as long as it is one
    if (const Table* parent = c.context.from.table(name))
      if (const Column* above = parent->find(column.name); above && above->not_null) return false;
  const auto in_key = [&](const Table* table) {
    return primary_key_with(*table, column.name, c.context) != nullptr;
  };
  // partitions cannot be spared
  const bool partitioned = !c.table.partition_key.strategy.empty();
  const auto below = all_below(c.table, c.context.old_heirs);
  return !in_key(&c.table) && !(partitioned && std::any_of(below.begin(), below.end(), in_key));
}

}  // namespace

bool has_volatile_default(const Column& column, const Catalog& catalog) {
  if (column.default_value.empty()) return false;
  for (const char* name :
       {"random(", "gen_random_uuid(", "clock_timestamp(", "nextval(", "timeofday(",
        "uuid_generate_v1", "uuid_generate_v4", "gen_random_bytes(", "txid_current("})
    if (column.default_value->sql.find(name) != std::string::npos) return true;
  for (const ObjectId& ref : column.default_refs)
    if (const auto found = catalog.routines.find(ref); found != catalog.routines.end())
      if (found->second.volatility == 'v') return true;
  return false;
}

bool has_checks(const TypeName& type, const Catalog& catalog) {
  const Domain* domain = find_domain(type, catalog);
  return domain &&
         (domain->not_null || !domain->constraints.empty() || has_checks(domain->base, catalog));
}

bool refuses_null(const TypeName& type, const Catalog& catalog) {
  const Domain* domain = find_domain(type, catalog);
  return domain && (domain->not_null || refuses_null(domain->base, catalog));
}

Statements details_below(const Table& table, const Column& column, const Column& as,
                         const Heirs& heirs, const Context& context) {
  Statements sql;
  for_each_below(table, column, heirs, [&](const Table& heir, Column own, const Column&) {
    if (!stays_below(heir, context)) return false;
    own.name = as.name;
    own.default_value = as.default_value;
    own.not_null = as.not_null;
    append(sql, own_details(heir, own, as, true));
    return true;
  });
  return sql;
}

Statements add_column(const Table& table, const Column& column, const Context& context,
                      bool with_privileges) {
  const std::string add = "ALTER TABLE " + sql_name(table.id) + " ADD COLUMN ";
  const ObjectId id{Kind::Column, table.id.schema, table.id.name, column.name, {}};
  Statements sql;
  if (needs_identity_later(table, column, context)) {
    Column plain = column;
    plain.identity = '\0';
    sql = {add + column_definition(plain), alter_column(id, "ADD " + identity_definition(column))};
  } else if (context.row_columns.contains(table.id) && !column.default_value.empty()) {
    Column plain = column;  // the server refuses one with values
    plain.not_null = false;
    plain.default_value.clear();
    sql = {add + column_definition(plain), default_sql(id, column),
           "UPDATE " + sql_name(table.id) + " SET " + quote_identifier(column.name) + " = DEFAULT"};
    if (column.not_null) sql.push_back(alter_column(id, "SET NOT NULL"));
  } else {
    sql = {add + column_definition(column)};
  }
  append(sql, column_settings_sql(column, sql_name(table.id)));
  if (!column.comment.empty()) sql.push_back(comment_statement(sql_address(id), *column.comment));
  append(sql, changed_labels_sql(sql_address(id), {}, column.security_labels));
  if (!column.identity_comment.empty())
    sql.push_back(comment_statement(identity_target(column), *column.identity_comment));
  if (!column.not_null_comment.empty())
    sql.push_back(comment_statement(not_null_address(table.id, column), *column.not_null_comment));
  if (with_privileges)
    append(sql, column_grants_sql(column, column_grant_target(table), table.owner,
                                  initial_acl(context.from, Kind::Sequence, table.id.schema)));
  return sql;
}

std::string drop_column(const Table& table, const Column& column) {
  return "ALTER TABLE " + sql_name(table.id) + " DROP COLUMN " + quote_identifier(column.name);
}

void lower_add(const ColumnChange& c, Operations& operations) {
  const Column& column = *c.after;
  Operation operation =
      operation_on(c, Role::Make, Phase::Expand, "The column is new.", Op::AddColumn);
  if (const Change* with = carrier(c, {})) {
    operation.refs.push_back(with->id);
    operation.relations.clear();
    operation.why = "What the column has beside that of its parent.";
    if (const Table* table = c.context.to.table(table_name(with->id));
        with->id.kind == Kind::Column && table && table->find(with->id.name)) {
      const Column& parent = *table->find(with->id.name);
      operation.sql = own_details(c.table, column, parent, c.context.options.compare.privileges);
      if (column.not_null && !parent.not_null) operation.op = Op::SetNotNull;
    }
    operation.undo_note = "Goes away with the column of the parent.";
    if (!operation.sql.empty())
      operation.relations = with_heirs(table_name(c.change.id), c.context);
    operations.push_back(std::move(operation));
    return;
  }
  operation.sql =
      add_column(c.table, column, c.context,
                 c.context.options.compare.privileges || c.change.action == Action::Replace);
  operation.undo = {drop_column(c.table, column)};
  const bool empty_identity = needs_identity_later(c.table, column, c.context);
  const bool filled =
      c.table.server.empty() &&
      ((!column.generated.empty() && !column.virtual_generated) ||
       (column.identity != '\0' && !empty_identity) || has_volatile_default(column, c.context.to) ||
       has_checks(column.type, c.context.to));
  // the server adds no identity column to children, and none beside one of another type: those that
  // go have to be gone
  if (const Table* before = c.context.from.table(table_name(c.change.id)))
    for (const Table* child : all_below(*before, c.context.old_heirs)) {
      const Column* own = child->find(column.name);
      const bool in_the_way =
          (column.identity != '\0' && !child->partition_of.empty()) ||
          (own && (own->type != column.type || own->collation != column.collation));
      if (in_the_way && c.context.goes_away(child->id)) operation.after_drops.push_back(child->id);
    }
  if (filled)
    operation.op = Op::AddColumnRewriting;
  else if (column.not_null && column.default_value.empty() && c.table.server.empty())
    operation.op = Op::AddRequiredColumn;
  if (c.change.action == Action::Replace)
    operation.why = column.generated.empty() ? "The column has values of its own."
                                             : "The column with its new generation expression.";
  operations.push_back(std::move(operation));
}

// The way back leads to its end where rows have come without a value since, or have lost theirs.
std::string set_not_null_where_it_holds(const ColumnChange& c) {
  const std::string column = quote_identifier(c.before->name), table = sql_name(c.table.id);
  return "DO $schemadiff$BEGIN\n  IF EXISTS (SELECT FROM " + table + " WHERE " + column +
         " IS NULL) THEN\n    RAISE WARNING USING MESSAGE = " +
         quote_literal("column " + table + "." + column +
                       " stays without NOT NULL: rows have NULL") +
         ";\n  ELSE\n    " + set_not_null(c, *c.before) + ";\n  END IF;\nEND$schemadiff$";
}

void lower_drop(const ColumnChange& c, Operations& operations) {
  Column column = *c.before;
  const bool replaced = c.change.action == Action::Replace;
  Operation operation =
      operation_on(c, Role::Drop, replaced ? Phase::Expand : Phase::Contract,
                   replaced ? "A generation expression cannot be altered in place."
                            : "The column is not in the desired schema.",
                   Op::DropColumn);
  if (const Change* with = carrier(c, {})) {
    (with->id.kind == Kind::Composite ? operation.refs : operation.implied_by).push_back(with->id);
    std::erase(operation.releases, c.table.id);
    operation.relations.clear();
    operations.push_back(std::move(operation));
    return;
  }
  if (!replaced && is_required(c)) {
    Operation optional = operation_on(
        c, Role::Alter, Phase::Expand,
        "The column goes away: the new application inserts without it.", Op::DropNotNull);
    const auto keeps = [&](const Table& heir) {
      return primary_key_with(heir, column.name, c.context) ||
             is_not_null_in(c.context.to, heir, column.name);
    };
    take_not_null(c, going_apart(c, keeps), optional);
    optional.undo = {c.table.server.empty() ? set_not_null_where_it_holds(c)
                                            : set_not_null(c, *c.before)};
    operations.push_back(std::move(optional));
    column.not_null = false;  // as the column is when it goes
  }
  operation.sql = {drop_column(c.table, column)};
  Statements owned_after;
  for (const Object* child : c.context.children_of(c.table.id)) {
    if (child->id.kind != Kind::Sequence) continue;
    Sequence sequence = static_cast<const Sequence&>(*child);
    if (sequence.owned_by.column != column.name || !c.context.goes_away(sequence.id)) continue;
    // it changes hands with the table, which does so before the contract phase
    const Change* table = c.context.change(c.table.id);
    if (table && changed(*table, "owner"))
      sequence.owner = c.context.to.table(name_of(c.table))->owner;
    append(operation.undo, full_create(sequence, c.context.from, c.context.from));
    append(owned_after, owned_by_sql(sequence));
  }
  append(operation.undo, add_column(c.table, column, c.context, true));
  append(operation.undo, details_below(c.table, *c.before, c.context));
  append(operation.undo, owned_after);
  const bool computed_again = replaced && !column.generated.empty() && !c.after->generated.empty();
  if (!computed_again) tell_loss(operation, "The column comes back without its values.");
  operations.push_back(std::move(operation));
}

}  // namespace schemadiff::engine
