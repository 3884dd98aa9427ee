// Drops objects with all that cannot be without them.
#include "parser/removal.h"

#include <algorithm>

#include "parser/dependents.h"
#include "parser/statements/table_parts.h"
#include "parser/trigger_states.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Constraint;
using schema::Kind;
using schema::ObjectId;
using schema::Table;

// Whether the text of an expression over one table names the column.
bool mentions(const std::string& sql, const std::string& column) {
  const std::string word = schema::quote_identifier(column);
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || c == '"' || c == '\'';
  };
  for (auto at = sql.find(word); at != std::string::npos; at = sql.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word(sql[at - 1])) && (end == sql.size() || !is_word(sql[end]))) {
      return true;
    }
  }
  return false;
}

// Those of which goes(object) is true.
template <class Map, class Goes>
void erase_children(Map& map, Kind kind, const ObjectId& parent, Goes goes) {
  auto child = map.lower_bound({kind, parent.schema, parent.name, {}, {}});
  while (child != map.end() && child->first.schema == parent.schema &&
         child->first.parent == parent.name)
    child = goes(child->second) ? map.erase(child) : std::next(child);
}

template <class Map>
void erase_children(Map& map, Kind kind, const ObjectId& parent) {
  erase_children(map, kind, parent, [](const auto&) { return true; });
}

void remove_rules_and_statistics(Builder& builder, const ObjectId& relation) {
  erase_children(builder.catalog.rules, Kind::Rule, relation);
  for (auto& [id, publication] : builder.catalog.publications)
    std::erase_if(publication.tables,
                  [&](const auto& published) { return published.table == name_of(relation); });
  std::erase_if(builder.catalog.statistics,
                [&](const auto& entry) { return entry.second.table == name_of(relation); });
}

void remove_index(Builder& builder, schema::Index& index) {
  const auto on = builder.relations.find(index.table);
  if (on != builder.relations.end()) {
    std::erase(builder.attached[on->second.object].indexes, &index);
  }
  std::vector<schema::Index*> parts;
  for (auto& [id, other] : builder.catalog.indexes) {
    if (other.parent_index == name_of(index)) parts.push_back(&other);
  }
  for (schema::Index* part : parts) remove_index(builder, *part);
  builder.index_columns.erase(&index);
  builder.relations.erase(name_of(index));
  builder.catalog.indexes.erase(ObjectId(index.id));
}

// Foreign keys of other tables on these columns; all of them when `columns` is empty.
void remove_referring(Builder& builder, const Table& table, const std::vector<std::string>& columns,
                      bool cascade) {
  std::vector<Constraint*> referring;
  for (auto& [id, constraint] : builder.catalog.constraints) {
    if (constraint.contype != 'f' || constraint.referenced_table != name_of(table)) continue;
    if (id.parent == table.id.name && id.schema == table.id.schema && columns.empty()) continue;
    const bool meant =
        columns.empty() || std::any_of(columns.begin(), columns.end(),
                                       [&refs = constraint.referenced_columns](const auto& name) {
                                         return std::ranges::find(refs, name) != refs.end();
                                       });
    if (meant) referring.push_back(&constraint);
  }
  if (!referring.empty() && !cascade) {
    throw Error("cannot drop what " + schema::describe(referring.front()->id) + " refers to",
                "drop the foreign key first, or write CASCADE");
  }
  for (Constraint* constraint : referring) remove_constraint(builder, *constraint, true);
}

