// Other names for relations, columns and constraints.
#include "parser/renaming.h"

#include <algorithm>

#include "parser/partitions.h"
#include "parser/rekey.h"
#include "parser/statements/table_parts.h"
#include "parser/syntax/syntax.h"
#include "schema/ddl/ddl.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Constraint;
using schema::Kind;
using schema::ObjectId;
using schema::QualifiedName;
using schema::Table;

// Calls f(expression) for each definition text of the catalog.
template <class F>
void for_each_expression(schema::Catalog& catalog, F&& f) {
  for (auto& [id, table] : catalog.tables) {
    for (schema::Column& column : table.columns) {
      if (!column.default_value.empty()) f(column.default_value.edit());
      if (!column.generated.empty()) f(column.generated.edit());
    }
  }
  for (auto& [id, view] : catalog.views) f(view.query);
  for (auto& [id, view] : catalog.materialized_views) f(view.query);
  for (auto& [id, publication] : catalog.publications)
    for (auto& published : publication.tables) f(published.filter);
  for (auto& [id, policy] : catalog.policies) {
    f(policy.using_expr);
    f(policy.check_expr);
  }
  for (auto& [id, rule] : catalog.rules) {
    f(rule.condition);
    for (schema::Expr& action : rule.actions) f(action);
  }
  for (auto& [id, routine] : catalog.routines) f(routine.sql_body);
}

bool has_alias(const Tree& tree, const std::string& name) {
  return (tree.tag == Tag::Alias && tree.text == name) ||
         std::any_of(tree.kids.begin(), tree.kids.end(),
                     [&](const TreePtr& kid) { return kid && has_alias(*kid, name); });
}

// A relation without an alias is called by its name of the day (ruleutils.c, set_rtable_names).
void requalify_columns(Tree& tree, const QualifiedName& from, const QualifiedName& to) {
  const std::size_t last = tree.has(kStar) ? 1 : 2;
  if (tree.tag == Tag::Column && tree.names.size() >= last &&
      tree.names[tree.names.size() - last] == from.name) {
    tree.names[tree.names.size() - last] = to.name;
    if (tree.names.size() > last) tree.names[tree.names.size() - last - 1] = to.schema;
  }
  for (TreePtr& kid : tree.kids)
    if (kid) requalify_columns(*kid, from, to);
}

// `keeps_name`: columns go on to be written with the old name.
bool replace_relation(Tree& tree, const QualifiedName& from, const QualifiedName& to,
                      bool keeps_name) {
  bool changed = false;
  if (tree.tag == Tag::Relation && !tree.names.empty() && tree.names.back() == from.name &&
      (tree.names.size() == 1 || tree.names[tree.names.size() - 2] == from.schema)) {
    const bool unnamed = tree.kids.empty() || !tree.kids[0];
    tree.names = {to.schema, to.name};
    if (unnamed && keeps_name) {
      auto alias = std::make_unique<Tree>(Tag::Alias);
      alias->text = from.name;
      if (tree.kids.empty()) tree.kids.emplace_back();
      tree.kids[0] = std::move(alias);
    }
    changed = true;
  }
  for (TreePtr& kid : tree.kids) {
    if (kid && replace_relation(*kid, from, to, keeps_name)) changed = true;
  }
  return changed;
}

void rewrite_queries(schema::Catalog& catalog, const QualifiedName& from, const QualifiedName& to) {
  const auto rewrite = [&](schema::Expr& expr, Form form) {
    if (expr.sql.find(from.name) == std::string::npos) return;
    auto trees = parse_texts({{expr.sql, form}});
    if (!trees[0]) return;
    const bool ambiguous = has_alias(*trees[0], from.name);
    if (!replace_relation(*trees[0], from, to, ambiguous)) return;
    if (!ambiguous) requalify_columns(*trees[0], from, to);
    expr.sql = print(*trees[0]);
  };
  for (auto& [id, view] : catalog.views) rewrite(view.query, Form::Query);
  for (auto& [id, view] : catalog.materialized_views) rewrite(view.query, Form::Query);
  for (auto& [id, policy] : catalog.policies) {
    rewrite(policy.using_expr, Form::Expression);
    rewrite(policy.check_expr, Form::Expression);
  }
  for (auto& [id, rule] : catalog.rules)
    for (schema::Expr& action : rule.actions) rewrite(action, Form::Query);
  for (auto& [id, routine] : catalog.routines) rewrite(routine.sql_body, Form::RoutineBody);
}

