// Output forms of integers, numeric and floating-point literals, and the order of literals.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "parser/analyze/literal_forms.h"

namespace schemadiff::parser {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A decimal number as written: value = digits × 10^-scale. Leading zeroes are stripped.
struct Decimal {
  bool negative = false;
  std::string digits;
  std::int64_t scale = 0;
};

std::optional<Decimal> read_decimal(std::string_view text) {
  constexpr std::int64_t kMaxExponent = 20000;
  Decimal number;
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) number.negative = text[i++] == '-';
  bool point = false, any = false;
  for (; i < text.size() && (is_digit(text[i]) || (text[i] == '.' && !point)); ++i) {
    if (text[i] == '.') {
      point = true;
      continue;
    }
    any = true;
    number.digits += text[i];
    if (point) ++number.scale;
  }
  if (!any) return std::nullopt;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    std::string_view rest = text.substr(i + 1);
    if (rest.size() > 1 && rest.front() == '+' && is_digit(rest[1])) rest.remove_prefix(1);
    std::int64_t exponent = 0;
    auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), exponent);
    if (error != std::errc{} || end != rest.data() + rest.size()) return std::nullopt;
    if (exponent > kMaxExponent || exponent < -kMaxExponent) return std::nullopt;
    number.scale -= exponent;
    i = text.size();
  }
  if (i != text.size()) return std::nullopt;
  number.digits.erase(0, std::min(number.digits.find_first_not_of('0'), number.digits.size()));
  if (number.scale < 0) {
    if (!number.digits.empty()) number.digits.append(static_cast<std::size_t>(-number.scale), '0');
    number.scale = 0;
  }
  return number;
}

// Half away from zero, as numeric rounds. A negative scale rounds before the point.
void round_to(Decimal& number, std::int64_t scale) {
  if (scale >= number.scale) {
    if (!number.digits.empty()) {
      number.digits.append(static_cast<std::size_t>(scale - number.scale), '0');
    }
    number.scale = scale;
    return;
  }
  std::size_t cut = static_cast<std::size_t>(number.scale - scale);
  bool up = number.digits.size() >= cut && number.digits[number.digits.size() - cut] >= '5';
  number.digits.resize(number.digits.size() > cut ? number.digits.size() - cut : 0);
  number.scale = scale;
  if (!up) return;
  std::size_t i = number.digits.size();
  while (i > 0 && number.digits[i - 1] == '9') number.digits[--i] = '0';
  if (i == 0) {
    number.digits.insert(0, 1, '1');
  } else {
    ++number.digits[i - 1];
  }
}

std::string text_of(const Decimal& number) {
  std::string digits = number.digits;
  if (number.scale < 0 && !digits.empty()) {
    digits.append(static_cast<std::size_t>(-number.scale), '0');
  }
  std::size_t scale = number.scale > 0 ? static_cast<std::size_t>(number.scale) : 0;
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  std::string text = number.negative && !number.digits.empty() ? "-" : "";
  text += digits.substr(0, digits.size() - scale);
  if (scale > 0) text += "." + digits.substr(digits.size() - scale);
  return text;
}

// NaN and infinities, which numeric and the floats spell alike.
StoredForm special_form(std::string_view text) {
  std::string word = lower_ascii(text);
  if (word == "nan") return "NaN";
  if (word == "infinity" || word == "+infinity" || word == "inf" || word == "+inf") {
    return "Infinity";
  }
  if (word == "-infinity" || word == "-inf") return "-Infinity";
  return std::nullopt;
}

// Whether the text stands exactly half-way between the value and its neighbour.
template <class T>
bool is_boundary(const char* text, T value) {
  long double written = std::strtold(text, nullptr);
  T direction = written > value ? std::numeric_limits<T>::max() : std::numeric_limits<T>::lowest();
  long double neighbour = std::nextafter(value, direction);
  return written != value && written == (value + neighbour) / 2;
}

// The shortest digits that read back as the value, with an exponent. PostgreSQL 12 and later want
// them to do so without rounding to even, so half-way forms get another digit.
template <class T>
std::string shortest_form(T value) {
  char buffer[64] = {};
  std::to_chars_result end =
      std::to_chars(buffer, buffer + sizeof buffer - 1, value, std::chars_format::scientific);
  if (is_boundary(buffer, value)) {
    int digits = static_cast<int>(std::count_if(buffer, std::find(buffer, end.ptr, 'e'), is_digit));
    end = std::to_chars(buffer, buffer + sizeof buffer - 1, value, std::chars_format::scientific,
                        digits);
  }
  return std::string(buffer, end.ptr);
}

