// Sub-queries in expressions (parse_expr.c, transformSubLink).
#include "parser/analyze/analyzer.h"

namespace schemadiff::parser {

Typed* Analyzer::sublink(Tree& tree) {
  enum { kExists, kAllLink, kAnyLink, kRowCompare, kExpr, kMultiExpr, kArrayLink };
  Typed* result = pool_.make(TypedKind::Sublink, TypeRef{types::kBool, -1});
  result->op = tree.op;
  Typed* test = tree.kid(0) ? expression(*tree.kids[0]) : nullptr;
  result->query = subquery(*tree.kids[1], scope_);
  const auto& targets = result->query->targets;
  if (tree.op == kExpr || tree.op == kArrayLink) {
    if (targets.empty()) return result;
    const TypeRef first = targets[0].value ? targets[0].value->type : TypeRef{};
    if (tree.op == kExpr) {
      result->type = first;
    } else {
      const TypeId array =
          system_.array_element(first.id) ? first.id : system_.info(first.id).array;
      result->type = TypeRef{array, first.typmod};
    }
    return result;
  }
  if (test) compare_with_query(*result, test, tree);
  return result;
}

// (a, b) = (SELECT …)
Typed* Analyzer::row_compare_query(Tree& tree) {
  constexpr int kRowCompare = 3;
  Typed* result = pool_.make(TypedKind::Sublink, TypeRef{types::kBool, -1});
  result->op = kRowCompare;
  Typed* test = expression(*tree.kids[0]);
  result->query = subquery(*tree.kids[1]->kids[1], scope_);
  compare_with_query(*result, test, tree);
  return result;
}

// The operator that `tree` names is resolved for the test and the query's output.
void Analyzer::compare_with_query(Typed& link, Typed* test, Tree& tree) {
  const auto& targets = link.query->targets;
  const std::string name = tree.text.empty() ? "=" : tree.text;
  std::vector<Typed*> left{test};
  if (test->kind == TypedKind::Row) left = test->kids;
  link.text = name;
  for (std::size_t i = 0; i < left.size(); ++i) {
    Typed* output = pool_.make(TypedKind::Param);
    if (i < targets.size() && targets[i].value) output->type = targets[i].value->type;
    Typed* pair = operation(tree.names, name, left[i], output, i == 0 ? &tree : nullptr);
    link.text = pair->text;
    link.kids.push_back(pair->kids[0]);
  }
}

}  // namespace schemadiff::parser
