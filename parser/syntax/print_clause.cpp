// Clauses of queries and the statements that change rows → SQL text.
#include <array>

#include "parser/syntax/printer.h"

namespace schemadiff::parser {
namespace {

void with_prefix(Printer& printer, const Tree* with) {
  if (!with) return;
  printer.clause(*with);
  printer.out += ' ';
}

constexpr std::array<std::string_view, 3> kOverriding = {"", " OVERRIDING USER VALUE",
                                                         " OVERRIDING SYSTEM VALUE"};

// a = 1, (b, c) = source
void assignments(Printer& printer, const Tree& targets) {
  auto& out = printer.out;
  for (std::size_t i = 0; i < targets.kids.size(); ++i) {
    const Tree& target = *targets.kids[i];
    if (i) out += ", ";
    if (target.tag == Tag::MultiAssign) {
      for (std::size_t j = 1; j < target.kids.size(); ++j) {
        out += j > 1 ? ", " : "(";
        printer.word(target.kids[j]->text);
        printer.indirection(*target.kids[j], 1);
      }
      out += ") = ";
      printer.expression(*target.kids[0]);
    } else {
      printer.word(target.text);
      printer.indirection(target, 1);
      out += " = ";
      printer.expression(*target.kids[0]);
    }
  }
}

// Of INSERT: name with subscripts and fields.
void columns(Printer& printer, const Tree& targets) {
  for (std::size_t i = 0; i < targets.kids.size(); ++i) {
    if (i) printer.out += ", ";
    printer.word(targets.kids[i]->text);
    printer.indirection(*targets.kids[i], 1);
  }
}

void cte(Printer& printer, const Tree& tree) {
  auto& out = printer.out;
  printer.word(tree.text);
  if (!tree.names.empty()) {
    out += '(';
    printer.words(tree.names);
    out += ')';
  }
  constexpr std::array<std::string_view, 3> kMaterialized = {" AS (", " AS MATERIALIZED (",
                                                             " AS NOT MATERIALIZED ("};
  out += kMaterialized[static_cast<std::size_t>(tree.op)];
  printer.node(*tree.kids[0]);
  out += ')';
  printer.optional(" ", tree.kid(1));
  printer.optional(" ", tree.kid(2));
}

void on_conflict(Printer& printer, const Tree& tree) {
  auto& out = printer.out;
  out += " ON CONFLICT";
  if (!tree.text.empty()) {
    out += " ON CONSTRAINT ";
    printer.word(tree.text);
  }
  printer.optional_list(" (", tree.kid(0), ")");
  printer.optional(" WHERE ", tree.kid(1));
  if (const Tree* targets = tree.kid(2)) {
    out += " DO UPDATE SET ";
    assignments(printer, *targets);
  } else {
    out += " DO NOTHING";
  }
  printer.optional(" WHERE ", tree.kid(3));
}

void index_element(Printer& printer, const Tree& tree) {
  auto& out = printer.out;
  if (const Tree* expression = tree.kid(0)) {
    out += '(';
    printer.expression(*expression);
    out += ')';
  } else {
    printer.word(tree.text);
  }
  if (!tree.names.empty()) {
    out += " COLLATE ";
    printer.path(tree.names);
  }
  if (const Tree* opclass = tree.kid(1)) {
    out += ' ';
    printer.list(*opclass, 0, ".");
  }
}

void sort_by(Printer& printer, const Tree& tree) {
  auto& out = printer.out;
  printer.expression(*tree.kids[0]);
  if (!tree.text.empty()) {
    out += " USING ";
    printer.operator_name(tree);
  } else {
    constexpr std::array<std::string_view, 3> kDirections = {"", " ASC", " DESC"};
    out += kDirections[static_cast<std::size_t>(tree.op)];
  }
  out += tree.has(kNullsFirst) ? " NULLS FIRST" : tree.has(kNullsLast) ? " NULLS LAST" : "";
}

void table_function_column(Printer& printer, const Tree& tree) {
  auto& out = printer.out;
  printer.word(tree.text);
  if (tree.has(kOrdinality)) {
    out += " FOR ORDINALITY";
    return;
  }
  printer.optional(" ", tree.kid(0));
  if (const Tree* path = tree.kid(1)) {
    out += " PATH ";
    printer.operand(*path);
  }
  if (const Tree* value = tree.kid(2)) {
    out += " DEFAULT ";
    printer.operand(*value);
  }
  if (tree.has(kNotNull)) out += " NOT NULL";
}

void locking(Printer& printer, const Tree& tree) {
  auto& out = printer.out;
  constexpr std::array<std::string_view, 5> kStrengths = {"", " FOR KEY SHARE", " FOR SHARE",
                                                          " FOR NO KEY UPDATE", " FOR UPDATE"};
  out += kStrengths[static_cast<std::size_t>(tree.op)];
  if (!tree.kids.empty()) printer.optional_list(" OF ", &tree);
  out += tree.has(kNoWait) ? " NOWAIT" : tree.has(kSkipLocked) ? " SKIP LOCKED" : "";
}

void search_or_cycle(Printer& printer, const Tree& tree) {
  auto& out = printer.out;
  if (tree.tag == Tag::Search) {
    out += tree.has(kBreadth) ? "SEARCH BREADTH FIRST BY " : "SEARCH DEPTH FIRST BY ";
    printer.words(tree.names);
    out += " SET ";
    return printer.word(tree.text);
  }
  out += "CYCLE ";
  printer.words(tree.names, 2);
  out += " SET ";
  printer.word(tree.names[0]);
  printer.optional(" TO ", tree.kid(0));
  printer.optional(" DEFAULT ", tree.kid(1));
  out += " USING ";
  printer.word(tree.names[1]);
}

}  // namespace

void Printer::insert(const Tree& tree) {
  with_prefix(*this, tree.kid(0));
  out += "INSERT INTO ";
  from_item(*tree.kids[1]);
  if (!tree.kids[2]->kids.empty()) {
    out += " (";
    columns(*this, *tree.kids[2]);
    out += ')';
  }
  out += kOverriding[static_cast<std::size_t>(tree.op)];
  if (tree.kid(3)) {
    optional(" ", tree.kid(3));
  } else {
    out += " DEFAULT VALUES";
  }
  if (tree.kid(4)) on_conflict(*this, *tree.kids[4]);
  optional_list(" RETURNING ", tree.kid(5));
}

void Printer::merge_when(const Tree& tree) {
  enum { kUpdate = 2, kInsert = 3, kDelete = 4 };
  out += tree.has(kNot) ? " WHEN NOT MATCHED" : " WHEN MATCHED";
  optional(" AND ", tree.kid(0));
  out += " THEN ";
  if (tree.op == kUpdate) {
    out += "UPDATE SET ";
    assignments(*this, *tree.kids[1]);
  } else if (tree.op == kDelete) {
    out += "DELETE";
  } else if (tree.op == kInsert) {
    out += "INSERT";
    if (tree.kid(1)) {
      out += " (";
      columns(*this, *tree.kids[1]);
      out += ')';
    }
    if (!tree.text.empty()) out += ' ' + tree.text;
    if (tree.kid(2)) {
      optional_list(" VALUES (", tree.kid(2), ")");
    } else {
      out += " DEFAULT VALUES";
    }
  } else {
    out += "DO NOTHING";
  }
}

void Printer::merge(const Tree& tree) {
  with_prefix(*this, tree.kid(0));
  out += "MERGE INTO ";
  from_item(*tree.kids[1]);
  out += " USING ";
  from_item(*tree.kids[2]);
  optional(" ON ", tree.kid(3));
  for (std::size_t i = 4; i < tree.kids.size(); ++i) merge_when(*tree.kids[i]);
}

void Printer::statement(const Tree& tree) {
  switch (tree.tag) {
    case Tag::Insert:
      return insert(tree);
    case Tag::Merge:
      return merge(tree);
    case Tag::MergeWhen:
      return merge_when(tree);
    case Tag::Update:
      with_prefix(*this, tree.kid(0));
      out += "UPDATE ";
      from_item(*tree.kids[1]);
      out += " SET ";
      assignments(*this, *tree.kids[2]);
      optional_list(" FROM ", tree.kid(3));
      break;
    default:
      with_prefix(*this, tree.kid(0));
      out += "DELETE FROM ";
      from_item(*tree.kids[1]);
      optional_list(" USING ", tree.kid(2));
      break;
  }
  const std::size_t where = tree.tag == Tag::Update ? 4 : 3;
  optional(" WHERE ", tree.kid(where));
  optional_list(" RETURNING ", tree.kid(where + 1));
}

void Printer::clause(const Tree& tree) {
  switch (tree.tag) {
    case Tag::With:
      out += tree.has(kRecursive) ? "WITH RECURSIVE " : "WITH ";
      return list(tree);
    case Tag::Cte:
      return cte(*this, tree);
    case Tag::Search:
    case Tag::Cycle:
      return search_or_cycle(*this, tree);
    case Tag::Target:
      optional("", tree.kid(0));
      if (!tree.text.empty()) {
        out += " AS ";
        word(tree.text);
      }
      return;
    case Tag::SortBy:
      return sort_by(*this, tree);
    case Tag::Window:
      return window(tree);
    case Tag::Alias:
      out += "AS ";
      word(tree.text);
      if (!tree.names.empty()) {
        out += '(';
        words(tree.names);
        out += ')';
      }
      return;
    case Tag::RowsFromItem:
      if (tree.kids[0]->tag == Tag::Cast) {
        out += "CAST(";
        expression(*tree.kids[0]->kids[0]);
        out += " AS ";
        type(*tree.kids[0]->kids[1]);
        out += ')';
      } else {
        expression(*tree.kids[0]);
      }
      return optional_list(" AS (", tree.kid(1), ")");
    case Tag::ColumnDefinition:
      word(tree.text);
      optional(" ", tree.kid(0));
      if (!tree.names.empty()) {
        out += " COLLATE ";
        path(tree.names);
      }
      return;
    case Tag::TableFunctionColumn:
      return table_function_column(*this, tree);
    case Tag::GroupingSet: {
      constexpr std::array<std::string_view, 5> kWords = {"(", "(", "ROLLUP(", "CUBE(",
                                                          "GROUPING SETS("};
      out += kWords[static_cast<std::size_t>(tree.op)];
      list(tree);
      out += ')';
      return;
    }
    case Tag::Locking:
      return locking(*this, tree);
    case Tag::IndexElement:
      return index_element(*this, tree);
    default:
      return;
  }
}

}  // namespace schemadiff::parser
