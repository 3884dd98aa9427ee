// What CREATE and ALTER FUNCTION share.
#pragma once

#include <string>

#include "parser/statements/context.h"

namespace schemadiff::parser {

// One attribute; `option` is a raw DefElem. False when it is none of the common ones.
bool apply_routine_option(const Builder& builder, schema::Routine& routine, const void* option);

// SET name = value as pg_proc.proconfig holds it; `set` is a raw VariableSetStmt.
std::string setting_value(const Builder& builder, const void* set);

// The names of a raw VariableSetStmt's arguments, as written.
std::vector<std::string> setting_words(const void* set);

// The routine or aggregate that a raw ObjectWithArgs means; null if there is none and `missing_ok`.
// Throws Missing.
schema::Object* find_routine(const Builder& builder, const void* object_with_args,
                             bool missing_ok = false);

// The function that a raw ObjectWithArgs means: one of the texts, else a built-in one or an
// extension's. Throws Missing.
struct Signature {
  schema::QualifiedName name;
  std::string args;  // as ObjectId::args
};
Signature resolve_signature(const Builder& builder, const void* object_with_args);

}  // namespace schemadiff::parser
