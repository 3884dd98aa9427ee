// Decides how schemas and extensions are altered.
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

void lower_alter(const Schema&, const Schema&, const diff::Change&, const Context&, Operations&) {}

void lower_alter(const Extension& before, const Extension& after, const diff::Change& change,
                 const Context&, Operations& operations) {
  const std::string alter = "ALTER EXTENSION " + quote_identifier(after.id.name);
  if (changed(change, "schema")) {
    Operation operation =
        make(Role::Alter, after, Phase::Contract, "The extension moves to another schema.");
    operation.sql = {alter + " SET SCHEMA " + quote_identifier(after.schema)};
    operation.undo = {alter + " SET SCHEMA " + quote_identifier(before.schema)};
    operation.retypes = true;  // undo makes what named its objects by the old schema after it
    operations.push_back(std::move(operation));
  }
  if (changed(change, "version")) {
    Operation operation = make(Role::Alter, after, Phase::Expand,
                               "The extension is at version " + before.version + ".");
    operation.sql = {alter + " UPDATE TO " + quote_literal(after.version)};
    set_irreversible(operation,
                     "Extensions seldom come with scripts that lead back to an older version.");
    operations.push_back(std::move(operation));
  }
}

}  // namespace schemadiff::engine
