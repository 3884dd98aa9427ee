// What the followers of hints share.
#pragma once

#include "engine/operation.h"
#include "schema/error_at.h"

namespace schemadiff::engine {

// Why columns of the table cannot be made anew beside others and be filled in batches; empty: they
// can, those of a partitioned table in all partitions.
std::string shares_columns(const schema::Table& table, const Context& context);

// Why an UPDATE in batches does not update the rows of the table; empty: it does.
std::string refuses_updates(const schema::Table& table, const Context& context);

// Why a column of a partitioned table cannot be exchanged for another in all partitions alike;
// empty: it can.
std::string settings_of_partitions(const schema::Table& table, const std::string& column,
                                   const Context& context);

// Whether rows belong to partitions, of whatever level, by the column.
bool is_partition_key(const schema::Table& table, const std::string& column,
                      const Context& context);

// Whether subscribers can tell the table's rows apart; `children` are its catalog's. Else a table
// whose updates are published refuses them (execReplication.c, CheckCmdReplicaIdentity).
bool has_replica_identity(const schema::Table& table, const Children& children);

// A sentence for each backfill of a hint that no step of the plan does, since the column is there
// and may go on to be NULL.
std::vector<std::string> idle_backfills(const Context& context, const Plan& plan);

}  // namespace schemadiff::engine
