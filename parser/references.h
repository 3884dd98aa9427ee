// What the names of collations, operator classes and functions in a statement mean.
#pragma once

#include <string_view>

#include "parser/builder.h"
#include "parser/type_names.h"

namespace schemadiff::parser {

// The collation that a list of names means; empty for "default" and none.
schema::QualifiedName resolve_collation(const Builder& builder, const void* names);

// The domain that a type is; null: none.
const schema::Domain* domain_of(const ResolvedType& type);

// The collation of a type as TypeName::sql has it, through domains; empty for "default" and none.
schema::QualifiedName own_collation(const Builder& builder, std::string_view type);

// The collation of a COLLATE clause on a value of a type; empty for the type's own, and without a
// clause.
schema::QualifiedName written_collation(const Builder& builder, const void* clause,
                                        const ResolvedType& type);

// The operator class; empty for a built-in one that is the default of its type. `type`: that of the
// column, where it is one.
schema::QualifiedName resolve_opclass(const Builder& builder, std::string_view method,
                                      const void* names, std::string_view type = {});

// A function by name alone, as triggers and aggregates name it. An unqualified name that the texts
// do not create is a built-in one; of a trigger, an extension's. Throws Missing.
schema::QualifiedName resolve_function(const Builder& builder, const schema::QualifiedName& written,
                                       bool trigger);

// One that takes arguments of these types, as ObjectId::args has them: a function of the texts, or a
// built-in one. Where neither takes just them, and where `args` is empty, by name alone.
schema::QualifiedName resolve_function_taking(const Builder& builder,
                                              const schema::QualifiedName& written,
                                              const std::string& args);

}  // namespace schemadiff::parser