// nextval('old'::regclass) follows its sequence.
void rewrite_sequence_literals(schema::Catalog& catalog, const QualifiedName& from,
                               const QualifiedName& to) {
  const std::string target = schema::quote_literal(schema::quote_qualified(to));
  for_each_expression(catalog, [&](schema::Expr& expr) {
    for (const QualifiedName& name : {from, QualifiedName{{}, from.name}}) {
      const std::string literal = schema::quote_literal(schema::quote_qualified(name));
      const auto at = expr.sql.find(literal);
      if (at != std::string::npos) expr.sql.replace(at, literal.size(), target);
    }
  });
}

bool replace_column(Tree& tree, const std::string& from, const std::string& to) {
  bool changed = false;
  if (tree.tag == Tag::Column && !tree.names.empty() && tree.names.back() == from &&
      !tree.has(kStar)) {
    tree.names.back() = to;
    changed = true;
  }
  for (TreePtr& kid : tree.kids) {
    if (kid && replace_column(*kid, from, to)) changed = true;
  }
  return changed;
}

void rewrite_columns(schema::Expr& expr, const std::string& from, const std::string& to) {
  if (expr.empty() || expr.sql.find(from) == std::string::npos) return;
  auto trees = parse_texts({{expr.sql, Form::Expression}});
  if (trees[0] && replace_column(*trees[0], from, to)) expr.sql = print(*trees[0]);
}

void rewrite_columns(schema::Rare<schema::Expr>& expr, const std::string& from,
                     const std::string& to) {
  if (!expr.empty()) rewrite_columns(expr.edit(), from, to);
}

void replace_name(std::vector<std::string>& names, const std::string& from, const std::string& to) {
  std::replace(names.begin(), names.end(), from, to);
}

void rename_elements(std::vector<schema::IndexElement>& elements, const std::string& from,
                     const std::string& to) {
  for (auto& element : elements) {
    if (element.column == from) element.column = to;
    rewrite_columns(element.expression, from, to);
  }
}

// The name that a NOT NULL constraint got stays when its table or column has another.
void keep_not_null_name(const ObjectId& table, schema::Column& column, const ObjectId& new_table,
                        const std::string& new_name) {
  if (!column.not_null) return;
  const std::string name = schema::not_null_name(table, column);
  column.not_null_name =
      name == schema::default_not_null_name(new_table.name, new_name) ? std::string() : name;
}

