// CREATE OPERATOR, OPERATOR FAMILY and OPERATOR CLASS.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct Operator : Object {  // id.args: "integer, text", "NONE, text" for a prefix operator
  static constexpr Kind kKind = Kind::Operator;
  TypeName left, right;  // part of the identity; left is empty for a prefix operator
  QualifiedName function;
  // Of the same operands, the commutator's the other way round. The server fills in the other side.
  QualifiedName commutator, negator;
  QualifiedName restrict_estimator, join_estimator;
  bool hashes = false, merges = false;
  static constexpr auto attributes() {
    constexpr auto R = Alter::Replace;
    return std::make_tuple(attribute("function", &Operator::function, R),
                           attribute("commutator", &Operator::commutator, R),
                           attribute("negator", &Operator::negator, R),
                           attribute("restriction estimator", &Operator::restrict_estimator),
                           attribute("join estimator", &Operator::join_estimator),
                           attribute("hashes", &Operator::hashes, R),
                           attribute("merges", &Operator::merges, R));
  }
};

// An operator or support function of a family or class.
struct FamilyMember {
  bool is_function = false;
  int number = 0;        // strategy or support number
  TypeName left, right;  // operands; of a function: those that it is registered for
  QualifiedName name;
  std::string args;        // of a function: its input types, as ObjectId::args
  QualifiedName order_by;  // of an ordering operator: the btree family; else empty
  auto operator<=>(const FamilyMember&) const = default;
};

// Members that are tied to no class: since 14 the server decides which they are, and
// is_loose_member() (schema/ddl/ddl.h) does so for all.
struct OperatorFamily : Object {  // id.args: the access method
  static constexpr Kind kKind = Kind::OperatorFamily;
  std::vector<FamilyMember> members;  // sorted
  static constexpr auto attributes() {
    return std::make_tuple(attribute("members", &OperatorFamily::members));
  }
};

struct OperatorClass : Object {  // id.args: the access method
  static constexpr Kind kKind = Kind::OperatorClass;
  TypeName type;
  bool is_default = false;
  QualifiedName family;
  TypeName storage;                   // empty: the type itself
  std::vector<FamilyMember> members;  // sorted
  static constexpr auto attributes() {
    constexpr auto R = Alter::Replace;
    return std::make_tuple(attribute("type", &OperatorClass::type, R),
                           attribute("default", &OperatorClass::is_default, R),
                           attribute("family", &OperatorClass::family, R),
                           attribute("storage type", &OperatorClass::storage, R),
                           attribute("members", &OperatorClass::members, R));
  }
};

}  // namespace schemadiff::schema
