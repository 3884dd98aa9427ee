// Definition texts of servers whose version is not the grammar's.
#pragma once

#include <string>
#include <string_view>

#include "parser/syntax/syntax.h"

namespace schemadiff::parser {

// White space folded outside quotes: what remains to compare of a text that does not parse.
std::string folded(std::string_view text);

// Whether such a text has the column's name as a word.
bool names_column(std::string_view text, const std::string& column);

// Before version 14 what SQL has a syntax for is a call like any other, and EXTRACT is date_part.
void say_as_calls(Tree& tree);

}  // namespace schemadiff::parser
