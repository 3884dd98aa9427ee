// CREATE TEXT SEARCH PARSER, TEMPLATE, DICTIONARY and CONFIGURATION.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct TextSearchParser : Object {
  static constexpr Kind kKind = Kind::TextSearchParser;
  QualifiedName start, token, end, lextypes;
  QualifiedName headline;  // empty: none
  static constexpr auto attributes() {
    constexpr auto R = Alter::Replace;
    return std::make_tuple(attribute("start", &TextSearchParser::start, R),
                           attribute("get token", &TextSearchParser::token, R),
                           attribute("end", &TextSearchParser::end, R),
                           attribute("lextypes", &TextSearchParser::lextypes, R),
                           attribute("headline", &TextSearchParser::headline, R));
  }
};

struct TextSearchTemplate : Object {
  static constexpr Kind kKind = Kind::TextSearchTemplate;
  QualifiedName init;  // empty: none
  QualifiedName lexize;
  static constexpr auto attributes() {
    return std::make_tuple(attribute("init", &TextSearchTemplate::init, Alter::Replace),
                           attribute("lexize", &TextSearchTemplate::lexize, Alter::Replace));
  }
};

struct TextSearchDictionary : Object {
  static constexpr Kind kKind = Kind::TextSearchDictionary;
  QualifiedName template_name;
  Options options;  // of the template
  static constexpr auto attributes() {
    return std::make_tuple(attribute("template", &TextSearchDictionary::template_name, Alter::Replace),
                           attribute("options", &TextSearchDictionary::options));
  }
};

// Which dictionaries are asked, in this order, for a kind of token.
struct TextSearchMapping {
  std::string token;
  std::vector<QualifiedName> dictionaries;
  auto operator<=>(const TextSearchMapping&) const = default;
};

struct TextSearchConfiguration : Object {
  static constexpr Kind kKind = Kind::TextSearchConfiguration;
  QualifiedName parser;
  std::vector<TextSearchMapping> mappings;  // sorted by token
  static constexpr auto attributes() {
    return std::make_tuple(attribute("parser", &TextSearchConfiguration::parser, Alter::Replace),
                           attribute("mappings", &TextSearchConfiguration::mappings));
  }
};

}  // namespace schemadiff::schema
