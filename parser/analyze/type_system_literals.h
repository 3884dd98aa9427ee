// The output form of a literal: what a type's input and output functions make of a text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parser/analyze/type_system.h"

namespace schemadiff::parser {

// '007'::integer → "7", '{a, b}'::text[] → "{a,b}", '[1,5]'::int4range → "[1,6)". `type` gives the
// modifier that is applied too ('1.555'::numeric(10,2) → "1.56"; an error for explicit overflow).
// `path` resolves names in reg* literals; they come out qualified and quoted.
// Domains: as their base type. Nullopt: not decidable without a server (it depends on settings, the
// type is an extension's, the text is not valid for the type, or the form is rare); the caller then
// has only the text to compare.
std::optional<std::string> literal_output(const TypeSystem& system, TypeRef type,
                                          std::string_view text, SearchPath path = {});

}  // namespace schemadiff::parser
