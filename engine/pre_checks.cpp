#include "engine/pre_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/enum_values.h"
#include "engine/hints.h"
#include "engine/lower/lower.h"
#include "engine/misfits.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;

namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

std::vector<std::string> each(const std::vector<std::string>& columns, const std::string& prefix,
                              const std::string& suffix = {}) {
  std::vector<std::string> result;
  for (const std::string& column : columns)
    result.push_back(prefix + quote_identifier(column) + suffix);
  return result;
}

// What an index holds apart: keys with a NULL only where NULLs are not distinct.
struct Key {
  std::vector<std::string> elements;
  bool nulls_not_distinct = false;
  std::string predicate;
};

Key key_of(const Constraint& constraint) {
  return {each(constraint.columns, ""), constraint.nulls_not_distinct, {}};
}

Key key_of(const Index& index) {
  Key key{{}, index.nulls_not_distinct, {}};
  for (const IndexElement& element : index.elements) {
    std::string text = element.column.empty() ? '(' + element.expression->sql + ')'
                                              : quote_identifier(element.column);
    if (!element.collation.empty()) text += " COLLATE " + quote_qualified(*element.collation);
    key.elements.push_back(std::move(text));
  }
  if (!index.predicate.empty()) key.predicate = index.predicate->sql;
  return key;
}

class Checks {
 public:
  Checks(const std::vector<Operation>& operations, const Context& context) : context_(context) {
    for (const Operation& operation : operations)
      if (operation.op == Op::Backfill && operation.change) filled_.push_back(operation.change->id);
  }

  void add(Operation& operation) const {
    if (operation.sql.empty()) return;
    const QualifiedName table = table_of(operation, context_);
    if (table.empty() || context_.is_new(table) || is_foreign(context_.to, table)) return;
    if (operation.object.kind == Kind::Column) return add_of_column(operation);
    if (const auto index = context_.to.indexes.find(operation.object);
        index != context_.to.indexes.end())
      return add_of_index(index->second, operation);
    const diff::Change* change = operation.change;
    if (!change || change->id.kind != Kind::Constraint) return;
    if (const auto constraint = context_.to.constraints.find(change->id);
        constraint != context_.to.constraints.end())
      add_of_constraint(constraint->second, operation);
  }

  void add_of_undo(Operation& operation) const {
    if (operation.undo.empty() || !operation.change) return;
    const QualifiedName table = table_of(operation, context_);
    if (!context_.from.table(table) || !context_.to.table(table)) return;
    const ObjectId& id = operation.object;
    if (id.kind == Kind::Column) return add_of_column_undo(operation);
    if (operation.role != Role::Drop) return;
    if (const auto constraint = context_.from.constraints.find(id);
        constraint != context_.from.constraints.end())
      add_of_dropped(constraint->second, operation);
    if (const auto index = context_.from.indexes.find(id); index != context_.from.indexes.end() &&
                                                           index->second.unique &&
                                                           is_there(index->second.refs))
      push_undo(operation, Obstacle::Duplicate, duplicates(table, key_of(index->second)));
  }

 private:
  void push_undo(Operation& operation, Obstacle counts, std::string sql) const {
    operation.undo_checks.push_back(
        {counts, {table_of(operation, context_)}, std::move(sql), false, {}});
  }

  void add_of_column_undo(Operation& operation) const {
    const diff::Change& change = *operation.change;
    if (change.action != Action::Alter || change.id != operation.object) return;
    const QualifiedName table = table_name(change.id);
    const Column* before = context_.from.table(table)->find(change.id.name);
    const Column* after = context_.to.table(table)->find(change.id.name);
    const std::string column = quote_identifier(change.id.name);
    const std::string select = "SELECT count(*) FROM " + quoted_table(change.id) + " WHERE ";
    if (operation.op == Op::DropNotNull)
      push_undo(operation, Obstacle::Null, select + column + " IS NULL");
    if (!alters_type(operation.op)) return;
    if (const std::string misfit = misfits(column, after->type, before->type); !misfit.empty())
      push_undo(operation, Obstacle::Misfit, select + misfit);
    for (const ObjectId& cause : change.because)
      if (const std::string added =
              any_of(values_without_way_back(cause, context_), column, after->type);
          !added.empty())
        push_undo(operation, Obstacle::RemovedValue, select + added);
  }

  static bool alters_type(Op op) {
    return op == Op::SwapColumns || op == Op::AlterColumnType || op == Op::AlterColumnTypeChecked ||
           op == Op::AlterColumnTypeRewriting;
  }

