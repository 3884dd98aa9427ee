// Catalog entries under other identities, and names that follow them.
#pragma once

#include <vector>

#include "parser/builder.h"
#include "schema/error.h"
#include "schema/quote.h"

namespace schemadiff::parser {

// Gives the entry another key; its address stays. Throws Error where that is taken.
template <class Map>
void rekey(Map& map, const schema::ObjectId& from, const schema::ObjectId& to) {
  if (from == to) return;
  auto entry = map.extract(from);
  if (entry.empty()) return;
  entry.key() = to;
  entry.mapped().id = to;
  const auto result = map.insert(std::move(entry));
  if (!result.inserted) throw Error(schema::describe(to) + " already exists");
}

// The same for all of a kind that stand on the table `from`, which becomes `to`.
template <class Map>
void rekey_children(Map& map, schema::Kind kind, const schema::ObjectId& from,
                    const schema::ObjectId& to) {
  std::vector<schema::ObjectId> ids;
  for (auto at = map.lower_bound({kind, from.schema, from.name, {}, {}});
       at != map.end() && at->first.schema == from.schema && at->first.parent == from.name; ++at) {
    ids.push_back(at->first);
  }
  for (const schema::ObjectId& id : ids) {
    schema::ObjectId moved = id;
    moved.schema = to.schema;
    moved.parent = to.name;
    rekey(map, id, moved);
  }
}

inline void replace(schema::QualifiedName& name, const schema::QualifiedName& from,
                    const schema::QualifiedName& to) {
  if (name == from) name = to;
}

inline void replace(schema::Rare<schema::QualifiedName>& name, const schema::QualifiedName& from,
                    const schema::QualifiedName& to) {
  if (*name == from) name = to;
}

template <class Name>
void rekey_name(NameMap<Name>& map, const schema::QualifiedName& from,
                const schema::QualifiedName& to) {
  auto entry = map.extract(from);
  if (entry.empty()) return;
  entry.key() = to;
  if (!map.insert(std::move(entry)).inserted) {
    throw Error(schema::quote_qualified(to) + " already exists");
  }
}

// The type's spelling in columns, arguments, …
void replace_type_texts(Builder& builder, const schema::QualifiedName& from,
                        const schema::QualifiedName& to);

}  // namespace schemadiff::parser
