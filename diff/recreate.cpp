#include "diff/recreate.h"

#include <algorithm>
#include <deque>
#include <set>
#include <unordered_map>

#include "diff/replace.h"
#include "schema/owner.h"

namespace schemadiff::diff {
namespace {

using namespace schema;

// Kinds whose names share pg_class's or pg_type's namespace within a schema.
bool is_relation_or_type(Kind kind) {
  return is_type(kind) || kind == Kind::Table || kind == Kind::View ||
         kind == Kind::MaterializedView || kind == Kind::Sequence;
}

using Dependents = std::unordered_map<ObjectId, std::vector<ObjectId>, ObjectIdHash>;

bool checks_differ(const Change& change) {
  return change.id.kind == Kind::Table && change.action == Action::Alter &&
         std::ranges::any_of(change.attributes,
                             [](const auto& a) { return a.attribute == "valid checks"; });
}

// Who refers to what in a catalog. Columns and defaults are nodes of their own.
Dependents dependents_of(const Catalog& catalog) {
  Dependents dependents;
  catalog.for_each([&](const Object& object) {
    for (const ObjectId& ref : object.refs) dependents[ref].push_back(object.id);
  });
  for (const auto& [id, table] : catalog.tables)
    for (const Column& column : table.columns) {
      const ObjectId self{Kind::Column, id.schema, id.name, column.name, {}};
      for (const ObjectId& ref : column.refs) dependents[ref].push_back(self);
      ObjectId user = self;
      if (column.generated.empty()) user.kind = Kind::Default;
      for (const ObjectId& ref : column.default_refs) dependents[ref].push_back(user);
    }
  for (const auto& [id, sequence] : catalog.sequences) {
    const OwnedBy& owner = sequence.owned_by;  // dropped with its column and table
    if (owner.table.empty()) continue;
    dependents[{Kind::Table, owner.table.schema, {}, owner.table.name, {}}].push_back(id);
    dependents[{Kind::Column, owner.table.schema, owner.table.name, owner.column, {}}].push_back(
        id);
  }
  return dependents;
}

// The indexes and keys that are part of a partitioned table's, by that.
using Parts = std::map<QualifiedName, std::vector<const Object*>>;

Parts parts_of(const Catalog& catalog) {
  Parts parts;
  const auto add = [&](const Object& object) {
    const QualifiedName whole = parent_index_of(object);
    if (!whole.empty()) parts[whole].push_back(&object);
  };
  for (const auto& [id, index] : catalog.indexes) add(index);
  for (const auto& [id, constraint] : catalog.constraints) add(constraint);
  return parts;
}

const Column* find_column(const Catalog& catalog, const ObjectId& id) {
  const Table* table = catalog.table({id.schema, id.parent});
  return table ? table->find(id.name) : nullptr;
}

std::string without_modifier(const TypeName& type) {
  const auto open = type.sql.find('(');
  if (open == std::string::npos) return type.sql;
  const auto close = type.sql.find(')', open);
  return type.sql.substr(0, open) + type.sql.substr(close + 1);
}

bool may_rewrite_rows(const Change& change) {
  if (change.id.kind == Kind::Column)
    return change.action == Action::Create || change.action == Action::Drop;
  return change.id.kind == Kind::Composite && change.action == Action::Alter;
}

class Closure {
 public:
  Closure(const Catalog& from, const Catalog& to, std::vector<Change>& changes)
      : from_(from),
        to_(to),
        changes_(changes),
        dependents_(dependents_of(from)),
        parts_(parts_of(from)) {
    for (std::size_t i = 0; i < changes.size(); ++i) index_[changes[i].id] = i;
  }

  void run() {
    std::vector<ObjectId> rewriting;
    for (const Change& change : changes_)
      if (rewrites_rows(change)) rewriting.push_back(change.id);
    for (const ObjectId& part : rewriting) visit_row_type(part);
    forget_checks();
    for (std::size_t i = 0; i < changes_.size(); ++i)
      if (changes_[i].action != Action::Create && changes_[i].id.kind != Kind::Extension &&
          changes_[i].id.kind != Kind::Schema)
        enqueue(changes_[i].id);
    while (!queue_.empty()) {
      const ObjectId seed = queue_.front();
      queue_.pop_front();
      visit(seed);
    }
    drop_moot_changes();
  }

 private:
  // No statement takes from a partition alone what is known of its rows.
  void forget_checks() {
    std::vector<ObjectId> partitions;
    for (const Change& change : changes_)
      if (checks_differ(change)) partitions.push_back(change.id);
    for (const ObjectId& id : partitions)
      for (const ObjectId& check :
           checks_known_no_more(from_.tables.at(id), to_.tables.at(id), {from_, to_}))
        replace(check, id);
  }

