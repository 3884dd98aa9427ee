// Output forms of date, time and timestamp literals with DateStyle ISO. Forms whose meaning depends
// on a setting that is not known (1/2/2020, a time stamp without its zone) or on the clock (today)
// are not decided.
#include <algorithm>
#include <array>

#include "parser/analyze/literal_forms.h"

namespace schemadiff::parser {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Days since 1970-01-01 in the Gregorian calendar; year 0 is 1 BC.
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  std::int64_t year_of_era = year - era * 400;
  std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

struct Civil {
  std::int64_t year = 0;
  int month = 1, day = 1;
};

Civil civil_from_days(std::int64_t days) {
  days += 719468;
  std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  std::int64_t day_of_era = days - era * 146097;
  std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  std::int64_t month = (5 * day_of_year + 2) / 153;
  Civil civil;
  civil.day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
  civil.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  civil.year = year_of_era + era * 400 + (civil.month <= 2 ? 1 : 0);
  return civil;
}

// What a literal says; the time in microseconds.
struct Moment {
  bool has_date = false, has_time = false;
  std::int64_t days = 0;
  std::int64_t time = 0;
  std::optional<int> offset;  // seconds east of UTC
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(lower_ascii(trim_space(text))), rest_(text_) {}

  std::optional<Moment> read() {
    Moment moment;
    std::size_t digits = count_digits();
    bool time_first = (digits == 1 || digits == 2) && rest_.size() > digits && rest_[digits] == ':';
    if (!time_first) {
      if (!date(moment)) return std::nullopt;
      if (rest_.size() > 1 && rest_.front() == 't' && is_digit(rest_[1])) rest_.remove_prefix(1);
    }
    skip();
    if (!rest_.empty() && is_digit(rest_.front()) && !time(moment)) return std::nullopt;
    if (!zone(moment) || !era(moment)) return std::nullopt;
    return rest_.empty() ? std::optional<Moment>(moment) : std::nullopt;
  }

 private:
  void skip() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n"), rest_.size())); }

  std::size_t count_digits() const {
    return std::min(rest_.find_first_not_of("0123456789"), rest_.size());
  }

  bool symbol(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // A number of min to max digits.
  bool number(int& value, std::size_t min, std::size_t max) {
    std::size_t n = count_digits();
    if (n < min || n > max) return false;
    value = 0;
    for (char c : rest_.substr(0, n)) value = value * 10 + (c - '0');
    rest_.remove_prefix(n);
    return true;
  }

  bool month_name(int& month) {
    constexpr std::array<std::string_view, 12> kMonths = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    std::size_t n = 0;
    while (n < rest_.size() && is_letter(rest_[n])) ++n;
    std::string_view word = rest_.substr(0, n);
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
      if (word != kMonths[i] && word != kMonths[i].substr(0, 3)) continue;
      month = static_cast<int>(i) + 1;
      rest_.remove_prefix(n);
      return true;
    }
    return false;
  }

  bool separator() {
    bool any = symbol('-') || symbol('/') || symbol(',');
    std::size_t before = rest_.size();
    skip();
    return any || rest_.size() != before;
  }

  bool date(Moment& moment) {
    int year = 0, month = 0, day = 0;
    if (!ymd(year, month, day) || !valid(year, month, day)) return false;
    year_ = year;
    month_ = month;
    day_ = day;
    moment.has_date = true;
    moment.days = days_from_civil(year, month, day);
    return true;
  }

  bool ymd(int& year, int& month, int& day) {
    std::size_t digits = count_digits();
    if (digits == 8) {
      if (!number(day, 8, 8)) return false;
      year = day / 10000;
      month = day / 100 % 100;
      day %= 100;
      return true;
    }
    if (digits >= 4 && digits <= 5) {
      if (!number(year, 4, 5)) return false;
      char mark = rest_.empty() ? '\0' : rest_.front();
      if (mark != '-' && mark != '/') return false;
      rest_.remove_prefix(1);
      // after a month, three digits are no day of the year (datetime.c, DecodeNumber)
      return (number(month, 1, 2) || month_name(month)) && symbol(mark) && number(day, 1, 3);
    }
    if (digits == 0) {
      return month_name(month) && separator() && number(day, 1, 2) && separator() &&
             number(year, 4, 5);
    }
    return number(day, 1, 2) && separator() && month_name(month) && separator() &&
           number(year, 4, 5);
  }

