// FROM: relations, sub-queries, functions and joins become range table entries (parse_clause.c,
// parse_relation.c).
#include <algorithm>

#include "parser/analyze/analyzer.h"

namespace schemadiff::parser {
namespace {

const EntryColumn* find(const std::vector<EntryColumn>& columns, const std::string& name) {
  for (const EntryColumn& column : columns)
    if (column.name == name) return &column;
  return nullptr;
}

}  // namespace

const std::vector<EntryColumn>* Analyzer::relation_columns(const RelationInfo& found) {
  if (found.kind == 'S') {
    static const std::vector<EntryColumn> columns{{"last_value", {types::kInt8}, nullptr},
                                                  {"log_cnt", {types::kInt8}, nullptr},
                                                  {"is_called", {types::kBool}, nullptr}};
    return &columns;
  }
  if (found.provenance == Provenance::User && (found.kind == 'v' || found.kind == 'm') &&
      shared_.need_view) {
    shared_.need_view({found.kind == 'v' ? schema::Kind::View : schema::Kind::MaterializedView,
                       std::string(found.schema),
                       {},
                       std::string(found.name),
                       {}});
  }
  auto [place, added] = shared_.columns.try_emplace(found.row_type.oid);
  if (added || place->second.empty()) {
    for (const ColumnInfo& column : system_.columns(found.row_type))
      place->second.push_back({std::string(column.name), column.type, nullptr});
  }
  return &place->second;
}

// The columns of a view's row type are known once the view is analysed.
void Analyzer::need_row_type(TypeId type) {
  if (!shared_.need_view || !type) return;
  const schema::Object* object = system_.info(system_.base(type)).object;
  if (object &&
      (object->id.kind == schema::Kind::View || object->id.kind == schema::Kind::MaterializedView))
    shared_.need_view(object->id);
}

void Analyzer::alias_columns(Entry& entry, const Tree* alias) {
  if (!alias) return;
  entry.has_alias = true;
  entry.name = alias->text;
  if (alias->names.empty()) return;
  entry.has_alias_columns = true;
  if (entry.columns != &entry.own_columns) {
    entry.own_columns = *entry.columns;
    entry.columns = &entry.own_columns;
  }
  for (std::size_t i = 0; i < alias->names.size() && i < entry.own_columns.size(); ++i) {
    if (entry.own_columns[i].name != alias->names[i]) entry.renamed = true;
    entry.own_columns[i].name = alias->names[i];
  }
}

Entry* Analyzer::relation(Tree& tree) {
  Entry& entry = pool_.entries.emplace_back();
  entry.name = tree.names.back();
  entry.only = tree.has(kOnly);
  scope_->query->range_table.push_back(&entry);
  if (tree.names.size() == 1) {
    for (Scope* scope = scope_; scope; scope = scope->parent) {
      for (std::size_t i = scope->ctes.size(); i-- > 0;) {
        TypedCte& cte = *scope->ctes[i];
        if (cte.name != entry.name) continue;
        entry.kind = EntryKind::Cte;
        entry.relation.name = cte.name;
        entry.own_columns = cte.columns;
        entry.columns = &entry.own_columns;
        alias_columns(entry, tree.kid(0));
        return &entry;
      }
    }
  }
  const std::string schema =
      tree.names.size() > 1 ? tree.names[tree.names.size() - 2] : std::string();
  entry.relation = {schema, tree.names.back()};
  entry.columns = &entry.own_columns;
  if (const auto found = system_.find_relation(schema, tree.names.back(), path_)) {
    entry.relation.schema = found->schema;
    entry.relkind = found->kind;
    entry.row_type = found->row_type;
    entry.user_relation = found->provenance == Provenance::User;
    refer(*found);
    if (rewrite_ && found->provenance != Provenance::BuiltIn)
      tree.names = {std::string(found->schema), std::string(found->name)};
    entry.columns = relation_columns(*found);
    if (entry.columns->empty() && found->kind != 'r') unproven = true;
  } else {
    unresolved();
  }
  alias_columns(entry, tree.kid(0));
  return &entry;
}

std::vector<EntryColumn> Analyzer::column_definitions(const Tree& list) {
  std::vector<EntryColumn> columns;
  for (const auto& kid : list.kids) columns.push_back({kid->text, type(*kid->kids[0]), nullptr});
  return columns;
}

Entry* Analyzer::range_function(Tree& tree) {
  Entry& entry = pool_.entries.emplace_back();
  entry.kind = EntryKind::Function;
  entry.ordinality = tree.has(kOrdinality);
  entry.columns = &entry.own_columns;
  const int uses = scope_->uses;
  const bool saved = std::exchange(scope_->lateral_active, true);
  const Tree* alias = tree.kid(0);
  const std::size_t count = tree.kids.size() - 2;
  for (std::size_t i = 2; i < tree.kids.size(); ++i) {
    Tree& item = *tree.kids[i];
    RangeFunctionPart& part = entry.functions.emplace_back();
    part.call = expression(*item.kids[0]);
    const std::string name = figure_column_name(*item.kids[0]);
    if (entry.name.empty()) entry.name = name;
    const Tree* definitions = item.kid(1) ? item.kid(1) : tree.kid(1);
    if (definitions) {
      part.definitions = column_definitions(*definitions);
      entry.own_columns.insert(entry.own_columns.end(), part.definitions.begin(),
                               part.definitions.end());
      continue;
    }
    const std::vector<EntryColumn> columns = function_columns(*part.call);
    const bool row = system_.is_row(part.call->type.id);
    if (row && count == 1) entry.row_type = system_.base(part.call->type.id);
    if (row || columns.size() > 1) {
      entry.own_columns.insert(entry.own_columns.end(), columns.begin(), columns.end());
      if (columns.empty()) unresolved();
      continue;
    }
    std::string output = columns.empty() ? std::string() : columns[0].name;
    if (output.empty()) output = count == 1 && alias ? alias->text : name;
    entry.own_columns.push_back({output, part.call->type, nullptr});
  }
  entry.lateral = tree.has(kLateral) || scope_->uses != uses;
  scope_->lateral_active = saved;
  if (entry.ordinality) {
    entry.own_columns.push_back({"ordinality", TypeRef{types::kInt8, -1}, nullptr});
    entry.row_type = {};
  }
  alias_columns(entry, alias);
  scope_->query->range_table.push_back(&entry);
  return &entry;
}

Entry* Analyzer::table_function(Tree& tree) {
  Entry& entry = pool_.entries.emplace_back();
  entry.kind = EntryKind::TableFunction;
  entry.name = "xmltable";
  entry.columns = &entry.own_columns;
  const int uses = scope_->uses;
  const bool saved = std::exchange(scope_->lateral_active, true);
  const auto text = [&](Tree& value) {
    return coerce(expression(value), types::kText, -1, CoercionContext::Assignment, true);
  };
  entry.document =
      coerce(expression(*tree.kids[0]), types::kXml, -1, CoercionContext::Assignment, true);
  entry.row_path = text(*tree.kids[1]);
  if (Tree* namespaces = tree.kid(2)) {
    for (const auto& kid : namespaces->kids) {
      entry.details += "ns " + kid->text + " #;";
      entry.detail_values.push_back(text(*kid->kids[0]));
    }
  }
  if (Tree* columns = tree.kid(3)) {
    for (const auto& kid : columns->kids) {
      TypeRef column{types::kInt4, -1};
      if (kid->kid(0)) column = type(*kid->kids[0]);
      entry.own_columns.push_back({kid->text, column, nullptr});
      entry.details +=
          kid->text + (kid->has(kOrdinality) ? " ordinality" : " " + system_.text(column));
      if (kid->has(kNotNull)) entry.details += " not null";
      if (Tree* path = kid->kid(1)) {
        entry.details += " path #";
        entry.detail_values.push_back(text(*path));
      }
      if (Tree* value = kid->kid(2)) {
        entry.details += " default #";
        entry.detail_values.push_back(assign(expression(*value), column));
      }
      entry.details += ';';
    }
  }
  entry.lateral = tree.has(kLateral) || scope_->uses != uses;
  scope_->lateral_active = saved;
  alias_columns(entry, tree.kid(4));
  scope_->query->range_table.push_back(&entry);
  return &entry;
}

void Analyzer::sample(Tree& tree, Entry& entry) {
  entry.sample = tree.names.back();
  if (Tree* arguments = tree.kid(1)) {
    for (const auto& kid : arguments->kids)
      entry.sample_arguments.push_back(
          coerce(expression(*kid), types::kFloat4, -1, CoercionContext::Assignment, true));
  }
  if (Tree* repeatable = tree.kid(2)) {
    entry.sample += " repeatable";
    entry.sample_arguments.push_back(
        coerce(expression(*repeatable), types::kFloat8, -1, CoercionContext::Assignment, true));
  }
}

void Analyzer::join_columns(Entry& join, Tree& tree, const std::vector<ScopeItem>& left,
                            const std::vector<ScopeItem>& right) {
  enum { kInner, kLeft, kFull, kRight };
  const auto columns_of = [&](const std::vector<ScopeItem>& items) {
    std::vector<EntryColumn> columns;
    for (const ScopeItem& item : items) {
      if (!item.columns_visible) continue;
      for (std::size_t i = 0; i < item.entry->columns->size(); ++i) {
        const EntryColumn& column = (*item.entry->columns)[i];
        Typed* value = item.entry->name.empty() ? column.value : nullptr;
        if (!value) {
          value = pool_.make(TypedKind::Column, column.type);
          value->entry = item.entry;
          value->op = static_cast<int>(i);
          value->text = column.name;
        }
        columns.push_back({column.name, column.type, value});
      }
    }
    return columns;
  };
  const auto left_columns = columns_of(left);
  const auto right_columns = columns_of(right);
  auto& merged = join.own_columns;
  for (const std::string& name : join.using_columns) {
    const EntryColumn* a = find(left_columns, name);
    const EntryColumn* b = find(right_columns, name);
    if (!a || !b) {
      unresolved();
      continue;
    }
    if (!loose) operation({}, "=", a->value, b->value, nullptr);
    const TypeId common = common_type_of({a->value, b->value});
    Typed* value = tree.op == kRight ? b->value : a->value;
    const bool relabelled = common && value->type.id != common;
    if (tree.op == kFull || relabelled) {
      Typed* whole = pool_.make(TypedKind::Merged, TypeRef{common, -1});
      whole->text = name;
      whole->kids = {a->value, b->value};
      value = whole;
    }
    merged.push_back({name, value->type, value});
  }
  for (const auto* side : {&left_columns, &right_columns}) {
    for (const EntryColumn& column : *side) {
      if (std::find(join.using_columns.begin(), join.using_columns.end(), column.name) ==
          join.using_columns.end())
        merged.push_back(column);
    }
  }
  for (const std::string& name : join.using_columns) {
    for (const auto* side : {&left_columns, &right_columns}) {
      const EntryColumn* column = find(*side, name);
      if (column && column->value->entry)
        note_column(*column->value->entry, static_cast<std::size_t>(column->value->op));
    }
  }
}

Entry* Analyzer::join(Tree& tree, std::vector<ScopeItem>& items) {
  std::vector<ScopeItem> left, right;
  Entry* left_entry = from_item(*tree.kids[0], left);
  const std::size_t outer = scope_->items.size();
  for (ScopeItem item : left) {
    item.lateral_only = true;
    scope_->items.push_back(item);
  }
  Entry* right_entry = from_item(*tree.kids[1], right);
  scope_->items.resize(outer);

  Entry& join = pool_.entries.emplace_back();
  join.kind = EntryKind::Join;
  join.join_type = tree.op;
  join.left = left_entry;
  join.right = right_entry;
  join.columns = &join.own_columns;
  join.using_columns = tree.names;
  join.using_alias = tree.text;
  if (tree.has(kNatural)) {
    const auto has = [](const std::vector<ScopeItem>& side, const std::string& name) {
      return std::any_of(side.begin(), side.end(), [&](const ScopeItem& item) {
        return item.columns_visible && find(*item.entry->columns, name);
      });
    };
    for (const ScopeItem& item : left) {
      if (!item.columns_visible) continue;
      for (const EntryColumn& column : *item.entry->columns)
        if (has(right, column.name)) join.using_columns.push_back(column.name);
    }
  }
  join_columns(join, tree, left, right);
  if (Tree* on = tree.kid(2)) {
    std::vector<ScopeItem> both = left;
    both.insert(both.end(), right.begin(), right.end());
    std::swap(scope_->items, both);
    join.on = to_boolean(expression(*on));
    std::swap(scope_->items, both);
  }
  scope_->query->range_table.push_back(&join);
  if (const Tree* alias = tree.kid(3)) {
    alias_columns(join, alias);
    items.push_back({&join});
    return &join;
  }
  for (auto* side : {&left, &right}) {
    for (ScopeItem item : *side) {
      item.columns_visible = false;
      items.push_back(item);
    }
  }
  if (!join.using_alias.empty()) {
    Entry& merged = pool_.entries.emplace_back();
    merged.kind = EntryKind::Join;
    merged.columns = &merged.own_columns;
    merged.own_columns.assign(
        join.own_columns.begin(),
        join.own_columns.begin() + static_cast<std::ptrdiff_t>(std::min(join.using_columns.size(),
                                                                        join.own_columns.size())));
    merged.name = join.using_alias;
    merged.printed = join.using_alias;
    merged.is_using_alias = true;
    items.push_back({&merged, true, false});
  }
  items.push_back({&join, false, true});
  return &join;
}

Entry* Analyzer::from_item(Tree& tree, std::vector<ScopeItem>& items) {
  switch (tree.tag) {
    case Tag::Join:
      return join(tree, items);
    case Tag::Sample: {
      Entry* entry = from_item(*tree.kids[0], items);
      sample(tree, *entry);
      return entry;
    }
    case Tag::Subselect: {
      const bool saved = std::exchange(scope_->lateral_active, tree.has(kLateral));
      Query* inner = subquery(*tree.kids[0], scope_);
      scope_->lateral_active = saved;
      Entry& entry = pool_.entries.emplace_back();
      entry.kind = EntryKind::Subquery;
      entry.lateral = tree.has(kLateral);
      entry.query = inner;
      for (const TypedTarget& target : inner->targets)
        entry.own_columns.push_back({target.name, target.value->type, nullptr});
      entry.columns = &entry.own_columns;
      alias_columns(entry, tree.kid(1));
      scope_->query->range_table.push_back(&entry);
      items.push_back({&entry});
      return &entry;
    }
    case Tag::RangeFunction:
      items.push_back({range_function(tree)});
      return items.back().entry;
    case Tag::TableFunction:
      items.push_back({table_function(tree)});
      return items.back().entry;
    default:
      items.push_back({relation(tree)});
      return items.back().entry;
  }
}

void Analyzer::from_clause(Tree* list, Query& query) {
  if (!list) return;
  for (const auto& kid : list->kids) {
    std::vector<ScopeItem> items;
    query.from.push_back(from_item(*kid, items));
    for (ScopeItem& item : items) {
      item.lateral_only = true;
      scope_->items.push_back(item);
    }
  }
  for (ScopeItem& item : scope_->items) item.lateral_only = false;
}

}  // namespace schemadiff::parser
