// Small changes of a schema's text, made at random.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace schemadiff::testing {

struct Mutant {
  std::string what;  // the rule and the statement, for reports
  std::string text;  // the whole schema
};

// One change somewhere in the statements: a constant, an operator, a type, a keyword, a column
// added, an item of a list or a statement taken away, or a form that means the same. PostgreSQL may
// refuse the result.
Mutant mutate(const std::vector<std::string>& statements, std::mt19937& random);

}  // namespace schemadiff::testing
