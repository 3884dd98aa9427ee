// SQL texts as lists of statements, with a scanner that shares no code with the parser under test.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemadiff::testing {

enum class TokenKind { Word, Quoted, Space, Comment, Meta, Symbol };

struct Token {
  TokenKind kind{};
  std::string_view text;
};

// All tokens of a text; together they are the text. Quoted: strings, dollar quotes and quoted
// names.
std::vector<Token> scan(std::string_view text);

// The statements of a text, without comments, psql's backslash lines and closing semicolons. White
// space outside of quotes is one space.
std::vector<std::string> split_statements(std::string_view text);

// The parts of a list at its top level: "a, f(b, c)" gives "a" and "f(b, c)".
std::vector<std::string> split_list(std::string_view list);

// The statements of a pg_dump text, sorted; settings left out; lists of columns that follow the
// order of a table's columns, and those of each CREATE TABLE, sorted.
std::vector<std::string> normalise_dump(std::string_view text);

// What stands in only one of two normalised dumps, a line each: "- statement" for those of
// `expected` alone, "+ statement" for those of `got` alone. Empty: equal.
std::string difference(const std::vector<std::string>& expected,
                       const std::vector<std::string>& got);

}  // namespace schemadiff::testing