// An exponent is written outside [-4, limit).
template <class T>
StoredForm float_form(std::string_view text, int limit) {
  text = trim_space(text);
  if (StoredForm special = special_form(text)) return special;
  std::optional<Decimal> decimal = read_decimal(text);
  if (!decimal) return std::nullopt;
  if (text.front() == '+') text.remove_prefix(1);
  T value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (value == 0) return decimal->negative ? "-0" : "0";
  std::string form = shortest_form(value);
  std::size_t e = form.find('e');
  int exponent = 0;
  std::string_view exponent_text = std::string_view(form).substr(e + (form[e + 1] == '+' ? 2 : 1));
  std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
  if (exponent < -4 || exponent >= limit) return form;
  std::optional<Decimal> shortest = read_decimal(form);
  return shortest ? StoredForm(text_of(*shortest)) : std::nullopt;
}

bool is_special(std::string_view text) {
  return text == "NaN" || text == "Infinity" || text == "-Infinity" || text == "infinity" ||
         text == "-infinity";
}

std::optional<bool> less_decimal(std::string_view a, std::string_view b) {
  std::optional<Decimal> left = read_decimal(a), right = read_decimal(b);
  if (!left || !right) return std::nullopt;
  std::int64_t scale = std::max(left->scale, right->scale);
  round_to(*left, scale);
  round_to(*right, scale);
  bool left_negative = left->negative && !left->digits.empty();
  bool right_negative = right->negative && !right->digits.empty();
  if (left_negative != right_negative) return left_negative;
  auto magnitude_less = [](const std::string& x, const std::string& y) {
    return x.size() != y.size() ? x.size() < y.size() : x < y;
  };
  return left_negative ? magnitude_less(right->digits, left->digits)
                       : magnitude_less(left->digits, right->digits);
}

}  // namespace

std::string_view trim_space(std::string_view text) {
  auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower_ascii(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::optional<std::int64_t> read_integer(std::string_view text, std::int64_t min,
                                         std::int64_t max) {
  text = trim_space(text);
  if (text.size() > 1 && text.front() == '+' && is_digit(text[1])) text.remove_prefix(1);
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (value < min || value > max) return std::nullopt;
  return value;
}

StoredForm numeric_form(std::string_view text, std::int32_t typmod) {
  text = trim_space(text);
  if (StoredForm special = special_form(text)) {
    return typmod >= 4 && *special != "NaN" ? std::nullopt : special;
  }
  std::optional<Decimal> number = read_decimal(text);
  if (!number) return std::nullopt;
  if (typmod >= 4) {
    std::int64_t precision = ((typmod - 4) >> 16) & 0xffff;
    std::int64_t scale = (((typmod - 4) & 0x7ff) ^ 1024) - 1024;
    round_to(*number, scale);
    if (static_cast<std::int64_t>(number->digits.size()) > precision) return std::nullopt;
  }
  return text_of(*number);
}

StoredForm float4_form(std::string_view text) { return float_form<float>(text, 6); }
StoredForm float8_form(std::string_view text) { return float_form<double>(text, 15); }

std::optional<bool> less_literal(TypeId type, std::string_view a, std::string_view b) {
  if (a == b) return false;
  switch (type.oid) {
    case types::kInt2.oid:
    case types::kInt4.oid:
    case types::kInt8.oid:
    case types::kOid.oid:
    case types::kNumeric.oid:
    case types::kFloat4.oid:
    case types::kFloat8.oid:
      if (is_special(a) || is_special(b)) return std::nullopt;
      return less_decimal(a, b);
    case types::kDate.oid:
    case types::kTimestamp.oid:
    case types::kTimestamptz.oid:
      // ISO forms of years with four digits are in the order of their texts.
      if (is_special(a) || is_special(b) || a.find("BC") != std::string_view::npos ||
          b.find("BC") != std::string_view::npos || a.find('-') != 4 || b.find('-') != 4) {
        return std::nullopt;
      }
      return a.substr(0, a.find('+')) < b.substr(0, b.find('+'));
    case types::kTime.oid:
      return a < b;
    default:
      return std::nullopt;
  }
}

}  // namespace schemadiff::parser
