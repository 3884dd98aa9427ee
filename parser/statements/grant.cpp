// GRANT, REVOKE, ALTER DEFAULT PRIVILEGES and ALTER … OWNER TO (aclchk.c).
#include <algorithm>

#include "parser/analyze/builtins.h"
#include "parser/ownership.h"
#include "parser/statements/address.h"
#include "parser/statements/alter_column.h"
#include "parser/statements/nodes.h"
#include "parser/statements/routine_options.h"
#include "parser/statements/statements.h"
#include "parser/type_names.h"
#include "schema/ddl/ddl.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Grant;
using schema::Kind;

std::vector<std::string> all_privileges(Kind kind, bool column) {
  if (column) return {"INSERT", "REFERENCES", "SELECT", "UPDATE"};
  switch (kind) {
    case Kind::Table:
    case Kind::View:
    case Kind::MaterializedView:
      // MAINTAIN from 17 on; cli/target_version takes it away for the others
      return {"DELETE", "INSERT",  "MAINTAIN", "REFERENCES",
              "SELECT", "TRIGGER", "TRUNCATE", "UPDATE"};
    case Kind::Sequence:
      return {"SELECT", "UPDATE", "USAGE"};
    case Kind::Schema:
      return {"CREATE", "USAGE"};
    case Kind::Routine:
    case Kind::Aggregate:
      return {"EXECUTE"};
    default:
      return {"USAGE"};
  }
}

void change(std::vector<Grant>& acl, const ::GrantStmt* statement, const std::string& grantee,
            const std::string& privilege) {
  if (grantee.empty() && privilege == "MAINTAIN")
    return;  // every owner's own, and not in the model
  schema::change_acl(acl, statement->is_grant, statement->grant_option, grantee, privilege);
}

// The role as the privileges of an object have it. `owner`: empty is whoever runs the file.
std::string grantee_of(Context& context, const ::GrantStmt* statement, const std::string& owner,
                       const ::RoleSpec* role) {
  schema::Catalog& catalog = context.builder.catalog;
  std::string name = role_of(role);
  if (!owner.empty()) return name == owner ? std::string() : name;
  if (is_current_role(role) || name == catalog.current_role) return {};
  // A grant can still become the owner's (parser/ownership.h), what is taken away is gone.
  if (!statement->is_grant && role->roletype == ROLESPEC_CSTRING)
    catalog.roles_that_matter.insert(name);
  return name;
}

// From version 15 on the schema public is nobody's who runs a file.
std::string owner_of(const schema::Object& object) {
  return object.owner.empty() && is_public(object.id) ? std::string(schema::kOwnerOfPublic)
                                                      : object.owner;
}

// Null: columns of such an object have no privileges.
std::vector<Grant>* column_acl(schema::Object& object, const std::string& name) {
  const bool is_table = object.id.kind == Kind::Table;
  if (is_table && !find_system_column(name)) {
    schema::Column* column = static_cast<schema::Table&>(object).find(name);
    if (!column)
      throw Missing("column \"" + name + "\" of " + schema::describe(object.id) +
                    " does not exist");
    return &column->acl.edit();
  }
  if (!is_table && object.id.kind != Kind::View && object.id.kind != Kind::MaterializedView &&
      object.id.kind != Kind::Sequence)
    return nullptr;
  std::vector<schema::ColumnAcl>& columns = object.column_acls.edit();
  auto place = std::ranges::lower_bound(columns, name, {}, &schema::ColumnAcl::column);
  if (place == columns.end() || place->column != name) place = columns.insert(place, {name, {}});
  return &place->acl;
}

void drop_empty(schema::Object& object) {
  if (object.column_acls.empty()) return;
  std::erase_if(object.column_acls.edit(),
                [](const schema::ColumnAcl& column) { return column.acl.empty(); });
}

void change_columns(Context& context, schema::Object& object, const ::GrantStmt* statement,
                    const ::AccessPriv* privilege) {
  auto privileges = privilege->priv_name ? std::vector<std::string>{upper(privilege->priv_name)}
                                         : all_privileges(object.id.kind, true);
  if (object.id.kind == Kind::Sequence)  // ExecGrant_Relation: its columns know no other
    std::erase_if(privileges, [](const std::string& one) { return one != "SELECT"; });
  for (const std::string& column : names_of(privilege->cols)) {
    std::vector<Grant>* acl = column_acl(object, column);
    if (!acl) {
      add_unmodelled(context, "column", schema::describe(object.id), "privileges");
      continue;
    }
    for (const auto* role : nodes<::RoleSpec>(statement->grantees)) {
      for (const auto& one : privileges)
        change(*acl, statement, grantee_of(context, statement, object.owner, role), one);
    }
  }
  drop_empty(object);
}

