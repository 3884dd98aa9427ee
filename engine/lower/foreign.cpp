// Decides how foreign-data wrappers, servers and user mappings are altered.
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

template <class T>
void change_options(const T& before, const T& after, Operations& operations) {
  if (before.options == after.options) return;
  Operation operation = make(Role::Detail, after, Phase::Contract, "The options differ.");
  const std::string alter = "ALTER " + sql_address(after.id);
  operation.op = Op::AlterForeignOptions;
  operation.sql = {alter + changed_foreign_options(before.options, after.options)};
  operation.undo = {alter + changed_foreign_options(after.options, before.options)};
  operations.push_back(std::move(operation));
}

}  // namespace

void lower_alter(const ForeignDataWrapper& before, const ForeignDataWrapper& after,
                 const diff::Change& change, const Context&, Operations& operations) {
  if (changed(change, "handler") || changed(change, "validator")) {
    Operation operation =
        make(Role::Alter, after, Phase::Contract, "The functions of the wrapper differ.");
    operation.op = Op::AlterForeignOptions;
    operation.releases = before.refs;
    operation.sql = {"ALTER " + sql_address(after.id) + wrapper_functions(after)};
    operation.undo = {"ALTER " + sql_address(after.id) + wrapper_functions(before)};
    operations.push_back(std::move(operation));
  }
  change_options(before, after, operations);
}

void lower_alter(const ForeignServer& before, const ForeignServer& after,
                 const diff::Change& change, const Context&, Operations& operations) {
  if (changed(change, "version")) {
    const auto sql = [&](const ForeignServer& server) {
      return "ALTER " + sql_address(after.id) + " VERSION " +
             (server.version.empty() ? "NULL" : quote_literal(server.version));
    };
    Operation operation = make(Role::Detail, after, Phase::Expand, "The server's version differs.");
    operation.sql = {sql(after)};
    operation.undo = {sql(before)};
    operations.push_back(std::move(operation));
  }
  change_options(before, after, operations);
}

void lower_alter(const UserMapping& before, const UserMapping& after, const diff::Change&,
                 const Context&, Operations& operations) {
  change_options(before, after, operations);
}

}  // namespace schemadiff::engine
