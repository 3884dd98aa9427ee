// COMMENT ON, for objects and what they consist of.
#include "schema/ddl/ddl.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

template <class Parts>
void comment_on_parts(const ObjectId& id, const Parts& parts, Statements& statements) {
  for (const auto& part : parts) {
    const std::string& comment = part.comment;
    if (!comment.empty())
      statements.push_back(
          comment_statement("COLUMN " + sql_name(id) + '.' + quote_identifier(part.name), comment));
  }
}

void add_parts(const Object& object, Statements& statements) {
  switch (object.id.kind) {
    case Kind::Table:
      comment_on_parts(object.id, static_cast<const Table&>(object).columns, statements);
      for (const Column& column : static_cast<const Table&>(object).columns) {
        if (!column.identity_comment.empty())
          statements.push_back(comment_statement(
              "SEQUENCE " + quote_qualified(column.identity_sequence), *column.identity_comment));
        if (!column.not_null_comment.empty())
          statements.push_back(
              comment_statement(not_null_address(object.id, column), *column.not_null_comment));
      }
      return;
    case Kind::View:
      return comment_on_parts(object.id, static_cast<const View&>(object).columns, statements);
    case Kind::MaterializedView:
      return comment_on_parts(object.id, static_cast<const MaterializedView&>(object).columns,
                              statements);
    case Kind::Composite:
      return comment_on_parts(object.id, static_cast<const Composite&>(object).columns, statements);
    case Kind::Constraint: {
      const auto& constraint = static_cast<const Constraint&>(object);
      if (!constraint.index_comment.empty())
        statements.push_back(
            comment_statement(index_address(constraint), *constraint.index_comment));
      return;
    }
    case Kind::Domain: {
      const auto& domain = static_cast<const Domain&>(object);
      for (const DomainConstraint& part : domain.constraints)
        if (!part.comment.empty())
          statements.push_back(
              comment_statement(domain_constraint_address(domain, part.name), part.comment));
      if (!domain.not_null_comment.empty())
        statements.push_back(comment_statement(
            domain_constraint_address(domain, not_null_name(domain)), domain.not_null_comment));
      return;
    }
    default:
      return;
  }
}

}  // namespace

std::string index_address(const Constraint& constraint) {
  return "INDEX " + quote_qualified({constraint.id.schema, constraint.id.name});
}

std::string domain_constraint_address(const Domain& domain, std::string_view constraint) {
  return "CONSTRAINT " + quote_identifier(constraint) + " ON DOMAIN " + sql_name(domain.id);
}

std::string effective_comment(const Object& object, const Object& there) {
  if (!object.comment.empty()) return object.comment;
  if (there.id.kind == Kind::Extension) return static_cast<const Extension&>(there).own_comment;
  return is_public(object.id) ? std::string(kCommentOfPublic) : std::string();
}

std::string comment_statement(std::string_view address, std::string_view comment) {
  return "COMMENT ON " + std::string(address) + " IS " +
         (comment.empty() ? "NULL" : quote_literal(comment));
}

Statements comment_sql(const Object& object, std::string_view keyword) {
  Statements statements;
  if (keyword.empty()) keyword = ddl_keyword(object);
  if (!object.comment.empty())
    statements.push_back(comment_statement(sql_address(object.id, keyword), object.comment));
  add_parts(object, statements);
  return statements;
}

}  // namespace schemadiff::schema
