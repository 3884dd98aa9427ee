// DDL of text search parsers, templates, dictionaries and configurations.
#include <algorithm>
#include <map>

#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string definition(const ObjectId& id, const std::vector<std::string>& items) {
  return "CREATE " + sql_address(id) + " (\n  " + join(items, ",\n  ") + "\n)";
}

void add_function(std::vector<std::string>& items, std::string_view what,
                  const QualifiedName& function) {
  if (!function.empty()) items.push_back(std::string(what) + " = " + quote_qualified(function));
}

std::string dictionary_option(const std::pair<std::string, std::string>& option) {
  return quote_identifier(option.first) + " = " + quote_literal(option.second);
}

std::string dictionary_list(const TextSearchMapping& mapping) {
  std::vector<std::string> names;
  for (const QualifiedName& name : mapping.dictionaries) names.push_back(quote_qualified(name));
  return join(names, ", ");
}

const TextSearchMapping* find(const std::vector<TextSearchMapping>& list,
                              const std::string& token) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const auto& mapping) { return mapping.token == token; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

std::string show(const TextSearchMapping& mapping) {
  return mapping.token + ": " + dictionary_list(mapping);
}

Statements create_sql(const TextSearchParser& parser) {
  std::vector<std::string> items;
  add_function(items, "START", parser.start);
  add_function(items, "GETTOKEN", parser.token);
  add_function(items, "END", parser.end);
  add_function(items, "LEXTYPES", parser.lextypes);
  add_function(items, "HEADLINE", parser.headline);
  return {definition(parser.id, items)};
}

Statements create_sql(const TextSearchTemplate& text_template) {
  std::vector<std::string> items;
  add_function(items, "INIT", text_template.init);
  add_function(items, "LEXIZE", text_template.lexize);
  return {definition(text_template.id, items)};
}

Statements create_sql(const TextSearchDictionary& dictionary) {
  std::vector<std::string> items{"TEMPLATE = " + quote_qualified(dictionary.template_name)};
  for (const auto& item : dictionary.options) items.push_back(dictionary_option(item));
  return {definition(dictionary.id, items)};
}

Statements create_sql(const TextSearchConfiguration& configuration) {
  Statements sql{
      definition(configuration.id, {"PARSER = " + quote_qualified(configuration.parser)})};
  append(sql, text_search_mappings_sql(configuration.id, {}, configuration.mappings));
  return sql;
}

Statements dictionary_options_sql(const ObjectId& id, const Options& before, const Options& after) {
  std::vector<std::string> items;
  for (const auto& item : before)
    if (std::none_of(after.begin(), after.end(),
                     [&](const auto& o) { return o.first == item.first; }))
      items.push_back(quote_identifier(item.first));
  for (const auto& item : after)
    if (std::find(before.begin(), before.end(), item) == before.end())
      items.push_back(dictionary_option(item));
  return {"ALTER " + sql_address(id) + " (" + join(items, ", ") + ')'};
}

Statements text_search_mappings_sql(const ObjectId& id,
                                    const std::vector<TextSearchMapping>& before,
                                    const std::vector<TextSearchMapping>& after) {
  const std::string alter = "ALTER " + sql_address(id);
  Statements sql;
  std::vector<std::string> gone;
  for (const TextSearchMapping& mapping : before)
    if (!find(after, mapping.token)) gone.push_back(mapping.token);
  if (!gone.empty()) sql.push_back(alter + " DROP MAPPING FOR " + name_list(gone));
  // tokens by what is done with which dictionaries
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> tokens;
  for (const TextSearchMapping& mapping : after) {
    const TextSearchMapping* old = find(before, mapping.token);
    if (old && *old == mapping) continue;
    tokens[{old ? " ALTER" : " ADD", dictionary_list(mapping)}].push_back(mapping.token);
  }
  for (const auto& [change, list] : tokens)
    sql.push_back(alter + change.first + " MAPPING FOR " + name_list(list) + " WITH " +
                  change.second);
  return sql;
}

}  // namespace schemadiff::schema
