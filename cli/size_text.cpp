#include "cli/size_text.h"

#include <charconv>
#include <utility>

namespace schemadiff::cli {

std::optional<std::int64_t> bytes_of(std::string_view text) {
  double count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  constexpr std::pair<std::string_view, double> kUnits[] = {
      {"B", 1}, {"KiB", 0x1p10}, {"MiB", 0x1p20}, {"GiB", 0x1p30}, {"TiB", 0x1p40}};
  for (const auto& [name, size] : kUnits)
    if (error == std::errc{} && count >= 0 && unit == name)
      return static_cast<std::int64_t>(count * size);
  return std::nullopt;
}

}  // namespace schemadiff::cli
