// Columns and constraints of tables, shared by CREATE TABLE and ALTER TABLE.
#pragma once

#include <string>
#include <vector>

#include "parser/statements/context.h"
#include "schema/owner.h"

namespace schemadiff::parser {

// A constraint as written: at a column, or of the table.
struct WrittenConstraint {
  const void* node = nullptr;  // raw Constraint
  std::string column;          // empty: of the table
  bool deferrable = false;
  bool initially_deferred = false;
};

struct WrittenColumn {
  schema::Column column;
  bool serial = false;
  const void* identity = nullptr;  // raw Constraint
  std::vector<WrittenConstraint> constraints;
};

// `column_def`: a raw ColumnDef of the table; its type may be missing (PARTITION OF, OF). Throws
// Missing.
WrittenColumn read_column(Context& context, const schema::Table& table, const void* column_def);

// A default as the server keeps it: NULL of a type without modifier is none. `type` is as
// format_type() spells it.
schema::Expr read_default(const Builder& builder, const void* expression, const std::string& type);

// Gives the sequence of an identity column the privileges that a new one has.
void take_default_privileges(Builder& builder, schema::Column& column);

// Gives a serial or identity column its sequence; the column's type is known. `identity`: a raw
// Constraint, or null.
void add_column_sequence(Context& context, schema::Table& table, schema::Column& column,
                         bool serial, const void* identity);

// The table must be in the catalog. `alter`: of ALTER TABLE, where NOT VALID counts.
void add_check(Context& context, schema::Table& table, const WrittenConstraint& written,
               bool alter);
void add_foreign_key(Context& context, schema::Table& table, const WrittenConstraint& written,
                     bool alter);
// Primary key, unique, exclusion; `recurse`: to partitions.
void add_index_constraint(Context& context, schema::Table& table, const WrittenConstraint& written,
                          bool recurse);
bool is_index_constraint(const void* constraint);
bool is_foreign_key(const void* constraint);
bool is_check(const void* constraint);

// CREATE TABLE … (LIKE …): `like` is a raw TableLikeClause. The columns that it copies for the
// table, then the rest, which needs the table in the catalog.
std::vector<schema::Column> like_columns(Context& context, const schema::Table& table,
                                         const void* like);
void add_like_rest(Context& context, schema::Table& table, const void* like);
void add_like_statistics(Context& context, const schema::Table& table, const schema::Table& source,
                         bool comments);

// Columns of parents, merged (MergeAttributes).
void inherit_columns(schema::Table& table, const schema::Table& parent);

// An element of an index, exclusion constraint: raw IndexElem. `name` gets what the index calls it.
schema::IndexElement read_index_element(const Builder& builder, const schema::Object& on,
                                        std::string_view method, const void* element,
                                        std::string& name);

// The table's check and foreign key constraints, by name.
schema::Constraint* find_constraint(Builder& builder, const schema::Table& table,
                                    const std::string& name);

// The column whose NOT NULL constraint has the name; null: none.
schema::Column* find_not_null(schema::Table& table, const std::string& name);
void drop_not_null(schema::Column& column);

// Calls f(constraint) for each constraint of the table; f may not remove it.
template <class F>
void for_each_constraint(Builder& builder, const schema::Table& table, F&& f) {
  schema::for_each_constraint(builder.catalog, {table.id.schema, table.id.name}, f);
}

// A bound that is the old type's becomes the new one's (sequence.c, init_params).
void retype_sequence(schema::SequenceOptions& sequence, std::string type);

// Sequence parameters: `options` is a raw list of DefElem. `fresh`: of CREATE.
void apply_sequence_options(const Builder& builder, schema::SequenceOptions& sequence,
                            const void* options, bool fresh);

}  // namespace schemadiff::parser
