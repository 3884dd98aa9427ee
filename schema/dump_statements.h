// The statements of one object in a dump.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"
#include "schema/ddl/ddl.h"

namespace schemadiff::schema {

// What the dump does not make as the object is at once.
struct DumpChoice {
  bool late = false;  // leave out what late_statements() say
  bool only = false;  // an index whose partitions' indexes are made one by one and attached
};

// The object itself; empty for what comes with something else: the schema public, inherited checks.
Statements made(const Schema& schema, const Catalog& catalog, DumpChoice choice);
Statements made(const Extension& extension, const Catalog& catalog, DumpChoice choice);
Statements made(const Domain& domain, const Catalog& catalog, DumpChoice choice);
Statements made(const Table& table, const Catalog& catalog, DumpChoice choice);
Statements made(const Range& range, const Catalog& catalog, DumpChoice choice);
Statements made(const Index& index, const Catalog& catalog, DumpChoice choice);
Statements made(const Constraint& constraint, const Catalog& catalog, DumpChoice choice);
template <class T>
Statements made(const T& object, const Catalog&, DumpChoice) {
  return create_sql(object);
}

// Its owner, privileges and comments, as far as the catalog says them.
Statements described(const Object& object, const Catalog& catalog);

// SET DEFAULT of a table's columns whose defaults refer to something; ADD CONSTRAINT of a domain.
Statements late_statements(const Table& table);
Statements late_statements(const Domain& domain);

// Says which of its checks hold in a partition and not in the one above it.
Statements valid_checks_sql(const Table& partition, const Catalog& catalog);

// Whether a text still needs the search path that it was written for: it was not analysed, or not
// wholly.
inline bool needs_path(const Expr& e) { return !e.empty() && (e.unproven || e.normal.empty()); }
inline bool needs_path(const IndexElement& e) { return needs_path(e.expression); }
inline bool needs_path(const KeyElement& e) { return needs_path(e.expression); }
inline bool needs_path(const Argument& a) { return needs_path(a.default_value); }
inline bool needs_path(const DomainConstraint& c) { return needs_path(c.check); }
inline bool needs_path(const ViewColumn& c) { return needs_path(c.default_value); }
inline bool needs_path(const Column& c) {
  return needs_path(c.default_value) || needs_path(c.generated);
}
template <class V>
bool needs_path(const V&) {
  return false;
}
template <class V>
bool needs_path(const std::vector<V>& values) {
  for (const V& value : values)
    if (needs_path(value)) return true;
  return false;
}
inline bool needs_path(const PartitionKey& key) { return needs_path(key.elements); }

template <class T>
bool object_needs_path(const T& object) {
  bool needs = false;
  for_each_attribute<T>(
      [&](const auto& attribute) { needs = needs || needs_path(object.*attribute.member); });
  if constexpr (std::is_same_v<T, Table>) needs = needs || needs_path(object.columns);
  if constexpr (std::is_same_v<T, Extension>) needs = object.schema.empty();
  return needs;
}

}  // namespace schemadiff::schema