void rename_table(Builder& builder, Table& table, const QualifiedName& to) {
  auto& catalog = builder.catalog;
  const ObjectId old = table.id;
  const QualifiedName from = name_of(table);
  const ObjectId fresh{Kind::Table, to.schema, {}, to.name, {}};
  for (schema::Column& column : table.columns) keep_not_null_name(old, column, fresh, column.name);
  if (from.schema != to.schema) {
    // Indexes, constraints and owned sequences move along.
    const std::vector<schema::Object*> indexes = builder.attached[&table].indexes;
    for (schema::Object* index : indexes) {
      const QualifiedName before = name_of(*index), after{to.schema, index->id.name};
      rekey_name(builder.relations, before, after);
      if (index->id.kind == Kind::Index) {
        ObjectId id = index->id;
        id.schema = to.schema;
        rekey(catalog.indexes, ObjectId(index->id), id);
      }
      for (auto& [id, other] : catalog.indexes) replace(other.parent_index, before, after);
      for (auto& [id, other] : catalog.constraints) replace(other.parent_index, before, after);
    }
    std::vector<schema::Sequence*> owned;
    for (auto& [id, sequence] : catalog.sequences) {
      if (sequence.owned_by.table == from) owned.push_back(&sequence);
    }
    for (schema::Sequence* sequence : owned) {
      const Relation relation = builder.relations.at(name_of(*sequence));
      rename_relation(builder, relation, {to.schema, sequence->id.name});
    }
    for (schema::Column& column : table.columns) {
      if (!column.identity) continue;
      const QualifiedName after{to.schema, column.identity_sequence->name};
      rekey_name(builder.relations, column.identity_sequence, after);
      column.identity_sequence = after;
    }
    for_each_constraint(builder, table, [&](const Constraint& constraint) {
      builder.forget_constraint(from.schema, constraint.id.name);
      builder.note_constraint(to.schema, constraint.id.name);
    });
  }
  rekey(catalog.tables, old, fresh);
  rekey_name(builder.relations, from, to);
  rekey_name(builder.types, from, to);
  rekey_children(catalog.constraints, Kind::Constraint, old, fresh);
  rekey_children(catalog.triggers, Kind::Trigger, old, fresh);
  rekey_children(catalog.policies, Kind::Policy, old, fresh);
  rekey_children(catalog.rules, Kind::Rule, old, fresh);
  for (auto& [id, statistics] : catalog.statistics) replace(statistics.table, from, to);
  for (auto& [id, index] : catalog.indexes) replace(index.table, from, to);
  for (auto& [id, constraint] : catalog.constraints) {
    replace(constraint.referenced_table, from, to);
  }
  for (auto& [id, trigger] : catalog.triggers) {
    replace(trigger.constraint_table, from, to);
    for (auto& state : trigger.partition_states) replace(state.partition, from, to);
    std::ranges::sort(trigger.partition_states);
  }
  for (auto& [id, publication] : catalog.publications)
    for (auto& published : publication.tables) replace(published.table, from, to);
  for (auto& [id, sequence] : catalog.sequences) replace(sequence.owned_by.table, from, to);
  for (auto& [id, other] : catalog.tables) {
    replace(other.partition_of, from, to);
    for (auto& parent : other.inherits) replace(parent, from, to);
  }
  rewrite_queries(catalog, from, to);
  replace_type_texts(builder, from, to);
}

template <class T>
void rename_view(Builder& builder, T& view, const QualifiedName& to) {
  const ObjectId old = view.id;
  const QualifiedName from = name_of(view);
  const ObjectId fresh{T::kKind, to.schema, {}, to.name, {}};
  for (schema::Object* index : builder.attached[&view].indexes) {
    if (from.schema != to.schema) {
      rekey_name(builder.relations, name_of(*index), {to.schema, index->id.name});
      ObjectId id = index->id;
      id.schema = to.schema;
      rekey(builder.catalog.indexes, ObjectId(index->id), id);
    }
    static_cast<schema::Index*>(index)->table = to;
  }
  rekey(schema::map_of<T>(builder.catalog), old, fresh);
  rekey_name(builder.relations, from, to);
  rekey_name(builder.types, from, to);
  rekey_children(builder.catalog.triggers, Kind::Trigger, old, fresh);
  rekey_children(builder.catalog.rules, Kind::Rule, old, fresh);
  for (auto& [id, statistics] : builder.catalog.statistics) replace(statistics.table, from, to);
  rewrite_queries(builder.catalog, from, to);
}

}  // namespace

void rename_relation(Builder& builder, const Relation& relation, const QualifiedName& to) {
  schema::Object& object = *relation.object;
  auto& catalog = builder.catalog;
  const QualifiedName from = name_of(object);
  switch (relation.kind) {
    case RelationKind::Table:
      rename_table(builder, static_cast<Table&>(object), to);
      return;
    case RelationKind::View:
      rename_view(builder, static_cast<schema::View&>(object), to);
      return;
    case RelationKind::MaterializedView:
      rename_view(builder, static_cast<schema::MaterializedView&>(object), to);
      return;
    case RelationKind::Sequence:
      rekey(catalog.sequences, ObjectId(object.id), {Kind::Sequence, to.schema, {}, to.name, {}});
      rekey_name(builder.relations, from, to);
      rewrite_sequence_literals(catalog, from, to);
      return;
    case RelationKind::Index:
      rekey(catalog.indexes, ObjectId(object.id), {Kind::Index, to.schema, {}, to.name, {}});
      rekey_name(builder.relations, from, to);
      for (auto& [id, index] : catalog.indexes) replace(index.parent_index, from, to);
      return;
    case RelationKind::ConstraintIndex:
      rename_constraint(builder, static_cast<Constraint&>(object), to.name);
      return;
    case RelationKind::Composite:
      rename_type(builder, from, to);
      return;
    case RelationKind::IdentitySequence:
      return;
  }
}