  void add_of_dropped(const Constraint& constraint, Operation& operation) const {
    if (!constraint.enforced || !constraint.validated || constraint.temporal ||
        !is_there(constraint.refs))
      return;
    const QualifiedName table = table_name(constraint.id);
    switch (constraint.contype) {
      case 'c':
        return push_undo(operation, Obstacle::Violation, violations(constraint));
      case 'f':
        return push_undo(operation, Obstacle::Orphan, orphans(constraint));
      case 'p':
      case 'u':
        return push_undo(operation, Obstacle::Duplicate, duplicates(table, key_of(constraint)));
      default:
        return;
    }
  }

  void push(Operation& operation, Obstacle counts, std::string sql, bool now) const {
    PreCheck check{counts, {table_of(operation, context_)}, std::move(sql), now, {}};
    const auto& known = context_.options.facts.counts;
    if (const auto found = known.find(check.sql); now && found != known.end())
      check.found = found->second;
    operation.pre_checks.push_back(std::move(check));
  }

  // The rows that a constraint is about: those of children only where it is passed on to them.
  std::string rows_of(const QualifiedName& table, bool children) const {
    const bool all = children || is_partitioned(context_.to, table);
    return (all ? "" : "ONLY ") + quote_qualified(table);
  }

  // Whether all of it can be read before the plan begins, and as it will be.
  bool is_there(const std::vector<ObjectId>& refs) const {
    if (!context_.options.renamed.empty()) return false;
    return std::none_of(refs.begin(), refs.end(), [&](const ObjectId& ref) {
      if (ref.kind == Kind::Constraint || ref.kind == Kind::Index) return false;
      const diff::Change* change = context_.change(ref);
      const bool retyped = change && ref.kind == Kind::Column &&
                           (changed(*change, "type") || changed(*change, "collation") ||
                            std::find(filled_.begin(), filled_.end(), ref) != filled_.end());
      return change && (change->action != Action::Alter || retyped);
    });
  }

  void add_of_column(Operation& operation) const {
    const std::string column = quote_identifier(operation.object.name);
    const QualifiedName table = table_name(operation.object);
    const Table* old_table = context_.from.table(table);
    if (operation.op == Op::SetNotNull || operation.op == Op::ValidateConstraint)
      push(operation, Obstacle::Null,
           "SELECT count(*) FROM " + quote_qualified(table) + " WHERE " + column + " IS NULL",
           old_table && old_table->find(operation.object.name) && is_there({operation.object}));
    const diff::Change* change = operation.change;
    if (!change || change->action != Action::Alter || !old_table) return;
    const bool in_place =
        operation.op == Op::AlterColumnTypeRewriting && change->id == operation.object;
    const bool online = operation.op == Op::Backfill && context_.retypes_online(change->id);
    if (in_place || online) add_misfits(*change, operation);
  }

  void add_misfits(const diff::Change& change, Operation& operation) const {
    const ObjectId& id = change.id;
    const QualifiedName table = table_name(id);
    const std::string column = quote_identifier(id.name);
    const Column* before = context_.from.table(table)->find(id.name);
    const Column* after = context_.to.table(table)->find(id.name);
    const std::string select = "SELECT count(*) FROM " + quoted_table(operation.object) + " WHERE ";
    if (const std::string misfit = misfits(column, before->type, after->type); !misfit.empty())
      push(operation, Obstacle::Misfit, select + misfit, true);
    for (const ObjectId& cause : change.because)
      if (const std::string gone = any_of(lost_values(cause, context_), column, before->type);
          !gone.empty()) {
        push(operation, Obstacle::RemovedValue, select + gone, true);
        refuse_lost(cause, id, operation.pre_checks.back());
      }
  }

  // No plan can guess what rows shall have instead of a value that goes.
  void refuse_lost(const ObjectId& type, const ObjectId& column, const PreCheck& check) const {
    if (check.found.value_or(0) == 0) return;
    std::string map;
    for (const std::string& value : lost_values(type, context_))
      map += (map.empty() ? "" : ", ") + show_value_pair(value, "VALUE");
    const bool one = *check.found == 1;
    throw error_at(context_.to.enums.at(type).span, context_.to,
                   fmt::format("{} {} of {} {} a value that {} loses, and nothing says what it "
                               "becomes",
                               *check.found, one ? "row" : "rows", quoted_table(column),
                               one ? "has" : "have", describe(type)),
                   "write above the type: -- schemadiff: map=" + map);
  }

