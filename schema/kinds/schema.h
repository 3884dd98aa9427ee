// CREATE SCHEMA, CREATE EXTENSION.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

// Of the schema public in every new database, in which the model has none.
inline constexpr std::string_view kCommentOfPublic = "standard public schema";

// Who owns it there from version 15 on; stands for whoever initdb gave it to before.
inline constexpr std::string_view kOwnerOfPublic = "pg_database_owner";

struct Schema : Object {
  static constexpr Kind kKind = Kind::Schema;
  static constexpr auto attributes() { return std::make_tuple(); }
};

struct Extension : Object {
  static constexpr Kind kKind = Kind::Extension;
  std::string schema;   // where its objects live; empty: not said (a file without SCHEMA)
  std::string version;  // empty: not said, any version is the desired one
  std::string own_comment;  // that CREATE EXTENSION gives it; empty: not known
  static constexpr auto attributes() {
    return std::make_tuple(attribute("schema", &Extension::schema),
                           attribute("version", &Extension::version));
  }
};

}  // namespace schemadiff::schema
