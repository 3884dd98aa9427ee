// Which function a statement goes to, and what becomes of those that the model does not know.
#include "parser/statements/address.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

// Statements that leave no trace in a schema; an empty note means that none is needed.
bool ignore(Context& context, const void* node) {
  switch (tag_of(node)) {
    case T_TransactionStmt:
    case T_ConstraintsSetStmt:
    case T_VariableShowStmt:
    case T_VacuumStmt:
    case T_CheckPointStmt:
    case T_DiscardStmt:
    case T_LockStmt:
    case T_ReindexStmt:
    case T_NotifyStmt:
    case T_ListenStmt:
    case T_UnlistenStmt:
    case T_LoadStmt:
    case T_PrepareStmt:
    case T_DeallocateStmt:
    case T_ExplainStmt:
    case T_DeclareCursorStmt:
    case T_ClosePortalStmt:
    case T_FetchStmt:
    case T_AlterCollationStmt:
      return true;
    case T_InsertStmt:
    case T_UpdateStmt:
    case T_DeleteStmt:
    case T_MergeStmt:
      note_ignored(context, "data", "data changes (INSERT, UPDATE, DELETE) are ignored");
      return true;
    case T_CopyStmt:
      note_ignored(context, "COPY", "COPY data is ignored");
      return true;
    case T_TruncateStmt:
      note_ignored(context, "TRUNCATE", "TRUNCATE statements are ignored");
      return true;
    case T_DoStmt:
      note_ignored(context, "DO",
                   "DO blocks other than plain guards are ignored: what they create is not known");
      return true;
    case T_CallStmt:
    case T_ExecuteStmt:
      note_ignored(context, "CALL", "CALL and EXECUTE statements are ignored");
      return true;
    default:
      return false;
  }
}

// False: a statement of no known kind.
bool apply_unmodelled(Context& context, const void* node) {
  switch (tag_of(node)) {
    case T_CreateRoleStmt:
      add_unmodelled(context, "role", as<::CreateRoleStmt>(node)->role);
      return true;
    case T_AlterRoleStmt:
    case T_AlterRoleSetStmt:
    case T_GrantRoleStmt:
    case T_DropRoleStmt:
    case T_DropOwnedStmt:
    case T_ReassignOwnedStmt:
      add_unmodelled(context, "role", {});
      return true;
    case T_CreatedbStmt:
      add_unmodelled(context, "database", as<::CreatedbStmt>(node)->dbname);
      return true;
    case T_AlterDatabaseStmt:
    case T_AlterDatabaseSetStmt:
      add_unmodelled(context, "database", {});
      return true;
    case T_ImportForeignSchemaStmt:
      add_unmodelled(context, "foreign schema", as<::ImportForeignSchemaStmt>(node)->remote_schema);
      return true;
    default:
      return false;
  }
}

using Apply = void (*)(Context&, const void*);

