// Constraints of tables and of domains.
#include "schema/ddl/ddl.h"
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

// What the index of a primary key, unique or exclusion constraint says of it.
void take_index(Constraint& constraint, Index& index) {
  constraint.include = std::move(index.include);
  constraint.nulls_not_distinct = index.nulls_not_distinct;
  constraint.options = std::move(index.options);
  constraint.tablespace = std::move(index.tablespace);
  constraint.clustered = index.clustered;
  constraint.parent_index = std::move(index.parent_index);
  if (constraint.contype != 'x') return;
  constraint.method = std::move(index.method);
  constraint.elements = std::move(index.elements);
  constraint.predicate = std::move(index.predicate);
}

// The server puts a number behind a name that is taken.
bool chosen_by_server(std::string_view name, std::string_view first_choice) {
  return name.starts_with(first_choice) &&
         name.find_first_not_of("0123456789", first_choice.size()) == std::string_view::npos;
}

}  // namespace

void read_constraints(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Constraint constraint;
    Oid oid = rows.oid();
    std::string name = rows.text();
    constraint.contype = rows.letter();
    Oid table = rows.oid();
    Oid domain = rows.oid();
    constraint.deferrable = rows.flag();
    constraint.initially_deferred = rows.flag();
    constraint.validated = rows.is_null();
    rows.skip();
    constraint.no_inherit = rows.flag();
    constraint.enforced = rows.is_null();
    rows.skip();
    if (!constraint.enforced) constraint.validated = true;
    constraint.temporal = rows.flag();
    std::vector<int> columns = rows.numbers();
    if (std::string check = rows.text(); !check.empty())
      constraint.check.edit().sql = std::move(check);
    reading.describe(constraint, {catalogs::kConstraint, oid});
    if (domain != 0) {
      reading.domain_constraints[domain].push_back({std::move(name), std::move(constraint.check),
                                                    constraint.validated,
                                                    std::move(constraint.comment)});
      continue;
    }
    const RelationRow* relation = reading.relation(table);
    if (!relation) continue;
    constraint.id = child_id(Kind::Constraint, relation->name, std::move(name));
    Oid own_index = rows.oid();
    std::vector<Oid> operators = rows.oids();
    Oid referenced = rows.oid();
    std::vector<int> referenced_columns = rows.numbers();
    // CHECK and the index constraints have none; a PRIMARY KEY's NO INHERIT and a CHECK's columns
    // are not attributes.
    if (constraint.contype != 'c') constraint.no_inherit = false;
    if (constraint.contype == 'p' || constraint.contype == 'u' || constraint.contype == 'f') {
      constraint.columns = reading.column_names(table, columns);
    }
    if (auto found = reading.indexes.find(own_index);
        own_index != 0 && found != reading.indexes.end()) {
      take_index(constraint, found->second.index);
      for (std::size_t i = 0; i < constraint.elements.size() && i < operators.size(); ++i) {
        constraint.elements[i].op = at(reading.operators, operators[i]);
      }
      reading.indexes.erase(found);
      if (std::string comment = reading.comment({catalogs::kClass, own_index}); !comment.empty())
        constraint.index_comment = std::move(comment);
    }
    if (constraint.contype == 'f') {
      constraint.referenced_table = at(reading.relations, referenced).name;
      constraint.referenced_columns = reading.column_names(referenced, referenced_columns);
      constraint.on_update = rows.letter();
      constraint.on_delete = rows.letter();
      constraint.match = rows.letter();
      constraint.on_delete_columns = reading.column_names(table, rows.numbers());
      // which of several keys it rests on; analysis knows whether that is only an index
      if (std::string key = rows.text(); !key.empty())
        constraint.refs.push_back(
            child_id(Kind::Constraint, constraint.referenced_table, std::move(key)));
    }
    add(reading.catalog.constraints, std::move(constraint));
  }
}

void read_valid_checks(Rows& rows, Reading& reading) {
  while (rows.next()) {
    const Oid partition = rows.oid();
    reading.valid_checks[partition].push_back(rows.text());
  }
}

void read_not_null(Rows& rows, Reading& reading) {
  while (rows.next()) {
    const Oid oid = rows.oid();
    std::string name = rows.text();
    const Oid table = rows.oid();
    const Oid domain = rows.oid();
    ColumnRow* row = table != 0 ? reading.column(table, rows.number()) : (rows.skip(), nullptr);
    const std::string& comment = reading.comment({catalogs::kConstraint, oid});
    if (domain != 0) {
      if (chosen_by_server(name, default_not_null_name(at(reading.types, domain).name.name, {})))
        name.clear();
      reading.domain_not_null[domain] = {std::move(name), comment};
      continue;
    }
    const RelationRow* relation = reading.relation(table);
    if (!row || !relation) continue;
    Column& column = row->column;
    column.not_null_no_inherit = rows.flag();
    column.not_null_validated = rows.flag();
    if (!chosen_by_server(name, default_not_null_name(relation->name.name, column.name)))
      column.not_null_name = std::move(name);
    if (!comment.empty()) column.not_null_comment = comment;
  }
}

}  // namespace schemadiff::schema::introspection
