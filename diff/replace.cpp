#include "diff/replace.h"

#include <algorithm>
#include <set>

#include "schema/owner.h"

namespace schemadiff::diff {

using namespace schema;

namespace {

bool same_column(const ViewColumn& a, const ViewColumn& b) {
  return a.name == b.name && (a.type.empty() || b.type.empty() || a.type == b.type);
}

// An index comes loose from the partitioned table's only when its table is detached.
template <class T>
bool leaves_parent_index(const T& before, const T& after, const QualifiedName& table,
                         const Catalogs& catalogs) {
  if (before.parent_index.empty() || before.parent_index == after.parent_index) return false;
  const Table* old_table = catalogs.from.table(table);
  const Table* new_table = catalogs.to.table(table);
  return old_table && new_table && old_table->partition_of == new_table->partition_of;
}

// ALTER INDEX … SET is not for partitioned indexes.
template <class T>
bool cannot_set_options(const T& before, const T& after, const QualifiedName& table,
                        const Catalogs& catalogs) {
  if (before.options == after.options) return false;
  const Table* found = catalogs.from.table(table);
  return found && !found->partition_key.strategy.empty();
}

bool is_input(char mode) { return mode == 'i' || mode == 'b' || mode == 'v'; }
bool is_output(char mode) { return mode == 'o' || mode == 'b' || mode == 't'; }

bool has_check(const Table& table, const Catalogs& catalogs) {
  const auto has = [&](const Catalog& catalog) {
    bool found = false;
    for_each_constraint(catalog, {table.id.schema, table.id.name},
                        [&](const Constraint& constraint) { found |= constraint.contype == 'c'; });
    return found;
  };
  return has(catalogs.from) || has(catalogs.to);
}

bool is_published(const Table& table, const Catalogs& catalogs) {
  const QualifiedName name{table.id.schema, table.id.name};
  const auto published = [&](const Catalog& catalog) {
    return std::any_of(
        catalog.publications.begin(), catalog.publications.end(), [&](const auto& entry) {
          const Publication& p = entry.second;
          return p.all_tables ||
                 std::find(p.schemas.begin(), p.schemas.end(), name.schema) != p.schemas.end() ||
                 std::any_of(p.tables.begin(), p.tables.end(),
                             [&](const PublishedTable& t) { return t.table == name; });
        });
  };
  return published(catalogs.from) || published(catalogs.to);
}

bool meet(const std::vector<ObjectId>& refs, const std::set<ObjectId>& ids) {
  return std::ranges::any_of(refs, [&](const ObjectId& ref) { return ids.contains(ref); });
}

// The types whose values hold values of these in parts: row types of tables, composite types,
// ranges, and domains over such or over arrays.
std::set<ObjectId> containers(const std::set<ObjectId>& types, const Catalog& catalog) {
  std::set<ObjectId> found;
  for (std::size_t before = 1; before != found.size();) {
    before = found.size();
    const auto look = [&](const Object& type, const std::vector<ObjectId>& refs) {
      if (!types.contains(type.id) && (meet(refs, types) || meet(refs, found)))
        found.insert(type.id);
    };
    for (const auto& [id, type] : catalog.domains) look(type, type.refs);
    for (const auto& [id, type] : catalog.composites) look(type, type.refs);
    for (const auto& [id, type] : catalog.ranges) look(type, type.refs);
    for (const auto& [id, table] : catalog.tables)
      for (const Column& column : table.columns) look(table, column.refs);
  }
  return found;
}

bool any_column(const Catalog& catalog, const auto& test) {
  return std::ranges::any_of(catalog.tables, [&](const auto& entry) {
    return std::ranges::any_of(entry.second.columns, test);
  });
}

bool is_tightened(const Domain& before, const Domain& after) {
  return (after.not_null && !before.not_null) ||
         std::ranges::any_of(after.constraints, [&](const DomainConstraint& constraint) {
           return constraint.validated &&
                  std::ranges::none_of(before.constraints, [&](const DomainConstraint& old) {
                    return old.validated && old.check == constraint.check;
                  });
         });
}

}  // namespace

std::set<std::string> names_over(const ObjectId& domain, const Catalog& catalog) {
  std::set<std::string> names{sql_name(domain)};
  for (std::size_t known = 0; known != names.size();) {
    known = names.size();
    for (const auto& [id, other] : catalog.domains)
      if (names.contains(other.base.sql)) names.insert(sql_name(id));
  }
  return names;
}

bool is_in_parts_of_columns(const Domain& domain, const Catalog& catalog) {
  const std::set<std::string> names = names_over(domain.id, catalog);
  std::set<ObjectId> domains;
  for (const auto& [id, other] : catalog.domains)
    if (names.contains(sql_name(id))) domains.insert(id);
  const std::set<ObjectId> parts = containers(domains, catalog);
  return any_column(catalog, [&](const Column& column) {
    return meet(column.refs, parts) ||
           (column.type.sql.ends_with("[]") && meet(column.refs, domains));
  });
}

bool same_columns(const std::vector<ViewColumn>& before, const std::vector<ViewColumn>& after) {
  return std::equal(before.begin(), before.end(), after.begin(), after.end(), same_column);
}

bool in_partition_key(const Table& table, const std::string& column) {
  const auto& key = table.partition_key.elements;
  if (std::any_of(key.begin(), key.end(), [&](const auto& e) { return e.column == column; }))
    return true;
  const bool expressions =
      std::any_of(key.begin(), key.end(), [](const auto& e) { return e.column.empty(); });
  const ObjectId id{Kind::Column, table.id.schema, table.id.name, column, {}};
  return expressions && std::find(table.refs.begin(), table.refs.end(), id) != table.refs.end();
}

// ALTER TYPE … ADD VALUE only adds: the old labels have to stand in the new list in their old
// order.
bool must_replace(const Enum& before, const Enum& after, const Catalogs&) {
  auto next = after.labels.begin();
  for (const std::string& label : before.labels) {
    next = std::find(next, after.labels.end(), label);
    if (next == after.labels.end()) return true;
    ++next;
  }
  return false;
}

// Attributes can be dropped, appended and, while no table uses the type, altered.
bool must_replace(const Composite& before, const Composite& after, const Catalogs& catalogs) {
  const auto find = [](const Composite& type, const std::string& name) {
    return std::find_if(type.columns.begin(), type.columns.end(),
                        [&](const auto& column) { return column.name == name; });
  };
  auto next = after.columns.begin();
  bool retyped = false;
  for (const CompositeAttribute& old : before.columns) {
    const auto now = find(after, old.name);
    if (now == after.columns.end()) continue;
    if (now != next) return true;  // an attribute was put before it, or the order changed
    ++next;
    if (now->type != old.type || now->collation != old.collation) retyped = true;
  }
  if (!retyped) return false;
  std::set<ObjectId> holders = containers({before.id}, catalogs.from);
  holders.insert(before.id);
  return any_column(catalogs.from,
                    [&](const Column& column) { return meet(column.refs, holders); });
}

bool must_replace(const Domain& before, const Domain& after, const Catalogs& catalogs) {
  return is_tightened(before, after) && is_in_parts_of_columns(before, catalogs.from);
}

// typecmds.c, AlterType; a shell is filled in by its definition.
bool must_replace(const BaseType& before, const BaseType& after, const Catalogs&) {
  if (!before.defined) return false;
  if (after.storage == 'p' && before.storage != 'p') return true;
  BaseType altered = before;
  altered.receive = after.receive;
  altered.send = after.send;
  altered.typmod_in = after.typmod_in;
  altered.typmod_out = after.typmod_out;
  altered.analyze = after.analyze;
  altered.subscript = after.subscript;
  if (after.length < 0) altered.storage = after.storage;
  bool same = true;
  for_each_attribute<BaseType>([&](const auto& attribute) {
    same = same && altered.*attribute.member == after.*attribute.member;
  });
  return !same;
}

// pg_proc.c, ProcedureCreate: what CREATE OR REPLACE refuses.
bool must_replace(const Routine& before, const Routine& after, const Catalogs&) {
  if (before.arguments == after.arguments) return false;
  if (before.arguments.size() != after.arguments.size()) return true;
  for (std::size_t i = 0; i < before.arguments.size(); ++i) {
    const Argument& old = before.arguments[i];
    const Argument& now = after.arguments[i];
    if (old.mode != now.mode || old.type != now.type) return true;
    if (is_output(old.mode) && old.name != now.name) return true;
    if (is_input(old.mode) && !old.name.empty() && old.name != now.name) return true;
    if (!old.default_value.empty() && now.default_value.empty()) return true;
  }
  return false;
}

// A column of the partition key cannot change its type.
bool must_replace(const Table& before, const Table& after, const Catalogs&) {
  if (before.partition_key.strategy.empty()) return false;
  return std::any_of(before.columns.begin(), before.columns.end(), [&](const Column& old) {
    const Column* now = after.find(old.name);
    return now && (old.type != now->type || old.collation != now->collation) &&
           in_partition_key(before, old.name);
  });
}

// view.c, checkViewColumns: columns may only be added, at the end.
bool must_replace(const View& before, const View& after, const Catalogs&) {
  return before.columns.size() > after.columns.size() ||
         !std::equal(before.columns.begin(), before.columns.end(), after.columns.begin(),
                     same_column);
}

bool must_replace(const MaterializedView& before, const MaterializedView& after, const Catalogs&) {
  return !same_columns(before.columns, after.columns);
}

// Of the elements, only the statistics target of an expression column can be altered.
bool must_replace(const Index& before, const Index& after, const Catalogs& catalogs) {
  if (leaves_parent_index(before, after, before.table, catalogs) ||
      cannot_set_options(before, after, before.table, catalogs))
    return true;
  auto elements = before.elements;
  if (elements.size() != after.elements.size()) return true;
  for (std::size_t i = 0; i < elements.size(); ++i)
    elements[i].statistics = after.elements[i].statistics;
  return elements != after.elements;
}

bool must_replace(const Constraint& before, const Constraint& after, const Catalogs& catalogs) {
  const QualifiedName its_table{before.id.schema, before.id.parent};
  if (leaves_parent_index(before, after, its_table, catalogs) ||
      cannot_set_options(before, after, its_table, catalogs))
    return true;
  // Of a foreign table's rows nothing is ever checked.
  const Table* table = catalogs.to.table({after.id.schema, after.id.parent});
  const bool can_validate = !table || table->server.empty();
  if (before.validated != after.validated && (before.validated || !can_validate)) return true;
  // ALTER CONSTRAINT … ENFORCED checks all rows, and is for foreign keys
  if (before.enforced != after.enforced && (after.contype != 'f' || !after.validated)) return true;
  const bool same_timing = before.deferrable == after.deferrable &&
                           before.initially_deferred == after.initially_deferred;
  return !same_timing && after.contype != 'f';  // ALTER CONSTRAINT is for foreign keys
}

std::vector<ObjectId> checks_known_no_more(const Table& before, const Table& after,
                                           const Catalogs& catalogs) {
  std::vector<ObjectId> checks;
  if (before.partition_of != after.partition_of) return checks;
  for (const std::string& name : before.valid_checks) {
    const Constraint* check = check_above(after, name, catalogs.to);
    if (!check || holds_in(after, *check)) continue;
    const auto old = catalogs.from.constraints.find(check->id);
    if (old != catalogs.from.constraints.end() && !old->second.validated)
      checks.push_back(check->id);
  }
  return checks;
}

// ALTER POLICY cannot take an expression away.
bool must_replace(const Policy& before, const Policy& after, const Catalogs&) {
  return (!before.using_expr.empty() && after.using_expr.empty()) ||
         (!before.check_expr.empty() && after.check_expr.empty());
}

// Before version 17 a generation expression can only be dropped; a virtual column has no values to
// keep, and its expression stands fast while the table has checks or is published (tablecmds.c,
// ATExecSetExpression).
bool must_replace(const Column& before, const Column& after, const Table& table,
                  const Catalogs& catalogs) {
  if (before.generated == after.generated && before.virtual_generated == after.virtual_generated)
    return false;
  if (after.generated.empty()) return before.virtual_generated;
  if (before.generated.empty() || before.virtual_generated != after.virtual_generated) return true;
  if (catalogs.from.server_version < 17) return true;
  return after.virtual_generated && (has_check(table, catalogs) || is_published(table, catalogs));
}

}  // namespace schemadiff::diff
