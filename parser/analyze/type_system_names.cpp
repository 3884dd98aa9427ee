// How type names are written: the grammar's own words, modifiers, arrays; and format_type's form.
#include <algorithm>
#include <charconv>

#include "parser/analyze/type_system_tables.h"
#include "parser/interval_fields.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::optional<std::int32_t> integer(std::string_view text) {
  std::int32_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// interval's modifier: the fields as a mask of 1 << datetime.h's field numbers, and the precision.
constexpr std::int32_t kFullPrecision = 0xFFFF;
using interval_mask::kFullRange;

// Names that the grammar has words for, as format_type writes them.
struct SqlName {
  std::string_view name, words;
};
constexpr SqlName kSqlNames[] = {
    {"bool", "boolean"},        {"int2", "smallint"},
    {"int4", "integer"},        {"int8", "bigint"},
    {"float4", "real"},         {"float8", "double precision"},
    {"numeric", "numeric"},     {"bit", "bit"},
    {"varbit", "bit varying"},  {"bpchar", "character"},
    {"interval", "interval"},   {"varchar", "character varying"},
    {"time", "time"},           {"timetz", "time"},
    {"timestamp", "timestamp"}, {"timestamptz", "timestamp"},
};

// What one spelling of a type says. `plain_length` is set where the grammar means (1) without
// saying so.
struct Spelling {
  WrittenType type;
  bool plain_length = false;
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) { skip(); }

  std::optional<Spelling> read() {
    Spelling result;
    if (!read_name(result)) return std::nullopt;
    while (true) {
      if (symbol('[')) {
        while (!rest_.empty() && is_digit(rest_.front())) rest_.remove_prefix(1);
        skip();
        if (!symbol(']')) return std::nullopt;
        result.type.array = true;
      } else if (word("array")) {
        result.type.array = true;
      } else {
        break;
      }
    }
    if (!rest_.empty()) return std::nullopt;
    return result;
  }

 private:
  void skip() {
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
  }

  bool symbol(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    skip();
    return true;
  }

  std::size_t word_length() const {
    if (rest_.empty() || !is_word_start(rest_.front())) return 0;
    std::size_t n = 1;
    while (n < rest_.size() && (is_word_start(rest_[n]) || is_digit(rest_[n]) || rest_[n] == '$')) {
      ++n;
    }
    return n;
  }

  bool word(std::string_view expected) {
    std::size_t n = word_length();
    if (n != expected.size()) return false;
    for (std::size_t i = 0; i < n; ++i) {
      if (lower(rest_[i]) != expected[i]) return false;
    }
    rest_.remove_prefix(n);
    skip();
    return true;
  }

  // A quoted or plain identifier; empty at an error.
  std::string identifier(bool& quoted) {
    std::string name;
    quoted = !rest_.empty() && rest_.front() == '"';
    if (quoted) {
      rest_.remove_prefix(1);
      while (true) {
        std::size_t end = rest_.find('"');
        if (end == std::string_view::npos) return {};
        name += rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        if (rest_.empty() || rest_.front() != '"') break;
        name += '"';
        rest_.remove_prefix(1);
      }
    } else {
      std::size_t n = word_length();
      for (char c : rest_.substr(0, n)) name += lower(c);
      rest_.remove_prefix(n);
    }
    skip();
    return name;
  }

  bool read_modifiers(std::vector<std::string>& modifiers) {
    if (!symbol('(')) return true;
    std::string current;
    while (!rest_.empty() && rest_.front() != ')') {
      char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == ',') {
        modifiers.push_back(std::move(current));
        current.clear();
      } else if (!is_space(c) && c != '\'') {
        current += c;
      }
    }
    modifiers.push_back(std::move(current));
    return symbol(')');
  }

  bool built_in(Spelling& to, std::string_view name) {
    to.type.schema = "pg_catalog";
    to.type.name = name;
    return read_modifiers(to.type.modifiers);
  }

  bool character(Spelling& to) {
    bool varying = word("varying");
    if (!built_in(to, varying ? "varchar" : "bpchar")) return false;
    to.plain_length = !varying && to.type.modifiers.empty();
    return true;
  }

  bool zoned(Spelling& to, std::string_view plain, std::string_view zoned_name) {
    if (!built_in(to, plain)) return false;
    bool with = word("with");
    if (!with && !word("without")) return true;
    if (!word("time") || !word("zone")) return false;
    if (with) to.type.name = zoned_name;
    return true;
  }

  bool interval(Spelling& to) {
    to.type.schema = "pg_catalog";
    to.type.name = "interval";
    std::int32_t mask = 0;
    for (const IntervalFields& fields : kIntervalFields) {
      std::string_view before = rest_;
      bool matches = true;
      for (std::string_view words = fields.text; matches && !words.empty();) {
        matches = word(next_part(words, ' '));
      }
      std::string_view after = rest_;
      if (matches && !word("to")) {
        mask = fields.mask;
        rest_ = after;
        break;
      }
      rest_ = before;
    }
    std::vector<std::string> precision;
    if (!read_modifiers(precision) || precision.size() > 1) return false;
    if (mask || !precision.empty()) {
      to.type.modifiers.push_back(std::to_string(mask ? mask : kFullRange));
    }
    if (!precision.empty()) to.type.modifiers.push_back(precision.front());
    return true;
  }

  bool floating(Spelling& to) {
    std::vector<std::string> digits;
    if (!read_modifiers(digits)) return false;
    to.type.schema = "pg_catalog";
    to.type.name = "float8";
    if (digits.empty()) return true;
    std::optional<std::int32_t> n = integer(digits.front());
    if (!n || *n < 1 || *n > 53) return false;
    if (*n <= 24) to.type.name = "float4";
    return true;
  }

  // The words that name types in the grammar; anything else is a name to look up.
  bool read_name(Spelling& to) {
    if (word("int") || word("integer")) return built_in(to, "int4");
    if (word("smallint")) return built_in(to, "int2");
    if (word("bigint")) return built_in(to, "int8");
    if (word("real")) return built_in(to, "float4");
    if (word("float")) return floating(to);
    if (word("decimal") || word("dec") || word("numeric")) return built_in(to, "numeric");
    if (word("boolean")) return built_in(to, "bool");
    if (word("varchar")) return built_in(to, "varchar");
    if (word("character") || word("char") || word("nchar")) return character(to);
    if (word("time")) return zoned(to, "time", "timetz");
    if (word("timestamp")) return zoned(to, "timestamp", "timestamptz");
    if (word("interval")) return interval(to);
    if (word("bit")) {
      bool varying = word("varying");
      if (!built_in(to, varying ? "varbit" : "bit")) return false;
      to.plain_length = !varying && to.type.modifiers.empty();
      return true;
    }
    std::string_view before = rest_;
    if (word("double")) {
      if (word("precision")) return built_in(to, "float8");
      rest_ = before;
    }
    if (word("national")) {
      if (word("character") || word("char")) return character(to);
      rest_ = before;
    }
    bool quoted = false;
    to.type.name = identifier(quoted);
    if (symbol('.')) {
      to.type.schema = std::move(to.type.name);
      to.type.name = identifier(quoted);
    }
    return !to.type.name.empty() && read_modifiers(to.type.modifiers);
  }

  std::string_view rest_;
};

