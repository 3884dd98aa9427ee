// Collations, operator classes and functions by name (namespace.c, indexcmds.c).
#include "parser/references.h"

#include <algorithm>
#include <iterator>

#include "parser/analyze/builtins.h"
#include "parser/statements/nodes.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::QualifiedName;

// Built-in operator classes that are not the default of their type and method (pg_opclass).
constexpr std::string_view kNotDefault[] = {
    "cidr_ops",           "jsonb_path_ops",   "kd_point_ops",
    "bpchar_pattern_ops", "text_pattern_ops", "varchar_pattern_ops",
    "varchar_ops",        "record_image_ops", "timetz_image_ops",
};

bool is_default_opclass(std::string_view method, std::string_view name) {
  if (std::find(std::begin(kNotDefault), std::end(kNotDefault), name) != std::end(kNotDefault)) {
    return false;
  }
  if (name.ends_with("_bloom_ops") || name.ends_with("_minmax_multi_ops")) return false;
  if (method == "gist" && name == "inet_ops") return false;
  return !(method == "brin" && name == "inet_minmax_ops");
}

// Whether the type has a default class of its own and takes this one for a type that is stored
// alike (pg_cast, WITHOUT FUNCTION).
bool is_of_another_type(std::string_view name, std::string_view type) {
  constexpr std::pair<std::string_view, std::string_view> kStoredAlike[] = {
      {"oid_ops", "integer"}, {"int4_ops", "oid"},    {"bit_ops", "bit varying"},
      {"varbit_ops", "bit"},  {"bpchar_ops", "text"}, {"bpchar_ops", "character varying"},
  };
  const std::pair used{name, type.substr(0, type.find('('))};
  return std::find(std::begin(kStoredAlike), std::end(kStoredAlike), used) !=
         std::end(kStoredAlike);
}

// pg_opclass's own: `type_ops` for these types, and the forms above.
bool is_built_in_opclass(std::string_view name) {
  constexpr std::string_view kTypes[] = {"array",
                                         "bit",
                                         "bool",
                                         "box",
                                         "bpchar",
                                         "bytea",
                                         "char",
                                         "cidr",
                                         "circle",
                                         "date",
                                         "enum",
                                         "float4",
                                         "float8",
                                         "inet",
                                         "int2",
                                         "int4",
                                         "int8",
                                         "interval",
                                         "jsonb",
                                         "macaddr",
                                         "macaddr8",
                                         "money",
                                         "multirange",
                                         "name",
                                         "network",
                                         "numeric",
                                         "oid",
                                         "oidvector",
                                         "pg_lsn",
                                         "point",
                                         "poly",
                                         "quad_point",
                                         "range",
                                         "record",
                                         "text",
                                         "tid",
                                         "time",
                                         "timestamp",
                                         "timestamptz",
                                         "timetz",
                                         "tsquery",
                                         "tsvector",
                                         "uuid",
                                         "varbit",
                                         "varchar",
                                         "xid",
                                         "xid8",
                                         "aclitem",
                                         "cid",
                                         "box_inclusion",
                                         "inet_inclusion",
                                         "range_inclusion",
                                         "kd_point",
                                         "jsonb_path",
                                         "text_pattern",
                                         "varchar_pattern",
                                         "bpchar_pattern",
                                         "record_image"};
  if (!name.ends_with("_ops")) return false;
  name.remove_suffix(4);
  for (const std::string_view end : {"_minmax_multi", "_minmax", "_bloom"}) {
    if (name.ends_with(end)) name.remove_suffix(end.size());
  }
  return std::find(std::begin(kTypes), std::end(kTypes), name) != std::end(kTypes);
}

}  // namespace

QualifiedName resolve_collation(const Builder& builder, const void* names) {
  if (!names) return {};
  QualifiedName name = qualified(as<::List>(names));
  if (name.schema.empty()) {
    for (const std::string& schema : builder.search_path()) {
      if (builder.catalog.collations.count({schema::Kind::Collation, schema, {}, name.name, {}}))
        return {schema, name.name};
    }
    if (builder.declared_types.count(name.name)) {
      throw Missing("collation " + schema::quote_qualified(name) + " does not exist");
    }
    name.schema = "pg_catalog";
  }
  if (name == QualifiedName{"pg_catalog", "default"}) return {};
  return name;
}

