// Output columns, GROUP BY, ORDER BY and windows (parse_target.c, parse_clause.c).
#include "parser/analyze/analyzer.h"

namespace schemadiff::parser {
namespace {

// The name that FigureColnameInternal finds, and how sure it is: 2 a name, 1 a type or "case", 0
// none.
int figure(const Tree& tree, std::string& name) {
  constexpr std::string_view kValueFunctions[] = {
      "current_date", "current_time", "current_time",   "current_timestamp", "current_timestamp",
      "localtime",    "localtime",    "localtimestamp", "localtimestamp",    "current_role",
      "current_user", "user",         "session_user",   "current_catalog",   "current_schema"};
  constexpr std::string_view kXml[] = {"xmlconcat", "xmlelement", "xmlforest",    "xmlparse",
                                       "xmlpi",     "xmlroot",    "xmlserialize", ""};
  const auto is = [&](std::string_view word) {
    name = word;
    return word.empty() ? 0 : 2;
  };
  switch (tree.tag) {
    case Tag::Column:
      if (tree.names.empty()) return 0;
      return is(tree.names.back());
    case Tag::Indirection:
      for (std::size_t i = tree.kids.size(); i-- > 1;)
        if (tree.kids[i]->tag == Tag::Field) return is(tree.kids[i]->text);
      return figure(*tree.kids[0], name);
    case Tag::Function:
      return is(tree.names.back());
    case Tag::NullIf:
      return is("nullif");
    case Tag::Cast: {
      const int strength = figure(*tree.kids[0], name);
      if (strength > 1) return strength;
      name = tree.kids[1]->names.back();
      return 1;
    }
    case Tag::Collate:
      return figure(*tree.kids[0], name);
    case Tag::Grouping:
      return is("grouping");
    case Tag::Sublink:
      if (tree.op == 0) return is("exists");
      if (tree.op == 6) return is("array");
      if (tree.op == 4) {
        const Tree* query = tree.kids[1].get();
        while (query && query->tag == Tag::Select && query->op != kNoSetOp)
          query = query->kid(kSelectLeft);
        if (query && query->kid(kSelectValues)) return is("column1");
        if (query && query->kid(kSelectTargets) && !query->kids[kSelectTargets]->kids.empty()) {
          const Tree& target = *query->kids[kSelectTargets]->kids[0];
          if (!target.text.empty()) return is(target.text);
          return is(figure_column_name(*target.kids[0]));
        }
      }
      return 0;
    case Tag::Case: {
      const int strength = tree.kid(1) ? figure(*tree.kids[1], name) : 0;
      if (strength > 1) return strength;
      name = "case";
      return 1;
    }
    case Tag::Array:
      return is("array");
    case Tag::Row:
      return is("row");
    case Tag::Coalesce:
      return is("coalesce");
    case Tag::Greatest:
      return is("greatest");
    case Tag::Least:
      return is("least");
    case Tag::ValueFunction:
      return is(kValueFunctions[tree.op]);
    case Tag::Xml:
      return is(kXml[tree.op]);
    case Tag::XmlSerialize:
      return is("xmlserialize");
    default:
      return 0;
  }
}

bool is_star(const Tree& tree) {
  return (tree.tag == Tag::Column && tree.has(kStar)) ||
         (tree.tag == Tag::Indirection && tree.kids.back()->tag == Tag::Star);
}

}  // namespace

std::string figure_column_name(const Tree& tree) {
  std::string name;
  return figure(tree, name) > 0 ? name : "?column?";
}

bool Analyzer::expand_star(Tree& target, std::vector<TypedTarget>& targets,
                           std::vector<TreePtr>& written) {
  Tree& star = *target.kids[0];
  const auto add = [&](Typed* value, const std::string& name, Entry* entry, bool qualify) {
    targets.push_back({name, value, {}});
    auto column = std::make_unique<Tree>(Tag::Target);
    column->kids.push_back(std::make_unique<Tree>(Tag::Column));
    if (qualify) column->kids[0]->names.push_back(entry->name);
    column->kids[0]->names.push_back(name);
    written.push_back(std::move(column));
  };
  if (star.tag == Tag::Column && star.names.empty()) {
    for (const ScopeItem& item : scope_->items) {
      if (!item.columns_visible || item.lateral_only) continue;
      const auto& columns = *item.entry->columns;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        Typed* value = column_of(*item.entry, i, *scope_);
        Entry* owner = item.entry->name.empty() && value->entry ? value->entry : item.entry;
        const bool merged = item.entry->name.empty() && value->text != columns[i].name;
        const bool plain = item.entry->name.empty() && value->kind != TypedKind::Column;
        add(value, columns[i].name, owner, !merged && !plain && !owner->name.empty());
      }
    }
    return true;
  }
  if (star.tag == Tag::Column) {
    Scope* where = nullptr;
    const std::string_view schema = star.names.size() > 1
                                        ? std::string_view(star.names[star.names.size() - 2])
                                        : std::string_view();
    if (const ScopeItem* item = find_entry(schema, star.names.back(), where)) {
      Entry* entry = item->entry;
      for (std::size_t i = 0; i < entry->columns->size(); ++i)
        add(column_of(*entry, i, *where), (*entry->columns)[i].name, entry, true);
      return true;
    }
  }
  // (composite).*
  Tree& base = star.tag == Tag::Indirection ? *star.kids[0] : star;
  Typed* value = nullptr;
  if (star.tag == Tag::Indirection && star.kids.size() == 2) value = expression(base);
  std::vector<std::string> names;
  if (value && value->type) {
    for (const ColumnInfo& column : system_.columns(system_.base(value->type.id)))
      names.emplace_back(column.name);
    if (names.empty())
      for (const EntryColumn& column : function_columns(*value)) names.push_back(column.name);
  }
  for (const std::string& name : names) targets.push_back({name, field(value, name), {}});
  if (names.empty()) {
    unresolved();
    Typed* whole = pool_.make(TypedKind::Column);
    whole->text = "*";
    targets.push_back({"*", whole, {}});
  }
  return false;
}