  void enqueue(const ObjectId& id) { queue_.push_back(id); }

  const Change* change_of(const ObjectId& id) const {
    const auto found = index_.find(id);
    return found == index_.end() ? nullptr : &changes_[found->second];
  }

  bool exists_in_to(const ObjectId& id) const {
    if (id.kind == Kind::Column || id.kind == Kind::Default) {
      const Column* column = find_column(to_, id);
      return column && (id.kind == Kind::Column || !column->default_value.empty());
    }
    return to_.find(id) != nullptr;
  }

  // A default that is no more names values of its type's old form, under the name of the type: it
  // goes before that has another one, and comes back after it.
  bool leaves_with(const Change& change, const ObjectId& id) const {
    return (change.action == Action::Replace || gives_its_name(change.id)) &&
           is_type(change.id.kind) && id.kind == Kind::Default && find_column(to_, id);
  }

  // Whether a type goes and another kind of type has its name then, which columns of it move to.
  bool gives_its_name(const ObjectId& id) const {
    return is_type(id.kind) && !exists_in_to(id) && namesake_of(id, to_);
  }

  bool goes_away(const ObjectId& id) const {
    const Change* change = change_of(id);
    return change && (change->action == Action::Drop || change->action == Action::Replace);
  }

  // An index of a partition goes away with that of the partitioned table, and not without it.
  void visit_parts(const ObjectId& seed) {
    const Object* part = from_.find(seed);
    if (!part || !goes_away(seed)) return;
    if (seed.kind == Kind::Constraint && !static_cast<const Constraint*>(part)->has_index()) return;
    const auto replace_too = [&](const ObjectId& id) {
      if (from_.find(id) && exists_in_to(id) && !goes_away(id)) replace(id, seed);
    };
    if (const auto found = parts_.find({seed.schema, seed.name}); found != parts_.end())
      for (const Object* other : found->second)
        if (stays_partition(*other)) replace_too(other->id);
    if (stays_partition(*part))
      for (const ObjectId& whole : parent_index_ids(*part, from_)) replace_too(whole);
  }

  bool stays_partition(const Object& index) const {
    const QualifiedName name = owner_of(index);
    const Table* before = from_.table(name);
    const Table* after = to_.table(name);
    return before && after && before->partition_of == after->partition_of && !goes_away(before->id);
  }

  void visit(const ObjectId& seed) {
    if (seed.kind == Kind::Index || seed.kind == Kind::Constraint) visit_parts(seed);
    const Change change = *change_of(seed);
    if (retypes(change)) visit_row_type(seed);
    const auto found = dependents_.find(seed);
    if (found == dependents_.end()) return;
    for (const ObjectId& dependent : found->second) {
      if (dependent == seed || !(exists_in_to(dependent) || leaves_with(change, dependent)))
        continue;
      switch (change.action) {
        case Action::Create:
          break;
        case Action::Drop:
          visit_dropped(seed, dependent);
          break;
        case Action::Replace:
          visit_replaced(seed, dependent);
          break;
        case Action::Alter:
          if (retypes(change)) visit_retyped(seed, dependent);
          break;
      }
    }
  }

  // A column whose values are written to all rows, by the plan or by its undo, or another type of
  // an attribute.
  bool rewrites_rows(const Change& change) const {
    if (!may_rewrite_rows(change)) return false;
    if (change.id.kind == Kind::Composite) {
      const auto& before = from_.composites.at(change.id).columns;
      return std::ranges::any_of(to_.composites.at(change.id).columns, [&](const auto& now) {
        return std::ranges::any_of(before, [&](const auto& old) {
          return old.name == now.name && (old.type != now.type || old.collation != now.collation);
        });
      });
    }
    const Column* column = find_column(change.action == Action::Create ? to_ : from_, change.id);
    return column &&
           (!column->default_value.empty() || !column->generated.empty() || column->identity);
  }

  // The types within a row are fixed while an expression is made of such rows (seen on 15.20; older
  // servers take it, and go wrong later).
  void visit_row_type(const ObjectId& part) {
    const auto found =
        dependents_.find(part.kind == Kind::Composite ? part : row_type_id(table_id(part)));
    if (found == dependents_.end()) return;
    for (const ObjectId& dependent : std::vector(found->second))
      if (exists_in_to(dependent) && holds_expressions(dependent)) remake(dependent, part);
  }

