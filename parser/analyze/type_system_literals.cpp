// Which output form a literal has: the choice by type, and the forms of booleans, strings, enums
// and names of objects.
#include "parser/analyze/type_system_literals.h"

#include <algorithm>

#include "parser/analyze/literal_forms.h"
#include "parser/analyze/type_system_functions.h"
#include "parser/analyze/type_system_tables.h"
#include "schema/quote.h"
#include "schema/value_map.h"

namespace schemadiff::parser {
namespace {

using namespace types;

// parse_bool_with_len: unique prefixes of true, false, yes, no, on, off; 1 and 0.
StoredForm bool_form(std::string_view text) {
  std::string word = lower_ascii(trim_space(text));
  if (word.empty()) return std::nullopt;
  auto prefix_of = [&](std::string_view full, std::size_t least) {
    return word.size() >= least && full.substr(0, word.size()) == word;
  };
  if (word == "1" || prefix_of("true", 1) || prefix_of("yes", 1) || word == "on") return "t";
  if (word == "0" || prefix_of("false", 1) || prefix_of("no", 1) || prefix_of("off", 2)) return "f";
  return std::nullopt;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if ((text[i] & 0xC0) != 0x80 && count-- == 0) break;
  }
  return text.substr(0, i);
}

// A literal cast to varchar(n) or char(n) is cut to length, as explicit casts are.
StoredForm varchar_form(std::string_view text, std::int32_t typmod) {
  if (typmod < 4) return std::string(text);
  return std::string(first_characters(text, static_cast<std::size_t>(typmod - 4)));
}

StoredForm bpchar_form(std::string_view text, std::int32_t typmod) {
  if (typmod < 4) return std::string(text);
  std::size_t length = static_cast<std::size_t>(typmod - 4);
  std::string form(first_characters(text, length));
  form.append(length - std::min(length, characters(form)), ' ');
  return form;
}

// namein: cut to 63 bytes at a character's edge.
StoredForm name_form(std::string_view text) {
  constexpr std::size_t kMaxName = 63;
  if (text.size() > kMaxName) {
    std::size_t end = kMaxName;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
    text = text.substr(0, end);
  }
  return std::string(text);
}

// bit_in, varbit_in: digits, or x and hexadecimal ones; casts cut or fill with zeroes.
StoredForm bit_form(std::string_view text, std::int32_t typmod, bool varying) {
  std::string bits;
  if (!text.empty() && (text.front() == 'x' || text.front() == 'X')) {
    for (char c : lower_ascii(text.substr(1))) {
      std::size_t digit = std::string_view("0123456789abcdef").find(c);
      if (digit == std::string_view::npos) return std::nullopt;
      for (int bit = 3; bit >= 0; --bit) bits += (digit >> bit) & 1 ? '1' : '0';
    }
  } else {
    if (!text.empty() && (text.front() == 'b' || text.front() == 'B')) text.remove_prefix(1);
    if (text.find_first_not_of("01") != std::string_view::npos) return std::nullopt;
    bits = text;
  }
  std::size_t length = typmod > 0 ? static_cast<std::size_t>(typmod) : bits.size();
  if (bits.size() > length || !varying) bits.resize(length, '0');
  return bits;
}

// Of a value that a definition has under its old name.
StoredForm new_name(const schema::Catalog& catalog, const schema::ObjectId& type,
                    std::string_view text) {
  const auto hints = catalog.hints.find(type);
  if (hints == catalog.hints.end()) return std::nullopt;
  for (const schema::Hint& hint : hints->second) {
    if (hint.key != schema::kRenamedValue) continue;
    for (const auto& [before, after] :
         schema::read_value_map(hint.value).value_or(schema::ValueMap{}))
      if (before == text) return after;
  }
  return std::nullopt;
}

StoredForm enum_form(const TypeSystem& system, TypeId type, std::string_view text) {
  const TypeInfo& info = system.info(type);
  if (!info.object) return std::string(text);
  const auto& labels = static_cast<const schema::Enum&>(*info.object).labels;
  if (std::find(labels.begin(), labels.end(), text) != labels.end()) return std::string(text);
  return new_name(system.tables().catalog, info.object->id, text);
}

// A possibly quoted and qualified name; nullopt when it is something else.
std::optional<std::pair<std::string, std::string>> read_name(std::string_view text) {
  std::vector<std::string> parts;
  text = trim_space(text);
  while (true) {
    std::string part;
    if (!text.empty() && text.front() == '"') {
      text.remove_prefix(1);
      while (true) {
        std::size_t end = text.find('"');
        if (end == std::string_view::npos) return std::nullopt;
        part += text.substr(0, end);
        text.remove_prefix(end + 1);
        if (text.empty() || text.front() != '"') break;
        part += '"';
        text.remove_prefix(1);
      }
    } else {
      std::size_t end = text.find('.');
      std::string_view word = trim_space(text.substr(0, end));
      if (word.find_first_of(" \"()") != std::string_view::npos) return std::nullopt;
      part = lower_ascii(word);
      text.remove_prefix(std::min(end, text.size()));
    }
    if (part.empty()) return std::nullopt;
    parts.push_back(std::move(part));
    if (text.empty()) break;
    if (text.front() != '.') return std::nullopt;
    text.remove_prefix(1);
  }
  if (parts.size() > 2) return std::nullopt;
  if (parts.size() == 1) return std::pair{std::string(), std::move(parts[0])};
  return std::pair{std::move(parts[0]), std::move(parts[1])};
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Names of pg_catalog come out unqualified, as with an empty search path.
std::string shown(std::string_view schema, std::string_view name) {
  return schema::quote_qualified(
      {schema == "pg_catalog" ? std::string() : std::string(schema), std::string(name)});
}

StoredForm regclass_form(const TypeSystem& system, std::string_view text, SearchPath path) {
  auto name = read_name(text);
  if (!name) return std::nullopt;
  auto relation = system.find_relation(name->first, name->second, path);
  if (!relation) return std::nullopt;
  return shown(relation->schema, relation->name);
}

StoredForm regproc_form(const TypeSystem& system, std::string_view text, SearchPath path) {
  auto name = read_name(text);
  if (!name) return std::nullopt;
  const FunctionInfo* found = nullptr;
  int best = 0, count = 0;
  for (const FunctionInfo* function : functions_named(system, name->first, name->second)) {
    int position = name->first.empty() ? path_position(function->schema, path) : 0;
    if (position < 0 || (found && position > best)) continue;
    count = found && position == best ? count + 1 : 1;
    found = function;
    best = position;
  }
  if (count != 1) return std::nullopt;
  return shown(found->schema, found->name);
}

StoredForm regprocedure_form(const TypeSystem& system, std::string_view text, SearchPath path) {
  std::size_t open = text.find('('), close = text.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos) return std::nullopt;
  auto name = read_name(text.substr(0, open));
  if (!name) return std::nullopt;
  std::vector<TypeId> args;
  for (std::string_view rest = trim_space(text.substr(open + 1, close - open - 1));
       !rest.empty();) {
    TypeRef arg = system.parse_written(next_part(rest, ','), path);
    if (!arg) return std::nullopt;
    args.push_back(arg.id);
  }
  const FunctionInfo* found = find_function(system, name->first, name->second, args, path);
  if (!found) return std::nullopt;
  std::string form = shown(found->schema, found->name) + "(";
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (i > 0) form += ',';
    form += system.text(args[i]);
  }
  return form + ")";
}

