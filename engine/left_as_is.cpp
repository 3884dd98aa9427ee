// Notes what a comparison finds and PostgreSQL has no statement for.
#include "engine/left_as_is.h"

#include <algorithm>

#include "engine/lower/table.h"
#include "schema/quote.h"

namespace schemadiff::engine {
namespace {

using namespace schema;

// pg_attribute.attislocal of a column that is inherited: whether it is also the table's own, and
// stays when the parent's goes. Nothing but making the table again could change it.
void note_inheritance(const Context& context, std::vector<std::string>& notes) {
  for (const auto& [id, after] : context.to.tables) {
    const Table* before = context.from.table({id.schema, id.name});
    if (!before || after.inherits.empty() || context.goes_away(id)) continue;
    const auto comes_from_parent = [&, &parents = after.inherits](const Column& column) {
      return std::ranges::any_of(parents, [&](const QualifiedName& parent) {
        const Table* found = context.to.table(parent);
        return found && found->find(column.name) &&
               std::ranges::find(before->inherits, parent) != before->inherits.end();
      });
    };
    for (const Column& column : after.columns) {
      const Column* old = before->find(column.name);
      const bool local = old ? old->local : !comes_from_parent(column);
      if (local == column.local) continue;
      notes.push_back((old ? "Left as it is: column " : "Not as it shall be: column ") +
                      sql_name(id) + '.' + quote_identifier(column.name) +
                      (local ? " is the table's own beside being inherited, and shall be "
                               "inherited only."
                             : " is inherited only, and shall be the table's own, too."));
    }
  }
}

// The same of checks (pg_constraint.conislocal).
void note_inherited_checks(const Context& context, std::vector<std::string>& notes) {
  for (const auto& [id, check] : context.to.constraints) {
    const Table* table = context.to.table({id.schema, id.parent});
    if (check.local || !table || table->inherits.empty()) continue;
    notes.push_back(
        std::string(context.from.find(id) ? "Left as it is: " : "Not as it shall be: ") +
        describe(id) + " is the table's own beside being inherited, and shall be inherited only.");
  }
}

void note_privileges_of_server(const Context& context, std::vector<std::string>& notes) {
  if (!context.options.compare.privileges) return;
  const auto count = std::ranges::count_if(context.from.member_privileges, [&](const auto& entry) {
    return diff::is_left_alone(entry.second, context.to);
  });
  if (count > 0)
    notes.push_back("Left alone: privileges on " + std::to_string(count) +
                    " of the server's own objects, of which the desired schema says nothing.");
}

void note_order_of_parents(const Context& context, std::vector<std::string>& notes) {
  for (const auto& [id, after] : context.to.tables) {
    const Table* before = context.from.table({id.schema, id.name});
    if (!before || before->inherits == after.inherits || context.goes_away(id)) continue;
    auto [parents, left, again, joined] = new_parents(*before, after, context);
    parents.insert(parents.end(), joined.begin(), joined.end());
    if (parents == after.inherits) continue;
    notes.push_back("Left as it is: " + describe(id) +
                    " has its parents in another order, and columns or checks from them alone.");
  }
}

// A partitioned table has no storage: SET LOGGED and UNLOGGED do nothing (tablecmds.c,
// ATRewriteTables), and from 18 on they are refused.
void note_persistence(const Context& context, std::vector<std::string>& notes) {
  for (const auto& [id, after] : context.to.tables) {
    const Table* before = context.from.table({id.schema, id.name});
    if (!before || before->unlogged == after.unlogged || context.goes_away(id)) continue;
    if (before->partition_key.strategy.empty() || after.partition_key.strategy.empty()) continue;
    notes.push_back("Left as it is: " + describe(id) + (before->unlogged ? " is" : " is not") +
                    " marked UNLOGGED, which means nothing for a partitioned table.");
  }
}

}  // namespace

std::vector<std::string> left_as_is(const Context& context) {
  std::vector<std::string> notes;
  note_inheritance(context, notes);
  note_inherited_checks(context, notes);
  note_order_of_parents(context, notes);
  note_privileges_of_server(context, notes);
  note_persistence(context, notes);
  return notes;
}

}  // namespace schemadiff::engine
