#include "engine/enum_values.h"

#include <algorithm>

#include "engine/hints.h"
#include "engine/lower/column_type.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

bool has(const std::vector<std::string>& labels, const std::string& label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

bool has_old(const ValueMap& map, const std::string& label) {
  return std::any_of(map.begin(), map.end(), [&](const auto& pair) { return pair.first == label; });
}

bool has_new(const ValueMap& map, const std::string& label) {
  return std::any_of(map.begin(), map.end(),
                     [&](const auto& pair) { return pair.second == label; });
}

// Those of one form that the other does not have, and no pair of the map.
template <class IsMapped>
std::vector<std::string> only_in(const std::map<ObjectId, Enum>& one,
                                 const std::map<ObjectId, Enum>& other, const ObjectId& type,
                                 const Context& context, IsMapped is_mapped) {
  const auto here = one.find(type), there = other.find(type);
  std::vector<std::string> labels;
  if (here == one.end() || there == other.end()) return labels;
  const auto map = context.value_maps.find(type);
  for (const std::string& label : here->second.labels)
    if (!has(there->second.labels, label) &&
        (map == context.value_maps.end() || !is_mapped(map->second, label)))
      labels.push_back(label);
  return labels;
}

void follow(const Hint& hint, const Enum& before, const Enum& after, const Context& context,
            ValueMap& map) {
  for (const auto& [old_label, new_label] : read_value_map(hint.value).value_or(ValueMap{})) {
    if (!has(before.labels, old_label)) continue;  // followed by an earlier plan
    if (has(after.labels, old_label))
      throw error_at(hint.span, context.to,
                     describe(after.id) + " keeps its value " + quote_literal(old_label) +
                         ", which a hint maps to another",
                     "take the value out of the type, or out of the hint");
    if (!has(after.labels, new_label))
      throw error_at(hint.span, context.to,
                     describe(after.id) + " has no value " + quote_literal(new_label) + " that " +
                         quote_literal(old_label) + " could become",
                     "name a value that the type has then");
    if (!has_old(map, old_label)) map.emplace_back(old_label, new_label);
  }
}

void follow_backwards(const Hint& hint, const Enum& before, const Enum& after, ValueMap& map) {
  for (const auto& [old_label, new_label] : read_value_map(hint.value).value_or(ValueMap{}))
    if (has(before.labels, new_label) && !has(after.labels, new_label) &&
        has(after.labels, old_label) && !has_old(map, new_label))
      map.emplace_back(new_label, old_label);
}

template <class Follow>
void for_each_map(const Catalog& catalog, const ObjectId& type, Follow follow) {
  const auto hints = catalog.hints.find(type);
  if (hints == catalog.hints.end()) return;
  for (const Hint& hint : hints->second)
    if (hint.key == "map") follow(hint);
}

}  // namespace

void collect_value_maps(Context& context) {
  for (const diff::Change& change : context.changes) {
    if (change.id.kind != Kind::Enum || change.action != diff::Action::Replace) continue;
    const Enum& before = context.from.enums.at(change.id);
    const Enum& after = context.to.enums.at(change.id);
    ValueMap map;
    for_each_map(context.to, change.id,
                 [&](const Hint& hint) { follow(hint, before, after, context, map); });
    for_each_map(context.from, change.id,
                 [&](const Hint& hint) { follow_backwards(hint, before, after, map); });
    if (!map.empty()) context.value_maps.emplace(change.id, std::move(map));
  }
}

std::vector<std::string> lost_values(const ObjectId& type, const Context& context) {
  return only_in(context.from.enums, context.to.enums, type, context, has_old);
}

std::vector<std::string> values_without_way_back(const ObjectId& type, const Context& context) {
  return only_in(context.to.enums, context.from.enums, type, context, has_new);
}

const Enum* enum_under(const TypeName& type, const Catalog& catalog) {
  std::string name = stored_type(type, catalog).sql;
  if (name.ends_with("[]")) {
    name.resize(name.size() - 2);
    name = stored_type({name}, catalog).sql;
  }
  for (const auto& [id, object] : catalog.enums)
    if (sql_name(id) == name) return &object;
  return nullptr;
}

ValueMap values_to_new(const TypeName& type, const Context& context) {
  if (context.value_maps.empty()) return {};
  const Enum* found = enum_under(type, context.from);
  const auto map = found ? context.value_maps.find(found->id) : context.value_maps.end();
  return map == context.value_maps.end() ? ValueMap{} : map->second;
}

ValueMap values_to_old(const TypeName& type, const Context& context) {
  const ValueMap forward = values_to_new(type, context);
  if (forward.empty()) return {};
  const Enum& before = *enum_under(type, context.from);
  ValueMap back;
  for (const auto& [old_label, new_label] : forward)
    if (!has(before.labels, new_label) && !has_old(back, new_label))
      back.emplace_back(new_label, old_label);
  return back;
}

bool merges_values(const TypeName& type, const Context& context) {
  return values_to_old(type, context).size() < values_to_new(type, context).size();
}

std::string mapped_text(const std::string& column, const TypeName& type, const ValueMap& map) {
  const bool array = type.sql.ends_with("[]");
  const std::string text = column + (array ? "::pg_catalog.text[]" : "::pg_catalog.text");
  if (map.empty()) return text;
  if (array) {
    std::string replaced = text;
    for (const auto& [old_label, new_label] : map)
      replaced = "pg_catalog.array_replace(" + replaced + ", " + quote_literal(old_label) + ", " +
                 quote_literal(new_label) + ')';
    return replaced;
  }
  std::string chosen = "CASE " + text;
  for (const auto& [old_label, new_label] : map)
    chosen += " WHEN " + quote_literal(old_label) + " THEN " + quote_literal(new_label);
  return '(' + chosen + " ELSE " + text + " END)";
}

}  // namespace schemadiff::engine
