// What the lowering of columns shares.
#pragma once

#include <functional>

#include "engine/lower/lower.h"

namespace schemadiff::engine {

struct ColumnChange {
  const diff::Change& change;
  const Context& context;
  const schema::Table& table;  // of `to`, or of `from` when the column is dropped
  const schema::Column* before;
  const schema::Column* after;
};

// Operations on a column; those that look at its definition carry its references.
Operation operation_on(const ColumnChange& c, Role role, Phase phase, std::string why, Op op);

// The same on one part of the table: its relations are empty, for the caller to name.
Operation operation_on_part(const ColumnChange& c, Role role, Phase phase, std::string why, Op op);

// The change with which the server changes this column too (tablecmds.c, typecmds.c recurse to
// children and to typed tables): that of the parent's column of the same name, or of the type of a
// typed table. Null: none.
const diff::Change* carrier(const ColumnChange& c, std::string_view attribute);

// Of a column that takes the place of another, which may have a default of its own until then.
inline constexpr const char* kDefaultAfterRename =
    "Only the new application writes from here on: the new column takes the default.";

// SET or DROP DEFAULT of this column, alone or with those of its children.
std::string default_sql(const schema::ObjectId& id, const schema::Column& column, bool only = true);

// Whether each row gets a value of its own.
bool has_volatile_default(const schema::Column& column, const schema::Catalog& catalog);

// Whether a value of the type has to be checked, so that even NULL is written to every row
// (tablecmds.c, ATExecAddColumn).
bool has_checks(const schema::TypeName& type, const schema::Catalog& catalog);

// Whether it is a domain that is NOT NULL, or stands on one.
bool refuses_null(const schema::TypeName& type, const schema::Catalog& catalog);

// ADD COLUMN with all that goes with it.
schema::Statements add_column(const schema::Table& table, const schema::Column& column,
                              const Context& context, bool with_privileges);
std::string drop_column(const schema::Table& table, const schema::Column& column);

// Settings, comments, labels and privileges that the columns below the table's have beside those of
// theirs, on the column `as` that takes the place. `heirs`: of `from` or `to`, as the column is.
schema::Statements details_below(const schema::Table& table, const schema::Column& column,
                                 const schema::Column& as, const Heirs& heirs, const Context&);

// Puts the column's NOT NULL on it while it is there; before version 18 there is but the one form.
std::string set_not_null(const ColumnChange& c, const schema::Column& column, bool only = false);

// The primary key of the table in `from` that the column is a part of; null: none.
const schema::Constraint* primary_key_with(const schema::Table& table, const std::string& column,
                                           const Context& context);

bool is_not_null_in(const schema::Catalog& catalog, const schema::Table& table,
                    const std::string& column);

// DROP NOT NULL reaches the tables that inherit the column. Where `keeps` says of one that it stays
// as it is, the others, which lose theirs one by one; none: one statement is for all.
using Apart = std::optional<std::vector<const schema::Table*>>;
using KeepsNotNull = std::function<bool(const schema::Table&)>;
Apart going_apart(const ColumnChange& c, const KeepsNotNull& keeps);
// The statements, and the tables that they lock.
void take_not_null(const ColumnChange& c, const Apart& apart, Operation& operation);

// A check that a column is not NULL. Once it is validated it spares SET NOT NULL its scan
// (tablecmds.c, NotNullImpliedByRelConstraints).
class NotNullCheck {
 public:
  NotNullCheck(const schema::Table& table, const std::string& column);
  std::string add() const;  // NOT VALID
  std::string validate() const;
  std::string drop() const;

 private:
  std::string alter_, column_, name_;
};

void lower_add(const ColumnChange& c, Operations& operations);
void lower_drop(const ColumnChange& c, Operations& operations);
void lower_identity(const ColumnChange& c, Operations& operations);
// The column shall not be NULL, from `phase` on.
void lower_set_not_null(const ColumnChange& c, Phase phase, Operations& operations);
void lower_drop_not_null(const ColumnChange& c, Operations& operations);
// What the NOT NULL constraint is like that both have.
void lower_not_null(const ColumnChange& c, Operations& operations);
// The column changes its type by way of a new column (Context::retypes_online).
void lower_retyped_online(const ColumnChange& c, Operations& operations);
// The old column of such a one, from their exchange on.
schema::ObjectId set_aside_by_retype(schema::ObjectId column);
// A column whose rows get their values by a backfill: from a hint, or from a default that the
// server would compute row by row under a lock. Throws Error for a hint that cannot be followed,
// and where rows are known to need one.
bool is_filled(const ColumnChange& c);
void lower_filled_add(const ColumnChange& c, Operations& operations);
// The same from where the column is there: its values, NOT NULL, identity.
void lower_rest_of_fill(const ColumnChange& c, Operations& operations);
// A column that is there shall not be NULL: a hint says what its NULLs become.
void lower_fill_nulls(const ColumnChange& c, Operations& operations);
// Columns that stay, of an enum that gains these values: a hint that names one of them says what
// their NULLs become. (It is followed once, since the values are new but once.)
void lower_fill_with_new_values(const schema::ObjectId& type,
                                const std::vector<std::string>& new_values, const Context& context,
                                Operations& operations);
// Both sides of a rename by way of a new column.
void lower_renamed_add(const ColumnChange& c, Operations& operations);
void lower_renamed_drop(const ColumnChange& c, Operations& operations);

// Brings the rows of the column's table up to date in batches, partition by partition. `set` is
// asked for the assignment in each table, which its name stands for.
using AssignIn = std::function<std::string(const schema::Table&)>;
void lower_backfill(const ColumnChange& c, const AssignIn& set, const std::string& where,
                    const std::string& why, Operations& operations);

// The same at once, as an undo; by pages, since which keys stand then is not known.
schema::Statements backfill_again(const ColumnChange& c, const AssignIn& set,
                                  const std::string& where);

}  // namespace schemadiff::engine
