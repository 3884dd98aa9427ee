// Types, collations, operator classes and functions by name (parse_type.c, namespace.c,
// format_type.c).
#include "parser/type_names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <iterator>

#include "parser/interval_fields.h"
#include "parser/statements/nodes.h"
#include "schema/ddl/ddl.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::QualifiedName;

struct BuiltIn {
  std::string_view name;
  std::string_view sql;  // empty: the name itself
};

// pg_type's names, sorted; those that statements can use.
constexpr BuiltIn kBuiltIns[] = {
    {"aclitem", {}},
    {"any", "\"any\""},
    {"anyarray", {}},
    {"anycompatible", {}},
    {"anycompatiblearray", {}},
    {"anycompatiblemultirange", {}},
    {"anycompatiblenonarray", {}},
    {"anycompatiblerange", {}},
    {"anyelement", {}},
    {"anyenum", {}},
    {"anymultirange", {}},
    {"anynonarray", {}},
    {"anyrange", {}},
    {"bit", {}},
    {"bool", "boolean"},
    {"box", {}},
    {"bpchar", "character"},
    {"bytea", {}},
    {"char", "\"char\""},
    {"cid", {}},
    {"cidr", {}},
    {"circle", {}},
    {"cstring", {}},
    {"date", {}},
    {"datemultirange", {}},
    {"daterange", {}},
    {"event_trigger", {}},
    {"fdw_handler", {}},
    {"float4", "real"},
    {"float8", "double precision"},
    {"gtsvector", {}},
    {"index_am_handler", {}},
    {"inet", {}},
    {"int2", "smallint"},
    {"int2vector", {}},
    {"int4", "integer"},
    {"int4multirange", {}},
    {"int4range", {}},
    {"int8", "bigint"},
    {"int8multirange", {}},
    {"int8range", {}},
    {"internal", {}},
    {"interval", {}},
    {"json", {}},
    {"jsonb", {}},
    {"jsonpath", {}},
    {"language_handler", {}},
    {"line", {}},
    {"lseg", {}},
    {"macaddr", {}},
    {"macaddr8", {}},
    {"money", {}},
    {"name", {}},
    {"numeric", {}},
    {"nummultirange", {}},
    {"numrange", {}},
    {"oid", {}},
    {"oidvector", {}},
    {"path", {}},
    {"pg_brin_bloom_summary", {}},
    {"pg_brin_minmax_multi_summary", {}},
    {"pg_ddl_command", {}},
    {"pg_dependencies", {}},
    {"pg_lsn", {}},
    {"pg_mcv_list", {}},
    {"pg_ndistinct", {}},
    {"pg_node_tree", {}},
    {"pg_snapshot", {}},
    {"point", {}},
    {"polygon", {}},
    {"record", {}},
    {"refcursor", {}},
    {"regclass", {}},
    {"regcollation", {}},
    {"regconfig", {}},
    {"regdictionary", {}},
    {"regnamespace", {}},
    {"regoper", {}},
    {"regoperator", {}},
    {"regproc", {}},
    {"regprocedure", {}},
    {"regrole", {}},
    {"regtype", {}},
    {"table_am_handler", {}},
    {"text", {}},
    {"tid", {}},
    {"time", "time without time zone"},
    {"timestamp", "timestamp without time zone"},
    {"timestamptz", "timestamp with time zone"},
    {"timetz", "time with time zone"},
    {"trigger", {}},
    {"tsm_handler", {}},
    {"tsmultirange", {}},
    {"tsquery", {}},
    {"tsrange", {}},
    {"tstzmultirange", {}},
    {"tstzrange", {}},
    {"tsvector", {}},
    {"txid_snapshot", {}},
    {"unknown", {}},
    {"uuid", {}},
    {"varbit", "bit varying"},
    {"varchar", "character varying"},
    {"void", {}},
    {"xid", {}},
    {"xid8", {}},
    {"xml", {}},
};
static_assert(std::is_sorted(std::begin(kBuiltIns), std::end(kBuiltIns),
                             [](const BuiltIn& a, const BuiltIn& b) { return a.name < b.name; }));

const BuiltIn* find_built_in(std::string_view name) {
  const auto* found =
      std::lower_bound(std::begin(kBuiltIns), std::end(kBuiltIns), name,
                       [](const BuiltIn& a, std::string_view b) { return a.name < b; });
  return found != std::end(kBuiltIns) && found->name == name ? found : nullptr;
}