  // Whether the column has one of the labels; empty: there are none.
  static std::string any_of(const std::vector<std::string>& labels, const std::string& column,
                            const TypeName& column_type) {
    std::vector<std::string> literals;
    for (const std::string& label : labels) literals.push_back(quote_literal(label));
    if (literals.empty()) return {};
    return column_type.sql.ends_with("[]")
               ? column + "::pg_catalog.text[] && ARRAY[" + joined(literals, ", ") +
                     "]::pg_catalog.text[]"
               : column + "::pg_catalog.text IN (" + joined(literals, ", ") + ')';
  }

  std::string duplicates(const QualifiedName& table, const Key& key) const {
    std::vector<std::string> conditions;
    if (!key.nulls_not_distinct)
      for (const std::string& element : key.elements)
        conditions.push_back(element + " IS NOT NULL");
    if (!key.predicate.empty()) conditions.push_back('(' + key.predicate + ')');
    return "SELECT count(*) FROM (SELECT FROM " + rows_of(table, false) +
           (conditions.empty() ? "" : " WHERE " + joined(conditions, " AND ")) + " GROUP BY " +
           joined(key.elements, ", ") + " HAVING count(*) > 1) AS duplicate";
  }

  std::string violations(const Constraint& check) const {
    return "SELECT count(*) FROM " + rows_of(table_name(check.id), !check.no_inherit) +
           " WHERE NOT (" + check.check->sql + ')';
  }

  void add_of_index(const Index& index, Operation& operation) const {
    const bool builds =
        operation.op == Op::CreateIndex || operation.op == Op::CreateIndexConcurrently;
    if (index.unique && builds)
      push(operation, Obstacle::Duplicate, duplicates(index.table, key_of(index)),
           is_there(index.refs));
  }

  void add_of_constraint(Constraint constraint, Operation& operation) const {
    if (operation.object.kind == Kind::Constraint)
      constraint.id = operation.object;  // a partition's
    if (!constraint.enforced || constraint.temporal) return;
    const QualifiedName table = table_name(constraint.id);
    const bool now = is_there(constraint.refs);
    const bool validates = operation.op == Op::ValidateConstraint;
    if (constraint.contype == 'c' && (validates || operation.op == Op::AddCheck))
      push(operation, Obstacle::Violation, violations(constraint), now);
    if (constraint.contype == 'f' && (validates || operation.op == Op::AddForeignKey))
      push(operation, Obstacle::Orphan, orphans(constraint),
           now && !context_.is_new(constraint.referenced_table));
    if (constraint.contype == 'f' && !operation.pre_checks.empty())
      operation.pre_checks.back().tables.push_back(constraint.referenced_table);
    const bool builds =
        operation.op == Op::AddIndexConstraint || operation.op == Op::CreateIndexConcurrently;
    if ((constraint.contype == 'p' || constraint.contype == 'u') && builds)
      push(operation, Obstacle::Duplicate, duplicates(table, key_of(constraint)), now);
  }

  // Where a column is NULL the reference counts for nothing; with MATCH FULL all or none are NULL.
  std::string orphans(const Constraint& key) const {
    std::vector<std::string> pairs;
    for (std::size_t i = 0; i < key.columns.size(); ++i)
      pairs.push_back("referenced." + quote_identifier(key.referenced_columns[i]) +
                      " = referencing." + quote_identifier(key.columns[i]));
    const std::string missing = "NOT EXISTS (SELECT FROM " + rows_of(key.referenced_table, false) +
                                " AS referenced WHERE " + joined(pairs, " AND ") + ')';
    const std::string select =
        "SELECT count(*) FROM " + rows_of(table_name(key.id), false) + " AS referencing WHERE ";
    const std::string filled = joined(each(key.columns, "referencing.", " IS NOT NULL"), " AND ");
    if (key.match != 'f' || key.columns.size() == 1) return select + filled + " AND " + missing;
    return select + '(' + joined(each(key.columns, "referencing.", " IS NOT NULL"), " OR ") +
           ") AND " + missing;
  }

  const Context& context_;
  std::vector<ObjectId> filled_;
};

}  // namespace

void add_pre_checks(std::vector<Operation>& operations, const Context& context) {
  const Checks checks(operations, context);
  for (Operation& operation : operations) checks.add(operation);
}

void add_undo_checks(std::vector<Operation>& operations, const Context& context) {
  const Checks checks(operations, context);
  for (Operation& operation : operations) checks.add_of_undo(operation);
}

}  // namespace schemadiff::engine
