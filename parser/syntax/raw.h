// The border to PostgreSQL's raw parse tree: nodes of libpg_query (as void, for this header names
// none of their types) → Tree.
#pragma once

#include "parser/syntax/syntax.h"

namespace schemadiff::parser {

// `raw`: the Node of an expression, a query, a TypeName, a PartitionBoundSpec or a routine's
// sql_body. Null gives null. Throws Error for nodes that cannot stand in a definition.
TreePtr convert(const void* raw);

// print(convert(raw)); empty for null.
std::string text_of(const void* raw);

// The TypeName as it was written, without schema where none was: print(convert(raw)).
std::string type_text(const void* raw_type_name);

}  // namespace schemadiff::parser
