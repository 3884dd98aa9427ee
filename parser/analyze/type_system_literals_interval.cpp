// The output form of interval literals with IntervalStyle postgres (datetime.c, DecodeInterval,
// DecodeISO8601Interval, EncodeInterval).
#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "parser/analyze/literal_forms.h"
#include "parser/interval_fields.h"

namespace schemadiff::parser {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kHour = 3600 * kSecond;

namespace fields = interval_mask;
using fields::kFullRange;

enum class Unit : std::uint8_t { Months, Weeks, Days, Time };

// `factor` is months for Months, microseconds for Time.
struct UnitName {
  std::string_view name;
  Unit unit;
  std::int64_t factor;
  int field;  // of which one literal may have one only
};

constexpr UnitName kUnits[] = {
    {"microsecond", Unit::Time, 1, 14},
    {"us", Unit::Time, 1, 14},
    {"usec", Unit::Time, 1, 14},
    {"microsecon", Unit::Time, 1, 14},
    {"millisecond", Unit::Time, 1000, 13},
    {"ms", Unit::Time, 1000, 13},
    {"msec", Unit::Time, 1000, 13},
    {"s", Unit::Time, kSecond, 12},
    {"sec", Unit::Time, kSecond, 12},
    {"second", Unit::Time, kSecond, 12},
    {"m", Unit::Time, 60 * kSecond, 11},
    {"min", Unit::Time, 60 * kSecond, 11},
    {"minute", Unit::Time, 60 * kSecond, 11},
    {"h", Unit::Time, kHour, 10},
    {"hr", Unit::Time, kHour, 10},
    {"hour", Unit::Time, kHour, 10},
    {"d", Unit::Days, 1, 3},
    {"day", Unit::Days, 1, 3},
    {"w", Unit::Weeks, 7, 5},
    {"week", Unit::Weeks, 7, 5},
    {"mon", Unit::Months, 1, 1},
    {"month", Unit::Months, 1, 1},
    {"y", Unit::Months, 12, 2},
    {"yr", Unit::Months, 12, 2},
    {"year", Unit::Months, 12, 2},
    {"decade", Unit::Months, 120, 6},
    {"dec", Unit::Months, 120, 6},
    {"century", Unit::Months, 1200, 7},
    {"centurie", Unit::Months, 1200, 7},
    {"c", Unit::Months, 1200, 7},
    {"cent", Unit::Months, 1200, 7},
    {"millennia", Unit::Months, 12000, 8},
    {"millennium", Unit::Months, 12000, 8},
    {"mil", Unit::Months, 12000, 8},
};

const UnitName* find_unit(std::string_view word) {
  for (bool plural : {false, true}) {
    if (plural && (word.size() < 3 || word.back() != 's')) break;
    std::string_view singular = plural ? word.substr(0, word.size() - 1) : word;
    for (const UnitName& unit : kUnits) {
      if (unit.name == singular) return &unit;
    }
  }
  return nullptr;
}

struct Interval {
  std::int64_t months = 0, days = 0, time = 0;

  // value + fraction of a unit; what is left of months and weeks goes to days, of days to the time.
  void add(const UnitName& unit, std::int64_t value, double fraction) {
    switch (unit.unit) {
      case Unit::Months:
        months += value * unit.factor;
        if (unit.factor > 1) {
          months += std::llrint(fraction * static_cast<double>(unit.factor));
        } else {
          add_days(fraction * 30);
        }
        break;
      case Unit::Weeks:
        days += value * 7;
        add_days(fraction * 7);
        break;
      case Unit::Days:
        days += value;
        time += std::llrint(fraction * 24 * static_cast<double>(kHour));
        break;
      case Unit::Time:
        time += value * unit.factor + std::llrint(fraction * static_cast<double>(unit.factor));
        break;
    }
  }

  bool fits() const {
    return months == static_cast<std::int32_t>(months) && days == static_cast<std::int32_t>(days);
  }

 private:
  void add_days(double count) {
    double whole = std::trunc(count);
    days += static_cast<std::int64_t>(whole);
    time += std::llrint((count - whole) * 24 * static_cast<double>(kHour));
  }
};

class Reader {
 public:
  Reader(std::string_view text, int range)
      : iso_(trim_space(text).starts_with('P')),
        text_(lower_ascii(trim_space(text))),
        rest_(text_),
        range_(range) {}

