// A table that vacuum passes by.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

bool switches_autovacuum_off(const Table& table) {
  return std::any_of(table.options.begin(), table.options.end(), [](const auto& option) {
    return option.first == "autovacuum_enabled" &&
           (option.second == "false" || option.second == "off" || option.second == "no" ||
            option.second == "0");
  });
}

}  // namespace

Verdict autovacuum_off(const Subject& s) {
  const bool sets = s.alters(Kind::Table, "storage parameters") &&
                    facts_of(s.operation.op).mode == facts_of(Op::SetTableOptions).mode;
  if ((!sets && !s.makes(Kind::Table)) || !switches_autovacuum_off(*s.after<Table>()))
    return kSilent;
  if (sets && switches_autovacuum_off(*s.before<Table>())) return kSilent;
  return fires(
      "Autovacuum passes the table by: dead rows stay, statistics grow old, and only the vacuum "
      "against wraparound still runs.");
}

}  // namespace schemadiff::engine::rules
