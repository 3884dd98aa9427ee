// Partitions: their bounds, and what attaching and detaching changes, also of other children
// (tablecmds.c).
#pragma once

#include "parser/builder.h"

namespace schemadiff::parser {

// `bound`: a raw PartitionBoundSpec. "DEFAULT", "FOR VALUES …".
schema::Expr read_bound(const Builder& builder, const schema::Table& parent, const void* bound);

// Throws Error where `child` cannot be put under `parent`: it is a partition or a child already, or
// it would come under itself.
void check_inheritance(Builder& builder, const schema::Table& parent, const schema::Table& child);

// A table that is made as a partition is empty, and so keeps what it has from above.
void hold_checks_above(Builder& builder, schema::Table& partition);

// Partitions have the check of their table; of one that they have themselves what holds stays known
// (heap.c, MergeWithExistingConstraint). The check is in the catalog already.
void hand_down(Builder& builder, const schema::Constraint& check, const schema::Table& table);

// VALIDATE CONSTRAINT for a partition that has the check from above; false: it has not.
bool validate_check_above(Builder& builder, schema::Table& partition, const std::string& check);

// What partitions have of the check is called so, too.
void rename_below(Builder& builder, const schema::Constraint& check, const std::string& to);

// Forgets what was known of checks that are gone, or hold above by now.
void finish_valid_checks(Builder& builder);

void attach_partition(Builder& builder, schema::Table& parent, schema::Table& partition,
                      schema::Expr bound);
void detach_partition(Builder& builder, schema::Table& parent, schema::Table& partition);

// NO INHERIT: the child, whose parent that is no more, keeps the checks that it had from there alone.
void keep_checks(Builder& builder, const schema::Table& parent, const schema::Table& child);

// ALTER INDEX … ATTACH PARTITION.
void attach_index(Builder& builder, const schema::QualifiedName& parent,
                  const schema::QualifiedName& partition);

}  // namespace schemadiff::parser
