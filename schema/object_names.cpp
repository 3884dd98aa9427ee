// Follows makeObjectName, ChooseIndexNameAddition and ChooseIndexColumnNames.
#include "schema/object_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace schemadiff::schema {
namespace {

constexpr std::size_t kNameBytes = 63;

std::size_t clip(std::string_view name, std::size_t limit) {
  if (name.size() <= limit) return name.size();
  while (limit > 0 && (static_cast<unsigned char>(name[limit]) & 0xC0) == 0x80) --limit;
  return limit;
}

}  // namespace

std::string truncate_name(std::string_view name) {
  return std::string(name.substr(0, clip(name, kNameBytes)));
}

std::string distinct_name(std::string name) {
  if (name.size() <= kNameBytes) return name;
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  const std::string suffix = fmt::format("_{:08x}", static_cast<std::uint32_t>(hash));
  return name.substr(0, clip(name, kNameBytes - suffix.size())) + suffix;
}

std::string make_object_name(std::string_view name1, std::string_view name2,
                             std::string_view label) {
  std::size_t overhead = 0;
  if (!name2.empty()) ++overhead;
  if (!label.empty()) overhead += label.size() + 1;
  const std::size_t available = kNameBytes - std::min(kNameBytes, overhead);
  std::size_t bytes1 = name1.size(), bytes2 = name2.size();
  while (bytes1 + bytes2 > available) --(bytes1 > bytes2 ? bytes1 : bytes2);
  std::string name(name1.substr(0, clip(name1, bytes1)));
  if (!name2.empty()) {
    name += '_';
    name += name2.substr(0, clip(name2, bytes2));
  }
  if (!label.empty()) {
    name += '_';
    name += label;
  }
  return name;
}

std::string join_names(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) {
    if (!joined.empty()) joined += '_';
    joined += name;
    if (joined.size() > kNameBytes) break;
  }
  return joined;
}

std::vector<std::string> unique_column_names(const std::vector<std::string>& names) {
  std::vector<std::string> unique;
  for (const std::string& name : names) {
    std::string candidate = name;
    for (int i = 1; std::find(unique.begin(), unique.end(), candidate) != unique.end(); ++i) {
      const std::string number = std::to_string(i);
      candidate = name.substr(0, clip(name, kNameBytes - number.size())) + number;
    }
    unique.push_back(std::move(candidate));
  }
  return unique;
}

}  // namespace schemadiff::schema
