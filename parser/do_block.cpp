// Recognises guards word by word; anything else than guards and DDL makes a block unknown.
#include "parser/do_block.h"

namespace schemadiff::parser {
namespace {

bool same_word(std::string_view word, std::string_view lower_case) {
  if (word.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i] >= 'A' && word[i] <= 'Z' ? static_cast<char>(word[i] + 32) : word[i];
    if (c != lower_case[i]) return false;
  }
  return true;
}

// Reads words of one part of a block; `at` is behind what was taken.
struct WordReader {
  std::string_view text;
  std::size_t at = 0;

  bool take(std::string_view lower_case) {
    const std::size_t begin = skip_blank(text, at);
    const std::string_view word = word_at(text, begin);
    if (!same_word(word, lower_case)) return false;
    at = begin + word.size();
    return true;
  }

  bool take_all(std::initializer_list<std::string_view> words) {
    const std::size_t before = at;
    for (const std::string_view word : words) {
      if (!take(word)) {
        at = before;
        return false;
      }
    }
    return true;
  }

  // To behind the next THEN outside of parentheses; false when there is none.
  bool skip_condition() {
    while (at < text.size()) {
      at = skip_blank(text, at);
      if (take("then")) return true;
      at = skip_element(text, at);
    }
    return false;
  }

  bool done() const { return skip_blank(text, at) >= text.size(); }
};

// A piece that begins later in the same text.
Piece from(std::string_view text, const Piece& earlier, std::size_t begin, std::size_t end) {
  Piece piece = earlier;
  for (; piece.begin < begin; ++piece.begin) {
    if (text[piece.begin] == '\n') {
      ++piece.line;
      piece.column = 1;
    } else if ((static_cast<unsigned char>(text[piece.begin]) & 0xC0) != 0x80) {
      ++piece.column;
    }
  }
  piece.end = end;
  piece.conditional = true;
  return piece;
}

struct Body {
  std::size_t begin = 0, end = 0;
};

// The body of DO $tag$ … $tag$; empty when it is quoted in another way.
Body body_of(std::string_view text, const Piece& piece) {
  WordReader reader{text.substr(0, piece.end), piece.begin};
  if (!reader.take("do")) return {};
  if (reader.take("language")) reader.at = skip_element(reader.text, skip_blank(text, reader.at));
  const std::size_t open = skip_blank(reader.text, reader.at);
  if (open >= piece.end || text[open] != '$') return {};
  const auto tag_end = text.find('$', open + 1);
  if (tag_end == std::string_view::npos || tag_end >= piece.end) return {};
  const std::string_view tag = text.substr(open, tag_end + 1 - open);
  const auto close = text.find(tag, tag_end + 1);
  if (close == std::string_view::npos || close >= piece.end) return {};
  return {tag_end + 1, close};
}

bool is_ddl(WordReader reader) {
  return reader.take("create") || reader.take("alter") || reader.take("comment") ||
         reader.take("grant");
}

}  // namespace

std::vector<Piece> unfold_do_block(std::string_view text, const Piece& piece) {
  const Body body = body_of(text, piece);
  if (body.begin >= body.end) return {};
  std::vector<Piece> statements;
  bool begun = false, in_handler = false, ended = false;
  for (const Piece& part : split(text.substr(body.begin, body.end - body.begin))) {
    if (part.kind != Piece::Kind::Sql || ended) return {};
    const std::size_t end = body.begin + part.end;
    WordReader reader{text.substr(0, end), body.begin + part.begin};
    if (!begun) {
      if (!reader.take("begin")) return {};
      begun = true;
    }
    while (reader.take_all({"if", "not", "exists"})) {
      if (!reader.skip_condition()) return {};
    }
    if (reader.take("exception")) in_handler = true;
    if (in_handler && reader.take("when") && !reader.skip_condition()) return {};
    if (reader.take_all({"end", "if"}) || reader.take("null") ||
        reader.take_all({"raise", "notice"})) {
      continue;
    }
    if (reader.take("end")) {
      if (!reader.done()) return {};
      ended = true;
      continue;
    }
    if (in_handler || !is_ddl(reader)) return {};
    statements.push_back(from(text, piece, skip_blank(reader.text, reader.at), end));
  }
  return ended ? statements : std::vector<Piece>{};
}

}  // namespace schemadiff::parser
