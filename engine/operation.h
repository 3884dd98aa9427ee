// What a change is lowered to: one operation on one object, before it is ordered and judged.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/backfill.h"
#include "engine/plan.h"
#include "schema/value_map.h"

namespace schemadiff::engine {

// Operations by the facts that their locks follow from.
enum class Op : unsigned char {
#define OP(name, mode, scans, rewrites) name,
#include "engine/ops.def"
};

struct OpFacts {
  std::string_view mode;  // empty: locks no relation
  bool scans, rewrites;
};
const OpFacts& facts_of(Op op);

// PostgreSQL documentation, table 13.2: only ACCESS EXCLUSIVE conflicts with reading (ACCESS
// SHARE); SHARE and all that is stronger conflict with writing (ROW EXCLUSIVE).
bool blocks_reads(const OpFacts& facts);
bool blocks_writes(const OpFacts& facts);

// Whether it may run in a transaction block.
bool runs_in_transaction(Op op);

// Relations (quoted names) that an operation locks.
struct Locked {
  Op op = Op::NoRelation;
  std::vector<std::string> relations;
};

// What all of these claim together.
LockClaim claim(const std::vector<Locked>& locks);

// Where an operation stands among the others on the same object.
enum class Role : unsigned char {
  Drop,    // the object as it was goes away (or is renamed aside)
  Make,    // the object as it shall be comes into being
  Alter,   // the object's definition changes in place; what it refers to has to be there
  Detail,  // something that no other object can depend on: comment, privileges, storage
  Finish,  // what has to wait for other objects: attaching, ownership by a column, validation,
           // the drop of a type that was renamed aside
};

// What a unique index or key holds apart.
struct UniqueColumns {
  schema::QualifiedName table;
  std::set<std::string> columns;
  auto operator<=>(const UniqueColumns&) const = default;
};

// What goes away with the object of a Drop.
struct Part {
  schema::ObjectId object;
  std::vector<std::string> made;      // how undo makes it again
  std::vector<std::string> attached;  // and attaches it to what is there then
};

enum class Size : unsigned char {
  New,    // comes into being in this plan
  Small,  // empty, or under the thresholds
  Large,  // or unknown: a plain statement may block for long
};

struct Operation {
  Role role{};
  schema::ObjectId object;
  const diff::Change* change = nullptr;  // that it is a part of
  Phase phase = Phase::Expand;
  std::vector<std::string> sql;
  std::vector<std::string> undo;
  // Undo goes on with the parts that no earlier operation takes along, with these statements, and
  // with the attachment of the parts (settle_undo).
  std::vector<Part> parts;
  std::vector<std::string> undo_after_parts;
  std::string undo_note;
  bool undo_loses = false;
  bool reversible = true;
  std::string why;
  Op op = Op::NoRelation;
  std::vector<std::string> relations;  // locked ones, quoted
  std::vector<Locked> also;            // further ones, that it locks as another operation does
  std::vector<PreCheck> pre_checks;    // filled by add_pre_checks
  std::vector<PreCheck> undo_checks;   // filled by add_undo_checks
  std::vector<RuleHit> rules;          // filled by assess
  bool own_transaction = false;        // may run in a transaction block, but in one of its own
  int transaction = 0;                 // its number
  std::optional<Size> size;  // of the largest table that it reads, where its object is on none
  bool behind_lock = false;  // takes long in a transaction that locks other tables already
  bool unproven = false;
  std::vector<schema::ObjectId> refs;         // has to follow what makes or alters these
  std::vector<schema::ObjectId> releases;     // what removes or retypes these has to follow it
  std::vector<schema::ObjectId> finished;     // has to follow the Finish operations of these
  std::vector<schema::ObjectId> after_drops;  // has to follow the Drop operations of these
  std::vector<schema::ObjectId> frees;  // their names are taken until then, by parts of its object
  std::vector<schema::ObjectId>
      implied_by;                    // no statements: it happens with the drop of one of these
  std::optional<Backfill> backfill;  // what the statement does
  std::optional<UniqueColumns> makes_unique;  // of a unique index that foreign keys can settle on
  bool first = false;                         // has to precede all but the making of schemas
  bool last = false;                          // has to follow all that makes and drops objects
  bool retypes = false;  // alters the type of a column, or the like: its users are dropped before
  schema::Span span;
};

// All that it locks: `relations` and `also`.
std::vector<Locked> locks_of(const Operation& operation);

// Where a value is looked up by its name: a table, its key and the column of names.
struct Lookup {
  schema::QualifiedName table;
  std::string key, label;
};

// The tables that inherit from a table or are partitions of it, by that table.
using Heirs = std::map<schema::QualifiedName, std::vector<const schema::Table*>>;

// What stands on each relation, in creation order: indexes, constraints, statistics, rules,
// triggers, policies.
using Children = std::map<schema::QualifiedName, std::vector<const schema::Object*>>;

// What the publications of a catalog name.
struct Published {
  std::map<schema::QualifiedName, std::vector<const schema::PublishedTable*>> tables;
  std::set<std::string> schemas;
  bool all_tables = false;
};

// What lowering and the rules look at.
struct Context {
  const schema::Catalog& from;
  const schema::Catalog& to;
  const PlanOptions& options;
  const std::vector<diff::Change>& changes;  // sorted by id
  Children children, new_children;           // of `from`, of `to`
  Heirs old_heirs, heirs;                    // of `from`, of `to`
  // All that change and are part of a partitioned index then, by that index.
  std::map<schema::QualifiedName, std::vector<schema::ObjectId>> attached;
  // The columns, constraints and indexes that change, by their table in `to`.
  std::map<schema::QualifiedName, std::vector<schema::ObjectId>> changes_by_table;
  // The columns that are renamed by way of a new column, by the new one and by the old one.
  // A rename that is under way, its new column in place, is in renamed_to alone.
  std::map<schema::ObjectId, schema::ObjectId> renamed_from, renamed_to;
  // Of those, the new columns that have a key of a reference table where the old one has a name.
  std::map<schema::ObjectId, Lookup> lookups;
  // What earlier runs made for columns that are under way: triggers and functions that keep renamed
  // columns equal, sequences that stand in for an identity's. Their end is part of the columns'.
  std::set<schema::ObjectId> own_objects;
  std::vector<std::string> notes;  // for the reader of the plan
  // The columns of large tables whose new type has each value written anew, and what stands in the
  // way of the online form; empty: nothing.
  std::map<schema::ObjectId, std::string> retyped;
  // A column of the row type of each table that has one, in `from`, by the table; it stays.
  std::map<schema::ObjectId, schema::ObjectId> row_columns;
  // What values that enums lose become, as hints say.
  std::map<schema::ObjectId, schema::ValueMap> value_maps;
  // Enums whose new form is made beside the old one, for columns of them in `retyped`.
  std::set<schema::ObjectId> made_beside;
  // Whether a column moves to the new form of a type, or of a collation, that is replaced.
  bool moves_columns = false;
  // Routines that go away and that the old forms of types need until no column uses those.
  std::set<schema::ObjectId> held_routines;
  // The routines of `to` in whose bodies a word stands, and the indexes and constraints of `to`
  // that refer to a routine.
  std::map<std::string, std::vector<const schema::Routine*>, std::less<>> routines_by_word;
  std::map<schema::ObjectId, std::vector<const schema::Object*>> users_of_routine;
  // The routines and views to which something else of `from` or `to` refers.
  std::set<schema::ObjectId> referred;
  Published old_published, published;  // of `from`, of `to`
  // The default partitions of `from`, by their partitioned table.
  std::map<schema::QualifiedName, const schema::Table*> default_partitions;
  // The foreign keys of `from`, by the table that they refer to.
  std::map<schema::QualifiedName, std::vector<const schema::Constraint*>> referring;
  // The tables of `to` that are partitioned by a column of a type.
  std::map<schema::ObjectId, std::vector<const schema::Table*>> partitioned_by;
  // Tables whose defaults are set in a step of their own, to break a cycle.
  std::set<schema::ObjectId> late_defaults;
  bool drops_links_apart = false;  // likewise: what links tables is not left to DROP TABLE

