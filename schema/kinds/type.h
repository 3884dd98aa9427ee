// CREATE TYPE … AS ENUM, composite and range types, CREATE DOMAIN.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct Enum : Object {
  static constexpr Kind kKind = Kind::Enum;
  std::vector<std::string> labels;  // in sort order
  static constexpr auto attributes() {
    return std::make_tuple(attribute("labels", &Enum::labels, Alter::Depends));
  }
};

struct DomainConstraint {
  std::string name;
  Expr check;
  bool validated = true;
  std::string comment;
  bool operator==(const DomainConstraint&) const = default;
};

struct Domain : Object {
  static constexpr Kind kKind = Kind::Domain;
  TypeName base;
  QualifiedName collation;  // empty: the base type's own
  bool not_null = false;
  std::string not_null_name;  // from version 17 on; empty: as the server names it
  std::string not_null_comment;
  Expr default_value;
  std::vector<DomainConstraint> constraints;  // sorted by name
  static constexpr auto attributes() {
    return std::make_tuple(attribute("base type", &Domain::base, Alter::Replace),
                           attribute("collation", &Domain::collation, Alter::Replace),
                           attribute("not null", &Domain::not_null),
                           attribute("not null name", &Domain::not_null_name),
                           attribute("not null comment", &Domain::not_null_comment),
                           attribute("default", &Domain::default_value),
                           attribute("constraints", &Domain::constraints));
  }
};

struct CompositeAttribute {
  std::string name;
  TypeName type;
  QualifiedName collation;  // empty: the type's own
  std::string comment;
  bool operator==(const CompositeAttribute&) const = default;
};

struct Composite : Object {
  static constexpr Kind kKind = Kind::Composite;
  std::vector<CompositeAttribute> columns;  // in order
  static constexpr auto attributes() {
    return std::make_tuple(attribute("attributes", &Composite::columns, Alter::Depends));
  }
};

struct Range : Object {
  static constexpr Kind kKind = Kind::Range;
  TypeName subtype;
  QualifiedName opclass;    // empty: the subtype's default btree class
  QualifiedName collation;  // empty: the subtype's own
  QualifiedName canonical;
  QualifiedName subtype_diff;
  QualifiedName multirange;  // always filled
  static constexpr auto attributes() {
    return std::make_tuple(attribute("subtype", &Range::subtype, Alter::Replace),
                           attribute("operator class", &Range::opclass, Alter::Replace),
                           attribute("collation", &Range::collation, Alter::Replace),
                           attribute("canonical function", &Range::canonical, Alter::Replace),
                           attribute("subtype difference function", &Range::subtype_diff, Alter::Replace),
                           attribute("multirange type", &Range::multirange, Alter::Replace));
  }
};

}  // namespace schemadiff::schema
