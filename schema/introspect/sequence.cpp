// Sequences of their own, and those of identity columns, which become part of the column.
#include "schema/ddl/ddl.h"
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {

void read_sequences(Rows& rows, Reading& reading) {
  while (rows.next()) {
    SequenceRow& row = reading.sequences[rows.oid()];
    row.options.type = reading.type(rows.oid());
    row.options.start = rows.integer();
    row.options.increment = rows.integer();
    row.options.min = rows.integer();
    row.options.max = rows.integer();
    row.options.cache = rows.integer();
    row.options.cycle = rows.flag();
    row.table = rows.oid();
    row.column = rows.number();
    row.identity = rows.letter() == 'i';
  }
}

void add_sequences(Reading& reading) {
  for (const auto& [oid, row] : reading.sequences) {
    const RelationRow* relation = reading.relation(oid);
    if (!relation) continue;
    if (row.identity) {
      if (ColumnRow* column = reading.column(row.table, row.column)) {
        column->column.identity_sequence = relation->name;
        column->column.identity_options = row.options;
        const std::string& owner = at(reading.roles, relation->owner);
        if (auto acl = effective_acl(relation->acl, owner, Kind::Sequence);
            acl != default_acl(Kind::Sequence))
          column->column.identity_acl = std::move(acl);
        if (reading.column_acls.contains(oid))
          reading.catalog.unmodelled.push_back(
              {"column", describe(object_id(Kind::Sequence, relation->name)), "privileges", {}});
        if (std::string comment = reading.comment({catalogs::kClass, oid}); !comment.empty())
          column->column.identity_comment = std::move(comment);
      }
      continue;
    }
    Sequence sequence;
    sequence.id = object_id(Kind::Sequence, relation->name);
    sequence.owner = at(reading.roles, relation->owner);
    sequence.acl = effective_acl(relation->acl, sequence.owner, Kind::Sequence);
    sequence.column_acls = at(reading.column_acls, oid);
    reading.describe(sequence, {catalogs::kClass, oid});
    sequence.options = row.options;
    sequence.unlogged = relation->persistence == 'u';
    if (const ColumnRow* column = reading.column(row.table, row.column)) {
      sequence.owned_by = {at(reading.relations, row.table).name, column->column.name};
    }
    add(reading.catalog.sequences, std::move(sequence));
  }
}

}  // namespace schemadiff::schema::introspection
