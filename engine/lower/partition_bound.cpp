// Decides whether partitions can stand side by side, by the texts of their bounds.
#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>
#include <string>

#include "engine/lower/partition.h"

namespace schemadiff::engine {

std::vector<std::string_view> bound_values(std::string_view bound, std::string_view word) {
  const std::size_t place = bound.find(word);
  if (place == std::string_view::npos) return {};
  std::vector<std::string_view> values;
  std::size_t start = place + word.size();
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = start; i < bound.size(); ++i) {
    const char c = bound[i];
    if (c == '\'') quoted = !quoted;
    if (quoted) continue;
    if (c == '(') ++depth;
    if (depth == 0 && (c == ',' || c == ')')) {
      const std::size_t first = bound.find_first_not_of(' ', start);
      values.push_back(bound.substr(first, i - first));
      start = i + 1;
      if (c == ')') break;
    }
    if (c == ')') --depth;
  }
  return values;
}

namespace {

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Dates and times of one form are in the order of their texts.
bool is_time(std::string_view text) {
  return text.size() > 2 && text.front() == '\'' &&
         text.find_first_not_of("0123456789-: '") == std::string_view::npos &&
         text.find('-', 2) != std::string_view::npos;
}

// Unordered where the texts do not tell.
std::partial_ordering order_of(std::string_view a, std::string_view b) {
  if (a == b) return std::partial_ordering::equivalent;
  if (a == "MINVALUE" || b == "MAXVALUE") return std::partial_ordering::less;
  if (a == "MAXVALUE" || b == "MINVALUE") return std::partial_ordering::greater;
  const auto x = number(a);
  const auto y = number(b);
  if (x && y) return *x <=> *y;
  if (is_time(a) && is_time(b) && a.size() == b.size()) return a <=> b;
  return std::partial_ordering::unordered;
}

// Whether the end of one range is not behind the start of the other.
bool ends_before(std::string_view a, std::string_view b) {
  const auto end = bound_values(a, "TO (");
  const auto start = bound_values(b, "FROM (");
  for (std::size_t i = 0; i < std::min(end.size(), start.size()); ++i) {
    const auto order = order_of(end[i], start[i]);
    if (order != std::partial_ordering::equivalent) return order == std::partial_ordering::less;
  }
  return !end.empty();
}

// Remainders are apart when no number has both (partbounds.c, check_new_partition_bound).
bool remainders_are_apart(std::string_view a, std::string_view b) {
  const auto numbers = [](std::string_view bound) {
    std::pair<long, long> result{1, 0};
    for (std::string_view value : bound_values(bound, "WITH (")) {
      const std::size_t space = value.rfind(' ');
      const auto found = number(value.substr(space + 1));
      if (!found) return std::pair<long, long>{1, 0};
      (value.starts_with('m') ? result.first : result.second) = static_cast<long>(*found);
    }
    return result;
  };
  const auto [modulus, remainder] = numbers(a);
  const auto [other_modulus, other_remainder] = numbers(b);
  return (remainder - other_remainder) % std::gcd(modulus, other_modulus) != 0;
}

}  // namespace

bool bounds_are_apart(std::string_view a, std::string_view b) {
  if (a == "DEFAULT" || b == "DEFAULT") return a != b;
  if (a.find("WITH (") != std::string_view::npos) return remainders_are_apart(a, b);
  const auto values = bound_values(a, "IN (");
  if (values.empty()) return ends_before(a, b) || ends_before(b, a);
  const auto others = bound_values(b, "IN (");
  return std::none_of(values.begin(), values.end(), [&](std::string_view value) {
    return std::find(others.begin(), others.end(), value) != others.end();
  });
}

}  // namespace schemadiff::engine