  bool holds_expressions(const ObjectId& id) const {
    switch (id.kind) {
      case Kind::Column:
        return !find_column(from_, id)->generated.empty();
      case Kind::Routine: {
        const Routine& routine = from_.routines.at(id);
        return !routine.sql_body.empty() ||
               std::ranges::any_of(routine.arguments, [](const Argument& argument) {
                 return !argument.default_value.empty();
               });
      }
      case Kind::Default:
      case Kind::Domain:
      case Kind::View:
      case Kind::MaterializedView:
      case Kind::Index:
      case Kind::Constraint:
      case Kind::Statistics:
      case Kind::Rule:
      case Kind::Trigger:
      case Kind::Policy:
        return true;
      default:
        return false;
    }
  }

  // The dependent no longer refers to the dropped object, unless only the name stayed the same.
  void visit_dropped(const ObjectId& seed, const ObjectId& dependent) {
    if (dependent.kind == Kind::Column) {
      const Column* after = find_column(to_, dependent);
      if (gives_its_name(seed) && find_column(from_, dependent)->type == after->type) {
        retype(dependent, seed);
        retype(dependent, *namesake_of(seed, to_));
      }
      return;
    }
    if (dependent.kind == Kind::Default &&
        (gives_its_name(seed) || calls_overload(dependent, seed)))
      return replace(dependent, seed);
    if (dependent.kind == Kind::Default) {
      const Change* change =
          change_of({Kind::Column, dependent.schema, dependent.parent, dependent.name, {}});
      // a new type takes the default along
      if (change &&
          std::any_of(change->attributes.begin(), change->attributes.end(), [](const auto& a) {
            return a.attribute == "default" || a.attribute == "type";
          }))
        return;
      replace(dependent, seed);
      return;
    }
    if (dependent.kind == Kind::Table || dependent.kind == Kind::Sequence) return;
    const Change* change = change_of(dependent);
    const bool stays_as_it_is =
        !change || (change->action == Action::Alter && keeps_definition(dependent.kind));
    if (stays_as_it_is || namesake_of(seed, to_) || calls_overload(dependent, seed))
      replace(dependent, seed);
  }

  // Whether it calls another function of the name from now on: not by being altered while the old
  // one is there, which it would find.
  bool calls_overload(const ObjectId& caller, const ObjectId& gone) const {
    if (!is_called(gone.kind)) return false;
    const auto calls = [&](const std::vector<ObjectId>& refs) {
      return std::ranges::any_of(refs, [&](const ObjectId& ref) {
        return is_called(ref.kind) && ref.schema == gone.schema && ref.name == gone.name;
      });
    };
    if (caller.kind == Kind::Default) return calls(find_column(to_, caller)->default_refs);
    const Object* object = to_.find(caller);
    return object && calls(object->refs);
  }

  // What they are about is never altered in place, whatever else of them is.
  static bool keeps_definition(Kind kind) {
    return kind == Kind::Constraint || kind == Kind::Index || kind == Kind::Statistics;
  }

  void visit_replaced(const ObjectId& seed, const ObjectId& dependent) {
    const bool is_made_of =
        is_type(seed.kind) || seed.kind == Kind::Collation || seed.kind == Kind::Table;
    if (dependent.kind == Kind::Column && is_made_of && !is_computed_by(dependent, seed))
      retype(dependent, seed);
    else if (is_made_of)
      replace(dependent, seed);
    else
      remake(dependent, seed);
  }

  bool is_computed_by(const ObjectId& column, const ObjectId& id) const {
    const Column& found = *find_column(from_, column);
    const auto& refs = found.default_refs;
    return !found.generated.empty() && std::find(refs.begin(), refs.end(), id) != refs.end();
  }

  // What calls or takes apart what is replaced.
  void remake(const ObjectId& id, const ObjectId& because) {
    if (id.kind == Kind::Domain && !is_in_parts_of_columns(from_.domains.at(id), from_))
      add_reason(change_for(id, Action::Alter), because);  // its rules come and go in place
    else
      replace(id, because);
  }

