// Raw query nodes → Tree.
#include "parser/syntax/convert.h"

namespace schemadiff::parser {
namespace {

// libpg_query puts LIMIT_OPTION_DEFAULT before PostgreSQL's own two values.
constexpr int kLibpgQueryWithTies = 2;

TreePtr convert_select(const ::SelectStmt* select) {
  auto tree = make(Tag::Select);
  tree->op = select->op;
  tree->kids.resize(kSelectParts);
  auto& kids = tree->kids;
  kids[kSelectWith] = convert(select->withClause);
  if (select->distinctClause) {
    tree->flags |= kDistinct;
    if (select->distinctClause->elements[0].ptr_value)
      kids[kSelectDistinctOn] = list_of(select->distinctClause);
  }
  kids[kSelectTargets] = list_of(select->targetList);
  kids[kSelectFrom] = list_of(select->fromClause);
  kids[kSelectWhere] = convert(select->whereClause);
  kids[kSelectGroup] = list_of(select->groupClause);
  kids[kSelectHaving] = convert(select->havingClause);
  kids[kSelectWindows] = list_of(select->windowClause);
  if (select->valuesLists) {
    auto rows = make(Tag::List);
    for (int i = 0; i < select->valuesLists->length; ++i) {
      rows->kids.push_back(
          list_of(static_cast<const ::List*>(select->valuesLists->elements[i].ptr_value)));
    }
    kids[kSelectValues] = std::move(rows);
  }
  kids[kSelectOrder] = list_of(select->sortClause);
  kids[kSelectOffset] = convert(select->limitOffset);
  kids[kSelectLimit] = convert(select->limitCount);
  kids[kSelectLocking] = list_of(select->lockingClause);
  kids[kSelectLeft] = convert(select->larg);
  kids[kSelectRight] = convert(select->rarg);
  set_flag(*tree, kAll, select->all);
  set_flag(*tree, kGroupDistinct, select->groupDistinct);
  set_flag(*tree, kWithTies, static_cast<int>(select->limitOption) == kLibpgQueryWithTies);
  return tree;
}

TreePtr convert_cte(const ::CommonTableExpr* cte) {
  auto tree = make(Tag::Cte, string_of(cte->ctename));
  tree->names = strings_of(cte->aliascolnames);
  tree->op = cte->ctematerialized;
  add(*tree, cte->ctequery);
  add(*tree, cte->search_clause);
  add(*tree, cte->cycle_clause);
  return tree;
}

TreePtr convert_cycle(const ::CTECycleClause* cycle) {
  auto tree = make(Tag::Cycle);
  tree->names = strings_of(cycle->cycle_col_list);
  tree->names.insert(tree->names.begin(),
                     {string_of(cycle->cycle_mark_column), string_of(cycle->cycle_path_column)});
  add(*tree, cycle->cycle_mark_value);
  add(*tree, cycle->cycle_mark_default);
  return tree;
}

TreePtr convert_target(const ::ResTarget* target) {
  auto tree = make(Tag::Target, string_of(target->name));
  add(*tree, target->val);
  append(*tree, target->indirection);
  return tree;
}

// SET lists: (a, b) = source arrives as one ResTarget per column, all with the same source.
TreePtr convert_assignments(const ::List* targets) {
  if (!targets) return nullptr;
  auto list = make(Tag::List);
  for (int i = 0; i < targets->length; ++i) {
    const auto* target = static_cast<const ::ResTarget*>(targets->elements[i].ptr_value);
    if (!target->val || target->val->type != T_MultiAssignRef) {
      list->kids.push_back(convert_target(target));
      continue;
    }
    const auto* assign = as<::MultiAssignRef>(target->val);
    if (assign->colno == 1) {
      list->kids.push_back(make(Tag::MultiAssign));
      add(*list->kids.back(), assign->source);
    }
    auto column = make(Tag::Target, string_of(target->name));
    column->kids.push_back(nullptr);
    append(*column, target->indirection);
    list->kids.back()->kids.push_back(std::move(column));
  }
  return list;
}

TreePtr convert_sort(const ::SortBy* sort) {
  auto tree = make(Tag::SortBy);
  tree->op = sort->sortby_dir;
  set_flag(*tree, kNullsFirst, sort->sortby_nulls == SORTBY_NULLS_FIRST);
  set_flag(*tree, kNullsLast, sort->sortby_nulls == SORTBY_NULLS_LAST);
  tree->names = strings_of(sort->useOp);
  if (!tree->names.empty()) {
    tree->text = std::move(tree->names.back());
    tree->names.pop_back();
  }
  add(*tree, sort->node);
  return tree;
}

TreePtr convert_window(const ::WindowDef* window) {
  auto tree = make(Tag::Window, string_of(window->name));
  if (window->refname) tree->names.emplace_back(window->refname);
  tree->op = window->frameOptions;
  tree->kids.push_back(list_of(window->partitionClause));
  tree->kids.push_back(list_of(window->orderClause));
  add(*tree, window->startOffset);
  add(*tree, window->endOffset);
  return tree;
}

TreePtr convert_relation(const ::RangeVar* relation) {
  auto tree = make(Tag::Relation);
  if (relation->schemaname) tree->names.emplace_back(relation->schemaname);
  tree->names.emplace_back(relation->relname);
  set_flag(*tree, kOnly, !relation->inh);
  add(*tree, relation->alias);
  return tree;
}

TreePtr convert_range_function(const ::RangeFunction* function) {
  auto tree = make(Tag::RangeFunction);
  set_flag(*tree, kLateral, function->lateral);
  set_flag(*tree, kOrdinality, function->ordinality);
  set_flag(*tree, kRowsFrom, function->is_rowsfrom);
  add(*tree, function->alias);
  tree->kids.push_back(list_of(function->coldeflist));
  for (int i = 0; i < function->functions->length; ++i) {
    const auto* pair = static_cast<const ::List*>(function->functions->elements[i].ptr_value);
    auto entry = make(Tag::RowsFromItem);
    add(*entry, pair->elements[0].ptr_value);
    entry->kids.push_back(list_of(static_cast<const ::List*>(pair->elements[1].ptr_value)));
    tree->kids.push_back(std::move(entry));
  }
  return tree;
}

TreePtr convert_table_function(const ::RangeTableFunc* function) {
  auto tree = make(Tag::TableFunction);
  set_flag(*tree, kLateral, function->lateral);
  add(*tree, function->docexpr);
  add(*tree, function->rowexpr);
  tree->kids.push_back(list_of(function->namespaces));
  tree->kids.push_back(list_of(function->columns));
  add(*tree, function->alias);
  return tree;
}

TreePtr convert_join(const ::JoinExpr* join) {
  auto tree = make(Tag::Join);
  tree->op = join->jointype;
  set_flag(*tree, kNatural, join->isNatural);
  tree->names = strings_of(join->usingClause);
  if (join->join_using_alias) tree->text = string_of(join->join_using_alias->aliasname);
  add(*tree, join->larg);
  add(*tree, join->rarg);
  add(*tree, join->quals);
  add(*tree, join->alias);
  return tree;
}

TreePtr convert_insert(const ::InsertStmt* insert) {
  auto tree = make(Tag::Insert);
  tree->op = insert->override;
  add(*tree, insert->withClause);
  add(*tree, insert->relation);
  auto columns = make(Tag::List);
  append(*columns, insert->cols);
  tree->kids.push_back(std::move(columns));
  add(*tree, insert->selectStmt);
  add(*tree, insert->onConflictClause);
  tree->kids.push_back(list_of(insert->returningList));
  return tree;
}

TreePtr convert_on_conflict(const ::OnConflictClause* clause) {
  auto tree = make(Tag::OnConflict);
  tree->op = clause->action;
  const auto* infer = clause->infer;
  if (infer) tree->text = string_of(infer->conname);
  tree->kids.push_back(infer ? list_of(infer->indexElems) : nullptr);
  tree->kids.push_back(infer ? convert(infer->whereClause) : nullptr);
  tree->kids.push_back(convert_assignments(clause->targetList));
  add(*tree, clause->whereClause);
  return tree;
}

TreePtr convert_index_element(const ::IndexElem* element) {
  auto tree = make(Tag::IndexElement, string_of(element->name));
  tree->names = strings_of(element->collation);
  add(*tree, element->expr);
  tree->kids.push_back(list_of(element->opclass));
  return tree;
}

TreePtr convert_update(const ::UpdateStmt* update) {
  auto tree = make(Tag::Update);
  add(*tree, update->withClause);
  add(*tree, update->relation);
  tree->kids.push_back(convert_assignments(update->targetList));
  tree->kids.push_back(list_of(update->fromClause));
  add(*tree, update->whereClause);
  tree->kids.push_back(list_of(update->returningList));
  return tree;
}

TreePtr convert_delete(const ::DeleteStmt* remove) {
  auto tree = make(Tag::Delete);
  add(*tree, remove->withClause);
  add(*tree, remove->relation);
  tree->kids.push_back(list_of(remove->usingClause));
  add(*tree, remove->whereClause);
  tree->kids.push_back(list_of(remove->returningList));
  return tree;
}

TreePtr convert_merge(const ::MergeStmt* merge) {
  auto tree = make(Tag::Merge);
  add(*tree, merge->withClause);
  add(*tree, merge->relation);
  add(*tree, merge->sourceRelation);
  add(*tree, merge->joinCondition);
  append(*tree, merge->mergeWhenClauses);
  return tree;
}

TreePtr convert_merge_when(const ::MergeWhenClause* when) {
  auto tree = make(Tag::MergeWhen);
  tree->op = when->commandType;
  set_flag(*tree, kNot, !when->matched);
  if (when->override == OVERRIDING_USER_VALUE) tree->text = "OVERRIDING USER VALUE";
  if (when->override == OVERRIDING_SYSTEM_VALUE) tree->text = "OVERRIDING SYSTEM VALUE";
  add(*tree, when->condition);
  tree->kids.push_back(when->commandType == CMD_UPDATE ? convert_assignments(when->targetList)
                                                       : list_of(when->targetList));
  tree->kids.push_back(list_of(when->values));
  return tree;
}

TreePtr convert_table_function_column(const ::RangeTableFuncCol* column) {
  auto tree = make(Tag::TableFunctionColumn, string_of(column->colname));
  set_flag(*tree, kOrdinality, column->for_ordinality);
  set_flag(*tree, kNotNull, column->is_not_null);
  add(*tree, column->typeName);
  add(*tree, column->colexpr);
  add(*tree, column->coldefexpr);
  return tree;
}

TreePtr convert_sample(const ::RangeTableSample* sample) {
  auto tree = make(Tag::Sample);
  tree->names = strings_of(sample->method);
  add(*tree, sample->relation);
  tree->kids.push_back(list_of(sample->args));
  add(*tree, sample->repeatable);
  return tree;
}

TreePtr convert_locking(const ::LockingClause* locking) {
  auto tree = make(Tag::Locking);
  tree->op = locking->strength;
  set_flag(*tree, kNoWait, locking->waitPolicy == LockWaitError);
  set_flag(*tree, kSkipLocked, locking->waitPolicy == LockWaitSkip);
  append(*tree, locking->lockedRels);
  return tree;
}

TreePtr convert_from(const ::Node* node) {
  switch (node->type) {
    case T_Alias: {
      auto tree = make(Tag::Alias, string_of(as<::Alias>(node)->aliasname));
      tree->names = strings_of(as<::Alias>(node)->colnames);
      return tree;
    }
    case T_RangeSubselect: {
      const auto* subselect = as<::RangeSubselect>(node);
      auto tree = make(Tag::Subselect);
      set_flag(*tree, kLateral, subselect->lateral);
      add(*tree, subselect->subquery);
      add(*tree, subselect->alias);
      return tree;
    }
    case T_ColumnDef: {
      const auto* column = as<::ColumnDef>(node);
      auto tree = make(Tag::ColumnDefinition, string_of(column->colname));
      if (column->collClause) tree->names = strings_of(column->collClause->collname);
      add(*tree, column->typeName);
      return tree;
    }
    case T_RangeFunction:
      return convert_range_function(as<::RangeFunction>(node));
    case T_RangeTableFunc:
      return convert_table_function(as<::RangeTableFunc>(node));
    case T_RangeTableFuncCol:
      return convert_table_function_column(as<::RangeTableFuncCol>(node));
    case T_RangeTableSample:
      return convert_sample(as<::RangeTableSample>(node));
    case T_JoinExpr:
      return convert_join(as<::JoinExpr>(node));
    default:
      return nullptr;
  }
}

TreePtr convert_clause(const ::Node* node) {
  switch (node->type) {
    case T_WithClause: {
      auto tree = make(Tag::With);
      set_flag(*tree, kRecursive, as<::WithClause>(node)->recursive);
      append(*tree, as<::WithClause>(node)->ctes);
      return tree;
    }
    case T_CTESearchClause: {
      const auto* search = as<::CTESearchClause>(node);
      auto tree = make(Tag::Search, string_of(search->search_seq_column));
      tree->names = strings_of(search->search_col_list);
      set_flag(*tree, kBreadth, search->search_breadth_first);
      return tree;
    }
    case T_GroupingSet: {
      auto tree = make(Tag::GroupingSet);
      tree->op = as<::GroupingSet>(node)->kind;
      append(*tree, as<::GroupingSet>(node)->content);
      return tree;
    }
    case T_CTECycleClause:
      return convert_cycle(as<::CTECycleClause>(node));
    case T_CommonTableExpr:
      return convert_cte(as<::CommonTableExpr>(node));
    case T_ResTarget:
      return convert_target(as<::ResTarget>(node));
    case T_SortBy:
      return convert_sort(as<::SortBy>(node));
    case T_WindowDef:
      return convert_window(as<::WindowDef>(node));
    case T_LockingClause:
      return convert_locking(as<::LockingClause>(node));
    case T_OnConflictClause:
      return convert_on_conflict(as<::OnConflictClause>(node));
    case T_IndexElem:
      return convert_index_element(as<::IndexElem>(node));
    case T_MergeWhenClause:
      return convert_merge_when(as<::MergeWhenClause>(node));
    default:
      return convert_from(node);
  }
}

}  // namespace

TreePtr convert_query(const ::Node* node) {
  switch (node->type) {
    case T_SelectStmt:
      return convert_select(as<::SelectStmt>(node));
    case T_RangeVar:
      return convert_relation(as<::RangeVar>(node));
    case T_InsertStmt:
      return convert_insert(as<::InsertStmt>(node));
    case T_UpdateStmt:
      return convert_update(as<::UpdateStmt>(node));
    case T_DeleteStmt:
      return convert_delete(as<::DeleteStmt>(node));
    case T_MergeStmt:
      return convert_merge(as<::MergeStmt>(node));
    default:
      return convert_clause(node);
  }
}

}  // namespace schemadiff::parser
