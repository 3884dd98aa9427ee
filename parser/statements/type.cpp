// CREATE TYPE (enum, composite, range), CREATE DOMAIN and their ALTERs.
#include <algorithm>

#include "parser/references.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "parser/statements/table_parts.h"
#include "parser/type_names.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;
using schema::QualifiedName;

schema::ObjectId new_id(const Builder& builder, Kind kind, const QualifiedName& written) {
  return {
      kind, builder.creation_schema(written.schema), {}, schema::truncate_name(written.name), {}};
}

template <class T>
T& type_of_kind(const Builder& builder, const QualifiedName& written) {
  const auto* found = builder.find_type(written);
  if (!found) throw Missing("type " + schema::quote_qualified(written) + " does not exist");
  if (!found->second.object || found->second.object->id.kind != T::kKind) {
    throw Error(schema::quote_qualified(written) + " is not " +
                (T::kKind == Kind::Enum ? "an enum" : "a domain"));
  }
  return static_cast<T&>(*found->second.object);
}

// pg_range's rule (makeMultirangeTypeName): "range" becomes "multirange", else "_multirange"
// follows.
std::string multirange_name(const std::string& range) {
  const auto at = range.find("range");
  if (at != std::string::npos) {
    return schema::truncate_name(range.substr(0, at) + "multi" + range.substr(at));
  }
  constexpr std::string_view kSuffix = "_multirange";
  return schema::truncate_name(std::string_view(range).substr(0, 63 - kSuffix.size())) +
         std::string(kSuffix);
}

// A shell of that name becomes what is defined now.
void forget_shell(Builder& builder, const QualifiedName& name) {
  const auto shell =
      builder.catalog.base_types.find({Kind::BaseType, name.schema, {}, name.name, {}});
  if (shell == builder.catalog.base_types.end() || shell->second.defined) return;
  builder.types.erase(name);
  builder.catalog.base_types.erase(shell);
}

void sort_constraints(schema::Domain& domain) {
  std::sort(domain.constraints.begin(), domain.constraints.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
}

void add_domain_check(Builder& builder, schema::Domain& domain, const ::Constraint* constraint,
                      bool alter) {
  schema::DomainConstraint check;
  check.name = constraint->conname
                   ? schema::truncate_name(constraint->conname)
                   : builder.choose_constraint_name(domain.id.name, {}, "check", domain.id.schema);
  check.check = expr_of(constraint->raw_expr);
  check.validated = !alter || constraint->initially_valid;
  builder.note_constraint(domain.id.schema, check.name);
  domain.constraints.push_back(std::move(check));
  sort_constraints(domain);
}

}  // namespace

void apply_create_enum(Context& context, const void* node) {
  const auto* statement = as<::CreateEnumStmt>(node);
  schema::Enum type;
  type.id = new_id(context.builder, Kind::Enum, qualified(statement->typeName));
  type.span = context.span;
  type.labels = names_of(statement->vals);
  auto& added = context.builder.add(std::move(type));
  context.builder.enter_type(&added, name_of(added));
}

void apply_alter_enum(Context& context, const void* node) {
  const auto* statement = as<::AlterEnumStmt>(node);
  auto& labels = type_of_kind<schema::Enum>(context.builder, qualified(statement->typeName)).labels;
  const auto find = [&](const char* label) {
    const auto at = std::find(labels.begin(), labels.end(), label);
    if (at == labels.end())
      throw Missing("\"" + std::string(label) + "\" is not a label of the enum");
    return at;
  };
  if (statement->oldVal) {
    *find(statement->oldVal) = statement->newVal;
    return;
  }
  if (std::find(labels.begin(), labels.end(), statement->newVal) != labels.end()) {
    if (statement->skipIfNewValExists) return;
    throw Error("enum label \"" + std::string(statement->newVal) + "\" already exists");
  }
  auto at = labels.end();
  if (statement->newValNeighbor) {
    at = find(statement->newValNeighbor);
    if (statement->newValIsAfter) ++at;
  }
  labels.insert(at, statement->newVal);
}

void apply_create_composite(Context& context, const void* node) {
  const auto* statement = as<::CompositeTypeStmt>(node);
  Builder& builder = context.builder;
  schema::Composite type;
  type.id = new_id(builder, Kind::Composite, qualified(statement->typevar));
  type.span = context.span;
  for (const auto* definition : nodes<::ColumnDef>(statement->coldeflist)) {
    schema::CompositeAttribute attribute;
    attribute.name = schema::truncate_name(definition->colname);
    const ResolvedType resolved = resolve_type(builder, definition->typeName);
    attribute.type.sql = resolved.sql;
    attribute.collation = written_collation(builder, definition->collClause, resolved);
    type.columns.push_back(std::move(attribute));
  }
  auto& added = builder.add(std::move(type));
  builder.enter_relation(added, RelationKind::Composite, name_of(added));
  builder.enter_type(&added, name_of(added));
}

