// Scans SQL text by its lexical rules alone: quotes, dollar quotes, comments, brackets, BEGIN
// ATOMIC.
#include "tests/support/sql_text.h"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace schemadiff::testing {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
}

std::size_t quoted_end(std::string_view text, std::size_t at, char quote, bool escapes) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (escapes && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (i + 1 >= text.size() || text[i + 1] != quote) return i + 1;
      ++i;
    }
  }
  return text.size();
}

// 0 when no dollar quote starts here.
std::size_t dollar_end(std::string_view text, std::size_t at) {
  std::size_t tag_end = at + 1;
  while (tag_end < text.size() && is_word(text[tag_end])) ++tag_end;
  if (tag_end >= text.size() || text[tag_end] != '$') return 0;
  if (tag_end > at + 1 && std::isdigit(static_cast<unsigned char>(text[at + 1])) != 0) return 0;
  const std::string_view tag = text.substr(at, tag_end + 1 - at);
  const std::size_t close = text.find(tag, tag_end + 1);
  return close == std::string_view::npos ? text.size() : close + tag.size();
}

std::size_t block_comment_end(std::string_view text, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i + 1 < text.size(); ++i) {
    if (text.substr(i, 2) == "/*") {
      ++depth;
      ++i;
    } else if (text.substr(i, 2) == "*/") {
      ++i;
      if (--depth == 0) return i + 1;
    }
  }
  return text.size();
}

Token next_token(std::string_view text, std::size_t at, bool at_statement_start) {
  const char c = text[at];
  const auto token = [&](TokenKind kind, std::size_t end) {
    return Token{kind, text.substr(at, end - at)};
  };
  const auto line_end = [&] { return std::min(text.find('\n', at), text.size()); };
  if (std::isspace(static_cast<unsigned char>(c)) != 0) {
    std::size_t end = at;
    while (end < text.size() && std::isspace(static_cast<unsigned char>(text[end])) != 0) ++end;
    return token(TokenKind::Space, end);
  }
  if (text.substr(at, 2) == "--") return token(TokenKind::Comment, line_end());
  if (text.substr(at, 2) == "/*") return token(TokenKind::Comment, block_comment_end(text, at));
  if (c == '\\' && at_statement_start) return token(TokenKind::Meta, line_end());
  if ((c == 'E' || c == 'e') && at + 1 < text.size() && text[at + 1] == '\'') {
    return token(TokenKind::Quoted, quoted_end(text, at + 1, '\'', true));
  }
  if (c == '\'' || c == '"') return token(TokenKind::Quoted, quoted_end(text, at, c, false));
  if (c == '$') {
    if (const std::size_t end = dollar_end(text, at); end != 0)
      return token(TokenKind::Quoted, end);
  }
  if (is_word(c)) {
    std::size_t end = at;
    while (end < text.size() && (is_word(text[end]) || text[end] == '$')) ++end;
    return token(TokenKind::Word, end);
  }
  return token(TokenKind::Symbol, at + 1);
}

// Follows whether a semicolon ends the statement: not inside brackets, nor inside BEGIN ATOMIC …
// END.
class Nesting {
 public:
  bool inside() const { return brackets_ > 0 || blocks_ > 0; }
  void take(const Token& token) {
    if (token.kind == TokenKind::Symbol) {
      if (token.text == "(") ++brackets_;
      if (token.text == ")") --brackets_;
      return;
    }
    if (token.kind != TokenKind::Word) return;
    const std::string word = upper(token.text);
    if (word == "ATOMIC" && previous_ == "BEGIN") blocks_ = 1;
    if (word == "CASE" && blocks_ > 0) ++blocks_;
    if (word == "END" && blocks_ > 0) --blocks_;
    previous_ = word;
  }

 private:
  int brackets_ = 0;
  int blocks_ = 0;
  std::string previous_;
};

bool is_setting(std::string_view statement) {
  return statement.starts_with("SET ") || statement.starts_with("SELECT pg_catalog.set_config(");
}

// Storage parameters and settings of functions have no order that means anything.
std::string sort_options(const std::string& statement) {
  const std::size_t with = statement.find(" WITH (");
  if (with == std::string::npos || !statement.starts_with("CREATE ")) return statement;
  const std::size_t open = with + 7;
  const std::size_t close = statement.find(')', open);
  std::vector<std::string> options =
      split_list(std::string_view(statement).substr(open, close - open));
  std::sort(options.begin(), options.end());
  std::string list;
  for (const std::string& option : options) list += (list.empty() ? "" : ", ") + option;
  return statement.substr(0, open) + list + statement.substr(close);
}

