// The fields that an interval type can be limited to.
#pragma once

#include <cstdint>
#include <string_view>

namespace schemadiff::parser {

// By the mask that the grammar makes of them: 1 << datetime.h's field numbers.
struct IntervalFields {
  std::string_view text;  // "day to hour"
  std::int32_t mask;
};

namespace interval_mask {
constexpr std::int32_t kMonth = 1 << 1, kYear = 1 << 2, kDay = 1 << 3, kHour = 1 << 10,
                       kMinute = 1 << 11, kSecond = 1 << 12, kFullRange = 0x7FFF;
}  // namespace interval_mask

constexpr IntervalFields kIntervalFields[] = {
    {"year", interval_mask::kYear},
    {"month", interval_mask::kMonth},
    {"day", interval_mask::kDay},
    {"hour", interval_mask::kHour},
    {"minute", interval_mask::kMinute},
    {"second", interval_mask::kSecond},
    {"year to month", interval_mask::kYear | interval_mask::kMonth},
    {"day to hour", interval_mask::kDay | interval_mask::kHour},
    {"day to minute", interval_mask::kDay | interval_mask::kHour | interval_mask::kMinute},
    {"day to second",
     interval_mask::kDay | interval_mask::kHour | interval_mask::kMinute | interval_mask::kSecond},
    {"hour to minute", interval_mask::kHour | interval_mask::kMinute},
    {"hour to second", interval_mask::kHour | interval_mask::kMinute | interval_mask::kSecond},
    {"minute to second", interval_mask::kMinute | interval_mask::kSecond},
};

// Their words; empty for all fields and for what is no such mask.
constexpr std::string_view interval_fields(std::int32_t mask) {
  for (const IntervalFields& fields : kIntervalFields)
    if (fields.mask == mask) return fields.text;
  return {};
}

}  // namespace schemadiff::parser
