// Deletes that have to read all of the referencing table.
#include <algorithm>

#include "engine/rules/rule.h"
#include "schema/quote.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

bool covers(const std::vector<std::string>& key, const std::vector<std::string>& columns) {
  if (key.size() < columns.size()) return false;
  return std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
    const auto end = key.begin() + static_cast<std::ptrdiff_t>(columns.size());
    return std::find(key.begin(), end, column) != end;
  });
}

bool has_index(const Context& context, const QualifiedName& table,
               const std::vector<std::string>& columns) {
  const auto found = context.new_children.find(table);
  if (found == context.new_children.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Object* child) {
    if (child->id.kind == Kind::Constraint)
      return static_cast<const Constraint*>(child)->has_index() &&
             covers(static_cast<const Constraint*>(child)->columns, columns);
    if (child->id.kind != Kind::Index) return false;
    const auto& index = static_cast<const Index&>(*child);
    std::vector<std::string> key;
    for (const IndexElement& element : index.elements) key.push_back(element.column);
    return index.predicate.empty() && covers(key, columns);
  });
}

}  // namespace

Verdict foreign_key_without_index(const Subject& s) {
  if (!s.makes(Kind::Constraint)) return kSilent;
  const Constraint* key = s.after<Constraint>();
  if (key->contype != 'f' || has_index(s.context, s.table(), key->columns)) return kSilent;
  const Risk risk = s.size() == Size::Large ? Risk::Medium : Risk::Low;
  return fires("No index begins with its columns: deletes from " +
                   quote_qualified(*key->referenced_table) +
                   " and changes of its key read all of " + quote_qualified(s.table()) + ".",
               risk);
}

}  // namespace schemadiff::engine::rules