std::vector<std::string> modifiers_of(const ::TypeName* type) {
  std::vector<std::string> values;
  for (const auto* modifier : nodes<::Node>(type->typmods)) {
    if (is(modifier, T_A_Const)) {
      const auto* constant = as<::A_Const>(modifier);
      if (is(&constant->val, T_Integer)) {
        values.push_back(std::to_string(constant->val.ival.ival));
      } else {
        values.push_back(text_of(modifier));
      }
    } else {
      values.push_back(text_of(modifier));
    }
  }
  return values;
}

std::string in_parentheses(const std::vector<std::string>& values) {
  std::string list = "(";
  for (const std::string& value : values) {
    if (list.size() > 1) list += ',';
    list += value;
  }
  return list + ')';
}

// Digits of seconds: more than there are become as many as there are, with a warning of the server
// (timestamp.c and date.c, …typmod_check).
std::string precision(const std::string& digits) {
  constexpr int kMost = 6;  // MAX_TIMESTAMP_PRECISION, MAX_TIME_PRECISION, MAX_INTERVAL_PRECISION
  return std::atoi(digits.c_str()) > kMost ? std::to_string(kMost) : digits;
}

// The type with its modifiers, where the column of a table may print other than a signature does.
std::string with_modifiers(const BuiltIn& type, std::string_view plain,
                           std::vector<std::string> modifiers) {
  if (modifiers.empty()) {
    if (type.name == "bpchar") return "bpchar";
    if (type.name == "bit") return "\"bit\"";
    return std::string(plain);
  }
  if (type.name == "interval") {
    std::string sql = "interval";
    if (const auto fields = interval_fields(std::atoi(modifiers[0].c_str())); !fields.empty())
      sql += ' ' + std::string(fields);
    if (modifiers.size() > 1) sql += '(' + precision(modifiers[1]) + ')';
    return sql;
  }
  if (type.name == "numeric" && modifiers.size() == 1) modifiers.push_back("0");
  for (const std::string_view word : {"timestamp", "time"}) {
    if (plain.substr(0, word.size()) == word && plain.size() > word.size() &&
        plain[word.size()] == ' ') {
      return std::string(word) + '(' + precision(modifiers[0]) + ')' +
             std::string(plain.substr(word.size()));
    }
  }
  return std::string(plain) + in_parentheses(modifiers);
}

ResolvedType column_type(const Builder& builder, const ::TypeName* type) {
  const nodes<::String> parts(type->names);
  if (parts.size() < 2) throw Error("%TYPE needs the name of a column");
  const std::string column = parts[parts.size() - 1]->sval;
  const QualifiedName table{parts.size() > 2 ? parts[parts.size() - 3]->sval : "",
                            parts[parts.size() - 2]->sval};
  const schema::Column* found = builder.table(table).find(column);
  if (!found) {
    throw Missing("column \"" + column + "\" of table " + schema::quote_qualified(table) +
                  " does not exist");
  }
  ResolvedType resolved;
  resolved.sql = found->type.sql;
  resolved.plain = found->type.sql;
  const auto open = resolved.plain.find('(');
  const auto close = resolved.plain.rfind(')');
  if (open != std::string::npos && close != std::string::npos) {
    resolved.plain.erase(open, close + 1 - open);
  }
  if (resolved.plain == "bpchar") resolved.plain = "character";
  if (resolved.plain == "\"bit\"") resolved.plain = "bit";
  return resolved;
}

