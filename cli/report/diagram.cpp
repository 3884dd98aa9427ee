// Which tables, columns and foreign keys are on a diagram.
#include "cli/report/diagram.h"

#include <algorithm>
#include <map>
#include <set>

#include "schema/quote.h"

namespace schemadiff::cli {
namespace {

using namespace schema;
using Marks = std::map<ObjectId, Mark>;

constexpr std::size_t kMostSame = 6;  // unchanged columns of a touched table, keys aside

struct Key {
  const Constraint* constraint = nullptr;
  Mark mark{};
};
using Keys = std::map<QualifiedName, std::vector<Key>>;

Mark mark_of(diff::Action action) {
  return action == diff::Action::Create ? Mark::Added
         : action == diff::Action::Drop ? Mark::Dropped
                                        : Mark::Changed;
}

Mark mark_of(const Marks& marks, const ObjectId& id) {
  const auto found = marks.find(id);
  return found == marks.end() ? Mark::Same : found->second;
}

ObjectId column_id(const Table& table, const Column& column) {
  return {Kind::Column, table.id.schema, table.id.name, column.name, {}};
}

std::string key_of(const Column& column, const std::vector<Key>& keys) {
  std::set<char> types;
  for (const Key& key : keys)
    if (std::find(key.constraint->columns.begin(), key.constraint->columns.end(), column.name) !=
        key.constraint->columns.end())
      types.insert(key.constraint->contype);
  std::string text = types.contains('p') ? "PK" : types.contains('u') ? "UK" : "";
  if (types.contains('f')) text += text.empty() ? "FK" : ", FK";
  return text;
}

// What is gone counts where it was.
Keys keys_of(const Catalog& from, const Catalog& to, const Marks& marks) {
  Keys keys;
  const auto add = [&](const Constraint& c, Mark mark) {
    if (c.contype == 'p' || c.contype == 'u' || c.contype == 'f')
      keys[{c.id.schema, c.id.parent}].push_back({&c, mark});
  };
  for (const auto& [id, constraint] : to.constraints) add(constraint, mark_of(marks, id));
  for (const auto& [id, constraint] : from.constraints)
    if (!to.constraints.contains(id)) add(constraint, Mark::Dropped);
  return keys;
}

class Builder {
 public:
  Builder(const Catalog& from, const Catalog& to, const Marks& marks)
      : from_(from), to_(to), marks_(marks), keys_(keys_of(from, to, marks)) {}

  const Keys& keys() const { return keys_; }

  void add(const QualifiedName& name, bool all_columns) {
    const Table* now = to_.table(name);
    const Table* before = from_.table(name);
    const Table* table = now ? now : before;
    if (!table || places_.contains(name)) return;
    places_[name] = diagram_.tables.size();
    DiagramTable entry{quote_qualified(name), mark_of(marks_, table->id), {}, 0};
    const std::vector<Key>& keys = keys_[name];
    std::size_t same = 0;
    for (const Column& column : table->columns) {
      const Mark mark =
          entry.mark == Mark::Same || entry.mark == Mark::Changed
              ? std::max(
                    mark_of(marks_, column_id(*table, column)),
                    mark_of(marks_,
                            {Kind::Default, table->id.schema, table->id.name, column.name, {}}) ==
                            Mark::Same
                        ? Mark::Same
                        : Mark::Changed)
              : entry.mark;
      const std::string key = key_of(column, keys);
      if (!all_columns && mark == Mark::Same && key.empty() && ++same > kMostSame)
        ++entry.more;
      else
        entry.rows.push_back({column.name, column.type.sql, key, mark});
    }
    if (now && before)
      for (const Column& column : before->columns)
        if (!now->find(column.name))
          entry.rows.push_back({column.name, column.type.sql, key_of(column, keys), Mark::Dropped});
    if (entry.mark == Mark::Same &&
        (std::any_of(entry.rows.begin(), entry.rows.end(),
                     [](const DiagramRow& row) { return row.mark != Mark::Same; }) ||
         std::any_of(keys.begin(), keys.end(),
                     [](const Key& key) { return key.mark != Mark::Same; })))
      entry.mark = Mark::Changed;
    diagram_.tables.push_back(std::move(entry));
  }

  Diagram finish() {
    for (const auto& [table, keys] : keys_)
      for (const Key& key : keys) {
        if (key.constraint->contype != 'f') continue;
        const auto from = places_.find(table), to = places_.find(*key.constraint->referenced_table);
        if (from == places_.end() || to == places_.end()) continue;
        const std::vector<DiagramRow>& rows = diagram_.tables[from->second].rows;
        const auto row = std::find_if(rows.begin(), rows.end(), [&](const DiagramRow& r) {
          return r.name == key.constraint->columns.front();
        });
        diagram_.edges.push_back({from->second, to->second,
                                  static_cast<std::size_t>(row - rows.begin()),
                                  key.constraint->id.name, key.mark});
      }
    return std::move(diagram_);
  }

 private:
  const Catalog& from_;
  const Catalog& to_;
  const Marks& marks_;
  Keys keys_;
  std::map<QualifiedName, std::size_t> places_;
  Diagram diagram_;
};

QualifiedName table_of(const ObjectId& id, const Catalog& from, const Catalog& to) {
  if (!id.parent.empty()) return {id.schema, id.parent};
  if (id.kind == Kind::Table) return {id.schema, id.name};
  if (id.kind != Kind::Index) return {};
  for (const Catalog* side : {&to, &from})
    if (const auto index = side->indexes.find(id); index != side->indexes.end())
      return index->second.table;
  return {};
}

}  // namespace

Diagram diagram_of(const Catalog& catalog) {
  const Marks marks;
  Builder builder(catalog, catalog, marks);
  for (const auto& [id, table] : catalog.tables)
    if (table.partition_of.empty()) builder.add({id.schema, id.name}, true);
  return builder.finish();
}

Diagram diagram_of(const Catalog& from, const Catalog& to,
                   const std::vector<diff::Change>& changes) {
  Marks marks;
  std::set<QualifiedName> touched;
  for (const diff::Change& change : changes) {
    marks[change.id] = mark_of(change.action);
    if (const QualifiedName table = table_of(change.id, from, to); !table.empty())
      touched.insert(table);
  }
  Builder builder(from, to, marks);
  for (const QualifiedName& table : touched) builder.add(table, false);
  const Keys keys = builder.keys();
  for (const QualifiedName& table : touched)
    if (const auto found = keys.find(table); found != keys.end())
      for (const Key& key : found->second)
        if (key.constraint->contype == 'f') builder.add(*key.constraint->referenced_table, false);
  return builder.finish();
}

}  // namespace schemadiff::cli
