// CREATE LANGUAGE, TRANSFORM and ACCESS METHOD. Languages mostly come with an extension.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct Language : Object {
  static constexpr Kind kKind = Kind::Language;
  bool trusted = false;
  QualifiedName handler;
  QualifiedName inline_handler, validator;  // empty: none
  static constexpr auto attributes() {
    constexpr auto R = Alter::Replace;
    return std::make_tuple(attribute("trusted", &Language::trusted, R),
                           attribute("handler", &Language::handler, R),
                           attribute("inline handler", &Language::inline_handler, R),
                           attribute("validator", &Language::validator, R));
  }
};

struct Transform : Object {  // id.name: the type; id.args: the language
  static constexpr Kind kKind = Kind::Transform;
  QualifiedName from_sql, to_sql;            // empty: none
  std::string from_sql_args, to_sql_args;    // as ObjectId::args
  static constexpr auto attributes() {
    constexpr auto R = Alter::Replace;
    return std::make_tuple(attribute("from SQL", &Transform::from_sql, R),
                           attribute("from SQL arguments", &Transform::from_sql_args, R),
                           attribute("to SQL", &Transform::to_sql, R),
                           attribute("to SQL arguments", &Transform::to_sql_args, R));
  }
};

struct AccessMethod : Object {
  static constexpr Kind kKind = Kind::AccessMethod;
  char type = 'i';  // pg_am.amtype: i index, t table
  QualifiedName handler;
  static constexpr auto attributes() {
    return std::make_tuple(attribute("type", &AccessMethod::type, Alter::Replace),
                           attribute("handler", &AccessMethod::handler, Alter::Replace));
  }
};

}  // namespace schemadiff::schema