ResolvedType named_type(const Builder& builder, const ::TypeName* type, QualifiedName name) {
  ResolvedType resolved;
  const bool in_catalog = name.schema == "pg_catalog";
  if (in_catalog || name.schema.empty()) {
    if (const BuiltIn* built_in = find_built_in(name.name)) {
      resolved.plain = built_in->sql.empty() ? built_in->name : built_in->sql;
      resolved.sql = with_modifiers(*built_in, resolved.plain, modifiers_of(type));
      return resolved;
    }
    if (in_catalog) {
      resolved.sql = resolved.plain = schema::quote_identifier(name.name);
      return resolved;
    }
  }
  if (const auto* user = builder.find_type(name)) {
    resolved.user = &user->second;
    resolved.sql = resolved.plain = schema::quote_qualified(user->first);
    return resolved;
  }
  if (name.name.size() > 1 && name.name[0] == '_' && !type->arrayBounds &&
      (find_built_in(name.name.substr(1)) ||
       builder.find_type({name.schema, name.name.substr(1)}))) {
    resolved = named_type(builder, type, {name.schema, name.name.substr(1)});
    resolved.user = nullptr;
    resolved.sql = resolved.plain += "[]";
    return resolved;
  }
  if (name.schema.empty() && name.name.compare(0, 3, "pg_") == 0) {
    resolved.sql = resolved.plain = schema::quote_identifier(name.name);
    return resolved;
  }
  if (name.schema == "information_schema" || builder.may_be_extension_type(name.name)) {
    if (name.schema.empty()) name.schema = builder.extension_schema_of(name.name);
    resolved.sql = resolved.plain = schema::quote_qualified(name);
    const auto modifiers = modifiers_of(type);
    if (!modifiers.empty()) resolved.sql += in_parentheses(modifiers);
    return resolved;
  }
  throw Missing("type " + schema::quote_qualified(name) + " does not exist",
                "if an extension has it, add its CREATE EXTENSION");
}

}  // namespace

std::string_view serial_type(const void* type_name) {
  const auto* type = as<::TypeName>(type_name);
  const nodes<::String> names(type->names);
  if (names.size() != 1 || type->arrayBounds) return {};
  const std::string_view name = names[0]->sval;
  if (name == "serial" || name == "serial4") return "integer";
  if (name == "bigserial" || name == "serial8") return "bigint";
  if (name == "smallserial" || name == "serial2") return "smallint";
  return {};
}

ResolvedType resolve_type(const Builder& builder, const void* type_name) {
  const auto* type = as<::TypeName>(type_name);
  ResolvedType resolved = type->pct_type ? column_type(builder, type)
                                         : named_type(builder, type, qualified(type->names));
  if (type->arrayBounds) {
    resolved.user = nullptr;
    resolved.sql += "[]";
    resolved.plain += "[]";
  }
  resolved.setof = type->setof;
  return resolved;
}

std::string resolve_types(const Builder& builder, const void* list) {
  std::string types;
  for (const auto* type : nodes<::TypeName>(as<::List>(list))) {
    if (!type) continue;
    if (!types.empty()) types += ", ";
    types += resolve_type(builder, type).plain;
  }
  return types;
}

std::string type_storage(const Builder& builder, const std::string& type) {
  constexpr std::string_view kExtended[] = {"text",
                                            "character varying",
                                            "character",
                                            "bpchar",
                                            "bytea",
                                            "json",
                                            "jsonb",
                                            "xml",
                                            "path",
                                            "polygon",
                                            "bit",
                                            "\"bit\"",
                                            "bit varying",
                                            "tsvector",
                                            "record",
                                            "jsonpath",
                                            "txid_snapshot",
                                            "pg_snapshot",
                                            "int4range",
                                            "int8range",
                                            "numrange",
                                            "daterange",
                                            "tsrange",
                                            "tstzrange",
                                            "int4multirange",
                                            "int8multirange",
                                            "nummultirange",
                                            "datemultirange",
                                            "tsmultirange",
                                            "tstzmultirange"};
  if (type.ends_with("[]")) return "extended";
  const std::string_view plain = std::string_view(type).substr(0, type.find('('));
  if (std::find(std::begin(kExtended), std::end(kExtended), plain) != std::end(kExtended)) {
    return "extended";
  }
  if (plain == "numeric" || plain == "inet" || plain == "cidr") return "main";
  for (const auto& [name, user] : builder.types) {
    if (!user.object || schema::quote_qualified(name) != plain) continue;
    switch (user.object->id.kind) {
      case schema::Kind::Domain:
        return type_storage(builder, static_cast<const schema::Domain&>(*user.object).base.sql);
      case schema::Kind::Enum:
        return "plain";
      case schema::Kind::BaseType:
        return std::string(
            schema::storage_word(static_cast<const schema::BaseType&>(*user.object).storage));
      default:
        return "extended";
    }
  }
  const bool user_defined = plain.find('.') != std::string_view::npos;
  return user_defined ? "extended" : "plain";
}

}  // namespace schemadiff::parser
