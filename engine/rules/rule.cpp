#include "engine/rules/rule.h"

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

std::string Subject::figures() const {
  const TableFacts* facts = context.options.facts.find(table());
  const std::string words = facts ? in_words(*facts) : std::string();
  return words.empty() ? words : " (" + words + ")";
}

Risk Subject::by_size() const {
  const TableFacts* facts = context.options.facts.find(table());
  if (facts && facts->bytes == 0) return Risk::Low;
  return size() == Size::Large ? Risk::High : Risk::Medium;
}

}  // namespace schemadiff::engine::rules