  // Fills all that follows from the catalogs, the changes and the hints of `to`. Throws Error for a
  // hint that cannot be followed.
  Context(const schema::Catalog& from, const schema::Catalog& to, const PlanOptions& options,
          const std::vector<diff::Change>& changes);

  // null where the object does not change
  const diff::Change* change(const schema::ObjectId& id) const;
  // Whether the table (or materialized view) comes into being in this plan.
  bool is_new(const schema::QualifiedName& table) const;
  Size size(const schema::QualifiedName& table) const;
  // Whether a publication of `to` has the table, or one that it is a partition of; with a column,
  // whether subscribers get that.
  bool is_published(const schema::QualifiedName& table, const std::string& column = {}) const;
  // Whether the server refuses updates while the plan, or its undo, runs: a publication of `from`
  // or of `to` has the table, and nothing identifies its rows, or not all the time.
  bool refuses_updates(const schema::Table& table) const;
  bool goes_away(const schema::ObjectId& id) const;  // is dropped or replaced
  // Whether the column changes its type by way of a new column.
  bool retypes_online(const schema::ObjectId& column) const;
  // Columns, constraints and indexes of the table that change.
  const std::vector<schema::ObjectId>& changed_on(const schema::QualifiedName& table) const;
  // Empty where nothing stands on it, and for what is no relation.
  const std::vector<const schema::Object*>& children_of(const schema::ObjectId& relation) const;
};

// The table or materialized view that the operation is about; empty where it is about none.
schema::QualifiedName table_of(const Operation& operation, const Context& context);
Size size_of(const Operation& operation, const Context& context);

// Keeps in `dropped` the tables, as in Operation::relations, that are gone after the operation.
void note_dropped(const Operation& operation, std::set<std::string>& dropped);

// Appends the operations of one change; engine/lower/<kind>.cpp.
void lower(const diff::Change& change, const Context& context, std::vector<Operation>& operations);

}  // namespace schemadiff::engine