StoredForm in_schema_form(const TypeSystem& system, std::string_view text, schema::Kind kind,
                          SearchPath path) {
  const auto name = read_name(text);
  if (!name) return std::nullopt;
  const auto found = system.find_named(kind, name->first, name->second, path);
  return found ? StoredForm(shown(found->schema, found->name)) : std::nullopt;
}

// Names that live in no schema.
StoredForm plain_form(std::string_view text) {
  const auto name = read_name(text);
  if (!name || !name->first.empty()) return std::nullopt;
  return schema::quote_identifier(name->second);
}

StoredForm reg_form(const TypeSystem& system, TypeId type, std::string_view text, SearchPath path) {
  if (text == "-" || all_digits(text)) return std::nullopt;
  switch (type.oid) {
    case kRegclass.oid:
      return regclass_form(system, text, path);
    case kRegtype.oid: {
      TypeRef found = system.parse_written(text, path);
      return found ? StoredForm(system.text(found.id)) : std::nullopt;
    }
    case kRegproc.oid:
      return regproc_form(system, text, path);
    case kRegprocedure.oid:
      return regprocedure_form(system, text, path);
    case kRegconfig.oid:
      return in_schema_form(system, text, schema::Kind::TextSearchConfiguration, path);
    case kRegdictionary.oid:
      return in_schema_form(system, text, schema::Kind::TextSearchDictionary, path);
    case kRegcollation.oid:
      return in_schema_form(system, text, schema::Kind::Collation, path);
    case kRegnamespace.oid:
    case kRegrole.oid:
      return plain_form(text);
    default:
      return std::nullopt;
  }
}

