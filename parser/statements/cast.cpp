// CREATE CAST (functioncmds.c) and CREATE CONVERSION (conversioncmds.c).
#include <algorithm>
#include <array>

#include "parser/references.h"
#include "parser/statements/nodes.h"
#include "parser/statements/routine_options.h"
#include "parser/statements/statements.h"
#include "parser/type_names.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;

// pg_enc2name_tbl
constexpr std::array<std::string_view, 42> kEncodings{
    "SQL_ASCII", "EUC_JP",        "EUC_CN",     "EUC_KR",     "EUC_TW",     "EUC_JIS_2004",
    "UTF8",      "MULE_INTERNAL", "LATIN1",     "LATIN2",     "LATIN3",     "LATIN4",
    "LATIN5",    "LATIN6",        "LATIN7",     "LATIN8",     "LATIN9",     "LATIN10",
    "WIN1256",   "WIN1258",       "WIN866",     "WIN874",     "KOI8R",      "WIN1251",
    "WIN1252",   "ISO_8859_5",    "ISO_8859_6", "ISO_8859_7", "ISO_8859_8", "WIN1250",
    "WIN1253",   "WIN1254",       "WIN1255",    "WIN1257",    "KOI8U",      "SJIS",
    "BIG5",      "GBK",           "UHC",        "GB18030",    "JOHAB",      "SHIFT_JIS_2004"};

std::string letters_and_digits(std::string_view name) {
  std::string out;
  for (const char c : upper(name))
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) out += c;
  return out;
}

// pg_char_to_encoding and back.
std::string encoding(std::string_view written) {
  std::string key = letters_and_digits(written);
  if (key == "UNICODE") return "UTF8";
  if (key == "ISO88591") return "LATIN1";
  if (key.starts_with("WINDOWS")) key.erase(3, 4);
  const auto found = std::find_if(kEncodings.begin(), kEncodings.end(), [&](std::string_view name) {
    return letters_and_digits(name) == key;
  });
  return found == kEncodings.end() ? upper(written) : std::string(*found);
}

}  // namespace

void apply_create_cast(Context& context, const void* node) {
  const auto* statement = as<::CreateCastStmt>(node);
  Builder& builder = context.builder;
  schema::Cast cast;
  cast.span = context.span;
  cast.source.sql = resolve_type(builder, statement->sourcetype).plain;
  cast.target.sql = resolve_type(builder, statement->targettype).plain;
  cast.id = {Kind::Cast, {}, {}, cast.source.sql + " AS " + cast.target.sql, {}};
  if (statement->func) {
    const Signature function = resolve_signature(builder, statement->func);
    cast.function = function.name;
    cast.function_args = function.args;
  } else {
    cast.method = statement->inout ? 'i' : 'b';
  }
  if (statement->context == COERCION_ASSIGNMENT) cast.context = 'a';
  if (statement->context == COERCION_IMPLICIT) cast.context = 'i';
  builder.add(std::move(cast));
}

void apply_create_conversion(Context& context, const void* node) {
  const auto* statement = as<::CreateConversionStmt>(node);
  Builder& builder = context.builder;
  const auto written = qualified(statement->conversion_name);
  schema::Conversion conversion;
  conversion.id = {Kind::Conversion,
                   builder.creation_schema(written.schema),
                   {},
                   schema::truncate_name(written.name),
                   {}};
  conversion.span = context.span;
  conversion.source = encoding(statement->for_encoding_name);
  conversion.target = encoding(statement->to_encoding_name);
  conversion.function = resolve_function(builder, qualified(statement->func_name), false);
  conversion.is_default = statement->def;
  builder.add(std::move(conversion));
}

}  // namespace schemadiff::parser
