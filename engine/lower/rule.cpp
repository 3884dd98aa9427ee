// Decides how rewrite rules are altered.
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

void lower_alter(const Rule& before, const Rule& after, const diff::Change& change, const Context&,
                 Operations& operations) {
  const auto push = [&](Role role, Op op, std::string why, std::string sql, std::string undo) {
    Operation operation = make(role, after, Phase::Expand, std::move(why));
    if (role == Role::Alter) operation.releases = before.refs;
    operation.op = op;
    operation.relations = {sql_parent(after.id)};
    operation.sql = {std::move(sql)};
    operation.undo = {std::move(undo)};
    operation.unproven = change.unproven;
    operations.push_back(std::move(operation));
  };
  if (changed(change, "event") || changed(change, "instead") || changed(change, "condition") ||
      changed(change, "actions"))
    push(Role::Alter, Op::CreateRule, "What the rule does differs.", rule_definition(after),
         rule_definition(before));
  if (changed(change, "enabled"))
    push(Role::Detail, Op::AlterRule, "When the rule applies differs.", rule_state_sql(after),
         rule_state_sql(before));
}

}  // namespace schemadiff::engine
