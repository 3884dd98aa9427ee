// INSERT, UPDATE, DELETE and MERGE in routine bodies (analyze.c).
#include "parser/analyze/analyzer.h"

namespace schemadiff::parser {

Entry* Analyzer::target_relation(Tree& tree, Query& query) {
  Entry* entry = relation(tree);
  query.target = entry;
  return entry;
}

TypeRef Analyzer::column_type(const Entry& entry, const std::string& name) const {
  for (const EntryColumn& column : *entry.columns)
    if (column.name == name) return column.type;
  return {};
}

std::vector<TypedTarget> Analyzer::assignments(Tree& list, const Entry& target) {
  std::vector<TypedTarget> result;
  const auto note = [&](const std::string& name) {
    if (target.user_relation)
      refs.push_back(
          {schema::Kind::Column, target.relation.schema, target.relation.name, name, {}});
  };
  for (const auto& kid : list.kids) {
    if (kid->tag == Tag::MultiAssign) {
      Typed* source = expression(*kid->kids[0]);
      for (std::size_t i = 1; i < kid->kids.size(); ++i) {
        const std::string& name = kid->kids[i]->text;
        note(name);
        Typed* value = source;
        if (source->kind == TypedKind::Row && i - 1 < source->kids.size())
          value = assign(source->kids[i - 1], column_type(target, name));
        result.push_back({name, value, {}});
      }
      continue;
    }
    note(kid->text);
    TypedTarget& assigned = result.emplace_back();
    assigned.name = kid->text;
    Typed* value = expression(*kid->kids[0]);
    const bool whole = kid->kids.size() == 1;
    if (value->kind != TypedKind::Default && whole)
      value = assign(value, column_type(target, kid->text));
    assigned.value = value;
    for (std::size_t i = 1; i < kid->kids.size(); ++i) {
      Typed* step = pool_.make(TypedKind::Field);
      step->text = kid->kids[i]->tag == Tag::Field ? kid->kids[i]->text : "[]";
      if (Tree* index = kid->kids[i]->kid(1)) step->kids.push_back(expression(*index));
      assigned.path.push_back(step);
    }
  }
  return result;
}

void Analyzer::on_conflict(Tree& tree, Query& query, const Entry& target) {
  query.details = tree.text.empty() ? " conflict" : " conflict on " + tree.text;
  if (Tree* elements = tree.kid(0)) {
    for (const auto& kid : elements->kids) {
      query.details += " #";
      if (kid->kid(0)) {
        query.detail_values.push_back(expression(*kid->kids[0]));
      } else {
        Typed* column = find_column(*scope_, kid->text);
        query.detail_values.push_back(column ? column : pool_.make(TypedKind::Default));
      }
      if (!kid->names.empty()) query.details += " collate " + kid->names.back();
    }
  }
  if (Tree* where = tree.kid(1)) {
    query.details += " where #";
    query.detail_values.push_back(to_boolean(expression(*where)));
  }
  if (!tree.kid(2)) {
    query.details += " nothing";
    return;
  }
  Entry& excluded = pool_.entries.emplace_back(target);
  excluded.name = "excluded";
  excluded.printed = "excluded";
  scope_->items.push_back({&excluded, true, false});
  for (TypedTarget& assigned : assignments(*tree.kids[2], target)) {
    query.details += " set " + assigned.name + " #";
    query.detail_values.push_back(assigned.value);
  }
  if (Tree* where = tree.kid(3)) {
    query.details += " where #";
    query.detail_values.push_back(to_boolean(expression(*where)));
  }
  scope_->items.pop_back();
}

// A statement that changes a relation, in a scope of its own; parts(query, scope, target) reads
// what follows the relation.
template <class Parts>
Query* Analyzer::changing(Tree& tree, Command command, Parts&& parts) {
  Query& query = pool_.queries.emplace_back();
  query.command = command;
  Scope scope;
  scope.parent = scope_;
  scope.query = &query;
  Scope* saved = scope_;
  scope_ = &scope;
  with_clause(tree.kid(0), query, scope);
  parts(query, scope, target_relation(*tree.kids[1], query));
  scope_ = saved;
  return &query;
}

Query* Analyzer::insert(Tree& tree) {
  return changing(tree, Command::Insert, [&](Query& query, Scope& scope, Entry* target) {
    query.override_kind = tree.op;
    std::vector<std::string> names;
    for (const auto& kid : tree.kids[2]->kids) names.push_back(kid->text);
    if (names.empty())
      for (const EntryColumn& column : *target->columns) names.push_back(column.name);
    Tree* source = tree.kid(3);
    const bool single =
        source && source->kid(kSelectValues) && source->kids[kSelectValues]->kids.size() == 1;
    if (single) {
      auto values = expression_list(source->kids[kSelectValues]->kids[0]->kids);
      for (std::size_t i = 0; i < values.size() && i < names.size(); ++i) {
        Typed* value = values[i];
        if (value->kind != TypedKind::Default)
          value = assign(value, column_type(*target, names[i]));
        query.targets.push_back({names[i], value, {}});
      }
    } else if (source) {
      query.source = select_statement(*source, &scope, false);
      for (std::size_t i = 0; i < names.size() && i < query.source->targets.size(); ++i) {
        TypedTarget& output = query.source->targets[i];
        if (output.value->kind == TypedKind::Constant && output.value->type.id == types::kUnknown)
          output.value = assign(output.value, column_type(*target, names[i]));
        query.targets.push_back({names[i], nullptr, {}});
      }
    }
    for (const TypedTarget& assigned : query.targets) {
      if (target->user_relation)
        refs.push_back({schema::Kind::Column,
                        target->relation.schema,
                        target->relation.name,
                        assigned.name,
                        {}});
    }
    scope.items.push_back({target});
    if (tree.kid(4)) on_conflict(*tree.kids[4], query, *target);
    query.returning = target_list(tree.kid(5));
  });
}

Query* Analyzer::update(Tree& tree) {
  return changing(tree, Command::Update, [&](Query& query, Scope& scope, Entry* target) {
    scope.items.push_back({target});
    from_clause(tree.kid(3), query);
    query.targets = assignments(*tree.kids[2], *target);
    if (Tree* where = tree.kid(4)) query.where = to_boolean(expression(*where));
    query.returning = target_list(tree.kid(5));
  });
}

Query* Analyzer::remove(Tree& tree) {
  return changing(tree, Command::Delete, [&](Query& query, Scope& scope, Entry* target) {
    scope.items.push_back({target});
    from_clause(tree.kid(2), query);
    if (Tree* where = tree.kid(3)) query.where = to_boolean(expression(*where));
    query.returning = target_list(tree.kid(4));
  });
}

Query* Analyzer::merge(Tree& tree) {
  return changing(tree, Command::Merge, [&](Query& query, Scope& scope, Entry* target) {
    std::vector<ScopeItem> items;
    query.from.push_back(from_item(*tree.kids[2], items));
    scope.items.push_back({target});
    scope.items.insert(scope.items.end(), items.begin(), items.end());
    query.where = to_boolean(expression(*tree.kids[3]));
    for (std::size_t i = 4; i < tree.kids.size(); ++i) {
      Tree& when = *tree.kids[i];
      query.details += when.has(kNot) ? " unmatched" : " matched";
      query.details += ' ' + std::to_string(when.op) + ' ' + when.text;
      if (Tree* condition = when.kid(0)) {
        query.details += " if #";
        query.detail_values.push_back(to_boolean(expression(*condition)));
      }
      Tree* values = when.kid(2);
      if (!values && when.kid(1)) {
        for (TypedTarget& assigned : assignments(*when.kids[1], *target)) {
          query.details += " set " + assigned.name + " #";
          query.detail_values.push_back(assigned.value);
        }
      }
      for (std::size_t j = 0; values && j < values->kids.size(); ++j) {
        std::string name;
        if (when.kid(1) && j < when.kids[1]->kids.size()) name = when.kids[1]->kids[j]->text;
        if (!when.kid(1) && j < target->columns->size()) name = (*target->columns)[j].name;
        Typed* value = expression(*values->kids[j]);
        if (value->kind != TypedKind::Default) value = assign(value, column_type(*target, name));
        query.details += " set " + name + " #";
        query.detail_values.push_back(value);
      }
    }
  });
}

Query* Analyzer::body_statement(Tree& tree) {
  switch (tree.tag) {
    case Tag::Select:
      return select_statement(tree, scope_, true);
    case Tag::Insert:
      return insert(tree);
    case Tag::Update:
      return update(tree);
    case Tag::Delete:
      return remove(tree);
    case Tag::Merge:
      return merge(tree);
    case Tag::Return: {
      Query& query = pool_.queries.emplace_back();
      query.command = Command::Return;
      query.targets.push_back({"", to_text_if_unknown(expression(*tree.kids[0])), {}});
      return &query;
    }
    default: {
      unresolved();
      return &pool_.queries.emplace_back();
    }
  }
}

}  // namespace schemadiff::parser
