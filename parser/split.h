// Where the statements of a text begin and end; decides it by lexical structure alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace schemadiff::parser {

struct Piece {
  enum class Kind : std::uint8_t {
    Sql,       // one statement, without its semicolon
    Meta,      // a psql meta-command: a line that begins with a backslash
    CopyData,  // what follows COPY … FROM stdin, up to the line "\."
  };
  Kind kind{};
  std::size_t begin = 0, end = 0;  // bytes in the text
  std::uint32_t line = 0;          // of begin, from 1
  std::uint32_t column = 0;        // of begin, from 1, in characters
  bool conditional = false;        // does nothing where what it makes exists (see do_block.h)
};

// In order. A piece of SQL is never empty; its text begins with its first word. Unterminated quotes
// and comments end at the end of the text; the grammar tells.
std::vector<Piece> split(std::string_view text);

// Steps over text: what is behind space and comments; the word at a place, empty if there is none;
// what is behind the element there, which is a word, a quoted text, parentheses with all in them,
// or a character.
std::size_t skip_blank(std::string_view text, std::size_t at);
std::string_view word_at(std::string_view text, std::size_t at);
std::size_t skip_element(std::string_view text, std::size_t at);

// The name that a CREATE statement gives, without schema, as it will be stored; empty for others.
struct CreatedName {
  std::string name;
  bool routine = false;
};
CreatedName created_name(std::string_view statement);

}  // namespace schemadiff::parser
