// Decides when a name or a literal needs quotes, and writes them.
#include "schema/quote.h"

#include <algorithm>
#include <iterator>

namespace schemadiff::schema {
namespace {

constexpr std::string_view kKeywords[] = {
#define KEYWORD(word, category) #word,
#include "schema/keywords.def"
#undef KEYWORD
};

static_assert(std::is_sorted(std::begin(kKeywords), std::end(kKeywords)));

bool is_plain_word(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

std::string quote_identifier(std::string_view name) {
  if (is_plain_word(name) && !std::binary_search(std::begin(kKeywords), std::end(kKeywords), name))
    return std::string(name);
  std::string out = "\"";
  for (char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out += '"';
}

std::string quote_qualified(const QualifiedName& name) {
  if (name.schema.empty()) return quote_identifier(name.name);
  return quote_identifier(name.schema) + '.' + quote_identifier(name.name);
}

std::string quote_literal(std::string_view text) {
  std::string out = text.find('\\') == std::string_view::npos ? "'" : "E'";
  for (char c : text) {
    if (c == '\'' || c == '\\') out += c;
    out += c;
  }
  return out += '\'';
}

}  // namespace schemadiff::schema
