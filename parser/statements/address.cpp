// From ObjectType and raw node to an object of the catalog (objectaddress.c).
#include "parser/statements/address.h"

#include "parser/statements/nodes.h"
#include "parser/statements/routine_options.h"
#include "parser/type_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;
using schema::QualifiedName;

template <class Map>
schema::Object* by_id(Map& map, const schema::ObjectId& id) {
  const auto found = map.find(id);
  return found == map.end()
             ? nullptr
             : const_cast<schema::Object*>(static_cast<const schema::Object*>(&found->second));
}

// The table and the child of a list of names whose last is the child's.
schema::Object* child(const Builder& builder, Kind kind, const void* object) {
  const nodes<::String> parts(as<::List>(object));
  const std::size_t count = parts.size();
  if (count < 2) return nullptr;
  const QualifiedName table{count > 2 ? parts[count - 3]->sval : "", parts[count - 2]->sval};
  const std::string name = parts[count - 1]->sval;
  const schema::Object& on = *builder.relation(table, "relation").object;
  const schema::ObjectId id{kind, on.id.schema, on.id.name, name, {}};
  if (kind == Kind::Constraint) return by_id(builder.catalog.constraints, id);
  if (kind == Kind::Trigger) return by_id(builder.catalog.triggers, id);
  if (kind == Kind::Rule) return by_id(builder.catalog.rules, id);
  return by_id(builder.catalog.policies, id);
}

// By a name that may lack its schema; `args` as in ObjectId.
template <class Map>
schema::Object* in_path(const Builder& builder, Map& map, const QualifiedName& name,
                        const std::string& args = {}) {
  constexpr Kind kKind = std::decay_t<Map>::mapped_type::kKind;
  if (!name.schema.empty()) return by_id(map, {kKind, name.schema, {}, name.name, args});
  for (const std::string& schema : builder.search_path())
    if (auto* found = by_id(map, {kKind, schema, {}, name.name, args})) return found;
  return nullptr;
}

// The name of an operator class or family comes after that of its access method.
template <class Map>
schema::Object* of_method(const Builder& builder, Map& map, const void* object) {
  const auto parts = names_of(as<::List>(object));
  const std::size_t count = parts.size();
  if (count < 2) return nullptr;
  return in_path(builder, map, {count > 2 ? parts[count - 2] : "", parts[count - 1]}, parts[0]);
}

schema::Object* find_operator(const Builder& builder, const ::ObjectWithArgs* object) {
  const nodes<::TypeName> types(object->objargs);
  schema::TypeName operands[2];
  for (std::size_t i = 0; i < 2 && i < types.size(); ++i)
    if (types[i]) operands[i].sql = resolve_type(builder, types[i]).plain;
  return in_path(builder, builder.catalog.operators, qualified(object->objname),
                 operator_args(operands[0], operands[1]));
}

schema::Object* find_transform(const Builder& builder, const ::List* object) {
  const nodes<::Node> parts(object);
  const std::string type = resolve_type(builder, as<::TypeName>(parts[0])).plain;
  return by_id(builder.catalog.transforms,
               {Kind::Transform, {}, {}, type, as<::String>(parts[1])->sval});
}

schema::Object* find_cast(const Builder& builder, const ::List* object) {
  const nodes<::TypeName> types(object);
  const std::string name =
      resolve_type(builder, types[0]).plain + " AS " + resolve_type(builder, types[1]).plain;
  return by_id(builder.catalog.casts, {Kind::Cast, {}, {}, name, {}});
}

}  // namespace

