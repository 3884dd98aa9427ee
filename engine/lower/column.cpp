// Decides how columns are altered.
#include "engine/lower/column.h"

#include <algorithm>
#include <set>

#include "engine/lower/column_settings.h"
#include "engine/retypes.h"
#include "engine/stand_ins.h"
#include "engine/sync_trigger.h"
#include "schema/ddl/text.h"
#include "schema/object_names.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;
using diff::Change;

namespace {

// What is below the table and leaves one that is in between, or the table itself, keeps its columns
// as they were.
std::vector<const Table*> leaving_children(const ColumnChange& c) {
  std::vector<const Table*> leaving;
  std::set<QualifiedName> seen;
  std::vector<QualifiedName> tables{table_name(c.change.id)};
  while (!tables.empty()) {
    const QualifiedName table = tables.back();
    tables.pop_back();
    const auto children = c.context.old_heirs.find(table);
    if (children == c.context.old_heirs.end() || !seen.insert(table).second) continue;
    for (const Table* child : children->second) {
      const QualifiedName name{child->id.schema, child->id.name};
      const Table* after = c.context.to.table(name);
      if (after && !is_child(*after, table))
        leaving.push_back(child);
      else
        tables.push_back(name);
    }
  }
  return leaving;
}

Operation begin(const ColumnChange& c, Role role, Phase phase, std::string why, Op op,
                const std::vector<const Table*>& leaving) {
  Operation operation;
  operation.role = role;
  operation.object = c.change.id;
  operation.phase = phase;
  operation.why = std::move(why);
  operation.op = op;
  operation.unproven = c.change.unproven;
  operation.span = c.after ? c.after->span : Span{};
  const auto collect = [&](const Column* column, std::vector<ObjectId>& refs) {
    if (!column) return;
    refs.insert(refs.end(), column->refs.begin(), column->refs.end());
    refs.insert(refs.end(), column->default_refs.begin(), column->default_refs.end());
    refs.push_back(c.table.id);
  };
  if (role == Role::Make || role == Role::Alter) collect(c.after, operation.refs);
  if (role == Role::Drop || role == Role::Alter) collect(c.before, operation.releases);
  if (role == Role::Alter) std::erase(operation.releases, c.table.id);
  for (const Table* child : leaving) operation.refs.push_back(child->id);
  return operation;
}

}  // namespace

Operation operation_on_part(const ColumnChange& c, Role role, Phase phase, std::string why, Op op) {
  return begin(c, role, phase, std::move(why), op, leaving_children(c));
}

Operation operation_on(const ColumnChange& c, Role role, Phase phase, std::string why, Op op) {
  const std::vector<const Table*> leaving = leaving_children(c);
  Operation operation = begin(c, role, phase, std::move(why), op, leaving);
  operation.relations = with_heirs(table_name(c.change.id), c.context);
  for (const Table* child : leaving)
    leave_out({child->id.schema, child->id.name}, c.context, operation);
  return operation;
}

const Change* carrier(const ColumnChange& c, std::string_view attribute) {
  if (!c.table.of_type.empty() &&
      (attribute.empty() || attribute == "type" || attribute == "collation")) {
    const QualifiedName& type = c.table.of_type;
    const Change* change = c.context.change({Kind::Composite, type.schema, {}, type.name, {}});
    const auto is_of_type = [&](const Catalog& catalog) {
      const Table* table = catalog.table(table_name(c.change.id));
      return table && table->of_type == type;
    };
    if (is_of_type(c.context.from) && is_of_type(c.context.to) && change &&
        change->action == Action::Alter && changed(*change, "attributes"))
      return change;
  }
  if ((c.after ? c.after : c.before)->local) return nullptr;
  const Table* before = c.context.from.table(table_name(c.change.id));
  const Table* after = c.context.to.table(table_name(c.change.id));
  const auto look = [&](const QualifiedName& parent) -> const Change* {
    if (!before || !after || !is_child(*before, parent) || !is_child(*after, parent))
      return nullptr;
    const Change* change =
        c.context.change({Kind::Column, parent.schema, parent.name, c.change.id.name, {}});
    if (!change || change->action != c.change.action) return nullptr;
    return attribute.empty() || changed(*change, attribute) ? change : nullptr;
  };
  if (!c.table.partition_of.empty()) return look(c.table.partition_of);
  for (const QualifiedName& parent : c.table.inherits)
    if (const Change* change = look(parent)) return change;
  return nullptr;
}

std::string default_sql(const ObjectId& id, const Column& column, bool only) {
  return alter_column(
      id,
      column.default_value.empty() ? "DROP DEFAULT" : "SET DEFAULT " + column.default_value->sql,
      only);
}

