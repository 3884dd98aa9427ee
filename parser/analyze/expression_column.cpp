// Column references (parse_expr.c, transformColumnRef; parse_relation.c).
#include <algorithm>

#include "parser/analyze/analyzer.h"
#include "parser/analyze/builtins.h"

namespace schemadiff::parser {
namespace {

// What stores no rows of its own has none.
const SystemColumn* system_column(const Entry& entry, std::string_view name) {
  if (entry.kind != EntryKind::Relation || entry.relkind == 'v') return nullptr;
  return find_system_column(name);
}

}  // namespace

void Analyzer::note_column(Entry& entry, std::size_t index) {
  if (!entry.user_relation || entry.kind != EntryKind::Relation || entry.relkind == 'S') return;
  if (entry.noted.empty()) entry.noted.resize(entry.columns->size());
  if (index >= entry.noted.size() || entry.noted[index]) return;
  entry.noted[index] = true;
  const auto& columns = entry.renamed ? shared_.columns[entry.row_type.oid] : *entry.columns;
  refs.push_back(
      {schema::Kind::Column, entry.relation.schema, entry.relation.name, columns[index].name, {}});
}

Typed* Analyzer::column_of(Entry& entry, std::size_t index, Scope& scope) {
  const EntryColumn& column = (*entry.columns)[index];
  ++scope.uses;
  if (column.value && (entry.name.empty() || entry.is_using_alias)) {
    Typed* underlying = column.value;
    if (underlying->entry)
      note_column(*underlying->entry, static_cast<std::size_t>(underlying->op));
    return underlying;
  }
  Typed* result = pool_.make(TypedKind::Column, column.type);
  result->entry = &entry;
  result->op = static_cast<int>(index);
  result->text = column.name;
  note_column(entry, index);
  return result;
}

Typed* Analyzer::whole_row(Entry& entry, Scope& scope) {
  ++scope.uses;
  const bool scalar_function = entry.kind == EntryKind::Function && !entry.row_type &&
                               entry.functions.size() == 1 &&
                               entry.functions[0].definitions.empty();
  if (scalar_function && !entry.columns->empty()) return column_of(entry, 0, scope);
  Typed* result = pool_.make(TypedKind::WholeRow,
                             TypeRef{entry.row_type ? entry.row_type : types::kRecord, -1});
  result->entry = &entry;
  return result;
}

Typed* Analyzer::column_in(const ScopeItem& item, const std::string& name, Scope& scope) {
  const auto& columns = *item.entry->columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return column_of(*item.entry, i, scope);
  }
  if (const SystemColumn* system = system_column(*item.entry, name)) {
    ++scope.uses;
    Typed* result = pool_.make(TypedKind::Column, {system->type});
    result->entry = item.entry;
    result->op = -1;  // none of the entry's columns
    result->text = name;
    return result;
  }
  return nullptr;
}

Typed* Analyzer::find_column(Scope& scope, const std::string& name) {
  for (const ScopeItem& item : scope.items) {
    if (!item.columns_visible || (item.lateral_only && !scope.lateral_active)) continue;
    if (Typed* found = column_in(item, name, scope)) return found;
  }
  return nullptr;
}

const ScopeItem* Analyzer::find_entry(std::string_view schema, std::string_view name,
                                      Scope*& where) {
  for (Scope* scope = scope_; scope; scope = scope->parent) {
    for (const ScopeItem& item : scope->items) {
      if (!item.relation_visible || (item.lateral_only && !scope->lateral_active)) continue;
      if (item.entry->name != name) continue;
      if (!schema.empty() && item.entry->relation.schema != schema) continue;
      where = scope;
      return &item;
    }
  }
  return nullptr;
}

void Analyzer::stand_on(std::string_view schema, std::string_view name, std::string_view as,
                        bool plain) {
  const auto found = system_.find_relation(schema, name, path_);
  if (!found) return;
  Entry& entry = pool_.entries.emplace_back();
  entry.name = as.empty() ? name : as;
  entry.printed = as;
  entry.relation = {std::string(schema), std::string(name)};
  entry.row_type = found->row_type;
  entry.user_relation = true;
  entry.columns = relation_columns(*found);
  root_.items.push_back({&entry, true, as.empty() || plain});
}

void Analyzer::params(std::vector<NamedParam> params, std::string_view routine) {
  params_ = std::move(params);
  routine_ = routine;
}

Typed* Analyzer::named_param(const std::string& name) {
  for (std::size_t i = 0; i < params_.size(); ++i) {
    if (params_[i].name != name || name.empty()) continue;
    Typed* result = pool_.make(TypedKind::Param, params_[i].type);
    result->op = static_cast<int>(i) + 1;
    return result;
  }
  return nullptr;
}

Typed* Analyzer::column(Tree& tree) {
  const auto& names = tree.names;
  const bool star = tree.has(kStar);
  Scope* where = nullptr;
  if (star) {
    if (!names.empty()) {
      const std::string_view schema =
          names.size() > 1 ? names[names.size() - 2] : std::string_view();
      if (const ScopeItem* item = find_entry(schema, names.back(), where))
        return whole_row(*item->entry, *where);
    }
  } else if (names.size() == 1) {
    for (Scope* scope = scope_; scope; scope = scope->parent) {
      if (Typed* found = find_column(*scope, names[0])) return found;
    }
    if (value_type_ && names[0] == "value") {
      Typed* result = pool_.make(TypedKind::Column, value_type_);
      result->text = "value";
      return result;
    }
    if (const ScopeItem* item = find_entry({}, names[0], where))
      return whole_row(*item->entry, *where);
    if (Typed* param = named_param(names[0])) return param;
  } else if (names.size() <= 3) {
    const std::string_view schema = names.size() == 3 ? names[0] : std::string_view();
    const std::string& relation = names[names.size() - 2];
    if (const ScopeItem* item = find_entry(schema, relation, where)) {
      if (Typed* found = column_in(*item, names.back(), *where)) return found;
      // t.f may be the function call f(t).
      Typed* value = whole_row(*item->entry, *where);
      FunctionCall call;
      call.name = names.back();
      call.args = {value->type.id};
      const ResolvedCall found = resolve_call(system_, call, path_);
      if (found.kind == CallKind::Function) {
        Typed* result = pool_.make(TypedKind::Call, TypeRef{found.result, -1});
        result->text =
            std::string(found.function->schema) + '.' + std::string(found.function->name);
        refer(*found.function);
        result->kids.push_back(value);
        return result;
      }
    } else if (names.size() == 2) {
      if (relation == routine_) {
        if (Typed* param = named_param(names.back())) return param;
      }
      if (Typed* param = named_param(relation)) return field(param, names.back());
    }
  }
  unresolved();
  Typed* result = pool_.make(TypedKind::Column);
  for (const std::string& name : names) {
    if (!result->text.empty()) result->text += '.';
    result->text += name;
  }
  return result;
}

}  // namespace schemadiff::parser
