// CREATE and ALTER TEXT SEARCH … (tsearchcmds.c).
#include <algorithm>

#include "parser/references.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;
using schema::QualifiedName;
using schema::TextSearchConfiguration;
using schema::TextSearchDictionary;
using schema::TextSearchMapping;

// Of an object that the texts make, of the extension of its name, or a built-in one.
template <class Map>
QualifiedName resolve(const Builder& builder, const Map& map, QualifiedName name) {
  if (!name.schema.empty()) return name;
  for (const std::string& schema : builder.search_path())
    if (map.count({Map::mapped_type::kKind, schema, {}, name.name, {}})) return {schema, name.name};
  const auto extension = builder.extension_schemas.find(name.name);
  name.schema = extension == builder.extension_schemas.end() ? "pg_catalog" : extension->second;
  return name;
}

template <class T>
T start(const Context& context, const ::DefineStmt* statement) {
  const QualifiedName written = qualified(statement->defnames);
  T object;
  object.id = {T::kKind,
               context.builder.creation_schema(written.schema),
               {},
               schema::truncate_name(written.name),
               {}};
  object.span = context.span;
  return object;
}

QualifiedName function_in(const Builder& builder, const ::DefElem* option) {
  return resolve_function(builder, written_name(option), false);
}

void create_parser(Context& context, const ::DefineStmt* statement) {
  auto parser = start<schema::TextSearchParser>(context, statement);
  for (const auto* option : nodes<::DefElem>(statement->definition)) {
    const std::string name = upper(option->defname);
    const QualifiedName function = function_in(context.builder, option);
    if (name == "START") parser.start = function;
    if (name == "GETTOKEN") parser.token = function;
    if (name == "END") parser.end = function;
    if (name == "HEADLINE") parser.headline = function;
    if (name == "LEXTYPES") parser.lextypes = function;
  }
  context.builder.add(std::move(parser));
}

void create_template(Context& context, const ::DefineStmt* statement) {
  auto text_template = start<schema::TextSearchTemplate>(context, statement);
  for (const auto* option : nodes<::DefElem>(statement->definition)) {
    const QualifiedName function = function_in(context.builder, option);
    (upper(option->defname) == "INIT" ? text_template.init : text_template.lexize) = function;
  }
  context.builder.add(std::move(text_template));
}

void create_dictionary(Context& context, const ::DefineStmt* statement) {
  auto dictionary = start<TextSearchDictionary>(context, statement);
  for (const auto* option : nodes<::DefElem>(statement->definition)) {
    if (upper(option->defname) == "TEMPLATE") {
      dictionary.template_name = resolve(
          context.builder, context.builder.catalog.text_search_templates, written_name(option));
    } else {
      set_option(dictionary.options, option->defname, option_text(option));
    }
  }
  context.builder.add(std::move(dictionary));
}

// The configurations that initdb makes (snowball_create.pl): words go to the language's stemmer,
// and those in ASCII to the English one where the language has another script.
std::vector<TextSearchMapping> built_in_mappings(const std::string& name) {
  const QualifiedName simple{"pg_catalog", "simple"};
  const bool other_script = name == "russian" || name == "hindi";
  const auto stemmer = [&](bool ascii) -> QualifiedName {
    if (name == "simple") return simple;
    return {"pg_catalog", (ascii && other_script ? "english" : name) + "_stem"};
  };
  std::vector<TextSearchMapping> mappings;
  for (const char* token : {"asciihword", "asciiword", "hword_asciipart"})
    mappings.push_back({token, {stemmer(true)}});
  for (const char* token : {"hword", "hword_part", "word"})
    mappings.push_back({token, {stemmer(false)}});
  for (const char* token : {"email", "file", "float", "host", "hword_numpart", "int", "numhword",
                            "numword", "sfloat", "uint", "url", "url_path", "version"})
    mappings.push_back({token, {simple}});
  std::sort(mappings.begin(), mappings.end());
  return mappings;
}