namespace {

bool same_default(const Column& column, const Catalog& catalog, const ObjectId& other) {
  const Table* table = catalog.table(table_name(other));
  const Column* found = table ? table->find(other.name) : nullptr;
  return found ? found->default_value == column.default_value : column.default_value.empty();
}

// Whether a trigger of an earlier run keeps the column equal to one that it takes the place of. A
// default would win over what the old application writes there.
bool is_synced(const ColumnChange& c) {
  const ObjectId column = column_of_root(c.change.id, c.context.to);
  return c.context.own_objects.contains(sync_objects_of(column)[0]);
}

void lower_default_change(const ColumnChange& c, Operations& operations) {
  const bool removes = c.after->default_value.empty(), synced = is_synced(c);
  const bool late = synced || ((removes || c.before->identity != '\0') && c.after->not_null);
  Operation operation = operation_on(c, Role::Alter, late ? Phase::Contract : Phase::Expand,
                                     synced    ? kDefaultAfterRename
                                     : removes ? "The column has no default any more."
                                               : "The column's default differs.",
                                     Op::AlterColumnDefault);
  operation.relations = {sql_name(c.table.id)};
  operation.sql = {default_sql(c.change.id, *c.after)};
  operation.undo = {default_sql(c.change.id, *c.before)};
  operations.push_back(std::move(operation));
}

// What a new type resets (tablecmds.c, ATExecAlterColumnType), set again as the column has it.
Statements settings_of_type(const ObjectId& id, const Column& column) {
  Statements sql;
  if (!column.storage.empty())
    sql.push_back(alter_column(id, "SET STORAGE " + *column.storage, true));
  if (!column.compression.empty())
    sql.push_back(alter_column(id, compression_action(column), true));
  return sql;
}

void lower_settings(const ColumnChange& c, bool retyped, Operations& operations) {
  const ObjectId& id = c.change.id;
  const auto push = [&](Op op, std::string why, Statements sql, Statements undo) {
    Operation operation = operation_on(c, Role::Detail, Phase::Expand, std::move(why), op);
    operation.relations = {sql_name(c.table.id)};
    operation.sql = std::move(sql);
    operation.undo = std::move(undo);
    if (retyped) operation.phase = operations.back().phase;
    operations.push_back(std::move(operation));
  };
  const auto differs = [&](std::string_view attribute) {
    const bool is_reset = retyped && (attribute == "storage" || attribute == "compression");
    return !is_reset && changed(c.change, attribute);
  };
  lower_settings(*c.before, *c.after, alter_column(id, {}, true), c.context, differs, push);
  if (changed(c.change, "foreign options")) {
    const auto sql = [&](const Options& from, const Options& to) {
      return Statements{"ALTER FOREIGN TABLE " + quoted_table(id) + " ALTER COLUMN " +
                        quote_identifier(id.name) + changed_foreign_options(from, to)};
    };
    push(Op::AlterForeignTable, "The column's foreign options differ.",
         sql(c.before->foreign_options, c.after->foreign_options),
         sql(c.after->foreign_options, c.before->foreign_options));
  }
}

void lower_details(const ColumnChange& c, Operations& operations) {
  const auto comment = [&](const std::string& address, const std::string& before,
                           const std::string& after) {
    Operation operation =
        operation_on(c, Role::Detail, Phase::Expand, "The comment differs.", Op::CommentOn);
    operation.relations = {sql_name(c.table.id)};
    operation.sql = {comment_statement(address, after)};
    operation.undo = {comment_statement(address, before)};
    operations.push_back(std::move(operation));
  };
  if (changed(c.change, "comment"))
    comment(sql_address(c.change.id), c.before->comment, c.after->comment);
  if (changed(c.change, "security labels")) {
    Operation operation = operation_on(c, Role::Detail, Phase::Expand,
                                       "The security labels differ.", Op::LabelSecurity);
    const std::string address = sql_address(c.change.id);
    operation.sql =
        changed_labels_sql(address, c.before->security_labels, c.after->security_labels);
    operation.undo =
        changed_labels_sql(address, c.after->security_labels, c.before->security_labels);
    operations.push_back(std::move(operation));
  }
  if (changed(c.change, "not null comment") && c.after->not_null)
    comment(not_null_address(c.table.id, *c.after), c.before->not_null_comment,
            c.after->not_null_comment);
  const auto held = [&](const std::vector<Grant>& acl) {
    const Table* before = c.context.from.table(table_name(c.change.id));
    return with_next_owner(acl, before ? *before : c.table, c.table, c.context);
  };
  if (changed(c.change, "privileges"))
    lower_grants(c.table, column_grant_target(c.table), quote_identifier(c.change.id.name),
                 held(c.before->acl), c.after->acl, operations);
  if (!c.after->identity) return;
  const bool fresh = !c.before->identity;
  if (changed(c.change, "identity comment")) {
    comment(identity_target(*c.after), fresh ? std::string() : *c.before->identity_comment,
            c.after->identity_comment);
    operations.back().relations = {quote_qualified(c.after->identity_sequence)};
  }
  // a new sequence has the default privileges that are there when it is made
  const std::size_t first = operations.size();
  if (changed(c.change, "identity privileges") || (fresh && c.context.options.compare.privileges))
    lower_grants(c.table, identity_target(*c.after), {},
                 fresh ? initial_acl(c.context.from, Kind::Sequence, c.table.id.schema)
                       : held(identity_acl(*c.before)),
                 identity_acl(*c.after), operations);
  for (std::size_t i = first; fresh && i < operations.size(); ++i)
    operations[i].object = c.change.id;  // with which the sequence comes
}

void lower_drop_expression(const ColumnChange& c, Operations& operations) {
  Operation operation =
      operation_on(c, Role::Alter, Phase::Contract,
                   "The column keeps its values and is not computed any more.", Op::DropExpression);
  operation.sql = {alter_column(c.change.id, "DROP EXPRESSION")};
  // to make the column anew would take along what stands on it
  set_irreversible(operation, "PostgreSQL cannot give a column that is there an expression.");
  operations.push_back(std::move(operation));
}

const Change* retyping_carrier(const ColumnChange& c) {
  const Change* with = carrier(c, "type");
  return with ? with : carrier(c, "collation");
}

// Another change of type reaches this column too: what stands on it goes before and comes after. A
// default of its own does so as well, since that of the parent reaches the column with the type,
// and so do the settings that a new type resets.
void follow_carrier(const ColumnChange& c, bool default_elsewhere, bool with_settings,
                    Operations& operations) {
  const ObjectId parent = retyping_carrier(c)->id;
  const auto push = [&](Operation& operation, Op op, std::string sql, std::string undo) {
    const Statements table = {sql_name(c.table.id)};
    if (operation.sql.empty()) {
      operation.op = op;
      operation.relations = table;
      operation.phase = Phase::Contract;
    } else {
      operation.also.push_back({op, table});
    }
    operation.sql.push_back(std::move(sql));
    operation.undo.push_back(std::move(undo));
  };
  const auto alter = [&](const std::string& action) {
    return alter_column(c.change.id, action, true);
  };
  Operation before = operation_on(c, Role::Drop, Phase::Expand, {}, Op::NoRelation);
  before.relations.clear();
  before.releases = {parent};
  before.why = "The column's own settings go before its type changes.";
  if (!default_elsewhere && !same_default(*c.before, c.context.from, parent))
    push(before, Op::AlterColumnDefault, alter("DROP DEFAULT"),
         default_sql(c.change.id, *c.before));
  Operation after = operation_on(c, Role::Alter, Phase::Expand, {}, Op::NoRelation);
  after.releases.clear();
  after.refs = {parent};
  after.retypes = true;
  after.why = "The column has settings of its own.";
  if (!default_elsewhere && !same_default(*c.after, c.context.to, parent)) {
    after.refs.insert(after.refs.end(), c.after->default_refs.begin(), c.after->default_refs.end());
    push(after, Op::AlterColumnDefault, default_sql(c.change.id, *c.after), alter("DROP DEFAULT"));
  }
  const auto push_settings = [&](Operation& operation, const Column& column, const Catalog& catalog,
                                 bool goes) {
    Column reset = column;
    reset.storage.clear();
    reset.compression.clear();
    const Column& now = goes ? reset : column;
    const Column& then = goes ? column : reset;
    if (!column.storage.empty())
      push(operation, Op::SetStorage, alter(storage_action(now, catalog)),
           alter(storage_action(then, catalog)));
    if (!column.compression.empty())
      push(operation, Op::SetCompression, alter(compression_action(now)),
           alter(compression_action(then)));
  };
  if (with_settings) {
    push_settings(before, *c.before, c.context.from, true);
    push_settings(after, *c.after, c.context.to, false);
  }
  operations.push_back(std::move(before));
  operations.push_back(std::move(after));
}

// From version 17 on.
void lower_set_expression(const ColumnChange& c, Operations& operations) {
  const auto sql = [&](const Column& column) {
    return alter_column(c.change.id, "SET EXPRESSION AS " + parenthesized(column.generated->sql));
  };
  const bool rewrites = !c.after->virtual_generated;
  Operation operation =
      operation_on(c, Role::Alter, Phase::Contract, "The column is computed in another way.",
                   rewrites ? Op::SetExpression : Op::SetExpressionVirtual);
  operation.sql = {sql(*c.after)};
  operation.undo = {sql(*c.before)};
  operations.push_back(std::move(operation));
}

void lower_change(const ColumnChange& c, Operations& operations) {
  const auto own = [&](std::string_view attribute) {
    return changed(c.change, attribute) && !carrier(c, attribute);
  };
  if (c.context.retypes_online(c.change.id)) return lower_retyped_online(c, operations);
  if (c.context.retypes_online(column_of_root(c.change.id, c.context.from)))
    return follow_carrier(c, true, false, operations);
  const bool type = changed(c.change, "type") || changed(c.change, "collation");
  ObjectId default_id = c.change.id;
  default_id.kind = Kind::Default;
  const bool default_elsewhere = c.context.change(default_id) != nullptr;
  const bool default_change = changed(c.change, "default") && !default_elsewhere;
  const bool retypes = type && !retyping_carrier(c);
  if (own("generated"))
    (c.after->generated.empty() ? lower_drop_expression : lower_set_expression)(c, operations);
  const bool identity_goes = c.before->identity != '\0' && c.after->identity == '\0';
  // its bounds have to fit the narrower of the two types
  const bool identity_first =
      identity_goes || (c.before->identity != '\0' &&
                        c.after->identity_options->max < c.before->identity_options->max);
  const bool identity_differs =
      own("identity") || own("identity sequence") || own("identity options");
  if (has_stand_in(*c.before, *c.after)) {
    lower_rest_of_fill(c, operations);
    lower_details(c, operations);
    return;
  }
  if (identity_first && identity_differs) lower_identity(c, operations);
  if (retypes) {
    operations.push_back(
        operation_on(c, Role::Alter, Phase::Contract, {}, Op::AlterColumnTypeRewriting));
    lower_retype({c.change, c.context, c.table, *c.before, *c.after, default_elsewhere},
                 operations.back());
    append(operations.back().sql, settings_of_type(c.change.id, *c.after));
    append(operations.back().undo, settings_of_type(c.change.id, *c.before));
  } else if (type) {
    follow_carrier(c, default_elsewhere, true, operations);
  }
  if (default_change && !type) lower_default_change(c, operations);
  if (own("not null") && c.after->not_null) lower_fill_nulls(c, operations);
  if (own("not null"))
    c.after->not_null ? lower_set_not_null(c, Phase::Contract, operations)
                      : lower_drop_not_null(c, operations);
  if (c.before->not_null && c.after->not_null) lower_not_null(c, operations);
  if (!identity_first && identity_differs) lower_identity(c, operations);
  lower_settings(c, type, operations);
  lower_details(c, operations);
}

}  // namespace

