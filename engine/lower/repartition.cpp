// Decides how a table gets another partition key while applications run: its new form stands beside
// it, a trigger brings over what is written, a backfill what was there, and a short transaction
// exchanges the names.
#include "engine/lower/repartition.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/hints.h"
#include "engine/lower/partition.h"
#include "engine/lower/table_form.h"
#include "engine/sync_trigger.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;

namespace {

const Hint* hint_of(const ObjectId& table, const Context& context) {
  return context.to.hint(table, "repartition");
}

bool gets_other_key(const ObjectId& table, const Context& context) {
  const diff::Change* change = context.change(table);
  return change && table.kind == Kind::Table && change->action == Action::Replace &&
         change->because.empty() && changed(*change, "partition key");
}

// That tells rows apart; empty: none does.
std::vector<std::string> key_of(const Table& table, const Context& context) {
  return backfill_of(table, context.from, {}, {}).key;
}

bool is_written(const Column& column) { return column.generated.empty(); }

// What an update can set to itself; null: nothing.
const Column* touchable(const Table& table) {
  const auto found = std::ranges::find_if(table.columns, [](const Column& column) {
    return is_written(column) && column.identity != 'a';
  });
  return found == table.columns.end() ? nullptr : &*found;
}

std::string columns_differ(const Table& before, const Table& after) {
  for (const Column& column : before.columns)
    if (!after.find(column.name)) return "its column " + quote_identifier(column.name) + " goes";
  for (const Column& column : after.columns) {
    const Column* old = before.find(column.name);
    if (!old) return "its column " + quote_identifier(column.name) + " is new";
    if (old->type != column.type || old->collation != column.collation ||
        old->generated != column.generated || old->identity != column.identity ||
        (column.not_null && !old->not_null))
      return "its column " + quote_identifier(column.name) + " changes, too";
  }
  return {};
}

// Whether something else than its columns, keys and indexes ties others to the table itself.
std::string tie_of(const Table& table, const Context& context) {
  const QualifiedName name = name_of(table);
  for (const Catalog* catalog : {&context.from, &context.to})
    for (const auto& [id, constraint] : catalog->constraints)
      if (constraint.contype == 'f' && constraint.referenced_table == name &&
          (table_name(id) == name || catalog == &context.to))
        return describe(id) + " refers to it";
  for (const auto& [id, statistics] : context.from.statistics)
    if (statistics.table == name) return describe(id) + " stands on it";
  for (const auto& [id, publication] : context.from.publications)
    if (std::ranges::any_of(publication.tables,
                            [&](const PublishedTable& entry) { return entry.table == name; }))
      return describe(id) + " names it";
  return {};
}

// Why the rows cannot be brought over; empty: they can.
std::string obstacle(const Table& before, const Table& after, const Context& context) {
  for (const Table* table : {&before, &after}) {
    if (!table->partition_of.empty() || !table->inherits.empty() || !table->of_type.empty())
      return "the table has its columns from another";
    if (!table->server.empty()) return "it is a foreign table";
    if (table->replica_identity.mode == 'i') return "an index is its replica identity";
  }
  if (before.partition_key.strategy.empty() && context.old_heirs.contains(name_of(before)))
    return "other tables have their columns from this one";
  if (std::string reason = columns_differ(before, after); !reason.empty()) return reason;
  for (const Table* part : tables_with_rows(name_of(before), context)) {
    if (!part->server.empty()) return describe(part->id) + " is a foreign table";
    if (key_of(*part, context).empty()) return describe(part->id) + " has no primary key";
    if (std::string reason = refuses_updates(*part, context); !reason.empty()) return reason;
  }
  if (!touchable(before)) return "all of its columns are generated";
  const TableForm form = to_be_filled(after, context);
  if (!is_there(form, context))
    for (const auto& [id, table] : form.catalog.tables)
      if (context.from.table(name_of(table)))
        return describe(id) + " is there already; give the new one another name";
  return tie_of(before, context);
}

// Of the copy.
ObjectId trigger_id(const Table& table) {
  return {Kind::Trigger, table.id.schema, table.id.name, sync_name(name_of(table), "copy"), {}};
}
ObjectId truncate_id(const Table& table) {
  ObjectId id = trigger_id(table);
  id.name = sync_name(name_of(table), "truncate");
  return id;
}

// All of both forms but what comes back by itself: triggers, policies, rules.
void keep_for_itself(const Table& before, const Table& after, Context& context) {
  std::vector<QualifiedName> tables;
  for (const Table* part : with_all_below(before, context.old_heirs))
    tables.push_back(name_of(*part));
  for (const Table* part : with_all_below(after, context.heirs)) tables.push_back(name_of(*part));
  if (const Table* left = context.from.table(to_be_filled(after, context).name))
    for (const Table* part : with_all_below(*left, context.old_heirs))
      tables.push_back(name_of(*part));
  const auto is_ours = [&](const QualifiedName& name) {
    return std::find(tables.begin(), tables.end(), name) != tables.end();
  };
  for (const diff::Change& change : context.changes) {
    const ObjectId& id = change.id;
    const Object* object = context.from.find(id);
    if (!object) object = context.to.find(id);
    const bool part = id.kind == Kind::Constraint || id.kind == Kind::Index ||
                      id.kind == Kind::Sequence || id.kind == Kind::Column ||
                      id.kind == Kind::Default;
    const bool table = id.kind == Kind::Table && id != before.id && is_ours({id.schema, id.name});
    const QualifiedName owner = id.kind == Kind::Column || id.kind == Kind::Default || !object
                                    ? table_name(id)
                                    : owner_of(*object);
    if (table || (part && is_ours(owner))) context.own_objects.insert(id);
  }
  for (const ObjectId& id : {trigger_id(before), truncate_id(before)}) {
    context.own_objects.insert(id);
    context.own_objects.insert({Kind::Routine, id.schema, {}, id.name, {}});
  }
}

class Copy {
 public:
  Copy(const Table& before, const Table& after, const Context& context)
      : before_(before),
        after_(after),
        context_(context),
        name_(name_of(before)),
        next_(to_be_filled(after, context)),
        aside_(set_aside(before, context)) {
    for (const Column& column : before.columns)
      if (is_written(column)) columns_.push_back(column.name);
    key_ = key_of(before, context);
    if (key_.empty()) key_ = key_of(*tables_with_rows(name_, context).front(), context);
  }