// The owner of the sequence is that of the table.
void change_identity(Context& context, const schema::Table& table, schema::Column& column,
                     const ::GrantStmt* statement) {
  std::vector<std::string> privileges;
  if (!statement->privileges) privileges = all_privileges(Kind::Sequence, false);
  for (const auto* privilege : nodes<::AccessPriv>(statement->privileges))
    if (privilege->cols)
      add_unmodelled(context, "column", schema::quote_qualified(*column.identity_sequence),
                     "privileges");
    else
      privileges.push_back(upper(privilege->priv_name));
  std::vector<Grant> acl = schema::identity_acl(column);
  for (const auto* role : nodes<::RoleSpec>(statement->grantees))
    for (const auto& privilege : privileges)
      change(acl, statement, grantee_of(context, statement, table.owner, role), privilege);
  column.identity_acl.clear();
  if (acl != schema::default_acl(Kind::Sequence)) column.identity_acl = std::move(acl);
}

void change_object(Context& context, schema::Object& object, const ::GrantStmt* statement) {
  std::vector<std::string> privileges;
  if (!statement->privileges) privileges = all_privileges(object.id.kind, false);
  for (const auto* privilege : nodes<::AccessPriv>(statement->privileges)) {
    if (privilege->cols) {
      change_columns(context, object, statement, privilege);
    } else {
      privileges.push_back(upper(privilege->priv_name));
    }
  }
  for (const auto* role : nodes<::RoleSpec>(statement->grantees)) {
    for (const auto& privilege : privileges) {
      change(object.acl, statement, grantee_of(context, statement, owner_of(object), role),
             privilege);
    }
  }
  // REVOKE of a relation's privilege takes it from the columns, too.
  if (statement->is_grant) return;
  const auto take = [&](std::vector<Grant>& acl) {
    for (const auto* role : nodes<::RoleSpec>(statement->grantees))
      for (const auto& privilege : privileges)
        change(acl, statement, grantee_of(context, statement, object.owner, role), privilege);
  };
  if (object.id.kind == Kind::Table)
    for (schema::Column& column : static_cast<schema::Table&>(object).columns)
      if (!column.acl.empty()) take(column.acl.edit());
  if (object.column_acls.empty()) return;
  for (schema::ColumnAcl& column : object.column_acls.edit()) take(column.acl);
  drop_empty(object);
}

// A relation that no text makes may be an extension's.
bool is_member_relation(const Builder& builder, const ::GrantStmt* statement, const void* object) {
  if (statement->objtype != OBJECT_TABLE && statement->objtype != OBJECT_SEQUENCE) return false;
  const auto name = qualified(as<::RangeVar>(object));
  return !builder.find_relation(name) && builder.may_be_extension_type(name.name);
}

Kind member_kind(::ObjectType type) {
  switch (type) {
    case OBJECT_TABLE:
      return Kind::Table;
    case OBJECT_SEQUENCE:
      return Kind::Sequence;
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
      return Kind::Enum;
    case OBJECT_SCHEMA:
      return Kind::Schema;
    default:
      return Kind::Routine;
  }
}

schema::MemberGrant member_grant(const Context& context, const ::GrantStmt* statement) {
  schema::MemberGrant grant;
  grant.kind = member_kind(statement->objtype);
  grant.is_grant = statement->is_grant;
  grant.grant_option = statement->grant_option;
  grant.span = context.span;
  for (const auto* role : nodes<::RoleSpec>(statement->grantees))
    grant.grantees.push_back(role_of(role));
  if (!statement->privileges) grant.privileges = all_privileges(grant.kind, false);
  std::erase(grant.privileges, "MAINTAIN");
  for (const auto* privilege : nodes<::AccessPriv>(statement->privileges))
    if (!privilege->cols) grant.privileges.push_back(upper(privilege->priv_name));
  return grant;
}

