// The output form of a literal: what a type's input and output functions make of a text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parser/analyze/type_system.h"

namespace schemadiff::parser {

// '007'::integer → "7", '{a, b}'::text[] → "{a,b}", '[1,5]'::int4range → "[1,6)". The modifier in
// `type` is applied as an explicit cast does ('1.555'::numeric(10,2) → "1.56"). Booleans give
// "true" and "false", but t and f within arrays. A timestamptz literal that carries its offset
// comes out in UTC. `path` resolves names in reg* literals; they come out as with an empty search
// path. Domains: as their base type. Nullopt: not decidable without a server (it depends on
// settings, the type is an extension's, the text is not valid for the type, or the form is rare);
// the caller then has only the text to compare. That a text is valid is not promised for json, xml
// and the like.
std::optional<std::string> literal_output(const TypeSystem& system, TypeRef type,
                                          std::string_view text, SearchPath path = {});

}  // namespace schemadiff::parser