std::string sort_settings(const std::string& statement) {
  if (!statement.starts_with("CREATE FUNCTION ") && !statement.starts_with("CREATE PROCEDURE ")) {
    return statement;
  }
  const std::size_t body = statement.find(" AS $");
  const std::size_t first = statement.find(" SET ");
  if (first == std::string::npos || body == std::string::npos || first > body) return statement;
  std::vector<std::string> settings;
  for (std::size_t at = first; at < body;) {
    const std::size_t next = std::min(statement.find(" SET ", at + 1), body);
    settings.push_back(statement.substr(at, next - at));
    at = next;
  }
  std::sort(settings.begin(), settings.end());
  std::string result = statement.substr(0, first);
  for (const std::string& setting : settings) result += setting;
  return result + statement.substr(body);
}

std::string sort_columns(const std::string& statement) {
  if (!statement.starts_with("CREATE ") || statement.find(" TABLE ") > 24) return statement;
  const std::size_t open = statement.find('(');
  if (open == std::string::npos) return statement;
  Nesting nesting;
  std::size_t close = open;
  for (std::size_t at = open; at < statement.size();) {
    const Token token = next_token(statement, at, false);
    nesting.take(token);
    if (!nesting.inside()) {
      close = at;
      break;
    }
    at += token.text.size();
  }
  std::vector<std::string> columns =
      split_list(std::string_view(statement).substr(open + 1, close - open - 1));
  std::sort(columns.begin(), columns.end());
  std::string result = statement.substr(0, open + 1);
  for (const std::string& column : columns) result += "\n  " + column;
  return result + statement.substr(close);
}

// Columns that stand in the order of the table's: of statistics, and of published tables.
std::string sort_listed_columns(const std::string& statement) {
  std::size_t start = std::string::npos;
  std::size_t end = std::string::npos;
  if (statement.starts_with("CREATE STATISTICS ")) {
    start = statement.find(" ON ") + 4;
    end = statement.rfind(" FROM ");
  } else if (statement.starts_with("ALTER PUBLICATION ") &&
             statement.find(" ADD TABLE ") != std::string::npos) {
    const std::size_t where = statement.find(" WHERE (");
    start = statement.find('(') + 1;
    end = std::min(where, statement.size()) - 1;
    if (start == 0 || start > end) return statement;
  } else {
    return statement;
  }
  std::vector<std::string> columns =
      split_list(std::string_view(statement).substr(start, end - start));
  std::sort(columns.begin(), columns.end());
  std::string sorted;
  for (const std::string& column : columns) sorted += (sorted.empty() ? "" : ", ") + column;
  return statement.substr(0, start) + sorted + statement.substr(end);
}

}  // namespace

std::vector<Token> scan(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size(); at += tokens.back().text.size()) {
    tokens.push_back(next_token(text, at, tokens.empty()));
  }
  return tokens;
}

std::vector<std::string> split_statements(std::string_view text) {
  std::vector<std::string> statements;
  std::string current;
  Nesting nesting;
  const auto finish = [&] {
    while (!current.empty() && current.back() == ' ') current.pop_back();
    if (!current.empty()) statements.push_back(current);
    current.clear();
    nesting = {};
  };
  for (std::size_t at = 0; at < text.size();) {
    const Token token = next_token(text, at, current.empty());
    at += token.text.size();
    nesting.take(token);
    if (token.kind == TokenKind::Meta) continue;
    if (token.kind == TokenKind::Space || token.kind == TokenKind::Comment) {
      if (!current.empty() && current.back() != ' ') current += ' ';
    } else if (token.text == ";" && !nesting.inside()) {
      finish();
    } else {
      current += token.text;
    }
  }
  finish();
  return statements;
}

std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> parts;
  std::string current;
  Nesting nesting;
  const auto finish = [&] {
    const std::size_t first = current.find_first_not_of(' ');
    if (first != std::string::npos) {
      parts.push_back(current.substr(first, current.find_last_not_of(' ') + 1 - first));
    }
    current.clear();
  };
  for (std::size_t at = 0; at < list.size();) {
    const Token token = next_token(list, at, false);
    at += token.text.size();
    nesting.take(token);
    if (token.text == "," && !nesting.inside()) {
      finish();
    } else {
      current += token.text;
    }
  }
  finish();
  return parts;
}

std::vector<std::string> normalise_dump(std::string_view text) {
  std::vector<std::string> result;
  for (const std::string& statement : split_statements(text)) {
    if (is_setting(statement)) continue;
    result.push_back(sort_settings(sort_options(sort_listed_columns(sort_columns(statement)))));
  }
  std::sort(result.begin(), result.end());
  return result;
}

std::string difference(const std::vector<std::string>& expected,
                       const std::vector<std::string>& got) {
  std::vector<std::string> missing;
  std::vector<std::string> surplus;
  std::set_difference(expected.begin(), expected.end(), got.begin(), got.end(),
                      std::back_inserter(missing));
  std::set_difference(got.begin(), got.end(), expected.begin(), expected.end(),
                      std::back_inserter(surplus));
  std::string text;
  for (const std::string& statement : missing) text += "- " + statement + "\n";
  for (const std::string& statement : surplus) text += "+ " + statement + "\n";
  return text;
}

}  // namespace schemadiff::testing
