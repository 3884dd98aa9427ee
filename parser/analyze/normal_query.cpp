// Analysed queries → normal form: what ruleutils.c shows of them (get_query_def).
#include <algorithm>

#include "parser/analyze/normal.h"

namespace schemadiff::parser {
namespace {

// The first of name, name_1, name_2, … that is not taken.
std::string unique_name(const std::string& name, const std::vector<std::string>& taken) {
  const auto is_taken = [&](const std::string& candidate) {
    return std::find(taken.begin(), taken.end(), candidate) != taken.end();
  };
  if (!is_taken(name)) return name;
  constexpr std::size_t kMaxName = 63;
  for (int i = 1;; ++i) {
    const std::string suffix = '_' + std::to_string(i);
    std::string candidate = name.substr(0, kMaxName - suffix.size()) + suffix;
    if (!is_taken(candidate)) return candidate;
  }
}

bool is_literal(const Typed& value) {
  return value.kind == TypedKind::Constant ||
         (value.kind == TypedKind::Coerce && is_literal(*value.kids[0]));
}

}  // namespace

void Normalizer::optional(std::string_view before, const Typed* value) {
  if (!value) return;
  out += before;
  expression(*value, false);
}

// A query may give two columns one name; as a table it may not.
void Normalizer::name_columns(Entry& entry) {
  entry.printed_columns.clear();
  if (entry.kind == EntryKind::Relation && !entry.renamed) return;
  const auto& columns = *entry.columns;
  bool repeated = false;
  for (std::size_t i = 0; i < columns.size() && !repeated; ++i)
    for (std::size_t j = 0; j < i; ++j) repeated = repeated || columns[i].name == columns[j].name;
  if (!repeated) return;
  for (const EntryColumn& column : columns)
    entry.printed_columns.push_back(unique_name(column.name, entry.printed_columns));
}

void Normalizer::name_entries(Query& query) {
  for (Entry* entry : query.range_table) {
    name_columns(*entry);
    if (entry->kind == EntryKind::Join && !entry->has_alias) continue;
    entry->printed = unique_name(entry->name, used_);
    used_.push_back(entry->printed);
  }
}

void Normalizer::ctes(Query& query) {
  if (query.ctes.empty()) return;
  out += query.recursive ? " with-recursive" : " with";
  for (TypedCte* cte : query.ctes) {
    out += " (";
    name(cte->name);
    if (cte->has_columns) {
      for (const EntryColumn& column : cte->columns) {
        out += ' ';
        name(column.name);
      }
    }
    if (cte->materialized) out += " materialized" + std::to_string(cte->materialized);
    out += ' ';
    this->query(*cte->query, {});
    if (!cte->search.empty()) out += " search " + cte->search;
    if (!cte->cycle.empty()) out += " cycle " + cte->cycle;
    for (const Typed* value : cte->cycle_values) optional(" ", value);
    out += ')';
  }
}

// Where names do not matter ruleutils.c leaves "?column?" away, and what it prints of a literal has
// another name when it is read again.
void Normalizer::targets(const std::vector<TypedTarget>& list,
                         const std::vector<std::string>& names, bool named) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    out += ' ';
    if (list[i].value) expression(*list[i].value, true);
    if (!named && list[i].value && is_literal(*list[i].value)) continue;
    out += " as ";
    name(i < names.size() ? names[i] : list[i].name);
  }
}

void Normalizer::words(std::string_view text, const std::vector<Typed*>& values) {
  std::size_t next = 0;
  for (char c : text) {
    if (c == '#' && next < values.size()) {
      expression(*values[next++], false);
    } else {
      out += c;
    }
  }
}

// Names by which the rest of the query refers to the entry and its columns.
void Normalizer::entry_names(const Entry& entry) {
  if (entry.kind == EntryKind::Values) return;
  const bool relation = entry.kind == EntryKind::Relation || entry.kind == EntryKind::Cte;
  const std::string& own = entry.relation.name;
  if (!relation || entry.has_alias || entry.printed != own) {
    out += " alias ";
    name(entry.printed);
  }
  const bool shown = entry.kind == EntryKind::Function ||
                     (entry.kind == EntryKind::Relation
                          ? entry.renamed
                          : entry.has_alias_columns || !entry.printed_columns.empty());
  if (!shown) return;
  out += " (";
  for (std::size_t i = 0; i < entry.columns->size(); ++i) {
    if (i) out += ' ';
    name(i < entry.printed_columns.size() ? entry.printed_columns[i] : (*entry.columns)[i].name);
  }
  out += ')';
}

