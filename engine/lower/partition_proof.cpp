// Decides how ATTACH PARTITION is spared the reading of large tables: checks that were validated
// before, while others read and write, prove it what it would look for (tablecmds.c,
// QueuePartitionConstraintValidation).
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/lower/lower.h"
#include "engine/lower/partition.h"
#include "schema/object_names.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

// Types whose literals in a check are the constants of the bounds, whatever the settings.
bool is_plain(const TypeName& type) {
  constexpr std::string_view kTypes[] = {"smallint", "integer", "bigint", "date", "uuid", "text"};
  return std::find(std::begin(kTypes), std::end(kTypes), type.sql) != std::end(kTypes) ||
         type.sql.starts_with("timestamp ");
}

// The column that alone decides which partition a row belongs to; null: it is not as simple.
const Column* plain_key(const Table& parent) {
  const auto& elements = parent.partition_key.elements;
  if (elements.size() != 1 || elements[0].column.empty() || !elements[0].opclass.empty() ||
      !elements[0].collation.empty() || parent.partition_key.strategy == "hash")
    return nullptr;
  const Column* column = parent.find(elements[0].column);
  return column && is_plain(column->type) && column->collation.empty() ? column : nullptr;
}

// What the server derives from the bounds (partbounds.c, get_qual_from_partbound), for rows of the
// partition or for all others; empty: it is not as simple.
std::string condition(const Column& key, std::string_view bound, bool inside) {
  const std::string column = quote_identifier(key.name);
  std::string terms;
  const auto add = [&](const std::string& term) { terms += (inside ? " AND " : " OR ") + term; };
  const auto list = bound_values(bound, "IN (");
  if (std::find(list.begin(), list.end(), "NULL") != list.end()) return {};
  if (!list.empty())
    add(fmt::format("{} {} ({})", column, inside ? "IN" : "NOT IN", fmt::join(list, ", ")));
  const auto from = bound_values(bound, "FROM ("), to = bound_values(bound, "TO (");
  if (!from.empty() && from[0] != "MINVALUE")
    add(fmt::format("{} {} {}", column, inside ? ">=" : "<", from[0]));
  if (!to.empty() && to[0] != "MAXVALUE")
    add(fmt::format("{} {} {}", column, inside ? "<" : ">=", to[0]));
  if (terms.empty()) return {};
  return column + (inside ? " IS NOT NULL" : " IS NULL") + terms;
}

bool is_plain_table(const Table& table, const Context& context) {
  return table.server.empty() && table.partition_key.strategy.empty() &&
         !context.goes_away(table.id);
}

constexpr std::string_view kCheck = "schemadiff_bounds_";

// Whether the server's form of a check is about these bounds: it has their values, in their order.
bool is_about(const std::string& check, std::string_view bound) {
  std::size_t place = 0;
  for (const char* word : {"IN (", "FROM (", "TO ("})
    for (std::string_view value : bound_values(bound, word)) {
      if (value == "MINVALUE" || value == "MAXVALUE") continue;
      if (value.starts_with('\'')) value = value.substr(1, value.size() - 2);
      place = check.find(value, place);
      if (place == std::string::npos) return false;
      place += value.size();
    }
  return true;
}

// On a table, from before the attachment until after it.
class Check {
 public:
  Check(const Table& partition, const Table& checked, const std::string& key, std::string condition)
      : partition_(partition),
        checked_(checked),
        key_{Kind::Column, checked.id.schema, checked.id.name, key, {}},
        condition_(std::move(condition)),
        name_(distinct_name(std::string(kCheck) + partition.id.name)) {}

  ObjectId id() const {
    return {Kind::Constraint, checked_.id.schema, checked_.id.name, name_, {}};
  }

  // Goes on with what an earlier run has left.
  void add_before(std::string why, const Context& context, Operations& operations) const {
    const auto left = context.from.constraints.find(id());
    const bool is_left = left != context.from.constraints.end();
    const bool serves = is_left && left->second.contype == 'c' &&
                        is_about(left->second.check->sql, partition_.bound.sql);
    if (!serves) {
      Operation add = on_table(Role::Alter, std::move(why), Op::AddConstraintNotValid);
      if (is_left) add.sql = {drop()};
      add.sql.push_back(this->add());
      add.undo = {drop()};
      operations.push_back(std::move(add));
    }
    if (serves && left->second.validated) return;
    Operation validate =
        on_table(Role::Alter, "The rows that are there are checked while others read and write.",
                 Op::ValidateConstraint);
    validate.sql = {alter() + "VALIDATE CONSTRAINT " + quote_identifier(name_)};
    validate.undo_note = "Nothing to undo: it changes no data.";
    validate.own_transaction = true;
    operations.push_back(std::move(validate));
  }