const schema::Domain* domain_of(const ResolvedType& type) {
  const schema::Object* object = type.user ? type.user->object : nullptr;
  return object && object->id.kind == schema::Kind::Domain
             ? static_cast<const schema::Domain*>(object)
             : nullptr;
}

QualifiedName own_collation(const Builder& builder, std::string_view type) {
  if (type == "name") return {"pg_catalog", "C"};
  for (const auto& [id, domain] : builder.catalog.domains)
    if (schema::quote_qualified({id.schema, id.name}) == type)
      return domain.collation.empty() ? own_collation(builder, domain.base.sql) : domain.collation;
  return {};
}

QualifiedName written_collation(const Builder& builder, const void* clause,
                                const ResolvedType& type) {
  if (!clause) return {};
  const auto collation = resolve_collation(builder, as<::CollateClause>(clause)->collname);
  if (collation == own_collation(builder, type.sql)) return {};
  return collation.empty() ? QualifiedName{"pg_catalog", "default"} : collation;
}

QualifiedName resolve_opclass(const Builder& builder, std::string_view method, const void* names,
                              std::string_view type) {
  if (!names) return {};
  QualifiedName name = qualified(as<::List>(names));
  const bool built_in =
      (name.schema.empty() || name.schema == "pg_catalog") && is_built_in_opclass(name.name);
  if (built_in) {
    if (is_default_opclass(method, name.name) && !is_of_another_type(name.name, type)) return {};
    return {"pg_catalog", name.name};
  }
  const auto own = [&](const std::string& schema) {
    return builder.catalog.operator_classes.find(
        {schema::Kind::OperatorClass, schema, {}, name.name, std::string(method)});
  };
  const auto none = builder.catalog.operator_classes.end();
  auto found = own(name.schema);
  if (name.schema.empty())
    for (const std::string& schema : builder.search_path())
      if (found == none) found = own(schema);
  if (found != none) return found->second.is_default ? QualifiedName{} : name_of(found->first);
  if (name.schema.empty()) name.schema = builder.extension_schema_of(name.name);
  return name;
}

namespace {

bool is_built_in(const std::string& name, const std::string& args) {
  static const schema::Catalog kNothing;
  static const TypeSystem types(kNothing, kNothing.extension_objects);
  const auto found = builtins().functions_by_name.find(name);
  if (found == builtins().functions_by_name.end()) return false;
  return std::ranges::any_of(found->second, [&](const FunctionInfo& function) {
    std::string own;
    for (const TypeId type : function.args) own += (own.empty() ? "" : ", ") + types.text(type);
    return own == args;
  });
}

}  // namespace

QualifiedName resolve_function_taking(const Builder& builder, const QualifiedName& written,
                                      const std::string& args) {
  if (written.schema.empty() && !is_built_in(written.name, args))
    for (const std::string& schema : builder.search_path()) {
      const auto found = builder.routines.find({schema, written.name});
      if (found != builder.routines.end() &&
          std::ranges::any_of(found->second, [&](const schema::Object* routine) {
            return routine->id.args == args;
          }))
        return {schema, written.name};
    }
  return resolve_function(builder, written, false);
}

QualifiedName resolve_function(const Builder& builder, const QualifiedName& written, bool trigger) {
  if (written.empty() || written.schema == "pg_catalog") return written;
  if (!trigger && written.schema.empty() && builtins().functions_by_name.count(written.name)) {
    return {"pg_catalog", written.name};
  }
  if (!written.schema.empty()) {
    if (builder.routines.count(written) || builder.may_be_extension_routine(written.name)) {
      return written;
    }
  } else {
    for (const std::string& schema : builder.search_path()) {
      if (builder.routines.count({schema, written.name})) return {schema, written.name};
    }
    if (!builder.declared_routines.count(written.name)) {
      if (!trigger || written.name == "tsvector_update_trigger" ||
          written.name == "tsvector_update_trigger_column" ||
          written.name == "suppress_redundant_updates_trigger") {
        return {"pg_catalog", written.name};
      }
      if (builder.may_be_extension_routine(written.name)) {
        return {builder.extension_schema_of(written.name), written.name};
      }
    }
  }
  throw Missing("function " + schema::quote_qualified(written) + " does not exist");
}

}  // namespace schemadiff::parser
