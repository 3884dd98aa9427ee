// CREATE SEQUENCE and CREATE TABLE with its columns.
#pragma once

#include "schema/attribute.h"
#include "schema/rare.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct OwnedBy {
  QualifiedName table;  // empty: owned by none
  std::string column;
  auto operator<=>(const OwnedBy&) const = default;
};

// Sequences of identity columns are part of their column, not objects of their own.
struct Sequence : Object {
  static constexpr Kind kKind = Kind::Sequence;
  SequenceOptions options;
  OwnedBy owned_by;
  bool unlogged = false;
  static constexpr auto attributes() {
    return std::make_tuple(attribute("options", &Sequence::options),
                           attribute("owned by", &Sequence::owned_by),
                           attribute("unlogged", &Sequence::unlogged));
  }
};

struct Column {
  std::string name;
  TypeName type;
  Rare<QualifiedName> collation;  // empty: the type's own
  bool not_null = false;     // a primary key's columns are NOT NULL
  Rare<Expr> default_value;
  // Of the NOT NULL constraint, an object of its own from version 18 on. Empty name: as the server
  // names it.
  Rare<std::string> not_null_name;
  bool not_null_no_inherit = false;
  bool not_null_validated = true;
  Rare<std::string> not_null_comment;
  Rare<Expr> generated;      // GENERATED ALWAYS AS (…)
  bool virtual_generated = false;  // from version 18 on: VIRTUAL; else STORED
  char identity = '\0';      // pg_attribute.attidentity: a always, d by default, 0 none
  Rare<QualifiedName> identity_sequence;  // filled when identity
  Rare<SequenceOptions> identity_options;
  Rare<std::vector<Grant>> identity_acl;  // of that sequence; empty: the owner's default ones
  Rare<std::string> identity_comment;
  Rare<std::string> storage;      // "plain" "external" "extended" "main"; empty: the type's own
  Rare<std::string> compression;  // "pglz" "lz4"; empty: the server's default
  int statistics = -1;       // -1: the server's default
  Rare<Options> options;     // n_distinct, n_distinct_inherited
  Rare<Options> foreign_options;  // OPTIONS of a foreign table's column
  bool local = true;         // false: only inherited (INHERITS or a partition)
  Rare<std::vector<Grant>> acl;  // column privileges, sorted
  Rare<std::string> comment;
  Rare<std::vector<SecurityLabel>> security_labels;
  Span span;
  std::vector<ObjectId> refs;          // of type and collation
  std::vector<ObjectId> default_refs;  // of default_value and generated
  static constexpr auto attributes() {
    return std::make_tuple(
        attribute("type", &Column::type), attribute("collation", &Column::collation),
        attribute("not null", &Column::not_null), attribute("default", &Column::default_value),
        attribute("not null name", &Column::not_null_name),
        attribute("not null no inherit", &Column::not_null_no_inherit),
        attribute("not null validated", &Column::not_null_validated),
        attribute("not null comment", &Column::not_null_comment),
        attribute("generated", &Column::generated, Alter::Depends),
        attribute("virtual", &Column::virtual_generated, Alter::Depends),
        attribute("identity", &Column::identity),
        attribute("identity sequence", &Column::identity_sequence),
        attribute("identity options", &Column::identity_options),
        attribute("identity privileges", &Column::identity_acl),
        attribute("identity comment", &Column::identity_comment),
        attribute("storage", &Column::storage), attribute("compression", &Column::compression),
        attribute("statistics target", &Column::statistics),
        attribute("options", &Column::options),
        attribute("foreign options", &Column::foreign_options),
        attribute("privileges", &Column::acl), attribute("comment", &Column::comment),
        attribute("security labels", &Column::security_labels));
  }
};

struct KeyElement {  // of a partition key
  std::string column;  // empty: expression
  Expr expression;
  QualifiedName collation;  // empty: the column's own
  QualifiedName opclass;    // empty: the default
  bool operator==(const KeyElement&) const = default;
};

struct PartitionKey {
  std::string strategy;  // "range" "list" "hash"; empty: not partitioned
  std::vector<KeyElement> elements;
  bool operator==(const PartitionKey&) const = default;
};

struct ReplicaIdentity {
  char mode = 'd';    // pg_class.relreplident: d default, n nothing, f full, i index
  std::string index;  // its name when mode is i
  auto operator<=>(const ReplicaIdentity&) const = default;
};

struct Table : Object {
  static constexpr Kind kKind = Kind::Table;
  std::vector<Column> columns;
  bool unlogged = false;
  std::vector<QualifiedName> inherits;  // in order; a partition has none here
  PartitionKey partition_key;
  QualifiedName partition_of;  // the partitioned table that this is a partition of
  Expr bound;                  // "FOR VALUES IN (…)", "FOR VALUES FROM (…) TO (…)", "DEFAULT"
  QualifiedName of_type;       // typed table
  Options options;             // storage parameters, "toast.…" included
  std::string tablespace;      // empty: the database's default
  std::string access_method;   // empty: heap
  ReplicaIdentity replica_identity;
  bool row_security = false;
  bool force_row_security = false;
  // Of a partition, sorted: the checks from above that are NOT VALID there and known to hold here.
  std::vector<std::string> valid_checks;
  std::string server;          // of a foreign table; empty: it is none
  Options foreign_options;     // of a foreign table, secrets left out

  // null where there is none
  const Column* find(std::string_view name) const;
  Column* find(std::string_view name);

  // Columns are compared one by one (diff/), not as an attribute; their order is not compared.
  static constexpr auto attributes() {
    return std::make_tuple(
        attribute("unlogged", &Table::unlogged), attribute("inherits", &Table::inherits),
        attribute("partition key", &Table::partition_key, Alter::Replace),
        attribute("partition of", &Table::partition_of), attribute("partition bound", &Table::bound),
        attribute("of type", &Table::of_type), attribute("storage parameters", &Table::options),
        attribute("tablespace", &Table::tablespace),
        attribute("access method", &Table::access_method),
        attribute("replica identity", &Table::replica_identity),
        attribute("row security", &Table::row_security),
        attribute("force row security", &Table::force_row_security),
        attribute("valid checks", &Table::valid_checks),
        attribute("server", &Table::server, Alter::Replace),
        attribute("foreign options", &Table::foreign_options));
  }
};

}  // namespace schemadiff::schema
