// DDL of foreign-data wrappers, servers and user mappings, and the OPTIONS that they share with
// foreign tables.
#include <algorithm>
#include <array>

#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string option(const std::pair<std::string, std::string>& option) {
  return quote_identifier(option.first) + ' ' + quote_literal(option.second);
}

std::string function_clause(std::string_view what, const QualifiedName& function) {
  return (function.empty() ? " NO " + std::string(what)
                           : ' ' + std::string(what) + ' ' + quote_qualified(function));
}

}  // namespace

bool is_secret_option(std::string_view name) {
  constexpr std::array<std::string_view, 6> kWords{"pass",       "secret",  "token",
                                                   "credential", "api_key", "private"};
  std::string lower(name);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower != "passfile" &&
         std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

void forget_secrets(Options& options, const ObjectId& of, Catalog& catalog, Span span) {
  const auto is_secret = [](const auto& option) { return is_secret_option(option.first); };
  if (std::erase_if(options, is_secret) == 0) return;
  std::string name = sql_name(of);
  if (of.kind == Kind::Column && !of.parent.empty()) name = sql_parent(of) + '.' + name;
  catalog.unmodelled.push_back(
      {std::string(kind_label(of.kind)), std::move(name), "options that are secrets", span});
}

void forget_column_secrets(Table& table, Catalog& catalog) {
  for (Column& column : table.columns)
    if (!column.foreign_options.empty())
      forget_secrets(column.foreign_options.edit(),
                     {Kind::Column, table.id.schema, table.id.name, column.name, {}}, catalog,
                     column.span);
}

std::string foreign_options(const Options& options) {
  std::vector<std::string> items;
  for (const auto& item : options) items.push_back(option(item));
  return items.empty() ? std::string() : " OPTIONS (" + join(items, ", ") + ')';
}

std::string changed_foreign_options(const Options& before, const Options& after) {
  const auto find = [](const Options& options, const std::string& name) {
    return std::find_if(options.begin(), options.end(),
                        [&](const auto& item) { return item.first == name; });
  };
  std::vector<std::string> items;
  for (const auto& item : before)
    if (find(after, item.first) == after.end())
      items.push_back("DROP " + quote_identifier(item.first));
  for (const auto& item : after) {
    const auto old = find(before, item.first);
    if (old == before.end()) {
      items.push_back("ADD " + option(item));
    } else if (old->second != item.second) {
      items.push_back("SET " + option(item));
    }
  }
  return " OPTIONS (" + join(items, ", ") + ')';
}

std::string wrapper_functions(const ForeignDataWrapper& wrapper) {
  return function_clause("HANDLER", wrapper.handler) +
         function_clause("VALIDATOR", wrapper.validator);
}

Statements create_sql(const ForeignDataWrapper& wrapper) {
  return {"CREATE FOREIGN DATA WRAPPER " + sql_name(wrapper.id) + wrapper_functions(wrapper) +
          foreign_options(wrapper.options)};
}

Statements create_sql(const ForeignServer& server) {
  std::string sql = "CREATE SERVER " + sql_name(server.id);
  if (!server.type.empty()) sql += " TYPE " + quote_literal(server.type);
  if (!server.version.empty()) sql += " VERSION " + quote_literal(server.version);
  return {sql + "\n  FOREIGN DATA WRAPPER " + quote_identifier(server.wrapper) +
          foreign_options(server.options)};
}

Statements create_sql(const UserMapping& mapping) {
  return {"CREATE " + sql_address(mapping.id) + foreign_options(mapping.options)};
}

}  // namespace schemadiff::schema
