#include "engine/lower/check_terms.h"

#include <algorithm>

namespace schemadiff::engine {

namespace {

using Terms = std::vector<std::string_view>;

// What stands between blanks outside of brackets and quotes.
Terms split(std::string_view text) {
  Terms terms;
  std::size_t begin = 0;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && !quoted) ++i;
    if (c == '\'') quoted = !quoted;
    if (quoted) continue;
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c != ' ' || depth != 0) continue;
    terms.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  terms.push_back(text.substr(std::min(begin, text.size())));
  return terms;
}

// "(or a b)" → a, b where `word` is "or"; empty: it is another form.
Terms after(std::string_view word, std::string_view text) {
  if (!text.starts_with('(') || !text.ends_with(')')) return {};
  Terms terms = split(text.substr(1, text.size() - 2));
  if (terms.front() != word) return {};
  terms.erase(terms.begin());
  return terms;
}

Terms alternatives(std::string_view text) {
  Terms terms = after("or", text);
  return terms.empty() ? Terms{text} : terms;
}

bool has_all(const Terms& wide, const Terms& narrow) {
  return std::all_of(narrow.begin(), narrow.end(), [&](std::string_view term) {
    return std::find(wide.begin(), wide.end(), term) != wide.end();
  });
}

// "(any = column (array 'a' 'b'))"
bool has_longer_list(std::string_view wide, std::string_view narrow) {
  Terms a = after("any", wide), b = after("any", narrow);
  if (a.size() != 3 || b.size() != 3 || a[0] != b[0] || a[1] != b[1]) return false;
  const Terms values = after("array", a[2]), fewer = after("array", b[2]);
  return !fewer.empty() && has_all(values, fewer);
}

}  // namespace

bool lets_in_all_of(const schema::Expr& wide, const schema::Expr& narrow) {
  if (wide.unproven || narrow.unproven || wide.normal.empty() || narrow.normal.empty())
    return false;
  const Terms wide_terms = alternatives(wide.normal), narrow_terms = alternatives(narrow.normal);
  return std::all_of(narrow_terms.begin(), narrow_terms.end(), [&](std::string_view term) {
    return std::any_of(wide_terms.begin(), wide_terms.end(), [&](std::string_view other) {
      return term == other || has_longer_list(other, term);
    });
  });
}

}  // namespace schemadiff::engine