  std::optional<Interval> read() {
    bool good = !rest_.empty() && (iso_ ? iso() : traditional());
    return good && interval_.fits() ? std::optional<Interval>(interval_) : std::nullopt;
  }

 private:
  struct Number {
    bool negative = false;
    std::int64_t value = 0;  // with its sign
    double fraction = 0;     // likewise
    bool has_fraction = false;
  };

  void skip() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n,"), rest_.size())); }

  bool read_number(Number& number) {
    constexpr std::size_t kMaxDigits = 15;
    if (!rest_.empty() && (rest_.front() == '-' || rest_.front() == '+')) {
      number.negative = rest_.front() == '-';
      rest_.remove_prefix(1);
    }
    std::size_t n = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    if (n > kMaxDigits) return false;
    std::from_chars(rest_.data(), rest_.data() + n, number.value);
    rest_.remove_prefix(n);
    if (!rest_.empty() && rest_.front() == '.') {
      std::size_t end = std::min(rest_.find_first_not_of("0123456789", 1), rest_.size());
      if (end > 1) std::from_chars(rest_.data(), rest_.data() + end, number.fraction);
      number.has_fraction = true;
      if (n == 0 && end == 1) return false;
      n = end;
      rest_.remove_prefix(end);
    }
    if (number.negative) {
      number.value = -number.value;
      number.fraction = -number.fraction;
    }
    return n > 0;
  }

  std::string_view word() {
    std::size_t n = 0;
    while (n < rest_.size() && rest_[n] >= 'a' && rest_[n] <= 'z') ++n;
    std::string_view result = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return result;
  }

  bool add(std::string_view name, const Number& number) {
    const UnitName* unit = find_unit(name);
    if (!unit || (fields_ & (1 << unit->field)) || too_large(number.value, unit->factor)) {
      return false;
    }
    fields_ |= 1 << unit->field;
    interval_.add(*unit, number.value, number.fraction);
    return true;
  }

  // The sum of all fields stays within 64 bits.
  static bool too_large(std::int64_t value, std::int64_t factor) {
    constexpr double kLimit = 1e17;
    return std::abs(static_cast<double>(value)) * static_cast<double>(factor) > kLimit;
  }

  // PnYnMnWnDTnHnMnS
  bool iso() {
    rest_.remove_prefix(1);
    bool in_time = false, any = false;
    while (!rest_.empty()) {
      if (rest_.front() == 't' && !in_time) {
        in_time = true;
        rest_.remove_prefix(1);
        continue;
      }
      Number number;
      if (!read_number(number) || rest_.empty()) return false;
      char unit = rest_.front();
      rest_.remove_prefix(1);
      std::string_view name;
      if (in_time) {
        name = unit == 'h' ? "hour" : unit == 'm' ? "minute" : unit == 's' ? "second" : "";
      } else {
        name = unit == 'y'   ? "year"
               : unit == 'm' ? "month"
               : unit == 'w' ? "week"
               : unit == 'd' ? "day"
                             : "";
      }
      if (!add(name, number)) return false;
      any = true;
    }
    return any;
  }

  // "1 day 2 hours", "1-2", "1 02:03:04", "@ 1 minute ago"
  bool traditional() {
    if (rest_.front() == '@') rest_.remove_prefix(1);
    skip();
    bool any = false;
    while (!rest_.empty()) {
      if (rest_ == "ago" && any) {
        interval_ = {-interval_.months, -interval_.days, -interval_.time};
        return true;
      }
      Number number;
      if (!read_number(number)) return false;
      if (!rest_.empty() && rest_.front() == ':') {
        if (!clock(number)) return false;
      } else if (!rest_.empty() && rest_.front() == '-') {
        if (!year_month(number)) return false;
      } else if (!measured(number)) {
        return false;
      }
      any = true;
      skip();
    }
    return any;
  }

  bool measured(const Number& number) {
    skip();
    if (rest_ == "ago" || rest_.empty()) return add(default_unit(), number);
    std::string_view name = word();
    if (!name.empty()) return add(name, number);
    // A number before hh:mm:ss is days.
    return rest_.find(':') != std::string_view::npos && add("day", number);
  }

  std::string_view default_unit() const {
    if (range_ == fields::kYear) return "year";
    if (range_ == fields::kMonth || range_ == (fields::kYear | fields::kMonth)) return "month";
    if (range_ == fields::kDay) return "day";
    if (range_ == fields::kHour || range_ == (fields::kDay | fields::kHour)) return "hour";
    if (range_ & fields::kSecond || !(range_ & fields::kMinute)) return "second";
    return "minute";
  }