Apply function_of(::NodeTag tag) {
  switch (tag) {
    case T_CreateSchemaStmt:
      return apply_create_schema;
    case T_CreateExtensionStmt:
      return apply_create_extension;
    case T_AlterExtensionStmt:
      return apply_alter_extension;
    case T_AlterTypeStmt:
      return apply_alter_type;
    case T_CreateEnumStmt:
      return apply_create_enum;
    case T_AlterEnumStmt:
      return apply_alter_enum;
    case T_CompositeTypeStmt:
      return apply_create_composite;
    case T_CreateRangeStmt:
      return apply_create_range;
    case T_CreateDomainStmt:
      return apply_create_domain;
    case T_AlterDomainStmt:
      return apply_alter_domain;
    case T_CreateSeqStmt:
      return apply_create_sequence;
    case T_AlterSeqStmt:
      return apply_alter_sequence;
    case T_CreateStmt:
    case T_CreateForeignTableStmt:
      return apply_create_table;
    case T_CreateTableAsStmt:
      return apply_create_table_as;
    case T_AlterTableStmt:
      return apply_alter_table;
    case T_IndexStmt:
      return apply_create_index;
    case T_ViewStmt:
      return apply_create_view;
    case T_RefreshMatViewStmt:
      return apply_refresh;
    case T_CreateFunctionStmt:
      return apply_create_function;
    case T_AlterFunctionStmt:
      return apply_alter_function;
    case T_DefineStmt:
      return apply_define;
    case T_CreateTrigStmt:
      return apply_create_trigger;
    case T_CreatePolicyStmt:
      return apply_create_policy;
    case T_AlterPolicyStmt:
      return apply_alter_policy;
    case T_AlterOperatorStmt:
      return apply_alter_operator;
    case T_CreateOpClassStmt:
      return apply_create_operator_class;
    case T_CreateOpFamilyStmt:
      return apply_create_operator_family;
    case T_AlterOpFamilyStmt:
      return apply_alter_operator_family;
    case T_CreateCastStmt:
      return apply_create_cast;
    case T_CreateConversionStmt:
      return apply_create_conversion;
    case T_CreatePLangStmt:
      return apply_create_language;
    case T_CreateTransformStmt:
      return apply_create_transform;
    case T_CreateAmStmt:
      return apply_create_access_method;
    case T_AlterTSDictionaryStmt:
      return apply_alter_text_search_dictionary;
    case T_AlterTSConfigurationStmt:
      return apply_alter_text_search_configuration;
    case T_CreatePublicationStmt:
      return apply_create_publication;
    case T_AlterPublicationStmt:
      return apply_alter_publication;
    case T_CreateSubscriptionStmt:
      return apply_create_subscription;
    case T_AlterSubscriptionStmt:
      return apply_alter_subscription;
    case T_DropSubscriptionStmt:
      return apply_drop_subscription;
    case T_CreateFdwStmt:
      return apply_create_foreign_data_wrapper;
    case T_AlterFdwStmt:
      return apply_alter_foreign_data_wrapper;
    case T_CreateForeignServerStmt:
      return apply_create_foreign_server;
    case T_AlterForeignServerStmt:
      return apply_alter_foreign_server;
    case T_CreateUserMappingStmt:
      return apply_create_user_mapping;
    case T_AlterUserMappingStmt:
      return apply_alter_user_mapping;
    case T_DropUserMappingStmt:
      return apply_drop_user_mapping;
    case T_RuleStmt:
      return apply_create_rule;
    case T_CreateEventTrigStmt:
      return apply_create_event_trigger;
    case T_AlterEventTrigStmt:
      return apply_alter_event_trigger;
    case T_CreateStatsStmt:
      return apply_create_statistics;
    case T_AlterStatsStmt:
      return apply_alter_statistics;
    case T_AlterDefaultPrivilegesStmt:
      return apply_alter_default_privileges;
    case T_ClusterStmt:
      return apply_cluster;
    case T_SecLabelStmt:
      return apply_security_label;
    case T_CommentStmt:
      return apply_comment;
    case T_GrantStmt:
      return apply_grant;
    case T_AlterOwnerStmt:
      return apply_alter_owner;
    case T_AlterObjectSchemaStmt:
      return apply_set_schema;
    case T_RenameStmt:
      return apply_rename;
    case T_DropStmt:
      return apply_drop;
    case T_VariableSetStmt:
      return apply_set;
    case T_SelectStmt:
      return apply_select;
    default:
      return nullptr;
  }
}

}  // namespace

void apply(Context& context, const void* node) {
  if (const Apply function = function_of(tag_of(node))) {
    function(context, node);
  } else if (!ignore(context, node) && !apply_unmodelled(context, node)) {
    add_unmodelled(context, "statement", std::string(context.statement.substr(0, 40)));
  }
}

bool comes_last(const void* node) {
  if (is(node, T_AlterDefaultPrivilegesStmt)) return true;
  if (!is(node, T_AlterTableStmt)) return false;
  const auto* statement = as<::AlterTableStmt>(node);
  const nodes<::AlterTableCmd> commands(statement->cmds);
  return statement->objtype == OBJECT_TABLE && commands.size() == 1 &&
         commands[0]->subtype == AT_AttachPartition;
}

bool skip_temporary(Context& context, const void* node) {
  const auto* range = as<::RangeVar>(node);
  const bool temporary = range->relpersistence == 't' ||
                         (range->schemaname && std::string_view(range->schemaname) == "pg_temp");
  if (!temporary) return false;
  note_ignored(context, "temporary", "temporary tables, views and sequences are ignored");
  return true;
}

void note_ignored(Context& context, const std::string& key, const std::string& what) {
  Builder& builder = context.builder;
  builder.note_once(key, builder.catalog.files[context.span.file] + ':' +
                             std::to_string(context.span.line) + ": " + what);
}

void add_unmodelled(Context& context, std::string kind, std::string name, std::string attribute) {
  context.builder.catalog.unmodelled.push_back(
      {std::move(kind), std::move(name), std::move(attribute), context.span});
}

}  // namespace schemadiff::parser
