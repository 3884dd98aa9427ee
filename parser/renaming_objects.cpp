// Other names for types, routines, what else no relation is, and schemas with all that is in them.
#include "parser/rekey.h"
#include "parser/renaming.h"

namespace schemadiff::parser {

using schema::Kind;
using schema::ObjectId;
using schema::QualifiedName;

void replace_type_texts(Builder& builder, const QualifiedName& from, const QualifiedName& to) {
  const std::string before = schema::quote_qualified(from), after = schema::quote_qualified(to);
  const auto fix = [&](schema::TypeName& type) {
    if (type.sql.compare(0, before.size(), before) != 0) return;
    const std::string rest = type.sql.substr(before.size());
    if (rest.empty() || rest == "[]") type.sql = after + rest;
  };
  auto& catalog = builder.catalog;
  for (auto& [id, table] : catalog.tables) {
    for (auto& column : table.columns) fix(column.type);
    replace(table.of_type, from, to);
  }
  for (auto& [id, domain] : catalog.domains) fix(domain.base);
  for (auto& [id, type] : catalog.composites) {
    for (auto& column : type.columns) fix(column.type);
  }
  for (auto& [id, range] : catalog.ranges) fix(range.subtype);
  for (auto& [id, type] : catalog.base_types) fix(type.element);
  const auto fix_signature = [&](schema::Object& object, std::vector<schema::Argument>& arguments,
                                 auto& map) {
    ObjectId id = object.id;
    id.args.clear();
    for (auto& argument : arguments) {
      fix(argument.type);
      if (argument.mode == 'o' || argument.mode == 't') continue;
      if (!id.args.empty()) id.args += ", ";
      id.args += argument.type.sql;
    }
    rekey(map, ObjectId(object.id), id);
  };
  std::vector<schema::Object*> objects;
  for (auto& [id, routine] : catalog.routines) objects.push_back(&routine);
  for (auto& [id, aggregate] : catalog.aggregates) objects.push_back(&aggregate);
  for (schema::Object* object : objects) {
    if (object->id.kind == Kind::Routine) {
      auto& routine = static_cast<schema::Routine&>(*object);
      fix(routine.returns);
      fix_signature(routine, routine.arguments, catalog.routines);
    } else {
      auto& aggregate = static_cast<schema::Aggregate&>(*object);
      fix(aggregate.stype);
      fix_signature(aggregate, aggregate.arguments, catalog.aggregates);
    }
  }
}

void rename_type(Builder& builder, const QualifiedName& from, const QualifiedName& to) {
  const auto found = builder.types.find(from);
  if (found == builder.types.end() || !found->second.object) return;
  schema::Object& object = *found->second.object;
  ObjectId fresh = object.id;
  fresh.schema = to.schema;
  fresh.name = to.name;
  auto& catalog = builder.catalog;
  switch (object.id.kind) {
    case Kind::Enum:
      rekey(catalog.enums, ObjectId(object.id), fresh);
      break;
    case Kind::Domain:
      rekey(catalog.domains, ObjectId(object.id), fresh);
      break;
    case Kind::Composite:
      rekey(catalog.composites, ObjectId(object.id), fresh);
      rekey_name(builder.relations, from, to);
      break;
    case Kind::Range:
      rekey(catalog.ranges, ObjectId(object.id), fresh);
      break;
    case Kind::BaseType:
      rekey(catalog.base_types, ObjectId(object.id), fresh);
      break;
    default:
      return;
  }
  rekey_name(builder.types, from, to);
  replace_type_texts(builder, from, to);
}

void rename_routine(Builder& builder, schema::Object& routine, const QualifiedName& to) {
  const QualifiedName from = name_of(routine);
  ObjectId fresh = routine.id;
  fresh.schema = to.schema;
  fresh.name = to.name;
  auto& overloads = builder.routines[from];
  std::erase(overloads, &routine);
  const bool last = overloads.empty();
  if (last) builder.routines.erase(from);
  if (routine.id.kind == Kind::Routine) {
    rekey(builder.catalog.routines, ObjectId(routine.id), fresh);
  } else {
    rekey(builder.catalog.aggregates, ObjectId(routine.id), fresh);
  }
  builder.routines[to].push_back(&routine);
  if (!last) return;
  for (auto& [id, trigger] : builder.catalog.triggers) replace(trigger.function, from, to);
  for (auto& [id, trigger] : builder.catalog.event_triggers) replace(trigger.function, from, to);
  for (auto& [id, type] : builder.catalog.base_types)
    for (QualifiedName* function :
         {&type.input, &type.output, &type.receive, &type.send, &type.typmod_in, &type.typmod_out,
          &type.analyze, &type.subscript})
      replace(*function, from, to);
}

void rename_collation(Builder& builder, const schema::Object& collation, const QualifiedName& to) {
  const QualifiedName from = name_of(collation);
  const auto in_elements = [&](std::vector<schema::IndexElement>& elements) {
    for (auto& element : elements) replace(element.collation, from, to);
  };
  auto& catalog = builder.catalog;
  for (auto& [id, table] : catalog.tables) {
    for (schema::Column& column : table.columns) replace(column.collation, from, to);
    for (auto& element : table.partition_key.elements) replace(element.collation, from, to);
  }
  for (auto& [id, domain] : catalog.domains) replace(domain.collation, from, to);
  for (auto& [id, range] : catalog.ranges) replace(range.collation, from, to);
  for (auto& [id, type] : catalog.composites)
    for (auto& column : type.columns) replace(column.collation, from, to);
  for (auto& [id, index] : catalog.indexes) in_elements(index.elements);
  for (auto& [id, constraint] : catalog.constraints) in_elements(constraint.elements);
  rename_plain(builder, collation, to);
}

void rename_text_search(Builder& builder, const schema::Object& object, const QualifiedName& to) {
  const QualifiedName from = name_of(object);
  if (object.id.kind == Kind::TextSearchTemplate)
    for (auto& [id, dictionary] : builder.catalog.text_search_dictionaries)
      replace(dictionary.template_name, from, to);
  for (auto& [id, configuration] : builder.catalog.text_search_configurations) {
    if (object.id.kind == Kind::TextSearchParser) replace(configuration.parser, from, to);
    if (object.id.kind != Kind::TextSearchDictionary) continue;
    for (auto& mapping : configuration.mappings)
      for (QualifiedName& dictionary : mapping.dictionaries) replace(dictionary, from, to);
  }
  rename_plain(builder, object, to);
}

void rename_server(Builder& builder, const schema::Object& server, const std::string& to) {
  const std::string from = server.id.name;
  for (auto& [id, table] : builder.catalog.tables)
    if (table.server == from) table.server = to;
  std::vector<ObjectId> mappings;
  for (const auto& [id, mapping] : builder.catalog.user_mappings)
    if (id.args == from) mappings.push_back(id);
  for (const ObjectId& id : mappings) {
    ObjectId fresh = id;
    fresh.args = to;
    rekey(builder.catalog.user_mappings, id, fresh);
  }
  rename_plain(builder, server, {{}, to});
}

void rename_plain(Builder& builder, const schema::Object& object, const QualifiedName& to) {
  ObjectId fresh = object.id;
  fresh.schema = to.schema;
  fresh.name = to.name;
  builder.catalog.for_each_map([&](auto& map) { rekey(map, ObjectId(object.id), fresh); });
}

void rename_schema(Builder& builder, const std::string& from, const std::string& to) {
  ObjectId fresh{Kind::Schema, {}, {}, to, {}};
  rekey(builder.catalog.schemas, {Kind::Schema, {}, {}, from, {}}, fresh);
  std::vector<Relation> relations;
  for (const auto& [name, relation] : builder.relations) {
    const bool moves_alone =
        relation.kind == RelationKind::Table || relation.kind == RelationKind::View ||
        relation.kind == RelationKind::MaterializedView || relation.kind == RelationKind::Composite;
    if (name.schema == from && moves_alone) relations.push_back(relation);
  }
  for (const Relation& relation : relations) {
    rename_relation(builder, relation, {to, relation.object->id.name});
  }
  std::vector<Relation> sequences;
  for (const auto& [name, relation] : builder.relations) {
    if (name.schema == from && relation.kind == RelationKind::Sequence) {
      sequences.push_back(relation);
    }
  }
  for (const Relation& relation : sequences) {
    rename_relation(builder, relation, {to, relation.object->id.name});
  }
  std::vector<QualifiedName> types;
  for (const auto& [name, type] : builder.types) {
    if (name.schema == from && !type.multirange) types.push_back(name);
  }
  for (const QualifiedName& name : types) rename_type(builder, name, {to, name.name});
  std::vector<schema::Object*> routines;
  for (const auto& [name, overloads] : builder.routines) {
    if (name.schema == from) routines.insert(routines.end(), overloads.begin(), overloads.end());
  }
  for (schema::Object* routine : routines) {
    rename_routine(builder, *routine, {to, routine->id.name});
  }
  std::vector<const schema::Object*> rest;
  std::vector<const schema::Object*> collations;
  const auto collect = [&](const auto& map, auto& list) {
    for (const auto& [id, object] : map)
      if (id.schema == from) list.push_back(&object);
  };
  collect(builder.catalog.collations, collations);
  collect(builder.catalog.operators, rest);
  collect(builder.catalog.operator_families, rest);
  collect(builder.catalog.operator_classes, rest);
  collect(builder.catalog.conversions, rest);
  std::vector<const schema::Object*> text_search;
  collect(builder.catalog.text_search_parsers, text_search);
  collect(builder.catalog.text_search_templates, text_search);
  collect(builder.catalog.text_search_dictionaries, text_search);
  collect(builder.catalog.text_search_configurations, rest);
  collect(builder.catalog.statistics, rest);
  collect(builder.catalog.default_privileges, rest);
  for (const schema::Object* object : collations)
    rename_collation(builder, *object, {to, object->id.name});
  for (const schema::Object* object : text_search)
    rename_text_search(builder, *object, {to, object->id.name});
  for (const schema::Object* object : rest) rename_plain(builder, *object, {to, object->id.name});
}

}  // namespace schemadiff::parser
