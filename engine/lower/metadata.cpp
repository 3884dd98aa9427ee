// Decides how comments, owners and privileges of objects that stay are changed.
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

}  // namespace

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
  std::vector<Grant> old_acl = before.acl;
  if (changed(change, "owner") && !is_of_column) {
    Operation operation =
        make(Role::Detail, after, Phase::Expand,
             "The owner is " + before.owner + " and shall be " + after.owner + ".");
    operation.op = Op::AlterOwner;
    operation.sql = {owner_sql(after, after.owner)};
    operation.undo = {owner_sql(before, before.owner)};
    lock_relation(after, operation);
    // what the new owner was granted becomes its own (acl.c, aclnewowner)
    std::vector<Grant> granted, own;
    std::erase_if(old_acl, [&](const Grant& grant) {
      if (grant.grantee != after.owner) return false;
      granted.push_back(grant);
      own.push_back({{}, grant.privilege, false});
      return true;
    });
    old_acl = united(old_acl, own);
    if (context.options.compare.privileges)
      append(operation.undo, grant_sql({}, granted, grant_target(before), {}, before.owner));
    // a sequence that leaves the table keeps the owner that it has
    for (const Object* child : context.children_of(after.id)) {
      const Object* later = child->id.kind == Kind::Sequence ? context.to.find(child->id) : nullptr;
      if (later && owner_of(*later) != owner_of(*child)) operation.finished.push_back(child->id);
    }
    operations.push_back(std::move(operation));
  }
  if (changed(change, "privileges") && !grant_target(after).empty())
    lower_grants(after, grant_target(after), {}, old_acl, after.acl, operations);
}

}  // namespace schemadiff::engine
