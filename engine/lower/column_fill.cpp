// Decides how a column is added whose rows need values: nullable, with its default for new rows,
// then filled in batches, and held to NOT NULL at the end.
#include <algorithm>
#include <span>

#include "engine/hints.h"
#include "engine/lower/column.h"
#include "engine/lower/column_type.h"
#include "engine/stand_ins.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;

namespace {

const Hint* backfill_hint(const ColumnChange& c) {
  return c.context.to.hint(c.change.id, "backfill");
}

bool is_known_empty(const TableFacts& facts) {
  return facts.rows ? *facts.rows == 0 : facts.bytes == 0;
}

// The domain's default, or that of a domain below it.
bool has_default(const TypeName& type, const Catalog& catalog) {
  const Domain* domain = find_domain(type, catalog);
  return domain && (!domain->default_value.empty() || has_default(domain->base, catalog));
}

// Why the column cannot be filled in batches; empty: it can.
std::string fill_obstacle(const ColumnChange& c) {
  if (std::string reason = shares_columns(c.table, c.context); !reason.empty()) return reason;
  // before version 17 partitions have no part in the identity
  if (c.after->identity != '\0' && !c.table.partition_key.strategy.empty())
    return "it is an identity of a partitioned table";
  return settings_of_partitions(c.table, c.change.id.name, c.context);
}

void check_plain(const ColumnChange& c, const Hint& hint) {
  if (const std::string reason = fill_obstacle(c); !reason.empty())
    throw error_at(hint.span, c.context.to,
                   describe(c.change.id) + " cannot be filled in batches: " + reason,
                   "fill it by hand, then take the hint out");
}

// What stands in the facts for all tables that are not listed is an assumption, of which no error
// is made.
void check_required(const ColumnChange& c) {
  const Column& column = *c.after;
  const auto facts = c.context.options.facts.tables.find(table_name(c.change.id));
  if (!column.not_null || !column.default_value.empty() || column.identity != '\0' ||
      facts == c.context.options.facts.tables.end() || is_known_empty(facts->second) ||
      has_default(column.type, c.context.to) || !fill_obstacle(c).empty())
    return;
  throw error_at(column.span, c.context.to,
                 describe(c.change.id) +
                     " is NOT NULL and has no default, and nothing says what the rows that are "
                     "there shall have in it",
                 "write beside it: -- schemadiff: backfill=EXPRESSION");
}

std::string assignment(const ColumnChange& c) {
  const Hint* hint = backfill_hint(c);
  return quote_identifier(c.change.id.name) + " = " +
         (hint ? '(' + hint->value + ')' : std::string("DEFAULT"));
}

// The operations that fill the column where it is NULL; their undo is left to the caller.
std::span<Operation> fill(const ColumnChange& c, Phase phase, const std::string& why,
                          Operations& operations) {
  const std::size_t first = operations.size();
  lower_backfill(
      c, [&](const Table&) { return assignment(c); },
      quote_identifier(c.change.id.name) + " IS NULL", why, operations);
  const std::span<Operation> fills = std::span(operations).subspan(first);
  for (Operation& operation : fills) operation.phase = phase;
  return fills;
}

// Of a column that is new.
void fill_new(const ColumnChange& c, Phase phase, const std::string& why, Operations& operations) {
  for (Operation& operation : fill(c, phase, why, operations))
    operation.undo_note = "Nothing to undo: the column goes away with the step that added it.";
}

void fill_nulls(const ColumnChange& c, Phase phase, const std::string& why,
                Operations& operations) {
  for (Operation& operation : fill(c, phase, why, operations))
    tell_loss(operation, "Which rows had NULL is not known any more.");
}

// Gives the numbers until the identity has a sequence of its own, which an identity has only on a
// column that is NOT NULL.
class Numbers {
 public:
  explicit Numbers(const ColumnChange& c) : c_(c) {
    sequence_.id = stand_in_of(*c.after->identity_sequence);
    sequence_.options = *c.after->identity_options;
  }

