// Indexes and the constraints that have one: entering them, and carrying them to partitions
// (DefineIndex in indexcmds.c, AttachPartitionEnsureIndexes in tablecmds.c).
#pragma once

#include "parser/builder.h"

namespace schemadiff::parser {

// `column_names`: what the index calls its columns, INCLUDE ones too.
schema::Index& add_index(Builder& builder, schema::Index index,
                         std::vector<std::string> column_names);
// A primary key, unique or exclusion constraint.
schema::Constraint& add_key(Builder& builder, schema::Constraint key,
                            std::vector<std::string> column_names);

// Marks the key's columns NOT NULL.
void set_key_not_null(Builder& builder, schema::Table& table, const schema::Constraint& key);

// The index of the partitioned table that an Index, or a Constraint that has one, is attached to.
schema::Rare<schema::QualifiedName>& parent_index_of(schema::Object& index);

// ChooseIndexName.
std::string choose_index_name(const Builder& builder, const schema::QualifiedName& table,
                              char contype, const std::vector<std::string>& column_names);

// Makes or finds the index on each partition, and on theirs.
void carry_to_partitions(Builder& builder, const schema::Table& parent,
                         const schema::Object& index);

// Makes or finds each of the parent's indexes on a partition.
void carry_indexes_to(Builder& builder, const schema::Table& parent, schema::Table& partition);

// A copy of the index for another table, with a name that the server would choose.
schema::Object& copy_index(Builder& builder, const schema::Object& index, schema::Table& table,
                           bool keep_parent);

}  // namespace schemadiff::parser
