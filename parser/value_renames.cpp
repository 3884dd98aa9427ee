#include "parser/value_renames.h"

#include <algorithm>

#include "schema/error_at.h"
#include "schema/quote.h"
#include "schema/value_map.h"

namespace schemadiff::parser {

using namespace schema;

namespace {

bool has(const std::vector<std::string>& labels, const std::string& label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

// The pairs that are followed.
ValueMap follow(const Hint& hint, Enum& before, const Enum& after, const Catalog& to) {
  ValueMap followed;
  for (const auto& [old_label, new_label] : read_value_map(hint.value).value_or(ValueMap{})) {
    if (!has(before.labels, old_label) || has(after.labels, old_label)) continue;
    if (!has(after.labels, new_label))
      throw error_at(hint.span, to,
                     describe(after.id) + " has no value " + quote_literal(new_label) + " that " +
                         quote_literal(old_label) + " could be called",
                     "add it to the type, or take the hint out");
    if (has(before.labels, new_label))
      throw error_at(hint.span, to,
                     describe(after.id) + " has both " + quote_literal(old_label) + " and " +
                         quote_literal(new_label) + " now: none can take the other's name",
                     "say what the rows shall have: -- schemadiff: map=" +
                         show_value_pair(old_label, new_label));
    std::replace(before.labels.begin(), before.labels.end(), old_label, new_label);
    followed.emplace_back(old_label, new_label);
  }
  return followed;
}

}  // namespace

bool follow_value_renames(Catalog& from, const Catalog& to) {
  bool any = false;
  for (const auto& [id, hints] : to.hints) {
    const auto before = from.enums.find(id);
    const auto after = to.enums.find(id);
    if (before == from.enums.end() || after == to.enums.end()) continue;
    for (const Hint& hint : hints) {
      if (hint.key != "rename_value") continue;
      for (const auto& [old_label, new_label] : follow(hint, before->second, after->second, to)) {
        from.hints[id].push_back(
            {std::string(kRenamedValue), show_value_pair(old_label, new_label), hint.span});
        any = true;
      }
    }
  }
  return any;
}

}  // namespace schemadiff::parser