  // Whoever may insert into a table gets numbers of an identity; of a default's sequence, who may
  // use it.
  Statements create() const {
    Statements sql = create_sql(sequence_);
    sql.push_back("GRANT USAGE ON SEQUENCE " + sql_name(sequence_.id) + " TO PUBLIC");
    return sql;
  }
  std::string drop() const { return drop_sql(sequence_); }
  std::string next_value() const {
    return "pg_catalog.nextval(" + quote_literal(sql_name(sequence_.id)) + "::pg_catalog.regclass)";
  }
  std::string set_default() const {
    return alter_column(c_.change.id, "SET DEFAULT " + next_value());
  }

  // The identity goes on where its stand-in was: the table is locked between the two.
  Operation replace_by_identity() const {
    const Column& column = *c_.after;
    const std::string own = quote_qualified(*column.identity_sequence);
    Operation operation = operation_on(
        c_, Role::Alter, Phase::Migrate,
        "The column becomes the identity; its numbers go on where they are.", Op::AlterIdentity);
    operation.refs = {c_.table.id};
    operation.after_drops = {
        {Kind::Sequence, column.identity_sequence->schema, {}, column.identity_sequence->name, {}}};
    operation.sql = {alter_column(c_.change.id, "DROP DEFAULT"),
                     alter_column(c_.change.id, "ADD " + identity_definition(column)),
                     go_on(own, sql_name(sequence_.id)), drop()};
    if (!column.identity_comment.empty())
      operation.sql.push_back(comment_statement(identity_target(column), *column.identity_comment));
    if (c_.context.options.compare.privileges)
      append(operation.sql,
             grant_sql(initial_acl(c_.context.from, Kind::Sequence, c_.table.id.schema),
                       identity_acl(column), identity_target(column), {}, c_.table.owner));
    operation.undo = create();
    operation.undo.push_back(go_on(sql_name(sequence_.id), own));
    operation.undo.push_back(alter_column(c_.change.id, "DROP IDENTITY"));
    operation.undo.push_back(set_default());
    return operation;
  }

 private:
  static std::string go_on(const std::string& sequence, const std::string& before) {
    return "SELECT pg_catalog.setval(" + quote_literal(sequence) +
           ", last_value, is_called) FROM " + before;
  }

  const ColumnChange& c_;
  Sequence sequence_;
};

}  // namespace

bool is_filled(const ColumnChange& c) {
  if (c.change.action != Action::Create || carrier(c, {}) || !c.after->generated.empty())
    return false;
  const QualifiedName table = table_name(c.change.id);
  if (c.context.is_new(table)) return false;
  if (const Hint* hint = backfill_hint(c)) {
    const TableFacts* facts = c.context.options.facts.find(table);
    if (facts && is_known_empty(*facts)) return false;
    check_plain(c, *hint);
    return true;
  }
  check_required(c);
  const bool has_values = c.after->identity != '\0' || !c.after->default_value.empty();
  // the server refuses to give values to the rows that are there as it adds the column
  if (has_values && c.context.row_columns.contains(c.table.id))
    return fill_obstacle(c).empty() && !has_checks(c.after->type, c.context.to);
  return (c.after->identity != '\0' || has_volatile_default(*c.after, c.context.to)) &&
         c.context.size(table) == Size::Large && fill_obstacle(c).empty() &&
         !has_checks(c.after->type, c.context.to);
}

