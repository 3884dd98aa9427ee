#include "engine/misfits.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "engine/lower/column_type.h"

namespace schemadiff::engine {

using schema::TypeName;

namespace {

struct Range {
  std::string_view type, low, high;
};

constexpr std::array<Range, 3> kIntegers{
    {{"smallint", "-32768", "32767"},
     {"integer", "-2147483648", "2147483647"},
     {"bigint", "-9223372036854775808", "9223372036854775807"}}};

const Range* range_of(std::string_view type) {
  for (const Range& range : kIntegers)
    if (range.type == type) return &range;
  return nullptr;
}

// "numeric" and 10, 2 of "numeric(10,2)"; -1 where nothing is said.
struct Modified {
  std::string_view base;
  int first = -1, second = -1;
};

Modified modified(std::string_view type) {
  Modified result{type.substr(0, type.find('('))};
  if (result.base.size() == type.size()) return result;
  const char* end = type.data() + type.size();
  const auto first = std::from_chars(type.data() + result.base.size() + 1, end, result.first);
  if (first.ec == std::errc{} && *first.ptr == ',')
    std::from_chars(first.ptr + 1, end, result.second);
  return result;
}

bool is_number(std::string_view base) {
  return range_of(base) || base == "numeric" || base == "real" || base == "double precision";
}

bool is_text(std::string_view base) {
  return base == "text" || base == "character varying" || base == "character";
}

}  // namespace

std::string misfits(const std::string& column, const TypeName& before, const TypeName& after) {
  if (before.sql.find('[') != std::string::npos ||
      classify_retype(before, after) != Retype::Narrowing)
    return {};
  const Modified old_type = modified(before.sql), new_type = modified(after.sql);
  const std::string number = column + "::pg_catalog.numeric";
  if (const Range* range = range_of(new_type.base)) {
    const std::string outside =
        fmt::format("{} NOT BETWEEN {} AND {}", number, range->low, range->high);
    if (is_text(old_type.base))
      return fmt::format(R"(CASE WHEN {} ~ '^\s*[-+]?\d+\s*$' THEN {} ELSE {} IS NOT NULL END)",
                         column, outside, column);
    if (!is_number(old_type.base)) return {};
    return range_of(old_type.base)
               ? outside
               : fmt::format("({} OR {} <> pg_catalog.round({}))", outside, number, number);
  }
  if (new_type.base == "numeric" && new_type.first >= 0 && is_number(old_type.base)) {
    const int scale = std::max(new_type.second, 0);
    const std::string rounded = fmt::format("pg_catalog.round({}, {})", number, scale);
    return fmt::format("{0} <> 'NaN' AND ({0} <> {1} OR pg_catalog.abs({1}) >= 1e{2})", number,
                       rounded, new_type.first - scale);
  }
  if (is_text(new_type.base) && new_type.first >= 0 && is_text(old_type.base))
    return fmt::format("pg_catalog.rtrim(pg_catalog.substr({}::pg_catalog.text, {}), ' ') <> ''",
                       column, new_type.first + 1);
  return {};
}

}  // namespace schemadiff::engine
