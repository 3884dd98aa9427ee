// The definition texts of a catalog, each with what decides its meaning.
#pragma once

#include <cstdint>
#include <vector>

#include "parser/syntax/syntax.h"
#include "schema/catalog.h"

namespace schemadiff::parser {

enum class Role : std::uint8_t {
  Value,     // stands as it is: index expressions, partition keys
  Assigned,  // is coerced to the type `target`: defaults, generated columns
  Argument,  // is coerced to the type `target` without its modifier: argument defaults
  Condition,
  Query,   // of a view
  Action,  // of a rule: a query
  Body,    // of a routine
  Bound,   // of a partition
};

struct Definition {
  schema::Expr* expr = nullptr;
  Role role = Role::Value;
  schema::Object* owner = nullptr;
  std::vector<schema::ObjectId>* refs = nullptr;       // where its references go
  schema::QualifiedName relation;                      // whose columns are visible; empty: none
  bool old_and_new = false;                            // it is, as OLD and NEW
  std::string_view plain_row;                          // of these, whose columns need no OLD or NEW
  const schema::TypeName* target = nullptr;            // of Assigned and Argument
  const schema::TypeName* domain = nullptr;            // what VALUE is
  std::vector<schema::ViewColumn>* columns = nullptr;  // of Query: the output
};

// All that are not empty, in the order of the kinds; without those of view_defaults_of().
std::vector<Definition> definitions_of(schema::Catalog& catalog);

// Defaults of the columns of views, which are known when their queries are analysed.
std::vector<Definition> view_defaults_of(schema::Catalog& catalog);

class TypeSystem;

// Adds the references that are no matter of definition texts; sorts all.
void add_structural_refs(schema::Catalog& catalog, const TypeSystem& system);

// Makes MemberPrivileges of the catalog's MemberGrants. A member that the environment does not know
// is taken for one whose extension gave nothing special.
void add_member_privileges(schema::Catalog& catalog, const schema::ExtensionObjects& environment);

// Takes the storage parameters of TOAST tables from what has no TOAST table, as the server does.
void forget_lost_toast_options(schema::Catalog& catalog, const TypeSystem& system);

}  // namespace schemadiff::parser
