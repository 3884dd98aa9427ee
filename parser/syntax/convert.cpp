// Raw parse nodes → Tree: the driver, and what expressions and queries share.
#include "parser/syntax/convert.h"

#include "schema/error.h"

namespace schemadiff::parser {

std::vector<std::string> strings_of(const ::List* list) {
  std::vector<std::string> names;
  if (!list) return names;
  names.reserve(static_cast<std::size_t>(list->length));
  for (int i = 0; i < list->length; ++i) names.emplace_back(value_of(list->elements[i]));
  return names;
}

void append(Tree& tree, const ::List* items) {
  if (!items) return;
  tree.kids.reserve(tree.kids.size() + static_cast<std::size_t>(items->length));
  for (int i = 0; i < items->length; ++i) add(tree, items->elements[i].ptr_value);
}

TreePtr list_of(const ::List* items) {
  if (!items) return nullptr;
  auto list = make(Tag::List);
  append(*list, items);
  return list;
}

void add(Tree& tree, const void* raw) { tree.kids.push_back(convert(raw)); }

void set_flag(Tree& tree, Flag flag, bool on) {
  if (on) tree.flags |= flag;
}

namespace {

TreePtr convert_block(const ::List* lists) {
  auto block = make(Tag::Block);
  for (int i = 0; i < lists->length; ++i) {
    const auto* item = static_cast<const ::Node*>(lists->elements[i].ptr_value);
    if (!item) continue;
    if (item->type == T_List) {
      append(*block, reinterpret_cast<const ::List*>(item));
    } else {
      add(*block, item);
    }
  }
  return block;
}

TreePtr convert_limits(const ::List* limits) {
  auto list = make(Tag::List);
  for (int i = 0; i < limits->length; ++i) {
    const auto* node = static_cast<const ::Node*>(limits->elements[i].ptr_value);
    // The grammar leaves MINVALUE and MAXVALUE as column references for analysis to find.
    if (node->type == T_PartitionRangeDatum) {
      const auto* datum = reinterpret_cast<const ::PartitionRangeDatum*>(node);
      if (datum->kind != PARTITION_RANGE_DATUM_VALUE) {
        auto limit = make(Tag::BoundLimit);
        limit->op = datum->kind;
        list->kids.push_back(std::move(limit));
        continue;
      }
      node = datum->value;
    }
    auto value = convert(node);
    if (value && value->tag == Tag::Column && value->names.size() == 1 &&
        (value->names[0] == "minvalue" || value->names[0] == "maxvalue")) {
      auto limit = make(Tag::BoundLimit);
      limit->op = value->names[0] == "minvalue" ? -1 : 1;
      value = std::move(limit);
    }
    list->kids.push_back(std::move(value));
  }
  return list;
}

TreePtr convert_bound(const ::PartitionBoundSpec* spec) {
  auto bound = make(Tag::Bound);
  const auto integer = [&](int value) {
    bound->kids.push_back(make(Tag::Integer, std::to_string(value)));
  };
  if (spec->is_default) {
    bound->text = "default";
  } else if (spec->strategy == PARTITION_STRATEGY_HASH) {
    bound->text = "hash";
    integer(spec->modulus);
    integer(spec->remainder);
  } else if (spec->strategy == PARTITION_STRATEGY_LIST) {
    bound->text = "in";
    append(*bound, spec->listdatums);
  } else {
    bound->text = "range";
    bound->kids.push_back(convert_limits(spec->lowerdatums));
    bound->kids.push_back(convert_limits(spec->upperdatums));
  }
  return bound;
}

}  // namespace

TreePtr convert(const void* raw) {
  if (!raw) return nullptr;
  const auto* node = static_cast<const ::Node*>(raw);
  if (auto expression = convert_expression(node)) return expression;
  if (auto query = convert_query(node)) return query;
  switch (node->type) {
    case T_List:
      return convert_block(reinterpret_cast<const ::List*>(node));
    case T_PartitionBoundSpec:
      return convert_bound(reinterpret_cast<const ::PartitionBoundSpec*>(node));
    case T_ReturnStmt: {
      auto tree = make(Tag::Return);
      add(*tree, reinterpret_cast<const ::ReturnStmt*>(node)->returnval);
      return tree;
    }
    default:
      throw Error("a definition contains a construct that cannot stand there");
  }
}

std::string text_of(const void* raw) {
  const auto tree = convert(raw);
  return tree ? print(*tree) : std::string();
}

std::string type_text(const void* raw_type_name) { return text_of(raw_type_name); }

}  // namespace schemadiff::parser
