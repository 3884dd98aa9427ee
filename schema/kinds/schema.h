// CREATE SCHEMA, CREATE EXTENSION.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct Schema : Object {
  static constexpr Kind kKind = Kind::Schema;
  static constexpr auto attributes() { return std::make_tuple(); }
};

struct Extension : Object {
  static constexpr Kind kKind = Kind::Extension;
  std::string schema;   // where its objects live; empty: not said (a file without SCHEMA)
  std::string version;  // empty: not said, any version is the desired one
  static constexpr auto attributes() {
    return std::make_tuple(attribute("schema", &Extension::schema),
                           attribute("version", &Extension::version));
  }
};

}  // namespace schemadiff::schema