  Operation make_beside() const {
    Operation operation =
        step(Role::Alter, Phase::Expand,
             "The table in its new form, without rows: a trigger brings over what "
             "is written.");
    operation.op = Op::CreateTrigger;
    operation.relations = with_partitions(name_, context_);
    operation.also = {{Op::ReferencedTable, referenced_by(next_)}};
    operation.sql = create_sql(next_, context_);
    append(operation.sql, create_triggers());
    operation.undo = drop_triggers();
    operation.undo.push_back("DROP TABLE " + quote_qualified(next_.name));
    operation.own_transaction = true;
    return operation;
  }

  void fill(Operations& operations) const {
    const std::string column = quote_identifier(touchable(before_)->name);
    for (const Table* table : tables_with_rows(name_, context_)) {
      Operation operation =
          step(Role::Alter, Phase::Migrate,
               "The rows that are there are written once more, which brings them over.");
      operation.op = Op::Backfill;
      operation.relations = {sql_name(table->id)};
      operation.backfill =
          backfill_of(*table, context_.from, column + " = " + column,
                      // OFFSET 0: a look-up for each row; a join would read all of the copy
                      "NOT EXISTS (SELECT FROM " + quote_qualified(next_.name) + " AS copy WHERE " +
                          same_key("copy.", quote_identifier(table->id.name) + '.') + " OFFSET 0)");
      operation.sql = {backfill_sql(*operation.backfill)};
      operation.undo_note = "Nothing to undo: the copy goes away with the step that made it.";
      operations.push_back(std::move(operation));
    }
  }

  Operation exchange() const {
    Operation operation = step(Role::Make, Phase::Contract,
                               "The new form takes the name of the old one, which is kept as " +
                                   quote_identifier(aside_.name.name) + '.');
    operation.op = Op::RenameTable;
    operation.relations = with_partitions(name_, context_);
    operation.retypes = true;  // views on it make way
    operation.sql = drop_triggers();
    append(operation.sql, take_names());
    append(operation.sql, open_to_others());

    operation.undo = give_names_back();
    append(operation.undo, bring_up_to_date());
    append(operation.undo, create_triggers());
    return operation;
  }

  Operation drop_old() const {
    Operation operation =
        step(Role::Finish, Phase::Contract, "The table has its new form; the old one goes.");
    operation.op = Op::DropTable;
    operation.relations = {quote_qualified(aside_.name)};
    for (const Table* part : all_below(before_, context_.old_heirs))
      operation.relations.push_back(sql_name(part->id));
    append(operation.relations, referenced_by(aside_));
    operation.refs = {after_.id};
    operation.own_transaction = true;
    operation.sql = {"DROP TABLE " + quote_qualified(aside_.name)};
    operation.undo = create_sql(aside_, context_);
    operation.undo_note = "Its rows come back with the undo of the exchange.";
    return operation;
  }

