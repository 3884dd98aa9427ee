// Decides how text search dictionaries and configurations are altered.
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

void push(const Object& before, const Object& after, Statements sql, Statements undo,
          Operations& operations) {
  Operation operation = make(Role::Alter, after, Phase::Contract, "The definition differs.");
  operation.releases = before.refs;
  operation.sql = std::move(sql);
  operation.undo = std::move(undo);
  operations.push_back(std::move(operation));
}

}  // namespace

void lower_alter(const TextSearchDictionary& before, const TextSearchDictionary& after,
                 const diff::Change& change, const Context&, Operations& operations) {
  if (changed(change, "options"))
    push(before, after, dictionary_options_sql(after.id, before.options, after.options),
         dictionary_options_sql(after.id, after.options, before.options), operations);
}

void lower_alter(const TextSearchConfiguration& before, const TextSearchConfiguration& after,
                 const diff::Change& change, const Context&, Operations& operations) {
  if (changed(change, "mappings"))
    push(before, after, text_search_mappings_sql(after.id, before.mappings, after.mappings),
         text_search_mappings_sql(after.id, after.mappings, before.mappings), operations);
}

}  // namespace schemadiff::engine