  static bool valid(int year, int month, int day) {
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return false;
    Civil back = civil_from_days(days_from_civil(year, month, day));
    return back.month == month && back.day == day;
  }

  bool time(Moment& moment) {
    int hour = 0, minute = 0, second = 0;
    if (!number(hour, 1, 2) || !symbol(':') || !number(minute, 1, 2)) return false;
    std::int64_t fraction = 0;
    if (symbol(':')) {
      if (!number(second, 1, 2)) return false;
      if (symbol('.') && !read_fraction(fraction)) return false;
    }
    skip();
    bool pm = rest_.starts_with("pm");
    if (pm || rest_.starts_with("am")) {
      if (hour < 1 || hour > 12) return false;
      hour = hour % 12 + (pm ? 12 : 0);
      rest_.remove_prefix(2);
      skip();
    }
    moment.has_time = true;
    moment.time = ((hour * 60 + minute) * 60 + second) * kSecond + fraction;
    return hour <= 24 && minute < 60 && second <= 60 && moment.time <= kDay;
  }

  bool read_fraction(std::int64_t& fraction) {
    std::size_t n = count_digits();
    std::int64_t scale = kSecond;
    for (std::size_t i = 0; i < n && i < 7; ++i) {
      int digit = rest_[i] - '0';
      if (i == 6) {
        fraction += digit >= 5 ? 1 : 0;
      } else {
        scale /= 10;
        fraction += digit * scale;
      }
    }
    rest_.remove_prefix(n);
    return true;
  }

  // datetime.c, DecodeTimezone
  bool zone(Moment& moment) {
    for (std::string_view word : {"utc", "gmt", "zulu", "z"}) {
      if (!rest_.starts_with(word)) continue;
      rest_.remove_prefix(word.size());
      moment.offset = 0;
      return rest_.empty() || !is_letter(rest_.front());
    }
    if (rest_.empty() || (rest_.front() != '+' && rest_.front() != '-')) return true;
    int sign = rest_.front() == '-' ? -1 : 1;
    rest_.remove_prefix(1);
    int hours = 0, minutes = 0, seconds = 0;
    const bool run_together = count_digits() > 2;
    if (!number(hours, 1, 9)) return false;
    if (symbol(':')) {
      if (!number(minutes, 1, 9)) return false;
      if (symbol(':') && !number(seconds, 1, 9)) return false;
    } else if (run_together) {
      minutes = hours % 100;
      hours /= 100;
    }
    if (hours > 15 || minutes > 59 || seconds > 59) return false;
    moment.offset = sign * ((hours * 60 + minutes) * 60 + seconds);
    return true;
  }

  bool era(Moment& moment) {
    skip();
    bool bc = rest_.starts_with("bc");
    if (!bc && !rest_.starts_with("ad")) return true;
    rest_.remove_prefix(2);
    if (bc) moment.days = days_from_civil(1 - year_, month_, day_);
    return moment.has_date;
  }

