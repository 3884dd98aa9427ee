// CREATE COLLATION.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

// The version is the library's, not the schema's: it is not compared.
struct Collation : Object {
  static constexpr Kind kKind = Kind::Collation;
  char provider = 'c';         // pg_collation.collprovider: c libc, i icu, b builtin
  std::string locale;          // of icu and builtin
  std::string collate, ctype;  // of libc
  std::string rules;           // of icu
  bool deterministic = true;
  static constexpr auto attributes() {
    constexpr auto R = Alter::Replace;
    return std::make_tuple(
        attribute("provider", &Collation::provider, R), attribute("locale", &Collation::locale, R),
        attribute("collate", &Collation::collate, R), attribute("ctype", &Collation::ctype, R),
        attribute("rules", &Collation::rules, R),
        attribute("deterministic", &Collation::deterministic, R));
  }
};

}  // namespace schemadiff::schema