void lower_filled_add(const ColumnChange& c, Operations& operations) {
  const bool is_identity = c.after->identity != '\0';
  const bool fills_itself = is_identity || !c.after->default_value.empty();
  Column bare = *c.after;
  bare.not_null = false;
  bare.default_value.clear();
  bare.identity = '\0';
  bare.identity_comment.clear();
  bare.not_null_comment.clear();

  Operation add =
      operation_on(c, Role::Make, Phase::Expand,
                   fills_itself ? "The column is new; new rows get a value from the start, those "
                                  "that are there in batches."
                                : "The column is new; it may be NULL until its rows are filled.",
                   Op::AddFilledColumn);
  if (has_checks(bare.type, c.context.to)) add.op = Op::AddColumnRewriting;
  const Statements added =
      add_column(c.table, bare, c.context, c.context.options.compare.privileges);
  add.undo = {drop_column(c.table, *c.after)};
  if (is_identity) {
    const Numbers numbers(c);
    add.sql = numbers.create();
    append(add.sql, added);
    add.sql.push_back(numbers.set_default());
    add.undo.push_back(numbers.drop());
  } else {
    add.sql = added;
    if (fills_itself) add.sql.push_back(default_sql(c.change.id, *c.after, false));
  }
  operations.push_back(std::move(add));
  lower_rest_of_fill(c, operations);
}

void lower_rest_of_fill(const ColumnChange& c, Operations& operations) {
  const bool fills_itself = c.after->identity != '\0' || !c.after->default_value.empty();
  fill_new(c, Phase::Migrate,
           "The rows that are there get their values: until then new applications find NULL.",
           operations);
  if (c.after->not_null) {
    // A second pass rather than a trigger: the new application meets NULLs until the first pass is
    // through in any case, and no code of ours then runs with each write.
    if (!fills_itself)
      fill_new(c, Phase::Contract,
               "Rows that the old application wrote meanwhile get their values.", operations);
    lower_set_not_null(c, fills_itself ? Phase::Migrate : Phase::Contract, operations);
  }
  if (!c.after->not_null_comment.empty()) {
    Operation comment = operation_on(c, Role::Detail, operations.back().phase,
                                     "The comment of its NOT NULL.", Op::CommentOn);
    comment.sql = {
        comment_statement(not_null_address(c.table.id, *c.after), *c.after->not_null_comment)};
    comment.undo_note = "Goes away with the column.";
    operations.push_back(std::move(comment));
  }
  if (c.after->identity != '\0') operations.push_back(Numbers(c).replace_by_identity());
}

void lower_fill_nulls(const ColumnChange& c, Operations& operations) {
  const Hint* hint = backfill_hint(c);
  // where an earlier run has added the column and not filled it, its default says with what
  const bool default_fills = has_volatile_default(*c.after, c.context.to) &&
                             c.before->default_value == c.after->default_value &&
                             fill_obstacle(c).empty() &&
                             c.context.size(table_name(c.change.id)) == Size::Large;
  if (!hint && !default_fills) return;
  if (hint) check_plain(c, *hint);
  fill_nulls(c, Phase::Contract, "Rows that have NULL in the column get their values.", operations);
}

void lower_fill_with_new_values(const ObjectId& type, const std::vector<std::string>& new_values,
                                const Context& context, Operations& operations) {
  for (const auto& [id, hints] : context.to.hints) {
    const Table* table = id.kind == Kind::Column ? context.to.table(table_name(id)) : nullptr;
    const Table* old_table = table ? context.from.table(table_name(id)) : nullptr;
    const Column* after = table ? table->find(id.name) : nullptr;
    const Column* before = old_table ? old_table->find(id.name) : nullptr;
    const Hint* hint = context.to.hint(id, "backfill");
    const auto names = [&](const std::string& value) {
      return hint->value.find(quote_literal(value)) != std::string::npos;
    };
    if (!before || !after || !hint || after->not_null || context.is_new(table_name(id)) ||
        std::ranges::find(after->refs, type) == after->refs.end() ||
        std::ranges::none_of(new_values, names))
      continue;
    const diff::Change change{Action::Alter, id, {}, {}, false};
    const ColumnChange column{change, context, *table, before, after};
    check_plain(column, *hint);
    fill_nulls(column, Phase::Migrate, "Rows that have NULL in the column get a value that is new.",
               operations);
  }
}

}  // namespace schemadiff::engine
