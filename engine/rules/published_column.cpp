// Columns that subscribers have or lack.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict published_column(const Subject& s) {
  if (s.operation.object.kind != Kind::Column || s.operation.sql.empty()) return kSilent;
  const std::string& column = s.operation.object.name;
  if (!s.context.is_published(s.table(), column) || s.on_new_table()) return kSilent;
  if (s.makes(Kind::Column))
    return fires(
        "The table is published: subscribers need the column first, else their replication stops "
        "at the next change of the table.");
  if (s.drops_for_good(Kind::Column))
    return fires(
        "The table is published: the column of the subscribers stays, and gets its default from "
        "now on.");
  if (s.retypes_column())
    return fires(
        "The table is published: the column of the subscribers has to take values of the new type "
        "first, else their replication stops.");
  return kSilent;
}

}  // namespace schemadiff::engine::rules
