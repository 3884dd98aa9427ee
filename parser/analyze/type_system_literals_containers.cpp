// Output forms of array, range and multirange literals, whose elements have forms of their own.
#include <algorithm>
#include <vector>

#include "parser/analyze/literal_forms.h"

namespace schemadiff::parser {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

void append_quoted(std::string& to, std::string_view text, bool doubled) {
  to += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') to += doubled ? c : '\\';
    to += c;
  }
  to += '"';
}

// Reads {…} and writes its output form; elements must all stand at one depth (array_in).
class ArrayReader {
 public:
  ArrayReader(const TypeSystem& system, TypeRef element, std::string_view text, SearchPath path)
      : system_(system), element_(element), rest_(trim_space(text)), path_(path) {}

  StoredForm read() {
    std::string form;
    if (rest_.empty() || rest_.front() != '{') return std::nullopt;
    if (trim_space(rest_.substr(1)) == "}") return "{}";
    if (!level(form, 0) || !rest_.empty()) return std::nullopt;
    return form;
  }

 private:
  void skip() {
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
  }

  // One pair of braces; the number of items must be the same in all of a depth.
  bool level(std::string& to, std::size_t depth) {
    constexpr std::size_t kMaxDimensions = 6;
    if (depth >= kMaxDimensions) return false;
    rest_.remove_prefix(1);
    to += '{';
    std::size_t count = 0;
    while (true) {
      skip();
      if (rest_.empty()) return false;
      if (count > 0) to += ',';
      ++count;
      bool nested = rest_.front() == '{';
      if (count == 1 && leaf_depth_ == 0 && !nested) leaf_depth_ = depth + 1;
      if (nested != (leaf_depth_ == 0 || depth + 1 < leaf_depth_)) return false;
      if (!(nested ? level(to, depth + 1) : item(to))) return false;
      skip();
      if (rest_.empty()) return false;
      char c = rest_.front();
      if (c == '}') break;
      if (c != ',') return false;
      rest_.remove_prefix(1);
    }
    rest_.remove_prefix(1);
    to += '}';
    if (sizes_.size() <= depth) sizes_.resize(depth + 1, 0);
    if (sizes_[depth] == 0) sizes_[depth] = count;
    return sizes_[depth] == count;
  }

  bool item(std::string& to) {
    std::string text;
    bool quoted = false;
    if (!raw_item(text, quoted)) return false;
    if (!quoted && text.empty()) return false;
    if (!quoted && lower_ascii(text) == "null") {
      to += "NULL";
      return true;
    }
    StoredForm form = output_form(system_, element_, text, path_);
    if (!form) return false;
    bool special =
        form->empty() || lower_ascii(*form) == "null" ||
        std::any_of(form->begin(), form->end(), [](char c) {
          return is_space(c) || c == '"' || c == '\\' || c == '{' || c == '}' || c == ',';
        });
    if (special) {
      append_quoted(to, *form, false);
    } else {
      to += *form;
    }
    return true;
  }

  bool raw_item(std::string& text, bool& quoted) {
    if (rest_.front() == '"') {
      quoted = true;
      rest_.remove_prefix(1);
      while (!rest_.empty() && rest_.front() != '"') {
        if (rest_.front() == '\\') rest_.remove_prefix(1);
        if (rest_.empty()) return false;
        text += rest_.front();
        rest_.remove_prefix(1);
      }
      if (rest_.empty()) return false;
      rest_.remove_prefix(1);
      return true;
    }
    std::size_t kept = 0;  // the length without trailing white space that is not escaped
    while (!rest_.empty() && rest_.front() != ',' && rest_.front() != '}') {
      char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '"' || c == '{') return false;
      bool escaped = c == '\\';
      if (escaped) {
        if (rest_.empty()) return false;
        c = rest_.front();
        rest_.remove_prefix(1);
        quoted = true;
      }
      text += c;
      if (escaped || !is_space(c)) kept = text.size();
    }
    text.resize(kept);
    return true;
  }

  const TypeSystem& system_;
  TypeRef element_;
  std::string_view rest_;
  SearchPath path_;
  std::size_t leaf_depth_ = 0;      // 0: no element was seen yet
  std::vector<std::size_t> sizes_;  // items per depth
};

struct RangeBounds {
  bool empty = false;
  bool lower_inclusive = false, upper_inclusive = false;
  std::optional<std::string> lower, upper;  // none: infinite
};

// One bound as range_parse_bound reads it; stops before , ) ].
bool read_bound(std::string_view& rest, std::optional<std::string>& bound) {
  if (!rest.empty() && (rest.front() == ',' || rest.front() == ')' || rest.front() == ']')) {
    return true;
  }
  std::string text;
  bool quoted = false;
  while (!rest.empty()) {
    char c = rest.front();
    if (!quoted && (c == ',' || c == ')' || c == ']' || c == '(' || c == '[')) break;
    rest.remove_prefix(1);
    if (c == '\\') {
      if (rest.empty()) return false;
      text += rest.front();
      rest.remove_prefix(1);
    } else if (c == '"') {
      if (quoted && !rest.empty() && rest.front() == '"') {
        text += '"';
        rest.remove_prefix(1);
      } else {
        quoted = !quoted;
      }
    } else {
      text += c;
    }
  }
  bound = std::move(text);
  return !rest.empty();
}

std::optional<RangeBounds> read_range(std::string_view& rest) {
  RangeBounds range;
  rest = trim_space(rest);
  if (lower_ascii(rest.substr(0, 5)) == "empty") {
    rest.remove_prefix(5);
    range.empty = true;
    return range;
  }
  if (rest.empty() || (rest.front() != '[' && rest.front() != '(')) return std::nullopt;
  range.lower_inclusive = rest.front() == '[';
  rest.remove_prefix(1);
  if (!read_bound(rest, range.lower) || rest.empty() || rest.front() != ',') return std::nullopt;
  rest.remove_prefix(1);
  if (!read_bound(rest, range.upper)) return std::nullopt;
  if (rest.empty() || (rest.front() != ')' && rest.front() != ']')) return std::nullopt;
  range.upper_inclusive = rest.front() == ']';
  rest.remove_prefix(1);
  return range;
}

