// What objects refer to apart from their definition texts: types, tables, columns, functions.
#include <algorithm>
#include <map>

#include "parser/analyze/definitions.h"
#include "parser/analyze/type_system.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using namespace schema;
using Refs = std::vector<ObjectId>;

class References {
 public:
  References(Catalog& catalog, const TypeSystem& system) : catalog_(catalog), system_(system) {}

  void all();

 private:
  void type(Refs& refs, const TypeName& name) const;
  void collation(Refs& refs, const QualifiedName& name) const;
  void extension(Refs& refs, const std::string& schema) const;
  void relation(Refs& refs, const QualifiedName& name) const;
  void routine(Refs& refs, const QualifiedName& name, const std::string* args = nullptr) const;
  void columns(Refs& refs, const QualifiedName& table, const std::vector<std::string>& names) const;
  void elements(Refs& refs, const QualifiedName& table,
                const std::vector<IndexElement>& list) const;
  void key(Refs& refs, const Constraint& foreign) const;
  void table(Table& table) const;
  void constraint(Constraint& constraint) const;
  void index(Index& index) const;
  void statistics(Statistics& statistics) const;
  void trigger(Trigger& trigger) const;
  void aggregate(Aggregate& aggregate) const;
  void finish(Object& object) const;

  static void column(Refs& refs, const QualifiedName& table, const std::string& name) {
    refs.push_back({Kind::Column, table.schema, table.name, name, {}});
  }

  Catalog& catalog_;
  const TypeSystem& system_;
  std::map<QualifiedName, std::vector<const Index*>> unique_indexes_;  // by table
};

void References::extension(Refs& refs, const std::string& schema) const {
  for (const auto& [id, found] : catalog_.extensions)
    if (found.schema == schema || found.schema.empty()) refs.push_back(id);
}

void References::type(Refs& refs, const TypeName& name) const {
  if (name.empty()) return;
  const TypeRef type = system_.parse(name.sql);
  if (!type) return;
  const TypeInfo* info = &system_.info(type.id);
  if (info->true_array) info = &system_.info(info->element);
  if (info->object) refs.push_back(info->object->id);
  if (info->provenance == Provenance::Extension) extension(refs, std::string(info->schema));
}

void References::collation(Refs& refs, const QualifiedName& name) const {
  if (!name.empty() && name.schema != "pg_catalog") extension(refs, name.schema);
}

void References::relation(Refs& refs, const QualifiedName& name) const {
  for (const Kind kind : {Kind::Table, Kind::View, Kind::MaterializedView}) {
    ObjectId id{kind, name.schema, {}, name.name, {}};
    if (catalog_.find(id)) {
      refs.push_back(std::move(id));
      return;
    }
  }
}

// Without argument types: every routine of the name.
void References::routine(Refs& refs, const QualifiedName& name, const std::string* args) const {
  if (name.empty() || name.schema == "pg_catalog") return;
  const ObjectId first{Kind::Routine, name.schema, {}, name.name, args ? *args : std::string()};
  bool found = false;
  for (auto place = catalog_.routines.lower_bound(first);
       place != catalog_.routines.end() && place->first.schema == name.schema &&
       place->first.name == name.name;
       ++place) {
    if (args && place->first.args != *args) break;
    refs.push_back(place->first);
    found = true;
  }
  if (!found) extension(refs, name.schema);
}

void References::columns(Refs& refs, const QualifiedName& table,
                         const std::vector<std::string>& names) const {
  for (const std::string& name : names) column(refs, table, name);
}

void References::elements(Refs& refs, const QualifiedName& table,
                          const std::vector<IndexElement>& list) const {
  for (const IndexElement& element : list) {
    if (!element.column.empty()) column(refs, table, element.column);
    for (const QualifiedName* name : {&*element.collation, &*element.opclass, &*element.op})
      if (!name->empty() && name->schema != "pg_catalog") extension(refs, name->schema);
  }
}

// The unique constraint or index that a foreign key rests on.
void References::key(Refs& refs, const Constraint& foreign) const {
  const auto sorted = [](std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    return names;
  };
  const auto wanted = sorted(foreign.referenced_columns);
  const QualifiedName& table = foreign.referenced_table;
  for (auto place =
           catalog_.constraints.lower_bound({Kind::Constraint, table.schema, table.name, {}, {}});
       place != catalog_.constraints.end() && place->first.schema == table.schema &&
       place->first.parent == table.name;
       ++place) {
    const Constraint& constraint = place->second;
    if ((constraint.contype == 'p' || constraint.contype == 'u') &&
        sorted(constraint.columns) == wanted) {
      refs.push_back(place->first);
      return;
    }
  }
  const auto place = unique_indexes_.find(table);
  if (place == unique_indexes_.end()) return;
  for (const Index* index : place->second) {
    std::vector<std::string> names;
    for (const IndexElement& element : index->elements) names.push_back(element.column);
    if (sorted(names) == wanted) {
      refs.push_back(index->id);
      return;
    }
  }
}

