// CREATE TRIGGER and CREATE POLICY.
#pragma once

#include <algorithm>

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

// A partition in which a trigger of the partitioned table fires otherwise than there.
struct PartitionState {
  QualifiedName partition;
  char enabled = 'O';  // as Trigger::enabled
  auto operator<=>(const PartitionState&) const = default;
};

struct Trigger : Object {  // id.parent: table or view
  static constexpr Kind kKind = Kind::Trigger;
  QualifiedName function;
  std::vector<std::string> arguments;
  std::string timing;   // "BEFORE" "AFTER" "INSTEAD OF"
  bool on_insert = false, on_update = false, on_delete = false, on_truncate = false;
  std::vector<std::string> update_columns;  // UPDATE OF
  bool for_each_row = false;
  Expr when;
  bool constraint = false;  // CREATE CONSTRAINT TRIGGER
  bool deferrable = false, initially_deferred = false;
  QualifiedName constraint_table;  // FROM
  std::string old_table, new_table;  // transition tables
  char enabled = 'O';  // pg_trigger.tgenabled: O origin, D disabled, R replica, A always
  std::vector<PartitionState> partition_states;  // sorted; of partitions at any depth

  // In a partition of its table.
  char enabled_in(const QualifiedName& partition) const {
    const auto found =
        std::ranges::lower_bound(partition_states, partition, {}, &PartitionState::partition);
    const bool differs = found != partition_states.end() && found->partition == partition;
    return differs ? found->enabled : enabled;
  }

  static constexpr auto attributes() {
    constexpr auto R = Alter::Replace;
    return std::make_tuple(
        attribute("function", &Trigger::function, R), attribute("arguments", &Trigger::arguments, R),
        attribute("timing", &Trigger::timing, R), attribute("on insert", &Trigger::on_insert, R),
        attribute("on update", &Trigger::on_update, R), attribute("on delete", &Trigger::on_delete, R),
        attribute("on truncate", &Trigger::on_truncate, R),
        attribute("update columns", &Trigger::update_columns, R),
        attribute("for each row", &Trigger::for_each_row, R), attribute("when", &Trigger::when, R),
        attribute("constraint", &Trigger::constraint, R),
        attribute("deferrable", &Trigger::deferrable, R),
        attribute("initially deferred", &Trigger::initially_deferred, R),
        attribute("constraint table", &Trigger::constraint_table, R),
        attribute("old table", &Trigger::old_table, R),
        attribute("new table", &Trigger::new_table, R), attribute("enabled", &Trigger::enabled),
        attribute("states in partitions", &Trigger::partition_states));
  }
};

struct Policy : Object {  // id.parent: table
  static constexpr Kind kKind = Kind::Policy;
  bool permissive = true;
  std::string command = "ALL";      // ALL SELECT INSERT UPDATE DELETE
  std::vector<std::string> roles;   // sorted; "public" for PUBLIC
  Expr using_expr;
  Expr check_expr;
  static constexpr auto attributes() {
    return std::make_tuple(attribute("permissive", &Policy::permissive, Alter::Replace),
                           attribute("command", &Policy::command, Alter::Replace),
                           attribute("roles", &Policy::roles),
                           attribute("using", &Policy::using_expr, Alter::Depends),
                           attribute("with check", &Policy::check_expr, Alter::Depends));
  }
};

}  // namespace schemadiff::schema