StoredForm integer_form(std::string_view text, std::int64_t min, std::int64_t max) {
  std::optional<std::int64_t> value = read_integer(text, min, max);
  return value ? StoredForm(std::to_string(*value)) : std::nullopt;
}

StoredForm scalar_form(const TypeSystem& system, TypeRef type, std::string_view text) {
  switch (type.id.oid) {
    case kBool.oid:
      return bool_form(text);
    case kInt2.oid:
      return integer_form(text, INT16_MIN, INT16_MAX);
    case kInt4.oid:
      return integer_form(text, INT32_MIN, INT32_MAX);
    case kInt8.oid:
      return integer_form(text, INT64_MIN, INT64_MAX);
    case kOid.oid:
      return integer_form(text, 0, UINT32_MAX);
    case kNumeric.oid:
      return numeric_form(text, type.typmod);
    case kFloat4.oid:
      return float4_form(text);
    case kFloat8.oid:
      return float8_form(text);
    case kText.oid:
    case kUnknown.oid:
    case kJson.oid:
    case kXml.oid:
    case kRefcursor.oid:
    case kCstring.oid:
      return std::string(text);
    case kVarchar.oid:
      return varchar_form(text, type.typmod);
    case kBpchar.oid:
      return bpchar_form(text, type.typmod);
    case kName.oid:
      return name_form(text);
    case kChar.oid:
      if (text.size() > 1 && (text.front() & 0x80)) return std::nullopt;
      return std::string(text.substr(0, 1));
    case kBit.oid:
      return bit_form(text, type.typmod, false);
    case kVarbit.oid:
      return bit_form(text, type.typmod, true);
    case kDate.oid:
      return date_form(text);
    case kTime.oid:
      return time_form(text, type.typmod);
    case kTimetz.oid:
      return timetz_form(text, type.typmod);
    case kTimestamp.oid:
      return timestamp_form(text, type.typmod);
    case kTimestamptz.oid:
      return timestamptz_form(text, type.typmod, system.utc_sessions());
    case kInterval.oid:
      return interval_form(text, type.typmod);
    case kUuid.oid:
      return uuid_form(text);
    case kJsonb.oid:
      return jsonb_form(text);
    case kBytea.oid:
      return bytea_form(text);
    case kInet.oid:
      return inet_form(text, false);
    case kCidr.oid:
      return inet_form(text, true);
    case kMacaddr.oid:
      return macaddr_form(text);
    default:
      return std::nullopt;
  }
}

}  // namespace

StoredForm output_form(const TypeSystem& system, TypeRef type, std::string_view text,
                       SearchPath path) {
  type = system.base(type);
  const TypeInfo& info = system.info(type.id);
  if (info.name.empty() || info.opaque || text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  if (info.true_array && info.storage != 'p') return array_form(system, type, text, path);
  if (info.typtype == 'e') return enum_form(system, type.id, text);
  if (info.typtype == 'r') return range_form(system, type.id, text, path);
  if (info.typtype == 'm') return multirange_form(system, type.id, text, path);
  if (StoredForm form = scalar_form(system, type, text)) return form;
  return reg_form(system, type.id, text, path);
}

std::optional<std::string> literal_output(const TypeSystem& system, TypeRef type,
                                          std::string_view text, SearchPath path) {
  StoredForm form = output_form(system, type, text, path);
  if (form && system.base(type.id) == kBool) return *form == "t" ? "true" : "false";
  return form;
}

}  // namespace schemadiff::parser
