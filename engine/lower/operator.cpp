// Decides how operators and operator families are altered.
#include <algorithm>

#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

void lower_alter(const Operator& before, const Operator& after, const diff::Change& change,
                 const Context&, Operations& operations) {
  if (!changed(change, "restriction estimator") && !changed(change, "join estimator")) return;
  Operation operation = make(Role::Alter, after, Phase::Expand,
                             "How the planner estimates the operator's results differs.");
  operation.releases = before.refs;
  operation.sql = {operator_estimators_sql(after)};
  operation.undo = {operator_estimators_sql(before)};
  operations.push_back(std::move(operation));
}

namespace {

bool same_place(const FamilyMember& a, const FamilyMember& b) {
  return a.is_function == b.is_function && a.number == b.number && a.left == b.left &&
         a.right == b.right;
}

// Those of `more` and, in the places that they leave free, of `members`.
std::vector<FamilyMember> with_all_places(std::vector<FamilyMember> more,
                                          const std::vector<FamilyMember>& members) {
  for (const FamilyMember& member : members)
    if (std::ranges::none_of(more,
                             [&](const FamilyMember& other) { return same_place(member, other); }))
      more.push_back(member);
  std::ranges::sort(more);
  return more;
}

// The tables and indexes that go away and use a class of the family.
std::vector<ObjectId> leaving_users(const OperatorFamily& family, const Context& context) {
  const auto is_class_of = [&](const ObjectId& id) {
    const auto found = context.from.operator_classes.find(id);
    return found != context.from.operator_classes.end() &&
           found->second.family == QualifiedName{family.id.schema, family.id.name} &&
           id.args == family.id.args;
  };
  std::vector<ObjectId> users;
  const auto collect = [&](const auto& objects) {
    for (const auto& [id, object] : objects)
      if (context.goes_away(id) && std::ranges::any_of(object.refs, is_class_of))
        users.push_back(id);
  };
  collect(context.from.tables);
  collect(context.from.indexes);
  return users;
}

}  // namespace

void lower_alter(const OperatorFamily& before, const OperatorFamily& after,
                 const diff::Change& change, const Context& context, Operations& operations) {
  if (!changed(change, "members")) return;
  const auto push = [&](Phase phase, const std::vector<FamilyMember>& old_members,
                        const std::vector<FamilyMember>& new_members) -> Operation* {
    if (old_members == new_members) return nullptr;
    Operation operation =
        make(Role::Alter, after, phase, "The operators and functions of the family differ.");
    operation.releases = before.refs;
    operation.sql = family_members_sql(after, old_members, new_members);
    operation.undo = family_members_sql(after, new_members, old_members);
    operations.push_back(std::move(operation));
    return &operations.back();
  };
  const std::vector<FamilyMember> both = with_all_places(after.members, before.members);
  push(Phase::Expand, before.members, both);
  if (Operation* removal = push(Phase::Contract, both, after.members))
    removal->after_drops = leaving_users(after, context);
}

}  // namespace schemadiff::engine