 private:
  Operation step(Role role, Phase phase, std::string why) const {
    Operation operation = make(role, after_, phase, std::move(why));
    operation.releases = before_.refs;
    return operation;
  }

  Statements referenced_by(const TableForm& form) const {
    Statements tables;
    for (const auto& [id, constraint] : form.catalog.constraints)
      if (constraint.contype == 'f')
        append(tables, with_partitions(constraint.referenced_table, context_));
    return tables;
  }

  std::string same_key(const std::string& a, const std::string& b) const {
    std::vector<std::string> terms;
    for (const std::string& column : key_)
      terms.push_back(a + quote_identifier(column) + " = " + b + quote_identifier(column));
    return fmt::format("{}", fmt::join(terms, " AND "));
  }

  std::string list(const std::string& prefix) const {
    std::vector<std::string> names;
    for (const std::string& column : columns_) names.push_back(prefix + quote_identifier(column));
    return fmt::format("{}", fmt::join(names, ", "));
  }

  // As its owner: who writes the table need not be able to write the copy.
  Statements create_triggers() const {
    const std::string function = quote_qualified({name_.schema, trigger_id(before_).name});
    const std::string on = " ON " + quote_qualified(name_) + " FOR EACH ";
    const std::string execute = " EXECUTE FUNCTION " + function + "()";
    return {
        fmt::format(R"(CREATE FUNCTION {function}() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
    AS $schemadiff$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    TRUNCATE {copy};
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM {copy} AS copy WHERE {same};
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO {copy} ({columns}) VALUES ({values});
  END IF;
  RETURN NULL;
END
$schemadiff$)",
                    fmt::arg("function", function), fmt::arg("copy", quote_qualified(next_.name)),
                    fmt::arg("same", same_key("copy.", "OLD.")), fmt::arg("columns", list("")),
                    fmt::arg("values", list("NEW."))),
        "REVOKE ALL ON FUNCTION " + function + "() FROM PUBLIC",
        "CREATE TRIGGER " + quote_identifier(trigger_id(before_).name) +
            " AFTER INSERT OR UPDATE OR DELETE" + on + "ROW" + execute,
        "CREATE TRIGGER " + quote_identifier(truncate_id(before_).name) + " AFTER TRUNCATE" + on +
            "STATEMENT" + execute};
  }
  Statements drop_triggers() const {
    const std::string on = " ON " + quote_qualified(name_);
    Statements sql;
    if (!before_.partition_key.strategy.empty()) sql.push_back(lock_before_drop(name_));
    sql.push_back("DROP TRIGGER " + quote_identifier(truncate_id(before_).name) + on);
    sql.push_back("DROP TRIGGER " + quote_identifier(trigger_id(before_).name) + on);
    sql.push_back("DROP FUNCTION " + quote_qualified({name_.schema, trigger_id(before_).name}) +
                  "()");
    return sql;
  }

  static Statements rename_indexes(const TableForm& form, bool to_own) {
    Statements sql;
    for (const auto& [name, own] : form.indexes)
      sql.push_back(to_own ? rename_sql("INDEX " + quote_qualified(name), own)
                           : rename_sql("INDEX " + quote_qualified({name.schema, own}), name.name));
    return sql;
  }

  // Sequences of columns, of identities and others.
  template <class Each>
  void for_each_identity(Each each) const {
    for (const Column& column : after_.columns)
      if (column.identity != '\0') each(column, *before_.find(column.name));
  }
  static QualifiedName aside_sequence(const Column& old) {
    return {old.identity_sequence->schema, old_type_name(old.identity_sequence->name)};
  }
  static std::string go_on(const QualifiedName& sequence, const QualifiedName& before) {
    return "SELECT pg_catalog.setval(" + quote_literal(quote_qualified(sequence)) +
           ", last_value, is_called) FROM " + quote_qualified(before);
  }
  Statements own_sequences(const Catalog& catalog) const {
    Statements sql;
    for (const auto& [id, sequence] : catalog.sequences)
      if (sequence.owned_by.table == name_) append(sql, owned_by_sql(sequence));
    return sql;
  }

