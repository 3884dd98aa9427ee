// Partitions: their bounds, and what attaching and detaching changes (tablecmds.c).
#pragma once

#include "parser/builder.h"

namespace schemadiff::parser {

// `bound`: a raw PartitionBoundSpec. "DEFAULT", "FOR VALUES …".
schema::Expr read_bound(const Builder& builder, const schema::Table& parent, const void* bound);

// Throws Error where `child` cannot be put under `parent`: it is a partition or a child already, or
// it would come under itself.
void check_inheritance(Builder& builder, const schema::Table& parent, const schema::Table& child);

void attach_partition(Builder& builder, schema::Table& parent, schema::Table& partition,
                      schema::Expr bound);
void detach_partition(Builder& builder, schema::Table& parent, schema::Table& partition);

// ALTER INDEX … ATTACH PARTITION.
void attach_index(Builder& builder, const schema::QualifiedName& parent,
                  const schema::QualifiedName& partition);

}  // namespace schemadiff::parser
