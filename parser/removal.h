// What goes with an object when it is dropped (dependency.c), as far as the model knows.
#pragma once

#include "parser/builder.h"

namespace schemadiff::parser {

// `cascade`: foreign keys that refer to what is dropped go too; without, they are an error. Views
// that read it go only with `cascade`.
void remove_relation(Builder& builder, const Relation& relation, bool cascade);
void remove_constraint(Builder& builder, schema::Constraint& constraint, bool cascade);
void remove_column(Builder& builder, schema::Table& table, const std::string& name, bool cascade);
// What has the type or its array: columns, attributes, domains, ranges, casts, typed tables and
// routines; without `cascade`, they are an error.
void remove_type_users(Builder& builder, const schema::QualifiedName& type, bool cascade);
// They go too.
void remove_type(Builder& builder, const schema::QualifiedName& name, bool cascade);
void remove_routine(Builder& builder, schema::Object& routine, bool cascade);
// With user mappings; `cascade`: with foreign tables, and the wrapper with its servers.
void remove_server(Builder& builder, const std::string& name, bool cascade);
void remove_wrapper(Builder& builder, const std::string& name, bool cascade);
// Of a kind whose name no look-up table has.
void remove_plain(Builder& builder, const schema::ObjectId& id);
void remove_schema(Builder& builder, const std::string& name, bool cascade);

}  // namespace schemadiff::parser
