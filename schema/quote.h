// Quoting of names and literals for SQL text (ruleutils.c, quote_identifier; quote.c, quote_literal).
#pragma once

#include <string>
#include <string_view>

#include "schema/values.h"

namespace schemadiff::schema {

// The name, in double quotes where it is not a plain lower-case word or is a keyword that needs them.
std::string quote_identifier(std::string_view name);

// `schema.name`, each part quoted where needed; `name` alone when the schema is empty.
std::string quote_qualified(const QualifiedName& name);

// 'text', with an E prefix where the text has a backslash.
std::string quote_literal(std::string_view text);

}  // namespace schemadiff::schema