void lower_column(const Change& change, const Context& context, Operations& operations) {
  const Table* from = context.from.table(table_name(change.id));
  const Table* to = context.to.table(table_name(change.id));
  const Column* before = from ? from->find(change.id.name) : nullptr;
  const Column* after = to ? to->find(change.id.name) : nullptr;
  const ColumnChange dropped{change, context, from ? *from : *to, before, after};
  const ColumnChange changed_column{change, context, to ? *to : *from, before, after};
  if (context.renamed_to.contains(change.id) && !carrier(dropped, {}))
    return lower_renamed_drop(dropped, operations);
  if (context.renamed_from.contains(change.id) && !carrier(changed_column, {}))
    return lower_renamed_add(changed_column, operations);
  if (is_filled(changed_column)) return lower_filled_add(changed_column, operations);
  if (change.action == Action::Drop || change.action == Action::Replace)
    lower_drop(dropped, operations);
  if (change.action == Action::Create || change.action == Action::Replace)
    lower_add(changed_column, operations);
  if (change.action == Action::Alter) lower_change(changed_column, operations);
}

void lower_default(const Change& change, const Context& context, Operations& operations) {
  const Column& before = *context.from.table(table_name(change.id))->find(change.id.name);
  const Column& after = *context.to.table(table_name(change.id))->find(change.id.name);
  const std::string drop = alter_column(change.id, "DROP DEFAULT", true);
  const auto set = [&](const Column& column) {
    return alter_column(change.id, "SET DEFAULT " + column.default_value->sql, true);
  };
  const auto push = [&](Role role, std::string why, std::string sql, std::string undo) {
    Operation operation;
    operation.role = role;
    operation.object = change.id;
    operation.why = std::move(why);
    operation.op = Op::AlterColumnDefault;
    operation.relations = {quoted_table(change.id)};
    operation.sql = {std::move(sql)};
    operation.undo = {std::move(undo)};
    ObjectId column = change.id;
    column.kind = Kind::Column;
    if (role == Role::Drop) operation.releases = before.default_refs;
    if (role == Role::Make) operation.refs = after.default_refs;
    (role == Role::Drop ? operation.releases : operation.refs).push_back(column);
    operations.push_back(std::move(operation));
  };
  if (!before.default_value.empty())
    push(Role::Drop, "The default refers to something that is made again.", drop, set(before));
  if (!after.default_value.empty()) push(Role::Make, "The default is set again.", set(after), drop);
}

}  // namespace schemadiff::engine
