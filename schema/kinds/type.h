// CREATE TYPE … AS ENUM, composite, range and base types, CREATE DOMAIN.
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
                           attribute("not null", &Domain::not_null, Alter::Depends),
                           attribute("not null name", &Domain::not_null_name),
                           attribute("not null comment", &Domain::not_null_comment),
                           attribute("default", &Domain::default_value),
                           attribute("constraints", &Domain::constraints, Alter::Depends));
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
    return std::make_tuple(
        attribute("subtype", &Range::subtype, Alter::Replace),
        attribute("operator class", &Range::opclass, Alter::Replace),
        attribute("collation", &Range::collation, Alter::Replace),
        attribute("canonical function", &Range::canonical, Alter::Replace),
        attribute("subtype difference function", &Range::subtype_diff, Alter::Replace),
        attribute("multirange type", &Range::multirange, Alter::Replace));
  }
};

// Empty functions: none.
struct BaseType : Object {
  static constexpr Kind kKind = Kind::BaseType;
  bool defined = true;  // false: a shell, which has a name, an owner and a comment
  QualifiedName input, output;
  QualifiedName receive, send, typmod_in, typmod_out, analyze, subscript;
  int length = -1;  // in bytes; -1: variable
  bool by_value = false;
  char alignment = 'i';  // pg_type.typalign: c char, s int2, i int4, d double
  char storage = 'p';    // pg_type.typstorage: p plain, e external, m main, x extended
  char category = 'U';
  bool preferred = false;
  std::optional<std::string> default_value;  // in input form
  TypeName element;
  char delimiter = ',';
  bool collatable = false;
  static constexpr auto attributes() {
    return std::make_tuple(
        attribute("defined", &BaseType::defined, Alter::Depends),
        attribute("input", &BaseType::input, Alter::Depends),
        attribute("output", &BaseType::output, Alter::Depends),
        attribute("receive", &BaseType::receive), attribute("send", &BaseType::send),
        attribute("typmod_in", &BaseType::typmod_in),
        attribute("typmod_out", &BaseType::typmod_out), attribute("analyze", &BaseType::analyze),
        attribute("subscript", &BaseType::subscript),
        attribute("length", &BaseType::length, Alter::Depends),
        attribute("by value", &BaseType::by_value, Alter::Depends),
        attribute("alignment", &BaseType::alignment, Alter::Depends),
        attribute("storage", &BaseType::storage, Alter::Depends),
        attribute("category", &BaseType::category, Alter::Depends),
        attribute("preferred", &BaseType::preferred, Alter::Depends),
        attribute("default", &BaseType::default_value, Alter::Depends),
        attribute("element", &BaseType::element, Alter::Depends),
        attribute("delimiter", &BaseType::delimiter, Alter::Depends),
        attribute("collatable", &BaseType::collatable, Alter::Depends));
  }
};

}  // namespace schemadiff::schema
