// Mutates one token, one list item or one statement of a schema's text.
#include "tests/judges/mutant.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string_view>

#include "tests/support/sql_text.h"

namespace schemadiff::testing {
namespace {

// A replacement of a stretch of one statement.
struct Edit {
  std::string rule;
  std::size_t statement = 0;
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string text;
};

struct Swap {
  std::string_view word;
  std::string_view text;
};

constexpr std::array kSwaps{
    Swap{"integer", "bigint"},
    Swap{"bigint", "integer"},
    Swap{"text", "character varying(50)"},
    Swap{"timestamptz", "timestamp"},
    Swap{"numeric", "double precision"},
    Swap{"date", "timestamp"},
    Swap{"cascade", "restrict"},
    Swap{"restrict", "cascade"},
    Swap{"stable", "volatile"},
    Swap{"immutable", "stable"},
    Swap{"volatile", "stable"},
    Swap{"definer", "invoker"},
    Swap{"strict", ""},
    Swap{"desc", ""},
    Swap{"asc", "desc"},
    Swap{"unique", ""},
    Swap{"distinct", ""},
    Swap{"before", "after"},
    Swap{"after", "before"},
    Swap{"insert", "delete"},
    Swap{"update", "delete"},
    Swap{"select", "update"},
    Swap{"row", "statement"},
    Swap{"and", "or"},
    Swap{"or", "and"},
    Swap{"not", ""},
    Swap{"true", "false"},
    Swap{"false", "true"},
    Swap{"left", "right"},
    Swap{"union", "intersect"},
    Swap{"all", ""},
    Swap{"sum", "max"},
    Swap{"min", "max"},
    Swap{"now", "clock_timestamp"},
    Swap{"lower", "upper"},
    Swap{"gin", "gist"},
    Swap{"btree", "hash"},
    Swap{"deferred", "immediate"},
    Swap{"restrictive", "permissive"},
    Swap{"unlogged", ""},
    Swap{"first", "last"},
    Swap{"always", "by default"},
};

// Forms that mean the same.
constexpr std::array kSynonyms{
    Swap{"integer", "int4"},
    Swap{"bigint", "int8"},
    Swap{"boolean", "bool"},
    Swap{"timestamptz", "timestamp with time zone"},
    Swap{"varchar", "character varying"},
    Swap{"text", "pg_catalog.text"},
    Swap{"now", "pg_catalog.now"},
    Swap{"numeric", "decimal"},
};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

bool is_number(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
}

class Collector {
 public:
  explicit Collector(std::map<std::string, std::vector<Edit>>& edits) : edits_(edits) {}

  void take(std::size_t number, const std::string& statement) {
    take_tokens(number, statement);
    add("statement removed", 0, statement.size(), "");
    if (lower(statement.substr(0, 30)).find(" table ") != std::string::npos) table(statement);
  }

  void take_tokens(std::size_t number, const std::string& text) {
    number_ = number;
    const std::vector<Token> tokens = scan(text);
    std::size_t offset = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      token(tokens, i, offset);
      offset += tokens[i].text.size();
    }
  }

 private:
  void add(const std::string& rule, std::size_t offset, std::size_t length, std::string text) {
    edits_[rule].push_back({rule, number_, offset, length, std::move(text)});
  }

  void token(const std::vector<Token>& tokens, std::size_t i, std::size_t offset) {
    const std::string_view text = tokens[i].text;
    if (tokens[i].kind == TokenKind::Quoted && text.front() == '\'') {
      const std::string inner(text.substr(0, text.size() - 1));
      add("string changed", offset, text.size(), inner + "1'");
      add("string in brackets", offset, text.size(), "(" + std::string(text) + ")");
    } else if (tokens[i].kind == TokenKind::Quoted && text.front() == '$') {
      const std::size_t tag = text.find('$', 1) + 1;
      add("body changed", offset + tag, 0, " ");
    } else if (tokens[i].kind == TokenKind::Symbol) {
      if (text == ">") add("operator changed", offset, 1, "<");
      if (text == "<") add("operator changed", offset, 1, ">");
      if (text == "+") add("operator changed", offset, 1, "-");
      if (text == "=") add("operator changed", offset, 1, "<>");
    } else if (tokens[i].kind == TokenKind::Word && is_number(text)) {
      add("number changed", offset, text.size(), std::string(text) + "1");
    } else if (tokens[i].kind == TokenKind::Word) {
      const std::string word = lower(text);
      for (const Swap& swap : kSwaps) {
        if (swap.word == word) add("word changed", offset, text.size(), std::string(swap.text));
      }
      for (const Swap& swap : kSynonyms) {
        if (swap.word == word)
          add("word replaced by its like", offset, text.size(), std::string(swap.text));
      }
      if (word == "not" && i + 2 < tokens.size() && lower(tokens[i + 2].text) == "null") {
        add("NOT NULL removed", offset, text.size() + 1 + tokens[i + 2].text.size(), "");
      }
      if (word == "default" && i + 3 < tokens.size() &&
          (tokens[i + 3].text == "," || tokens[i + 3].text == " " || tokens[i + 3].text == ")")) {
        add("DEFAULT removed", offset, text.size() + 1 + tokens[i + 2].text.size(), "");
      }
    }
  }

  void table(const std::string& statement) {
    const std::size_t open = statement.find('(');
    const std::size_t close = statement.rfind(')');
    if (open == std::string::npos || close == std::string::npos || close < open) return;
    add("column added", open + 1, 0,
        "added_by_mutation integer DEFAULT 7 CHECK (added_by_mutation > 3), ");
    const std::vector<std::string> items =
        split_list(std::string_view(statement).substr(open + 1, close - open - 1));
    for (std::size_t skip = 0; skip < items.size() && items.size() > 1; ++skip) {
      std::string list;
      for (std::size_t i = 0; i < items.size(); ++i) {
        if (i != skip) list += (list.empty() ? "" : ", ") + items[i];
      }
      add("list item removed", open + 1, close - open - 1, list);
    }
  }

  std::map<std::string, std::vector<Edit>>& edits_;
  std::size_t number_ = 0;
};

// Rules are as likely, however many places they have.
const Edit& any_edit(const std::map<std::string, std::vector<Edit>>& edits, std::mt19937& random) {
  auto rule = edits.begin();
  std::advance(rule, static_cast<std::ptrdiff_t>(random() % edits.size()));
  return rule->second[random() % rule->second.size()];
}

}  // namespace

Mutant mutate(const std::vector<std::string>& statements, std::mt19937& random) {
  std::map<std::string, std::vector<Edit>> edits;
  Collector collector(edits);
  for (std::size_t i = 0; i < statements.size(); ++i) collector.take(i, statements[i]);
  const Edit edit = any_edit(edits, random);
  const std::string& before = statements[edit.statement];
  std::string after = before;
  after.replace(edit.offset, edit.length, edit.text);
  return {edit.rule + " in\n  " + before.substr(0, 4000) + "\n  now\n  " + after.substr(0, 4000),
          edit.statement, edit.statement + 1,
          after.empty() ? std::vector<std::string>{} : std::vector{after}};
}

std::optional<std::string> mutate_expression(const std::string& sql, std::mt19937& random) {
  std::map<std::string, std::vector<Edit>> edits;
  Collector(edits).take_tokens(0, sql);
  if (edits.empty()) return std::nullopt;
  const Edit edit = any_edit(edits, random);
  std::string after = sql;
  return after.replace(edit.offset, edit.length, edit.text);
}

}  // namespace schemadiff::testing
