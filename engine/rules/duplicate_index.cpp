// An index that another one makes needless.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

bool is_plain_key(const Index& index, const std::vector<std::string>& columns) {
  return index.method == "btree" && index.predicate.empty() &&
         std::equal(index.elements.begin(), index.elements.end(), columns.begin(), columns.end(),
                    [](const IndexElement& element, const std::string& column) {
                      IndexElement plain;
                      plain.column = column;
                      return element == plain;
                    });
}

// Whether `other` answers and refuses all that `index` does.
bool covers_index(const Index& other, const Index& index) {
  return other.method == index.method && other.elements == index.elements &&
         other.include == index.include && other.predicate == index.predicate && other.valid &&
         (!index.unique || (other.unique && other.nulls_not_distinct == index.nulls_not_distinct));
}

bool covers_index(const Constraint& key, const Index& index) {
  return (key.contype == 'p' || key.contype == 'u') && is_plain_key(index, key.columns) &&
         key.include == index.include && !key.deferrable &&
         (!index.unique || key.nulls_not_distinct == index.nulls_not_distinct);
}

}  // namespace

Verdict duplicate_index(const Subject& s) {
  const Index* index = s.makes(Kind::Index) ? s.after<Index>() : nullptr;
  if (!index) return kSilent;
  for (const Object* other : s.on_table()) {
    const bool covered = other->id.kind == Kind::Constraint
                             ? covers_index(static_cast<const Constraint&>(*other), *index)
                         : other->id.kind == Kind::Index && other->id != index->id
                             // of two new ones the later is the needless one
                             ? (s.context.from.find(other->id) || other->id < index->id) &&
                                   covers_index(static_cast<const Index&>(*other), *index)
                             : false;
    if (covered)
      return fires(describe(other->id) +
                   " does the same: every write pays for both, and queries need one.");
  }
  return kSilent;
}

}  // namespace schemadiff::engine::rules
