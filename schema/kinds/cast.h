// CREATE CAST and CREATE CONVERSION.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct Cast : Object {  // id.name: "integer AS text"; in no schema
  static constexpr Kind kKind = Kind::Cast;
  TypeName source, target;  // part of the identity
  char method = 'f';        // pg_cast.castmethod: f function, i inout, b binary
  QualifiedName function;
  std::string function_args;  // its input types, as ObjectId::args
  char context = 'e';         // pg_cast.castcontext: e explicit, a assignment, i implicit
  static constexpr auto attributes() {
    constexpr auto R = Alter::Replace;
    return std::make_tuple(attribute("method", &Cast::method, R),
                           attribute("function", &Cast::function, R),
                           attribute("function arguments", &Cast::function_args, R),
                           attribute("context", &Cast::context, R));
  }
};

struct Conversion : Object {
  static constexpr Kind kKind = Kind::Conversion;
  std::string source, target;  // encodings as pg_encoding_to_char() spells them
  QualifiedName function;
  bool is_default = false;
  static constexpr auto attributes() {
    constexpr auto R = Alter::Replace;
    return std::make_tuple(attribute("source encoding", &Conversion::source, R),
                           attribute("target encoding", &Conversion::target, R),
                           attribute("function", &Conversion::function, R),
                           attribute("default", &Conversion::is_default, R));
  }
};

}  // namespace schemadiff::schema
