// What a type in a statement means, spelt as format_type() does.
#pragma once

#include <string>

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

// Types of a list of raw TypeName nodes as ObjectId::args has them: "integer, text".
std::string resolve_types(const Builder& builder, const void* list);

// "plain" "main" "extended" for a type as format_type() spells it.
std::string type_storage(const Builder& builder, const std::string& type);

// The collation that a list of names means; empty for "default" and none.
schema::QualifiedName resolve_collation(const Builder& builder, const void* names);

// The operator class; empty for a built-in one that is the default of its type.
schema::QualifiedName resolve_opclass(const Builder& builder, std::string_view method,
                                      const void* names);

// A function by name alone, as triggers and aggregates name it. An unqualified name that the texts
// do not create is a built-in one; of a trigger, an extension's. Throws Missing.
schema::QualifiedName resolve_function(const Builder& builder, const schema::QualifiedName& written,
                                       bool trigger);

}  // namespace schemadiff::parser