// What GRANT calls the object of an extension; empty: the model cannot name it.
std::string member_target(const Builder& builder, const ::GrantStmt* statement, const void* object,
                          schema::QualifiedName name) {
  const std::string text = schema::quote_qualified(name);
  switch (statement->objtype) {
    case OBJECT_TABLE:
      return "TABLE " + text;
    case OBJECT_SEQUENCE:
      return "SEQUENCE " + text;
    case OBJECT_SCHEMA:
      return "SCHEMA " + schema::quote_identifier(name.name);
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
      return "TYPE " + text;
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE: {
      const auto* routine = as<::ObjectWithArgs>(object);
      if (routine->args_unspecified) return {};
      const bool procedure = statement->objtype == OBJECT_PROCEDURE;
      return std::string(procedure ? "PROCEDURE " : "FUNCTION ") + text + '(' +
             resolve_types(builder, routine->objargs) + ')';
    }
    default:
      return {};
  }
}

// `built_in`: it came with the server, else with an extension.
void change_member(Context& context, const ::GrantStmt* statement, const void* object,
                   bool built_in) {
  const Builder& builder = context.builder;
  schema::QualifiedName name = written_name(object);
  if (name.schema.empty())
    name.schema = !built_in                             ? builder.extension_schema_of(name.name)
                  : statement->objtype == OBJECT_SCHEMA ? name.name
                                                        : "pg_catalog";
  schema::MemberGrant grant = member_grant(context, statement);
  grant.schema = name.schema;
  grant.target = member_target(builder, statement, object, name);
  if (grant.target.empty() || grant.schema.empty() || grant.privileges.empty() ||
      (built_in && grant.schema != "pg_catalog"))
    add_unmodelled(context, built_in ? "object of the server" : "object of an extension",
                   address_text(object), "privileges");
  else
    context.builder.catalog.member_grants.push_back(std::move(grant));
}

// Whether it came with the server: pg_dump writes changes of its privileges, too, in pg_catalog.
bool is_built_in(const Builder& builder, const ::GrantStmt* statement, const void* object) {
  if (is(object, T_String)) {
    const std::string_view name = as<::String>(object)->sval;
    if (statement->objtype == OBJECT_LANGUAGE)
      return name == "sql" || name == "internal" || name == "c";
    return statement->objtype == OBJECT_SCHEMA &&
           (name.starts_with("pg_") || name == "information_schema");
  }
  const schema::QualifiedName name = written_name(object);
  if (!name.schema.empty())
    return name.schema == "pg_catalog" || name.schema == "information_schema";
  const auto& known = builtins();
  if (is(object, T_RangeVar))
    return known.relations.contains({"pg_catalog", name.name}) && !builder.find_relation(name);
  return is(object, T_ObjectWithArgs) && known.functions_by_name.contains(name.name) &&
         !builder.declared_routines.contains(name.name);
}

void change_all_in_schema(Context& context, const ::GrantStmt* statement) {
  Builder& builder = context.builder;
  for (const auto* node : nodes<::String>(statement->objects)) {
    const std::string schema = builder.creation_schema(node->sval);
    const auto apply_to = [&](auto& map) {
      for (auto& [id, object] : map) {
        if (id.schema == schema) change_object(context, object, statement);
      }
    };
    switch (statement->objtype) {
      case OBJECT_TABLE:
        apply_to(builder.catalog.tables);
        apply_to(builder.catalog.views);
        apply_to(builder.catalog.materialized_views);
        break;
      case OBJECT_SEQUENCE:
        apply_to(builder.catalog.sequences);
        for (auto& [id, table] : builder.catalog.tables)
          for (schema::Column& column : table.columns)
            if (column.identity && column.identity_sequence->schema == schema)
              change_identity(context, table, column, statement);
        break;
      default:
        for (auto& [id, routine] : builder.catalog.routines) {
          const bool procedure = routine.prokind == 'p';
          const bool meant = statement->objtype == OBJECT_ROUTINE ||
                             procedure == (statement->objtype == OBJECT_PROCEDURE);
          if (id.schema == schema && meant) change_object(context, routine, statement);
        }
        if (statement->objtype != OBJECT_PROCEDURE) apply_to(builder.catalog.aggregates);
    }
    if (builder.extension_schemas.empty()) continue;
    schema::MemberGrant members = member_grant(context, statement);
    members.schema = schema;
    builder.catalog.member_grants.push_back(std::move(members));
  }
}

std::pair<std::string_view, Kind> sort_of(::ObjectType type) {
  switch (type) {
    case OBJECT_TABLE:
      return {"TABLES", Kind::Table};
    case OBJECT_SEQUENCE:
      return {"SEQUENCES", Kind::Sequence};
    case OBJECT_TYPE:
      return {"TYPES", Kind::Enum};
    case OBJECT_SCHEMA:
      return {"SCHEMAS", Kind::Schema};
    default:
      return {"FUNCTIONS", Kind::Routine};
  }
}

