// What has to come before what in a dump.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "schema/catalog.h"
#include "schema/dump_units.h"

namespace schemadiff::schema {

using UnitKey = std::pair<ObjectId, Part>;

// Objects whose Part::Late is made apart from Part::Create.
using LateObjects = std::set<ObjectId>;

class DumpGraph {
 public:
  DumpGraph(const Catalog& catalog, const LateObjects& late);

  // In the order of kinds and names; edges()[i] are the places of what comes before keys()[i].
  const std::vector<UnitKey>& keys() const { return keys_; }
  const std::vector<std::vector<std::size_t>>& edges() const { return edges_; }

  // Whether indexes of partitions are attached to the index.
  bool has_attached(const QualifiedName& index) const { return has_attached_.count(index) != 0; }

 private:
  void add_keys();
  void find_partitions();
  void add_edges();
  template <class T>
  void add_own_edges(const T&) {}
  void add_own_edges(const Extension& extension);
  void add_own_edges(const Domain& domain);
  void add_own_edges(const Routine& routine);
  void add_own_edges(const Sequence& sequence);
  void add_own_edges(const Table& table);
  void add_own_edges(const View& view);
  void add_own_edges(const MaterializedView& view);
  void add_own_edges(const Index& index);
  void add_own_edges(const Constraint& constraint);
  void add_own_edges(const Rule& rule);
  void add_own_edges(const Trigger& trigger);

  void before(const UnitKey& key, const ObjectId& earlier);
  void before(const UnitKey& key, const UnitKey& earlier);
  void relation_before(const UnitKey& key, const QualifiedName& relation);
  void keys_before_query(const Object& object);
  void attachments_before(const UnitKey& key, const QualifiedName& table);

  const Catalog& catalog_;
  const LateObjects& late_;
  std::map<UnitKey, std::size_t> places_;
  std::vector<UnitKey> keys_;
  std::vector<std::vector<std::size_t>> edges_;
  std::map<QualifiedName, std::vector<UnitKey>> attachments_;  // of partitions at any depth
  std::map<QualifiedName, std::vector<UnitKey>>
      table_keys_;  // unique indexes with their attachments
  std::map<QualifiedName, std::vector<ObjectId>> routines_;  // by name
  std::map<QualifiedName, ObjectId> index_owner_;            // index name → index or constraint
  // by table, the foreign keys that take no names of others
  std::map<QualifiedName, std::vector<ObjectId>> foreign_keys_;
  std::set<QualifiedName> has_attached_;
};

}  // namespace schemadiff::schema
