// What the makers of random pieces draw from: choices, names, types and expressions.
#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/judges/random_schema.h"

namespace schemadiff::testing {

// A text with the keys that it needs.
struct Sql {
  std::string text;
  std::vector<std::string> needs;
};

struct Type {
  std::string text;
  std::string family;
  std::vector<std::string> needs;
};

struct World {
  std::mt19937 random;
  Schema pieces;
  std::vector<unsigned>* tape = nullptr;  // of the piece that is being made
  std::size_t at = 0;
  int names = 0;

  // A choice out of `count`; the tape's, while it has one.
  std::size_t pick(std::size_t count);
  bool one_in(std::size_t count) { return pick(count) == 0; }
  template <class T>
  const T& any(const std::vector<T>& list) {
    return list[pick(list.size())];
  }

  // The piece that is being made is not among them.
  std::vector<const Piece*> of_kind(const std::string& kind) const;
  const Piece* find(const std::string& key) const;
};

std::string join(const std::vector<std::string>& parts, const std::string& between = ", ");
void append(std::vector<std::string>& needs, const std::vector<std::string>& more);
bool starts_with_any(const std::string& family, const std::vector<std::string>& prefixes);

// Names and keys.
std::string schema_of(const std::string& name);
std::string last_of(const std::string& name);  // without its schema
// Gives a new piece a name ("app.t7"), and every piece its need of the schema.
void name_it(World& world, Piece& piece, const std::string& prefix);
std::string relation_key(const std::string& name);

// The relation that the piece stands on: its own, or one of those kinds. Null: there is none.
const Piece* stand_on(World& world, Piece& piece, const std::vector<std::string>& kinds);

// Types.
Type any_type(World& world);
bool is_sortable(const std::string& family);   // has a btree operator class
bool is_groupable(const std::string& family);  // has equality
std::string literal(World& world, const Type& type, std::vector<std::string>& needs);

// All fields of a relation, inherited ones included, by its key.
std::vector<Field> fields_of(const World& world, const std::string& relation);
std::vector<Field> sortable_of(const World& world, const std::string& relation);
// The key of a column that is "plain" (not generated), or of a type.
std::string aspect(const Field& field, const std::string& what);
std::vector<Field> qualified(std::vector<Field> fields, const std::string& prefix);

// A condition on the fields; without fields, a constant one. Immutable when it is to be stored.
Sql condition(World& world, const std::vector<Field>& fields, bool immutable, int depth = 2);
// A value made of a field: "lower(name)". Its family is the second.
struct Value : Sql {
  std::string family;
};
std::optional<Value> computed(World& world, const std::vector<Field>& fields, bool immutable);

// Adds a piece of a maker's; false when the maker has nothing to make it of.
bool add(World& world, Maker maker);
// Makes a piece once more from its tape, for the world as it is now.
bool remake(World& world, std::size_t piece);

// The makers, by file.
bool make_schema(World&, Piece&);
bool make_enum(World&, Piece&);
bool make_domain(World&, Piece&);
bool make_composite(World&, Piece&);
bool make_range(World&, Piece&);
bool make_sequence(World&, Piece&);
bool make_table(World&, Piece&);
bool make_partition(World&, Piece&);
bool make_child(World&, Piece&);
bool make_column(World&, Piece&);
bool make_row_security(World&, Piece&);
bool make_owned_by(World&, Piece&);
bool make_primary_key(World&, Piece&);
bool make_unique(World&, Piece&);
bool make_check(World&, Piece&);
bool make_foreign_key(World&, Piece&);
bool make_exclusion(World&, Piece&);
bool make_index(World&, Piece&);
bool make_replica_identity(World&, Piece&);
bool make_view(World&, Piece&);
bool make_materialized_view(World&, Piece&);
bool make_function(World&, Piece&);
bool make_query_function(World&, Piece&);
bool make_procedure(World&, Piece&);
bool make_trigger_function(World&, Piece&);
bool make_aggregate(World&, Piece&);
bool make_trigger(World&, Piece&);
bool make_trigger_state(World&, Piece&);
bool make_policy(World&, Piece&);
bool make_toast_option(World&, Piece&);
bool make_statistics(World&, Piece&);
bool make_rule(World&, Piece&);
bool make_typed_table(World&, Piece&);
bool make_collation(World&, Piece&);
bool make_operator(World&, Piece&);
bool make_cast(World&, Piece&);
bool make_operator_class(World&, Piece&);
bool make_conversion(World&, Piece&);
bool make_dictionary(World&, Piece&);
bool make_configuration(World&, Piece&);
bool make_wrapper(World&, Piece&);
bool make_server(World&, Piece&);
bool make_user_mapping(World&, Piece&);
bool make_foreign_table(World&, Piece&);
bool make_publication(World&, Piece&);
bool make_event_trigger(World&, Piece&);
bool make_default_privileges(World&, Piece&);
bool make_comment(World&, Piece&);
bool make_grant(World&, Piece&);
bool make_owner(World&, Piece&);

}  // namespace schemadiff::testing
