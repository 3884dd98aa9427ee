// PostgreSQL's node structs and libpg_query's raw parser, for the sources that convert from them
// only. To be included after all other headers: port.h redefines stdio names.
#pragma once

#include <string>

extern "C" {
#include <pg_query.h>
#include <pg_query/pg_query_internal.h>

#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "nodes/primnodes.h"
}

#undef printf
#undef snprintf
#undef sprintf
#undef vsnprintf
#undef vsprintf
#undef fprintf
#undef vfprintf
#undef vprintf
#undef gettext
#undef dgettext
#undef ngettext
#undef dngettext
#undef Max
#undef Min
#undef Abs
#undef _

namespace schemadiff::parser {

inline std::string string_of(const char* text) { return text ? std::string(text) : std::string(); }

}  // namespace schemadiff::parser
