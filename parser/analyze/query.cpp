// SELECT, VALUES, set operations and WITH (analyze.c; parse_cte.c).
#include "parser/analyze/analyzer.h"

namespace schemadiff::parser {
namespace {

bool refers_to(const Tree& tree, const std::string& name) {
  if (tree.tag == Tag::Relation && tree.names.size() == 1 && tree.names[0] == name) return true;
  for (const auto& kid : tree.kids)
    if (kid && refers_to(*kid, name)) return true;
  return false;
}

std::vector<EntryColumn> output_columns(const Query& query) {
  const auto& targets = query.returning.empty() ? query.targets : query.returning;
  std::vector<EntryColumn> columns;
  columns.reserve(targets.size());
  for (const TypedTarget& target : targets)
    columns.push_back({target.name, target.value ? target.value->type : TypeRef{}, nullptr});
  return columns;
}

void rename(std::vector<EntryColumn>& columns, const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size() && i < columns.size(); ++i) columns[i].name = names[i];
}

}  // namespace

Query* Analyzer::query(Tree& tree) { return body_statement(tree); }

Query* Analyzer::subquery(Tree& tree, Scope* parent) {
  Scope* saved = scope_;
  scope_ = parent;
  Query* result = nullptr;
  if (tree.tag == Tag::Select) {
    result = select_statement(tree, parent, true);
  } else {
    result = body_statement(tree);
  }
  scope_ = saved;
  return result;
}

Query* Analyzer::select_statement(Tree& tree, Scope* parent, bool resolve_unknowns) {
  if (tree.op != kNoSetOp) return set_operation(tree, parent);
  if (tree.kid(kSelectValues)) return values(tree, parent);
  return plain_select(tree, parent, resolve_unknowns);
}

void Analyzer::with_clause(Tree* with, Query& query, Scope& scope) {
  if (!with) return;
  query.recursive = with->has(kRecursive);
  for (const auto& kid : with->kids) {
    TypedCte& cte = pool_.ctes.emplace_back();
    cte.name = kid->text;
    cte.has_columns = !kid->names.empty();
    cte.materialized = kid->op;
    Tree& body = *kid->kids[0];
    const bool recursive = query.recursive && refers_to(body, cte.name);
    cte.recursive = recursive;
    if (recursive && body.tag == Tag::Select && body.op != kNoSetOp) {
      recursive_cte(*kid, cte, scope);
    } else {
      cte.query = subquery(body, &scope);
      cte.columns = output_columns(*cte.query);
      rename(cte.columns, kid->names);
    }
    for (const std::size_t i : {1u, 2u}) {
      Tree* clause = kid->kid(i);
      if (!clause) continue;
      std::string& words = i == 1 ? cte.search : cte.cycle;
      for (const std::string& name : clause->names) words += name + ' ';
      words += clause->text + (clause->has(kBreadth) ? " breadth" : "");
      if (i == 1) {
        cte.columns.push_back({clause->text, TypeRef{types::kRecordArray, -1}, nullptr});
        if (clause->has(kBreadth)) cte.columns.back().type.id = types::kRecord;
        continue;
      }
      TypeRef mark{types::kBool, -1};
      std::vector<Typed*> marks;
      for (const auto& value : clause->kids)
        if (value) marks.push_back(expression(*value));
      if (!marks.empty()) {
        mark.id = common_type_of(marks);
        for (Typed* value : marks) cte.cycle_values.push_back(to_common(value, mark.id));
      }
      cte.columns.push_back({clause->names[0], mark, nullptr});
      cte.columns.push_back({clause->names[1], TypeRef{types::kRecordArray, -1}, nullptr});
    }
    scope.ctes.push_back(&cte);
    query.ctes.push_back(&cte);
  }
}