std::optional<std::int32_t> pack_numeric(const std::vector<std::string>& modifiers) {
  constexpr std::int32_t kMaxPrecision = 1000;
  std::optional<std::int32_t> precision = integer(modifiers[0]);
  std::optional<std::int32_t> scale = modifiers.size() > 1 ? integer(modifiers[1]) : 0;
  if (!precision || !scale || modifiers.size() > 2) return std::nullopt;
  if (*precision < 1 || *precision > kMaxPrecision) return std::nullopt;
  if (*scale < -kMaxPrecision || *scale > kMaxPrecision) return std::nullopt;
  return ((*precision << 16) | (*scale & 0x7ff)) + 4;
}

std::optional<std::int32_t> pack_interval(const std::vector<std::string>& modifiers) {
  constexpr std::int32_t kMaxPrecision = 6;
  std::optional<std::int32_t> mask = integer(modifiers[0]);
  std::optional<std::int32_t> precision =
      modifiers.size() > 1 ? integer(modifiers[1]) : kFullPrecision;
  if (!mask || !precision || modifiers.size() > 2 || *precision < 0) return std::nullopt;
  if (modifiers.size() == 1 && *mask == kFullRange) return -1;
  if (*precision != kFullPrecision) precision = std::min(*precision, kMaxPrecision);
  return ((*mask & kFullRange) << 16) | (*precision & kFullPrecision);
}

std::string interval_modifiers(std::int32_t typmod) {
  std::int32_t mask = (typmod >> 16) & kFullRange;
  std::int32_t precision = typmod & kFullPrecision;
  std::string text;
  if (const auto fields = interval_fields(mask); !fields.empty()) text = " " + std::string(fields);
  if (precision != kFullPrecision) text += "(" + std::to_string(precision) + ")";
  return text;
}

// What follows the type's name, in parentheses.
std::string modifiers_text(const TypeTables& tables, TypeId type, std::int32_t typmod) {
  if (typmod < 0) return {};
  switch (type.oid) {
    case types::kVarchar.oid:
    case types::kBpchar.oid:
      return typmod > 4 ? "(" + std::to_string(typmod - 4) + ")" : "";
    case types::kNumeric.oid: {
      std::int32_t value = typmod - 4;
      std::int32_t scale = ((value & 0x7ff) ^ 1024) - 1024;
      return "(" + std::to_string((value >> 16) & 0xffff) + "," + std::to_string(scale) + ")";
    }
    case types::kInterval.oid:
      return interval_modifiers(typmod);
    default:
      break;
  }
  if (typmod >= TypeTables::kFirstModifier) {
    std::lock_guard lock(tables.modifiers_mutex);
    std::size_t index = static_cast<std::size_t>(typmod - TypeTables::kFirstModifier);
    return index < tables.modifiers.size() ? "(" + tables.modifiers[index] + ")" : "";
  }
  return "(" + std::to_string(typmod) + ")";
}