void apply_create_range(Context& context, const void* node) {
  const auto* statement = as<::CreateRangeStmt>(node);
  Builder& builder = context.builder;
  schema::Range type;
  type.id = new_id(builder, Kind::Range, qualified(statement->typeName));
  type.span = context.span;
  const ::DefElem* subtype_diff = nullptr;
  for (const auto* option : nodes<::DefElem>(statement->params)) {
    const std::string_view name = option->defname;
    if (name == "subtype") {
      type.subtype.sql = resolve_type(builder, type_name_of(option)).plain;
      continue;
    }
    const ::List* names = name_list_of(option);
    if (name == "subtype_opclass") type.opclass = resolve_opclass(builder, "btree", names);
    if (name == "collation") type.collation = resolve_collation(builder, names);
    if (name == "canonical") type.canonical = resolve_function(builder, qualified(names), false);
    if (name == "subtype_diff") subtype_diff = option;
    if (name == "multirange_type_name") {
      type.multirange = qualified(names);
      if (type.multirange.schema.empty()) type.multirange.schema = type.id.schema;
    }
  }
  if (type.subtype.empty()) throw Error("a range type needs a SUBTYPE");
  if (subtype_diff)
    type.subtype_diff =
        function_of(builder, subtype_diff, type.subtype.sql + ", " + type.subtype.sql);
  if (type.multirange.empty()) type.multirange = {type.id.schema, multirange_name(type.id.name)};
  forget_shell(builder, {type.id.schema, type.id.name});
  auto& added = builder.add(std::move(type));
  builder.enter_type(&added, name_of(added));
  builder.enter_type(&added, added.multirange, true);
}

void apply_create_domain(Context& context, const void* node) {
  const auto* statement = as<::CreateDomainStmt>(node);
  Builder& builder = context.builder;
  schema::Domain domain;
  domain.id = new_id(builder, Kind::Domain, qualified(statement->domainname));
  domain.span = context.span;
  const ResolvedType base = resolve_type(builder, statement->typeName);
  domain.base.sql = base.sql;
  domain.collation = written_collation(builder, statement->collClause, base);
  if (const schema::Domain* under = domain_of(base)) domain.default_value = under->default_value;
  for (const auto* constraint : nodes<::Constraint>(statement->constraints)) {
    switch (constraint->contype) {
      case CONSTR_NOTNULL:
        domain.not_null = true;
        if (constraint->conname) domain.not_null_name = schema::truncate_name(constraint->conname);
        break;
      case CONSTR_DEFAULT:
        domain.default_value = read_default(builder, constraint->raw_expr, domain.base.sql);
        break;
      case CONSTR_CHECK:
        add_domain_check(builder, domain, constraint, false);
        break;
      default:
        break;
    }
  }
  auto& added = builder.add(std::move(domain));
  builder.enter_type(&added, name_of(added));
}

void apply_alter_domain(Context& context, const void* node) {
  const auto* statement = as<::AlterDomainStmt>(node);
  Builder& builder = context.builder;
  auto& domain = type_of_kind<schema::Domain>(builder, qualified(statement->typeName));
  const auto named = [&] {
    return std::find_if(domain.constraints.begin(), domain.constraints.end(),
                        [&](const auto& c) { return c.name == statement->name; });
  };
  switch (statement->subtype) {
    case 'T':
      domain.default_value = read_default(builder, statement->def, domain.base.sql);
      break;
    case 'N':
      domain.not_null = false;
      domain.not_null_name.clear();
      domain.not_null_comment.clear();
      break;
    case 'O':
      domain.not_null = true;
      break;
    case 'C': {
      const auto* constraint = as<::Constraint>(statement->def);
      if (constraint->contype == CONSTR_NOTNULL) {
        domain.not_null = true;
      } else {
        add_domain_check(builder, domain, constraint, true);
      }
      break;
    }
    case 'V':
    case 'X': {
      const auto at = named();
      if (at == domain.constraints.end()) {
        if (statement->missing_ok) break;
        throw Missing("constraint \"" + string_of(statement->name) + "\" of domain " +
                      schema::quote_qualified(name_of(domain)) + " does not exist");
      }
      if (statement->subtype == 'V') {
        at->validated = true;
      } else {
        builder.forget_constraint(domain.id.schema, at->name);
        domain.constraints.erase(at);
      }
      break;
    }
    default:
      break;
  }
}

}  // namespace schemadiff::parser
