// The typed trees that analysis makes of definitions: what PostgreSQL would store for them.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "parser/analyze/type_system_functions.h"
#include "parser/syntax/syntax.h"

namespace schemadiff::parser {

struct Entry;
struct Query;
struct Typed;

enum class TypedKind : std::uint8_t {
  Constant,       // text: output form; null
  Column,         // of entry; text: name. Without entry: of the table that the definition stands on
  WholeRow,       // of entry
  Param,          // text: name or number
  Coerce,         // [value] to type; implicit
  Collate,        // text: collation
  Operator,       // text: qualified operator [left?, right]
  ArrayOperator,  // as Operator; op: 1 ANY, 0 ALL
  Distinct,
  NullIf,
  And,
  Or,
  Not,
  NullTest,     // op: 1 NOT NULL
  BooleanTest,  // op: BoolTestType
  Case,         // [argument?, else, (condition, result)…]
  Coalesce,
  Greatest,
  Least,
  CaseArgument,  // what CASE x stands for in its conditions
  Call,          // text: qualified function [arguments…]; parts
  NamedArgument,
  ValueFunction,
  Row,
  RowCompare,  // text: operator [left Row, right Row]
  Array,       // [elements…]
  Sublink,     // op: SubLinkType; text: operator; query [test…]
  Subscript,   // [container, (lower?, upper)…]; text: per subscript '1' or ':'
  Field,       // text [value]
  Grouping,
  Xml,      // op, text; names of named arguments in parts
  Default,  // the word, in INSERT and UPDATE
  Merged,   // a column of FULL JOIN … USING; text: its name
};

struct SortKey {
  Typed* value = nullptr;
  int column = 0;  // of a set operation: its output column, from 1; else 0
  bool descending = false;
  bool nulls_first = false;
  std::string op;  // USING with another operator than < and >
};

struct WindowSpec {
  std::string name;     // of the window; or what OVER names
  std::string refname;  // (w ORDER BY …)
  bool named = false;   // OVER name
  std::vector<Typed*> partition;
  std::vector<SortKey> order;
  int frame = 0;
  Typed* start = nullptr;
  Typed* end = nullptr;
};

// The rare parts of calls.
struct CallParts {
  std::vector<SortKey> order;
  Typed* filter = nullptr;
  WindowSpec* window = nullptr;
  std::vector<std::string> names;  // of XML arguments
  std::vector<Typed*> named;
};

struct Typed {
  TypedKind kind = TypedKind::Constant;
  bool implicit = false;
  bool null = false;
  bool reliable = true;  // of a Constant: text is the output form
  int op = 0;
  std::uint32_t flags = 0;  // of calls: kStar kDistinct kVariadic kWithinGroup kKeywords
  TypeRef type;             // none: could not be told
  std::string text;
  std::vector<Typed*> kids;
  Entry* entry = nullptr;
  Query* query = nullptr;
  CallParts* parts = nullptr;
  const FunctionInfo* function = nullptr;  // of calls that were resolved
  Tree* source = nullptr;                  // of an untyped literal: where it stands
};

struct EntryColumn {
  std::string name;
  TypeRef type;
  Typed* value = nullptr;  // of a join without alias: what the column stands for
};

enum class EntryKind : std::uint8_t {
  Relation,
  Subquery,
  Function,
  TableFunction,
  Values,
  Cte,
  Join
};

struct RangeFunctionPart {
  Typed* call = nullptr;
  std::vector<EntryColumn> definitions;
};

// A range table entry.
struct Entry {
  EntryKind kind = EntryKind::Relation;
  std::string name;     // by which it is referred to; empty: a join without alias
  std::string printed;  // made unique as ruleutils.c does
  bool has_alias = false;
  bool has_alias_columns = false;
  bool renamed = false;  // a column has another name than in what the entry is of
  bool only = false;
  bool lateral = false;
  bool ordinality = false;
  schema::QualifiedName relation;
  char relkind = 0;
  bool user_relation = false;
  TypeId row_type;
  const std::vector<EntryColumn>* columns = nullptr;
  std::vector<bool> noted;  // columns that are in the references already
  std::vector<EntryColumn> own_columns;
  std::vector<std::string> printed_columns;  // unique names; empty: as in columns
  Query* query = nullptr;
  std::vector<RangeFunctionPart> functions;
  std::vector<std::vector<Typed*>> rows;
  std::string sample;  // TABLESAMPLE method
  std::vector<Typed*> sample_arguments;
  // of joins
  int join_type = 0;
  Entry* left = nullptr;
  Entry* right = nullptr;
  Typed* on = nullptr;
  std::vector<std::string> using_columns;
  std::string using_alias;
  bool is_using_alias = false;  // an entry of that name: its columns are those of the join's inputs
  // of XMLTABLE
  Typed* document = nullptr;
  Typed* row_path = nullptr;
  std::string details;  // what else distinguishes it
  std::vector<Typed*> detail_values;
};

struct TypedTarget {
  std::string name;
  Typed* value = nullptr;
  std::vector<Typed*> path;  // of assignments: subscripts and fields
};

struct TypedCte {
  std::string name;
  bool has_columns = false;
  bool recursive = false;
  int materialized = 0;
  std::vector<EntryColumn> columns;
  Query* query = nullptr;
  std::string search, cycle;
  std::vector<Typed*> cycle_values;
};

enum class Command : std::uint8_t {
  Select,
  Values,
  SetOperation,
  Insert,
  Update,
  Delete,
  Merge,
  Return
};

struct Query {
  Command command = Command::Select;
  std::vector<Entry*> range_table;
  bool recursive = false;
  std::vector<TypedCte*> ctes;
  bool distinct = false;
  std::vector<Typed*> distinct_on;
  std::vector<TypedTarget> targets;  // the output; of Insert and Update: what is assigned
  std::vector<Entry*> from;
  Typed* where = nullptr;
  std::string grouping;  // words of grouping sets with # for each value of group, empty: plain
  bool group_distinct = false;
  std::vector<Typed*> group;
  Typed* having = nullptr;
  std::vector<WindowSpec*> windows;
  std::vector<SortKey> order;
  Typed* offset = nullptr;
  Typed* limit = nullptr;
  bool with_ties = false;
  std::string locking;
  // of set operations
  int set_op = 0;
  bool all = false;
  Query* left = nullptr;
  Query* right = nullptr;
  // of statements that change rows
  Entry* target = nullptr;
  int override_kind = 0;
  Query* source = nullptr;
  std::vector<TypedTarget> returning;
  std::string details;  // ON CONFLICT, WHEN: words with # for each of detail_values
  std::vector<Typed*> detail_values;
};

// Owns the nodes of the trees of one definition.
struct TypedPool {
  std::deque<Typed> nodes;
  std::deque<Entry> entries;
  std::deque<Query> queries;
  std::deque<TypedCte> ctes;
  std::deque<WindowSpec> windows;
  std::deque<CallParts> parts;

  Typed* make(TypedKind kind, TypeRef type = {}) {
    Typed& node = nodes.emplace_back();
    node.kind = kind;
    node.type = type;
    return &node;
  }
  void clear() {
    nodes.clear();
    entries.clear();
    queries.clear();
    ctes.clear();
    windows.clear();
    parts.clear();
  }
};

// Normal forms: equal exactly when ruleutils.c would print the same for both trees.
struct NormalOptions {
  const TypeSystem& system;
  bool loose = false;  // names could not all be resolved: without schemas, casts and types
  std::vector<std::string> used_names;  // of relations that sub-queries can see
};
// Whether implicit casts show depends on where the expression stands.
std::string normal_expression(const NormalOptions& options, const Typed& value, bool show_implicit);
// `result_names`: of a view's columns; empty: the query's own.
std::string normal_query(const NormalOptions& options, Query& query,
                         const std::vector<std::string>& result_names);

}  // namespace schemadiff::parser
