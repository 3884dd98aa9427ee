#include "parser/acts.h"

#include "parser/do_block.h"
#include "parser/raw_statements.h"
#include "parser/statements/nodes.h"
#include "parser/type_names.h"

namespace schemadiff::parser {
namespace {

using Acts = std::vector<Act>;

bool has_option(const ::List* options, std::string_view name) {
  const nodes<::DefElem> all(options);
  for (const ::DefElem* option : all)
    if (option->defname == name) return option_bool(option);
  return false;
}

bool takes_a_moment_of_writes(::AlterTableType type) {
  switch (type) {
    case AT_EnableTrig:
    case AT_EnableAlwaysTrig:
    case AT_EnableReplicaTrig:
    case AT_EnableTrigAll:
    case AT_EnableTrigUser:
    case AT_DisableTrig:
    case AT_DisableTrigAll:
    case AT_DisableTrigUser:
      return true;
    default:
      return false;
  }
}

// SHARE UPDATE EXCLUSIVE, which neither reads nor writes wait for.
bool disturbs_nobody(::AlterTableType type) {
  switch (type) {
    case AT_SetStatistics:
    case AT_SetOptions:
    case AT_ResetOptions:
    case AT_SetRelOptions:
    case AT_ResetRelOptions:
    case AT_ClusterOn:
    case AT_DropCluster:
      return true;
    default:
      return false;
  }
}

char contype_of(::ConstrType type) {
  switch (type) {
    case CONSTR_FOREIGN:
      return 'f';
    case CONSTR_UNIQUE:
      return 'u';
    case CONSTR_PRIMARY:
      return 'p';
    case CONSTR_EXCLUSION:
      return 'x';
    default:
      return 'c';
  }
}

// The column of CHECK (column IS NOT NULL); empty: another expression.
std::string column_not_null(const void* expression) {
  if (!is(expression, T_NullTest)) return {};
  const auto* test = as<::NullTest>(expression);
  if (test->nulltesttype != IS_NOT_NULL || !is(test->arg, T_ColumnRef)) return {};
  const auto* column = as<::ColumnRef>(test->arg);
  const std::vector<std::string> names = names_of(column->fields);
  return names.empty() ? std::string() : names.back();
}

Act added_constraint(const ::Constraint* constraint) {
  Act act{Deed::AddConstraint};
  act.name = string_of(constraint->conname);
  act.contype = contype_of(constraint->contype);
  act.not_valid = constraint->skip_validation;
  act.using_index = constraint->indexname != nullptr;
  act.not_null = column_not_null(constraint->raw_expr);
  return act;
}

// The constraints that come with a column hold it up as if they were added behind it. The rows have
// NULL in a column without default, which no foreign key looks at.
void add_column(const ::ColumnDef* column, Acts& acts) {
  Act act{Deed::AddColumn};
  act.name = string_of(column->colname);
  act.fills = column->typeName && !serial_type(column->typeName).empty();
  const nodes<::Constraint> constraints(column->constraints);
  for (const ::Constraint* constraint : constraints)
    act.fills = act.fills || constraint->contype == CONSTR_DEFAULT ||
                constraint->contype == CONSTR_GENERATED || constraint->contype == CONSTR_IDENTITY;
  acts.push_back(act);
  for (const ::Constraint* constraint : constraints) switch (constraint->contype) {
      case CONSTR_FOREIGN:
        if (!act.fills) break;
        [[fallthrough]];
      case CONSTR_CHECK:
      case CONSTR_UNIQUE:
      case CONSTR_PRIMARY:
        acts.push_back(added_constraint(constraint));
        break;
      default:
        break;
    }
}

void add_command(const ::AlterTableCmd* command, Acts& acts) {
  Act act{Deed::AlterBriefly};
  act.name = string_of(command->name);
  act.cascade = command->behavior == DROP_CASCADE;
  switch (command->subtype) {
    case AT_AddColumn:
      return add_column(as<::ColumnDef>(command->def), acts);
    case AT_AddConstraint:
      acts.push_back(added_constraint(as<::Constraint>(command->def)));
      return;
    case AT_AlterColumnType:
      act.deed = Deed::AlterType;
      break;
    case AT_SetNotNull:
      act.deed = Deed::SetNotNull;
      break;
    case AT_ValidateConstraint:
      act.deed = Deed::Validate;
      break;
    case AT_AttachPartition:
      act.deed = Deed::AttachPartition;
      act.relation = qualified(as<::PartitionCmd>(command->def)->name);
      break;
    case AT_DetachPartition:
      act.deed = Deed::DetachPartition;
      act.concurrently = as<::PartitionCmd>(command->def)->concurrent;
      break;
    case AT_SetLogged:
    case AT_SetUnLogged:
    case AT_SetTableSpace:
    case AT_SetAccessMethod:
      act.deed = Deed::Rewrite;
      break;
    default:
      if (takes_a_moment_of_writes(command->subtype)) act.deed = Deed::DisturbWrites;
      if (disturbs_nobody(command->subtype)) act.deed = Deed::Other;
  }
  acts.push_back(act);
}

Acts altered(const ::AlterTableStmt* statement) {
  Acts acts;
  if (statement->objtype != OBJECT_TABLE && statement->objtype != OBJECT_MATVIEW) return acts;
  for (const ::AlterTableCmd* command : nodes<::AlterTableCmd>(statement->cmds))
    add_command(command, acts);
  for (Act& act : acts)
    if (act.relation.name.empty()) act.relation = qualified(statement->relation);
  return acts;
}

Acts dropped(const ::DropStmt* statement) {
  const bool indexes = statement->removeType == OBJECT_INDEX;
  const bool relations = indexes || statement->removeType == OBJECT_TABLE ||
                         statement->removeType == OBJECT_VIEW ||
                         statement->removeType == OBJECT_MATVIEW;
  Acts acts;
  for (const void* object : nodes<void>(statement->objects)) {
    Act act{indexes ? Deed::DropIndex : Deed::Drop};
    if (relations) act.relation = qualified(as<::List>(object));
    act.concurrently = statement->concurrent;
    act.cascade = statement->behavior == DROP_CASCADE;
    acts.push_back(act);
  }
  return acts;
}

Acts vacuumed(const ::VacuumStmt* statement) {
  const bool full = statement->is_vacuumcmd && has_option(statement->options, "full");
  Acts acts;
  for (const ::VacuumRelation* relation : nodes<::VacuumRelation>(statement->rels))
    if (relation->relation)
      acts.push_back({full ? Deed::Rewrite : Deed::Other, qualified(relation->relation)});
  return acts;
}

Acts in_transaction(const ::TransactionStmt* statement) {
  switch (statement->kind) {
    case TRANS_STMT_BEGIN:
    case TRANS_STMT_START:
      return {{Deed::Begin}};
    case TRANS_STMT_COMMIT:
    case TRANS_STMT_ROLLBACK:
    case TRANS_STMT_PREPARE:
      return {{Deed::End}};
    default:
      return {};
  }
}

// of one relation
Act on(Deed deed, const ::RangeVar* relation, std::string name = {}) {
  Act act{deed};
  if (relation) act.relation = qualified(relation);
  act.name = std::move(name);
  return act;
}

Acts acts_of(const void* node) {
  switch (tag_of(node)) {
    case T_TransactionStmt:
      return in_transaction(as<::TransactionStmt>(node));
    case T_VariableSetStmt: {
      const auto* set = as<::VariableSetStmt>(node);
      return {{set->name && std::string_view(set->name) == "lock_timeout" ? Deed::SetLockTimeout
                                                                          : Deed::Other}};
    }
    case T_IndexStmt: {
      const auto* index = as<::IndexStmt>(node);
      Act act = on(Deed::CreateIndex, index->relation, string_of(index->idxname));
      act.concurrently = index->concurrent;
      return {act};
    }
    case T_ReindexStmt: {
      const auto* reindex = as<::ReindexStmt>(node);
      Act act = on(Deed::Reindex, reindex->relation, string_of(reindex->name));
      act.concurrently = has_option(reindex->params, "concurrently");
      return {act};
    }
    case T_RefreshMatViewStmt: {
      const auto* refresh = as<::RefreshMatViewStmt>(node);
      Act act = on(Deed::RefreshView, refresh->relation);
      act.concurrently = refresh->concurrent;
      return {act};
    }
    case T_AlterTableStmt:
      return altered(as<::AlterTableStmt>(node));
    case T_RenameStmt: {
      const auto* rename = as<::RenameStmt>(node);
      const bool column = rename->renameType == OBJECT_COLUMN;
      const bool relation = rename->renameType == OBJECT_TABLE ||
                            rename->renameType == OBJECT_VIEW ||
                            rename->renameType == OBJECT_MATVIEW;
      if (column || relation)
        return {on(Deed::Rename, rename->relation, column ? string_of(rename->subname) : "")};
      return {on(Deed::Other, rename->relation)};
    }
    case T_DropStmt:
      return dropped(as<::DropStmt>(node));
    case T_TruncateStmt: {
      const auto* truncate = as<::TruncateStmt>(node);
      Acts acts;
      for (const ::RangeVar* relation : nodes<::RangeVar>(truncate->relations)) {
        acts.push_back(on(Deed::Truncate, relation));
        acts.back().cascade = truncate->behavior == DROP_CASCADE;
      }
      return acts;
    }
    case T_ClusterStmt:
      return {on(Deed::Rewrite, as<::ClusterStmt>(node)->relation)};
    case T_VacuumStmt:
      return vacuumed(as<::VacuumStmt>(node));
    case T_AlterEnumStmt: {
      const auto* value = as<::AlterEnumStmt>(node);
      if (value->oldVal) return {{Deed::Other}};
      return {{Deed::AddEnumValue, {}, string_of(value->newVal)}};
    }
    case T_CreateTrigStmt:
      return {on(Deed::DisturbWrites, as<::CreateTrigStmt>(node)->relation)};
    case T_CreatePolicyStmt:
      return {on(Deed::AlterBriefly, as<::CreatePolicyStmt>(node)->table)};
    case T_InsertStmt:
      return {on(Deed::WriteRows, as<::InsertStmt>(node)->relation)};
    case T_UpdateStmt:
      return {on(Deed::WriteRows, as<::UpdateStmt>(node)->relation)};
    case T_DeleteStmt:
      return {on(Deed::WriteRows, as<::DeleteStmt>(node)->relation)};
    case T_MergeStmt:
      return {on(Deed::WriteRows, as<::MergeStmt>(node)->relation)};
    case T_CopyStmt:
      return {on(as<::CopyStmt>(node)->is_from ? Deed::WriteRows : Deed::Other,
                 as<::CopyStmt>(node)->relation)};
    default:
      return {{Deed::Other}};
  }
}

}  // namespace

std::vector<Acts> acts_of(std::string_view name, std::string_view text,
                          const std::vector<Piece>& pieces) {
  std::vector<Acts> acts(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::vector<Piece> statements{pieces[i]};
    if (const std::vector<Piece> guarded = unfold_do_block(text, pieces[i]); !guarded.empty())
      statements = guarded;
    parse_raw(name, text, statements, 0, statements.size(), [&](const RawStatement& raw) {
      const Acts more = acts_of(raw.node);
      acts[i].insert(acts[i].end(), more.begin(), more.end());
    });
  }
  return acts;
}

}  // namespace schemadiff::parser