std::string base_text(const TypeSystem& system, TypeRef type, bool column) {
  const TypeInfo& info = system.info(type.id);
  std::string modifiers = modifiers_text(system.tables(), type.id, type.typmod);
  if (info.schema == "pg_catalog") {
    if (column && type.typmod < 0 && type.id == types::kBpchar) return "bpchar";
    if (column && type.typmod < 0 && type.id == types::kBit) return "\"bit\"";
    for (const SqlName& sql : kSqlNames) {
      if (sql.name != info.name) continue;
      std::string text = std::string(sql.words) + modifiers;
      if (type.id == types::kTime || type.id == types::kTimestamp) text += " without time zone";
      if (type.id == types::kTimetz || type.id == types::kTimestamptz) text += " with time zone";
      return text;
    }
    bool quoted = type.id == types::kChar || type.id == types::kAny;
    return (quoted ? '"' + std::string(info.name) + '"' : std::string(info.name)) + modifiers;
  }
  return schema::quote_qualified({std::string(info.schema), std::string(info.name)}) + modifiers;
}

std::string full_text(const TypeSystem& system, TypeRef type, bool column) {
  const TypeInfo& info = system.info(type.id);
  if (info.name.empty()) return "???";
  if (info.true_array && info.storage != 'p' && system.info(info.element).array == type.id) {
    return base_text(system, {info.element, type.typmod}, column) + "[]";
  }
  return base_text(system, type, column);
}

}  // namespace

std::optional<std::int32_t> pack_modifiers(const TypeSystem& system, TypeId type,
                                           const std::vector<std::string>& modifiers) {
  constexpr std::int32_t kMaxLength = 10485760;
  constexpr std::int32_t kMaxPrecision = 6;
  if (modifiers.empty()) return -1;
  switch (type.oid) {
    case types::kNumeric.oid:
      return pack_numeric(modifiers);
    case types::kInterval.oid:
      return pack_interval(modifiers);
    default:
      break;
  }
  std::optional<std::int32_t> n = modifiers.size() == 1 ? integer(modifiers[0]) : std::nullopt;
  switch (type.oid) {
    case types::kVarchar.oid:
    case types::kBpchar.oid:
      if (!n || *n < 1 || *n > kMaxLength) return std::nullopt;
      return *n + 4;
    case types::kBit.oid:
    case types::kVarbit.oid:
      if (!n || *n < 1 || *n > kMaxLength * 8) return std::nullopt;
      return *n;
    case types::kTime.oid:
    case types::kTimetz.oid:
    case types::kTimestamp.oid:
    case types::kTimestamptz.oid:
      if (!n || *n < 0) return std::nullopt;
      return std::min(*n, kMaxPrecision);
    default:
      break;
  }
  if (system.info(type).provenance != Provenance::Extension) return std::nullopt;
  if (n && *n >= 0 && *n < TypeTables::kFirstModifier) return n;
  std::string text;
  for (const std::string& modifier : modifiers) text += (text.empty() ? "" : ",") + modifier;
  const TypeTables& tables = system.tables();
  std::lock_guard lock(tables.modifiers_mutex);
  auto place = std::find(tables.modifiers.begin(), tables.modifiers.end(), text);
  std::size_t index = static_cast<std::size_t>(place - tables.modifiers.begin());
  if (place == tables.modifiers.end()) tables.modifiers.push_back(text);
  return TypeTables::kFirstModifier + static_cast<std::int32_t>(index);
}

TypeRef TypeSystem::resolve(const WrittenType& written, SearchPath path) const {
  TypeId id = find(written.schema, written.name, path);
  if (!id) return {};
  std::optional<std::int32_t> typmod = pack_modifiers(*this, id, written.modifiers);
  if (!typmod) return {};
  if (!written.array) return {id, *typmod};
  TypeId array = info(id).array;
  if (!array && info(id).true_array) array = id;
  return {array, array ? *typmod : -1};
}

TypeRef TypeSystem::parse_written(std::string_view text, SearchPath path) const {
  std::optional<Spelling> spelling = Scanner(text).read();
  if (!spelling) return {};
  if (spelling->plain_length) spelling->type.modifiers = {"1"};
  return resolve(spelling->type, path);
}

TypeRef TypeSystem::parse(std::string_view text) const {
  if (text.empty()) return {};
  const std::lock_guard lock(tables_->parsed_mutex);
  if (const auto known = tables_->parsed.find(text); known != tables_->parsed.end())
    return known->second;
  std::optional<Spelling> spelling = Scanner(text).read();
  const TypeRef type = spelling ? resolve(spelling->type, {}) : TypeRef{};
  if (type) tables_->parsed.emplace(text, type);
  return type;
}

std::string TypeSystem::text(TypeRef type) const { return full_text(*this, type, true); }
std::string TypeSystem::text(TypeId type) const { return full_text(*this, {type, -1}, false); }

}  // namespace schemadiff::parser
