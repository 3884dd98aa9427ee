// Decides how the type of a column changes: what the change does to the values, and the statement
// for it.
#pragma once

#include "engine/lower/lower.h"

namespace schemadiff::engine {

enum class Retype : unsigned char {
  Compatible,  // the stored values stay as they are: no rewrite
  Widening,    // rewritten; every value fits
  Narrowing,   // rewritten; some values may not fit
};

// `before` and `after` as TypeName. What is not known is Narrowing.
Retype classify_retype(const schema::TypeName& before, const schema::TypeName& after);

// Whether the column's new type, as the change has it, has all values of the old one.
bool every_value_fits(const diff::Change& change, const schema::TypeName& before,
                      const schema::TypeName& after);

// The expression that carries a value over, to be assigned to a column of the type `after`: where
// that has a length, the assignment refuses what is too long, which a cast would cut off. `column`
// is an expression that needs no parentheses.
std::string conversion(const std::string& column, const schema::TypeName& before,
                       const schema::TypeName& after);

// The value that the assignment leads to, to be compared with what is there; too long where it is
// refused.
std::string converted(const std::string& column, const schema::TypeName& before,
                      const schema::TypeName& after);

// Whether a query that works with the one type works with the other: both are numbers, text or
// times.
bool same_family(const schema::TypeName& before, const schema::TypeName& after);

// The column's type while the type that it is, or is an array of, has another name; as it is where
// that is another one. While columns move, the old form of a type is old_type_name.
schema::TypeName under_name(const schema::TypeName& column_type, const schema::ObjectId& type,
                            const std::string& name);

// Of an undo, where merges_values.
inline constexpr const char* kMergedValues =
    "Which rows had which of the values that became one is not known any more.";

// The domain of this name; null: the type is none.
const schema::Domain* find_domain(const schema::TypeName& type, const schema::Catalog& catalog);

// What a domain stands on, at the bottom; of another type, itself.
schema::TypeName stored_type(schema::TypeName type, const schema::Catalog& catalog);

// Whether any change of the column's type builds indexes again: those of a partitioned table have
// no storage that the new ones could take over, and of what is computed the server does not know
// whether it stays (tablecmds.c, TryReuseIndex; indexcmds.c, CheckIndexCompatible).
bool rebuilds_index(const schema::ObjectId& column, const Context&);

// "plain" "main" "extended": what a column of the type has when nothing is said.
std::string default_storage(const schema::TypeName& type, const schema::Catalog& catalog);

struct RetypedColumn {
  const diff::Change& change;
  const Context& context;
  const schema::Table& table;
  const schema::Column& before;
  const schema::Column& after;
  bool default_elsewhere;  // another change drops and sets the default
};

// Fills in the statement, undo, risk and phase of an operation that alters the column's type.
void lower_retype(const RetypedColumn& column, Operation& operation);

}  // namespace schemadiff::engine