std::vector<TypedTarget> Analyzer::target_list(Tree* list) {
  std::vector<TypedTarget> targets;
  if (!list) return targets;
  targets.reserve(list->kids.size());
  std::vector<TreePtr> rewritten;
  for (auto& kid : list->kids) {
    if (!is_star(*kid->kids[0])) {
      TypedTarget& target = targets.emplace_back();
      target.name = kid->text.empty() ? figure_column_name(*kid->kids[0]) : kid->text;
      target.value = expression(*kid->kids[0]);
      rewritten.push_back(std::move(kid));
      continue;
    }
    std::vector<TreePtr> written;
    const bool expanded = expand_star(*kid, targets, written) && !(written.empty() && unproven);
    if (!expanded || !rewrite_) {
      rewritten.push_back(std::move(kid));
    } else {
      for (TreePtr& column : written) rewritten.push_back(std::move(column));
    }
  }
  list->kids = std::move(rewritten);
  return targets;
}

// findTargetlistEntrySQL92: a name or a number means an output column; GROUP BY prefers input
// columns.
Typed* Analyzer::sort_target(Tree& tree, Query& query, bool columns_first) {
  if (tree.tag == Tag::Column && tree.names.size() == 1 && !tree.has(kStar)) {
    bool input = false;
    if (columns_first) {
      for (const ScopeItem& item : scope_->items) {
        if (!item.columns_visible) continue;
        for (const EntryColumn& column : *item.entry->columns)
          input = input || column.name == tree.names[0];
      }
    }
    if (!input) {
      for (TypedTarget& target : query.targets)
        if (target.name == tree.names[0]) return target.value;
    }
  }
  if (tree.tag == Tag::Integer) {
    const int position = std::atoi(tree.text.c_str());
    if (position >= 1 && position <= static_cast<int>(query.targets.size()))
      return query.targets[static_cast<std::size_t>(position) - 1].value;
  }
  return to_text_if_unknown(expression(tree));
}

SortKey Analyzer::sort_key(Tree& tree, Typed* value) {
  enum { kDefault, kAscending, kDescending };
  SortKey key;
  key.value = value;
  key.descending = tree.op == kDescending || tree.text == ">";
  key.nulls_first = tree.has(kNullsFirst) || (key.descending && !tree.has(kNullsLast));
  if (tree.text != "<" && tree.text != ">") key.op = tree.text;
  return key;
}

std::vector<SortKey> Analyzer::sort_list(Tree* list, Query* query) {
  std::vector<SortKey> keys;
  for (const auto& kid : list->kids) {
    Tree& tree = *kid->kids[0];
    Typed* value = query ? sort_target(tree, *query, false) : expression(tree);
    keys.push_back(sort_key(*kid, value));
  }
  return keys;
}

Typed* Analyzer::group_item(Tree& tree, Query& query) { return sort_target(tree, query, true); }

void Analyzer::group_items(std::vector<TreePtr>& items, Query& query, std::string& words,
                           bool& plain) {
  constexpr std::string_view kWords[] = {"()", "(", "rollup(", "cube(", "sets("};
  for (auto& item : items) {
    if (item->tag == Tag::GroupingSet) {
      plain = false;
      words += kWords[item->op];
      if (item->op == 0) continue;
      group_items(item->kids, query, words, plain);
      words += ')';
    } else if (item->tag == Tag::Row && !item->has(kRowWord)) {
      words += '(';
      group_items(item->kids, query, words, plain);
      words += ')';
    } else {
      query.group.push_back(group_item(*item, query));
      words += '#';
    }
  }
}

void Analyzer::group_by(Tree& tree, Query& query) {
  std::string words;
  bool plain = true;
  group_items(tree.kids[kSelectGroup]->kids, query, words, plain);
  if (!plain) query.grouping = words;
  query.group_distinct = tree.has(kGroupDistinct);
}

WindowSpec* Analyzer::window(Tree& tree) {
  WindowSpec& spec = pool_.windows.emplace_back();
  if (!tree.names.empty()) spec.refname = tree.names[0];
  spec.frame = tree.op;
  if (Tree* partition = tree.kid(0)) {
    for (const auto& kid : partition->kids)
      spec.partition.push_back(to_text_if_unknown(expression(*kid)));
  }
  if (Tree* order = tree.kid(1)) spec.order = sort_list(order, nullptr);
  if (Tree* start = tree.kid(2)) spec.start = expression(*start);
  if (Tree* end = tree.kid(3)) spec.end = expression(*end);
  window_offset(spec.start, spec);
  window_offset(spec.end, spec);
  return &spec;
}

void Analyzer::window_offset(Typed*& offset, const WindowSpec& window) {
  constexpr int kRange = 0x2;
  if (!offset) return;
  TypeId target = types::kInt8;
  if ((window.frame & kRange) && !window.order.empty()) {
    if (offset->type.id != types::kUnknown) return;
    const TypeId ordered = system_.base(window.order[0].value->type.id);
    const char category = system_.info(ordered).category;
    target = category == 'D' || category == 'T' ? types::kInterval : ordered;
  }
  offset = coerce(offset, target, -1, CoercionContext::Assignment, true);
}

}  // namespace schemadiff::parser
