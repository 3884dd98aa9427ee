// Small changes of a schema's text, made at random.
#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "schema/catalog.h"

namespace schemadiff::testing {

// New statements in the place of those from `first` up to `last` (exclusive). PostgreSQL may refuse
// them.
struct Mutant {
  std::string what;  // the rule and the statements, for reports
  std::size_t first = 0;
  std::size_t last = 0;
  std::vector<std::string> statements;
};

// One change somewhere in the statements: a constant, an operator, a type, a keyword, a column
// added, an item of a list or a statement taken away, or a form that means the same.
Mutant mutate(const std::vector<std::string>& statements, std::mt19937& random);

// The same within one expression or query; none where there is nothing to change.
std::optional<std::string> mutate_expression(const std::string& sql, std::mt19937& random);

// One attribute of one object or column has another value: one that another object of `catalog` or
// of `donor` has, none, or one near it; all attributes of the tables of `schema/kinds/` are as
// likely. Statements are those of the catalog's dump. None where the dump stays the same.
std::optional<Mutant> mutate_attribute(const schema::Catalog& catalog, const schema::Catalog& donor,
                                       const std::vector<std::string>& statements,
                                       std::mt19937& random);

}  // namespace schemadiff::testing
