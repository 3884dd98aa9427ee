// Raw expression nodes → Tree.
#include <string>

#include "parser/syntax/convert.h"

namespace schemadiff::parser {
namespace {

const ::Node* item(const ::List* list, int i) {
  return list && i < list->length ? static_cast<const ::Node*>(list->elements[i].ptr_value)
                                  : nullptr;
}

TreePtr convert_constant(const ::A_Const* constant) {
  if (constant->isnull) return make(Tag::Null);
  switch (constant->val.node.type) {
    case T_Integer:
      return make(Tag::Integer, std::to_string(constant->val.ival.ival));
    case T_Float:
      return make(Tag::Float, constant->val.fval.fval);
    case T_Boolean: {
      auto tree = make(Tag::Boolean);
      tree->op = constant->val.boolval.boolval ? 1 : 0;
      return tree;
    }
    case T_BitString:
      return make(Tag::Bits, constant->val.bsval.bsval);
    default:
      return make(Tag::String, constant->val.sval.sval);
  }
}

TreePtr convert_column(const ::ColumnRef* column) {
  auto tree = make(Tag::Column);
  for (int i = 0; i < column->fields->length; ++i) {
    if (item(column->fields, i)->type == T_A_Star) {
      tree->flags |= kStar;
    } else {
      tree->names.emplace_back(value_of(column->fields->elements[i]));
    }
  }
  return tree;
}

TreePtr convert_type(const ::TypeName* type) {
  auto tree = make(Tag::Type);
  tree->names = strings_of(type->names);
  tree->op = type->arrayBounds ? type->arrayBounds->length : 0;
  set_flag(*tree, kSetof, type->setof);
  set_flag(*tree, kPercentType, type->pct_type);
  append(*tree, type->typmods);
  return tree;
}

TreePtr convert_operator(const ::A_Expr* expr) {
  Tag tag = Tag::Operator;
  bool negated = false;
  switch (expr->kind) {
    case AEXPR_OP:
      break;
    case AEXPR_OP_ANY:
      tag = Tag::OperatorAny;
      break;
    case AEXPR_OP_ALL:
      tag = Tag::OperatorAll;
      break;
    case AEXPR_DISTINCT:
      tag = Tag::Distinct;
      break;
    case AEXPR_NOT_DISTINCT:
      tag = Tag::Distinct;
      negated = true;
      break;
    case AEXPR_NULLIF:
      tag = Tag::NullIf;
      break;
    case AEXPR_IN:
      tag = Tag::In;
      negated = *value_of(expr->name->elements[0]) == '<';
      break;
    case AEXPR_LIKE:
      tag = Tag::Like;
      negated = *value_of(expr->name->elements[0]) == '!';
      break;
    case AEXPR_ILIKE:
      tag = Tag::ILike;
      negated = *value_of(expr->name->elements[0]) == '!';
      break;
    case AEXPR_SIMILAR:
      tag = Tag::Similar;
      negated = *value_of(expr->name->elements[0]) == '!';
      break;
    case AEXPR_BETWEEN_SYM:
    case AEXPR_BETWEEN:
      tag = Tag::Between;
      break;
    case AEXPR_NOT_BETWEEN_SYM:
    case AEXPR_NOT_BETWEEN:
      tag = Tag::Between;
      negated = true;
      break;
  }
  auto tree = make(tag);
  set_flag(*tree, kNot, negated);
  set_flag(*tree, kSymmetric,
           expr->kind == AEXPR_BETWEEN_SYM || expr->kind == AEXPR_NOT_BETWEEN_SYM);
  if (tag == Tag::Operator || tag == Tag::OperatorAny || tag == Tag::OperatorAll) {
    tree->names = strings_of(expr->name);
    tree->text = std::move(tree->names.back());
    tree->names.pop_back();
  }
  add(*tree, expr->lexpr);
  if (expr->rexpr && expr->rexpr->type == T_List) {
    append(*tree, as<::List>(expr->rexpr));
  } else {
    add(*tree, expr->rexpr);
  }
  return tree;
}

TreePtr convert_function(const ::FuncCall* call) {
  auto tree = make(Tag::Function);
  tree->names = strings_of(call->funcname);
  set_flag(*tree, kStar, call->agg_star);
  set_flag(*tree, kDistinct, call->agg_distinct);
  set_flag(*tree, kVariadic, call->func_variadic);
  set_flag(*tree, kWithinGroup, call->agg_within_group);
  set_flag(*tree, kKeywords, call->funcformat == COERCE_SQL_SYNTAX);
  tree->kids.reserve(4);
  auto arguments = make(Tag::List);
  append(*arguments, call->args);
  tree->kids.push_back(std::move(arguments));
  tree->kids.push_back(list_of(call->agg_order));
  add(*tree, call->agg_filter);
  add(*tree, call->over);
  return tree;
}

TreePtr convert_case(const ::CaseExpr* expr) {
  auto tree = make(Tag::Case);
  add(*tree, expr->arg);
  add(*tree, expr->defresult);
  for (int i = 0; i < expr->args->length; ++i) {
    const auto* when = as<::CaseWhen>(item(expr->args, i));
    add(*tree, when->expr);
    add(*tree, when->result);
  }
  return tree;
}

TreePtr convert_sublink(const ::SubLink* link) {
  auto tree = make(Tag::Sublink);
  tree->op = link->subLinkType;
  tree->names = strings_of(link->operName);
  if (!tree->names.empty()) {
    tree->text = std::move(tree->names.back());
    tree->names.pop_back();
  }
  add(*tree, link->testexpr);
  add(*tree, link->subselect);
  return tree;
}

TreePtr convert_indirection(const ::A_Indirection* indirection) {
  auto tree = make(Tag::Indirection);
  add(*tree, indirection->arg);
  append(*tree, indirection->indirection);
  return tree;
}

TreePtr convert_value_function(const ::SQLValueFunction* function) {
  auto tree = make(Tag::ValueFunction);
  tree->op = function->op;
  switch (function->op) {
    case SVFOP_CURRENT_TIME_N:
    case SVFOP_CURRENT_TIMESTAMP_N:
    case SVFOP_LOCALTIME_N:
    case SVFOP_LOCALTIMESTAMP_N:
      tree->text = std::to_string(function->typmod);
      break;
    default:
      break;
  }
  return tree;
}

TreePtr convert_xml(const ::XmlExpr* xml) {
  auto tree = make(Tag::Xml, string_of(xml->name));
  tree->op = xml->op;
  set_flag(*tree, kDocument, xml->xmloption == XMLOPTION_DOCUMENT);
  auto arguments = make(Tag::List);
  append(*arguments, xml->args);
  tree->kids.push_back(std::move(arguments));
  tree->kids.push_back(list_of(xml->named_args));
  return tree;
}

TreePtr with_kids(Tag tag, const ::List* kids) {
  auto tree = make(tag);
  append(*tree, kids);
  return tree;
}

TreePtr with_kid(Tag tag, const void* kid) {
  auto tree = make(tag);
  add(*tree, kid);
  return tree;
}

TreePtr convert_boolean(const ::BoolExpr* expr) {
  switch (expr->boolop) {
    case AND_EXPR:
      return with_kids(Tag::And, expr->args);
    case OR_EXPR:
      return with_kids(Tag::Or, expr->args);
    default:
      return with_kids(Tag::Not, expr->args);
  }
}

TreePtr convert_subscript(const ::A_Indices* indices) {
  auto tree = make(Tag::Subscript);
  set_flag(*tree, kSlice, indices->is_slice);
  add(*tree, indices->lidx);
  add(*tree, indices->uidx);
  return tree;
}

TreePtr convert_rest(const ::Node* node) {
  switch (node->type) {
    case T_NullTest: {
      auto tree = with_kid(Tag::NullTest, as<::NullTest>(node)->arg);
      set_flag(*tree, kNot, as<::NullTest>(node)->nulltesttype == IS_NOT_NULL);
      return tree;
    }
    case T_BooleanTest: {
      auto tree = with_kid(Tag::BooleanTest, as<::BooleanTest>(node)->arg);
      tree->op = as<::BooleanTest>(node)->booltesttype;
      return tree;
    }
    case T_MinMaxExpr: {
      const auto* expr = as<::MinMaxExpr>(node);
      return with_kids(expr->op == IS_GREATEST ? Tag::Greatest : Tag::Least, expr->args);
    }
    case T_NamedArgExpr: {
      auto tree = with_kid(Tag::NamedArgument, as<::NamedArgExpr>(node)->arg);
      tree->text = string_of(as<::NamedArgExpr>(node)->name);
      return tree;
    }
    case T_CollateClause: {
      auto tree = with_kid(Tag::Collate, as<::CollateClause>(node)->arg);
      tree->names = strings_of(as<::CollateClause>(node)->collname);
      return tree;
    }
    case T_RowExpr: {
      auto tree = with_kids(Tag::Row, as<::RowExpr>(node)->args);
      set_flag(*tree, kRowWord, as<::RowExpr>(node)->row_format == COERCE_EXPLICIT_CALL);
      return tree;
    }
    case T_XmlSerialize: {
      const auto* xml = as<::XmlSerialize>(node);
      auto tree = with_kid(Tag::XmlSerialize, xml->expr);
      add(*tree, xml->typeName);
      set_flag(*tree, kDocument, xml->xmloption == XMLOPTION_DOCUMENT);
      return tree;
    }
    case T_ParamRef: {
      auto tree = make(Tag::Param);
      tree->op = as<::ParamRef>(node)->number;
      return tree;
    }
    case T_CurrentOfExpr:
      return make(Tag::CurrentOf, string_of(as<::CurrentOfExpr>(node)->cursor_name));
    case T_String:
      return make(Tag::Field, as<::String>(node)->sval);
    case T_Integer:
      return make(Tag::Integer, std::to_string(as<::Integer>(node)->ival));
    case T_SetToDefault:
      return make(Tag::Default);
    case T_A_Star:
      return make(Tag::Star);
    default:
      return nullptr;
  }
}

}  // namespace

TreePtr convert_expression(const ::Node* node) {
  switch (node->type) {
    case T_A_Const:
      return convert_constant(as<::A_Const>(node));
    case T_ColumnRef:
      return convert_column(as<::ColumnRef>(node));
    case T_TypeName:
      return convert_type(as<::TypeName>(node));
    case T_A_Expr:
      return convert_operator(as<::A_Expr>(node));
    case T_FuncCall:
      return convert_function(as<::FuncCall>(node));
    case T_CaseExpr:
      return convert_case(as<::CaseExpr>(node));
    case T_SubLink:
      return convert_sublink(as<::SubLink>(node));
    case T_A_Indirection:
      return convert_indirection(as<::A_Indirection>(node));
    case T_A_Indices:
      return convert_subscript(as<::A_Indices>(node));
    case T_SQLValueFunction:
      return convert_value_function(as<::SQLValueFunction>(node));
    case T_XmlExpr:
      return convert_xml(as<::XmlExpr>(node));
    case T_BoolExpr:
      return convert_boolean(as<::BoolExpr>(node));
    case T_A_ArrayExpr:
      return with_kids(Tag::Array, as<::A_ArrayExpr>(node)->elements);
    case T_CoalesceExpr:
      return with_kids(Tag::Coalesce, as<::CoalesceExpr>(node)->args);
    case T_GroupingFunc:
      return with_kids(Tag::Grouping, as<::GroupingFunc>(node)->args);
    case T_TypeCast: {
      auto tree = with_kid(Tag::Cast, as<::TypeCast>(node)->arg);
      add(*tree, as<::TypeCast>(node)->typeName);
      return tree;
    }
    default:
      return convert_rest(node);
  }
}

}  // namespace schemadiff::parser
