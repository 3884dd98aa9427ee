// Which columns of large tables change their type by way of a new column.
#pragma once

#include "engine/operation.h"

namespace schemadiff::engine {

// The one enum that is made anew and that the column consists of; null: the column changes for
// another reason, or the enum is in parts of its values.
const schema::ObjectId* enum_cause(const diff::Change& change);

// The new form of an enum while it stands beside the old one.
schema::ObjectId beside(const schema::ObjectId& type);

// The type of the new column until the exchange.
schema::TypeName next_type(const diff::Change& change, const schema::Column& after);

// The column of the partitioned table at the top, where the column is what a partition has of it;
// else the column itself.
schema::ObjectId column_of_root(schema::ObjectId column, const schema::Catalog& catalog);

// Fills context.retyped and context.made_beside.
void collect_retypes(Context& context);

}  // namespace schemadiff::engine
