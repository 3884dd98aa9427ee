// --schema, --exclude and [ignore]: which objects take part.
#include "cli/narrow.h"

#include <algorithm>

namespace schemadiff::cli {
namespace {

using schema::QualifiedName;

// The names by which patterns may mean an object: its own, and that of the table it stands on.
template <class T>
std::vector<QualifiedName> names_of(const T& object) {
  const schema::ObjectId& id = object.id;
  if constexpr (std::is_same_v<T, schema::Schema>)
    return {{id.name, ""}};
  else if constexpr (std::is_same_v<T, schema::Extension>)
    return {{id.name, ""}, {object.schema, id.name}};
  else if constexpr (std::is_same_v<T, schema::Index> || std::is_same_v<T, schema::Statistics>)
    return {object.table, {id.schema, id.name}};
  else if constexpr (std::is_same_v<T, schema::Sequence>) {
    if (object.owned_by.table.empty()) return {{id.schema, id.name}};
    return {object.owned_by.table, {id.schema, id.name}};
  } else {
    if (id.parent.empty()) return {{id.schema, id.name}};
    return {{id.schema, id.parent}, {id.schema, id.name}};
  }
}

bool matches_name(std::string_view pattern, const QualifiedName& name) {
  if (pattern.find('.') == std::string_view::npos) return matches(pattern, name.schema);
  return !name.name.empty() && matches(pattern, name.schema + "." + name.name);
}

bool any(const std::vector<std::string>& patterns, const std::vector<QualifiedName>& names) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return std::any_of(names.begin(), names.end(),
                       [&](const QualifiedName& name) { return matches_name(pattern, name); });
  });
}

// A schema takes part when anything in it may.
bool holds_included(const std::vector<std::string>& include, const std::string& schema) {
  return std::any_of(include.begin(), include.end(), [&](const std::string& pattern) {
    return matches(pattern.substr(0, pattern.find('.')), schema);
  });
}

template <class T>
bool takes_part(const T& object, const Narrowing& n) {
  const std::vector<QualifiedName> names = names_of(object);
  if (any(n.exclude, names)) return false;
  if (n.include.empty()) return true;
  if constexpr (std::is_same_v<T, schema::Schema>)
    return holds_included(n.include, object.id.name);
  else
    return any(n.include, {names.front()});
}

QualifiedName split(const std::string& name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return {name, ""};
  return {name.substr(0, dot), name.substr(dot + 1)};
}

}  // namespace

bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

void narrow(schema::Catalog& catalog, const Narrowing& narrowing) {
  if (narrowing.include.empty() && narrowing.exclude.empty()) return;
  catalog.for_each_map([&](auto& map) {
    std::erase_if(map, [&](const auto& entry) { return !takes_part(entry.second, narrowing); });
  });
  std::erase_if(catalog.unmodelled, [&](const schema::Unmodelled& item) {
    const std::vector<QualifiedName> names{split(item.name)};
    return any(narrowing.exclude, names) ||
           (!narrowing.include.empty() && !any(narrowing.include, names));
  });
}

bool matches_any(const schema::Catalog& catalog, std::string_view pattern) {
  bool found = false;
  catalog.for_each(
      [&](const auto& object) { found = found || any({std::string(pattern)}, names_of(object)); });
  return found;
}

}  // namespace schemadiff::cli
