// Published rows that nothing tells apart.
#include <algorithm>

#include "engine/hints.h"
#include "engine/rules/rule.h"
#include "schema/quote.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

// The first table without an identity that the publication has and `before` has not; null: none.
const Table* first_without_identity(const Publication& publication, const Publication* before,
                                    const Context& context) {
  const auto lacks = [&](const Table& table) {
    return table.server.empty() && !table.unlogged &&
           !has_replica_identity(table, context.new_children);
  };
  for (const PublishedTable& entry : publication.tables) {
    const bool had = before && std::any_of(before->tables.begin(), before->tables.end(),
                                           [&](const auto& e) { return e.table == entry.table; });
    const Table* table = context.to.table(entry.table);
    if (!had && table && lacks(*table)) return table;
  }
  if (!publication.all_tables && publication.schemas.empty()) return nullptr;
  if (before && before->all_tables) return nullptr;
  for (const auto& [id, table] : context.to.tables) {
    const auto in = [&schema = id.schema](const std::vector<std::string>& schemas) {
      return std::find(schemas.begin(), schemas.end(), schema) != schemas.end();
    };
    const bool had = before && in(before->schemas);
    if (!had && (publication.all_tables || in(publication.schemas)) && lacks(table)) return &table;
  }
  return nullptr;
}

}  // namespace

Verdict publish_without_identity(const Subject& s) {
  const bool adds = s.operation.op == Op::AddToPublication && s.alters(Kind::Publication);
  if (!adds && !s.makes(Kind::Publication)) return kSilent;
  const Publication& publication = *s.after<Publication>();
  const std::vector<std::string>& operations = publication.operations;
  if (std::none_of(operations.begin(), operations.end(),
                   [](const auto& o) { return o == "update" || o == "delete"; }))
    return kSilent;
  const Table* table = first_without_identity(publication, s.before<Publication>(), s.context);
  if (!table) return kSilent;
  return fires(quote_qualified({table->id.schema, table->id.name}) +
               " has neither a primary key nor another replica identity: its updates and deletes "
               "fail from now on.");
}

}  // namespace schemadiff::engine::rules
