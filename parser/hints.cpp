#include "parser/hints.h"

#include <algorithm>
#include <array>

#include "parser/raw_statements.h"
#include "parser/split.h"
#include "schema/error.h"
#include "schema/value_map.h"

namespace schemadiff::parser {
namespace {

using schema::ObjectId;
using schema::Span;

constexpr std::string_view kMark = "schemadiff:";

struct Key {
  std::string_view name, value, example;
};
constexpr std::array<Key, 6> kKeys{{{"backfill", "EXPRESSION", "lower(email)"},
                                    {"lookup_of", "COLUMN", "state"},
                                    {"map", "OLD:NEW", "lost:returned, sent:shipped"},
                                    {"rename_value", "OLD:NEW", "sent:shipped"},
                                    {"renamed_from", "NAME", "login"},
                                    {"repartition", "online", "online"}}};

const Key* find_key(std::string_view name) {
  const auto found =
      std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& key) { return key.name == name; });
  return found == kKeys.end() ? nullptr : &*found;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

// What can have a hint, where it begins.
struct Target {
  std::uint32_t line, column;
  ObjectId id;
};

// Constraints and sequences are part of the column or table that they are written beside, which is
// what is meant where both begin on a line.
int rank(const Target& target) {
  switch (target.id.kind) {
    case schema::Kind::Constraint:
    case schema::Kind::Sequence:
      return 2;
    case schema::Kind::Column:
      return 1;
    default:
      return 0;
  }
}

std::vector<Target> targets_in(std::uint32_t file, const schema::Catalog& catalog) {
  std::vector<Target> targets;
  const auto add = [&](const Span& span, const ObjectId& id) {
    if (span.line != 0 && span.file == file) targets.push_back({span.line, span.column, id});
  };
  catalog.for_each([&](const auto& object) { add(object.span, object.id); });
  for (const auto& [id, table] : catalog.tables)
    for (const schema::Column& column : table.columns)
      add(column.span, {schema::Kind::Column, id.schema, id.name, column.name, {}});
  std::sort(targets.begin(), targets.end(), [&](const Target& a, const Target& b) {
    return std::tuple(a.line, a.column, rank(a), a.id) <
           std::tuple(b.line, b.column, rank(b), b.id);
  });
  const auto same_place = [](const Target& a, const Target& b) {
    return a.line == b.line && a.column == b.column;
  };
  targets.erase(std::unique(targets.begin(), targets.end(), same_place), targets.end());
  return targets;
}

[[noreturn]] void fail(std::string_view text, const Span& span, const schema::Catalog& catalog,
                       std::size_t line_begin, std::string message, std::string hint) {
  Error error(std::move(message), std::move(hint));
  error.file = catalog.files[span.file];
  error.line = span.line;
  error.column = span.column;
  error.source_line =
      std::string(text.substr(line_begin, text.find('\n', line_begin) - line_begin));
  throw error;
}

// Where comments begin with the mark, outside of quotes: the places of their dashes.
std::vector<std::size_t> marked_comments(std::string_view text) {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = skip_blank(text, at);
    for (std::size_t mark = text.find(kMark, at); mark < next; mark = text.find(kMark, mark + 1)) {
      const std::size_t dashes = text.substr(0, mark).find_last_not_of(" \t");
      if (dashes != std::string_view::npos && dashes > 0 && text[dashes] == '-' &&
          text[dashes - 1] == '-')
        found.push_back(dashes - 1);
    }
    if (next >= text.size()) break;
    at = text[next] == '(' ? next + 1 : std::max(skip_element(text, next), next + 1);
  }
  return found;
}

// "a=X, b=Y and c=Z"
std::string all_hints() {
  std::string text;
  for (const Key& key : kKeys)
    text += (text.empty()            ? ""
             : &key == &kKeys.back() ? " and "
                                     : ", ") +
            std::string(key.name) + '=' + std::string(key.value);
  return text;
}

bool is_expression(std::string_view text) {
  const std::string select = "SELECT (" + std::string(text) + ")";
  const std::size_t open = select.find('(');
  const std::vector<Piece> pieces = split(select);
  if (pieces.size() != 1 || skip_element(select, open) != select.size()) return false;
  try {
    parse_raw("hint", select, pieces, 0, 1, [](const RawStatement&) {});
  } catch (const Error&) {
    return false;
  }
  return true;
}

}  // namespace

std::vector<std::string> hint_keys() {
  std::vector<std::string> names;
  for (const Key& key : kKeys) names.emplace_back(key.name);
  return names;
}

std::string hint_example(std::string_view key) { return std::string(find_key(key)->example); }

std::string wrong_hint(std::string_view key, std::string_view value) {
  const std::string subject = "the value of the hint " + std::string(key);
  if (key == "backfill" && !is_expression(value)) return subject + " is no expression";
  if (key == "repartition" && value != "online") return subject + " is not \"online\"";
  const bool is_map = key == "map" || key == "rename_value";
  if (is_map && !schema::read_value_map(value)) return subject + " is no list of OLD:NEW";
  return {};
}

void collect_hints(std::string_view text, std::uint32_t file, schema::Catalog& catalog) {
  if (text.find(kMark) == std::string_view::npos) return;
  const std::vector<Target> targets = targets_in(file, catalog);
  std::size_t counted = 0;
  Span place{file, 1, 1};
  for (const std::size_t comment : marked_comments(text)) {
    place.line += static_cast<std::uint32_t>(
        std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                   text.begin() + static_cast<std::ptrdiff_t>(comment), '\n'));
    counted = comment;
    const std::size_t newline = text.rfind('\n', comment);
    const std::size_t line_begin = newline == std::string_view::npos ? 0 : newline + 1;
    place.column = static_cast<std::uint32_t>(comment - line_begin) + 1;
    const std::size_t end = std::min(text.find('\n', comment), text.size());
    const std::size_t begin = text.find(kMark, comment) + kMark.size();
    const std::string_view hint = trimmed(text.substr(begin, end - begin));
    const std::size_t equals = std::min(hint.find('='), hint.size());
    const std::string key(trimmed(hint.substr(0, equals)));
    const std::string value(trimmed(hint.substr(std::min(equals + 1, hint.size()))));
    if (!find_key(key))
      fail(text, place, catalog, line_begin, "there is no hint \"" + key + "\"",
           "the hints are " + all_hints());
    if (value.empty())
      fail(text, place, catalog, line_begin, "the hint " + key + " has no value",
           "write -- schemadiff: " + key + "=VALUE");
    if (const std::string wrong = wrong_hint(key, value); !wrong.empty())
      fail(text, place, catalog, line_begin, wrong, "for example " + key + "=" + hint_example(key));
    const bool alone = trimmed(text.substr(line_begin, comment - line_begin)).empty();
    // on its own line it is about what follows, else about what begins on the line
    auto target =
        std::lower_bound(targets.begin(), targets.end(), alone ? place.line + 1 : place.line,
                         [](const Target& t, std::uint32_t line) { return t.line < line; });
    if (!alone && target != targets.end())
      for (auto next = target + 1; next != targets.end() && next->line == place.line; ++next)
        if (rank(*next) <= std::max(rank(*target), 1)) target = next;
    if (target == targets.end() || (!alone && target->line != place.line))
      fail(text, place, catalog, line_begin, "the hint stands beside no object or column",
           "write it at the end of the line on which the object or column begins, or on the line "
           "above");
    catalog.hints[target->id].push_back({key, value, place});
  }
}

}  // namespace schemadiff::parser
