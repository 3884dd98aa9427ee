// Decides what has to come before what in a dump.
#include "schema/dump_graph.h"

#include <algorithm>

#include "schema/ddl/ddl.h"
#include "schema/made_up_names.h"
#include "schema/owner.h"

namespace schemadiff::schema {
namespace {

QualifiedName name_of(const ObjectId& id) { return {id.schema, id.name}; }

QualifiedName parent_of(const ObjectId& id) { return {id.schema, id.parent}; }

ObjectId schema_id(const std::string& name) { return {Kind::Schema, {}, {}, name, {}}; }

UnitKey created(const ObjectId& id) { return {id, Part::Create}; }

// Whether a name of the form a_b joins the extension to b or a: hstore_plperl needs both.
bool joins(const std::string& extension, const std::string& other) {
  return extension.starts_with(other + '_') || extension.ends_with('_' + other);
}

}  // namespace

DumpGraph::DumpGraph(const Catalog& catalog, const LateObjects& late)
    : catalog_(catalog), late_(late) {
  add_keys();
  find_partitions();
  add_edges();
}

void DumpGraph::add_keys() {
  catalog_.for_each([&](const auto& object) { places_[created(object.id)] = 0; });
  for (const ObjectId& id : late_) places_[{id, Part::Late}] = 0;
  catalog_.for_each([&](const auto& object) {
    if (has_shell(object)) places_[{object.id, Part::Shell}] = 0;
  });
  for (const auto& [id, sequence] : catalog_.sequences)
    if (!sequence.owned_by.table.empty()) places_[{id, Part::OwnedBy}] = 0;
  for (const auto& [id, table] : catalog_.tables) {
    if (!table.partition_of.empty()) places_[{id, Part::Attach}] = 0;
    if (!table.valid_checks.empty()) places_[{id, Part::ValidChecks}] = 0;
    if (table.replica_identity.mode == 'i') places_[{id, Part::ReplicaIdentity}] = 0;
  }
  for (const auto& [id, index] : catalog_.indexes)
    if (!index.parent_index.empty()) places_[{id, Part::Attach}] = 0;
  for (const auto& [id, constraint] : catalog_.constraints)
    if (!constraint.parent_index.empty()) places_[{id, Part::Attach}] = 0;

  for (auto& [key, place] : places_) {
    place = keys_.size();
    keys_.push_back(key);
  }
  edges_.resize(keys_.size());
}

void DumpGraph::find_partitions() {
  const auto ancestors = [&](const Table* table, auto&& f) {
    while (table && !table->partition_of.empty()) {
      f(table->partition_of);
      table = catalog_.table(table->partition_of);
    }
  };
  for (const auto& [id, table] : catalog_.tables)
    ancestors(&table, [&, key = UnitKey{id, Part::Attach}](const QualifiedName& ancestor) {
      attachments_[ancestor].push_back(key);
    });
  const auto add_index = [&](const Object& object, const QualifiedName& index,
                             const QualifiedName& table, const QualifiedName& parent, bool unique) {
    index_owner_[index] = object.id;
    if (unique) table_keys_[table].push_back(created(object.id));
    if (parent.empty()) return;
    has_attached_.insert(parent);
    if (!unique) return;
    ancestors(catalog_.table(table), [&](const QualifiedName& ancestor) {
      table_keys_[ancestor].push_back({object.id, Part::Attach});
    });
  };
  for (const auto& [id, index] : catalog_.indexes)
    add_index(index, name_of(id), index.table, index.parent_index, index.unique);
  for (const auto& [id, constraint] : catalog_.constraints) {
    if (constraint.has_index())
      add_index(constraint, name_of(id), parent_of(id), constraint.parent_index,
                constraint.contype != 'x');
    if (constraint.contype == 'f' && !takes_made_up_names(constraint, catalog_))
      foreign_keys_[parent_of(id)].push_back(id);
  }
  for (const auto& [id, routine] : catalog_.routines) routines_[name_of(id)].push_back(id);
}

void DumpGraph::add_edges() {
  catalog_.for_each([&](const auto& object) {
    const UnitKey key = created(object.id);
    before(key, schema_id(object.id.schema));
    if (!object.id.parent.empty()) relation_before(key, parent_of(object.id));
    // Those of tables, domains and sequences are spread over the object's parts.
    const bool in_parts = object.id.kind == Kind::Table || object.id.kind == Kind::Domain ||
                          object.id.kind == Kind::Sequence;
    if (!in_parts)
      for (const ObjectId& ref : object.refs) before(key, ref);
    if (has_shell(object)) {
      before(key, UnitKey{object.id, Part::Shell});
      before({object.id, Part::Shell}, schema_id(object.id.schema));
    }
    add_own_edges(object);
  });
}

void DumpGraph::add_own_edges(const Extension& extension) {
  before(created(extension.id), schema_id(extension.schema));
  for (const auto& [id, other] : catalog_.extensions)
    if (joins(extension.id.name, id.name)) before(created(extension.id), id);
}

void DumpGraph::add_own_edges(const Domain& domain) {
  const bool late = late_.count(domain.id) != 0;
  const UnitKey own{domain.id, late ? Part::Late : Part::Create};
  for (const ObjectId& ref : domain.refs) before(own, ref);
  if (!late) return;
  before(own, domain.id);
  for (const ObjectId& ref : domain.refs)
    if (ref.kind != Kind::Routine) before(created(domain.id), ref);
}

void DumpGraph::add_own_edges(const Routine& routine) {
  if (!routine.sql_body.empty()) keys_before_query(routine);
}

void DumpGraph::add_own_edges(const Sequence& sequence) {
  if (sequence.owned_by.table.empty()) return;
  const UnitKey key{sequence.id, Part::OwnedBy};
  before(key, sequence.id);
  relation_before(key, sequence.owned_by.table);
}

void DumpGraph::add_own_edges(const Table& table) {
  const UnitKey own = created(table.id);
  const bool late = late_.count(table.id) != 0;
  const UnitKey defaults{table.id, late ? Part::Late : Part::Create};
  std::set<ObjectId> of_defaults;
  for (const Column& column : table.columns) {
    for (const ObjectId& ref : column.refs) before(own, ref);
    const UnitKey& user = column.generated.empty() ? defaults : own;
    for (const ObjectId& ref : column.default_refs) {
      before(user, ref);
      of_defaults.insert(ref);
    }
  }
  for (const ObjectId& ref : table.refs)
    if (!of_defaults.count(ref)) before(own, ref);
  if (late) before(defaults, table.id);
  for (const QualifiedName& parent : table.inherits) relation_before(own, parent);
  if (!table.of_type.empty())
    before(own, ObjectId{Kind::Composite, table.of_type.schema, {}, table.of_type.name, {}});
  if (!table.partition_of.empty()) {
    before({table.id, Part::Attach}, table.id);
    relation_before({table.id, Part::Attach}, table.partition_of);
  }
  for (const std::string& check : table.valid_checks)
    if (const Constraint* above = check_above(table, check, catalog_))
      before({table.id, Part::ValidChecks}, above->id);
  if (table.replica_identity.mode == 'i') {
    const UnitKey key{table.id, Part::ReplicaIdentity};
    before(key, table.id);
    const auto index = index_owner_.find({table.id.schema, table.replica_identity.index});
    if (index != index_owner_.end()) before(key, index->second);
  }
}

void DumpGraph::add_own_edges(const View& view) { keys_before_query(view); }

void DumpGraph::add_own_edges(const MaterializedView& view) { keys_before_query(view); }

void DumpGraph::add_own_edges(const Index& index) {
  const UnitKey key = created(index.id);
  relation_before(key, index.table);
  attachments_before(key, index.table);
  if (index.parent_index.empty()) return;
  before({index.id, Part::Attach}, index.id);
  const auto parent = index_owner_.find(index.parent_index);
  if (parent != index_owner_.end()) before({index.id, Part::Attach}, parent->second);
}

void DumpGraph::add_own_edges(const Constraint& constraint) {
  const UnitKey key = created(constraint.id);
  attachments_before(key, parent_of(constraint.id));
  if (constraint.contype == 'f') {
    relation_before(key, constraint.referenced_table);
    attachments_before(key, constraint.referenced_table);
    const auto keys = table_keys_.find(constraint.referenced_table);
    if (keys != table_keys_.end())
      for (const UnitKey& earlier : keys->second) before(key, earlier);
  }
  if (takes_made_up_names(constraint, catalog_)) {
    const auto others = foreign_keys_.find(parent_of(constraint.id));
    if (others != foreign_keys_.end())
      for (const ObjectId& other : others->second) before(key, other);
  }
  if (constraint.parent_index.empty()) return;
  before({constraint.id, Part::Attach}, constraint.id);
  const auto parent = index_owner_.find(constraint.parent_index);
  if (parent != index_owner_.end()) before({constraint.id, Part::Attach}, parent->second);
}

void DumpGraph::add_own_edges(const Rule& rule) { keys_before_query(rule); }

void DumpGraph::add_own_edges(const Trigger& trigger) {
  attachments_before(created(trigger.id), parent_of(trigger.id));
  const auto functions = routines_.find(trigger.function);
  if (functions == routines_.end()) return;
  for (const ObjectId& function : functions->second) before(created(trigger.id), function);
}

void DumpGraph::before(const UnitKey& key, const UnitKey& earlier) {
  const auto from = places_.find(key), to = places_.find(earlier);
  if (from != places_.end() && to != places_.end() && from->second != to->second)
    edges_[from->second].push_back(to->second);
}

void DumpGraph::before(const UnitKey& key, const ObjectId& earlier) {
  switch (earlier.kind) {
    case Kind::Column:
    case Kind::Default:
      return relation_before(key, parent_of(earlier));
    case Kind::Table:
    case Kind::View:
    case Kind::MaterializedView:
      return relation_before(key, name_of(earlier));
    case Kind::BaseType:
    case Kind::Range: {
      const Object* type = catalog_.find(earlier);
      const bool shell_will_do =
          type && key.first.kind == Kind::Routine && has_shell(*type) &&
          std::binary_search(type->refs.begin(), type->refs.end(), key.first);
      return before(key, UnitKey{earlier, shell_will_do ? Part::Shell : Part::Create});
    }
    default:
      return before(key, created(earlier));
  }
}

void DumpGraph::relation_before(const UnitKey& key, const QualifiedName& relation) {
  for (Kind kind : {Kind::Table, Kind::View, Kind::MaterializedView})
    before(key, created({kind, relation.schema, {}, relation.name, {}}));
}

// A query may group by a primary key and select what depends on it, and then needs the key.
void DumpGraph::keys_before_query(const Object& object) {
  for (const ObjectId& ref : object.refs) {
    if (ref.kind != Kind::Table) continue;
    const auto keys = table_keys_.find(name_of(ref));
    if (keys == table_keys_.end()) continue;
    for (const UnitKey& key : keys->second)
      if (key.first.kind == Kind::Constraint) before(created(object.id), key);
  }
}

void DumpGraph::attachments_before(const UnitKey& key, const QualifiedName& table) {
  const auto attachments = attachments_.find(table);
  if (attachments == attachments_.end()) return;
  for (const UnitKey& earlier : attachments->second) before(key, earlier);
}

}  // namespace schemadiff::schema
