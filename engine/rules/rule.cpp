#include "engine/rules/rule.h"

#include <algorithm>

#include "engine/lower/lower.h"

namespace schemadiff::engine::rules {

using namespace schema;
using diff::Action;

bool Subject::makes(Kind kind) const {
  return operation.role == Role::Make && operation.object.kind == kind;
}

bool Subject::drops(Kind kind) const {
  return operation.role == Role::Drop && operation.object.kind == kind;
}

bool Subject::replaced() const {
  return operation.change && operation.change->action == Action::Replace;
}

bool Subject::drops_for_good(Kind kind) const { return drops(kind) && !replaced(); }

bool Subject::alters(Kind kind) const {
  return operation.object.kind == kind && operation.change &&
         operation.change->id == operation.object && operation.change->action == Action::Alter;
}

bool Subject::alters(Kind kind, std::string_view attribute) const {
  return alters(kind) && changed(*operation.change, attribute);
}

const Column* Subject::column_before() const {
  const Table* table = context.from.table(table_name(operation.object));
  return table ? table->find(operation.object.name) : nullptr;
}

const Column* Subject::column_after() const {
  const Table* table = context.to.table(table_name(operation.object));
  return table ? table->find(operation.object.name) : nullptr;
}

QualifiedName Subject::table() const { return table_of(operation, context); }

Size Subject::size() const { return size_of(operation, context); }

bool Subject::on_new_table() const {
  const QualifiedName name = table();
  return !name.empty() && context.is_new(name);
}

bool Subject::found_none() const {
  const std::vector<PreCheck>& checks = operation.pre_checks;
  return !checks.empty() && std::all_of(checks.begin(), checks.end(),
                                        [](const PreCheck& check) { return check.found == 0; });
}

const std::vector<const Object*>& Subject::on_table() const {
  static const std::vector<const Object*> kNone;
  const auto found = context.new_children.find(table());
  return found == context.new_children.end() ? kNone : found->second;
}

std::vector<const Column*> Subject::new_columns() const {
  std::vector<const Column*> columns;
  if (makes(Kind::Table)) {
    for (const Column& column : after<Table>()->columns)
      if (column.local) columns.push_back(&column);
  } else if (makes(Kind::Column)) {
    columns.push_back(column_after());
  }
  return columns;
}

bool Subject::retypes_column() const { return operation.retypes && alters(Kind::Column, "type"); }

std::string Subject::figures_of(const QualifiedName& table) const {
  const TableFacts* facts = context.options.facts.find(table);
  const std::string words = facts ? in_words(*facts) : std::string();
  return words.empty() ? words : " (" + words + ")";
}

std::optional<double> Subject::hot_writes() const {
  const TableFacts* facts = context.options.facts.find(table());
  if (!facts || facts->writes_per_second < context.options.thresholds.hot_writes_per_second)
    return std::nullopt;
  return facts->writes_per_second;
}

Risk Subject::by_size() const {
  const TableFacts* facts = context.options.facts.find(table());
  if (facts && facts->bytes == 0) return Risk::Low;
  return size() == Size::Large ? Risk::High : Risk::Medium;
}

}  // namespace schemadiff::engine::rules
