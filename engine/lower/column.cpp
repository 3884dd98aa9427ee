// Decides how columns are added, dropped and altered.
#include <algorithm>

#include "engine/lower/column_type.h"
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;
using diff::Change;

namespace {

struct ColumnChange {
  const Change& change;
  const Context& context;
  const Table& table;  // of `to`, or of `from` when the column is dropped
  const Column* before;
  const Column* after;
};

std::string quoted(const ColumnChange& c) { return quote_identifier(c.change.id.name); }

// Operations on a column; those that look at its definition carry its references.
Operation operation_on(const ColumnChange& c, Role role, Phase phase, std::string why, Op op) {
  Operation operation;
  operation.role = role;
  operation.object = c.change.id;
  operation.phase = phase;
  operation.why = std::move(why);
  operation.op = op;
  operation.relations = {sql_name(c.table.id)};
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
  return operation;
}

// The change with which the server changes this column too (tablecmds.c, typecmds.c recurse to
// children and to typed tables): that of the parent's column of the same name, or of the type of a
// typed table. Null: none.
const Change* carrier(const ColumnChange& c, std::string_view attribute) {
  if (!c.table.of_type.empty() &&
      (attribute.empty() || attribute == "type" || attribute == "collation")) {
    const QualifiedName& type = c.table.of_type;
    const Change* change = c.context.change({Kind::Composite, type.schema, {}, type.name, {}});
    const Table* before = c.context.from.table(table_name(c.change.id));
    const bool stays = before && before->of_type == type;
    if (stays && change && change->action == Action::Alter && changed(*change, "attributes"))
      return change;
  }
  if ((c.after ? c.after : c.before)->local) return nullptr;
  const auto look = [&](const QualifiedName& parent) -> const Change* {
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

bool is_volatile(const Column& column, const Catalog& catalog) {
  for (const char* name :
       {"random(", "gen_random_uuid(", "clock_timestamp(", "nextval(", "timeofday(",
        "uuid_generate_v1", "uuid_generate_v4", "gen_random_bytes(", "txid_current("})
    if (column.default_value->sql.find(name) != std::string::npos) return true;
  for (const ObjectId& ref : column.default_refs)
    if (const auto found = catalog.routines.find(ref); found != catalog.routines.end())
      if (found->second.volatility == 'v') return true;
  return false;
}

// The server adds no identity column to children, so their column comes first.
bool needs_identity_later(const Table& table, const Column& column, const Heirs& heirs) {
  return column.identity != '\0' && heirs.contains({table.id.schema, table.id.name});
}

// `heirs` are those of the table's side; `live` has the default privileges under which the
// statements run.
Statements add_column(const Table& table, const Column& column, const Heirs& heirs,
                      const Catalog& live, bool with_privileges) {
  const std::string add = "ALTER TABLE " + sql_name(table.id) + " ADD COLUMN ";
  Statements sql;
  if (needs_identity_later(table, column, heirs)) {
    Column plain = column;
    plain.identity = '\0';
    sql = {add + column_definition(plain), "ALTER TABLE " + sql_name(table.id) + " ALTER COLUMN " +
                                               quote_identifier(column.name) + " ADD " +
                                               identity_definition(column)};
  } else {
    sql = {add + column_definition(column)};
  }
  append(sql, column_settings_sql(column, sql_name(table.id)));
  const std::string name = quote_identifier(column.name);
  if (!column.comment.empty())
    sql.push_back(comment_statement("COLUMN " + sql_name(table.id) + '.' + name, *column.comment));
  if (!column.identity_comment.empty())
    sql.push_back(comment_statement(identity_target(column), *column.identity_comment));
  if (with_privileges)
    append(sql, column_grants_sql(column, grant_target(table), table.owner,
                                  initial_acl(live, Kind::Sequence, table.id.schema)));
  return sql;
}

std::string drop_column(const Table& table, const Column& column) {
  return "ALTER TABLE " + sql_name(table.id) + " DROP COLUMN " + quote_identifier(column.name);
}

// Of this column alone, not of its children.
std::string default_sql(const ObjectId& id, const Column& column) {
  return alter_column(
      id,
      column.default_value.empty() ? "DROP DEFAULT" : "SET DEFAULT " + column.default_value->sql,
      true);
}

bool same_default(const Column& column, const Catalog& catalog, const ObjectId& other) {
  const Table* table = catalog.table(table_name(other));
  const Column* found = table ? table->find(other.name) : nullptr;
  return found ? found->default_value == column.default_value : column.default_value.empty();
}

// What a column that came with its parent's does not have from there.
Statements own_details(const Table& table, const Column& column, const Column& parent,
                       bool with_privileges) {
  const ObjectId id{Kind::Column, table.id.schema, table.id.name, column.name, {}};
  Statements sql;
  if (!(column.default_value == parent.default_value)) sql.push_back(default_sql(id, column));
  if (column.not_null && !parent.not_null) sql.push_back(alter_column(id, "SET NOT NULL"));
  append(sql, column_settings_sql(column, sql_name(table.id)));
  if (!column.comment.empty())
    sql.push_back(comment_statement(
        "COLUMN " + sql_name(table.id) + '.' + quote_identifier(column.name), *column.comment));
  if (with_privileges)
    append(sql, grant_sql({}, column.acl, grant_target(table), quote_identifier(column.name),
                          table.owner));
  return sql;
}

// The same of all below a table whose column comes back.
Statements details_below(const Table& table, const Column& column, const Context& context) {
  Statements sql;
  const auto heirs = context.old_heirs.find({table.id.schema, table.id.name});
  if (heirs == context.old_heirs.end()) return sql;
  for (const Table* heir : heirs->second) {
    const Column* own = heir->find(column.name);
    if (!own || own->local || context.goes_away(heir->id)) continue;
    append(sql, own_details(*heir, *own, column, true));
    append(sql, details_below(*heir, *own, context));
  }
  return sql;
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
        with->id.kind == Kind::Column && table && table->find(with->id.name))
      operation.sql = own_details(c.table, column, *table->find(with->id.name),
                                  c.context.options.compare.privileges);
    operation.undo_note = "Goes away with the column of the parent.";
    if (!operation.sql.empty()) operation.relations = {sql_name(c.table.id)};
    operations.push_back(std::move(operation));
    return;
  }
  operation.sql =
      add_column(c.table, column, c.context.heirs, c.context.from,
                 c.context.options.compare.privileges || c.change.action == Action::Replace);
  operation.undo = {drop_column(c.table, column)};
  const bool empty_identity = needs_identity_later(c.table, column, c.context.heirs);
  const bool filled = c.table.server.empty() &&
                      (!column.generated.empty() || (column.identity != '\0' && !empty_identity) ||
                       (!column.default_value.empty() && is_volatile(column, c.context.to)));
  // the server adds no identity column to children: those that go have to be gone
  if (const auto old = c.context.old_heirs.find(table_name(c.change.id));
      column.identity != '\0' && old != c.context.old_heirs.end())
    for (const Table* child : old->second)
      if (!child->partition_of.empty() && c.context.goes_away(child->id))
        operation.after_drops.push_back(child->id);
  if (filled) {
    operation.op = Op::AddColumnRewriting;
    operation.rules.push_back(rule("add-column-rewrite", Risk::High,
                                   "Its values are computed row by row: the table is rewritten "
                                   "under an ACCESS EXCLUSIVE lock."));
  } else if (column.not_null && column.default_value.empty()) {
    operation.rules.push_back(
        rule("add-required-column", Risk::High,
             "The column is NOT NULL and has no default: this fails on a table "
             "with rows, and inserts of the running application fail."));
  }
  if (c.change.action == Action::Replace)
    operation.why = "The column with its new generation expression.";
  operations.push_back(std::move(operation));
}

// Whether an insert that does not name the column fails, and not because of a primary key.
bool is_required(const ColumnChange& c) {
  const Column& column = *c.before;
  if (!column.not_null || !column.default_value.empty() || !column.generated.empty() ||
      column.identity != '\0' || !column.local)
    return false;
  const auto& children = c.context.children_of(c.table.id);
  return std::none_of(children.begin(), children.end(), [&](const Object* child) {
    if (child->id.kind != Kind::Constraint) return false;
    const auto& constraint = static_cast<const Constraint&>(*child);
    return constraint.contype == 'p' &&
           std::find(constraint.columns.begin(), constraint.columns.end(), column.name) !=
               constraint.columns.end();
  });
}

void lower_drop(const ColumnChange& c, Operations& operations) {
  const Column& column = *c.before;
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
    optional.sql = {alter_column(c.change.id, "DROP NOT NULL")};
    optional.undo = {alter_column(c.change.id, "SET NOT NULL")};
    operations.push_back(std::move(optional));
  }
  operation.sql = {drop_column(c.table, column)};
  Statements owned_after;
  for (const Object* child : c.context.children_of(c.table.id)) {
    if (child->id.kind != Kind::Sequence) continue;
    const auto& sequence = static_cast<const Sequence&>(*child);
    if (sequence.owned_by.column != column.name || !c.context.goes_away(sequence.id)) continue;
    append(operation.undo, full_create(sequence, c.context.from, c.context.from));
    append(owned_after, owned_by_sql(sequence));
  }
  append(operation.undo, add_column(c.table, column, c.context.old_heirs, c.context.from, true));
  append(operation.undo, details_below(c.table, column, c.context));
  append(operation.undo, owned_after);
  if (!replaced || column.generated.empty()) {
    operation.rules.push_back(
        rule("drop-column", Risk::High, "The values of the column are lost."));
    operation.undo_note = "The column comes back without its values.";
  }
  operations.push_back(std::move(operation));
}