void References::table(Table& table) const {
  const QualifiedName name{table.id.schema, table.id.name};
  for (Column& column_of : table.columns) {
    type(column_of.refs, column_of.type);
    collation(column_of.refs, column_of.collation);
    for (Refs* refs : {&column_of.refs, &column_of.default_refs}) {
      std::sort(refs->begin(), refs->end());
      refs->erase(std::unique(refs->begin(), refs->end()), refs->end());
    }
  }
  for (const QualifiedName& parent : table.inherits) relation(table.refs, parent);
  if (!table.partition_of.empty()) relation(table.refs, table.partition_of);
  if (!table.of_type.empty()) type(table.refs, {quote_qualified(table.of_type)});
  for (const KeyElement& element : table.partition_key.elements)
    if (!element.opclass.empty() && element.opclass.schema != "pg_catalog")
      extension(table.refs, element.opclass.schema);
}

void References::constraint(Constraint& constraint) const {
  const QualifiedName table{constraint.id.schema, constraint.id.parent};
  relation(constraint.refs, table);
  columns(constraint.refs, table, constraint.columns);
  columns(constraint.refs, table, constraint.include);
  elements(constraint.refs, table, constraint.elements);
  if (constraint.contype != 'f') return;
  relation(constraint.refs, constraint.referenced_table);
  columns(constraint.refs, constraint.referenced_table, constraint.referenced_columns);
  key(constraint.refs, constraint);
}

void References::index(Index& index) const {
  relation(index.refs, index.table);
  elements(index.refs, index.table, index.elements);
  columns(index.refs, index.table, index.include);
}

void References::statistics(Statistics& statistics) const {
  relation(statistics.refs, statistics.table);
  columns(statistics.refs, statistics.table, statistics.columns);
}

void References::trigger(Trigger& trigger) const {
  const QualifiedName table{trigger.id.schema, trigger.id.parent};
  relation(trigger.refs, table);
  columns(trigger.refs, table, trigger.update_columns);
  const std::string none;
  routine(trigger.refs, trigger.function, &none);
  if (!trigger.constraint_table.empty()) relation(trigger.refs, trigger.constraint_table);
}

void References::aggregate(Aggregate& aggregate) const {
  for (const Argument& argument : aggregate.arguments) type(aggregate.refs, argument.type);
  type(aggregate.refs, aggregate.stype);
  type(aggregate.refs, aggregate.mstype);
  for (const QualifiedName* name :
       {&aggregate.sfunc, &aggregate.finalfunc, &aggregate.combinefunc, &aggregate.serialfunc,
        &aggregate.deserialfunc, &aggregate.msfunc, &aggregate.minvfunc, &aggregate.mfinalfunc})
    routine(aggregate.refs, *name);
}

void References::finish(Object& object) const {
  Refs& refs = object.refs;
  if (!object.id.schema.empty()) refs.push_back({Kind::Schema, {}, {}, object.id.schema, {}});
  std::sort(refs.begin(), refs.end());
  refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
  std::erase_if(refs, [&](const ObjectId& id) {
    if (id == object.id) return true;
    if (id.kind == Kind::Column) return false;
    return catalog_.find(id) == nullptr;
  });
}

void References::all() {
  for (const auto& [id, found] : catalog_.indexes)
    if (found.unique && found.predicate.empty()) unique_indexes_[found.table].push_back(&found);
  for (auto& [id, domain] : catalog_.domains) {
    type(domain.refs, domain.base);
    collation(domain.refs, domain.collation);
  }
  for (auto& [id, composite] : catalog_.composites)
    for (const CompositeAttribute& attribute : composite.columns)
      type(composite.refs, attribute.type);
  for (auto& [id, range] : catalog_.ranges) {
    type(range.refs, range.subtype);
    routine(range.refs, range.canonical);
    routine(range.refs, range.subtype_diff);
  }
  for (auto& [id, found] : catalog_.routines) {
    for (const Argument& argument : found.arguments) type(found.refs, argument.type);
    type(found.refs, found.returns);
    routine(found.refs, found.support);
  }
  for (auto& [id, found] : catalog_.aggregates) aggregate(found);
  for (auto& [id, found] : catalog_.tables) table(found);
  for (auto& [id, found] : catalog_.indexes) index(found);
  for (auto& [id, found] : catalog_.constraints) constraint(found);
  for (auto& [id, found] : catalog_.statistics) statistics(found);
  for (auto& [id, rule] : catalog_.rules) relation(rule.refs, {id.schema, id.parent});
  for (auto& [id, found] : catalog_.triggers) trigger(found);
  for (auto& [id, found] : catalog_.event_triggers) {
    const std::string none;
    routine(found.refs, found.function, &none);
  }
  for (auto& [id, policy] : catalog_.policies) relation(policy.refs, {id.schema, id.parent});
  catalog_.for_each([this](auto& object) { finish(object); });
}

}  // namespace

void add_structural_refs(Catalog& catalog, const TypeSystem& system) {
  References(catalog, system).all();
}

}  // namespace schemadiff::parser
