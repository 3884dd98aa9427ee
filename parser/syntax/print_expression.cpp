// Expressions → SQL text.
#include <array>

#include "parser/syntax/printer.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

// Whether the text of the expression can be an operand of anything without parentheses.
bool is_atomic(const Tree& tree) {
  switch (tree.tag) {
    case Tag::Integer:
    case Tag::Float:
      return tree.text.empty() || tree.text[0] != '-';
    case Tag::Function:
      return !tree.has(kKeywords) ||
             (tree.names.back() != "timezone" && tree.names.back() != "overlaps" &&
              tree.names.back() != "is_normalized");
    case Tag::Sublink:
      return tree.kid(0) == nullptr;
    case Tag::Xml:
      return tree.op != 7;  // IS DOCUMENT
    case Tag::Operator:
    case Tag::OperatorAny:
    case Tag::OperatorAll:
    case Tag::Distinct:
    case Tag::In:
    case Tag::Like:
    case Tag::ILike:
    case Tag::Similar:
    case Tag::Between:
    case Tag::And:
    case Tag::Or:
    case Tag::Not:
    case Tag::NullTest:
    case Tag::BooleanTest:
    case Tag::Collate:
    case Tag::NamedArgument:
      return false;
    default:
      return true;
  }
}

bool is_left_associative(std::string_view op) {
  return op == "+" || op == "-" || op == "*" || op == "/" || op == "||";
}

bool is_call(const Tree* tree, std::string_view name, std::size_t arguments) {
  return tree && tree->tag == Tag::Function && tree->names.size() == 2 &&
         tree->names[0] == "pg_catalog" && tree->names[1] == name &&
         tree->kids[0]->kids.size() == arguments && !tree->kids[1] && !tree->kids[2] &&
         !tree->kids[3] && tree->flags == 0;
}

constexpr std::array<std::string_view, 15> kValueFunctions = {
    "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIME",   "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP",
    "LOCALTIME",    "LOCALTIME",    "LOCALTIMESTAMP", "LOCALTIMESTAMP",    "CURRENT_ROLE",
    "CURRENT_USER", "USER",         "SESSION_USER",   "CURRENT_CATALOG",   "CURRENT_SCHEMA"};

constexpr std::array<std::string_view, 6> kBooleanTests = {
    " IS TRUE", " IS NOT TRUE", " IS FALSE", " IS NOT FALSE", " IS UNKNOWN", " IS NOT UNKNOWN"};

}  // namespace

void Printer::operand(const Tree& tree) {
  const bool bare = is_atomic(tree);
  if (!bare) out += '(';
  expression(tree);
  if (!bare) out += ')';
}

void Printer::term(const Tree& tree) {
  const bool bare = tree.tag != Tag::And && tree.tag != Tag::Or && tree.tag != Tag::Not;
  if (!bare) out += '(';
  expression(tree);
  if (!bare) out += ')';
}

void Printer::operator_name(const Tree& tree) {
  if (tree.names.empty()) {
    out += tree.text;
    return;
  }
  out += "OPERATOR(";
  path(tree.names);
  out += '.';
  out += tree.text;
  out += ')';
}

void Printer::literal(const Tree& tree) {
  switch (tree.tag) {
    case Tag::Null:
      out += "NULL";
      return;
    case Tag::Boolean:
      out += tree.op ? "true" : "false";
      return;
    case Tag::String:
      out += schema::quote_literal(tree.text);
      return;
    case Tag::Bits:
      out += tree.text[0];
      out += '\'';
      out.append(tree.text, 1);
      out += '\'';
      return;
    case Tag::Param:
      out += '$' + std::to_string(tree.op);
      return;
    case Tag::Default:
      out += "DEFAULT";
      return;
    default:
      out += tree.text;
      return;
  }
}

void Printer::operation(const Tree& tree) {
  const Tree* left = tree.kid(0);
  const Tree* right = tree.kid(1);
  const std::string_view negated = tree.has(kNot) ? " NOT" : "";
  switch (tree.tag) {
    case Tag::Operator: {
      const bool chain = left && left->tag == Tag::Operator && left->kid(0) &&
                         left->text == tree.text && left->names.empty() && tree.names.empty() &&
                         is_left_associative(tree.text);
      if (chain) {
        expression(*left);
      } else if (left) {
        operand(*left);
      }
      if (left) out += ' ';
      operator_name(tree);
      out += ' ';
      return operand(*right);
    }
    case Tag::OperatorAny:
    case Tag::OperatorAll:
      operand(*left);
      out += ' ';
      operator_name(tree);
      out += tree.tag == Tag::OperatorAny ? " ANY (" : " ALL (";
      // A bare sub-query in these parentheses would be a sublink.
      if (right->tag == Tag::Sublink) out += '(';
      expression(*right);
      if (right->tag == Tag::Sublink) out += ')';
      out += ')';
      return;
    case Tag::Distinct:
      operand(*left);
      out += tree.has(kNot) ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ";
      return operand(*right);
    case Tag::In:
      operand(*left);
      out += negated;
      out += " IN (";
      list(tree, 1);
      out += ')';
      return;
    case Tag::Between:
      operand(*left);
      out += negated;
      out += tree.has(kSymmetric) ? " BETWEEN SYMMETRIC " : " BETWEEN ";
      operand(*right);
      out += " AND ";
      return operand(*tree.kids[2]);
    default:
      break;
  }
  operand(*left);
  out += negated;
  out += tree.tag == Tag::Like ? " LIKE " : tree.tag == Tag::ILike ? " ILIKE " : " SIMILAR TO ";
  const bool similar = tree.tag == Tag::Similar;
  if (similar && is_call(right, "similar_to_escape", 1)) return operand(*right->kids[0]->kids[0]);
  if (is_call(right, similar ? "similar_to_escape" : "like_escape", 2)) {
    operand(*right->kids[0]->kids[0]);
    out += " ESCAPE ";
    return operand(*right->kids[0]->kids[1]);
  }
  operand(*right);
}

