// Expressions (parse_expr.c, transformExprRecurse).
#include <charconv>
#include <limits>

#include "parser/analyze/analyzer.h"

namespace schemadiff::parser {
namespace {

constexpr TypeRef kBoolean{types::kBool, -1};

TypeId number_type(const Tree& tree) {
  if (tree.tag == Tag::Integer) return types::kInt4;
  std::int64_t value = 0;
  const char* end = tree.text.data() + tree.text.size();
  const auto [stop, error] = std::from_chars(tree.text.data(), end, value);
  if (error != std::errc() || stop != end) return types::kNumeric;
  const bool small = value >= std::numeric_limits<std::int32_t>::min() &&
                     value <= std::numeric_limits<std::int32_t>::max();
  return small ? types::kInt4 : types::kInt8;
}

}  // namespace

std::vector<Typed*> Analyzer::expression_list(std::vector<TreePtr>& kids, std::size_t from) {
  std::vector<Typed*> values;
  values.reserve(kids.size() - from);
  for (std::size_t i = from; i < kids.size(); ++i) {
    Tree& kid = *kids[i];
    const bool star = (kid.tag == Tag::Column && kid.has(kStar)) ||
                      (kid.tag == Tag::Indirection && kid.kids.back()->tag == Tag::Star);
    Typed* value = expression(kid);
    const auto columns = star && value->kind == TypedKind::WholeRow ? *value->entry->columns
                                                                    : std::vector<EntryColumn>();
    if (columns.empty()) {
      values.push_back(value);
      continue;
    }
    for (std::size_t j = 0; j < columns.size(); ++j)
      values.push_back(column_of(*value->entry, j, *scope_));
  }
  return values;
}

Typed* Analyzer::literal(Tree& tree) {
  Typed* result = pool_.make(TypedKind::Constant);
  switch (tree.tag) {
    case Tag::Null:
      result->null = true;
      [[fallthrough]];
    case Tag::String:
      result->type.id = types::kUnknown;
      result->text = tree.text;
      result->source = &tree;
      break;
    case Tag::Boolean:
      result->type.id = types::kBool;
      result->text = tree.op ? "true" : "false";
      break;
    case Tag::Bits:
      result->type.id = types::kBit;
      if (const auto output = literal_output(system_, result->type, tree.text))
        result->text = *output;
      else
        result->text = tree.text;
      break;
    default:
      result->type.id = number_type(tree);
      result->text = tree.text;
      if (result->type.id == types::kNumeric) {
        if (const auto output = literal_output(system_, result->type, tree.text))
          result->text = *output;
      }
  }
  return result;
}

Typed* Analyzer::boolean_list(Tree& tree, TypedKind kind) {
  Typed* result = pool_.make(kind, kBoolean);
  result->kids.reserve(tree.kids.size());
  for (const auto& kid : tree.kids) result->kids.push_back(to_boolean(expression(*kid)));
  return result;
}

Typed* Analyzer::null_if(Tree& tree) {
  Typed* left = expression(*tree.kids[0]);
  Typed* result = operation({}, "=", left, expression(*tree.kids[1]), nullptr);
  result->kind = TypedKind::NullIf;
  result->type = result->kids[0]->type;
  return result;
}

Typed* Analyzer::common(Tree& tree, TypedKind kind) {
  Typed* result = pool_.make(kind);
  result->kids = expression_list(tree.kids);
  const TypeId common = common_type_of(result->kids);
  std::vector<TypeRef> kinds;
  for (Typed*& kid : result->kids) {
    kid = to_common(kid, common);
    kinds.push_back(kid->type);
  }
  result->type = TypeRef{common, common ? common_typmod(kinds, common) : -1};
  return result;
}

Typed* Analyzer::conditional(Tree& tree) {
  Typed* result = pool_.make(TypedKind::Case);
  Typed* argument = tree.kid(0) ? to_text_if_unknown(expression(*tree.kids[0])) : nullptr;
  Typed* placeholder = nullptr;
  if (argument) placeholder = pool_.make(TypedKind::CaseArgument, argument->type);
  std::vector<Typed*> values;
  Typed* otherwise = nullptr;
  if (tree.kid(1)) {
    otherwise = expression(*tree.kids[1]);
  } else {
    otherwise = pool_.make(TypedKind::Constant, TypeRef{types::kUnknown, -1});
    otherwise->null = true;
  }
  values.push_back(otherwise);
  result->kids = {argument, nullptr};
  for (std::size_t i = 2; i + 1 < tree.kids.size(); i += 2) {
    Typed* condition = expression(*tree.kids[i]);
    if (argument) condition = operation({}, "=", placeholder, condition, nullptr);
    result->kids.push_back(to_boolean(condition));
    values.push_back(expression(*tree.kids[i + 1]));
    result->kids.push_back(nullptr);
  }
  const TypeId common = common_type_of(values);
  std::vector<TypeRef> kinds;
  for (std::size_t i = 0; i < values.size(); ++i) {
    Typed* value = to_common(values[i], common);
    kinds.push_back(value->type);
    result->kids[i == 0 ? 1 : 1 + 2 * i] = value;
  }
  result->type = TypeRef{common, common ? common_typmod(kinds, common) : -1};
  return result;
}

Typed* Analyzer::row(Tree& tree) {
  Typed* result = pool_.make(TypedKind::Row, TypeRef{types::kRecord, -1});
  result->kids = expression_list(tree.kids);
  result->flags = tree.flags & kRowWord;
  return result;
}

// Without target, the elements' common type decides.
Typed* Analyzer::array(Tree& tree, TypeRef target) {
  Typed* result = pool_.make(TypedKind::Array);
  const TypeId wanted = target ? system_.array_element(target.id) : TypeId{};
  bool nested = false;
  for (const auto& kid : tree.kids) {
    Typed* value = nullptr;
    if (kid->tag == Tag::Array) {
      value = array(*kid, target);
      nested = true;
    } else {
      value = expression(*kid);
      if (system_.array_element(value->type.id)) nested = true;
    }
    result->kids.push_back(value);
  }
  if (target) {
    result->type = target;
    const TypeRef element{nested ? target.id : wanted, target.typmod};
    for (Typed*& kid : result->kids)
      kid = coerce_target(kid, element, CoercionContext::Explicit, false);
    return result;
  }
  const TypeId element = common_type_of(result->kids);
  if (!element) {
    for (const Typed* kid : result->kids)
      if (!kid->type) return result;
    unresolved();
    return result;
  }
  result->type.id = system_.array_element(element) ? element : system_.info(element).array;
  std::vector<TypeRef> kinds;
  for (Typed*& kid : result->kids) {
    kid = to_common(kid, element);
    kinds.push_back(kid->type);
  }
  result->type.typmod = common_typmod(kinds, element);
  return result;
}

Typed* Analyzer::cast(Tree& tree) {
  Tree& inner = *tree.kids[0];
  const TypeRef target = type(*tree.kids[1]);
  const TypeRef base = system_.base(target);
  Typed* value = inner.tag == Tag::Array && target && system_.array_element(base.id)
                     ? array(inner, base)
                     : expression(inner);
  if (!target) {
    Typed* result = pool_.make(TypedKind::Coerce);
    result->kids.push_back(value);
    result->text = tree.kids[1]->names.back();
    return result;
  }
  return coerce_target(value, target, CoercionContext::Explicit, false);
}

Typed* Analyzer::collate(Tree& tree) {
  Typed* value = expression(*tree.kids[0]);
  Typed* result = pool_.make(TypedKind::Collate);
  if (value->type.id == types::kUnknown) value = to_text_if_unknown(value);
  result->type = value->type;
  result->kids.push_back(value);
  const std::string schema = tree.names.size() > 1 ? tree.names.front() : std::string();
  if (const auto found = system_.find_collation(schema, tree.names.back(), path_)) {
    result->text = found->schema == "pg_catalog" ? found->name : found->schema + '.' + found->name;
    refer_collation(*found);
    if (rewrite_ && found->schema != "pg_catalog") tree.names = {found->schema, found->name};
  } else {
    result->text = tree.names.back();
    unproven = true;
  }
  return result;
}

Typed* Analyzer::value_function(const Tree& tree) {
  constexpr TypeId kTypes[] = {types::kDate,        types::kTimetz,      types::kTimetz,
                               types::kTimestamptz, types::kTimestamptz, types::kTime,
                               types::kTime,        types::kTimestamp,   types::kTimestamp};
  Typed* result = pool_.make(TypedKind::ValueFunction);
  const auto op = static_cast<std::size_t>(tree.op);
  result->type.id = op < std::size(kTypes) ? kTypes[op] : types::kName;
  result->op = tree.op;
  result->text = tree.text;
  if (!tree.text.empty()) result->type.typmod = std::atoi(tree.text.c_str());
  return result;
}

Typed* Analyzer::xml(Tree& tree) {
  enum { kConcat, kElement, kForest, kParse, kInstruction, kRoot, kSerialize, kIsDocument };
  Typed* result = pool_.make(TypedKind::Xml, TypeRef{types::kXml, -1});
  result->parts = &pool_.parts.emplace_back();
  result->flags = tree.flags & kDocument;
  if (tree.tag == Tag::XmlSerialize) {
    result->op = kSerialize;
    result->kids.push_back(
        coerce(expression(*tree.kids[0]), types::kXml, -1, CoercionContext::Implicit, true));
    const TypeRef target = type(*tree.kids[1]);
    result->type = target;
    return result;
  }
  result->op = tree.op;
  result->text = tree.text;
  if (tree.op == kIsDocument) result->type = kBoolean;
  for (std::size_t i = 0; i < tree.kids[0]->kids.size(); ++i) {
    Typed* value = expression(*tree.kids[0]->kids[i]);
    const bool text =
        (tree.op == kParse && i == 0) || (tree.op == kRoot && i == 1) || tree.op == kInstruction;
    const bool other = (tree.op == kParse || tree.op == kRoot) && i > 0;
    const TypeId target = text ? types::kText : other ? value->type.id : types::kXml;
    result->kids.push_back(coerce(value, target, -1, CoercionContext::Implicit, true));
  }
  if (Tree* named = tree.kid(1)) {
    for (const auto& target : named->kids) {
      result->parts->named.push_back(to_text_if_unknown(expression(*target->kids[0])));
      result->parts->names.push_back(target->text.empty() ? figure_column_name(*target->kids[0])
                                                          : target->text);
    }
  }
  return result;
}

Typed* Analyzer::expression(Tree& tree) {
  switch (tree.tag) {
    case Tag::Column:
      return column(tree);
    case Tag::Null:
    case Tag::Boolean:
    case Tag::Integer:
    case Tag::Float:
    case Tag::String:
    case Tag::Bits:
      return literal(tree);
    case Tag::Cast:
      return cast(tree);
    case Tag::Collate:
      return collate(tree);
    case Tag::Operator:
    case Tag::OperatorAny:
    case Tag::OperatorAll:
    case Tag::Distinct:
    case Tag::In:
    case Tag::Like:
    case Tag::ILike:
    case Tag::Similar:
    case Tag::Between:
      return operator_tree(tree);
    case Tag::NullIf:
      return null_if(tree);
    case Tag::And:
      return boolean_list(tree, TypedKind::And);
    case Tag::Or:
      return boolean_list(tree, TypedKind::Or);
    case Tag::Not:
      return boolean_list(tree, TypedKind::Not);
    case Tag::NullTest: {
      Typed* result = pool_.make(TypedKind::NullTest, kBoolean);
      result->op = tree.has(kNot) ? 1 : 0;
      result->kids.push_back(expression(*tree.kids[0]));
      return result;
    }
    case Tag::BooleanTest: {
      Typed* result = pool_.make(TypedKind::BooleanTest, kBoolean);
      result->op = tree.op;
      result->kids.push_back(to_boolean(expression(*tree.kids[0])));
      return result;
    }
    case Tag::Case:
      return conditional(tree);
    case Tag::Coalesce:
      return common(tree, TypedKind::Coalesce);
    case Tag::Greatest:
      return common(tree, TypedKind::Greatest);
    case Tag::Least:
      return common(tree, TypedKind::Least);
    case Tag::Function:
      return call(tree);
    case Tag::NamedArgument:
      return expression(*tree.kids[0]);
    case Tag::ValueFunction:
      return value_function(tree);
    case Tag::Row:
      return row(tree);
    case Tag::Array:
      return array(tree, {});
    case Tag::Sublink:
      return sublink(tree);
    case Tag::Indirection:
      return indirection(tree);
    case Tag::Grouping: {
      Typed* result = pool_.make(TypedKind::Grouping, TypeRef{types::kInt4, -1});
      result->kids = expression_list(tree.kids);
      return result;
    }
    case Tag::Xml:
    case Tag::XmlSerialize:
      return xml(tree);
    case Tag::Param: {
      Typed* result = pool_.make(TypedKind::Param);
      result->op = tree.op;
      const auto index = static_cast<std::size_t>(tree.op) - 1;
      if (index < params_.size())
        result->type = params_[index].type;
      else
        unresolved();
      return result;
    }
    case Tag::Default:
      return pool_.make(TypedKind::Default);
    default: {
      unresolved();
      return pool_.make(TypedKind::Default);
    }
  }
}

}  // namespace schemadiff::parser