// The non-recursive term tells the columns that the recursive term sees.
void Analyzer::recursive_cte(Tree& tree, TypedCte& cte, Scope& scope) {
  Tree& body = *tree.kids[0];
  Scope inner;
  inner.parent = &scope;
  Query& probe = pool_.queries.emplace_back();
  inner.query = &probe;
  Scope* saved = scope_;
  scope_ = &inner;
  with_clause(body.kid(kSelectWith), probe, inner);
  const Query* left = select_statement(*body.kids[kSelectLeft], &inner, true);
  scope_ = saved;
  cte.columns = output_columns(*left);
  rename(cte.columns, tree.names);
  scope.ctes.push_back(&cte);
  cte.query = subquery(body, &scope);
  const auto columns = output_columns(*cte.query);
  for (std::size_t i = 0; i < columns.size() && i < cte.columns.size(); ++i)
    cte.columns[i].type = columns[i].type;
  scope.ctes.pop_back();
}

Query* Analyzer::plain_select(Tree& tree, Scope* parent, bool resolve_unknowns) {
  Query& query = pool_.queries.emplace_back();
  Scope scope;
  scope.parent = parent;
  scope.query = &query;
  Scope* saved = scope_;
  scope_ = &scope;
  with_clause(tree.kid(kSelectWith), query, scope);
  from_clause(tree.kid(kSelectFrom), query);
  query.targets = target_list(tree.kid(kSelectTargets));
  if (Tree* where = tree.kid(kSelectWhere)) query.where = to_boolean(expression(*where));
  if (Tree* having = tree.kid(kSelectHaving)) query.having = to_boolean(expression(*having));
  if (Tree* order = tree.kid(kSelectOrder)) query.order = sort_list(order, &query);
  if (tree.kid(kSelectGroup)) group_by(tree, query);
  query.distinct = tree.has(kDistinct);
  if (Tree* on = tree.kid(kSelectDistinctOn)) {
    for (const auto& kid : on->kids) query.distinct_on.push_back(sort_target(*kid, query, false));
  }
  if (Tree* windows = tree.kid(kSelectWindows)) {
    for (const auto& kid : windows->kids) {
      WindowSpec* spec = window(*kid);
      spec->name = kid->text;
      query.windows.push_back(spec);
    }
  }
  tail(tree, query);
  if (!query.group.empty()) refer_keys(query);
  if (resolve_unknowns) {
    for (TypedTarget& target : query.targets) {
      if (target.value->type.id != types::kUnknown) continue;
      Typed* text = to_text_if_unknown(target.value);
      for (SortKey& key : query.order)
        if (key.value == target.value) key.value = text;
      for (Typed*& value : query.group)
        if (value == target.value) value = text;
      target.value = text;
    }
  }
  scope_ = saved;
  return &query;
}

// LIMIT, OFFSET and FOR UPDATE.
void Analyzer::tail(Tree& tree, Query& query) {
  const auto count = [&](Tree* expression_tree) -> Typed* {
    if (!expression_tree) return nullptr;
    return coerce_target(expression(*expression_tree), TypeRef{types::kInt8, -1},
                         CoercionContext::Assignment, true);
  };
  query.offset = count(tree.kid(kSelectOffset));
  query.limit = count(tree.kid(kSelectLimit));
  query.with_ties = tree.has(kWithTies);
  locking(tree, query);
}

void Analyzer::locking(Tree& tree, Query& query) {
  Tree* clauses = tree.kid(kSelectLocking);
  if (!clauses) return;
  constexpr std::string_view kStrengths[] = {"", "key share", "share", "no key update", "update"};
  for (const auto& clause : clauses->kids) {
    std::string words(kStrengths[clause->op]);
    words += clause->has(kNoWait) ? " nowait" : clause->has(kSkipLocked) ? " skip" : "";
    if (clause->kids.empty()) {
      for (const Entry* entry : query.range_table) {
        if (entry->kind == EntryKind::Relation || entry->kind == EntryKind::Subquery)
          query.locking += words + " of " + entry->name + ";";
      }
    }
    for (const auto& relation : clause->kids)
      query.locking += words + " of " + relation->names.back() + ";";
  }
}

