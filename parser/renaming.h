// Gives an object another name or schema, everywhere it is named by structure. Definition texts are
// rewritten for the names of columns and relations as far as their words tell.
#pragma once

#include "parser/builder.h"

namespace schemadiff::parser {

void rename_relation(Builder& builder, const Relation& relation, const schema::QualifiedName& name);
void rename_column(Builder& builder, schema::Table& table, const std::string& from,
                   const std::string& to);
void rename_constraint(Builder& builder, schema::Constraint& constraint, const std::string& to);
void rename_type(Builder& builder, const schema::QualifiedName& from,
                 const schema::QualifiedName& to);
void rename_routine(Builder& builder, schema::Object& routine, const schema::QualifiedName& to);
void rename_collation(Builder& builder, const schema::Object& collation,
                      const schema::QualifiedName& to);
// A text search parser, template or dictionary.
void rename_text_search(Builder& builder, const schema::Object& object,
                        const schema::QualifiedName& to);
void rename_server(Builder& builder, const schema::Object& server, const std::string& to);
// Of a kind whose name no other object holds.
void rename_plain(Builder& builder, const schema::Object& object, const schema::QualifiedName& to);
void rename_schema(Builder& builder, const std::string& from, const std::string& to);

}  // namespace schemadiff::parser
