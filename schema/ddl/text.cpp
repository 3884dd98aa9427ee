// Decides parentheses and quotes of the pieces that DDL is put together from.
#include "schema/ddl/text.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "schema/ddl/ddl.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

// Reads an expression outside its quotes. Texts with dollar quotes, escapes or comments are not
// read.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  static bool can_read(std::string_view text) {
    return text.find_first_of("$\\") == std::string_view::npos &&
           text.find("--") == std::string_view::npos && text.find("/*") == std::string_view::npos;
  }

  // The position of the parenthesis that closes the one at `open`; npos when there is none.
  std::size_t closing(std::size_t open) const {
    int depth = 0;
    for (std::size_t i = open; i < text_.size(); i = next(i)) {
      if (text_[i] == '(') ++depth;
      if (text_[i] == ')' && --depth == 0) return i;
    }
    return std::string_view::npos;
  }

  // The position after the character or the quoted text at `i`.
  std::size_t next(std::size_t i) const {
    if (text_[i] != '\'' && text_[i] != '"') return i + 1;
    const std::size_t end = text_.find(text_[i], i + 1);
    return end == std::string_view::npos ? text_.size() : end + 1;
  }

 private:
  std::string_view text_;
};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string lower(std::string_view word) {
  std::string out(word);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool is_a_expr_word(std::string_view word) {
  static constexpr std::array<std::string_view, 17> kWords{
      "all",    "and",  "any", "at",      "between", "collate",  "ilike",   "in",  "is",
      "isnull", "like", "not", "notnull", "or",      "overlaps", "similar", "some"};
  return std::binary_search(kWords.begin(), kWords.end(), std::string_view(lower(word)));
}

// Where the name of a function call ends that starts the text: at its opening parenthesis; 0: no
// such.
std::size_t call_name_end(std::string_view text) {
  std::size_t i = 0;
  while (true) {
    const std::size_t start = i;
    if (i < text.size() && text[i] == '"') {
      i = Scanner(text).next(i);
    } else {
      while (i < text.size() && is_word(text[i])) ++i;
      const std::string_view word = text.substr(start, i - start);
      if (word.empty() || quote_identifier(word) != word) return 0;
    }
    if (i < text.size() && text[i] == '.') {
      ++i;
      continue;
    }
    return i < text.size() && text[i] == '(' ? i : 0;
  }
}

}  // namespace

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) out += separator;
    out += part;
  }
  return out;
}

std::string name_list(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    if (&name != &names.front()) out += ", ";
    out += quote_identifier(name);
  }
  return out;
}

// Whether what the outermost pair of parentheses begins with is a query, whose own they may be.
bool begins_with_query(std::string_view expression) {
  const std::size_t start = expression.find_first_not_of("( \t\n");
  if (start == std::string_view::npos) return false;
  std::size_t end = start;
  while (end < expression.size() && is_word(expression[end])) ++end;
  const std::string word = lower(expression.substr(start, end - start));
  return word == "select" || word == "values" || word == "with";
}

std::string parenthesized(std::string_view expression) {
  if (Scanner::can_read(expression) && expression.starts_with('(') &&
      Scanner(expression).closing(0) == expression.size() - 1 && !begins_with_query(expression))
    return std::string(expression);
  return '(' + std::string(expression) + ')';
}

std::string restricted_expression(std::string_view expression) {
  if (!Scanner::can_read(expression)) return parenthesized(expression);
  const Scanner scanner(expression);
  for (std::size_t i = 0; i < expression.size();) {
    if (expression[i] == '(') {
      const std::size_t end = scanner.closing(i);
      i = end == std::string_view::npos ? expression.size() : end + 1;
    } else if (is_word(expression[i])) {
      const std::size_t start = i;
      while (i < expression.size() && is_word(expression[i])) ++i;
      if (is_a_expr_word(expression.substr(start, i - start))) return parenthesized(expression);
    } else {
      i = scanner.next(i);
    }
  }
  return std::string(expression);
}

std::string key_expression(std::string_view expression) {
  if (Scanner::can_read(expression)) {
    const std::size_t open = call_name_end(expression);
    if (open != 0 && Scanner(expression).closing(open) == expression.size() - 1)
      return std::string(expression);
  }
  return parenthesized(expression);
}

std::string operator_name(const QualifiedName& op) {
  if (op.schema.empty() || op.schema == "pg_catalog") return op.name;
  return "OPERATOR(" + quote_identifier(op.schema) + '.' + op.name + ')';
}

std::string dollar_quote(std::string_view text) {
  static constexpr std::string_view kSuffixes = "_XYZQKVW";
  std::string tag = "$";
  for (std::size_t i = 0; text.find(tag) != std::string_view::npos; ++i)
    tag += kSuffixes[i % kSuffixes.size()];
  tag += '$';
  return tag + std::string(text) + tag;
}

std::string collate_clause(const QualifiedName& collation) {
  return collation.empty() ? std::string() : " COLLATE " + quote_qualified(collation);
}

void append(Statements& to, Statements more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::string role_name(std::string_view role) {
  if (role == "public") return "PUBLIC";
  return role == kCurrentUser ? std::string(role) : quote_identifier(role);
}

}  // namespace schemadiff::schema