void lower_default_change(const ColumnChange& c, Operations& operations) {
  const bool removes = c.after->default_value.empty();
  Operation operation = operation_on(
      c, Role::Alter,
      (removes || c.before->identity != '\0') && c.after->not_null ? Phase::Contract
                                                                   : Phase::Expand,
      removes ? "The column has no default any more." : "The column's default differs.",
      Op::AlterColumnDefault);
  operation.sql = {default_sql(c.change.id, *c.after)};
  operation.undo = {default_sql(c.change.id, *c.before)};
  if (removes && c.after->not_null)
    operation.rules.push_back(
        rule("drop-default", Risk::Medium,
             "Inserts that do not give the column a value fail from now on."));
  operations.push_back(std::move(operation));
}

// DROP NOT NULL reaches children, of which one may need it for a key of its own.
bool children_keep_not_null(const ColumnChange& c, const Heirs& heirs) {
  const auto found = heirs.find(table_name(c.change.id));
  return c.table.partition_key.strategy.empty() && found != heirs.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](const Table* heir) {
           const Column* column = heir->find(c.change.id.name);
           return column && column->not_null;
         });
}

// A check that has been validated spares SET NOT NULL its scan (tablecmds.c,
// NotNullImpliedByRelConstraints).
void lower_set_not_null(const ColumnChange& c, Operations& operations) {
  const std::string set = alter_column(c.change.id, "SET NOT NULL");
  const std::string unset =
      alter_column(c.change.id, "DROP NOT NULL", children_keep_not_null(c, c.context.old_heirs));
  const RuleHit refused =
      rule("set-not-null", Risk::Medium, "Writes of NULL are refused from now on.");
  const bool foreign = !c.table.server.empty();
  if (foreign || !c.table.partition_key.strategy.empty() || !c.table.partition_of.empty()) {
    Operation operation = operation_on(c, Role::Alter, Phase::Contract,
                                       "The column shall not be NULL.", Op::SetNotNull);
    operation.sql = {set};
    operation.undo = {unset};
    operation.rules = {refused};
    if (foreign)
      operation.op = Op::AlterForeignTable;
    else
      operation.rules.push_back(rule("scan-under-lock", Risk::High,
                                     "The table is scanned under an ACCESS EXCLUSIVE lock."));
    operations.push_back(std::move(operation));
    return;
  }
  const std::string check =
      quote_identifier("schemadiff_not_null_" + c.change.id.name.substr(0, 40));
  const std::string alter = "ALTER TABLE " + sql_name(c.table.id) + ' ';
  const std::string drop_check = alter + "DROP CONSTRAINT " + check;
  Operation add =
      operation_on(c, Role::Alter, Phase::Contract,
                   "The column shall not be NULL: new rows are held to it first, without a scan.",
                   Op::AddConstraintNotValid);
  add.sql = {alter + "ADD CONSTRAINT " + check + " CHECK (" + quoted(c) +
             " IS NOT NULL) NOT VALID"};
  add.undo = {drop_check};
  add.rules.push_back(refused);
  operations.push_back(std::move(add));
  Operation validate = operation_on(
      c, Role::Alter, Phase::Contract,
      "The rows that are there are checked while others read and write.", Op::ValidateConstraint);
  validate.sql = {alter + "VALIDATE CONSTRAINT " + check};
  validate.undo_note = "Nothing to undo: it changes no data.";
  validate.own_transaction = true;
  validate.rules.push_back(rule("validate", Risk::Medium, "All rows of the table are read."));
  operations.push_back(std::move(validate));
  Operation finish = operation_on(c, Role::Alter, Phase::Contract,
                                  "The validated check proves it; the table is not scanned again.",
                                  Op::SetNotNullProven);
  finish.sql = {set, drop_check};
  finish.undo = {
      alter + "ADD CONSTRAINT " + check + " CHECK (" + quoted(c) + " IS NOT NULL) NOT VALID",
      unset};
  finish.own_transaction = true;
  operations.push_back(std::move(finish));
}

