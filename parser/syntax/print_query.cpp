// SELECT, VALUES, set operations and what stands in FROM → SQL text.
#include <array>

#include "parser/syntax/printer.h"

namespace schemadiff::parser {
namespace {

bool has_tail(const Tree& select) {
  return select.kid(kSelectWith) || select.kid(kSelectOrder) || select.kid(kSelectLimit) ||
         select.kid(kSelectOffset) || select.kid(kSelectLocking);
}

// Bits of WindowDef.frameOptions (parsenodes.h).
enum Frame {
  kNonDefault = 0x1,
  kRange = 0x2,
  kRows = 0x4,
  kGroups = 0x8,
  kBetween = 0x10,
  kStartUnbounded = 0x20,
  kEndUnboundedPreceding = 0x40,
  kStartUnboundedFollowing = 0x80,
  kEndUnbounded = 0x100,
  kStartCurrent = 0x200,
  kEndCurrent = 0x400,
  kStartPreceding = 0x800,
  kEndPreceding = 0x1000,
  kStartFollowing = 0x2000,
  kEndFollowing = 0x4000,
  kExcludeCurrent = 0x8000,
  kExcludeGroup = 0x10000,
  kExcludeTies = 0x20000
};

void frame(Printer& printer, const Tree& window) {
  const int options = window.op;
  auto& out = printer.out;
  out += options & kRange ? "RANGE " : options & kRows ? "ROWS " : "GROUPS ";
  if (options & kBetween) out += "BETWEEN ";
  if (options & kStartUnbounded) out += "UNBOUNDED PRECEDING";
  if (options & kStartCurrent) out += "CURRENT ROW";
  if (options & (kStartPreceding | kStartFollowing)) {
    printer.operand(*window.kids[2]);
    out += options & kStartPreceding ? " PRECEDING" : " FOLLOWING";
  }
  if (options & kBetween) {
    out += " AND ";
    if (options & kEndUnbounded) out += "UNBOUNDED FOLLOWING";
    if (options & kEndCurrent) out += "CURRENT ROW";
    if (options & (kEndPreceding | kEndFollowing)) {
      printer.operand(*window.kids[3]);
      out += options & kEndPreceding ? " PRECEDING" : " FOLLOWING";
    }
  }
  if (options & kExcludeCurrent) out += " EXCLUDE CURRENT ROW";
  if (options & kExcludeGroup) out += " EXCLUDE GROUP";
  if (options & kExcludeTies) out += " EXCLUDE TIES";
}

}  // namespace

void Printer::window(const Tree& tree) {
  out += '(';
  std::string_view space;
  if (!tree.names.empty()) {
    word(tree.names[0]);
    space = " ";
  }
  if (tree.kid(0)) {
    out += space;
    optional_list("PARTITION BY ", tree.kid(0));
    space = " ";
  }
  if (tree.kid(1)) {
    out += space;
    optional_list("ORDER BY ", tree.kid(1));
    space = " ";
  }
  if (tree.op & kNonDefault) {
    out += space;
    frame(*this, tree);
  }
  out += ')';
}

void Printer::set_operand(const Tree& tree, const Tree& parent, bool left) {
  const bool chain = left && tree.op == parent.op && tree.has(kAll) == parent.has(kAll);
  const bool bare = !has_tail(tree) && (tree.op == kNoSetOp || chain);
  if (!bare) out += '(';
  select(tree);
  if (!bare) out += ')';
}

void Printer::set_operation(const Tree& tree) {
  set_operand(*tree.kids[kSelectLeft], tree, true);
  constexpr std::array<std::string_view, 4> kWords = {"", " UNION ", " INTERSECT ", " EXCEPT "};
  out += kWords[static_cast<std::size_t>(tree.op)];
  if (tree.has(kAll)) out += "ALL ";
  set_operand(*tree.kids[kSelectRight], tree, false);
}

void Printer::select(const Tree& tree) {
  if (const Tree* with = tree.kid(kSelectWith)) {
    clause(*with);
    out += ' ';
  }
  if (tree.op != kNoSetOp) {
    set_operation(tree);
  } else if (const Tree* rows = tree.kid(kSelectValues)) {
    out += "VALUES ";
    for (std::size_t i = 0; i < rows->kids.size(); ++i) {
      out += i ? ", (" : "(";
      list(*rows->kids[i]);
      out += ')';
    }
  } else {
    out += "SELECT";
    if (tree.has(kDistinct)) out += " DISTINCT";
    optional_list(" ON (", tree.kid(kSelectDistinctOn), ")");
    optional_list(" ", tree.kid(kSelectTargets));
    optional_list(" FROM ", tree.kid(kSelectFrom));
    optional(" WHERE ", tree.kid(kSelectWhere));
    optional_list(tree.has(kGroupDistinct) ? " GROUP BY DISTINCT " : " GROUP BY ",
                  tree.kid(kSelectGroup));
    optional(" HAVING ", tree.kid(kSelectHaving));
    if (const Tree* windows = tree.kid(kSelectWindows)) {
      for (std::size_t i = 0; i < windows->kids.size(); ++i) {
        out += i ? ", " : " WINDOW ";
        word(windows->kids[i]->text);
        out += " AS ";
        window(*windows->kids[i]);
      }
    }
  }
  optional_list(" ORDER BY ", tree.kid(kSelectOrder));
  optional(" OFFSET ", tree.kid(kSelectOffset));
  if (const Tree* limit = tree.kid(kSelectLimit)) {
    if (tree.has(kWithTies)) {
      out += " FETCH FIRST (";
      expression(*limit);
      out += ") ROWS WITH TIES";
    } else if (limit->tag == Tag::Null) {
      out += " LIMIT ALL";
    } else {
      optional(" LIMIT ", limit);
    }
  }
  if (const Tree* locking = tree.kid(kSelectLocking)) list(*locking, 0, "");
}

void Printer::join(const Tree& tree) {
  enum { kInner, kLeft, kFull, kRight };
  const Tree* alias = tree.kid(3);
  if (alias) out += '(';
  from_item(*tree.kids[0]);
  const bool cross = tree.op == kInner && !tree.has(kNatural) && tree.names.empty() && !tree.kid(2);
  out += tree.has(kNatural) ? " NATURAL" : cross ? " CROSS" : "";
  out += tree.op == kLeft    ? " LEFT"
         : tree.op == kFull  ? " FULL"
         : tree.op == kRight ? " RIGHT"
                             : "";
  out += " JOIN ";
  const Tree& right = *tree.kids[1];
  const bool bare = right.tag != Tag::Join || right.kid(3);
  if (!bare) out += '(';
  from_item(right);
  if (!bare) out += ')';
  optional(" ON ", tree.kid(2));
  if (!tree.names.empty()) {
    out += " USING (";
    words(tree.names);
    out += ')';
    if (!tree.text.empty()) {
      out += " AS ";
      word(tree.text);
    }
  }
  if (alias) out += ')';
  optional(" ", alias);
}

void Printer::range_function(const Tree& tree) {
  if (tree.has(kLateral)) out += "LATERAL ";
  if (tree.has(kRowsFrom)) out += "ROWS FROM(";
  for (std::size_t i = 2; i < tree.kids.size(); ++i) {
    if (i > 2) out += ", ";
    clause(*tree.kids[i]);
  }
  if (tree.has(kRowsFrom)) out += ')';
  if (tree.has(kOrdinality)) out += " WITH ORDINALITY";
  const Tree* alias = tree.kid(0);
  optional(" ", alias);
  optional_list(alias ? "(" : " AS (", tree.kid(1), ")");
}

void Printer::table_function(const Tree& tree) {
  if (tree.has(kLateral)) out += "LATERAL ";
  out += "XMLTABLE(";
  if (const Tree* namespaces = tree.kid(2)) {
    out += "XMLNAMESPACES(";
    for (std::size_t i = 0; i < namespaces->kids.size(); ++i) {
      const Tree& target = *namespaces->kids[i];
      if (i) out += ", ";
      if (target.text.empty()) out += "DEFAULT ";
      operand(*target.kids[0]);
      if (!target.text.empty()) {
        out += " AS ";
        word(target.text);
      }
    }
    out += "), ";
  }
  out += '(';
  expression(*tree.kids[1]);
  out += ") PASSING (";
  expression(*tree.kids[0]);
  out += ')';
  optional_list(" COLUMNS ", tree.kid(3));
  out += ')';
  optional(" ", tree.kid(4));
}

void Printer::from_item(const Tree& tree) {
  switch (tree.tag) {
    case Tag::Relation:
      if (tree.has(kOnly)) out += "ONLY ";
      path(tree.names);
      return optional(" ", tree.kid(0));
    case Tag::Subselect:
      if (tree.has(kLateral)) out += "LATERAL ";
      out += '(';
      node(*tree.kids[0]);
      out += ')';
      return optional(" ", tree.kid(1));
    case Tag::RangeFunction:
      return range_function(tree);
    case Tag::TableFunction:
      return table_function(tree);
    case Tag::Sample:
      from_item(*tree.kids[0]);
      out += " TABLESAMPLE ";
      path(tree.names);
      out += '(';
      optional_list("", tree.kid(1));
      out += ')';
      if (const Tree* repeatable = tree.kid(2)) {
        out += " REPEATABLE (";
        expression(*repeatable);
        out += ')';
      }
      return;
    default:
      return join(tree);
  }
}

}  // namespace schemadiff::parser
