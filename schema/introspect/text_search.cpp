// Text search parsers, templates, dictionaries and configurations.
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

// pg_ts_dict.dictinitoption: name = 'value', …, as tsearchcmds.c's serialize_deflist writes it.
Options dictionary_options(std::string_view text) {
  Options options;
  std::size_t i = 0;
  const auto quoted = [&](char quote, bool escapes) {
    std::string value;
    for (++i; i < text.size(); ++i) {
      const bool doubled = i + 1 < text.size() && text[i + 1] == text[i];
      if (text[i] == quote && !doubled) break;
      if (doubled && (text[i] == quote || (escapes && text[i] == '\\'))) ++i;
      value += text[i];
    }
    ++i;
    return value;
  };
  const auto word = [&] {
    if (i < text.size() && text[i] == '"') return quoted('"', false);
    if (i + 1 < text.size() && text[i] == 'E' && text[i + 1] == '\'') {
      ++i;
      return quoted('\'', true);
    }
    if (i < text.size() && text[i] == '\'') return quoted('\'', false);
    std::string value;
    while (i < text.size() && text[i] != ',' && text[i] != ' ' && text[i] != '=')
      value += text[i++];
    return value;
  };
  const auto skip = [&](std::string_view characters) {
    while (i < text.size() && characters.find(text[i]) != std::string_view::npos) ++i;
  };
  while (i < text.size()) {
    std::string name = word();
    skip(" =");
    options.emplace_back(std::move(name), word());
    skip(", ");
  }
  return options;
}

// Reads oid, schema and name; 0: the object is not ours.
template <class T>
Oid start(T& object, Oid catalog, Rows& rows, Reading& reading) {
  const Oid oid = rows.oid();
  const Oid schema = rows.oid();
  const QualifiedName name = reading.qualified(schema, rows.text());
  if (!reading.ours({catalog, oid}, name)) return 0;
  object.id = object_id(T::kKind, name);
  reading.describe(object, {catalog, oid});
  return oid;
}

QualifiedName qualified(Rows& rows, const Reading& reading) {
  const Oid schema = rows.oid();
  return reading.qualified(schema, rows.text());
}

}  // namespace

void read_text_search_parsers(Rows& rows, Reading& reading) {
  while (rows.next()) {
    TextSearchParser parser;
    if (!start(parser, catalogs::kTextSearchParser, rows, reading)) continue;
    for (QualifiedName* function :
         {&parser.start, &parser.token, &parser.end, &parser.lextypes, &parser.headline})
      *function = at(reading.functions, rows.oid());
    add(reading.catalog.text_search_parsers, std::move(parser));
  }
}

void read_text_search_templates(Rows& rows, Reading& reading) {
  while (rows.next()) {
    TextSearchTemplate text_template;
    if (!start(text_template, catalogs::kTextSearchTemplate, rows, reading)) continue;
    text_template.init = at(reading.functions, rows.oid());
    text_template.lexize = at(reading.functions, rows.oid());
    add(reading.catalog.text_search_templates, std::move(text_template));
  }
}

void read_text_search_dictionaries(Rows& rows, Reading& reading) {
  while (rows.next()) {
    TextSearchDictionary dictionary;
    if (!start(dictionary, catalogs::kTextSearchDictionary, rows, reading)) continue;
    dictionary.owner = at(reading.roles, rows.oid());
    dictionary.template_name = qualified(rows, reading);
    dictionary.options = dictionary_options(rows.view());
    add(reading.catalog.text_search_dictionaries, std::move(dictionary));
  }
}

void read_text_search_configurations(Rows& rows, Reading& reading) {
  while (rows.next()) {
    TextSearchConfiguration configuration;
    const Oid oid = start(configuration, catalogs::kTextSearchConfiguration, rows, reading);
    if (oid == 0) continue;
    configuration.owner = at(reading.roles, rows.oid());
    configuration.parser = qualified(rows, reading);
    const ObjectId id = configuration.id;
    reading.text_search_configurations[oid] = id;
    add(reading.catalog.text_search_configurations, std::move(configuration));
  }
}

void read_text_search_mappings(Rows& rows, Reading& reading) {
  while (rows.next()) {
    const auto found = reading.text_search_configurations.find(rows.oid());
    if (found == reading.text_search_configurations.end()) continue;
    auto& mappings = reading.catalog.text_search_configurations.at(found->second).mappings;
    std::string token = rows.text();
    if (mappings.empty() || mappings.back().token != token)
      mappings.push_back({std::move(token), {}});
    mappings.back().dictionaries.push_back(qualified(rows, reading));
  }
}

}  // namespace schemadiff::schema::introspection
