// Syntax that PostgreSQL has learnt since the version of the grammar.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace schemadiff::parser {

// What to do about a statement that the grammar stopped in at a byte: names the newer syntax where
// some is known to stand there, and the grammar's version always.
std::string syntax_hint(std::string_view statement, std::size_t at);

}  // namespace schemadiff::parser
