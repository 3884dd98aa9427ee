// Our own syntax tree for what definitions consist of: expressions, queries, routine bodies,
// partition bounds and type names. One node type; the tag says what its parts mean.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace schemadiff::parser {

// Beside each tag: what op, flags, text and names hold, and [kids]; a kid marked ? may be null.
enum class Tag : std::uint8_t {
  List,  // [items…]
  // expressions
  Column,  // names: path; kStar: ends in .*
  Param,   // op: number of $n
  Null,
  Boolean,      // op: 1 true, 0 false
  Integer,      // text: digits, fits an int
  Float,        // text: any other number
  String,       // text
  Bits,         // text: b or x and the digits
  Default,      // the word DEFAULT
  Cast,         // [expression, Type]
  Collate,      // names: collation [expression]
  Operator,     // names: schema, if any; text: operator [left?, right]
  OperatorAny,  // as Operator; right is an array
  OperatorAll,
  Distinct,       // kNot [left, right]
  NullIf,         // [left, right]
  In,             // kNot [expression, items…]
  Like,           // kNot [left, right]; ESCAPE is a call of pg_catalog.like_escape in right
  ILike,          // kNot [left, right]
  Similar,        // kNot [left, call of pg_catalog.similar_to_escape]
  Between,        // kNot, kSymmetric [expression, low, high]
  And,            // [terms…]
  Or,             // [terms…]
  Not,            // [expression]
  NullTest,       // kNot [expression]
  BooleanTest,    // op: BoolTestType [expression]
  Case,           // [argument?, else?, (condition, result)…]
  Coalesce,       // [arguments…]
  Greatest,       // [arguments…]
  Least,          // [arguments…]
  Function,       // names: path; kStar kDistinct kVariadic kWithinGroup kKeywords
                  // [List arguments, List order?, filter?, Window?]
  NamedArgument,  // text: name [expression]
  ValueFunction,  // CURRENT_DATE and its like; op: SQLValueFunctionOp; text: precision, if any
  Row,            // kRowWord [fields…]
  Array,          // [elements…]
  Sublink,        // op: SubLinkType; names, text: operator, if any [test?, query]
  Indirection,    // [base, (Subscript | Field | Star)…]
  Subscript,      // kSlice [lower?, upper?]
  Field,          // text: name
  Star,
  Grouping,      // GROUPING(…) [arguments…]
  Xml,           // op: XmlExprOp; text: name; kDocument [List arguments, List named Targets?]
  XmlSerialize,  // kDocument [expression, Type]
  CurrentOf,     // text: cursor
  Type,          // names: path; op: array dimensions; kSetof kPercentType [modifiers…]
  // queries
  Select,       // op: SetOp; kAll kDistinct kGroupDistinct kWithTies [see SelectPart]
  With,         // kRecursive [Cte…]
  Cte,          // text: name; names: columns; op: CTEMaterialize [query, Search?, Cycle?]
  Search,       // names: columns; text: sequence column; kBreadth
  Cycle,        // names: mark column, path column, columns… [value?, default?]
  Target,       // text: name, if any [expression?, (Subscript | Field)…]
  MultiAssign,  // (a, b) = source [source, Target…]
  SortBy,  // op: SortByDir; nulls: kNullsFirst kNullsLast; names, text: USING operator [expression]
  Window,  // text: name; names: referenced window; op: frame options
           // [List partition, List order, start?, end?]
  Relation,       // names: path; kOnly [Alias?]
  Alias,          // text: name; names: columns
  Subselect,      // kLateral [query, Alias?]
  RangeFunction,  // kLateral kOrdinality kRowsFrom [Alias?, List ColumnDefinition?, RowsFromItem…]
  RowsFromItem,   // [expression, List ColumnDefinition?]
  ColumnDefinition,  // text: name; names: collation [Type]
  TableFunction,     // XMLTABLE; kLateral [document, row, List namespaces (Target), List columns,
                     // Alias?]
  TableFunctionColumn,  // text: name; kOrdinality kNotNull [Type?, path?, default?]
  Sample,               // TABLESAMPLE; names: method [relation, List arguments, repeatable?]
  Join,  // op: JoinType; kNatural; names: USING; text: USING alias [left, right, on?, Alias?]
  GroupingSet,   // op: GroupingSetKind [members…]
  Locking,       // op: LockClauseStrength; kNoWait kSkipLocked [Relation…]
  Insert,        // op: OverridingKind [With?, Relation, List Target, query?, OnConflict?, List
                 // returning?]
  OnConflict,    // op: OnConflictAction; text: constraint
                 // [List IndexElement?, index where?, List Target?, where?]
  IndexElement,  // text: column; names: collation [expression?, List opclass names?]
  Update,     // [With?, Relation, List Target or MultiAssign, List from?, where?, List returning?]
  Delete,     // [With?, Relation, List using?, where?, List returning?]
  Merge,      // [With?, Relation, source, on, MergeWhen…]
  MergeWhen,  // op: CmdType; kNot: NOT MATCHED; text: OVERRIDING words
              // [condition?, List Target?, List values?]
  // the rest
  Return,  // RETURN expression [expression]
  Block,   // BEGIN ATOMIC … END [statements…]
  Bound,   // of a partition; text: "default" "in" "range" "hash"
           // in [values…], range [List from, List to], hash [Integer modulus, Integer remainder]
  BoundLimit,  // MINVALUE, MAXVALUE; op: -1, 1
};