bool is_discrete(TypeId subtype) {
  return subtype == types::kInt4 || subtype == types::kInt8 || subtype == types::kDate;
}

// The next value of a discrete type.
StoredForm successor(TypeId subtype, const std::string& value) {
  if (subtype == types::kDate) return next_date(value);
  std::int64_t max = subtype == types::kInt4 ? INT32_MAX : INT64_MAX;
  std::optional<std::int64_t> number = read_integer(value, INT64_MIN, max - 1);
  return number ? StoredForm(std::to_string(*number + 1)) : std::nullopt;
}

// Bounds in output form, discrete ranges as [a,b), empty ranges found. False: not valid or not
// decided.
bool normalize(const TypeSystem& system, TypeId subtype, bool discrete, RangeBounds& range,
               SearchPath path) {
  for (std::optional<std::string>* bound : {&range.lower, &range.upper}) {
    if (!*bound) continue;
    *bound = output_form(system, {subtype, -1}, **bound, path);
    if (!*bound) return false;
  }
  if (!range.lower) range.lower_inclusive = false;
  if (!range.upper) range.upper_inclusive = false;
  if (range.empty) return true;
  if (range.lower && range.upper) {
    std::optional<bool> wrong = less_literal(system.base(subtype), *range.upper, *range.lower);
    if (!wrong || *wrong) return false;
  }
  bool infinite_date = false;
  for (const auto* bound : {&range.lower, &range.upper}) {
    infinite_date = infinite_date || (*bound && bound->value().ends_with("infinity"));
  }
  if (infinite_date) return false;
  if (discrete && range.lower && !range.lower_inclusive) {
    range.lower = successor(subtype, *range.lower);
    range.lower_inclusive = true;
    if (!range.lower) return false;
  }
  if (discrete && range.upper && range.upper_inclusive) {
    range.upper = successor(subtype, *range.upper);
    range.upper_inclusive = false;
    if (!range.upper) return false;
  }
  if (range.lower && range.upper && !(range.lower_inclusive && range.upper_inclusive)) {
    std::optional<bool> less = less_literal(system.base(subtype), *range.lower, *range.upper);
    if (!less) return false;
    range.empty = !*less;
  }
  return true;
}

void append_bound(std::string& to, const std::optional<std::string>& bound) {
  if (!bound) return;
  bool special =
      bound->empty() || std::any_of(bound->begin(), bound->end(), [](char c) {
        return is_space(c) || std::string_view("\"\\()[],").find(c) != std::string_view::npos;
      });
  if (special) {
    append_quoted(to, *bound, true);
  } else {
    to += *bound;
  }
}

std::string text_of(const RangeBounds& range) {
  if (range.empty) return "empty";
  std::string text(1, range.lower_inclusive ? '[' : '(');
  append_bound(text, range.lower);
  text += ',';
  append_bound(text, range.upper);
  text += range.upper_inclusive ? ']' : ')';
  return text;
}

// How a range type treats its bounds; nullopt: by a function of its own.
std::optional<bool> discreteness(const TypeInfo& range) {
  if (!range.object) return is_discrete(range.subtype);
  const auto& declared = static_cast<const schema::Range&>(*range.object);
  return declared.canonical.empty() ? std::optional<bool>(false) : std::nullopt;
}

}  // namespace

StoredForm array_form(const TypeSystem& system, TypeRef type, std::string_view text,
                      SearchPath path) {
  TypeRef element{system.info(type.id).element, type.typmod};
  return ArrayReader(system, element, text, path).read();
}

StoredForm range_form(const TypeSystem& system, TypeId type, std::string_view text,
                      SearchPath path) {
  const TypeInfo& info = system.info(type);
  std::optional<bool> discrete = discreteness(info);
  std::optional<RangeBounds> range = read_range(text);
  if (!discrete || !range || !trim_space(text).empty()) return std::nullopt;
  if (!normalize(system, info.subtype, *discrete, *range, path)) return std::nullopt;
  return text_of(*range);
}

StoredForm multirange_form(const TypeSystem& system, TypeId type, std::string_view text,
                           SearchPath path) {
  const TypeInfo& info = system.info(system.info(type).subtype);
  std::optional<bool> discrete = discreteness(info);
  text = trim_space(text);
  if (!discrete || text.size() < 2 || text.front() != '{' || text.back() != '}') {
    return std::nullopt;
  }
  text = text.substr(1, text.size() - 2);
  std::string form = "{";
  std::optional<std::string> end;  // the upper bound so far
  while (!trim_space(text).empty()) {
    std::optional<RangeBounds> range = read_range(text);
    if (!range || !normalize(system, info.subtype, *discrete, *range, path)) return std::nullopt;
    text = trim_space(text);
    if (!text.empty() && text.front() != ',') return std::nullopt;
    if (!text.empty()) {
      text = trim_space(text.substr(1));
      if (text.empty()) return std::nullopt;
    }
    if (range->empty) continue;
    // Ranges that would have to be sorted or joined are left to the server.
    if (form.size() > 1) {
      if (!end || !range->lower) return std::nullopt;
      std::optional<bool> apart = less_literal(system.base(info.subtype), *end, *range->lower);
      if (!apart || !*apart) return std::nullopt;
      form += ',';
    }
    form += text_of(*range);
    end = range->upper;
  }
  return form + "}";
}

}  // namespace schemadiff::parser
