// Decides how comments, owners and privileges of objects that stay are changed.
#include <algorithm>

#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

void lower_grants(const Object& object, std::string_view target, std::string_view column,
                  const std::vector<Grant>& before, const std::vector<Grant>& after,
                  Operations& operations) {
  const std::vector<Grant> both = united(before, after);
  const auto add = [&](const std::vector<Grant>& a, const std::vector<Grant>& b, Phase phase, Op op,
                       std::string why) {
    if (a == b) return;
    Operation operation = make(Role::Detail, object, phase, std::move(why));
    operation.op = op;
    operation.sql = grant_sql(a, b, target, column, object.owner);
    operation.undo = grant_sql(b, a, target, column, object.owner);
    if (!operation.sql.empty()) operations.push_back(std::move(operation));
  };
  add(before, both, Phase::Expand, Op::Grant, "Privileges are granted.");
  add(both, after, Phase::Contract, Op::Revoke, "Privileges are revoked.");
}

namespace {

void lock_relation(const Object& object, Operation& operation) {
  switch (object.id.kind) {
    case Kind::Composite:
    case Kind::Sequence:
    case Kind::Table:
    case Kind::View:
    case Kind::MaterializedView:
    case Kind::Index:
      operation.relations = {sql_name(object.id)};
      break;
    default:
      break;
  }
}

// What the new owner had been granted is lost where it ceases to be the owner.
Statements grants_of_new_owner(const Object& object, const std::string& owner) {
  Statements sql;
  const auto grant = [&](const std::vector<Grant>& acl, const std::string& target,
                         const std::string& column) {
    append(sql, grant_sql(with_owner(acl, owner), acl, target, column, object.owner));
  };
  grant(object.acl, grant_target(object), {});
  for (const ColumnAcl& column : *object.column_acls)
    grant(column.acl, column_grant_target(object), quote_identifier(column.column));
  if (object.id.kind != Kind::Table) return sql;
  for (const Column& column : static_cast<const Table&>(object).columns) {
    grant(column.acl, column_grant_target(object), quote_identifier(column.name));
    if (column.identity) grant(identity_acl(column), identity_target(column), {});
  }
  return sql;
}

// Whether the sequence of a column gets its table's next owner. What is granted on it has to follow
// that.
bool goes_with_table(const Object& before, const Object& after, const Context& context) {
  const QualifiedName table = owner_of(before);
  if (before.id.kind != Kind::Sequence || table.empty() || table != owner_of(after)) return false;
  const diff::Change* change = context.change({Kind::Table, table.schema, {}, table.name, {}});
  return change && change->action == diff::Action::Alter && changed(*change, "owner");
}

// The operations are steps of `object`.
void lower_privileges(const Object& before, const Object& after, const Object& object,
                      const Context& context, Operations& operations) {
  if (!context.options.compare.privileges) return;
  const auto lower = [&](const std::string& target, const std::string& column,
                         const std::vector<Grant>& old_acl, const std::vector<Grant>& new_acl) {
    if (old_acl != new_acl)
      lower_grants(object, target, column, with_next_owner(old_acl, before, after, context),
                   new_acl, operations);
  };
  if (!grant_target(after).empty()) lower(grant_target(after), {}, before.acl, after.acl);
  for_each_column_acl(before.column_acls, after.column_acls,
                      [&](const std::string& column, const std::vector<Grant>& old_acl,
                          const std::vector<Grant>& new_acl) {
                        lower(column_grant_target(after), quote_identifier(column), old_acl,
                              new_acl);
                      });
}

}  // namespace

std::vector<Grant> with_next_owner(const std::vector<Grant>& acl, const Object& before,
                                   const Object& after, const Context& context) {
  const bool changes = context.options.compare.owners && !before.owner.empty() &&
                       !after.owner.empty() && before.owner != after.owner;
  return changes ? with_owner(acl, after.owner) : acl;
}

void lower_metadata(const Object& before, const Object& after, const diff::Change& change,
                    const Context& context, Operations& operations) {
  if (changed(change, "comment")) {
    Operation operation = make(Role::Detail, after, Phase::Expand, "The comment differs.");
    operation.op = Op::CommentOn;
    const std::string address = sql_address(after.id, ddl_keyword(after));
    operation.sql = {comment_statement(address, effective_comment(after, before))};
    operation.undo = {comment_statement(address, effective_comment(before, before))};
    if (after.id.kind != Kind::Composite) lock_relation(after, operation);
    operations.push_back(std::move(operation));
  }
  if (changed(change, "security labels")) {
    Operation operation = make(Role::Detail, after, Phase::Expand, "The security labels differ.");
    const std::string address = sql_address(after.id, ddl_keyword(after));
    operation.sql = changed_labels_sql(address, before.security_labels, after.security_labels);
    operation.undo = changed_labels_sql(address, after.security_labels, before.security_labels);
    operation.op = Op::LabelSecurity;
    switch (after.id.kind) {
      case Kind::Table:
      case Kind::View:
      case Kind::MaterializedView:
      case Kind::Sequence:
        operation.relations = {sql_name(after.id)};
        break;
      default:
        break;
    }
    operations.push_back(std::move(operation));
  }
  // that of a sequence of a column changes with the table's, or where it leaves that (sequence.cpp)
  const bool is_of_column = after.id.kind == Kind::Sequence && !owner_of(before).empty();
  if (changed(change, "owner") && !is_of_column) {
    Operation operation =
        make(Role::Detail, after, Phase::Expand,
             "The owner is " + before.owner + " and shall be " + after.owner + ".");
    operation.op = Op::AlterOwner;
    operation.sql = {owner_sql(after, after.owner)};
    operation.undo = {owner_sql(before, before.owner)};
    lock_relation(after, operation);
    if (!grant_target(before).empty())
      append(operation.undo, grants_of_new_owner(before, after.owner));
    Operations of_sequences;
    for (const Object* child : context.children_of(after.id)) {
      if (child->id.kind != Kind::Sequence) continue;
      append(operation.undo, grants_of_new_owner(*child, after.owner));
      const Object* later = context.to.find(child->id);
      if (!later) continue;
      if (goes_with_table(*child, *later, context))
        lower_privileges(*child, *later, after, context, of_sequences);
      else  // one that leaves the table keeps the owner that it has
        operation.finished.push_back(child->id);
    }
    operations.push_back(std::move(operation));
    std::ranges::move(of_sequences, std::back_inserter(operations));
  }
  if (!goes_with_table(before, after, context))
    lower_privileges(before, after, after, context, operations);
}

}  // namespace schemadiff::engine
