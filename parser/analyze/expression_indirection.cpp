// Fields of rows and subscripts of arrays (parse_expr.c, transformIndirection; parse_func.c).
#include "parser/analyze/analyzer.h"

namespace schemadiff::parser {

Typed* Analyzer::field(Typed* value, const std::string& name) {
  Typed* result = pool_.make(TypedKind::Field);
  result->text = name;
  result->kids.push_back(value);
  if (value->kind == TypedKind::WholeRow) {
    const auto& columns = *value->entry->columns;
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (columns[i].name == name) return column_of(*value->entry, i, *scope_);
  }
  if (value->kind == TypedKind::Sublink && value->type.id == types::kRecord && value->query) {
    for (const TypedTarget& target : value->query->targets)
      if (target.name == name && target.value) result->type = target.value->type;
  }
  if (!value->type) return result;
  const TypeId row_type = system_.base(value->type.id);
  for (const ColumnInfo& column : system_.columns(row_type)) {
    if (column.name != name) continue;
    result->type = column.type;
    if (const schema::Object* object = system_.info(row_type).object)
      refs.push_back({schema::Kind::Column, object->id.schema, object->id.name, name, {}});
    return result;
  }
  for (const EntryColumn& column : function_columns(*value))
    if (column.name == name) result->type = column.type;
  if (!result->type) unresolved();
  return result;
}

// a[1][2:3]: the subscripts from `from` to `to` make one reference.
Typed* Analyzer::subscripts(Typed* value, Tree& tree, std::size_t from, std::size_t to) {
  const TypeId container = system_.base(value->type.id);
  const bool json = container == types::kJsonb;
  Typed* result = pool_.make(TypedKind::Subscript);
  result->kids.push_back(value);
  const auto add = [&](Tree* index) {
    Typed* position = index ? expression(*index) : nullptr;
    if (position && json) position = to_text_if_unknown(position);
    if (position && !json)
      position = coerce(position, types::kInt4, -1, CoercionContext::Assignment, true);
    result->kids.push_back(position);
  };
  for (std::size_t i = from; i < to; ++i) {
    Tree& step = *tree.kids[i];
    if (step.has(kSlice)) {
      result->op = 1;
      add(step.kid(0));
    }
    result->text += step.has(kSlice) ? ':' : '1';
    add(step.kid(1));
  }
  result->type = TypeRef{container, value->type.typmod};
  if (json || result->op || !container) return result;
  result->type.id = system_.info(container).element;
  if (!result->type) unresolved();
  return result;
}

Typed* Analyzer::indirection(Tree& tree) {
  Typed* value = expression(*tree.kids[0]);
  for (std::size_t i = 1; i < tree.kids.size(); ++i) {
    if (tree.kids[i]->tag == Tag::Field) value = field(value, tree.kids[i]->text);
    if (tree.kids[i]->tag != Tag::Subscript) continue;
    std::size_t end = i + 1;
    while (end < tree.kids.size() && tree.kids[end]->tag == Tag::Subscript) ++end;
    value = subscripts(value, tree, i, end);
    i = end - 1;
  }
  return value;
}

}  // namespace schemadiff::parser
