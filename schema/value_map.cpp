#include "schema/value_map.h"

#include <algorithm>

namespace schemadiff::schema {

namespace {

constexpr std::string_view kBlank = " \t";

void skip_blank(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
}

std::optional<std::string> quoted_value(std::string_view& text) {
  std::string value;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] != '\'') {
      value += text[at];
    } else if (at + 1 < text.size() && text[at + 1] == '\'') {
      value += text[at++];
    } else {
      text.remove_prefix(at + 1);
      return value;
    }
  }
  return std::nullopt;
}

// The value at the beginning, which is taken off.
std::optional<std::string> take_value(std::string_view& text) {
  skip_blank(text);
  if (text.starts_with('\'')) return quoted_value(text);
  std::string_view value = text.substr(0, text.find_first_of(":,'"));
  text.remove_prefix(value.size());
  value = value.substr(0, value.find_last_not_of(kBlank) + 1);
  if (value.empty()) return std::nullopt;
  return std::string(value);
}

std::string show_value(std::string_view value) {
  const bool plain = !value.empty() && value.find_first_of(":,'") == std::string_view::npos &&
                     kBlank.find(value.front()) == std::string_view::npos &&
                     kBlank.find(value.back()) == std::string_view::npos;
  if (plain) return std::string(value);
  std::string text = "'";
  for (const char c : value) text.append(c == '\'' ? 2 : 1, c);
  return text + '\'';
}

}  // namespace

std::optional<ValueMap> read_value_map(std::string_view text) {
  ValueMap map;
  for (;;) {
    std::optional<std::string> before = take_value(text);
    skip_blank(text);
    if (!before || !text.starts_with(':')) return std::nullopt;
    text.remove_prefix(1);
    std::optional<std::string> after = take_value(text);
    skip_blank(text);
    if (!after || std::any_of(map.begin(), map.end(),
                              [&](const auto& pair) { return pair.first == *before; }))
      return std::nullopt;
    map.emplace_back(std::move(*before), std::move(*after));
    if (text.empty()) return map;
    if (!text.starts_with(',')) return std::nullopt;
    text.remove_prefix(1);
  }
}

std::string show_value_pair(std::string_view before, std::string_view after) {
  return show_value(before) + ':' + show_value(after);
}

}  // namespace schemadiff::schema
