// CREATE OPERATOR CLASS, CREATE and ALTER OPERATOR FAMILY (opclasscmds.c).
#include <algorithm>

#include "parser/statements/address.h"
#include "parser/statements/nodes.h"
#include "parser/statements/routine_options.h"
#include "parser/statements/statements.h"
#include "parser/type_names.h"
#include "schema/access_methods.h"
#include "schema/ddl/ddl.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::FamilyMember;
using schema::Kind;
using schema::OperatorClass;
using schema::OperatorFamily;
using schema::QualifiedName;
using schema::TypeName;

void insert(std::vector<FamilyMember>& members, FamilyMember member) {
  members.insert(std::lower_bound(members.begin(), members.end(), member), std::move(member));
}

OperatorFamily* find_family(Builder& builder, const QualifiedName& written,
                            const std::string& method) {
  auto& families = builder.catalog.operator_families;
  const auto in = [&](const std::string& schema) -> OperatorFamily* {
    const auto found = families.find({Kind::OperatorFamily, schema, {}, written.name, method});
    return found == families.end() ? nullptr : &found->second;
  };
  if (!written.schema.empty()) return in(written.schema);
  for (const std::string& schema : builder.search_path())
    if (OperatorFamily* found = in(schema)) return found;
  return nullptr;
}

std::vector<TypeName> types_of(const Builder& builder, const ::List* list) {
  std::vector<TypeName> types;
  for (const auto* type : nodes<::TypeName>(list)) {
    types.emplace_back();
    if (type) types.back().sql = resolve_type(builder, type).plain;
  }
  return types;
}

// assignProcTypes: what is not said follows from the function's input types, or is the class's
// type.
void infer_types(FamilyMember& member, const std::string& method, const TypeName& own) {
  const auto comma = member.args.find(", ");
  const TypeName first{member.args.substr(0, comma)};
  const TypeName rest{comma == std::string::npos ? std::string() : member.args.substr(comma + 2)};
  member.left = member.right = own;
  if (method == "btree" && member.number == 1) {
    member.left = first;
    member.right = rest;
  } else if (method == "btree" && member.number == 3) {
    member.left = first;
    member.right.sql = rest.sql.substr(0, rest.sql.find(", "));
  } else if (method == "hash" && member.number <= 2) {
    member.left = member.right = first;
  }
}

FamilyMember read_function(const Builder& builder, const ::CreateOpClassItem* item,
                           const std::string& method, const TypeName& own) {
  FamilyMember member;
  member.is_function = true;
  member.number = item->number;
  const Signature function = resolve_signature(builder, item->name);
  member.name = function.name;
  member.args = function.args;
  const std::vector<TypeName> types = types_of(builder, item->class_args);
  if (types.empty()) {
    infer_types(member, method, own);
  } else {
    member.left = types.front();
    member.right = types.back();
  }
  return member;
}

FamilyMember read_operator(Builder& builder, const ::CreateOpClassItem* item, const TypeName& own) {
  FamilyMember member;
  member.number = item->number;
  const std::vector<TypeName> types = types_of(builder, item->name->objargs);
  member.left = types.empty() ? own : types.front();
  member.right = types.empty() ? own : types.back();
  const QualifiedName written = qualified(item->name->objname);
  member.name = find_operator_name(builder, written, operator_args(member.left, member.right));
  if (member.name.empty()) member.name = {"pg_catalog", written.name};
  if (item->order_family) {
    member.order_by = qualified(item->order_family);
    const OperatorFamily* found = find_family(builder, member.order_by, "btree");
    if (member.order_by.schema.empty())
      member.order_by.schema = found ? found->id.schema : "pg_catalog";
  }
  return member;
}

FamilyMember read_member(Builder& builder, const ::CreateOpClassItem* item,
                         const std::string& method, const TypeName& own) {
  return item->itemtype == OPCLASS_ITEM_FUNCTION ? read_function(builder, item, method, own)
                                                 : read_operator(builder, item, own);
}