// SetDefaultACL: an entry that says what would be without it goes away.
void change_default(Context& context, const ::GrantStmt* statement, const std::string& role,
                    const std::string& schema) {
  Builder& builder = context.builder;
  const auto [sort, kind] = sort_of(statement->objtype);
  schema::DefaultPrivileges fresh;
  fresh.id = {Kind::DefaultPrivileges, schema, {}, std::string(sort), role};
  fresh.acl = schema::base_acl(fresh.id);
  fresh.span = context.span;
  auto& map = builder.catalog.default_privileges;
  const auto at = map.try_emplace(schema::ObjectId(fresh.id), std::move(fresh)).first;
  std::vector<std::string> privileges;
  if (!statement->privileges) privileges = all_privileges(kind, false);
  for (const auto* privilege : nodes<::AccessPriv>(statement->privileges))
    privileges.push_back(upper(privilege->priv_name));
  for (const auto* grantee : nodes<::RoleSpec>(statement->grantees)) {
    const std::string name = grantee_of(context, statement, role, grantee);
    for (const auto& privilege : privileges) change(at->second.acl, statement, name, privilege);
  }
  if (at->second.acl == schema::base_acl(at->first)) map.erase(at);
  builder.forget_default_acls();
}

}  // namespace

void apply_alter_default_privileges(Context& context, const void* node) {
  const auto* statement = as<::AlterDefaultPrivilegesStmt>(node);
  schema::Catalog& catalog = context.builder.catalog;
  std::vector<std::string> roles, schemas;
  for (const auto* option : nodes<::DefElem>(statement->options)) {
    const auto* list = as<::List>(option->arg);
    if (std::string_view(option->defname) == "schemas") {
      for (const std::string& name : names_of(list))
        schemas.push_back(context.builder.creation_schema(name));
    } else {
      for (const auto* role : nodes<::RoleSpec>(list)) {
        const std::string name = role->roletype == ROLESPEC_CSTRING ? role->rolename : "";
        const bool is_ours = name.empty() || name == catalog.current_role;
        if (!is_ours) catalog.roles_that_matter.insert(name);
        roles.push_back(is_ours ? std::string() : name);
      }
    }
  }
  if (roles.empty()) roles.emplace_back();
  if (schemas.empty()) schemas.emplace_back();
  catalog.says_privileges = true;
  for (const std::string& role : roles)
    for (const std::string& schema : schemas)
      change_default(context, statement->action, role, schema);
}

void apply_grant(Context& context, const void* node) {
  const auto* statement = as<::GrantStmt>(node);
  Builder& builder = context.builder;
  if (const auto kind = unmodelled_kind(statement->objtype); !kind.empty()) {
    const nodes<::Node> objects(statement->objects);
    add_unmodelled(context, std::string(kind), objects.size() ? address_text(objects[0]) : "",
                   "privileges");
    return;
  }
  builder.catalog.says_privileges = true;
  if (statement->targtype == ACL_TARGET_ALL_IN_SCHEMA) {
    change_all_in_schema(context, statement);
    return;
  }
  std::size_t part = 0;
  for (const auto* object : nodes<::Node>(statement->objects)) {
    if (part++ < context.done) continue;
    if (is_built_in(builder, statement, object)) {
      change_member(context, statement, object, true);
    } else if (is_member_relation(builder, statement, object)) {
      change_member(context, statement, object, false);
    } else if (schema::Object* found = find_object(builder, statement->objtype, object)) {
      change_object(context, *found, statement);
    } else if (const auto [table, column] = identity_column(builder, object); column) {
      change_identity(context, *table, *column, statement);
    } else {
      change_member(context, statement, object, false);
    }
    context.done = part;
  }
}

void set_owner(Context& context, schema::Object& object, const ::RoleSpec* owner) {
  if (is_current_role(owner)) return change_owner(object, {});
  context.builder.catalog.says_owners = true;
  change_owner(object, role_of(owner));
}

void apply_alter_owner(Context& context, const void* node) {
  const auto* statement = as<::AlterOwnerStmt>(node);
  const void* object = statement->relation ? static_cast<const void*>(statement->relation)
                                           : static_cast<const void*>(statement->object);
  if (const auto kind = unmodelled_kind(statement->objectType); !kind.empty()) {
    add_unmodelled(context, std::string(kind), address_text(object), "owner");
    return;
  }
  if (schema::Object* found = find_object(context.builder, statement->objectType, object)) {
    set_owner(context, *found, statement->newowner);
  }
}

}  // namespace schemadiff::parser
