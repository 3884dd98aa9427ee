// What the lowering of all kinds shares.
#pragma once

#include "engine/operation.h"
#include "schema/ddl/ddl.h"
#include "schema/owner.h"
#include "schema/quote.h"
#include "schema/show.h"

namespace schemadiff::engine {

using Operations = std::vector<Operation>;

// In-place changes; an overload per kind in engine/lower/<kind>.cpp.
void lower_alter(const schema::Schema&, const schema::Schema&, const diff::Change&, const Context&,
                 Operations&);
void lower_alter(const schema::Extension&, const schema::Extension&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::Enum&, const schema::Enum&, const diff::Change&, const Context&,
                 Operations&);
void lower_alter(const schema::Domain&, const schema::Domain&, const diff::Change&, const Context&,
                 Operations&);
void lower_alter(const schema::Composite&, const schema::Composite&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::Range&, const schema::Range&, const diff::Change&, const Context&,
                 Operations&);
void lower_alter(const schema::BaseType&, const schema::BaseType&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::Routine&, const schema::Routine&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::Aggregate&, const schema::Aggregate&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::Sequence&, const schema::Sequence&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::Table&, const schema::Table&, const diff::Change&, const Context&,
                 Operations&);
void lower_alter(const schema::View&, const schema::View&, const diff::Change&, const Context&,
                 Operations&);
void lower_alter(const schema::MaterializedView&, const schema::MaterializedView&,
                 const diff::Change&, const Context&, Operations&);
void lower_alter(const schema::Index&, const schema::Index&, const diff::Change&, const Context&,
                 Operations&);
void lower_alter(const schema::Constraint&, const schema::Constraint&, const diff::Change&,
                 const Context&, Operations&);
// The trigger as it is made: when it fires in partitions that are there. And when in those that
// come to its table later.
schema::Trigger as_made(schema::Trigger trigger, const Context&);
void lower_partition_states(const schema::Trigger&, const Context&, Operations&);
void lower_alter(const schema::Trigger&, const schema::Trigger&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::Policy&, const schema::Policy&, const diff::Change&, const Context&,
                 Operations&);
void lower_alter(const schema::Rule&, const schema::Rule&, const diff::Change&, const Context&,
                 Operations&);
void lower_alter(const schema::Statistics&, const schema::Statistics&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::EventTrigger&, const schema::EventTrigger&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::DefaultPrivileges&, const schema::DefaultPrivileges&,
                 const diff::Change&, const Context&, Operations&);
void lower_alter(const schema::Operator&, const schema::Operator&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::OperatorFamily&, const schema::OperatorFamily&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::ForeignDataWrapper&, const schema::ForeignDataWrapper&,
                 const diff::Change&, const Context&, Operations&);
void lower_alter(const schema::ForeignServer&, const schema::ForeignServer&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::UserMapping&, const schema::UserMapping&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::TextSearchDictionary&, const schema::TextSearchDictionary&,
                 const diff::Change&, const Context&, Operations&);
void lower_alter(const schema::TextSearchConfiguration&, const schema::TextSearchConfiguration&,
                 const diff::Change&, const Context&, Operations&);
void lower_alter(const schema::Publication&, const schema::Publication&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::Subscription&, const schema::Subscription&, const diff::Change&,
                 const Context&, Operations&);
void lower_alter(const schema::MemberPrivileges&, const schema::MemberPrivileges&,
                 const diff::Change&, const Context&, Operations&);
// Kinds of which nothing is altered in place.
template <class T>
void lower_alter(const T&, const T&, const diff::Change&, const Context&, Operations&) {}

// Creation and removal where a kind has more to it than CREATE and DROP.
void lower_create(const schema::Index&, const diff::Change&, const Context&, Operations&);
void lower_create(const schema::Constraint&, const diff::Change&, const Context&, Operations&);
void lower_create(const schema::Table&, const diff::Change&, const Context&, Operations&);
void lower_create(const schema::Sequence&, const diff::Change&, const Context&, Operations&);
void lower_create(const schema::DefaultPrivileges&, const diff::Change&, const Context&,
                  Operations&);
void lower_drop(const schema::DefaultPrivileges&, const diff::Change&, const Context&, Operations&);
void lower_create(const schema::MemberPrivileges&, const diff::Change&, const Context&,
                  Operations&);
void lower_drop(const schema::MemberPrivileges&, const diff::Change&, const Context&, Operations&);
void lower_drop(const schema::Index&, const diff::Change&, const Context&, Operations&);
void lower_drop(const schema::Constraint&, const diff::Change&, const Context&, Operations&);
void lower_drop(const schema::Table&, const diff::Change&, const Context&, Operations&);

// Changes of columns and of their defaults.
void lower_column(const diff::Change&, const Context&, Operations&);
void lower_default(const diff::Change&, const Context&, Operations&);

// A table that has another name, which it has in both catalogs.
void lower_table_rename(const schema::RenamedTable&, const Context&, Operations&);

// Values of enums that have other names, which they have in `from` already.
void lower_value_renames(const Context&, Operations&);

// A type whose old form is in use by columns: set aside, made anew, columns moved over, old one
// dropped. Another kind of type may take its name.
bool keeps_old_form(const diff::Change&, const Context&);
std::string old_type_name(std::string_view name);  // what the old form is renamed to
void lower_type_replacement(const diff::Change&, const Context&, Operations&);

// A routine that old forms of types need is set aside before them, and dropped after them. Fills
// context.held_routines.
void collect_held_routines(Context& context);
void lower_setting_aside(const schema::Routine&, const Context&, std::string why, Operations&);

using schema::append;

// The shell of a type that begins as one, before its functions.
void make_shell(const schema::Object& type, Operations&);
// The type that is defined by the routine, which takes or returns it; null: none.
const schema::Object* type_made_of(const schema::Object& routine, const schema::Catalog&);
// The type as it is, with the functions that it cannot be without.
schema::Statements create_with_functions(const schema::Object& type, const schema::Catalog&);
// Quoted names: the table and all that inherit from it or are its partitions, as they are in
// `from`: what a statement without ONLY locks.
schema::Statements with_heirs(const schema::QualifiedName& table, const Context&);

// Whether the table is a partition of the other one, or inherits from it.
bool is_child(const schema::Table& table, const schema::QualifiedName& parent);

// A table that has left is not locked with those above, nor are the tables below it.
void leave_out(const schema::QualifiedName& left, const Context&, Operation&);
// The table and its partitions: how far keys and triggers go.
schema::Statements with_partitions(const schema::QualifiedName& table, const Context&);

bool is_partitioned(const schema::Catalog& catalog, const schema::QualifiedName& table);
bool is_foreign(const schema::Catalog& catalog, const schema::QualifiedName& table);

// CREATE with comments, and owner and privileges where the object knows them. `catalog` holds it;
// `live` has the default privileges under which the statements run.
schema::Statements details(const schema::Object& object, const schema::Catalog& live,
                           bool with_owner, bool with_privileges);
template <class T>
schema::Statements full_create(const T& object, const schema::Catalog& catalog,
                               const schema::Catalog& live, bool with_owner = true,
                               bool with_privileges = true) {
  schema::Statements sql;
  if constexpr (std::is_same_v<T, schema::Table>)
    sql = schema::create_sql(object, catalog);
  else if constexpr (std::is_same_v<T, schema::Index>)
    sql = schema::create_sql(object, is_partitioned(catalog, object.table));
  else if constexpr (std::is_same_v<T, schema::Constraint>)
    sql = schema::create_sql(
        object,
        object.has_index() && is_partitioned(catalog, {object.id.schema, object.id.parent}));
  else if constexpr (std::is_same_v<T, schema::Extension>)
    sql = with_privileges ? schema::create_sql(object, catalog, live) : schema::create_sql(object);
  else if constexpr (std::is_same_v<T, schema::Range>)
    sql = schema::create_sql(object, live.server_version);
  else
    sql = schema::create_sql(object);
  append(sql, details(object, live, with_owner, with_privileges));
  return sql;
}

// CREATE of what stands on a table: index, constraint, statistics, rule, trigger or policy.
schema::Statements recreate(const schema::Object& child, const schema::Catalog& catalog);

// Comment, owner and privileges of an object that stays.
void lower_metadata(const schema::Object& before, const schema::Object& after, const diff::Change&,
                    const Context&, Operations&);

// The privileges that `before` has when its owner is that of `after`, where owners are managed.
std::vector<schema::Grant> with_next_owner(const std::vector<schema::Grant>& acl,
                                           const schema::Object& before,
                                           const schema::Object& after, const Context&);

// Grants in expand, revocations in contract; `column` empty for the object's own privileges.
void lower_grants(const schema::Object&, std::string_view target, std::string_view column,
                  const std::vector<schema::Grant>& before, const std::vector<schema::Grant>& after,
                  Operations&);

// The statements that turn storage parameters `before` into `after`: "<alter> SET (…)", "<alter>
// RESET (…)".
schema::Statements options_sql(const std::string& alter, const schema::Options& before,
                               const schema::Options& after);

// Whether one of the storage parameters that differ is not among those that can be set while others
// read and write (reloptions.c).
bool needs_exclusive_lock(const schema::Options& before, const schema::Options& after);

// Whether the plan adds all of these columns to the table (or the table itself): then nothing that
// runs today can depend on what they hold.
bool all_new(const schema::QualifiedName& table, const std::vector<std::string>& columns,
             const Context&);

// The columns of its own table that the object's definition refers to.
std::vector<std::string> own_columns(const schema::Object& object,
                                     const schema::QualifiedName& table);

// The keys of `to` that the foreign key can rest on: whichever the server settles on, it finds all.
std::vector<schema::ObjectId> coming_keys(const schema::Constraint& foreign_key, const Context&);

// "CREATE [UNIQUE] INDEX …" with CONCURRENTLY put in.
std::string concurrently(std::string create_index);

// Makes a partition's index or key, which operations from `first` on create, part of the
// partitioned table's by `sql`; nothing where that is empty.
void attach_to_parent(const schema::Object& object, schema::Statements sql, const Context&,
                      Operations&, std::size_t first);

// Whether a partition, at any depth, shall have no part of the index of its table: such an index is
// made when they are attached. Of what is no index: false.
bool lacks_parts(const schema::Object& index, const Context&);

// The partitions of today, at any depth, that have no part of the index of their table.
std::vector<schema::ObjectId> partitions_without(const schema::Object& index, const Context&);

// How undo brings back what goes away with another object; of an index of a partitioned table, the
// indexes and keys of its partitions, and of theirs.
Part part_of(const schema::Object& object, const Context&);
void add_index_parts(const schema::QualifiedName& index, const Context&, std::vector<Part>& parts);

// The key of a partitioned table serves foreign keys when all partitions have theirs: the operation
// follows their attachment.
void follow_attachment(const schema::ObjectId& key, const Context&, Operation& operation);

// Where the index or key of a partitioned table takes in what partitions have already, its drop
// takes that along: undo makes it again, with the foreign keys that need it.
void undo_adoption(const schema::ObjectId& whole, const Context&, Operation& operation);

// The unique index that a key takes over, and the statements with which it does.
schema::Index index_for(const schema::Constraint& constraint, std::string name);
// Whether the key gets its index while others write, before it is added itself; and that index.
bool is_built_online(const schema::Constraint& key, const Context&);
schema::Index built_first(const schema::Constraint& key, const diff::Change&, const Context&);
schema::Statements using_index_sql(const schema::Constraint& constraint, const std::string& index);

// Puts what earlier runs have built, to take the place of an index or to become a key, into
// context.own_objects.
void collect_built_indexes(Context& context);
std::string temporary_name(
    std::string_view name);  // of an index while it is built beside the old one
std::string tablespace_name(const std::string& name);
std::string cluster_on(const schema::QualifiedName& table, const std::string& index,
                       bool clustered);

// The position of a sequence (its quoted name) has to lie within new bounds before `alter` sets
// them (sequence.c, init_params): the statement that moves it there, if it may be outside. Where
// old and new bounds have nothing in common, `alter` is made to restart the sequence.
schema::Statements move_into_bounds(const std::string& name, const schema::SequenceOptions& before,
                                    const schema::SequenceOptions& after, std::string& alter);

// Whether the foreign key, rule or policy has a step of its own, though what it stands on goes
// away; so has an index that some partitions have no part of, which undo makes when all partitions
// are attached: else they would get one.
bool is_dropped_apart(const schema::Object& child, const Context&);

// An operation of `role` on `object` with its refs filled in for the role.
Operation make(Role role, const schema::Object& object, Phase phase, std::string why);

// ALTER <address> RENAME TO; the address as sql_address() has it.
std::string rename_sql(std::string_view address, std::string_view name);

// What the way back does not bring back whole; a sentence.
void tell_loss(Operation& operation, std::string what);

// Takes the undo away from an operation whose effect stays; `why` is a sentence.
void set_irreversible(Operation& operation, std::string why);

bool changed(const diff::Change& change, std::string_view attribute);

// "function public.f(integer), domain public.d"
std::string listed(const std::vector<schema::ObjectId>& objects);

// "ALTER TABLE public.t ALTER COLUMN c action"
std::string alter_column(const schema::ObjectId& column, std::string_view action,
                         bool only = false);
schema::QualifiedName table_name(const schema::ObjectId& child);
std::string quoted_table(const schema::ObjectId& child);

}  // namespace schemadiff::engine
