// DDL of functions and procedures.
#include <fmt/format.h>

#include <algorithm>

#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

// The settings whose value is a list of quoted names (GUC_LIST_QUOTE in guc.c): written as one
// literal, such a list would be taken for one name.
bool is_name_list(std::string_view setting) {
  return setting == "search_path" || setting == "temp_tablespaces" ||
         setting == "local_preload_libraries" || setting == "session_preload_libraries" ||
         setting == "shared_preload_libraries" || setting == "unix_socket_directories";
}

// `"$user", public` → {$user, public}
std::vector<std::string> split_names(std::string_view list) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::string name;
    while (i < list.size() && list[i] == ' ') ++i;
    if (i < list.size() && list[i] == '"') {
      for (++i; i < list.size(); ++i) {
        if (list[i] == '"') {
          if (i + 1 >= list.size() || list[i + 1] != '"') break;
          ++i;
        }
        name += list[i];
      }
      while (i < list.size() && list[i] != ',') ++i;
    } else {
      while (i < list.size() && list[i] != ',') name += list[i++];
      name.erase(name.find_last_not_of(' ') + 1);
    }
    names.push_back(name);
  }
  return names;
}

std::string setting_value(const std::string& setting, const std::string& value) {
  if (!is_name_list(setting)) return quote_literal(value);
  std::vector<std::string> literals;
  for (const std::string& name : split_names(value)) literals.push_back(quote_literal(name));
  return literals.empty() ? "''" : join(literals, ", ");
}

std::string argument_list(const std::vector<Argument>& arguments) {
  std::vector<std::string> items;
  for (const Argument& argument : arguments)
    if (argument.mode != 't') items.push_back(argument_definition(argument));
  const std::string line = '(' + join(items, ", ") + ')';
  return line.size() <= 80 ? line : "(\n  " + join(items, ",\n  ") + "\n)";
}

std::string returns_clause(const Routine& routine) {
  std::vector<std::string> columns;
  for (const Argument& argument : routine.arguments)
    if (argument.mode == 't')
      columns.push_back(quote_identifier(argument.name) + ' ' + argument.type.sql);
  if (!columns.empty()) {
    const std::string line = "\n  RETURNS TABLE(" + join(columns, ", ") + ')';
    return line.size() <= 90 ? line
                             : "\n  RETURNS TABLE(\n    " + join(columns, ",\n    ") + "\n  )";
  }
  if (routine.prokind == 'p' || routine.returns.empty()) return {};
  return (routine.returns_set ? "\n  RETURNS SETOF " : "\n  RETURNS ") + routine.returns.sql;
}

std::string transform_clause(const Routine& routine) {
  std::vector<std::string> types;
  for (const TypeName& type : routine.transforms) types.push_back("FOR TYPE " + type.sql);
  return types.empty() ? std::string() : "\n  TRANSFORM " + join(types, ", ");
}

// Procedures have none of these.
std::string planner_clauses(const Routine& routine) {
  std::string sql;
  if (routine.prokind == 'w') sql += "\n  WINDOW";
  if (routine.volatility == 'i') sql += "\n  IMMUTABLE";
  if (routine.volatility == 's') sql += "\n  STABLE";
  if (routine.leakproof) sql += "\n  LEAKPROOF";
  if (routine.strict) sql += "\n  STRICT";
  if (routine.parallel == 's') sql += "\n  PARALLEL SAFE";
  if (routine.parallel == 'r') sql += "\n  PARALLEL RESTRICTED";
  if (routine.cost != default_cost(routine.language))
    sql += fmt::format("\n  COST {}", routine.cost);
  if (routine.returns_set && routine.rows > 0 && routine.rows != 1000)
    sql += fmt::format("\n  ROWS {}", routine.rows);
  if (!routine.support.empty()) sql += "\n  SUPPORT " + quote_qualified(routine.support);
  return sql;
}

std::string body_clause(const Routine& routine) {
  if (!routine.sql_body.empty()) return '\n' + routine.sql_body.sql;
  if (!routine.object_file.empty())
    return "\n  AS " + quote_literal(routine.object_file) + ", " + quote_literal(routine.body);
  return "\n  AS " + dollar_quote(routine.body);
}

}  // namespace

double default_cost(std::string_view language) {
  return language == "c" || language == "internal" ? 1 : 100;
}

std::string argument_definition(const Argument& argument) {
  std::string sql;
  switch (argument.mode) {
    case 'o':
      sql = "OUT ";
      break;
    case 'b':
      sql = "INOUT ";
      break;
    case 'v':
      sql = "VARIADIC ";
      break;
    default:
      break;
  }
  if (!argument.name.empty()) sql += quote_identifier(argument.name) + ' ';
  sql += argument.type.sql;
  if (!argument.default_value.empty()) sql += " DEFAULT " + argument.default_value.sql;
  return sql;
}

std::string routine_signature(const Routine& routine) { return sql_name(routine.id); }

std::string_view routine_keyword(const Routine& routine) {
  return routine.prokind == 'p' ? "PROCEDURE" : "FUNCTION";
}

std::string setting_clause(const std::string& setting, const std::string& value) {
  return "SET " + quote_identifier(setting) + " TO " + setting_value(setting, value);
}

Statements create_sql(const Routine& routine) {
  std::string sql = "CREATE OR REPLACE ";
  sql += routine_keyword(routine);
  sql += ' ' + quote_qualified({routine.id.schema, routine.id.name}) +
         argument_list(routine.arguments) + returns_clause(routine) + "\n  LANGUAGE " +
         quote_identifier(routine.language) + transform_clause(routine);
  if (routine.prokind != 'p') sql += planner_clauses(routine);
  if (routine.security_definer) sql += "\n  SECURITY DEFINER";
  for (const auto& [setting, value] : routine.config)
    sql += "\n  " + setting_clause(setting, value);
  return {sql + body_clause(routine)};
}

}  // namespace schemadiff::schema
