// A key that can run out of numbers.
#include <fmt/format.h>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

bool is_numbered(const Column& column) {
  return column.identity != '\0' || column.default_value->sql.find("nextval(") != std::string::npos;
}

}  // namespace

Verdict integer_key(const Subject& s) {
  const Constraint* key =
      s.makes(Kind::Constraint) && !s.replaced() ? s.after<Constraint>() : nullptr;
  const Table* table = key ? s.context.to.table(s.table()) : nullptr;
  if (!table || key->contype != 'p' || key->columns.size() != 1) return kSilent;
  const Column* column = table->find(key->columns.front());
  if (!column || !is_numbered(*column)) return kSilent;
  const double most = column->type.sql == "integer"    ? 2147483647
                      : column->type.sql == "smallint" ? 32767
                                                       : 0;
  if (most == 0) return kSilent;
  const TableFacts* facts = s.context.options.facts.find(s.table());
  const bool near = facts && facts->rows && *facts->rows > most / 2;
  return fires(fmt::format("{} is {}: inserts fail after number {:.0f}{}.", column->name,
                           column->type.sql, most, s.figures()),
               near ? Risk::High : Risk::Low);
}

}  // namespace schemadiff::engine::rules