void remove_table(Builder& builder, Table& table, bool cascade) {
  remove_referring(builder, table, {}, cascade);
  forget_trigger_states(builder, table);
  const auto attached = builder.attached.find(&table);
  if (attached != builder.attached.end()) {
    const std::vector<Table*> children = attached->second.children;
    for (Table* child : children) {
      if (!child->partition_of.empty() || cascade) {
        remove_table(builder, *child, cascade);
      } else {
        throw Error("cannot drop " + schema::describe(table.id) + ": " +
                    schema::describe(child->id) + " inherits from it");
      }
    }
    const std::vector<schema::Object*> indexes = builder.attached[&table].indexes;
    for (schema::Object* index : indexes) {
      if (index->id.kind == Kind::Index) remove_index(builder, static_cast<schema::Index&>(*index));
    }
  }
  std::vector<schema::QualifiedName> parents = table.inherits;
  if (!table.partition_of.empty()) parents.push_back(table.partition_of);
  for (const auto& parent : parents) {
    const auto found = builder.relations.find(parent);
    if (found != builder.relations.end()) {
      std::erase(builder.attached[found->second.object].children, &table);
    }
  }
  std::vector<Constraint*> own;
  for_each_constraint(builder, table, [&](Constraint& constraint) { own.push_back(&constraint); });
  for (Constraint* constraint : own) remove_constraint(builder, *constraint, true);
  erase_children(builder.catalog.triggers, Kind::Trigger, table.id);
  erase_children(builder.catalog.policies, Kind::Policy, table.id);
  remove_rules_and_statistics(builder, table.id);
  for (const schema::Column& column : table.columns) {
    if (column.identity) builder.relations.erase(column.identity_sequence);
  }
  std::erase_if(builder.catalog.sequences, [&](const auto& entry) {
    if (entry.second.owned_by.table != name_of(table)) return false;
    builder.relations.erase(name_of(entry.second));
    return true;
  });
  builder.attached.erase(&table);
  builder.types.erase(name_of(table));
  builder.relations.erase(name_of(table));
  builder.catalog.tables.erase(ObjectId(table.id));
}

template <class T>
void remove_view(Builder& builder, T& view) {
  const auto attached = builder.attached.find(&view);
  if (attached != builder.attached.end()) {
    const std::vector<schema::Object*> indexes = attached->second.indexes;
    for (schema::Object* index : indexes)
      remove_index(builder, static_cast<schema::Index&>(*index));
    builder.attached.erase(&view);
  }
  erase_children(builder.catalog.triggers, Kind::Trigger, view.id);
  remove_rules_and_statistics(builder, view.id);
  builder.types.erase(name_of(view));
  builder.relations.erase(name_of(view));
  schema::map_of<T>(builder.catalog).erase(ObjectId(view.id));
}

void remove_alone(Builder& builder, const Relation& relation, bool cascade) {
  schema::Object& object = *relation.object;
  switch (relation.kind) {
    case RelationKind::Table:
      remove_table(builder, static_cast<Table&>(object), cascade);
      return;
    case RelationKind::View:
      remove_view(builder, static_cast<schema::View&>(object));
      return;
    case RelationKind::MaterializedView:
      remove_view(builder, static_cast<schema::MaterializedView&>(object));
      return;
    case RelationKind::Sequence:
      builder.relations.erase(name_of(object));
      builder.catalog.sequences.erase(ObjectId(object.id));
      return;
    case RelationKind::Index:
      remove_index(builder, static_cast<schema::Index&>(object));
      return;
    case RelationKind::Composite:
      remove_type(builder, name_of(object), cascade);
      return;
    case RelationKind::ConstraintIndex:
      throw Error("cannot drop index \"" + object.id.name + "\": a constraint requires it",
                  "drop the constraint");
    case RelationKind::IdentitySequence:
      throw Error("cannot drop the sequence of an identity column");
  }
}

}  // namespace

void remove_relation(Builder& builder, const Relation& relation, bool cascade) {
  const schema::QualifiedName name = name_of(*relation.object);
  std::vector<schema::QualifiedName> readers;
  if (cascade && relation.kind != RelationKind::Index) readers = views_reading(builder, name);
  const bool has_row_type = relation.kind == RelationKind::Table ||
                            relation.kind == RelationKind::View ||
                            relation.kind == RelationKind::MaterializedView;
  remove_alone(builder, relation, cascade);
  if (cascade && has_row_type) remove_type_users(builder, name, true);
  for (const schema::QualifiedName& reader : readers) {
    const auto found = builder.relations.find(reader);
    if (found != builder.relations.end()) remove_relation(builder, Relation(found->second), true);
  }
}