  // hh:mm[:ss[.f]]; with a fraction after two parts, or MINUTE TO SECOND, the parts are other ones.
  bool clock(const Number& hours) {
    if (hours.has_fraction || (fields_ & (1 << 10)) || too_large(hours.value, kHour)) return false;
    fields_ |= 1 << 10 | 1 << 11 | 1 << 12;
    Number minutes, seconds;
    rest_.remove_prefix(1);
    if (!read_unsigned(minutes) || minutes.has_fraction || minutes.value > 59) return false;
    if (!rest_.empty() && rest_.front() == ':') {
      rest_.remove_prefix(1);
      if (!read_unsigned(seconds) || seconds.value > 60) return false;
    } else if (range_ == (fields::kMinute | fields::kSecond)) {
      return false;
    }
    std::int64_t size = (hours.negative ? -hours.value : hours.value) * kHour +
                        minutes.value * 60 * kSecond + seconds.value * kSecond +
                        std::llrint(seconds.fraction * static_cast<double>(kSecond));
    interval_.time += hours.negative ? -size : size;
    return true;
  }

  bool read_unsigned(Number& number) {
    return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9' && read_number(number);
  }

  bool year_month(const Number& years) {
    if (years.has_fraction || fields_ != 0) return false;
    Number months;
    rest_.remove_prefix(1);
    if (!read_unsigned(months) || months.has_fraction || months.value > 11) return false;
    fields_ |= 1 << 1 | 1 << 2;
    interval_.months += years.value * 12 + (years.negative ? -months.value : months.value);
    return true;
  }

  bool iso_;
  std::string text_;
  std::string_view rest_;
  int range_;
  int fields_ = 0;  // units that were met
  Interval interval_;
};

// AdjustIntervalForTypmod
void adjust(Interval& interval, std::int32_t typmod) {
  int range = (typmod >> 16) & kFullRange, precision = typmod & 0xFFFF;
  if (range != kFullRange) {
    if (range == fields::kYear) interval.months = interval.months / 12 * 12;
    if (range == fields::kYear || range == fields::kMonth ||
        range == (fields::kYear | fields::kMonth)) {
      interval.days = 0;
      interval.time = 0;
    } else if (range == fields::kDay) {
      interval.time = 0;
    } else if (!(range & fields::kSecond)) {
      std::int64_t scale = range & fields::kMinute ? 60 * kSecond : kHour;
      interval.time = interval.time / scale * scale;
    }
  }
  if (precision > 5) return;
  std::int64_t scale = kSecond;
  for (int i = 0; i < precision; ++i) scale /= 10;
  std::int64_t half = interval.time >= 0 ? scale / 2 : -(scale / 2);
  interval.time = (interval.time + half) / scale * scale;
}

std::string padded(std::int64_t value, std::size_t width) {
  std::string text = std::to_string(value);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

std::string text_of(const Interval& interval) {
  std::string text;
  bool before = false;  // the last part was negative, so that a positive one says its sign
  auto part = [&](std::int64_t value, std::string_view unit) {
    if (value == 0) return;
    if (!text.empty()) text += ' ';
    if (before && value > 0) text += '+';
    text += std::to_string(value);
    text += ' ';
    text += unit;
    if (value != 1) text += 's';
    before = value < 0;
  };
  part(interval.months / 12, "year");
  part(interval.months % 12, "mon");
  part(interval.days, "day");
  if (!text.empty() && interval.time == 0) return text;
  std::int64_t size = interval.time < 0 ? -interval.time : interval.time;
  if (!text.empty()) text += ' ';
  if (interval.time < 0) {
    text += '-';
  } else if (before) {
    text += '+';
  }
  text += padded(size / kHour, 2) + ":" + padded(size / (60 * kSecond) % 60, 2) + ":" +
          padded(size / kSecond % 60, 2);
  if (size % kSecond != 0) {
    text += "." + padded(size % kSecond, 6);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text;
}

}  // namespace

StoredForm interval_form(std::string_view text, std::int32_t typmod) {
  int range = typmod >= 0 ? (typmod >> 16) & kFullRange : kFullRange;
  std::optional<Interval> interval = Reader(text, range).read();
  if (!interval) return std::nullopt;
  if (typmod >= 0) adjust(*interval, typmod);
  return text_of(*interval);
}

}  // namespace schemadiff::parser
