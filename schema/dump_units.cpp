// Decides the pieces of a dump and their order: dependencies first, then the order of kinds and
// names.
#include "schema/dump_units.h"

#include <algorithm>
#include <optional>

#include "schema/ddl/text.h"
#include "schema/dump_graph.h"
#include "schema/dump_statements.h"
#include "schema/graph.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

using Edges = std::vector<std::vector<std::size_t>>;

// Of the nodes that could not be ordered, those that are in a cycle or between cycles.
std::vector<std::size_t> without_followers(const Edges& edges,
                                           const std::vector<std::size_t>& stuck) {
  std::map<std::size_t, std::size_t> followers;
  for (std::size_t node : stuck) followers[node] = 0;
  for (std::size_t node : stuck)
    for (std::size_t before : edges[node])
      if (followers.count(before)) ++followers[before];
  std::vector<std::size_t> free;
  for (const auto& [node, count] : followers)
    if (count == 0) free.push_back(node);
  while (!free.empty()) {
    const std::size_t node = free.back();
    free.pop_back();
    followers.erase(node);
    for (std::size_t before : edges[node]) {
      const auto it = followers.find(before);
      if (it != followers.end() && --it->second == 0) free.push_back(before);
    }
  }
  std::vector<std::size_t> cyclic;
  for (const auto& [node, count] : followers) cyclic.push_back(node);
  return cyclic;
}

// A child of INHERITS that has its parent's default gets it with the parent's CREATE; so it is late
// too.
void add_children(const Catalog& catalog, LateObjects& late) {
  for (bool added = true; added;) {
    added = false;
    for (const auto& [id, table] : catalog.tables)
      for (const QualifiedName& parent : table.inherits)
        if (late.count({Kind::Table, parent.schema, {}, parent.name, {}}) &&
            !late_statements(table).empty())
          added = late.insert(id).second || added;
  }
}

// Adds the tables and domains of the cycle whose defaults or constraints can be made later.
bool make_late(const Catalog& catalog, const DumpGraph& graph,
               const std::vector<std::size_t>& cyclic, LateObjects& late) {
  const std::size_t before = late.size();
  for (std::size_t place : cyclic) {
    const ObjectId& id = graph.keys()[place].first;
    const auto table = catalog.tables.find(id);
    const auto domain = catalog.domains.find(id);
    if ((table != catalog.tables.end() && !late_statements(table->second).empty()) ||
        (domain != catalog.domains.end() && !late_statements(domain->second).empty()))
      late.insert(id);
  }
  add_children(catalog, late);
  return late.size() > before;
}

// What a cycle that cannot be split is entered at: a routine whose body is not checked, if there is
// one.
std::size_t entry_of(const Catalog& catalog, const DumpGraph& graph,
                     const std::vector<std::size_t>& cyclic) {
  for (std::size_t place : cyclic) {
    const auto routine = catalog.routines.find(graph.keys()[place].first);
    if (routine != catalog.routines.end() && routine->second.sql_body.empty()) return place;
  }
  return cyclic.front();
}

std::vector<std::size_t> forced_order(const Catalog& catalog, const DumpGraph& graph) {
  Edges edges = graph.edges();
  while (true) {
    std::vector<std::size_t> stuck;
    const std::vector<std::size_t> order = topological_order(edges, stuck);
    if (stuck.empty()) return order;
    edges[entry_of(catalog, graph, without_followers(edges, stuck))].clear();
  }
}

template <class T>
Unit create_unit(const T& object, const Catalog& catalog, const DumpGraph& graph,
                 const LateObjects& late) {
  DumpChoice choice{late.count(object.id) != 0,
                    graph.has_attached({object.id.schema, object.id.name})};
  if constexpr (std::is_same_v<T, Index>) choice.only = choice.only || !object.valid;
  Unit unit{object.id, Part::Create, made(object, catalog, choice), 0};
  const bool described_late = choice.late && object.id.kind == Kind::Domain;
  if (!described_late && !(object.id.kind == Kind::Constraint && unit.statements.empty()))
    for (std::string& sql : described(object, catalog)) unit.statements.push_back(std::move(sql));
  if (object_needs_path(object)) unit.search_path = object.search_path;
  return unit;
}

template <class T>
Unit late_unit(const T& object, const Catalog& catalog) {
  Unit unit{object.id, Part::Late, late_statements(object), 0};
  if (object.id.kind == Kind::Domain)
    for (std::string& sql : described(object, catalog)) unit.statements.push_back(std::move(sql));
  if (object_needs_path(object)) unit.search_path = object.search_path;
  return unit;
}

Unit part_unit(const UnitKey& key, const Catalog& catalog) {
  const auto& [id, part] = key;
  switch (part) {
    case Part::Shell:
      return {id, part, {shell_sql(id)}, 0};
    case Part::ValidChecks:
      return {id, part, valid_checks_sql(catalog.tables.at(id), catalog), 0};
    case Part::OwnedBy:
      return {id, part, owned_by_sql(catalog.sequences.at(id)), 0};
    case Part::ReplicaIdentity:
      return {id, part, {replica_identity_sql(catalog.tables.at(id))}, 0};
    case Part::Late:
      return id.kind == Kind::Table ? late_unit(catalog.tables.at(id), catalog)
                                    : late_unit(catalog.domains.at(id), catalog);
    case Part::Attach:
      if (id.kind == Kind::Index) return {id, part, attach_sql(catalog.indexes.at(id)), 0};
      if (id.kind == Kind::Constraint) return {id, part, attach_sql(catalog.constraints.at(id)), 0};
      return {id, part, attach_sql(catalog.tables.at(id)), 0};
    case Part::Create:
      break;
  }
  return {id, part, {}, 0};
}

}  // namespace

std::vector<Unit> dump_units(const Catalog& catalog) {
  LateObjects late;
  std::optional<DumpGraph> graph(std::in_place, catalog, late);
  while (true) {
    std::vector<std::size_t> stuck;
    topological_order(graph->edges(), stuck);
    if (stuck.empty() ||
        !make_late(catalog, *graph, without_followers(graph->edges(), stuck), late))
      break;
    graph.emplace(catalog, late);
  }

  std::map<ObjectId, Unit> created;
  catalog.for_each([&](const auto& object) {
    created.emplace(object.id, create_unit(object, catalog, *graph, late));
  });
  std::vector<Unit> units;
  for (std::size_t place : forced_order(catalog, *graph)) {
    const UnitKey& key = graph->keys()[place];
    Unit unit =
        key.second == Part::Create ? std::move(created.at(key.first)) : part_unit(key, catalog);
    if (!unit.statements.empty()) units.push_back(std::move(unit));
  }
  return units;
}

std::string set_search_path_sql(const std::vector<std::string>& schemas) {
  return "SELECT pg_catalog.set_config('search_path', " + quote_literal(name_list(schemas)) +
         ", false);\n";
}

std::string unit_sql(const Unit& unit, const Catalog& catalog) {
  std::string text;
  for (const std::string& sql : unit.statements) text += sql + ";\n";
  if (unit.search_path == 0) return text;
  const auto& path = catalog.search_paths.at(static_cast<std::size_t>(unit.search_path));
  return set_search_path_sql(path) + text + set_search_path_sql({});
}

}  // namespace schemadiff::schema