void lower_drop_not_null(const ColumnChange& c, Operations& operations) {
  Operation operation =
      operation_on(c, Role::Alter, Phase::Expand, "The column may be NULL.", Op::DropNotNull);
  const bool only = children_keep_not_null(c, c.context.heirs);
  operation.sql = {alter_column(c.change.id, "DROP NOT NULL", only)};
  operation.undo = {alter_column(c.change.id, "SET NOT NULL", only)};
  operations.push_back(std::move(operation));
}

std::string set_options(const SequenceOptions& options) {
  return std::string("SET INCREMENT BY ") + std::to_string(options.increment) + " SET MINVALUE " +
         std::to_string(options.min) + " SET MAXVALUE " + std::to_string(options.max) +
         " SET START WITH " + std::to_string(options.start) + " SET CACHE " +
         std::to_string(options.cache) + (options.cycle ? " SET CYCLE" : " SET NO CYCLE");
}

Statements identity_statements(const ObjectId& id, const Column& before, const Column& after) {
  if (after.identity == '\0') return {alter_column(id, "DROP IDENTITY")};
  if (before.identity == '\0') return {alter_column(id, "ADD " + identity_definition(after))};
  Statements sql;
  std::string actions;
  if (before.identity != after.identity)
    actions = after.identity == 'a' ? "SET GENERATED ALWAYS" : "SET GENERATED BY DEFAULT";
  SequenceOptions old_options = before.identity_options;
  old_options.type = after.identity_options->type;  // follows the column's type
  if (old_options != *after.identity_options || before.type != after.type) {
    actions += (actions.empty() ? "" : " ") + set_options(after.identity_options);
    append(sql, move_into_bounds(quote_qualified(before.identity_sequence), old_options,
                                 after.identity_options, actions));
  }
  if (!actions.empty()) sql.push_back(alter_column(id, actions));
  if (before.identity_sequence->name != after.identity_sequence->name)
    sql.push_back("ALTER SEQUENCE " + quote_qualified(before.identity_sequence) + " RENAME TO " +
                  quote_identifier(after.identity_sequence->name));
  return sql;
}

