// Drops types and routines with what is made of them.
#include "parser/removal.h"

#include <algorithm>

#include "schema/quote.h"

namespace schemadiff::parser {

using schema::Kind;
using schema::ObjectId;

void remove_type_users(Builder& builder, const schema::QualifiedName& type, bool cascade) {
  const std::string name = schema::quote_qualified(type);
  const auto is_it = [&](const schema::TypeName& used) {
    return used.sql == name || used.sql == name + "[]";
  };
  const auto meet = [&](const schema::ObjectId& user) {
    if (!cascade)
      throw Missing("cannot drop type " + name + ": " + schema::describe(user) + " depends on it",
                    "drop that first, or write CASCADE");
  };
  for (auto& [id, table] : builder.catalog.tables) {
    std::vector<std::string> columns;
    for (const schema::Column& column : table.columns)
      if (is_it(column.type)) columns.push_back(column.name);
    for (const std::string& column : columns) {
      meet({Kind::Column, id.schema, id.name, column, {}});
      remove_column(builder, table, column, true);
    }
  }
  std::vector<schema::QualifiedName> typed;
  for (const auto& [id, table] : builder.catalog.tables)
    if (table.of_type == type) typed.push_back(name_of(id));
  for (const schema::QualifiedName& table : typed) {
    const auto found = builder.relations.find(table);
    if (found == builder.relations.end()) continue;
    meet(found->second.object->id);
    remove_relation(builder, Relation(found->second), true);
  }
  for (auto& [id, composite] : builder.catalog.composites)
    std::erase_if(composite.columns, [&, user = id](const schema::CompositeAttribute& attribute) {
      if (!is_it(attribute.type)) return false;
      meet(user);
      return true;
    });
  std::vector<schema::QualifiedName> domains;
  for (const auto& [id, domain] : builder.catalog.domains)
    if (is_it(domain.base)) domains.push_back(name_of(id));
  for (const schema::QualifiedName& domain : domains) {
    meet({Kind::Domain, domain.schema, {}, domain.name, {}});
    remove_type(builder, domain, true);
  }
  std::vector<schema::QualifiedName> ranges;
  for (const auto& [id, range] : builder.catalog.ranges)
    if (is_it(range.subtype)) ranges.push_back(name_of(id));
  for (const schema::QualifiedName& range : ranges) {
    meet({Kind::Range, range.schema, {}, range.name, {}});
    remove_type(builder, range, true);
  }
  std::erase_if(builder.catalog.casts, [&](const auto& entry) {
    if (!is_it(entry.second.source) && !is_it(entry.second.target)) return false;
    meet(entry.first);
    return true;
  });
  std::vector<schema::Object*> routines;
  for (auto& [id, routine] : builder.catalog.routines)
    if (is_it(routine.returns) ||
        std::any_of(routine.arguments.begin(), routine.arguments.end(),
                    [&](const auto& argument) { return is_it(argument.type); }))
      routines.push_back(&routine);
  for (schema::Object* routine : routines) {
    meet(routine->id);
    remove_routine(builder, *routine, true);
  }
}

void remove_type(Builder& builder, const schema::QualifiedName& name, bool cascade) {
  remove_type_users(builder, name, cascade);
  const auto found = builder.types.find(name);
  if (found == builder.types.end()) return;
  schema::Object* object = found->second.object;
  builder.types.erase(found);
  if (!object) return;
  switch (object->id.kind) {
    case Kind::Enum:
      builder.catalog.enums.erase(ObjectId(object->id));
      return;
    case Kind::Domain:
      for (const auto& check : static_cast<const schema::Domain&>(*object).constraints) {
        builder.forget_constraint(name.schema, check.name);
      }
      builder.catalog.domains.erase(ObjectId(object->id));
      return;
    case Kind::Composite:
      builder.relations.erase(name);
      builder.catalog.composites.erase(ObjectId(object->id));
      return;
    case Kind::Range:
      builder.types.erase(static_cast<const schema::Range&>(*object).multirange);
      builder.catalog.ranges.erase(ObjectId(object->id));
      return;
    case Kind::BaseType:
      builder.catalog.base_types.erase(ObjectId(object->id));
      return;
    default:
      return;
  }
}

void remove_routine(Builder& builder, schema::Object& routine, bool cascade) {
  const schema::QualifiedName name = name_of(routine);
  if (cascade) {
    std::erase_if(builder.catalog.triggers,
                  [&](const auto& entry) { return entry.second.function == name; });
    std::erase_if(builder.catalog.event_triggers,
                  [&](const auto& entry) { return entry.second.function == name; });
    std::erase_if(builder.catalog.casts,
                  [&](const auto& entry) { return entry.second.function == name; });
    std::vector<schema::Object*> aggregates;
    for (auto& [id, aggregate] : builder.catalog.aggregates)
      if (&aggregate != &routine && (aggregate.sfunc == name || aggregate.finalfunc == name))
        aggregates.push_back(&aggregate);
    for (schema::Object* aggregate : aggregates) remove_routine(builder, *aggregate, true);
  }
  auto& overloads = builder.routines[name];
  std::erase(overloads, &routine);
  if (overloads.empty()) builder.routines.erase(name);
  if (routine.id.kind == Kind::Routine) {
    builder.catalog.routines.erase(ObjectId(routine.id));
  } else {
    builder.catalog.aggregates.erase(ObjectId(routine.id));
  }
}

}  // namespace schemadiff::parser