  void drop_after(const ObjectId& attached, Operations& operations) const {
    Operation operation =
        on_table(Role::Finish, "The bounds hold by themselves now.", Op::DropConstraint);
    operation.sql = {drop()};
    operation.undo = {add()};
    operation.finished = {attached};
    operations.push_back(std::move(operation));
  }

 private:
  Operation on_table(Role role, std::string why, Op op) const {
    Operation operation = make(role, checked_, Phase::Expand, std::move(why));
    operation.object = id();
    operation.refs = {checked_.id, key_};
    operation.span = {};  // the default partition's is in the other side's files
    operation.op = op;
    operation.relations = {sql_name(checked_.id)};
    return operation;
  }
  std::string alter() const { return "ALTER TABLE " + sql_name(checked_.id) + ' '; }
  std::string add() const {
    return alter() + "ADD CONSTRAINT " + quote_identifier(name_) + " CHECK (" + condition_ +
           ") NOT VALID";
  }
  std::string drop() const { return alter() + "DROP CONSTRAINT " + quote_identifier(name_); }

  const Table& partition_;
  const Table& checked_;
  ObjectId key_;
  std::string condition_, name_;
};

}  // namespace

BoundProof prove_bounds(const Table& partition, const Context& context) {
  BoundProof proof;
  const QualifiedName name{partition.id.schema, partition.id.name};
  const Table* parent = context.to.table(partition.partition_of);
  const Column* key =
      parent && !context.is_new(partition.partition_of) ? plain_key(*parent) : nullptr;
  if (!key || partition.bound.sql == "DEFAULT" ||
      context.change({Kind::Column, parent->id.schema, parent->id.name, key->name, {}}))
    return proof;
  const auto prove = [&](const Table& checked, bool inside, std::string why) {
    const std::string holds = condition(*key, partition.bound.sql, inside);
    if (holds.empty() || !is_plain_table(checked, context) ||
        context.size({checked.id.schema, checked.id.name}) != Size::Large)
      return false;
    const Check check(partition, checked, key->name, holds);
    check.add_before(std::move(why), context, proof.before);
    proof.checks.push_back(check.id());
    check.drop_after(partition.id, proof.after);
    return true;
  };
  // one that changes its bounds is written to under the old ones until then
  const Table* before = context.from.table(name);
  if (!context.is_new(name) && before->partition_of.empty())
    proof.of_partition =
        prove(partition, true,
              "The rows of the table are held to its bounds first, so that they need not be read "
              "under the lock of the attachment.");
  const auto others = context.default_partitions.find(partition.partition_of);
  if (others != context.default_partitions.end() && others->second->id != partition.id)
    proof.of_default = prove(*others->second, false,
                             "The default partition takes no rows of the new bounds from here on, "
                             "so that it need not be "
                             "read under the lock of the attachment.");
  return proof;
}

void collect_bound_proofs(Context& context) {
  std::set<ObjectId> left;
  for (const diff::Change& change : context.changes)
    if (change.id.kind == Kind::Constraint && change.action == diff::Action::Drop &&
        change.id.name.starts_with(kCheck))
      left.insert(change.id);
  if (left.empty()) return;
  for (const diff::Change& change : context.changes) {
    const Table* after = context.to.table({change.id.schema, change.id.name});
    if (change.id.kind != Kind::Table || !after || after->partition_of.empty()) continue;
    const Table* before = context.from.table({change.id.schema, change.id.name});
    if (change.action == diff::Action::Alter && before &&
        before->partition_of == after->partition_of && before->bound == after->bound)
      continue;  // it is attached already
    for (const ObjectId& check : prove_bounds(*after, context).checks)
      if (left.contains(check)) context.own_objects.insert(check);
  }
}

}  // namespace schemadiff::engine
