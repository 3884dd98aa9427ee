// Looks for phrases of newer versions round the place where the grammar stopped (the appendix
// "Release Notes" and gram.y of PostgreSQL 16, 17 and 18).
#include "parser/newer_syntax.h"

#include <pg_query.h>

#include <algorithm>
#include <vector>

#include "parser/split.h"

namespace schemadiff::parser {
namespace {

struct Phrase {
  std::string_view words;
  int version;
};

// The grammar stops at one of the words, or behind the last.
constexpr Phrase kPhrases[] = {
    {"VIRTUAL", 18},
    {"NOT ENFORCED", 18},
    {"ENFORCED", 18},
    {"WITHOUT OVERLAPS", 18},
    {"PERIOD", 18},
    {"NOT NULL NO INHERIT", 18},
    {"RETURNING WITH", 18},
    {"MATCHED BY", 17},
    {"SET EXPRESSION", 17},
    {"AT LOCAL", 17},
    {"STATISTICS DEFAULT", 17},
    {"METHOD DEFAULT", 17},
    {"IS JSON", 16},
    {"IS NOT JSON", 16},
    {"STORAGE", 16},
    {"INDENT", 16},
    {"WITH INHERIT", 16},
    {"CREATE STATISTICS ON", 16},
};

// Calls with a syntax of their own inside.
constexpr Phrase kCalls[] = {
    {"JSON", 17},       {"JSON_SCALAR", 17},   {"JSON_SERIALIZE", 17}, {"JSON_EXISTS", 17},
    {"JSON_QUERY", 17}, {"JSON_VALUE", 17},    {"JSON_TABLE", 17},     {"JSON_OBJECT", 16},
    {"JSON_ARRAY", 16}, {"JSON_ARRAYAGG", 16}, {"JSON_OBJECTAGG", 16},
};

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

bool same(std::string_view text, std::string_view upper_case) {
  return std::equal(text.begin(), text.end(), upper_case.begin(), upper_case.end(),
                    [](char a, char b) { return upper(a) == b; });
}

std::vector<std::string_view> words_of(std::string_view phrase) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < phrase.size(); at = skip_blank(phrase, at)) {
    words.push_back(word_at(phrase, at));
    at += words.back().size();
  }
  return words;
}

// The statement's words, quoted texts and single characters, and which of them the mark is on.
struct Tokens {
  std::vector<std::string_view> all;
  std::size_t mark = 0;

  Tokens(std::string_view statement, std::size_t at) {
    bool marked = false;
    for (std::size_t i = skip_blank(statement, 0); i < statement.size();) {
      const bool bracket = statement[i] == '(' || statement[i] == ')';
      const std::size_t end = bracket ? i + 1 : skip_element(statement, i);
      if (!marked && end > at) {
        marked = true;
        mark = all.size();
      }
      all.push_back(statement.substr(i, end - i));
      i = skip_blank(statement, end);
    }
    if (!marked) mark = all.size();
  }

  // Whether the phrase begins `behind` words before the mark.
  bool has(const std::vector<std::string_view>& words, std::size_t behind) const {
    if (behind > mark || mark - behind + words.size() > all.size()) return false;
    return std::equal(
        words.begin(), words.end(), all.begin() + static_cast<std::ptrdiff_t>(mark - behind),
        [](std::string_view word, std::string_view token) { return same(token, word); });
  }

  // Where the parenthesis is that is open before `end`; 0: none, since no statement begins with one
  // that is of interest here.
  std::size_t open_before(std::size_t end) const {
    int depth = 0;
    for (std::size_t i = end; i-- > 0;) {
      if (all[i] == ")") ++depth;
      if (all[i] == "(" && depth-- == 0) return i;
    }
    return 0;
  }

  bool before_mark(std::string_view word) const {
    return std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(mark),
                       [&](std::string_view token) { return same(token, word); });
  }
};

// GENERATED ALWAYS AS (…) alone is VIRTUAL from version 18 on.
bool lacks_stored(const Tokens& tokens) {
  if (tokens.mark == 0 || tokens.all[tokens.mark - 1] != ")") return false;
  const std::size_t open = tokens.open_before(tokens.mark - 1);
  return open >= 3 && same(tokens.all[open - 1], "AS") && same(tokens.all[open - 2], "ALWAYS") &&
         same(tokens.all[open - 3], "GENERATED");
}

// NOT NULL as a constraint of the table, which names its column.
bool is_table_not_null(const Tokens& tokens) {
  if (!tokens.has({"NOT", "NULL"}, 0) || tokens.mark == 0) return false;
  const std::string_view before = tokens.all[tokens.mark - 1];
  return before == "(" || before == "," || same(before, "ADD") ||
         (tokens.mark > 1 && same(tokens.all[tokens.mark - 2], "CONSTRAINT"));
}

Phrase find_phrase(const Tokens& tokens) {
  if (tokens.has({"RETURNING"}, 0) && tokens.before_mark("MERGE")) return {"MERGE … RETURNING", 17};
  if (is_table_not_null(tokens)) return {"NOT NULL as a constraint of a table", 18};
  for (const Phrase& phrase : kPhrases) {
    const std::vector<std::string_view> words = words_of(phrase.words);
    for (std::size_t behind = 0; behind <= words.size(); ++behind)
      if (tokens.has(words, behind)) return phrase;
  }
  if (lacks_stored(tokens)) return {"GENERATED ALWAYS AS (…) without STORED", 18};
  for (std::size_t open = tokens.open_before(tokens.mark); open > 0;
       open = tokens.open_before(open))
    for (const Phrase& call : kCalls)
      if (same(tokens.all[open - 1], call.words)) return call;
  return {{}, 0};
}

}  // namespace

std::string syntax_hint(std::string_view statement, std::size_t at) {
  const std::string ours =
      std::string("schemadiff's grammar is that of PostgreSQL ") + PG_MAJORVERSION;
  const Phrase phrase = find_phrase(Tokens(statement, at));
  if (phrase.version == 0)
    return "check the spelling at the mark; " + ours + ", newer syntax is not understood yet";
  return std::string(phrase.words) + " is syntax of PostgreSQL " + std::to_string(phrase.version) +
         "; " + ours + "; compare databases to have it planned";
}

}  // namespace schemadiff::parser
