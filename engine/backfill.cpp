#include "engine/backfill.h"

#include <fmt/format.h>

#include <algorithm>

#include "schema/quote.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

bool all_not_null(const Table& table, const std::vector<std::string>& columns) {
  return std::all_of(columns.begin(), columns.end(), [&](const std::string& name) {
    const Column* column = table.find(name);
    return column && column->not_null;
  });
}

// The columns with a prefix each, as a row: "(id)", "(a, b)".
std::string row(const std::vector<std::string>& columns, const std::string& prefix) {
  std::vector<std::string> names;
  for (const std::string& column : columns) names.push_back(prefix + quote_identifier(column));
  return '(' + fmt::format("{}", fmt::join(names, ", ")) + ')';
}

std::string by_key(const Backfill& backfill) {
  const std::string columns = row(backfill.key, "");
  const std::string names = columns.substr(1, columns.size() - 2);
  const std::string begin = row(backfill.key, "batch_begin.");
  const std::string end = row(backfill.key, "batch_end.");
  const std::string from_begin = columns + " >= " + begin;
  return fmt::format(
      R"(DO $schemadiff$
#variable_conflict use_column
DECLARE
  batch_begin record;
  batch_end record;
  more boolean;
BEGIN
  SELECT {names} INTO batch_begin FROM {table} ORDER BY {names} LIMIT 1;
  more := FOUND;
  WHILE more LOOP
    SELECT {names} INTO batch_end FROM {table} WHERE {columns} >= {begin} ORDER BY {names} OFFSET {rows} LIMIT 1;
    more := FOUND;
    IF more THEN
      {batch};
    ELSE
      {last_batch};
    END IF;
    COMMIT;
    batch_begin := batch_end;
  END LOOP;
END
$schemadiff$)",
      fmt::arg("names", names), fmt::arg("columns", columns),
      fmt::arg("table", quote_qualified(backfill.table)), fmt::arg("begin", begin),
      fmt::arg("rows", kBatchRows),
      fmt::arg("batch", update_of_part(backfill, from_begin + " AND " + columns + " < " + end)),
      fmt::arg("last_batch", update_of_part(backfill, from_begin)));
}

std::string by_pages(const Backfill& backfill) {
  const std::string part = fmt::format(
      "ctid >= pg_catalog.format('(%s,0)', first_page)::pg_catalog.tid AND ctid < "
      "pg_catalog.format('(%s,0)', first_page + {})::pg_catalog.tid",
      kBatchPages);
  return fmt::format(R"(DO $schemadiff$
#variable_conflict use_column
DECLARE
  batch_rows bigint;
  pass_rows bigint;
BEGIN
  FOR pass IN 1 .. {passes} LOOP
    pass_rows := 0;
    FOR first_page IN 0 .. pg_catalog.pg_relation_size({name}) / pg_catalog.current_setting('block_size')::bigint BY {pages} LOOP
      {batch};
      GET DIAGNOSTICS batch_rows = ROW_COUNT;
      pass_rows := pass_rows + batch_rows;
      COMMIT;
    END LOOP;
    EXIT WHEN pass_rows = 0;
  END LOOP;
END
$schemadiff$)",
                     fmt::arg("name", quote_literal(quote_qualified(backfill.table))),
                     fmt::arg("pages", kBatchPages), fmt::arg("passes", kPagePasses),
                     fmt::arg("batch", update_of_part(backfill, part)));
}

}  // namespace

Backfill backfill_of(const Table& table, const Catalog& catalog, std::string set,
                     std::string where) {
  Backfill backfill{{table.id.schema, table.id.name}, {}, std::move(set), std::move(where)};
  for (const auto& [id, constraint] : catalog.constraints) {
    if (id.schema != table.id.schema || id.parent != table.id.name) continue;
    const bool primary = constraint.contype == 'p';
    const bool unique = constraint.contype == 'u' && !constraint.deferrable &&
                        all_not_null(table, constraint.columns);
    if (primary || (unique && backfill.key.empty())) backfill.key = constraint.columns;
    if (primary) break;
  }
  return backfill;
}

std::string update_of_part(const Backfill& backfill, const std::string& part) {
  return fmt::format("UPDATE {} SET {} WHERE {} AND ({}) IS TRUE", quote_qualified(backfill.table),
                     backfill.set, part, backfill.where);
}

std::string backfill_sql(const Backfill& backfill) {
  return backfill.key.empty() ? by_pages(backfill) : by_key(backfill);
}

}  // namespace schemadiff::engine
