// A new column whose values are computed row by row.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict add_column_rewrite(const Subject& s) {
  const bool also = std::any_of(s.operation.also.begin(), s.operation.also.end(),
                                [](const Locked& l) { return l.op == Op::AddColumnRewriting; });
  if (s.operation.op != Op::AddColumnRewriting && !also) return kSilent;
  const bool generated = s.column_after() && !s.column_after()->generated.empty();
  return fires("Its values are computed row by row: the table" + s.figures() +
                   " is rewritten under an ACCESS EXCLUSIVE lock" +
                   (generated && s.size() == Size::Large
                        ? "; a plain column that a trigger fills for new rows and a backfill for "
                          "the old ones needs no such lock."
                        : "."),
               s.by_size());
}

}  // namespace schemadiff::engine::rules
