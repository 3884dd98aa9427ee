// Cuts a text into statements (psqlscan.l tells what a statement's end is).
#include "parser/split.h"

#include <array>

namespace schemadiff::parser {
namespace {

enum CharClass : std::uint8_t { kSpace = 1, kWordStart = 2, kWord = 4 };

constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (const char c : {' ', '\t', '\n', '\r', '\f', '\v'}) {
    classes[static_cast<unsigned char>(c)] = kSpace;
  }
  for (unsigned c = 0; c < 256; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    if (letter) classes[c] = kWordStart | kWord;
    if ((c >= '0' && c <= '9') || c == '$') classes[c] = kWord;
  }
  return classes;
}();

bool is(char c, CharClass what) { return (kClasses[static_cast<unsigned char>(c)] & what) != 0; }
bool is_space(char c) { return is(c, kSpace); }
bool is_word_start(char c) { return is(c, kWordStart); }
bool is_word(char c) { return is(c, kWord); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool equals(std::string_view word, std::string_view lower_case) {
  if (word.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (lower(word[i]) != lower_case[i]) return false;
  }
  return true;
}

// Steps over lexical elements of a text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  std::size_t at = 0;

  bool done() const { return at >= text_.size(); }
  char peek(std::size_t ahead = 0) const {
    return at + ahead < text_.size() ? text_[at + ahead] : '\0';
  }

  void skip_line_comment() {
    const auto end = text_.find('\n', at);
    at = end == std::string_view::npos ? text_.size() : end;
  }

  void skip_block_comment() {
    int depth = 1;
    at += 2;
    while (at < text_.size() && depth > 0) {
      const char c = text_[at];
      if (c == '*' && peek(1) == '/') {
        --depth;
        at += 2;
      } else if (c == '/' && peek(1) == '*') {
        ++depth;
        at += 2;
      } else {
        ++at;
      }
    }
  }

  // From the opening quote; `escapes`: backslash escapes the next character.
  void skip_quoted(char quote, bool escapes) {
    ++at;
    while (at < text_.size()) {
      const char c = text_[at++];
      if (c == '\\' && escapes) {
        if (at < text_.size()) ++at;
      } else if (c == quote) {
        if (peek() != quote) return;
        ++at;
      }
    }
  }

  // From a dollar sign; a body in $tag$ quotes, or only the sign.
  void skip_dollar() {
    std::size_t end = at + 1;
    if (end < text_.size() && is_word_start(text_[end])) {
      while (end < text_.size() && is_word(text_[end]) && text_[end] != '$') ++end;
    }
    if (end >= text_.size() || text_[end] != '$') {
      ++at;
      return;
    }
    const std::string_view tag = text_.substr(at, end + 1 - at);
    const auto close = text_.find(tag, end + 1);
    at = close == std::string_view::npos ? text_.size() : close + tag.size();
  }

  std::string_view word() {
    const std::size_t begin = at;
    while (at < text_.size() && is_word(text_[at])) ++at;
    return text_.substr(begin, at - begin);
  }

  // Space and comments.
  void skip_blank() {
    while (at < text_.size()) {
      const char c = text_[at];
      if (is_space(c)) {
        ++at;
      } else if (c == '-' && peek(1) == '-') {
        skip_line_comment();
      } else if (c == '/' && peek(1) == '*') {
        skip_block_comment();
      } else {
        return;
      }
    }
  }

 private:
  std::string_view text_;
};

// Counts lines and characters up to growing offsets.
class PlaceCounter {
 public:
  explicit PlaceCounter(std::string_view text) : text_(text) {}

