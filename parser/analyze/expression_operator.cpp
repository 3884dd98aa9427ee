// Operators, row comparisons, IN and BETWEEN (parse_oper.c; parse_expr.c).
#include "parser/analyze/analyzer.h"

namespace schemadiff::parser {
namespace {

std::string qualified(std::string_view schema, std::string_view name) {
  if (schema == "pg_catalog") return std::string(name);
  std::string text(schema);
  text += '.';
  text += name;
  return text;
}

bool is_row(const Typed* value) { return value->kind == TypedKind::Row; }

bool is_null_literal(const Typed* value) {
  return value->kind == TypedKind::Constant && value->null && value->type.id == types::kUnknown;
}

}  // namespace

ResolvedOperator Analyzer::find_operator(std::string_view schema, const std::string& name,
                                         TypeId left, TypeId right, bool array) {
  ResolutionKey key{std::string(schema) + '.' + name, {left, right}, path_.data(), array ? 1 : 0};
  const auto [place, added] = shared_.operators.try_emplace(std::move(key));
  if (added) {
    place->second = array ? resolve_array_operator(system_, schema, name, left, right, path_)
                          : resolve_operator(system_, schema, name, left, right, path_);
  }
  return place->second;
}

Typed* Analyzer::operation(const std::vector<std::string>& schema, const std::string& name,
                           Typed* left, Typed* right, Tree* source) {
  if (left && is_row(left) && is_row(right))
    return row_operation(schema, name, left, right, source);
  const std::string_view written = schema.empty() ? std::string_view() : schema.back();
  ResolvedOperator found;
  if (right->type && (!left || left->type)) {
    found = find_operator(written, name, left ? left->type.id : TypeId{}, right->type.id, false);
  }
  Typed* result = pool_.make(TypedKind::Operator, TypeRef{found.result, -1});
  if (left) result->kids.push_back(left);
  result->kids.push_back(right);
  if (!found) {
    unresolved();
    result->text = name;
    // All comparisons give a boolean, whatever they compare.
    if (name == "=" || name == "<>" || name == "<" || name == ">" || name == "<=" || name == ">=" ||
        name == "~~" || name == "!~~" || name == "@>" || name == "<@" || name == "&&")
      result->type = TypeRef{types::kBool, -1};
    return result;
  }
  result->text = qualified(found.op->schema, found.op->name);
  refer(*found.op);
  if (rewrite_ && source && found.op->schema != "pg_catalog")
    source->names = {std::string(found.op->schema)};
  if (left) result->kids[0] = coerce(left, found.left, -1, CoercionContext::Implicit, true);
  result->kids.back() = coerce(right, found.right, -1, CoercionContext::Implicit, true);
  return result;
}

Typed* Analyzer::array_operation(const std::vector<std::string>& schema, const std::string& name,
                                 Typed* left, Typed* right, bool any, Tree* source) {
  const std::string_view written = schema.empty() ? std::string_view() : schema.back();
  ResolvedOperator found;
  if (left->type && right->type)
    found = find_operator(written, name, left->type.id, right->type.id, true);
  Typed* result = pool_.make(TypedKind::ArrayOperator, TypeRef{types::kBool, -1});
  result->op = any ? 1 : 0;
  result->kids = {left, right};
  if (!found) {
    unresolved();
    result->text = name;
    return result;
  }
  result->text = qualified(found.op->schema, found.op->name);
  refer(*found.op);
  if (rewrite_ && source && found.op->schema != "pg_catalog")
    source->names = {std::string(found.op->schema)};
  result->kids[0] = coerce(left, found.left, -1, CoercionContext::Implicit, true);
  result->kids[1] = coerce(right, found.right, -1, CoercionContext::Implicit, true);
  return result;
}

Typed* Analyzer::row_operation(const std::vector<std::string>& schema, const std::string& name,
                               Typed* left, Typed* right, Tree* source) {
  const std::size_t count = std::min(left->kids.size(), right->kids.size());
  std::vector<Typed*> pairs;
  for (std::size_t i = 0; i < count; ++i)
    pairs.push_back(operation(schema, name, left->kids[i], right->kids[i], source));
  if (pairs.size() == 1) return pairs[0];
  if (name == "=" || name == "<>") {
    Typed* result =
        pool_.make(name == "=" ? TypedKind::And : TypedKind::Or, TypeRef{types::kBool, -1});
    result->kids = std::move(pairs);
    return result;
  }
  Typed* result = pool_.make(TypedKind::RowCompare, TypeRef{types::kBool, -1});
  result->text = pairs.empty() ? name : pairs[0]->text;
  for (std::size_t side = 0; side < 2; ++side) {
    Typed* row = pool_.make(TypedKind::Row, TypeRef{types::kRecord, -1});
    for (Typed* pair : pairs)
      if (pair->kids.size() > side) row->kids.push_back(pair->kids[side]);
    result->kids.push_back(row);
  }
  return result;
}

Typed* Analyzer::distinct(Typed* left, Typed* right) {
  if (is_row(left) && is_row(right) && left->kids.size() == right->kids.size()) {
    Typed* result = nullptr;
    for (std::size_t i = 0; i < left->kids.size(); ++i) {
      Typed* pair = distinct(left->kids[i], right->kids[i]);
      if (!result) {
        result = pair;
        continue;
      }
      Typed* both = pool_.make(TypedKind::Or, TypeRef{types::kBool, -1});
      both->kids = {result, pair};
      result = both;
    }
    if (result) return result;
  }
  if (is_null_literal(right) || is_null_literal(left)) {
    Typed* test = pool_.make(TypedKind::NullTest, TypeRef{types::kBool, -1});
    test->op = 1;
    test->kids = {is_null_literal(right) ? left : right};
    return test;
  }
  Typed* result = operation({}, "=", left, right, nullptr);
  result->kind = TypedKind::Distinct;
  result->type = TypeRef{types::kBool, -1};
  return result;
}

Typed* Analyzer::in_list(Tree& tree) {
  const bool negated = tree.has(kNot);
  const std::string op = negated ? "<>" : "=";
  Typed* left = expression(*tree.kids[0]);
  std::vector<Typed*> with_columns, constants, items;
  for (std::size_t i = 1; i < tree.kids.size(); ++i) {
    const int uses = scope_->uses;
    Typed* item = expression(*tree.kids[i]);
    items.push_back(item);
    (scope_->uses != uses ? with_columns : constants).push_back(item);
  }
  Typed* result = nullptr;
  if (constants.size() > 1) {
    std::vector<Typed*> all{left};
    all.insert(all.end(), constants.begin(), constants.end());
    const TypeId element = common_type_of(all);
    const bool told = element && element != types::kRecord && system_.info(element).array;
    bool known = true;
    for (const Typed* value : all) known = known && value->type;
    if (told || !known) {
      Typed* array =
          pool_.make(TypedKind::Array, TypeRef{told ? system_.info(element).array : TypeId{}, -1});
      for (Typed* value : constants) array->kids.push_back(to_common(value, element));
      result = array_operation({}, op, left, array, !negated, nullptr);
      items = with_columns;
    }
  }
  for (Typed* item : items) {
    Typed* test = operation({}, op, left, item, nullptr);
    if (!result) {
      result = test;
      continue;
    }
    Typed* both = pool_.make(negated ? TypedKind::And : TypedKind::Or, TypeRef{types::kBool, -1});
    both->kids = {result, test};
    result = both;
  }
  return result;
}

Typed* Analyzer::between(Tree& tree) {
  Typed* value = expression(*tree.kids[0]);
  Typed* low = expression(*tree.kids[1]);
  Typed* high = expression(*tree.kids[2]);
  const bool negated = tree.has(kNot);
  const auto pair = [&](Typed* from, Typed* to) {
    Typed* both = pool_.make(negated ? TypedKind::Or : TypedKind::And, TypeRef{types::kBool, -1});
    both->kids = {operation({}, negated ? "<" : ">=", value, from, nullptr),
                  operation({}, negated ? ">" : "<=", value, to, nullptr)};
    return both;
  };
  if (!tree.has(kSymmetric)) return pair(low, high);
  Typed* either = pool_.make(negated ? TypedKind::And : TypedKind::Or, TypeRef{types::kBool, -1});
  either->kids = {pair(low, high), pair(high, low)};
  return either;
}

Typed* Analyzer::operator_tree(Tree& tree) {
  switch (tree.tag) {
    case Tag::In:
      return in_list(tree);
    case Tag::Between:
      return between(tree);
    case Tag::Distinct: {
      Typed* left = expression(*tree.kids[0]);
      Typed* test = distinct(left, expression(*tree.kids[1]));
      if (!tree.has(kNot)) return test;
      if (test->kind == TypedKind::NullTest) {
        test->op = 0;
        return test;
      }
      Typed* result = pool_.make(TypedKind::Not, TypeRef{types::kBool, -1});
      result->kids.push_back(test);
      return result;
    }
    case Tag::Like:
    case Tag::ILike:
    case Tag::Similar: {
      std::string name = tree.tag == Tag::Similar ? "~" : tree.tag == Tag::Like ? "~~" : "~~*";
      if (tree.has(kNot)) name.insert(0, 1, '!');
      Typed* left = expression(*tree.kids[0]);
      return operation({}, name, left, expression(*tree.kids[1]), nullptr);
    }
    case Tag::OperatorAny:
    case Tag::OperatorAll: {
      Typed* left = expression(*tree.kids[0]);
      Typed* right = expression(*tree.kids[1]);
      return array_operation(tree.names, tree.text, left, right, tree.tag == Tag::OperatorAny,
                             &tree);
    }
    default: {
      constexpr int kExprLink = 4;
      const bool query = tree.kids[1]->tag == Tag::Sublink && tree.kids[1]->op == kExprLink;
      if (query && tree.kid(0) && tree.kids[0]->tag == Tag::Row) return row_compare_query(tree);
      Typed* left = tree.kid(0) ? expression(*tree.kids[0]) : nullptr;
      return operation(tree.names, tree.text, left, expression(*tree.kids[1]), &tree);
    }
  }
}

}  // namespace schemadiff::parser