void Normalizer::from(Entry& entry) {
  constexpr std::string_view kJoins[] = {"inner", "left", "full", "right"};
  out += '(';
  if (entry.lateral) out += "lateral ";
  switch (entry.kind) {
    case EntryKind::Relation:
      if (entry.only) out += "only ";
      if (!options_.loose) {
        name(entry.relation.schema);
        out += '.';
      }
      name(entry.relation.name);
      break;
    case EntryKind::Cte:
      out += "cte ";
      name(entry.relation.name);
      break;
    case EntryKind::Subquery:
      query(*entry.query, {});
      break;
    case EntryKind::Values:
      for (const auto& row : entry.rows) {
        out += "(row";
        for (const Typed* value : row) optional(" ", value);
        out += ')';
      }
      break;
    case EntryKind::Function:
      for (const RangeFunctionPart& part : entry.functions) {
        out += "(call ";
        expression(*part.call, true);
        for (const EntryColumn& column : part.definitions) {
          out += ' ';
          name(column.name);
          type(column.type);
        }
        out += ')';
      }
      if (entry.ordinality) out += " ordinality";
      break;
    case EntryKind::TableFunction:
      out += "xmltable ";
      expression(*entry.document, false);
      out += ' ';
      expression(*entry.row_path, false);
      words(entry.details, entry.detail_values);
      break;
    case EntryKind::Join: {
      const bool cross = entry.join_type == 0 && !entry.on && entry.using_columns.empty();
      out += cross ? "cross" : kJoins[entry.join_type];
      out += ' ';
      from(*entry.left);
      from(*entry.right);
      optional(" on ", entry.on);
      for (const std::string& column : entry.using_columns) {
        out += " using ";
        name(column);
      }
      if (!entry.using_alias.empty()) {
        out += " as ";
        name(entry.using_alias);
      }
      if (!entry.has_alias) {
        out += ')';
        return;
      }
      break;
    }
  }
  if (!entry.sample.empty()) {
    out += " sample " + entry.sample;
    for (const Typed* value : entry.sample_arguments) optional(" ", value);
  }
  entry_names(entry);
  out += ')';
}

void Normalizer::select(Query& query, const std::vector<std::string>& result_names, bool named) {
  out += "(select";
  ctes(query);
  if (query.distinct) out += " distinct";
  for (const Typed* value : query.distinct_on) {
    out += " on ";
    expression(*value, true);
  }
  targets(query.targets, result_names, named);
  if (!query.from.empty()) out += " from ";
  for (Entry* entry : query.from) from(*entry);
  optional(" where ", query.where);
  if (!query.grouping.empty()) {
    out += query.group_distinct ? " group distinct " : " group ";
    words(query.grouping, query.group);
  } else if (!query.group.empty()) {
    std::vector<SortKey> keys;
    for (Typed* value : query.group) keys.emplace_back().value = value;
    sort_keys(" group", keys);
  }
  optional(" having ", query.having);
  for (const WindowSpec* spec : query.windows) {
    out += " window ";
    name(spec->name);
    window(*spec);
  }
}

// A list of rows whose columns have other names than column1, column2, … is printed as a query over
// the list.
void Normalizer::values(Query& query, const std::vector<std::string>& result_names, bool named) {
  bool plain = true;
  for (std::size_t i = 0; i < query.targets.size(); ++i)
    if (i < result_names.size() && result_names[i] != query.targets[i].name) plain = false;
  if (plain) {
    out += "(values ";
    ctes(query);
    from(*query.from[0]);
    return;
  }
  out += "(select";
  ctes(query);
  targets(query.targets, result_names, named);
  out += " from ((values ";
  from(*query.from[0]);
  out += ") alias *VALUES*)";
}

void Normalizer::set_operation(Query& query, const std::vector<std::string>& result_names,
                               bool named) {
  constexpr std::string_view kWords[] = {"", "(union", "(intersect", "(except"};
  out += kWords[query.set_op];
  if (query.all) out += " all";
  ctes(query);
  for (Query* side : {query.left, query.right}) {
    out += ' ';
    this->query(*side, result_names, !result_names.empty() || (named && side == query.left));
  }
}

void Normalizer::statement(Query& query) {
  constexpr std::string_view kWords[] = {"",        "",        "",       "(insert",
                                         "(update", "(delete", "(merge", "(return"};
  out += kWords[static_cast<std::size_t>(query.command)];
  ctes(query);
  if (query.target) {
    out += ' ';
    from(*query.target);
  }
  if (query.override_kind) out += " overriding" + std::to_string(query.override_kind);
  const bool result = query.command == Command::Return;
  for (const TypedTarget& target : query.targets) {
    out += ' ';
    name(target.name);
    for (const Typed* step : target.path) {
      out += '.';
      expression(*step, false);
    }
    if (!target.value) continue;
    out += " = ";
    expression(*target.value, result);
  }
  if (query.source) {
    out += ' ';
    this->query(*query.source, {}, false);
  }
  if (!query.from.empty()) out += " from ";
  for (Entry* entry : query.from) from(*entry);
  optional(" where ", query.where);
  words(query.details, query.detail_values);
  if (!query.returning.empty()) {
    out += " returning";
    targets(query.returning, {}, true);
  }
}

void Normalizer::query(Query& query, const std::vector<std::string>& result_names, bool named) {
  const std::size_t taken = used_.size();
  name_entries(query);
  switch (query.command) {
    case Command::Select:
      select(query, result_names, named);
      break;
    case Command::Values:
      values(query, result_names, named);
      break;
    case Command::SetOperation:
      set_operation(query, result_names, named);
      break;
    default:
      statement(query);
      break;
  }
  sort_keys(" order", query.order);
  optional(" offset ", query.offset);
  optional(query.with_ties ? " ties " : " limit ", query.limit);
  if (!query.locking.empty()) out += " for " + query.locking;
  out += ')';
  used_.resize(taken);
}

}  // namespace schemadiff::parser