  void place(Piece& piece) {
    for (auto next = text_.find('\n', at_); next < piece.begin; next = text_.find('\n', at_)) {
      ++line_;
      at_ = next + 1;
    }
    piece.line = line_;
    piece.column = 1;
    for (std::size_t i = at_; i < piece.begin; ++i) {
      if ((static_cast<unsigned char>(text_[i]) & 0xC0) != 0x80) ++piece.column;
    }
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

// What a statement's words say about where it ends.
struct Words {
  std::array<std::string_view, 4> first;  // to tell CREATE [OR REPLACE] FUNCTION | PROCEDURE
  std::size_t count = 0;
  int blocks = 0;  // depth of BEGIN ATOMIC … END and the CASE … END in it
  bool pending_begin = false;
  bool from = false;
  bool copy_from_stdin = false;

  void add(std::string_view word) {
    if (count < first.size()) first[count] = word;
    ++count;
    if (pending_begin && equals(word, "atomic")) blocks = 1;
    pending_begin = false;
    if (blocks > 0) {
      if (equals(word, "case")) ++blocks;
      if (equals(word, "end")) --blocks;
    } else if (equals(word, "begin") && creates_routine()) {
      pending_begin = true;
    }
    if (equals(first[0], "copy")) {
      if (from && equals(word, "stdin")) copy_from_stdin = true;
      from = equals(word, "from");
    }
  }

  bool creates_routine() const {
    if (!equals(first[0], "create")) return false;
    const std::string_view kind = equals(first[1], "or") ? first[3] : first[1];
    return equals(kind, "function") || equals(kind, "procedure");
  }
};

}  // namespace

std::vector<Piece> split(std::string_view text) {
  std::vector<Piece> pieces;
  Cursor cursor(text);
  PlaceCounter places(text);
  const auto emit = [&](Piece::Kind kind, std::size_t begin, std::size_t end) {
    if (begin >= end) return;
    Piece piece{kind, begin, end, 0, 0, false};
    places.place(piece);
    pieces.push_back(piece);
  };
  if (text.substr(0, 3) == "\xEF\xBB\xBF") cursor.at = 3;
  while (true) {
    cursor.skip_blank();
    if (cursor.done()) break;
    const std::size_t begin = cursor.at;
    if (cursor.peek() == '\\') {
      cursor.skip_line_comment();
      emit(Piece::Kind::Meta, begin, cursor.at);
      continue;
    }
    Words words;
    int parentheses = 0;
    std::size_t end = text.size();
    std::size_t last = begin;  // end of the last element that is not blank
    while (!cursor.done()) {
      const char c = cursor.peek();
      if (is_word_start(c) && !((c == 'e' || c == 'E') && cursor.peek(1) == '\'')) {
        words.add(cursor.word());
        last = cursor.at;
        continue;
      }
      if (is_space(c) || (c == '-' && cursor.peek(1) == '-') ||
          (c == '/' && cursor.peek(1) == '*')) {
        cursor.skip_blank();
        continue;
      }
      if (c == ';' && parentheses <= 0 && words.blocks <= 0) {
        end = cursor.at;
        ++cursor.at;
        break;
      }
      if (c == '\'') {
        cursor.skip_quoted('\'', false);
      } else if (c == '"') {
        cursor.skip_quoted('"', false);
      } else if (c == '$') {
        cursor.skip_dollar();
      } else if ((c == 'e' || c == 'E') && cursor.peek(1) == '\'') {
        ++cursor.at;
        cursor.skip_quoted('\'', true);
      } else if (c >= '0' && c <= '9') {
        cursor.word();
      } else {
        if (c == '(') ++parentheses;
        if (c == ')') --parentheses;
        ++cursor.at;
      }
      last = cursor.at;
    }
    emit(Piece::Kind::Sql, begin, end == text.size() ? last : end);
    if (words.copy_from_stdin) {
      cursor.skip_line_comment();
      const std::size_t data = cursor.at;
      const auto stop = text.find("\n\\.", data);
      cursor.at = stop == std::string_view::npos ? text.size() : stop + 3;
      emit(Piece::Kind::CopyData, data, cursor.at);
    }
  }
  return pieces;
}

std::size_t skip_blank(std::string_view text, std::size_t at) {
  Cursor cursor(text);
  cursor.at = at;
  cursor.skip_blank();
  return cursor.at;
}

std::string_view word_at(std::string_view text, std::size_t at) {
  Cursor cursor(text);
  cursor.at = at;
  return is_word_start(cursor.peek()) ? cursor.word() : std::string_view{};
}

std::size_t skip_element(std::string_view text, std::size_t at) {
  Cursor cursor(text);
  cursor.at = at;
  int parentheses = 0;
  do {
    cursor.skip_blank();
    const char c = cursor.peek();
    if (c == '\'' || c == '"') {
      cursor.skip_quoted(c, false);
    } else if (c == '$') {
      cursor.skip_dollar();
    } else if (is_word(c)) {
      cursor.word();
    } else {
      if (c == '(') ++parentheses;
      if (c == ')') --parentheses;
      ++cursor.at;
    }
  } while (parentheses > 0 && !cursor.done());
  return cursor.at;
}

CreatedName created_name(std::string_view statement) {
  Cursor cursor(statement);
  const auto next_word = [&] {
    cursor.skip_blank();
    return is_word_start(cursor.peek()) ? cursor.word() : std::string_view{};
  };
  if (!equals(next_word(), "create")) return {};
  CreatedName created;
  bool found = false;
  for (int i = 0; i < 6 && !found; ++i) {
    const auto word = next_word();
    if (word.empty()) return {};
    created.routine =
        equals(word, "function") || equals(word, "procedure") || equals(word, "aggregate");
    found = created.routine || equals(word, "table") || equals(word, "view") ||
            equals(word, "type") || equals(word, "domain") || equals(word, "sequence") ||
            equals(word, "index") || equals(word, "collation");
  }
  if (!found) return {};
  const auto skip_if_not_exists = [&] {
    const std::size_t before = cursor.at;
    if (equals(next_word(), "if") && equals(next_word(), "not") && equals(next_word(), "exists")) {
      return;
    }
    cursor.at = before;
  };
  skip_if_not_exists();
  while (true) {
    cursor.skip_blank();
    if (cursor.peek() == '"') {
      const std::size_t begin = cursor.at + 1;
      cursor.skip_quoted('"', false);
      created.name.clear();
      for (std::size_t i = begin; i + 1 < cursor.at; ++i) {
        created.name += statement[i];
        if (statement[i] == '"') ++i;
      }
    } else {
      created.name.clear();
      for (const char c : next_word()) created.name += lower(c);
    }
    cursor.skip_blank();
    if (cursor.peek() != '.') return created;
    ++cursor.at;
  }
}

}  // namespace schemadiff::parser
