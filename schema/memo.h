// What a database remembers of its definitions: which source text each came from.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "schema/object_id.h"

namespace schemadiff::schema {

// The definition that the source wrote so is what the server prints so. Digests (schema/digest.h).
struct MemoEntry {
  std::string source;  // of the source's normal form
  std::string server;  // of the server's text
};

// By memo_key().
using Memo = std::unordered_map<std::string, MemoEntry>;

// `attribute` as for_each_definition() names it.
std::string memo_key(const ObjectId& id, std::string_view attribute);

}  // namespace schemadiff::schema