// A VALUES list is a query over a range table entry "*VALUES*".
Query* Analyzer::values(Tree& tree, Scope* parent) {
  Query& query = pool_.queries.emplace_back();
  query.command = Command::Values;
  Scope scope;
  scope.parent = parent;
  scope.query = &query;
  Scope* saved = scope_;
  scope_ = &scope;
  with_clause(tree.kid(kSelectWith), query, scope);
  Entry& entry = pool_.entries.emplace_back();
  entry.kind = EntryKind::Values;
  entry.name = "*VALUES*";
  for (const auto& row : tree.kids[kSelectValues]->kids) {
    entry.rows.push_back(expression_list(row->kids));
  }
  const std::size_t width = entry.rows[0].size();
  for (std::size_t i = 0; i < width; ++i) {
    std::vector<Typed*> column;
    for (const auto& row : entry.rows)
      if (i < row.size()) column.push_back(row[i]);
    const TypeId common = common_type_of(column);
    std::vector<TypeRef> kinds;
    for (auto& row : entry.rows) {
      if (i >= row.size()) continue;
      if (common) row[i] = to_common(row[i], common);
      kinds.push_back(row[i]->type);
    }
    const TypeRef type{common, common ? common_typmod(kinds, common) : -1};
    entry.own_columns.push_back({"column" + std::to_string(i + 1), type, nullptr});
  }
  entry.columns = &entry.own_columns;
  query.range_table.push_back(&entry);
  query.from.push_back(&entry);
  scope.items.push_back({&entry});
  for (std::size_t i = 0; i < width; ++i)
    query.targets.push_back({entry.own_columns[i].name, column_of(entry, i, scope), {}});
  if (Tree* order = tree.kid(kSelectOrder)) query.order = sort_list(order, &query);
  tail(tree, query);
  scope_ = saved;
  return &query;
}

Query* Analyzer::set_operand(Tree& tree, Scope* parent) {
  const bool leaf = tree.op == kNoSetOp || tree.kid(kSelectOrder) || tree.kid(kSelectLimit) ||
                    tree.kid(kSelectOffset) || tree.kid(kSelectWith) || tree.kid(kSelectLocking);
  return leaf ? select_statement(tree, parent, false) : set_operation(tree, parent);
}

Query* Analyzer::set_operation(Tree& tree, Scope* parent) {
  Query& query = pool_.queries.emplace_back();
  query.command = Command::SetOperation;
  query.set_op = tree.op;
  query.all = tree.has(kAll);
  Scope scope;
  scope.parent = parent;
  scope.query = &query;
  Scope* saved = scope_;
  scope_ = &scope;
  with_clause(tree.kid(kSelectWith), query, scope);
  query.left = set_operand(*tree.kids[kSelectLeft], &scope);
  query.right = set_operand(*tree.kids[kSelectRight], &scope);
  auto& left = query.left->targets;
  auto& right = query.right->targets;
  for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
    std::vector<Typed*> both{left[i].value, right[i].value};
    const TypeId common = common_type_of(both);
    for (TypedTarget* target : {&left[i], &right[i]}) {
      const bool literal = target->value->kind == TypedKind::Constant;
      if (common && literal && target->value->type.id == types::kUnknown)
        target->value = to_common(target->value, common);
    }
    const TypeRef kinds[] = {left[i].value->type, right[i].value->type};
    Typed* output =
        pool_.make(TypedKind::Param, TypeRef{common, common ? common_typmod(kinds, common) : -1});
    query.targets.push_back({left[i].name, output, {}});
  }
  if (Tree* order = tree.kid(kSelectOrder)) {
    for (const auto& kid : order->kids) {
      SortKey key = sort_key(*kid, nullptr);
      Tree& value = *kid->kids[0];
      if (value.tag == Tag::Integer) key.column = std::atoi(value.text.c_str());
      for (std::size_t i = 0; i < query.targets.size() && value.tag == Tag::Column; ++i)
        if (key.column == 0 && query.targets[i].name == value.names.back())
          key.column = static_cast<int>(i) + 1;
      query.order.push_back(key);
    }
  }
  tail(tree, query);
  scope_ = saved;
  return &query;
}

}  // namespace schemadiff::parser