  Statements take_names() const {
    Statements sql = rename_indexes(aside_, false);
    for_each_identity([&](const Column&, const Column& old) {
      sql.push_back(rename_sql("SEQUENCE " + quote_qualified(*old.identity_sequence),
                               aside_sequence(old).name));
    });
    sql.push_back(rename_sql("TABLE " + quote_qualified(name_), aside_.name.name));
    sql.push_back(rename_sql("TABLE " + quote_qualified(next_.name), name_.name));
    append(sql, rename_indexes(next_, true));
    for_each_identity([&](const Column& column, const Column& old) {
      const ObjectId id{Kind::Column, name_.schema, name_.name, column.name, {}};
      sql.push_back(alter_column(id, "ADD " + identity_definition(column)));
      sql.push_back(go_on(*column.identity_sequence, aside_sequence(old)));
      if (!column.identity_comment.empty())
        sql.push_back(comment_statement(identity_target(column), *column.identity_comment));
    });
    append(sql, own_sequences(context_.to));
    return sql;
  }

  // Who may read and write the table, and which rows.
  Statements open_to_others() const {
    Statements sql = grant_sql(default_acl(Kind::Table), after_.acl, grant_target(after_), {},
                               next_.catalog.table(next_.name)->owner);
    append(sql, column_grants_sql(after_, next_.catalog.table(next_.name)->owner,
                                  initial_acl(context_.from, Kind::Sequence, name_.schema)));
    if (after_.force_row_security)
      sql.push_back("ALTER TABLE " + quote_qualified(name_) + " FORCE ROW LEVEL SECURITY");
    return sql;
  }

  Statements give_names_back() const {
    Statements sql;
    for_each_identity([&](const Column& column, const Column& old) {
      const ObjectId id{Kind::Column, name_.schema, name_.name, column.name, {}};
      sql.push_back(go_on(aside_sequence(old), *column.identity_sequence));
      sql.push_back(alter_column(id, "DROP IDENTITY"));
    });
    append(sql, rename_indexes(next_, false));
    sql.push_back(rename_sql("TABLE " + quote_qualified(name_), next_.name.name));
    sql.push_back(rename_sql("TABLE " + quote_qualified(aside_.name), name_.name));
    for_each_identity([&](const Column&, const Column& old) {
      sql.push_back(rename_sql("SEQUENCE " + quote_qualified(aside_sequence(old)),
                               old.identity_sequence->name));
    });
    append(sql, rename_indexes(aside_, true));
    append(sql, own_sequences(context_.from));
    return sql;
  }

  // With what was written to the new form meanwhile.
  Statements bring_up_to_date() const {
    const std::string table = quote_qualified(name_), copy = quote_qualified(next_.name);
    return {
        fmt::format("DELETE FROM {} AS old WHERE NOT EXISTS (SELECT FROM {} AS copy WHERE {} AND "
                    "ROW({})::pg_catalog.text = ROW({})::pg_catalog.text)",
                    table, copy, same_key("copy.", "old."), list("copy."), list("old.")),
        fmt::format("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {} AS copy WHERE "
                    "NOT EXISTS (SELECT FROM {} AS old WHERE {})",
                    table, list(""), list("copy."), copy, table, same_key("old.", "copy."))};
  }

  const Table& before_;
  const Table& after_;
  const Context& context_;
  QualifiedName name_;
  TableForm next_, aside_;
  std::vector<std::string> columns_, key_;
};

}  // namespace

bool keeps_rows(const ObjectId& table, const Context& context) {
  return hint_of(table, context) && gets_other_key(table, context);
}

void collect_repartitions(Context& context) {
  for (const diff::Change& change : context.changes) {
    if (!gets_other_key(change.id, context)) continue;
    const Table& before = context.from.tables.at(change.id);
    const Table& after = context.to.tables.at(change.id);
    const Hint* hint = hint_of(change.id, context);
    const std::string reason = obstacle(before, after, context);
    if (hint && !reason.empty())
      throw error_at(hint->span, context.to,
                     describe(change.id) + " cannot be partitioned anew with its rows: " + reason,
                     "move its rows by hand, then take the hint out");
    if (hint)
      keep_for_itself(before, after, context);
    else
      context.notes.push_back(
          describe(change.id) + " gets another partition key and is made anew, without its rows" +
          (reason.empty() ? ". To keep them, write above it: -- schemadiff: repartition=online"
                          : "; they cannot be kept online: " + reason + "."));
  }
}

void lower_repartition(const Table& before, const Table& after, const Context& context,
                       Operations& operations) {
  const Copy copy(before, after, context);
  if (!is_there(to_be_filled(after, context), context)) operations.push_back(copy.make_beside());
  copy.fill(operations);
  operations.push_back(copy.exchange());
  operations.push_back(copy.drop_old());
}

}  // namespace schemadiff::engine