void lower_identity(const ColumnChange& c, Operations& operations) {
  const bool removes = c.after->identity == '\0';
  const bool adds = c.before->identity == '\0';
  Operation operation = operation_on(
      c, Role::Alter, removes && c.after->not_null ? Phase::Contract : Phase::Expand,
      removes
          ? "The column is not an identity column any more."
          : (adds ? "The column becomes an identity column." : "The identity's options differ."),
      Op::AlterIdentity);
  // after SET NOT NULL, DROP DEFAULT and the change of the type
  if ((adds && (!c.before->not_null || !c.before->default_value.empty())) ||
      c.before->type != c.after->type)
    operation.phase = Phase::Contract;
  const auto sequence = [](const Column& column) {
    return ObjectId{
        Kind::Sequence, column.identity_sequence->schema, {}, column.identity_sequence->name, {}};
  };
  operation.refs = {c.table.id};  // none of a default's
  operation.releases.clear();
  if (adds) operation.after_drops.push_back(sequence(*c.after));
  if (removes) operation.frees.push_back(sequence(*c.before));
  operation.sql = identity_statements(c.change.id, *c.before, *c.after);
  operation.undo = identity_statements(c.change.id, *c.after, *c.before);
  operation.rules.push_back(rule("alter-identity", Risk::Medium,
                                 "What inserts without a value for the column get changes."));
  if (!operation.sql.empty()) operations.push_back(std::move(operation));
}