void rename_constraint(Builder& builder, Constraint& constraint, const std::string& to) {
  const ObjectId old = constraint.id;
  ObjectId fresh = old;
  fresh.name = to;
  if (constraint.has_index()) {
    const QualifiedName before = name_of(old), after = name_of(fresh);
    rekey_name(builder.relations, before, after);
    for (auto& [id, other] : builder.catalog.constraints) {
      replace(other.parent_index, before, after);
    }
  }
  rename_below(builder, constraint, to);
  builder.forget_constraint(old.schema, old.name);
  builder.note_constraint(old.schema, to);
  rekey(builder.catalog.constraints, old, fresh);
}

void rename_column(Builder& builder, Table& table, const std::string& from, const std::string& to) {
  schema::Column* column = table.find(from);
  if (!column) {
    throw Missing("column \"" + from + "\" of table " + schema::quote_qualified(name_of(table)) +
                  " does not exist");
  }
  keep_not_null_name(table.id, *column, table.id, to);
  column->name = to;
  auto& catalog = builder.catalog;
  for (schema::Column& other : table.columns) rewrite_columns(other.generated, from, to);
  for (auto& element : table.partition_key.elements) {
    if (element.column == from) element.column = to;
    rewrite_columns(element.expression, from, to);
  }
  for (auto& [id, constraint] : catalog.constraints) {
    if (id.schema == table.id.schema && id.parent == table.id.name) {
      replace_name(constraint.columns, from, to);
      replace_name(constraint.include, from, to);
      replace_name(constraint.on_delete_columns, from, to);
      rewrite_columns(constraint.check, from, to);
      rewrite_columns(constraint.predicate, from, to);
      rename_elements(constraint.elements, from, to);
    }
    if (constraint.contype == 'f' && constraint.referenced_table == name_of(table)) {
      replace_name(constraint.referenced_columns, from, to);
    }
  }
  for (schema::Object* object : builder.attached[&table].indexes) {
    if (object->id.kind != Kind::Index) continue;
    auto& index = static_cast<schema::Index&>(*object);
    rename_elements(index.elements, from, to);
    replace_name(index.include, from, to);
    rewrite_columns(index.predicate, from, to);
  }
  for (auto& [id, sequence] : catalog.sequences) {
    auto& owner = sequence.owned_by;
    if (owner.table == name_of(table) && owner.column == from) owner.column = to;
  }
  for (auto& [id, publication] : catalog.publications) {
    for (auto& published : publication.tables) {
      if (published.table != name_of(table)) continue;
      replace_name(published.columns, from, to);
      rewrite_columns(published.filter, from, to);
    }
  }
  for (auto& [id, trigger] : catalog.triggers) {
    if (id.schema != table.id.schema || id.parent != table.id.name) continue;
    replace_name(trigger.update_columns, from, to);
    rewrite_columns(trigger.when, from, to);
  }
  for (auto& [id, statistics] : catalog.statistics) {
    if (statistics.table != name_of(table)) continue;
    replace_name(statistics.columns, from, to);
    std::sort(statistics.columns.begin(), statistics.columns.end());
    for (schema::Expr& expression : statistics.expressions) rewrite_columns(expression, from, to);
  }
  for (auto& [id, rule] : catalog.rules)
    if (id.schema == table.id.schema && id.parent == table.id.name)
      rewrite_columns(rule.condition, from, to);
  for (auto& [id, policy] : catalog.policies) {
    if (id.schema != table.id.schema || id.parent != table.id.name) continue;
    rewrite_columns(policy.using_expr, from, to);
    rewrite_columns(policy.check_expr, from, to);
  }
  const std::vector<Table*> children = builder.attached[&table].children;
  for (Table* child : children) {
    if (child->find(from)) rename_column(builder, *child, from, to);
  }
}

}  // namespace schemadiff::parser