schema::Object* find_object(const Builder& builder, int object_type, const void* object,
                            bool missing_ok) {
  const auto absent = [&](std::string_view what) -> schema::Object* {
    if (missing_ok) return nullptr;
    throw Missing(std::string(what) + " " + address_text(object) + " does not exist");
  };
  const auto in_schema = [&](auto& map, std::string_view what) {
    schema::Object* found = in_path(builder, map, written_name(object));
    return found ? found : absent(what);
  };
  const auto unqualified = [&](auto& map, std::string_view what) {
    constexpr Kind kKind = std::decay_t<decltype(map)>::mapped_type::kKind;
    schema::Object* found = by_id(map, {kKind, {}, {}, written_name(object).name, {}});
    // an extension may have brought it along
    return found || !builder.extension_schemas.empty() ? found : absent(what);
  };
  switch (static_cast<::ObjectType>(object_type)) {
    case OBJECT_SCHEMA: {
      const QualifiedName name = written_name(object);
      if (auto* found = by_id(builder.catalog.schemas, {Kind::Schema, {}, {}, name.name, {}})) {
        return found;
      }
      return absent("schema");
    }
    case OBJECT_EXTENSION: {
      const QualifiedName name = written_name(object);
      if (auto* found =
              by_id(builder.catalog.extensions, {Kind::Extension, {}, {}, name.name, {}})) {
        return found;
      }
      return name.name == "plpgsql" ? nullptr : absent("extension");
    }
    case OBJECT_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_SEQUENCE:
    case OBJECT_INDEX:
    case OBJECT_FOREIGN_TABLE: {
      const Relation* found = builder.find_relation(written_name(object));
      if (!found) return absent("relation");
      return found->kind == RelationKind::IdentitySequence ? nullptr : found->object;
    }
    case OBJECT_TYPE:
    case OBJECT_DOMAIN: {
      const QualifiedName name = written_name(object);
      if (const auto* found = builder.find_type(name)) return found->second.object;
      return builder.may_be_extension_type(name.name) ? nullptr : absent("type");
    }
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE:
    case OBJECT_AGGREGATE: {
      const auto name = qualified(as<::ObjectWithArgs>(object)->objname);
      const bool foreign = builder.may_be_extension_routine(name.name);
      return find_routine(builder, object, missing_ok || foreign);
    }
    case OBJECT_TABCONSTRAINT:
      if (auto* found = child(builder, Kind::Constraint, object)) return found;
      return absent("constraint");
    case OBJECT_TRIGGER:
      if (auto* found = child(builder, Kind::Trigger, object)) return found;
      return absent("trigger");
    case OBJECT_RULE:
      if (auto* found = child(builder, Kind::Rule, object)) return found;
      return absent("rule");
    case OBJECT_ACCESS_METHOD:
      return unqualified(builder.catalog.access_methods, "access method");
    case OBJECT_LANGUAGE:
      return unqualified(builder.catalog.languages, "language");
    case OBJECT_PUBLICATION:
      return unqualified(builder.catalog.publications, "publication");
    case OBJECT_SUBSCRIPTION:
      return unqualified(builder.catalog.subscriptions, "subscription");
    case OBJECT_TRANSFORM:
      if (auto* found = find_transform(builder, as<::List>(object))) return found;
      return absent("transform");
    case OBJECT_TSCONFIGURATION:
      return in_schema(builder.catalog.text_search_configurations, "text search configuration");
    case OBJECT_TSDICTIONARY:
      return in_schema(builder.catalog.text_search_dictionaries, "text search dictionary");
    case OBJECT_TSPARSER:
      return in_schema(builder.catalog.text_search_parsers, "text search parser");
    case OBJECT_TSTEMPLATE:
      return in_schema(builder.catalog.text_search_templates, "text search template");
    case OBJECT_FDW:
      return unqualified(builder.catalog.foreign_data_wrappers, "foreign-data wrapper");
    case OBJECT_FOREIGN_SERVER:
      return unqualified(builder.catalog.foreign_servers, "server");
    case OBJECT_EVENT_TRIGGER:
      return unqualified(builder.catalog.event_triggers, "event trigger");
    case OBJECT_COLLATION:
      return in_schema(builder.catalog.collations, "collation");
    case OBJECT_CONVERSION:
      return in_schema(builder.catalog.conversions, "conversion");
    case OBJECT_OPERATOR:
      if (auto* found = find_operator(builder, as<::ObjectWithArgs>(object))) return found;
      return absent("operator");
    case OBJECT_OPCLASS:
      if (auto* found = of_method(builder, builder.catalog.operator_classes, object)) return found;
      return absent("operator class");
    case OBJECT_OPFAMILY:
      if (auto* found = of_method(builder, builder.catalog.operator_families, object)) return found;
      return absent("operator family");
    case OBJECT_CAST:
      if (auto* found = find_cast(builder, as<::List>(object))) return found;
      return absent("cast");
    case OBJECT_STATISTIC_EXT:
      return in_schema(builder.catalog.statistics, "statistics");
    case OBJECT_POLICY:
      if (auto* found = child(builder, Kind::Policy, object)) return found;
      return absent("policy");
    default:
      return nullptr;
  }
}

IdentityColumn identity_column(const Builder& builder, const void* object) {
  if (!is(object, T_RangeVar) && !is(object, T_List)) return {};
  const auto name = written_name(object);
  const Relation* found = builder.find_relation(name);
  if (!found || found->kind != RelationKind::IdentitySequence) return {};
  auto& table = static_cast<schema::Table&>(*found->object);
  for (schema::Column& column : table.columns)
    if (column.identity && column.identity_sequence->name == name.name) return {&table, &column};
  return {};
}

std::string_view unmodelled_kind(int object_type) {
  switch (static_cast<::ObjectType>(object_type)) {
    case OBJECT_DATABASE:
      return "database";
    case OBJECT_LARGEOBJECT:
      return "large object";
    case OBJECT_PARAMETER_ACL:
      return "parameter";
    case OBJECT_ROLE:
      return "role";
    case OBJECT_TABLESPACE:
      return "tablespace";
    default:
      return {};
  }
}

schema::QualifiedName written_name(const void* object) {
  switch (tag_of(object)) {
    case T_String:
      return {{}, as<::String>(object)->sval};
    case T_TypeName:
      return qualified(as<::TypeName>(object)->names);
    case T_RangeVar:
      return qualified(as<::RangeVar>(object));
    case T_ObjectWithArgs:
      return qualified(as<::ObjectWithArgs>(object)->objname);
    case T_List:
      return qualified(as<::List>(object));
    default:
      return {};
  }
}

std::string address_text(const void* object) {
  if (!object) return {};
  if (is(object, T_List)) {
    std::string text;
    for (const auto* part : nodes<::Node>(as<::List>(object))) {
      if (!text.empty()) text += '.';
      if (is(part, T_String)) text += schema::quote_identifier(as<::String>(part)->sval);
      if (is(part, T_TypeName))
        text += schema::quote_qualified(qualified(as<::TypeName>(part)->names));
    }
    return text;
  }
  return schema::quote_qualified(written_name(object));
}

}  // namespace schemadiff::parser
