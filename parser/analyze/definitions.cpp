// Which texts a catalog holds, and in which surroundings each is to be understood.
#include "parser/analyze/definitions.h"

namespace schemadiff::parser {
namespace {

using namespace schema;

struct Collector {
  std::vector<Definition> found;

  Definition* add(Expr& expr, Role role, Object& owner) {
    if (expr.empty()) return nullptr;
    Definition& definition = found.emplace_back();
    definition.expr = &expr;
    definition.role = role;
    definition.owner = &owner;
    definition.refs = &owner.refs;
    return &definition;
  }

  Definition* add(Rare<Expr>& expr, Role role, Object& owner) {
    return expr.empty() ? nullptr : add(expr.edit(), role, owner);
  }

  template <class E>
  Definition* on(E& expr, Role role, Object& owner, const QualifiedName& relation) {
    Definition* definition = add(expr, role, owner);
    if (definition) definition->relation = relation;
    return definition;
  }

  void on_rows(Expr& expr, Role role, Object& owner, std::string_view plain_row = {}) {
    Definition* definition = on(expr, role, owner, {owner.id.schema, owner.id.parent});
    if (!definition) return;
    definition->old_and_new = true;
    definition->plain_row = plain_row;
  }

  void elements(std::vector<IndexElement>& list, Object& owner, const QualifiedName& relation) {
    for (IndexElement& element : list) on(element.expression, Role::Value, owner, relation);
  }

  void columns(Table& table) {
    const QualifiedName name{table.id.schema, table.id.name};
    for (Column& column : table.columns) {
      for (Definition* definition : {add(column.default_value, Role::Assigned, table),
                                     on(column.generated, Role::Assigned, table, name)}) {
        if (!definition) continue;
        definition->refs = &column.default_refs;
        definition->target = &column.type;
      }
    }
  }

  void view(Expr& query, std::vector<ViewColumn>& view_columns, Object& owner) {
    Definition* definition = add(query, Role::Query, owner);
    if (definition) definition->columns = &view_columns;
  }

  void view_defaults(std::vector<ViewColumn>& view_columns, Object& owner) {
    for (ViewColumn& column : view_columns)
      if (Definition* definition = add(column.default_value, Role::Assigned, owner))
        definition->target = &column.type;
  }
};

}  // namespace

std::vector<Definition> definitions_of(Catalog& catalog) {
  Collector collector;
  for (auto& [id, domain] : catalog.domains) {
    if (Definition* definition = collector.add(domain.default_value, Role::Assigned, domain))
      definition->target = &domain.base;
    for (DomainConstraint& constraint : domain.constraints)
      if (Definition* definition = collector.add(constraint.check, Role::Condition, domain))
        definition->domain = &domain.base;
  }
  for (auto& [id, routine] : catalog.routines) {
    for (Argument& argument : routine.arguments)
      if (Definition* definition = collector.add(argument.default_value, Role::Argument, routine))
        definition->target = &argument.type;
    collector.add(routine.sql_body, Role::Body, routine);
  }
  for (auto& [id, table] : catalog.tables) {
    collector.columns(table);
    for (KeyElement& element : table.partition_key.elements)
      collector.on(element.expression, Role::Value, table, {id.schema, id.name});
    collector.on(table.bound, Role::Bound, table, table.partition_of);
  }
  for (auto& [id, view] : catalog.views) collector.view(view.query, view.columns, view);
  for (auto& [id, view] : catalog.materialized_views)
    collector.view(view.query, view.columns, view);
  for (auto& [id, index] : catalog.indexes) {
    collector.elements(index.elements, index, index.table);
    collector.on(index.predicate, Role::Condition, index, index.table);
  }
  for (auto& [id, constraint] : catalog.constraints) {
    const QualifiedName table{id.schema, id.parent};
    collector.on(constraint.check, Role::Condition, constraint, table);
    collector.elements(constraint.elements, constraint, table);
    collector.on(constraint.predicate, Role::Condition, constraint, table);
  }
  for (auto& [id, statistics] : catalog.statistics)
    for (Expr& expression : statistics.expressions)
      collector.on(expression, Role::Value, statistics, statistics.table);
  for (auto& [id, rule] : catalog.rules) {
    const std::string_view plain_row = rule.event == "INSERT"   ? "new"
                                       : rule.event == "DELETE" ? "old"
                                                                : "";
    collector.on_rows(rule.condition, Role::Condition, rule, plain_row);
    for (Expr& action : rule.actions)
      if (!action.sql.starts_with("NOTIFY "))  // which is no query
        collector.on_rows(action, Role::Action, rule);
  }
  for (auto& [id, trigger] : catalog.triggers)
    collector.on_rows(trigger.when, Role::Condition, trigger);
  for (auto& [id, publication] : catalog.publications)
    for (PublishedTable& published : publication.tables)
      collector.on(published.filter, Role::Condition, publication, published.table);
  for (auto& [id, policy] : catalog.policies) {
    const QualifiedName table{id.schema, id.parent};
    collector.on(policy.using_expr, Role::Condition, policy, table);
    collector.on(policy.check_expr, Role::Condition, policy, table);
  }
  return std::move(collector.found);
}

std::vector<Definition> view_defaults_of(Catalog& catalog) {
  Collector collector;
  for (auto& [id, view] : catalog.views) collector.view_defaults(view.columns, view);
  return std::move(collector.found);
}

}  // namespace schemadiff::parser
