// Small pieces of SQL text that the kinds' DDL is put together from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/values.h"

namespace schemadiff::schema {

std::string join(const std::vector<std::string>& parts, std::string_view separator);

// "a, b", each name quoted where needed.
std::string name_list(const std::vector<std::string>& names);

// The expression in one pair of parentheses; a pair that already encloses all of it is kept.
std::string parenthesized(std::string_view expression);

// The expression where the grammar wants a b_expr (a column's DEFAULT): in parentheses when it may
// have an operator that only an a_expr has, such as AND, IN or IS.
std::string restricted_expression(std::string_view expression);

// The expression as an element of an index or partition key: a plain function call, or in
// parentheses.
std::string key_expression(std::string_view expression);

// The operator as operator clauses name it: bare when it is of pg_catalog, else
// OPERATOR(schema.op).
std::string operator_name(const QualifiedName& op);

// The text in dollar quotes whose tag does not occur in it.
std::string dollar_quote(std::string_view text);

// " COLLATE name", or nothing.
std::string collate_clause(const QualifiedName& collation);

// PUBLIC, CURRENT_USER, or the role's quoted name.
std::string role_name(std::string_view role);

}  // namespace schemadiff::schema
