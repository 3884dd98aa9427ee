// Settings of a column that tables and materialized views have alike.
#pragma once

#include "engine/lower/column_type.h"
#include "schema/ddl/text.h"

namespace schemadiff::engine {

template <class C>
std::string storage_action(const C& column, const schema::Catalog& catalog) {
  return "SET STORAGE " +
         (column.storage.empty() ? default_storage(column.type, catalog) : *column.storage);
}

template <class C>
std::string compression_action(const C& column) {
  return "SET COMPRESSION " + (column.compression.empty() ? "default" : *column.compression);
}

// `alter` is "ALTER TABLE ONLY … ALTER COLUMN …"; `differs(name)` tells whether that attribute of
// Column does; `push(op, why, statements, undo)` takes a change.
template <class C, class Differs, class Push>
void lower_settings(const C& before, const C& after, const std::string& alter,
                    const Context& context, const Differs& differs, const Push& push) {
  using Sql = schema::Statements;
  const std::string statement = alter + ' ';
  if (differs("storage"))
    push(Op::SetStorage, "The column's storage differs.",
         Sql{statement + storage_action(after, context.to)},
         Sql{statement + storage_action(before, context.from)});
  if (differs("compression"))
    push(Op::SetCompression, "The column's compression differs.",
         Sql{statement + compression_action(after)}, Sql{statement + compression_action(before)});
  if (differs("statistics target"))
    push(Op::SetStatistics, "The column's statistics target differs.",
         Sql{statement + "SET STATISTICS " + std::to_string(after.statistics)},
         Sql{statement + "SET STATISTICS " + std::to_string(before.statistics)});
  if (differs("options"))
    push(Op::SetColumnOptions, "The column's options differ.",
         options_sql(alter, before.options, after.options),
         options_sql(alter, after.options, before.options));
}

}  // namespace schemadiff::engine