void remove_constraint(Builder& builder, Constraint& constraint, bool cascade) {
  Table& table = builder.table({constraint.id.schema, constraint.id.parent});
  if (constraint.has_index()) {
    if (constraint.contype != 'x' && !constraint.columns.empty()) {
      const auto same_key = [&](const auto& entry) {
        const Constraint& other = entry.second;
        return other.contype == 'f' && other.referenced_table == name_of(table) &&
               other.referenced_columns == constraint.columns;
      };
      std::vector<Constraint*> referring;
      if (cascade) {
        for (auto& entry : builder.catalog.constraints) {
          if (same_key(entry)) referring.push_back(&entry.second);
        }
      }
      for (Constraint* other : referring) remove_constraint(builder, *other, true);
    }
    std::vector<Constraint*> parts;
    for (auto& [id, other] : builder.catalog.constraints) {
      if (!other.parent_index.empty() && other.parent_index == name_of(constraint)) {
        parts.push_back(&other);
      }
    }
    for (Constraint* part : parts) remove_constraint(builder, *part, cascade);
    std::erase(builder.attached[&table].indexes, &constraint);
    builder.index_columns.erase(&constraint);
    builder.relations.erase(name_of(constraint));
  }
  builder.forget_constraint(constraint.id.schema, constraint.id.name);
  builder.catalog.constraints.erase(ObjectId(constraint.id));
}

