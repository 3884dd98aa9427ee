// DDL of sequences.
#include <fmt/format.h>

#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {

std::string sequence_options(const SequenceOptions& options) {
  return "AS " + options.type.sql + ' ' + sequence_parameters(options);
}

std::string sequence_parameters(const SequenceOptions& options) {
  return fmt::format("START WITH {} INCREMENT BY {} MINVALUE {} MAXVALUE {} CACHE {} {}",
                     options.start, options.increment, options.min, options.max, options.cache,
                     options.cycle ? "CYCLE" : "NO CYCLE");
}

Statements create_sql(const Sequence& sequence) {
  return {std::string(sequence.unlogged ? "CREATE UNLOGGED SEQUENCE " : "CREATE SEQUENCE ") +
          sql_name(sequence.id) + "\n  " + sequence_options(sequence.options)};
}

Statements owned_by_sql(const Sequence& sequence) {
  if (sequence.owned_by.table.empty()) return {};
  return {"ALTER SEQUENCE " + sql_name(sequence.id) + " OWNED BY " +
          quote_qualified(sequence.owned_by.table) + '.' +
          quote_identifier(sequence.owned_by.column)};
}

}  // namespace schemadiff::schema