  std::string text_;
  std::string_view rest_;
  int year_ = 0, month_ = 0, day_ = 0;
};

std::string padded(std::int64_t value, std::size_t width) {
  std::string text = std::to_string(value);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

std::string date_text(const Civil& civil) {
  std::int64_t year = civil.year > 0 ? civil.year : 1 - civil.year;
  return padded(year, 4) + "-" + padded(civil.month, 2) + "-" + padded(civil.day, 2);
}

std::string time_text(std::int64_t time) {
  std::int64_t seconds = time / kSecond, fraction = time % kSecond;
  std::string text = padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" +
                     padded(seconds % 60, 2);
  if (fraction > 0) {
    text += "." + padded(fraction, 6);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text;
}

std::string timestamp_text(std::int64_t days, std::int64_t time, std::string_view zone) {
  days += time / kDay;
  time %= kDay;
  if (time < 0) {
    time += kDay;
    --days;
  }
  Civil civil = civil_from_days(days);
  std::string text = date_text(civil) + " " + time_text(time);
  text += zone;
  return civil.year > 0 ? text : text + " BC";
}

// infinity, -infinity and epoch; what the clock says is no literal. Numbers after them mean nothing
// where a server takes them (datetime.c, DecodeDateTime).
StoredForm special_form(std::string_view text, std::string_view epoch) {
  std::string word = lower_ascii(trim_space(text));
  word.erase(word.find_last_not_of("0123456789:. \t\n") + 1);
  if (word == "infinity" || word == "-infinity") return word;
  if (word == "epoch") return std::string(epoch);
  return std::nullopt;
}

std::int64_t rounded(std::int64_t time, std::int32_t precision) {
  if (precision < 0 || precision > 5) return time;
  std::int64_t scale = kSecond;
  for (std::int32_t i = 0; i < precision; ++i) scale /= 10;
  return (time + scale / 2) / scale * scale;
}

// Time stamps are rounded by their distance from 2000-01-01, before it towards the past.
std::int64_t rounded_at(std::int64_t days, std::int64_t time, std::int32_t precision) {
  constexpr std::int64_t kEpochDays = 10957;
  std::int64_t base = (days - kEpochDays) * kDay;
  std::int64_t value = base + time;
  return (value >= 0 ? rounded(value, precision) : -rounded(-value, precision)) - base;
}

}  // namespace

StoredForm date_form(std::string_view text) {
  if (StoredForm special = special_form(text, "1970-01-01")) return special;
  std::optional<Moment> moment = Reader(text).read();
  if (!moment || !moment->has_date) return std::nullopt;
  Civil civil = civil_from_days(moment->days);
  return date_text(civil) + (civil.year > 0 ? "" : " BC");
}

StoredForm next_date(std::string_view date) {
  std::optional<Moment> moment = Reader(date).read();
  if (!moment || !moment->has_date) return std::nullopt;
  Civil civil = civil_from_days(moment->days + 1);
  return date_text(civil) + (civil.year > 0 ? "" : " BC");
}

StoredForm time_form(std::string_view text, std::int32_t typmod) {
  if (lower_ascii(trim_space(text)) == "allballs") return "00:00:00";
  std::optional<Moment> moment = Reader(text).read();
  if (!moment || !moment->has_time || moment->has_date) return std::nullopt;
  return time_text(rounded(moment->time, typmod));
}

StoredForm timetz_form(std::string_view text, std::int32_t typmod) {
  std::optional<Moment> moment = Reader(text).read();
  if (!moment || !moment->has_time || moment->has_date || !moment->offset) return std::nullopt;
  int offset = *moment->offset;
  int size = offset < 0 ? -offset : offset;
  std::string zone = (offset < 0 ? "-" : "+") + padded(size / 3600, 2);
  if (size % 3600 != 0) zone += ":" + padded(size / 60 % 60, 2);
  if (size % 60 != 0) zone += ":" + padded(size % 60, 2);
  return time_text(rounded(moment->time, typmod)) + zone;
}

StoredForm timestamp_form(std::string_view text, std::int32_t typmod) {
  if (StoredForm special = special_form(text, "1970-01-01 00:00:00")) return special;
  std::optional<Moment> moment = Reader(text).read();
  if (!moment || !moment->has_date) return std::nullopt;
  return timestamp_text(moment->days, rounded_at(moment->days, moment->time, typmod), "");
}

StoredForm timestamptz_form(std::string_view text, std::int32_t typmod, bool utc) {
  if (StoredForm special = special_form(text, "1970-01-01 00:00:00+00")) return special;
  std::optional<Moment> moment = Reader(text).read();
  if (!moment || !moment->has_date || !(moment->offset || utc)) return std::nullopt;
  std::int64_t time = moment->time - moment->offset.value_or(0) * kSecond;
  return timestamp_text(moment->days, rounded_at(moment->days, time, typmod), "+00");
}

}  // namespace schemadiff::parser