std::string storage_action(const Column& column, const Catalog& catalog) {
  return "SET STORAGE " +
         (column.storage.empty() ? default_storage(column.type, catalog) : *column.storage);
}
std::string compression_action(const Column& column) {
  return "SET COMPRESSION " + (column.compression.empty() ? "default" : *column.compression);
}

void lower_settings(const ColumnChange& c, bool retyped, Operations& operations) {
  const ObjectId& id = c.change.id;
  const auto push = [&](Op op, std::string why, Statements sql, Statements undo) {
    Operation operation = operation_on(c, Role::Detail, Phase::Expand, std::move(why), op);
    operation.sql = std::move(sql);
    operation.undo = std::move(undo);
    if (retyped) operation.phase = operations.back().phase;
    operations.push_back(std::move(operation));
  };
  // a new type resets both (tablecmds.c, ATExecAlterColumnType)
  if (changed(c.change, "storage") || (retyped && !c.after->storage.empty()))
    push(Op::SetStorage, "The column's storage differs.",
         {alter_column(id, storage_action(*c.after, c.context.to), true)},
         {alter_column(id, storage_action(*c.before, c.context.from), true)});
  if (changed(c.change, "compression") || (retyped && !c.after->compression.empty()))
    push(Op::SetCompression, "The column's compression differs.",
         {alter_column(id, compression_action(*c.after), true)},
         {alter_column(id, compression_action(*c.before), true)});
  if (changed(c.change, "statistics target"))
    push(Op::SetStatistics, "The column's statistics target differs.",
         {alter_column(id, "SET STATISTICS " + std::to_string(c.after->statistics), true)},
         {alter_column(id, "SET STATISTICS " + std::to_string(c.before->statistics), true)});
  if (changed(c.change, "foreign options")) {
    const auto sql = [&](const Options& from, const Options& to) {
      return Statements{"ALTER FOREIGN TABLE " + quoted_table(id) + " ALTER COLUMN " +
                        quote_identifier(id.name) + changed_foreign_options(from, to)};
    };
    push(Op::AlterForeignTable, "The column's foreign options differ.",
         sql(c.before->foreign_options, c.after->foreign_options),
         sql(c.after->foreign_options, c.before->foreign_options));
  }
  if (changed(c.change, "options"))
    push(Op::SetColumnOptions, "The column's options differ.",
         options_sql(alter_column(id, {}, true), c.before->options, c.after->options),
         options_sql(alter_column(id, {}, true), c.after->options, c.before->options));
}

void lower_details(const ColumnChange& c, Operations& operations) {
  const auto comment = [&](const std::string& address, const std::string& before,
                           const std::string& after) {
    Operation operation =
        operation_on(c, Role::Detail, Phase::Expand, "The comment differs.", Op::CommentOn);
    operation.sql = {comment_statement(address, after)};
    operation.undo = {comment_statement(address, before)};
    operations.push_back(std::move(operation));
  };
  if (changed(c.change, "comment"))
    comment(sql_address(c.change.id), c.before->comment, c.after->comment);
  if (changed(c.change, "privileges"))
    lower_grants(c.table, grant_target(c.table), quoted(c), c.before->acl, c.after->acl,
                 operations);
  if (!c.after->identity) return;
  const bool fresh = !c.before->identity;
  if (changed(c.change, "identity comment"))
    comment(identity_target(*c.after), fresh ? std::string() : *c.before->identity_comment,
            c.after->identity_comment);
  if (changed(c.change, "identity privileges"))
    lower_grants(c.table, identity_target(*c.after), {},
                 fresh ? initial_acl(c.context.from, Kind::Sequence, c.table.id.schema)
                       : identity_acl(*c.before),
                 identity_acl(*c.after), operations);
}