enum Flag : std::uint32_t {
  kStar = 1u << 0,
  kNot = 1u << 1,
  kSymmetric = 1u << 2,
  kDistinct = 1u << 3,
  kVariadic = 1u << 4,
  kWithinGroup = 1u << 5,
  kKeywords = 1u << 6,  // written in SQL's own syntax: EXTRACT(x FROM y)
  kRowWord = 1u << 7,
  kSlice = 1u << 8,
  kDocument = 1u << 9,
  kSetof = 1u << 10,
  kPercentType = 1u << 11,
  kAll = 1u << 12,
  kGroupDistinct = 1u << 13,
  kWithTies = 1u << 14,
  kRecursive = 1u << 16,
  kBreadth = 1u << 17,
  kNullsFirst = 1u << 18,
  kNullsLast = 1u << 19,
  kOnly = 1u << 20,
  kLateral = 1u << 21,
  kOrdinality = 1u << 22,
  kRowsFrom = 1u << 23,
  kNotNull = 1u << 24,
  kNatural = 1u << 25,
  kNoWait = 1u << 26,
  kSkipLocked = 1u << 27,
};

// The kids of a Select. A set operation uses With, Order, Offset, Limit, Locking, Left and Right.
enum SelectPart : std::uint8_t {
  kSelectWith,
  kSelectDistinctOn,
  kSelectTargets,
  kSelectFrom,
  kSelectWhere,
  kSelectGroup,
  kSelectHaving,
  kSelectWindows,
  kSelectValues,  // List of Lists
  kSelectOrder,
  kSelectOffset,
  kSelectLimit,
  kSelectLocking,
  kSelectLeft,
  kSelectRight,
  kSelectParts
};

enum SetOp : std::uint8_t { kNoSetOp, kUnion, kIntersect, kExcept };

struct Tree;
using TreePtr = std::unique_ptr<Tree>;

struct Tree {
  explicit Tree(Tag t) : tag(t) {}
  Tag tag;
  int op = 0;
  std::uint32_t flags = 0;
  std::string text;
  std::vector<std::string> names;
  std::vector<TreePtr> kids;

  bool has(std::uint32_t flag) const { return (flags & flag) != 0; }
  // The kid, or null where it is null or there is none.
  const Tree* kid(std::size_t i) const { return i < kids.size() ? kids[i].get() : nullptr; }
  Tree* kid(std::size_t i) { return i < kids.size() ? kids[i].get() : nullptr; }
};

bool equal(const Tree& a, const Tree& b);

// SQL text that parses to an equal tree.
std::string print(const Tree& tree);

// What a text is, for parse_texts().
enum class Form : std::uint8_t {
  Expression,
  Query,           // SELECT, VALUES, INSERT, UPDATE, DELETE, MERGE
  RoutineBody,     // RETURN …, BEGIN ATOMIC … END
  PartitionBound,  // FOR VALUES …, DEFAULT
};

struct Text {
  std::string_view sql;
  Form form = Form::Expression;
};

// The tree of each text, null where it does not parse. Texts are parsed many at a time.
std::vector<TreePtr> parse_texts(const std::vector<Text>& texts);

}  // namespace schemadiff::parser
