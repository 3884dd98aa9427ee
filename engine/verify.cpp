#include "engine/verify.h"

#include <algorithm>
#include <map>
#include <set>

namespace schemadiff::engine {
namespace {

bool holds(const std::string& statement, std::string_view text) {
  return statement.find(text) != std::string::npos;
}

// "public.t c" of "ALTER TABLE public.t ADD CONSTRAINT c … NOT VALID" and of "… VALIDATE CONSTRAINT
// c".
std::string constraint_of(const std::string& statement, std::string_view verb) {
  const std::size_t at = statement.find(verb);
  if (!statement.starts_with("ALTER TABLE ") || at == std::string::npos) return {};
  std::string table = statement.substr(12, at - 12);
  if (table.starts_with("ONLY ")) table.erase(0, 5);
  while (!table.empty() && (table.back() == ' ' || table.back() == '\n')) table.pop_back();
  const std::size_t name = at + verb.size();
  const std::size_t end = statement[name] == '"' ? statement.find('"', name + 1) + 1
                                                 : statement.find_first_of(" \n", name);
  return table + ' ' + statement.substr(name, end - name);
}

void verify_transaction(const std::vector<const Step*>& steps, std::vector<std::string>& wrong) {
  std::set<std::string> unproved;
  bool adds_value = false;
  std::size_t statements = 0;
  for (const Step* step : steps) {
    for (const std::string& statement : step->sql) {
      ++statements;
      if (runs_alone(statement) && step->in_transaction)
        wrong.push_back(step->id + " cannot run in a transaction block.");
      if (runs_alone(statement) && step->sql.size() > 1)
        wrong.push_back(step->id + " has more statements beside one that has to stand alone.");
      if (statement.ends_with(" NOT VALID"))
        unproved.insert(constraint_of(statement, "ADD CONSTRAINT "));
      const std::string validated = constraint_of(statement, "VALIDATE CONSTRAINT ");
      if (!validated.empty() && unproved.contains(validated))
        wrong.push_back(step->id + " validates a constraint in the transaction that adds it.");
      adds_value =
          adds_value || (statement.starts_with("ALTER TYPE ") && holds(statement, " ADD VALUE "));
    }
  }
  if (adds_value && statements > 1)
    wrong.push_back(steps.front()->id + " adds a value to an enum, which is not alone.");
}

// From where on a table's size counts, in seconds of work on it.
constexpr double kMoment = 1;

bool takes_long(const Step& step) {
  return (step.lock.scans || step.lock.rewrites) && (!step.seconds || *step.seconds > kMoment);
}

bool tells(const Step& step, std::string_view rule) {
  return std::any_of(step.rules.begin(), step.rules.end(),
                     [&](const RuleHit& hit) { return hit.rule == rule; });
}

// Who waits for an ACCESS EXCLUSIVE lock waits for all that its transaction does after.
void verify_holds(const std::vector<const Step*>& steps, std::vector<std::string>& wrong) {
  std::set<std::string> held;
  for (const Step* step : steps) {
    const std::vector<std::string>& own = step->lock.relations;
    const bool holds_others = std::any_of(held.begin(), held.end(), [&](const auto& relation) {
      return std::find(own.begin(), own.end(), relation) == own.end();
    });
    if (holds_others && takes_long(*step) && !tells(*step, "behind-exclusive-lock"))
      wrong.push_back(step->id + " takes long behind the ACCESS EXCLUSIVE locks of earlier steps.");
    if (step->lock.blocks_reads) held.insert(own.begin(), own.end());
  }
}

}  // namespace

bool runs_alone(const std::string& statement) {
  const bool index = statement.starts_with("CREATE INDEX ") ||
                     statement.starts_with("CREATE UNIQUE INDEX ") ||
                     statement.starts_with("DROP INDEX ");
  if (index) return holds(statement.substr(0, 40), " INDEX CONCURRENTLY ");
  if (statement.starts_with("ALTER TABLE ") && holds(statement, " DETACH PARTITION "))
    return statement.ends_with(" CONCURRENTLY");
  return statement.starts_with("DO ") && holds(statement, "COMMIT;");
}

std::vector<std::string> verify(const Plan& plan) {
  std::vector<std::string> wrong;
  std::map<int, std::vector<const Step*>> transactions;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Step& step = plan.steps[i];
    if (i > 0 && step.phase < plan.steps[i - 1].phase)
      wrong.push_back(step.id + " is of an earlier phase than the step before it.");
    if (i > 0 && step.transaction < plan.steps[i - 1].transaction)
      wrong.push_back(step.id + " is of a transaction that has ended.");
    for (const std::size_t earlier : step.after)
      if (earlier >= i) wrong.push_back(step.id + " follows a step that comes later.");
    if (step.sql.empty()) wrong.push_back(step.id + " has no statement.");
    if (step.undo.empty() && step.undo_note.empty())
      wrong.push_back(step.id + " has neither an undo nor a reason why there is none.");
    for (const std::string& statement : step.sql)
      // A type and the functions that it is made of, or an index and the constraints of partitions
      // that it rests on, cannot be dropped in any other way.
      if (statement.starts_with("DROP ") && statement.ends_with(" CASCADE") &&
          !statement.starts_with("DROP TYPE ") && !statement.starts_with("DROP INDEX "))
        wrong.push_back(step.id + " drops with CASCADE.");
    transactions[step.transaction].push_back(&step);
  }
  for (const auto& [number, steps] : transactions) {
    verify_transaction(steps, wrong);
    verify_holds(steps, wrong);
    for (const Step* step : steps)
      if (!step->in_transaction && steps.size() > 1)
        wrong.push_back(step->id + " shares its transaction though it has to run alone.");
  }
  return wrong;
}

}  // namespace schemadiff::engine
