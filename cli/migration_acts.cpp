// Acts of hand-written migrations: the operation that has their locks, and their words.
#include "cli/migration_acts.h"

#include "schema/quote.h"

namespace schemadiff::cli {

using engine::Op;
using parser::Act;
using parser::Deed;
using schema::QualifiedName;

Op op_of(const Act& act, Cost cost, bool proven) {
  switch (act.deed) {
    case Deed::CreateIndex:
    case Deed::Reindex:
      return act.concurrently ? Op::CreateIndexConcurrently : Op::CreateIndex;
    case Deed::DropIndex:
      return act.concurrently ? Op::DropIndexConcurrently : Op::DropIndex;
    case Deed::RefreshView:
      return act.concurrently ? Op::NoRelation : Op::RewriteTable;
    case Deed::AddColumn:
      return act.fills && cost == Cost::Rewrite ? Op::AddColumnRewriting : Op::AddColumn;
    case Deed::AlterType:
      return cost == Cost::Rewrite ? Op::AlterColumnTypeRewriting
             : cost == Cost::Scan  ? Op::AlterColumnTypeChecked
                                   : Op::AlterColumnType;
    case Deed::SetNotNull:
      return proven ? Op::SetNotNullProven : Op::SetNotNull;
    case Deed::AddConstraint:
      if (act.contype == 'f') return act.not_valid ? Op::AddForeignKeyNotValid : Op::AddForeignKey;
      if (act.contype == 'c') return act.not_valid ? Op::AddConstraintNotValid : Op::AddCheck;
      return act.using_index ? Op::AddConstraintUsingIndex : Op::AddIndexConstraint;
    case Deed::Validate:
      return Op::ValidateConstraint;
    case Deed::AttachPartition:
      return Op::AttachedPartition;
    case Deed::DetachPartition:
      return act.concurrently ? Op::DetachPartitionConcurrently : Op::DetachPartition;
    case Deed::Rewrite:
      return Op::RewriteTable;
    case Deed::Rename:
      return Op::RenameTable;
    case Deed::AlterBriefly:
      return Op::SetTableOptionsExclusive;
    case Deed::DisturbWrites:
      return Op::CreateTrigger;
    case Deed::Drop:
    case Deed::Truncate:
      return Op::DropTable;
    case Deed::WriteRows:
      return Op::Backfill;
    default:
      return Op::NoRelation;
  }
}

std::string remedy(const Act& act) {
  switch (act.deed) {
    case Deed::CreateIndex:
      return ": CREATE INDEX CONCURRENTLY, outside of a transaction, lets them go on";
    case Deed::Reindex:
      return ": REINDEX … CONCURRENTLY, outside of a transaction, lets them go on";
    case Deed::RefreshView:
      return ": REFRESH MATERIALIZED VIEW CONCURRENTLY lets reads go on, where it has a unique "
             "index";
    case Deed::SetNotNull:
      return ": a CHECK (… IS NOT NULL) that was added NOT VALID and validated before spares the "
             "scan";
    case Deed::AddConstraint:
      if (act.contype == 'f' || act.contype == 'c')
        return ": add it NOT VALID, and VALIDATE CONSTRAINT in a transaction of its own";
      if (act.contype == 'x') return {};
      return ": build a unique index CONCURRENTLY, and add the constraint USING INDEX";
    case Deed::AddColumn:
      return ": add the column without a value, set its default, and fill the rows in batches";
    case Deed::AlterType:
      return ": a new column beside it, filled in batches, takes its place without that";
    case Deed::AttachPartition:
      return ": a CHECK of its bounds that was validated before spares the scan";
    default:
      return {};
  }
}

std::string name_of(const Act& act, const QualifiedName& relation) {
  const std::string table = schema::quote_qualified(relation);
  switch (act.deed) {
    case Deed::AddColumn:
    case Deed::AlterType:
    case Deed::SetNotNull:
      return "column " + table + "." + schema::quote_identifier(act.name);
    case Deed::AddConstraint:
    case Deed::Validate:
      return act.name.empty() ? "constraint on " + table
                              : "constraint " + schema::quote_identifier(act.name) + " on " + table;
    case Deed::CreateIndex:
      return act.name.empty() ? "index on " + table
                              : "index " + schema::quote_identifier(act.name) + " on " + table;
    case Deed::DropIndex:
      return "index " + schema::quote_qualified(act.relation);
    case Deed::Rename:
      if (!act.name.empty()) return "column " + table + "." + schema::quote_identifier(act.name);
      [[fallthrough]];
    default:
      return relation.name.empty() ? "the statement" : table;
  }
}

}  // namespace schemadiff::cli
