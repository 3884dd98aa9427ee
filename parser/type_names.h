// What a type in a statement means, spelt as format_type() does.
#pragma once

#include <string>
#include <string_view>

#include "parser/builder.h"

namespace schemadiff::parser {

struct ResolvedType {
  std::string sql;    // with its modifier: "character varying(20)"
  std::string plain;  // without, as in signatures: "character varying"
  bool setof = false;
  const UserType* user = nullptr;  // set for user-defined types that are no arrays
};

// `type_name`: a raw TypeName. Throws Missing when there is no such type.
ResolvedType resolve_type(const Builder& builder, const void* type_name);

// The integer type behind serial; empty for other types. `type_name`: a raw TypeName.
std::string_view serial_type(const void* type_name);

// Types of a list of raw TypeName nodes as ObjectId::args has them: "integer, text".
std::string resolve_types(const Builder& builder, const void* list);

// "plain" "main" "extended" for a type as format_type() spells it.
std::string type_storage(const Builder& builder, const std::string& type);

}  // namespace schemadiff::parser