void Printer::sublink(const Tree& tree) {
  enum { kExists, kAllLink, kAnyLink, kRowCompare, kExpr, kMultiExpr, kArrayLink };
  if (const Tree* test = tree.kid(0)) {
    operand(*test);
    out += ' ';
    if (tree.text.empty()) {
      out += "IN ";
    } else {
      operator_name(tree);
      out += tree.op == kAllLink ? " ALL " : " ANY ";
    }
  }
  if (tree.op == kExists) out += "EXISTS ";
  if (tree.op == kArrayLink) out += "ARRAY";
  out += '(';
  node(*tree.kids[1]);
  out += ')';
}

void Printer::conditional(const Tree& tree) {
  out += "CASE";
  optional(" ", tree.kid(0));
  for (std::size_t i = 2; i + 1 < tree.kids.size(); i += 2) {
    optional(" WHEN ", tree.kid(i));
    optional(" THEN ", tree.kid(i + 1));
  }
  optional(" ELSE ", tree.kid(1));
  out += " END";
}

void Printer::value_function(const Tree& tree) {
  out += kValueFunctions[static_cast<std::size_t>(tree.op)];
  if (!tree.text.empty()) out += '(' + tree.text + ')';
}

void Printer::indirection(const Tree& tree, std::size_t from) {
  for (std::size_t i = from; i < tree.kids.size(); ++i) {
    const Tree& step = *tree.kids[i];
    if (step.tag == Tag::Field) {
      out += '.';
      word(step.text);
    } else if (step.tag == Tag::Star) {
      out += ".*";
    } else {
      out += '[';
      optional("", step.kid(0));
      if (step.has(kSlice)) out += ':';
      optional("", step.kid(1));
      out += ']';
    }
  }
}

void Printer::expression(const Tree& tree) {
  const auto in_parentheses = [&](std::string_view before) {
    out += before;
    out += '(';
    list(tree);
    out += ')';
  };
  switch (tree.tag) {
    case Tag::Column:
      path(tree.names);
      if (tree.has(kStar)) out += tree.names.empty() ? "*" : ".*";
      return;
    case Tag::Null:
    case Tag::Boolean:
    case Tag::Integer:
    case Tag::Float:
    case Tag::String:
    case Tag::Bits:
    case Tag::Param:
    case Tag::Default:
      return literal(tree);
    case Tag::Cast:
      operand(*tree.kids[0]);
      out += "::";
      return type(*tree.kids[1]);
    case Tag::Collate:
      operand(*tree.kids[0]);
      out += " COLLATE ";
      return path(tree.names);
    case Tag::Operator:
    case Tag::OperatorAny:
    case Tag::OperatorAll:
    case Tag::Distinct:
    case Tag::In:
    case Tag::Like:
    case Tag::ILike:
    case Tag::Similar:
    case Tag::Between:
      return operation(tree);
    case Tag::NullIf:
      return in_parentheses("NULLIF");
    case Tag::And:
    case Tag::Or:
      for (std::size_t i = 0; i < tree.kids.size(); ++i) {
        if (i) out += tree.tag == Tag::And ? " AND " : " OR ";
        term(*tree.kids[i]);
      }
      return;
    case Tag::Not:
      out += "NOT ";
      return term(*tree.kids[0]);
    case Tag::NullTest:
      operand(*tree.kids[0]);
      out += tree.has(kNot) ? " IS NOT NULL" : " IS NULL";
      return;
    case Tag::BooleanTest:
      operand(*tree.kids[0]);
      out += kBooleanTests[static_cast<std::size_t>(tree.op)];
      return;
    case Tag::Case:
      return conditional(tree);
    case Tag::Coalesce:
      return in_parentheses("COALESCE");
    case Tag::Greatest:
      return in_parentheses("GREATEST");
    case Tag::Least:
      return in_parentheses("LEAST");
    case Tag::Grouping:
      return in_parentheses("GROUPING");
    case Tag::Row:
      return in_parentheses(tree.has(kRowWord) ? "ROW" : "");
    case Tag::Function:
      return call(tree);
    case Tag::NamedArgument:
      word(tree.text);
      return optional(" => ", tree.kid(0));
    case Tag::ValueFunction:
      return value_function(tree);
    case Tag::Array:
      out += "ARRAY[";
      list(tree);
      out += ']';
      return;
    case Tag::Sublink:
      return sublink(tree);
    case Tag::Indirection: {
      const bool bare = tree.kids[0]->tag == Tag::Column && tree.kids[1]->tag == Tag::Subscript;
      if (!bare) out += '(';
      expression(*tree.kids[0]);
      if (!bare) out += ')';
      return indirection(tree, 1);
    }
    case Tag::Xml:
    case Tag::XmlSerialize:
      return xml(tree);
    case Tag::CurrentOf:
      out += "CURRENT OF ";
      return word(tree.text);
    case Tag::Field:
      return word(tree.text);
    case Tag::Star:
      out += '*';
      return;
    default:
      return node(tree);
  }
}

}  // namespace schemadiff::parser