OperatorFamily& add_family(Context& context, const QualifiedName& name, const std::string& method) {
  OperatorFamily family;
  family.id = {Kind::OperatorFamily, name.schema, {}, name.name, method};
  family.span = context.span;
  return context.builder.add(std::move(family));
}

bool is_loose(const Builder& builder, std::string_view method, const FamilyMember& member) {
  return schema::is_loose_member(schema::built_in_method(builder.catalog, method), member);
}

}  // namespace

void apply_create_operator_family(Context& context, const void* node) {
  const auto* statement = as<::CreateOpFamilyStmt>(node);
  const auto written = qualified(statement->opfamilyname);
  add_family(context,
             {context.builder.creation_schema(written.schema), schema::truncate_name(written.name)},
             statement->amname);
}

void apply_alter_operator_family(Context& context, const void* node) {
  const auto* statement = as<::AlterOpFamilyStmt>(node);
  Builder& builder = context.builder;
  OperatorFamily* family =
      find_family(builder, qualified(statement->opfamilyname), statement->amname);
  if (!family) {
    throw Missing("operator family " + schema::quote_qualified(qualified(statement->opfamilyname)) +
                  " does not exist");
  }
  const auto built_in = schema::built_in_method(builder.catalog, statement->amname);
  // Where the class of the type is in the family already, the server ties a member to it.
  const auto list_for = [&](const FamilyMember& member) -> std::vector<FamilyMember>& {
    if (!is_loose(builder, statement->amname, member) && member.left == member.right)
      for (auto& [id, opclass] : builder.catalog.operator_classes)
        if (id.args == statement->amname && opclass.family == name_of(*family) &&
            opclass.type == member.left && (built_in == "btree" || built_in == "hash"))
          return opclass.members;
    return family->members;
  };
  for (const auto* item : nodes<::CreateOpClassItem>(statement->items)) {
    if (!statement->isDrop) {
      FamilyMember member = read_member(builder, item, statement->amname, {});
      insert(list_for(member), std::move(member));
      continue;
    }
    const std::vector<TypeName> types = types_of(builder, item->class_args);
    std::erase_if(family->members, [&](const FamilyMember& member) {
      return member.is_function == (item->itemtype == OPCLASS_ITEM_FUNCTION) &&
             member.number == item->number && member.left == types.front() &&
             member.right == types.back();
    });
  }
}

void apply_create_operator_class(Context& context, const void* node) {
  const auto* statement = as<::CreateOpClassStmt>(node);
  Builder& builder = context.builder;
  const auto written = qualified(statement->opclassname);
  const std::string method = statement->amname;
  OperatorClass opclass;
  opclass.id = {Kind::OperatorClass,
                builder.creation_schema(written.schema),
                {},
                schema::truncate_name(written.name),
                method};
  opclass.span = context.span;
  opclass.type.sql = resolve_type(builder, statement->datatype).plain;
  opclass.is_default = statement->isDefault;
  std::vector<FamilyMember> loose;
  for (const auto* item : nodes<::CreateOpClassItem>(statement->items)) {
    if (item->itemtype == OPCLASS_ITEM_STORAGETYPE) {
      opclass.storage.sql = resolve_type(builder, item->storedtype).plain;
      if (opclass.storage == opclass.type) opclass.storage = {};
      continue;
    }
    FamilyMember member = read_member(builder, item, method, opclass.type);
    if (is_loose(builder, method, member)) {
      loose.push_back(std::move(member));
    } else {
      insert(opclass.members, std::move(member));
    }
  }
  // One of its own name where none is named.
  opclass.family = statement->opfamilyname ? qualified(statement->opfamilyname) : name_of(opclass);
  OperatorFamily* family = find_family(builder, opclass.family, method);
  if (family) {
    opclass.family = name_of(*family);
  } else if (!statement->opfamilyname) {
    family = &add_family(context, opclass.family, method);
  } else if (opclass.family.schema.empty()) {
    opclass.family.schema = "pg_catalog";
  }
  if (family)
    for (FamilyMember& member : loose) insert(family->members, std::move(member));
  builder.add(std::move(opclass));
}

}  // namespace schemadiff::parser
