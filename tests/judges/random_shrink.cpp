// Fewer pieces, by halves and then one by one; fewer differences.
#include "tests/judges/random_shrink.h"

#include <algorithm>
#include <set>

namespace schemadiff::testing {
namespace {

std::vector<std::string> keys_of(const SchemaPair& pair) {
  std::vector<std::string> keys;
  std::set<std::string> seen;
  for (const Schema* side : {&pair.from, &pair.to}) {
    for (const Piece& piece : *side)
      if (piece.maker != nullptr && seen.insert(piece.key).second) keys.push_back(piece.key);
  }
  return keys;
}

void remove(Schema& schema, const std::set<std::string>& keys) {
  std::erase_if(schema, [&](const Piece& piece) { return keys.contains(piece.key); });
}

Schema::iterator find(Schema& schema, const std::string& key) {
  return std::find_if(schema.begin(), schema.end(),
                      [&](const Piece& piece) { return piece.key == key; });
}

bool same_text(const SchemaPair& a, const SchemaPair& b) {
  return sql_of(a.from) == sql_of(b.from) && sql_of(a.to) == sql_of(b.to);
}

constexpr int kAttempts = 100;

// The pair without a difference at the key; unchanged where there is none.
SchemaPair without_difference(SchemaPair pair, const std::string& key) {
  const auto from = find(pair.from, key);
  const auto to = find(pair.to, key);
  if (from == pair.from.end()) {
    remove(pair.to, {key});
  } else if (to == pair.to.end()) {
    remove(pair.from, {key});
  } else {
    *to = *from;
  }
  return pair;
}

}  // namespace

SchemaPair shrink(SchemaPair pair, const std::function<bool(const SchemaPair&)>& still_fails) {
  int attempts = 0;
  const auto accept = [&](SchemaPair smaller) {
    if (same_text(smaller, pair) || ++attempts > kAttempts || !still_fails(smaller)) return;
    pair = std::move(smaller);
  };
  for (std::size_t size = keys_of(pair).size() / 2; size > 0; size /= 2) {
    const std::vector<std::string> keys = keys_of(pair);
    for (std::size_t end = keys.size(); end > 0; end -= std::min(end, size)) {
      const std::size_t begin = end - std::min(end, size);
      SchemaPair smaller = pair;
      const std::set<std::string> out(keys.begin() + static_cast<std::ptrdiff_t>(begin),
                                      keys.begin() + static_cast<std::ptrdiff_t>(end));
      remove(smaller.from, out);
      remove(smaller.to, out);
      accept(std::move(smaller));
    }
  }
  for (const std::string& key : keys_of(pair)) accept(without_difference(pair, key));
  return pair;
}

}  // namespace schemadiff::testing
