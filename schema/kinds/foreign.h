// CREATE FOREIGN DATA WRAPPER, SERVER and USER MAPPING; foreign tables are tables (kinds/table.h).
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

// Options that hold secrets (is_secret_option) are not read from either side.
struct ForeignDataWrapper : Object {
  static constexpr Kind kKind = Kind::ForeignDataWrapper;
  QualifiedName handler, validator;
  Options options;
  static constexpr auto attributes() {
    return std::make_tuple(attribute("handler", &ForeignDataWrapper::handler),
                           attribute("validator", &ForeignDataWrapper::validator),
                           attribute("options", &ForeignDataWrapper::options));
  }
};

struct ForeignServer : Object {
  static constexpr Kind kKind = Kind::ForeignServer;
  std::string wrapper;
  std::string type, version;  // empty: none
  Options options;
  static constexpr auto attributes() {
    return std::make_tuple(attribute("foreign-data wrapper", &ForeignServer::wrapper, Alter::Replace),
                           attribute("type", &ForeignServer::type, Alter::Replace),
                           attribute("version", &ForeignServer::version),
                           attribute("options", &ForeignServer::options));
  }
};

struct UserMapping : Object {  // id.name: the role, "public" for PUBLIC; id.args: the server
  static constexpr Kind kKind = Kind::UserMapping;
  Options options;
  static constexpr auto attributes() {
    return std::make_tuple(attribute("options", &UserMapping::options));
  }
};

}  // namespace schemadiff::schema