void create_configuration(Context& context, const ::DefineStmt* statement) {
  Builder& builder = context.builder;
  auto configuration = start<TextSearchConfiguration>(context, statement);
  for (const auto* option : nodes<::DefElem>(statement->definition)) {
    if (upper(option->defname) == "PARSER") {
      configuration.parser =
          resolve(builder, builder.catalog.text_search_parsers, written_name(option));
      continue;
    }
    const QualifiedName from =
        resolve(builder, builder.catalog.text_search_configurations, written_name(option));
    const auto found = builder.catalog.text_search_configurations.find(
        {Kind::TextSearchConfiguration, from.schema, {}, from.name, {}});
    if (found != builder.catalog.text_search_configurations.end()) {
      configuration.parser = found->second.parser;
      configuration.mappings = found->second.mappings;
    } else if (from.schema == "pg_catalog") {
      configuration.parser = {"pg_catalog", "default"};
      configuration.mappings = built_in_mappings(from.name);
    } else {
      throw Missing("text search configuration " + schema::quote_qualified(from) +
                    " does not exist");
    }
  }
  builder.add(std::move(configuration));
}

template <class Map>
auto& existing(const Builder& builder, Map& map, const ::List* names, std::string_view what) {
  const QualifiedName name = resolve(builder, map, qualified(names));
  const auto found = map.find({Map::mapped_type::kKind, name.schema, {}, name.name, {}});
  if (found == map.end())
    throw Missing(std::string(what) + ' ' + schema::quote_qualified(qualified(names)) +
                  " does not exist");
  return found->second;
}

}  // namespace

void apply_create_text_search(Context& context, const void* node) {
  const auto* statement = as<::DefineStmt>(node);
  if (statement->kind == OBJECT_TSPARSER) create_parser(context, statement);
  if (statement->kind == OBJECT_TSTEMPLATE) create_template(context, statement);
  if (statement->kind == OBJECT_TSDICTIONARY) create_dictionary(context, statement);
  if (statement->kind == OBJECT_TSCONFIGURATION) create_configuration(context, statement);
}

void apply_alter_text_search_dictionary(Context& context, const void* node) {
  const auto* statement = as<::AlterTSDictionaryStmt>(node);
  TextSearchDictionary& dictionary =
      existing(context.builder, context.builder.catalog.text_search_dictionaries,
               statement->dictname, "text search dictionary");
  for (const auto* option : nodes<::DefElem>(statement->options)) {
    if (option->arg) {
      set_option(dictionary.options, option->defname, option_text(option));
    } else {
      std::erase_if(dictionary.options, [&](const auto& o) { return o.first == option->defname; });
    }
  }
}

void apply_alter_text_search_configuration(Context& context, const void* node) {
  const auto* statement = as<::AlterTSConfigurationStmt>(node);
  Builder& builder = context.builder;
  TextSearchConfiguration& configuration =
      existing(builder, builder.catalog.text_search_configurations, statement->cfgname,
               "text search configuration");
  std::vector<QualifiedName> dictionaries;
  for (const auto* names : nodes<::List>(statement->dicts))
    dictionaries.push_back(
        resolve(builder, builder.catalog.text_search_dictionaries, qualified(names)));
  std::vector<std::string> tokens = names_of(statement->tokentype);
  auto& mappings = configuration.mappings;
  if (statement->replace) {
    for (TextSearchMapping& mapping : mappings)
      if (tokens.empty() || std::find(tokens.begin(), tokens.end(), mapping.token) != tokens.end())
        std::replace(mapping.dictionaries.begin(), mapping.dictionaries.end(), dictionaries[0],
                     dictionaries[1]);
    return;
  }
  for (const std::string& token : tokens) {
    std::erase_if(mappings, [&](const auto& mapping) { return mapping.token == token; });
    if (!dictionaries.empty()) mappings.push_back({token, dictionaries});
  }
  std::sort(mappings.begin(), mappings.end());
}

}  // namespace schemadiff::parser