void lower_drop_expression(const ColumnChange& c, Operations& operations) {
  Operation operation =
      operation_on(c, Role::Alter, Phase::Contract,
                   "The column keeps its values and is not computed any more.", Op::DropExpression);
  operation.sql = {alter_column(c.change.id, "DROP EXPRESSION")};
  // to make the column anew would take along what stands on it
  set_irreversible(operation, "PostgreSQL cannot give a column that is there an expression.");
  operation.rules.push_back(rule("drop-expression", Risk::High,
                                 "The application has to give the column its values from now on."));
  operations.push_back(std::move(operation));
}

const Change* retyping_carrier(const ColumnChange& c) {
  const Change* with = carrier(c, "type");
  return with ? with : carrier(c, "collation");
}

// Another change of type reaches this column too: what stands on it goes before and comes after. A
// default of its own does so as well, since that of the parent reaches the column with the type.
void follow_carrier(const ColumnChange& c, bool default_elsewhere, Operations& operations) {
  const ObjectId parent = retyping_carrier(c)->id;
  const std::string drop = alter_column(c.change.id, "DROP DEFAULT", true);
  Operation before = operation_on(c, Role::Drop, Phase::Expand, {}, Op::NoRelation);
  before.releases = {parent};
  if (!default_elsewhere && !same_default(*c.before, c.context.from, parent)) {
    before.why = "The column's own default goes before its type changes.";
    before.op = Op::AlterColumnDefault;
    before.phase = Phase::Contract;
    before.sql = {drop};
    before.undo = {default_sql(c.change.id, *c.before)};
  } else {
    before.relations.clear();
  }
  operations.push_back(std::move(before));
  Operation after = operation_on(c, Role::Alter, Phase::Expand, {}, Op::NoRelation);
  after.releases.clear();
  after.refs = {parent};
  after.retypes = true;
  if (!default_elsewhere && !same_default(*c.after, c.context.to, parent)) {
    after.refs.insert(after.refs.end(), c.after->default_refs.begin(), c.after->default_refs.end());
    after.why = "The column has a default of its own.";
    after.op = Op::AlterColumnDefault;
    after.phase = Phase::Contract;
    after.sql = {default_sql(c.change.id, *c.after)};
    after.undo = {drop};
  }
  operations.push_back(std::move(after));
}

void lower_change(const ColumnChange& c, Operations& operations) {
  const auto own = [&](std::string_view attribute) {
    return changed(c.change, attribute) && !carrier(c, attribute);
  };
  const bool type = changed(c.change, "type") || changed(c.change, "collation");
  ObjectId default_id = c.change.id;
  default_id.kind = Kind::Default;
  const bool default_elsewhere = c.context.change(default_id) != nullptr;
  const bool default_change = changed(c.change, "default") && !default_elsewhere;
  const bool retypes = type && !retyping_carrier(c);
  if (own("generated")) lower_drop_expression(c, operations);
  const bool identity_goes = c.before->identity != '\0' && c.after->identity == '\0';
  // its bounds have to fit the narrower of the two types
  const bool identity_first =
      identity_goes || (c.before->identity != '\0' &&
                        c.after->identity_options->max < c.before->identity_options->max);
  const bool identity_differs =
      own("identity") || own("identity sequence") || own("identity options");
  if (identity_first && identity_differs) lower_identity(c, operations);
  if (retypes) {
    operations.push_back(
        operation_on(c, Role::Alter, Phase::Contract, {}, Op::AlterColumnTypeRewriting));
    lower_retype({c.change, c.context, c.table, *c.before, *c.after, default_elsewhere},
                 operations.back());
  } else if (type) {
    follow_carrier(c, default_elsewhere, operations);
  }
  if (default_change && !type) lower_default_change(c, operations);
  if (own("not null"))
    (c.after->not_null ? lower_set_not_null : lower_drop_not_null)(c, operations);
  if (!identity_first && identity_differs) lower_identity(c, operations);
  lower_settings(c, retypes, operations);
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
