// Output forms per type; private to type_system_literals*.cpp. Each takes the literal's text and
// gives what the type's input and output functions make of it; nullopt: invalid or not decided
// here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "parser/analyze/type_system.h"

namespace schemadiff::parser {

using StoredForm = std::optional<std::string>;

std::string_view trim_space(std::string_view text);  // as isspace() in the C locale
std::string lower_ascii(std::string_view text);

// numbers
std::optional<std::int64_t> read_integer(std::string_view text, std::int64_t min, std::int64_t max);
StoredForm numeric_form(std::string_view text, std::int32_t typmod);
StoredForm float4_form(std::string_view text);
StoredForm float8_form(std::string_view text);

// date and time; DateStyle ISO, MDY; `utc`: what has no zone is of UTC
StoredForm date_form(std::string_view text);
StoredForm time_form(std::string_view text, std::int32_t typmod);
StoredForm timetz_form(std::string_view text, std::int32_t typmod);
StoredForm timestamp_form(std::string_view text, std::int32_t typmod);
StoredForm timestamptz_form(std::string_view text, std::int32_t typmod, bool utc);
StoredForm interval_form(std::string_view text, std::int32_t typmod);

// the rest
StoredForm jsonb_form(std::string_view text);
StoredForm uuid_form(std::string_view text);
StoredForm bytea_form(std::string_view text);
StoredForm inet_form(std::string_view text, bool cidr);
StoredForm macaddr_form(std::string_view text);

// The day after an ISO date.
StoredForm next_date(std::string_view date);

// containers
StoredForm array_form(const TypeSystem& system, TypeRef type, std::string_view text,
                      SearchPath path);
StoredForm range_form(const TypeSystem& system, TypeId range, std::string_view text,
                      SearchPath path);
StoredForm multirange_form(const TypeSystem& system, TypeId multirange, std::string_view text,
                           SearchPath path);

// The form by type, as the output function gives it: booleans as t and f. Domains as their base
// type.
StoredForm output_form(const TypeSystem& system, TypeRef type, std::string_view text,
                       SearchPath path);

// Whether two literals in output form are in order; nullopt: not decided for the type.
std::optional<bool> less_literal(TypeId type, std::string_view a, std::string_view b);

}  // namespace schemadiff::parser
