#include "schema/facts.h"

#include <fmt/format.h>

namespace schemadiff::schema {
namespace {

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

std::string bytes_in_words(std::int64_t bytes) {
  constexpr std::string_view kUnits[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1024 && unit + 1 < std::size(kUnits); ++unit) value /= 1024;
  return fmt::format("{:.{}f} {}", value, unit == 0 || value >= 10 ? 0 : 1, kUnits[unit]);
}

}  // namespace

const TableFacts* Facts::find(const QualifiedName& table) const {
  const auto found = tables.find(table);
  if (found != tables.end()) return &found->second;
  return others ? &*others : nullptr;
}

std::string in_words(const TableFacts& facts) {
  std::string text;
  if (facts.rows) text = "about " + grouped(static_cast<std::int64_t>(*facts.rows)) + " rows";
  if (facts.bytes) text += (text.empty() ? "" : ", ") + bytes_in_words(*facts.bytes);
  return text;
}

}  // namespace schemadiff::schema
