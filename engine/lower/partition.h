// What the lowering of partitions and of their indexes shares.
#pragma once

#include <string_view>
#include <vector>

#include "engine/lower/table.h"

namespace schemadiff::engine {

// Whether partitions of these bounds ("DEFAULT", "FOR VALUES …") of one table have no row in
// common, as far as the texts tell: false may be wrong.
bool bounds_are_apart(std::string_view a, std::string_view b);

// The values of the list in brackets after `word` in a bound: "FROM (". Empty: there is none.
std::vector<std::string_view> bound_values(std::string_view bound, std::string_view word);

// What is done so that ATTACH does not read tables under its lock: checks of the bounds, validated
// before and dropped after.
struct BoundProof {
  Operations before, after;
  bool of_partition = false, of_default = false;  // which need not be read
  std::vector<schema::ObjectId> checks;
};
BoundProof prove_bounds(const schema::Table& partition, const Context&);
// Puts such checks that an earlier run has left into context.own_objects.
void collect_bound_proofs(Context& context);

// The table becomes a partition of its parent, with everything that has to be there before.
void lower_attach(const schema::Table& partition, const Context&, Operations&);
std::string detach_sql(const schema::Table& partition);

// ATTACH PARTITION, and when triggers from above fire in the partition and in those that are
// attached with it, where that differs: on the way there (`side` is context.to) or back. Not of
// triggers that come or go in this plan, which bring it themselves. Empty where it is no partition.
schema::Statements attach_with_states(const schema::Table& partition, const schema::Catalog& side,
                                      const Context&);

// The operation on a partition follows the changes of columns, checks and foreign keys that come
// down to it from the tables above.
void follow_what_comes_down(const schema::Table& partition, const Context&, Operation&);

// What a partition has to have before it is attached: its parents' check constraints
// (tablecmds.c, MergeConstraintsIntoExisting). The catalog is `from` (for undo) or `to`.
schema::Statements inherited_checks(const schema::Table& partition, const schema::Catalog&,
                                    const Context&);

// The check is made NOT VALID: the partitions of today that shall be known to keep it are validated.
void validate_in_partitions(const schema::Constraint& check, const Context&, Operations&);

// The same where the check stays.
void lower_valid_checks(const schema::Table& before, const schema::Table& after, const Context&,
                        Operations&);

// For undo: the constraint, and what was known of it in the partitions.
schema::Statements made_as_it_was(const schema::Constraint&, const Context&);

// Quoted names: the default partition beside it, if it is another, and what is below that: what it
// may hold follows from the bounds of all others.
schema::Statements default_beside(const schema::Table& partition, const Context&);

// Quoted names: the tables of today that the foreign keys of the table refer to.
schema::Statements referenced_tables(const schema::QualifiedName& table, const schema::Catalog&,
                                     const Context&);

// Quoted names: the tables of today that refer to the table or to one above it.
schema::Statements referring_tables(const schema::QualifiedName& table, const Context&);

// Whether such a foreign key stays when the partition leaves: the server drops no partition then
// that is not detached, and looks for rows that refer to it.
bool is_referred_to(const schema::Table& partition, const Context&);

// What the detachment of the partition does to the tables that refer to it. It follows the drop of
// foreign keys that go.
void lock_referring_tables(const schema::Table& partition, const Context&, Operation& detach);

// The foreign key comes after the partitions that leave the table that it refers to.
void follow_leaving_partitions(const schema::Constraint& key, const Context&, Operation& add);

// The partitions (or children) of a table and theirs, by level; `heirs` are a catalog's.
std::vector<const schema::Table*> all_below(const schema::Table& table, const Heirs& heirs);

// The same with the table itself, which is the first.
std::vector<const schema::Table*> with_all_below(const schema::Table& table, const Heirs& heirs);

// Whether the table is a partition today and is detached to stay, alone or elsewhere.
bool leaves_partitioned_table(const schema::QualifiedName& table, const Context&);

// Whether the table is there today and is attached in this plan, to a table that it is no partition
// of today: undo detaches it.
bool joins_partitioned_table(const schema::QualifiedName& table, const Context&);

// The table of `from`, or the partitions that hold its rows; not those that leave it.
std::vector<const schema::Table*> tables_with_rows(const schema::QualifiedName& table,
                                                   const Context&);

// Whether partitions have the foreign key of their table before it.
bool goes_by_partitions(const schema::Constraint& key, const Context&);

// `taking_over` is the operation that adds the key to the table.
void add_by_partitions(const schema::Constraint& key, const Operation& taking_over, const Context&,
                       Operations&);

// A foreign key has a part for each partition of the table that it refers to: they cannot be
// dropped before it.
void release_referenced_partitions(const schema::Constraint& key, const Context&, Operation& drop);

// Puts what an earlier run made for such keys into context.own_objects.
void collect_partition_foreign_keys(Context& context);

// Whether the index of a partition gets its new form beside the old one, to take its place with
// those of all partitions.
bool is_part_built_beside(const schema::Index& index, const Context&);

// Makes the index or the key of a partition part of its parent's; none where it has no parent.
schema::Statements attach_part_sql(const schema::Object& part);

// The drop of the index takes along what is attached to it: it follows the detachment of the tables
// that leave with their parts, and locks none of them.
void follow_leaving_parts(const schema::QualifiedName& index, const Context&, Operation& drop);

// An index of a partition that leaves its table goes when the partition is detached. Equal ones go in
// the opposite of the order in which its attachment takes them: undo makes them again in that order.
void follow_detachment(const schema::Object& index, const Context&, Operation& drop);

// Brings the parts of a table into an order in which its attachment finds the right indexes.
void order_parts(std::vector<Part>& parts, const Context&);

}  // namespace schemadiff::engine
