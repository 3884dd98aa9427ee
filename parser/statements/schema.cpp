// CREATE SCHEMA with its elements, CREATE and ALTER EXTENSION.
#include <algorithm>
#include <array>

#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "schema/ddl/ddl.h"

namespace schemadiff::parser {
namespace {

// Gives the elements the new schema as the first of the search path.
class ElementPath {
 public:
  ElementPath(Builder& builder, const std::string& schema)
      : builder_(builder), path_(builder.path) {
    std::vector<std::string> path{schema};
    for (const std::string& other : builder.search_path()) path.push_back(other);
    builder.set_search_path(std::move(path));
  }
  ~ElementPath() { builder_.path = path_; }
  ElementPath(const ElementPath&) = delete;
  ElementPath& operator=(const ElementPath&) = delete;

 private:
  Builder& builder_;
  int path_;
};

// transformCreateSchemaStmt: in which turn a kind of element is made.
int turn_of(const ::Node* element) {
  constexpr std::array kTurns{T_CreateSeqStmt, T_CreateStmt,     T_ViewStmt,
                              T_IndexStmt,     T_CreateTrigStmt, T_GrantStmt};
  for (std::size_t i = 0; i < kTurns.size(); ++i) {
    if (element->type == kTurns[i]) return static_cast<int>(i);
  }
  return static_cast<int>(kTurns.size());
}

// Default privileges are in force for what an extension makes, too.
void grant_to_members(Builder& builder, const schema::Extension& extension) {
  if (builder.catalog.default_privileges.empty()) return;
  using schema::Kind;
  const std::string& schema = builder.extension_schemas.at(extension.id.name);
  for (const Kind kind : {Kind::Routine, Kind::Table, Kind::Sequence, Kind::Enum}) {
    const std::vector<schema::Grant>& given = builder.default_acl(kind, schema);
    const std::vector<schema::Grant> usual = schema::default_acl(kind);
    const auto add = [&](const schema::Grant& grant, bool is_grant) {
      builder.catalog.member_grants.push_back({kind,
                                               schema,
                                               "EXTENSION " + extension.id.name,
                                               is_grant,
                                               is_grant && grant.grantable,
                                               {grant.grantee},
                                               {grant.privilege},
                                               extension.span});
    };
    for (const schema::Grant& grant : usual)
      if (!std::binary_search(given.begin(), given.end(), grant)) add(grant, false);
    for (const schema::Grant& grant : given)
      if (!std::binary_search(usual.begin(), usual.end(), grant)) add(grant, true);
  }
}

}  // namespace

void apply_create_schema(Context& context, const void* node) {
  const auto* statement = as<::CreateSchemaStmt>(node);
  Builder& builder = context.builder;
  const std::string name =
      statement->schemaname ? statement->schemaname : role_of(statement->authrole);
  if (context.done == 0) {
    const bool exists = builder.schema_exists(name);
    if (exists && statement->if_not_exists) return;
    if (!exists) {
      schema::Schema schema;
      schema.id = {schema::Kind::Schema, {}, {}, name, {}};
      schema.span = context.span;
      if (statement->authrole && !is_current_role(statement->authrole)) {
        schema.owner = role_of(statement->authrole);
        builder.catalog.says_owners = true;
      }
      builder.add(std::move(schema));
    } else if (name != "public") {
      throw Error("schema \"" + name + "\" already exists");
    }
    context.done = 1;
  }
  const ElementPath path(builder, name);
  std::size_t part = 0;
  for (int turn = 0; turn < 6; ++turn) {
    for (const auto* element : nodes<::Node>(statement->schemaElts)) {
      if (turn_of(element) != turn) continue;
      ++part;
      if (context.done > part) continue;
      std::size_t element_done = 0;
      Context inner{builder, context.span, context.statement, context.offset, element_done};
      apply(inner, element);
      context.done = part + 1;
    }
  }
}

void apply_create_extension(Context& context, const void* node) {
  const auto* statement = as<::CreateExtensionStmt>(node);
  Builder& builder = context.builder;
  schema::Extension extension;
  extension.id = {schema::Kind::Extension, {}, {}, statement->extname, {}};
  extension.span = context.span;
  if (builder.catalog.extensions.count(extension.id) && statement->if_not_exists) return;
  for (const auto* option : nodes<::DefElem>(statement->options)) {
    const std::string_view name = option->defname;
    if (name == "schema") extension.schema = option_text(option);
    if (name == "new_version") extension.version = option_text(option);
  }
  if (!extension.schema.empty()) builder.creation_schema(extension.schema);
  if (extension.id.name == "plpgsql") return;
  builder.extension_schemas[extension.id.name] =
      extension.schema.empty() ? builder.creation_schema({}) : extension.schema;
  grant_to_members(builder, builder.add(std::move(extension)));
}

void apply_alter_extension(Context& context, const void* node) {
  const auto* statement = as<::AlterExtensionStmt>(node);
  auto& extensions = context.builder.catalog.extensions;
  const auto found = extensions.find({schema::Kind::Extension, {}, {}, statement->extname, {}});
  if (found == extensions.end()) {
    throw Missing("extension \"" + std::string(statement->extname) + "\" does not exist");
  }
  for (const auto* option : nodes<::DefElem>(statement->options)) {
    if (std::string_view(option->defname) == "new_version") {
      found->second.version = option_text(option);
    }
  }
}

}  // namespace schemadiff::parser
