// Aggregates: pg_aggregate, with what routine.cpp has read of pg_proc.
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

std::optional<std::string> optional_text(Rows& rows) {
  if (!rows.is_null()) return rows.text();
  rows.skip();
  return std::nullopt;
}

TypeName optional_type(const Reading& reading, Oid type) {
  return type == 0 ? TypeName{} : reading.argument_type(type);
}

}  // namespace

void read_aggregates(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid oid = rows.oid();
    const Routine& routine = at(reading.routines, oid).routine;
    if (!reading.ours({catalogs::kProc, oid}, {routine.id.schema, routine.id.name})) continue;
    Aggregate aggregate;
    static_cast<Object&>(aggregate) = routine;
    aggregate.id.kind = Kind::Aggregate;
    aggregate.arguments = routine.arguments;
    aggregate.parallel = routine.parallel;
    auto function = [&] { return at(reading.functions, rows.oid()); };
    aggregate.aggkind = rows.letter();
    aggregate.direct_arguments = rows.number();
    aggregate.sfunc = function();
    aggregate.stype = reading.argument_type(rows.oid());
    aggregate.sspace = rows.number();
    aggregate.finalfunc = function();
    aggregate.finalfunc_extra = rows.flag();
    aggregate.finalfunc_modify = rows.letter();
    aggregate.combinefunc = function();
    aggregate.serialfunc = function();
    aggregate.deserialfunc = function();
    aggregate.initcond = optional_text(rows);
    aggregate.msfunc = function();
    aggregate.minvfunc = function();
    aggregate.mstype = optional_type(reading, rows.oid());
    aggregate.msspace = rows.number();
    aggregate.mfinalfunc = function();
    aggregate.mfinalfunc_extra = rows.flag();
    aggregate.mfinalfunc_modify = rows.letter();
    aggregate.minitcond = optional_text(rows);
    aggregate.sortop = at(reading.operators, rows.oid());
    aggregate.forget_absent_finals();
    add(reading.catalog.aggregates, std::move(aggregate));
  }
}

}  // namespace schemadiff::schema::introspection
