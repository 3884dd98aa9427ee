// COMMENT ON and SECURITY LABEL.
#include <algorithm>

#include "parser/statements/address.h"
#include "parser/statements/alter_column.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "parser/statements/table_parts.h"
#include "schema/ddl/ddl.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;

// f(column) for the column that a list of names means, of a table, a view, a materialized view or a
// composite type.
template <class F>
void with_column(Context& context, const void* names, const char* what, F&& f) {
  const nodes<::String> parts(as<::List>(names));
  const std::size_t count = parts.size();
  if (count < 2) return;
  const schema::QualifiedName written{count > 2 ? parts[count - 3]->sval : "",
                                      parts[count - 2]->sval};
  const std::string name = parts[count - 1]->sval;
  const Relation& on = context.builder.relation(written, "relation");
  const auto absent = [&] {
    throw Missing("column \"" + name + "\" of relation " + schema::quote_qualified(written) +
                  " does not exist");
  };
  switch (on.kind) {
    case RelationKind::Table: {
      schema::Column* column = static_cast<schema::Table&>(*on.object).find(name);
      if (!column) absent();
      f(*column);
      return;
    }
    case RelationKind::View:
      f(view_column(static_cast<schema::View&>(*on.object).columns, name));
      return;
    case RelationKind::MaterializedView:
      f(view_column(static_cast<schema::MaterializedView&>(*on.object).columns, name));
      return;
    case RelationKind::Composite: {
      auto& columns = static_cast<schema::Composite&>(*on.object).columns;
      const auto at = std::find_if(columns.begin(), columns.end(),
                                   [&](const auto& column) { return column.name == name; });
      if (at == columns.end()) absent();
      f(*at);
      return;
    }
    default:
      add_unmodelled(context, "column", schema::quote_qualified(written) + '.' + name, what);
  }
}

void comment_domain_constraint(Context& context, const ::CommentStmt* statement) {
  const nodes<::Node> parts(as<::List>(statement->object));
  schema::Object* object = find_object(context.builder, OBJECT_DOMAIN, parts[0]);
  const std::string name = as<::String>(parts[1])->sval;
  if (!object || object->id.kind != Kind::Domain) return;
  for (auto& constraint : static_cast<schema::Domain&>(*object).constraints) {
    if (constraint.name != name) continue;
    constraint.comment = string_of(statement->comment);
    return;
  }
  auto& domain = static_cast<schema::Domain&>(*object);
  if (!domain.not_null || schema::not_null_name(domain) != name)
    throw Missing("constraint \"" + name + "\" of " + schema::describe(object->id) +
                  " does not exist");
  domain.not_null_comment = string_of(statement->comment);
}

// False: no NOT NULL constraint of a table.
bool comment_not_null(const Context& context, const ::CommentStmt* statement) {
  const nodes<::String> parts(as<::List>(statement->object));
  const std::size_t count = parts.size();
  const Relation* on = context.builder.find_relation(
      {count > 2 ? parts[count - 3]->sval : "", parts[count - 2]->sval});
  if (!on || on->kind != RelationKind::Table) return false;
  schema::Column* column =
      find_not_null(static_cast<schema::Table&>(*on->object), parts[count - 1]->sval);
  if (column) column->not_null_comment = string_of(statement->comment);
  return column != nullptr;
}

// An empty label takes the provider's away.
void set_label(schema::Rare<std::vector<schema::SecurityLabel>>& labels, const char* provider,
               const char* label) {
  std::vector<schema::SecurityLabel> all = labels;
  std::erase_if(all, [&](const auto& old) { return old.provider == provider; });
  if (label) all.push_back({provider, label});
  std::sort(all.begin(), all.end());
  labels = std::move(all);
}

}  // namespace

void apply_security_label(Context& context, const void* node) {
  const auto* statement = as<::SecLabelStmt>(node);
  const auto report = [&](std::string kind) {
    add_unmodelled(context, std::move(kind), address_text(statement->object), "security label");
  };
  if (const auto kind = unmodelled_kind(statement->objtype); !kind.empty())
    return report(std::string(kind));
  if (!statement->provider)
    throw Error("a security label without its provider", "write SECURITY LABEL FOR provider ON …");
  if (statement->objtype == OBJECT_COLUMN) {
    with_column(context, statement->object, "security label", [&](auto& column) {
      if constexpr (requires { column.security_labels; })
        set_label(column.security_labels, statement->provider, statement->label);
      else
        report("attribute of a composite type");
    });
    return;
  }
  schema::Object* object = find_object(context.builder, statement->objtype, statement->object);
  if (object)
    set_label(object->security_labels, statement->provider, statement->label);
  else
    report("object of an extension");
}

void apply_comment(Context& context, const void* node) {
  const auto* statement = as<::CommentStmt>(node);
  if (statement->objtype == OBJECT_COLUMN) {
    with_column(context, statement->object, "comment",
                [&](auto& column) { column.comment = string_of(statement->comment); });
    return;
  }
  if (statement->objtype == OBJECT_DOMCONSTRAINT) {
    comment_domain_constraint(context, statement);
    return;
  }
  if (const auto kind = unmodelled_kind(statement->objtype); !kind.empty()) {
    add_unmodelled(context, std::string(kind), address_text(statement->object), "comment");
    return;
  }
  if (statement->objtype == OBJECT_TABCONSTRAINT && comment_not_null(context, statement)) return;
  schema::Object* object = find_object(context.builder, statement->objtype, statement->object);
  if (!object) {
    if (schema::Column* column = identity_column(context.builder, statement->object).column)
      column->identity_comment = string_of(statement->comment);
    return;
  }
  if (statement->objtype == OBJECT_INDEX && object->id.kind == Kind::Constraint) {
    // Of the index, which is no object of its own; the constraint's comment is another.
    static_cast<schema::Constraint&>(*object).index_comment = string_of(statement->comment);
    return;
  }
  object->comment = string_of(statement->comment);
  // Its text in every fresh database.
  if (schema::is_public(object->id) && object->comment == schema::kCommentOfPublic)
    object->comment.clear();
}

}  // namespace schemadiff::parser