  // tablecmds.c, ATPrepAlterColumnType and RememberAllDependentForRebuilding: the server rebuilds
  // indexes, constraints and statistics by itself; it can do so only while their expressions still
  // fit the type.
  void visit_retyped(const ObjectId& seed, const ObjectId& dependent) {
    const Column* before = find_column(from_, seed);
    const Column* after = find_column(to_, seed);
    const bool same_family = before && after &&
                             without_modifier(before->type) == without_modifier(after->type) &&
                             change_of(seed)->because.empty();
    switch (dependent.kind) {
      case Kind::Table:
      case Kind::Sequence:
      case Kind::Default:
        return;
      case Kind::Index: {
        const Index& index = from_.indexes.at(dependent);
        const bool plain =
            index.predicate.empty() && std::none_of(index.elements.begin(), index.elements.end(),
                                                    [](const auto& e) { return e.column.empty(); });
        if (same_family || plain) return;
        break;
      }
      case Kind::Statistics:
        if (same_family || from_.statistics.at(dependent).expressions.empty()) return;
        break;
      case Kind::Constraint: {
        const char type = from_.constraints.at(dependent).contype;
        if (same_family || type == 'p' || type == 'u') return;
        break;
      }
      default:
        break;
    }
    replace(dependent, seed);
  }

  void retype(const ObjectId& column, const ObjectId& because) {
    const Table* table = from_.table({column.schema, column.parent});
    if (in_partition_key(*table, column.name)) {
      replace(table->id, because);
      return;
    }
    Change& change = change_for(column, Action::Alter);
    if (change.action == Action::Replace) return;
    const bool known = retypes(change);
    if (!known) {
      const Column* before = find_column(from_, column);
      const Column* after = find_column(to_, column);
      change.attributes.insert(change.attributes.begin(),
                               {"type", before->type.sql, after->type.sql});
    }
    if (add_reason(change, because) || !known) enqueue(column);
  }

  void replace(const ObjectId& id, const ObjectId& because) {
    Change& change = change_for(id, Action::Replace);
    const bool news = change.action != Action::Replace || change.because.empty();
    if (change.action == Action::Alter) change.action = Action::Replace;
    if (add_reason(change, because) && news) enqueue(id);
  }

  static bool add_reason(Change& change, const ObjectId& because) {
    if (std::find(change.because.begin(), change.because.end(), because) != change.because.end())
      return false;
    change.because.push_back(because);
    return true;
  }

  Change& change_for(const ObjectId& id, Action action) {
    const auto [found, inserted] = index_.emplace(id, changes_.size());
    if (inserted) changes_.push_back({action, id, {}, {}, false});
    return changes_[found->second];
  }

  // What belongs to a replaced table is made anew with it.
  void drop_moot_changes() {
    std::set<std::pair<std::string, std::string>> replaced;
    std::set<std::tuple<std::string, std::string, std::string>> replaced_columns;
    for (const Change& change : changes_) {
      if (change.action != Action::Replace) continue;
      if (change.id.kind == Kind::Table) replaced.emplace(change.id.schema, change.id.name);
      if (change.id.kind == Kind::Column)
        replaced_columns.emplace(change.id.schema, change.id.parent, change.id.name);
    }
    std::erase_if(changes_, [&](const Change& change) {
      const ObjectId& id = change.id;
      if (id.kind != Kind::Column && id.kind != Kind::Default) return false;
      if (replaced.contains({id.schema, id.parent})) return true;
      return id.kind == Kind::Default && replaced_columns.contains({id.schema, id.parent, id.name});
    });
  }

  const Catalog& from_;
  const Catalog& to_;
  std::vector<Change>& changes_;
  Dependents dependents_;
  Parts parts_;
  std::unordered_map<ObjectId, std::size_t, ObjectIdHash> index_;
  std::deque<ObjectId> queue_;
};

}  // namespace

std::optional<ObjectId> namesake_of(const ObjectId& id, const Catalog& catalog) {
  if (!is_relation_or_type(id.kind)) return std::nullopt;
  for (Kind kind : {Kind::Enum, Kind::Domain, Kind::Composite, Kind::Range, Kind::BaseType,
                    Kind::Table, Kind::View, Kind::MaterializedView, Kind::Sequence}) {
    ObjectId other{kind, id.schema, {}, id.name, {}};
    if (kind != id.kind && catalog.find(other)) return other;
  }
  return std::nullopt;
}

bool retypes(const Change& change) {
  return change.id.kind == Kind::Column && change.action == Action::Alter &&
         std::any_of(change.attributes.begin(), change.attributes.end(), [](const auto& a) {
           return a.attribute == "type" || a.attribute == "collation";
         });
}

void add_recreations(const Catalog& from, const Catalog& to, std::vector<Change>& changes) {
  const bool needed = std::any_of(changes.begin(), changes.end(), [](const Change& change) {
    return change.action == Action::Replace || change.action == Action::Drop || retypes(change) ||
           may_rewrite_rows(change) || checks_differ(change);
  });
  if (needed) Closure(from, to, changes).run();
}

}  // namespace schemadiff::diff
