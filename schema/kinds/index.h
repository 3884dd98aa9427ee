// CREATE INDEX and table constraints.
#pragma once

#include "schema/attribute.h"
#include "schema/rare.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct IndexElement {
  std::string column;       // empty: expression
  Rare<Expr> expression;
  Rare<QualifiedName> collation;  // empty: the column's own
  Rare<QualifiedName> opclass;    // empty: the type's default for the method
  Rare<Options> opclass_options;
  bool descending = false;
  bool nulls_first = false;  // effective: DESC without NULLS is NULLS FIRST, so true
  Rare<QualifiedName> op;    // exclusion constraints: the operator; else empty
  int statistics = -1;       // of an expression column (ALTER INDEX … SET STATISTICS)
  bool operator==(const IndexElement&) const = default;
};

// Indexes that belong to a constraint are part of the constraint, not objects of their own.
struct Index : Object {  // id.parent is empty: index names are unique in their schema
  static constexpr Kind kKind = Kind::Index;
  QualifiedName table;  // or materialized view
  std::string method = "btree";
  bool unique = false;
  bool nulls_not_distinct = false;
  std::vector<IndexElement> elements;
  std::vector<std::string> include;
  Rare<Expr> predicate;
  Options options;         // storage parameters
  Rare<std::string> tablespace;  // empty: the database's default
  bool clustered = false;
  bool valid = true;
  Rare<QualifiedName> parent_index;  // of a partition's index: the index of the partitioned table it is attached to
  static constexpr auto attributes() {
    constexpr auto R = Alter::Replace;
    return std::make_tuple(
        attribute("table", &Index::table, R), attribute("method", &Index::method, R),
        attribute("unique", &Index::unique, R),
        attribute("nulls not distinct", &Index::nulls_not_distinct, R),
        attribute("elements", &Index::elements, Alter::Depends), attribute("include", &Index::include, R),
        attribute("predicate", &Index::predicate, R), attribute("storage parameters", &Index::options, Alter::Depends),
        attribute("tablespace", &Index::tablespace), attribute("clustered", &Index::clustered),
        attribute("valid", &Index::valid, R), attribute("parent index", &Index::parent_index, Alter::Depends));
  }
};

struct Constraint : Object {  // id.schema and id.parent name the table
  static constexpr Kind kKind = Kind::Constraint;
  char contype = 'c';  // pg_constraint.contype: p primary, u unique, f foreign, c check, x exclusion
  // check
  Rare<Expr> check;
  bool no_inherit = false;
  // foreign key and check; what is not enforced (from version 18 on) is never validated: true
  bool validated = true;
  bool enforced = true;
  // primary, unique, foreign
  std::vector<std::string> columns;
  bool temporal = false;  // from version 18 on: the last column is WITHOUT OVERLAPS, or a PERIOD
  // primary, unique, exclusion
  std::vector<std::string> include;
  bool nulls_not_distinct = false;
  Rare<std::string> method;             // exclusion
  std::vector<IndexElement> elements;   // exclusion
  Rare<Expr> predicate;                 // exclusion
  Options options;                      // storage parameters of the index
  Rare<std::string> tablespace;         // of the index; empty: the database's default
  bool clustered = false;
  Rare<QualifiedName> parent_index;     // as Index::parent_index
  // foreign
  Rare<QualifiedName> referenced_table;
  std::vector<std::string> referenced_columns;  // always filled
  char match = 's';                     // confmatchtype: s simple, f full
  char on_update = 'a', on_delete = 'a';  // confupdtype: a no action, r restrict, c cascade, n set null, d set default
  std::vector<std::string> on_delete_columns;  // SET NULL (a, b)
  // primary, unique, foreign, exclusion
  bool deferrable = false, initially_deferred = false;
  Rare<std::string> index_comment;  // COMMENT ON INDEX
  bool local = true;  // check, foreign key: false for what is there by inheritance alone; not compared

  // Whether the constraint is enforced by an index (primary key, unique, exclusion).
  bool has_index() const { return contype == 'p' || contype == 'u' || contype == 'x'; }

  static constexpr auto attributes() {
    constexpr auto R = Alter::Replace;
    return std::make_tuple(
        attribute("type", &Constraint::contype, R), attribute("expression", &Constraint::check, R),
        attribute("no inherit", &Constraint::no_inherit, R),
        attribute("validated", &Constraint::validated, Alter::Depends),
        attribute("enforced", &Constraint::enforced, Alter::Depends),
        attribute("columns", &Constraint::columns, R),
        attribute("temporal", &Constraint::temporal, R), attribute("include", &Constraint::include, R),
        attribute("nulls not distinct", &Constraint::nulls_not_distinct, R),
        attribute("method", &Constraint::method, R), attribute("elements", &Constraint::elements, R),
        attribute("predicate", &Constraint::predicate, R),
        attribute("storage parameters", &Constraint::options, Alter::Depends),
        attribute("tablespace", &Constraint::tablespace),
        attribute("clustered", &Constraint::clustered),
        attribute("parent index", &Constraint::parent_index, Alter::Depends),
        attribute("referenced table", &Constraint::referenced_table, R),
        attribute("referenced columns", &Constraint::referenced_columns, R),
        attribute("match", &Constraint::match, R), attribute("on update", &Constraint::on_update, R),
        attribute("on delete", &Constraint::on_delete, R),
        attribute("on delete columns", &Constraint::on_delete_columns, R),
        attribute("deferrable", &Constraint::deferrable, Alter::Depends),
        attribute("initially deferred", &Constraint::initially_deferred, Alter::Depends),
        attribute("index comment", &Constraint::index_comment));
  }
};

}  // namespace schemadiff::schema