void remove_column(Builder& builder, Table& table, const std::string& name, bool cascade) {
  const schema::Column* column = table.find(name);
  if (!column) {
    throw Missing("column \"" + name + "\" of table " + schema::quote_qualified(name_of(table)) +
                  " does not exist");
  }
  remove_referring(builder, table, {name}, cascade);
  const auto names_it = [&](const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  const auto element_names_it = [&](const std::vector<schema::IndexElement>& elements) {
    return std::any_of(elements.begin(), elements.end(), [&](const auto& element) {
      return element.column == name || mentions(element.expression->sql, name);
    });
  };
  std::vector<Constraint*> dropped;
  for_each_constraint(builder, table, [&](Constraint& constraint) {
    const bool only_check = constraint.contype == 'c' && mentions(constraint.check->sql, name);
    if (only_check || names_it(constraint.columns) || names_it(constraint.include) ||
        element_names_it(constraint.elements)) {
      dropped.push_back(&constraint);
    }
  });
  for (Constraint* constraint : dropped) remove_constraint(builder, *constraint, true);
  const std::vector<schema::Object*> indexes = builder.attached[&table].indexes;
  for (schema::Object* object : indexes) {
    if (object->id.kind != Kind::Index) continue;
    auto& index = static_cast<schema::Index&>(*object);
    if (element_names_it(index.elements) || names_it(index.include) ||
        mentions(index.predicate->sql, name))
      remove_index(builder, index);
  }
  std::erase_if(builder.catalog.sequences, [&](const auto& entry) {
    const auto& owner = entry.second.owned_by;
    if (owner.table != name_of(table) || owner.column != name) return false;
    builder.relations.erase(name_of(entry.second));
    return true;
  });
  std::erase_if(builder.catalog.statistics, [&](const auto& entry) {
    const schema::Statistics& statistics = entry.second;
    const auto& expressions = statistics.expressions;
    return statistics.table == name_of(table) &&
           (names_it(statistics.columns) ||
            std::any_of(expressions.begin(), expressions.end(),
                        [&](const schema::Expr& e) { return mentions(e.sql, name); }));
  });
  erase_children(builder.catalog.policies, Kind::Policy, table.id, [&](const auto& policy) {
    return mentions(policy.using_expr.sql, name) || mentions(policy.check_expr.sql, name);
  });
  erase_children(builder.catalog.triggers, Kind::Trigger, table.id, [&](const auto& trigger) {
    return mentions(trigger.when.sql, name) || names_it(trigger.update_columns);
  });
  if (column->identity) builder.relations.erase(column->identity_sequence);
  std::erase_if(table.columns, [&](const schema::Column& c) { return c.name == name; });
}

void remove_server(Builder& builder, const std::string& name, bool cascade) {
  std::erase_if(builder.catalog.user_mappings,
                [&](const auto& entry) { return entry.first.args == name; });
  std::vector<schema::QualifiedName> tables;
  for (const auto& [id, table] : builder.catalog.tables)
    if (cascade && table.server == name) tables.push_back(name_of(id));
  for (const schema::QualifiedName& table : tables)
    if (const auto found = builder.relations.find(table); found != builder.relations.end())
      remove_relation(builder, Relation(found->second), true);
  remove_plain(builder, {Kind::ForeignServer, {}, {}, name, {}});
}

void remove_wrapper(Builder& builder, const std::string& name, bool cascade) {
  std::vector<std::string> servers;
  for (const auto& [id, server] : builder.catalog.foreign_servers)
    if (cascade && server.wrapper == name) servers.push_back(id.name);
  for (const std::string& server : servers) remove_server(builder, server, true);
  remove_plain(builder, {Kind::ForeignDataWrapper, {}, {}, name, {}});
}

void remove_plain(Builder& builder, const ObjectId& id) {
  builder.catalog.for_each_map([copy = id](auto& map) { map.erase(copy); });
}

void remove_schema(Builder& builder, const std::string& name, bool cascade) {
  std::vector<schema::QualifiedName> names;
  for (const auto& [qualified, relation] : builder.relations) {
    if (qualified.schema == name && relation.kind != RelationKind::ConstraintIndex &&
        relation.kind != RelationKind::IdentitySequence) {
      names.push_back(qualified);
    }
  }
  std::vector<schema::QualifiedName> types;
  for (const auto& [qualified, type] : builder.types) {
    if (qualified.schema == name) types.push_back(qualified);
  }
  std::vector<schema::Object*> routines;
  for (const auto& [qualified, overloads] : builder.routines) {
    if (qualified.schema == name)
      routines.insert(routines.end(), overloads.begin(), overloads.end());
  }
  if (!cascade && (!names.empty() || !types.empty() || !routines.empty())) {
    throw Error("cannot drop schema \"" + name + "\": there are objects in it",
                "drop them first, or write CASCADE");
  }
  for (const auto& qualified : names) {
    const auto found = builder.relations.find(qualified);
    if (found == builder.relations.end()) continue;
    const Relation relation = found->second;
    remove_relation(builder, relation, true);
  }
  for (schema::Object* routine : routines) remove_routine(builder, *routine, true);
  for (const auto& qualified : types) remove_type(builder, qualified, true);
  const auto in_schema = [&](const auto& entry) { return entry.first.schema == name; };
  std::erase_if(builder.catalog.statistics, in_schema);
  std::erase_if(builder.catalog.collations, in_schema);
  std::erase_if(builder.catalog.operators, in_schema);
  std::erase_if(builder.catalog.operator_families, in_schema);
  std::erase_if(builder.catalog.operator_classes, in_schema);
  std::erase_if(builder.catalog.conversions, in_schema);
  std::erase_if(builder.catalog.text_search_parsers, in_schema);
  std::erase_if(builder.catalog.text_search_templates, in_schema);
  std::erase_if(builder.catalog.text_search_dictionaries, in_schema);
  std::erase_if(builder.catalog.text_search_configurations, in_schema);
  for (auto& [id, publication] : builder.catalog.publications)
    std::erase(publication.schemas, name);
  std::erase_if(builder.catalog.default_privileges, in_schema);
  builder.catalog.schemas.erase({Kind::Schema, {}, {}, name, {}});
}

}  // namespace schemadiff::parser
