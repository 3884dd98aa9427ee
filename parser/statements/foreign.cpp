// CREATE and ALTER FOREIGN DATA WRAPPER, SERVER and USER MAPPING (foreigncmds.c).
#include "parser/references.h"
#include "parser/statements/address.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "schema/ddl/ddl.h"

namespace schemadiff::parser {
namespace {

using schema::ForeignDataWrapper;
using schema::ForeignServer;
using schema::Kind;
using schema::UserMapping;

void read_functions(const Builder& builder, ForeignDataWrapper& wrapper, const ::List* options) {
  for (const auto* option : nodes<::DefElem>(options)) {
    auto& function =
        option->defname == std::string_view("handler") ? wrapper.handler : wrapper.validator;
    function = option->arg ? resolve_function(builder, qualified(as<::List>(option->arg)), false)
                           : schema::QualifiedName{};
  }
}

schema::ObjectId mapping_id(const ::RoleSpec* role, const char* server) {
  return {Kind::UserMapping, {}, {}, role_of(role), server};
}

}  // namespace

// transformGenericOptions
void change_foreign_options(Context& context, schema::Options& options, const schema::ObjectId& of,
                            const void* changes) {
  for (const auto* change : nodes<::DefElem>(as<::List>(changes))) {
    std::erase_if(options, [&](const auto& o) { return o.first == change->defname; });
    if (change->defaction != DEFELEM_DROP)
      options.emplace_back(change->defname, option_text(change));
  }
  schema::forget_secrets(options, of, context.builder.catalog, context.span);
}

void apply_create_foreign_data_wrapper(Context& context, const void* node) {
  const auto* statement = as<::CreateFdwStmt>(node);
  ForeignDataWrapper wrapper;
  wrapper.id = {Kind::ForeignDataWrapper, {}, {}, statement->fdwname, {}};
  wrapper.span = context.span;
  read_functions(context.builder, wrapper, statement->func_options);
  change_foreign_options(context, wrapper.options, wrapper.id, statement->options);
  context.builder.add(std::move(wrapper));
}

void apply_alter_foreign_data_wrapper(Context& context, const void* node) {
  const auto* statement = as<::AlterFdwStmt>(node);
  ForeignDataWrapper& wrapper = require_named(context.builder.catalog.foreign_data_wrappers,
                                              "foreign-data wrapper", statement->fdwname);
  read_functions(context.builder, wrapper, statement->func_options);
  change_foreign_options(context, wrapper.options, wrapper.id, statement->options);
}

void apply_create_foreign_server(Context& context, const void* node) {
  const auto* statement = as<::CreateForeignServerStmt>(node);
  ForeignServer server;
  server.id = {Kind::ForeignServer, {}, {}, statement->servername, {}};
  server.span = context.span;
  if (statement->if_not_exists && context.builder.catalog.foreign_servers.count(server.id)) return;
  server.wrapper = statement->fdwname;
  server.type = string_of(statement->servertype);
  server.version = string_of(statement->version);
  change_foreign_options(context, server.options, server.id, statement->options);
  context.builder.add(std::move(server));
}

void apply_alter_foreign_server(Context& context, const void* node) {
  const auto* statement = as<::AlterForeignServerStmt>(node);
  ForeignServer& server =
      require_named(context.builder.catalog.foreign_servers, "server", statement->servername);
  if (statement->has_version) server.version = string_of(statement->version);
  change_foreign_options(context, server.options, server.id, statement->options);
}

void apply_create_user_mapping(Context& context, const void* node) {
  const auto* statement = as<::CreateUserMappingStmt>(node);
  UserMapping mapping;
  mapping.id = mapping_id(statement->user, statement->servername);
  mapping.span = context.span;
  if (statement->if_not_exists && context.builder.catalog.user_mappings.count(mapping.id)) return;
  require_named(context.builder.catalog.foreign_servers, "server", statement->servername);
  change_foreign_options(context, mapping.options, mapping.id, statement->options);
  context.builder.add(std::move(mapping));
}

void apply_alter_user_mapping(Context& context, const void* node) {
  const auto* statement = as<::AlterUserMappingStmt>(node);
  auto& mappings = context.builder.catalog.user_mappings;
  const auto found = mappings.find(mapping_id(statement->user, statement->servername));
  if (found == mappings.end()) throw Missing("the user mapping does not exist");
  change_foreign_options(context, found->second.options, found->first, statement->options);
}

void apply_drop_user_mapping(Context& context, const void* node) {
  const auto* statement = as<::DropUserMappingStmt>(node);
  auto& mappings = context.builder.catalog.user_mappings;
  if (!mappings.erase(mapping_id(statement->user, statement->servername)) && !statement->missing_ok)
    throw Missing("the user mapping does not exist");
}

}  // namespace schemadiff::parser
