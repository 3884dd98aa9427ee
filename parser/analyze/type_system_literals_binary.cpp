// Output forms of uuid, bytea, network address and MAC address literals.
#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "parser/analyze/literal_forms.h"

namespace schemadiff::parser {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void append_hex(std::string& to, unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  to += kDigits[byte >> 4];
  to += kDigits[byte & 15];
}

// bytea's escape format: \\ and \ooo.
std::optional<std::string> unescape_bytea(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      bytes += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '\\') {
      bytes += '\\';
      ++i;
    } else {
      if (i + 3 >= text.size()) return std::nullopt;
      int value = 0;
      for (std::size_t j = 1; j <= 3; ++j) {
        if (text[i + j] < '0' || text[i + j] > '7') return std::nullopt;
        value = value * 8 + (text[i + j] - '0');
      }
      if (value > 255) return std::nullopt;
      bytes += static_cast<char>(value);
      i += 3;
    }
  }
  return bytes;
}

std::optional<int> read_small(std::string_view text, int max) {
  std::optional<std::int64_t> value = read_integer(text, 0, max);
  if (!value || text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  return static_cast<int>(*value);
}

}  // namespace

StoredForm uuid_form(std::string_view text) {
  constexpr std::size_t kDigits = 32;
  if (!text.empty() && text.front() == '{') {
    if (text.back() != '}') return std::nullopt;
    text = text.substr(1, text.size() - 2);
  }
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '-') {
      if (digits.empty() || digits.size() % 4 != 0 || text[i - 1] == '-') return std::nullopt;
      if (digits.size() >= kDigits) return std::nullopt;
      continue;
    }
    int digit = hex_digit(text[i]);
    if (digit < 0) return std::nullopt;
    digits += "0123456789abcdef"[digit];
  }
  if (digits.size() != kDigits) return std::nullopt;
  for (std::size_t at : {20, 16, 12, 8}) digits.insert(at, 1, '-');
  return digits;
}

StoredForm bytea_form(std::string_view text) {
  std::string form = "\\x";
  if (text.size() >= 2 && text[0] == '\\' && text[1] == 'x') {
    int high = -1;
    for (char c : text.substr(2)) {
      if (high < 0 && (c == ' ' || c == '\n' || c == '\t' || c == '\r')) continue;
      int digit = hex_digit(c);
      if (digit < 0) return std::nullopt;
      if (high < 0) {
        high = digit;
      } else {
        append_hex(form, static_cast<unsigned char>(high * 16 + digit));
        high = -1;
      }
    }
    return high < 0 ? StoredForm(form) : std::nullopt;
  }
  std::optional<std::string> bytes = unescape_bytea(text);
  if (!bytes) return std::nullopt;
  for (char c : *bytes) append_hex(form, static_cast<unsigned char>(c));
  return form;
}

StoredForm inet_form(std::string_view text, bool cidr) {
  std::string address(text.substr(0, text.find('/')));
  bool v6 = address.find(':') != std::string::npos;
  if (v6 && address.find('.') != std::string::npos) return std::nullopt;
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(v6 ? AF_INET6 : AF_INET, address.c_str(), bytes.data()) != 1) return std::nullopt;
  int width = v6 ? 128 : 32;
  int length = width;
  if (address.size() < text.size()) {
    std::optional<int> given = read_small(text.substr(address.size() + 1), width);
    if (!given) return std::nullopt;
    length = *given;
  }
  if (cidr) {
    for (int bit = length; bit < width; ++bit) {
      if ((bytes[static_cast<std::size_t>(bit / 8)] >> (7 - bit % 8)) & 1) return std::nullopt;
    }
  }
  char buffer[INET6_ADDRSTRLEN];
  if (!inet_ntop(v6 ? AF_INET6 : AF_INET, bytes.data(), buffer, sizeof buffer)) {
    return std::nullopt;
  }
  std::string form = buffer;
  if (v6 && form.find('.') != std::string::npos) return std::nullopt;
  if (cidr || length != width) form += "/" + std::to_string(length);
  return form;
}

StoredForm macaddr_form(std::string_view text) {
  text = trim_space(text);
  std::string digits;
  std::string separators;
  for (char c : text) {
    if (c == ':' || c == '-' || c == '.') {
      separators += c;
      if (digits.size() % 2 != 0) return std::nullopt;
      continue;
    }
    int digit = hex_digit(c);
    if (digit < 0) return std::nullopt;
    digits += "0123456789abcdef"[digit];
  }
  bool uniform = separators.find_first_not_of(separators.substr(0, 1)) == std::string::npos;
  if (digits.size() != 12 || !uniform) return std::nullopt;
  std::size_t count = separators.size();
  if (count != 0 && count != 1 && count != 2 && count != 5) return std::nullopt;
  for (std::size_t at : {10, 8, 6, 4, 2}) digits.insert(at, 1, ':');
  return digits;
}

}  // namespace schemadiff::parser
