// The output form of jsonb literals: keys in jsonb's order, one space after colons and commas.
#include <algorithm>
#include <utility>
#include <vector>

#include "parser/analyze/literal_forms.h"

namespace schemadiff::parser {
namespace {

constexpr int kMaxDepth = 500;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& to, std::uint32_t code) {
  auto byte = [&](std::uint32_t value) { to += static_cast<char>(value); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | (code >> 6));
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | (code >> 18));
    byte(0x80 | ((code >> 12) & 0x3F));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

void append_quoted(std::string& to, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  to += '"';
  for (char c : text) {
    std::size_t known = std::string_view("\b\f\n\r\t\"\\").find(c);
    if (known != std::string_view::npos) {
      to += '\\';
      to += "bfnrt\"\\"[known];
    } else if (static_cast<unsigned char>(c) < ' ') {
      to += "\\u00";
      to += kHex[static_cast<unsigned char>(c) >> 4];
      to += kHex[static_cast<unsigned char>(c) & 15];
    } else {
      to += c;
    }
  }
  to += '"';
}

// A recursive-descent reader that writes the output form as it goes. Functions return false at a
// syntax error.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  StoredForm read() {
    std::string form;
    if (!value(form, 0)) return std::nullopt;
    skip();
    return rest_.empty() ? StoredForm(std::move(form)) : std::nullopt;
  }

 private:
  void skip() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n\r"), rest_.size())); }

  bool symbol(char c) {
    skip();
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool value(std::string& to, int depth) {
    skip();
    if (rest_.empty() || depth > kMaxDepth) return false;
    switch (rest_.front()) {
      case '{':
        return object(to, depth);
      case '[':
        return array(to, depth);
      case '"': {
        std::string text;
        if (!string(text)) return false;
        append_quoted(to, text);
        return true;
      }
      default:
        return word(to);
    }
  }

  bool object(std::string& to, int depth) {
    std::vector<std::pair<std::string, std::string>> members;
    rest_.remove_prefix(1);
    if (!symbol('}')) {
      do {
        std::pair<std::string, std::string> member;
        skip();
        if (!string(member.first) || !symbol(':') || !value(member.second, depth + 1)) {
          return false;
        }
        members.push_back(std::move(member));
      } while (symbol(','));
      if (!symbol('}')) return false;
    }
    // By length, then bytes; of equal keys the last one counts.
    std::reverse(members.begin(), members.end());
    std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
      return a.first.size() != b.first.size() ? a.first.size() < b.first.size() : a.first < b.first;
    });
    auto same_key = [](const auto& a, const auto& b) { return a.first == b.first; };
    members.erase(std::unique(members.begin(), members.end(), same_key), members.end());
    to += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) to += ", ";
      append_quoted(to, members[i].first);
      to += ": " + members[i].second;
    }
    to += '}';
    return true;
  }

  bool array(std::string& to, int depth) {
    rest_.remove_prefix(1);
    to += '[';
    if (!symbol(']')) {
      bool first = true;
      do {
        if (!first) to += ", ";
        first = false;
        if (!value(to, depth + 1)) return false;
      } while (symbol(','));
      if (!symbol(']')) return false;
    }
    to += ']';
    return true;
  }

  bool hex4(std::uint32_t& code) {
    if (rest_.size() < 4) return false;
    code = 0;
    for (char c : lower_ascii(rest_.substr(0, 4))) {
      std::size_t digit = std::string_view("0123456789abcdef").find(c);
      if (digit == std::string_view::npos) return false;
      code = code * 16 + static_cast<std::uint32_t>(digit);
    }
    rest_.remove_prefix(4);
    return true;
  }

  bool unicode_escape(std::string& to) {
    std::uint32_t code = 0, low = 0;
    if (!hex4(code) || code == 0 || (code >= 0xDC00 && code < 0xE000)) return false;
    if (code >= 0xD800 && code < 0xDC00) {
      if (rest_.substr(0, 2) != "\\u") return false;
      rest_.remove_prefix(2);
      if (!hex4(low) || low < 0xDC00 || low >= 0xE000) return false;
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(to, code);
    return true;
  }

  bool string(std::string& to) {
    if (rest_.empty() || rest_.front() != '"') return false;
    rest_.remove_prefix(1);
    while (!rest_.empty()) {
      char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '"') return true;
      if (static_cast<unsigned char>(c) < ' ') return false;
      if (c != '\\') {
        to += c;
        continue;
      }
      if (rest_.empty()) return false;
      char escape = rest_.front();
      rest_.remove_prefix(1);
      std::size_t known = std::string_view("\"\\/bfnrt").find(escape);
      if (known != std::string_view::npos) {
        to += "\"\\/\b\f\n\r\t"[known];
      } else if (escape != 'u' || !unicode_escape(to)) {
        return false;
      }
    }
    return false;
  }

  // true, false, null or a number, which comes out as numeric does.
  bool word(std::string& to) {
    std::string_view text = rest_.substr(0, rest_.find_first_of(" \t\n\r,]}:"));
    rest_.remove_prefix(text.size());
    if (text == "true" || text == "false" || text == "null") {
      to += text;
      return true;
    }
    std::string_view digits = text;
    if (digits.starts_with('-')) digits.remove_prefix(1);
    bool starts_well = !digits.empty() && is_digit(digits.front()) &&
                       !(digits.size() > 1 && digits.front() == '0' && is_digit(digits[1]));
    std::size_t point = digits.find('.');
    bool ends_well = point == std::string_view::npos ||
                     (point + 1 < digits.size() && is_digit(digits[point + 1]));
    if (!starts_well || !ends_well) return false;
    StoredForm number = numeric_form(text, -1);
    if (number) to += *number;
    return number.has_value();
  }

  std::string_view rest_;
};

}  // namespace

StoredForm jsonb_form(std::string_view text) { return Reader(text).read(); }

}  // namespace schemadiff::parser
