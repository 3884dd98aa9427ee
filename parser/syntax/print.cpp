// Tree → SQL text: the driver, names, types and what is neither expression nor query.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "parser/interval_fields.h"
#include "parser/syntax/printer.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

struct TypeSpelling {
  std::string_view name;    // in pg_catalog
  std::string_view before;  // the modifiers
  std::string_view after;
};

constexpr std::array kTypeSpellings = {
    TypeSpelling{"bool", "boolean", ""},
    TypeSpelling{"float4", "real", ""},
    TypeSpelling{"float8", "double precision", ""},
    TypeSpelling{"int2", "smallint", ""},
    TypeSpelling{"int4", "integer", ""},
    TypeSpelling{"int8", "bigint", ""},
    TypeSpelling{"numeric", "numeric", ""},
    TypeSpelling{"time", "time", " without time zone"},
    TypeSpelling{"timestamp", "timestamp", " without time zone"},
    TypeSpelling{"timestamptz", "timestamp", " with time zone"},
    TypeSpelling{"timetz", "time", " with time zone"},
    TypeSpelling{"varbit", "bit varying", ""},
    TypeSpelling{"varchar", "character varying", ""},
};

std::string interval(const Tree& type) {
  std::string text = "interval";
  const int mask =
      type.kids.empty() ? interval_mask::kFullRange : std::atoi(type.kids[0]->text.c_str());
  if (const auto fields = interval_fields(mask); !fields.empty()) text += ' ' + std::string(fields);
  if (type.kids.size() > 1) text += "(" + type.kids[1]->text + ")";
  return text;
}

}  // namespace

void Printer::word(std::string_view name) { out += schema::quote_identifier(name); }

void Printer::words(const std::vector<std::string>& names, std::size_t from) {
  for (std::size_t i = from; i < names.size(); ++i) {
    if (i > from) out += ", ";
    word(names[i]);
  }
}

void Printer::path(const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i) out += '.';
    word(names[i]);
  }
}

void Printer::list(const Tree& tree, std::size_t from, std::string_view separator) {
  for (std::size_t i = from; i < tree.kids.size(); ++i) {
    if (i > from) out += separator;
    if (tree.kids[i]) node(*tree.kids[i]);
  }
}

void Printer::optional_list(std::string_view before, const Tree* items, std::string_view after) {
  if (!items || items->kids.empty()) return;
  out += before;
  list(*items);
  out += after;
}

void Printer::optional(std::string_view before, const Tree* tree) {
  if (!tree) return;
  out += before;
  node(*tree);
}

void Printer::type(const Tree& tree) {
  if (tree.has(kSetof)) out += "SETOF ";
  const bool system = tree.names.size() == 2 && tree.names[0] == "pg_catalog";
  const auto* spelling =
      std::find_if(kTypeSpellings.begin(), kTypeSpellings.end(),
                   [&](const TypeSpelling& s) { return system && s.name == tree.names[1]; });
  bool modified = false;
  if (system && tree.names[1] == "interval") {
    out += interval(tree);
    modified = true;
  } else if (spelling != kTypeSpellings.end()) {
    out += spelling->before;
  } else if (system && tree.names[1] == "bpchar" && !tree.kids.empty()) {
    out += "character";
  } else if (system && tree.names[1] == "bit" && !tree.kids.empty()) {
    out += "bit";
  } else {
    path(tree.names);
    if (tree.has(kPercentType)) out += "%TYPE";
  }
  if (!modified && !tree.kids.empty()) {
    out += '(';
    list(tree);
    out += ')';
  }
  if (spelling != kTypeSpellings.end()) out += spelling->after;
  for (int i = 0; i < tree.op; ++i) out += "[]";
}

void Printer::bound(const Tree& tree) {
  if (tree.text == "default") {
    out += "DEFAULT";
  } else if (tree.text == "in") {
    out += "FOR VALUES IN (";
    list(tree);
    out += ')';
  } else if (tree.text == "hash") {
    out += "FOR VALUES WITH (modulus " + tree.kids[0]->text + ", remainder " + tree.kids[1]->text +
           ")";
  } else {
    out += "FOR VALUES FROM (";
    list(*tree.kids[0]);
    out += ") TO (";
    list(*tree.kids[1]);
    out += ')';
  }
}

void Printer::node(const Tree& tree) {
  switch (tree.tag) {
    case Tag::List:
      return list(tree);
    case Tag::Type:
      return type(tree);
    case Tag::Select:
      return select(tree);
    case Tag::Insert:
    case Tag::Update:
    case Tag::Delete:
    case Tag::Merge:
    case Tag::MergeWhen:
      return statement(tree);
    case Tag::Relation:
    case Tag::Subselect:
    case Tag::RangeFunction:
    case Tag::TableFunction:
    case Tag::Sample:
    case Tag::Join:
      return from_item(tree);
    case Tag::Bound:
      return bound(tree);
    case Tag::BoundLimit:
      out += tree.op < 0 ? "MINVALUE" : "MAXVALUE";
      return;
    case Tag::Return:
      return optional("RETURN ", tree.kid(0));
    case Tag::Block:
      out += "BEGIN ATOMIC\n";
      for (const auto& kid : tree.kids) {
        out += "  ";
        if (kid) node(*kid);
        out += ";\n";
      }
      out += "END";
      return;
    case Tag::With:
    case Tag::Cte:
    case Tag::Search:
    case Tag::Cycle:
    case Tag::Target:
    case Tag::MultiAssign:
    case Tag::SortBy:
    case Tag::Window:
    case Tag::Alias:
    case Tag::RowsFromItem:
    case Tag::ColumnDefinition:
    case Tag::TableFunctionColumn:
    case Tag::GroupingSet:
    case Tag::Locking:
    case Tag::OnConflict:
    case Tag::IndexElement:
      return clause(tree);
    default:
      return expression(tree);
  }
}

std::string print(const Tree& tree) {
  Printer printer;
  printer.node(tree);
  return std::move(printer.out);
}

bool equal(const Tree& a, const Tree& b) {
  if (a.tag != b.tag || a.op != b.op || a.flags != b.flags || a.text != b.text ||
      a.names != b.names || a.kids.size() != b.kids.size())
    return false;
  for (std::size_t i = 0; i < a.kids.size(); ++i) {
    const Tree* left = a.kids[i].get();
    const Tree* right = b.kids[i].get();
    if ((left == nullptr) != (right == nullptr)) return false;
    if (left && !equal(*left, *right)) return false;
  }
  return true;
}

}  // namespace schemadiff::parser
