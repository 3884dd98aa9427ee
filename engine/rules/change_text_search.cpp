// Text search that finds other lexemes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_text_search(const Subject& s) {
  const ObjectId& id = s.operation.object;
  switch (id.kind) {
    case Kind::TextSearchParser:
    case Kind::TextSearchTemplate:
    case Kind::TextSearchDictionary:
    case Kind::TextSearchConfiguration:
      break;
    default:
      return kSilent;
  }
  if (s.operation.role == Role::Drop) return fires("Searches that name it fail.", Risk::High);
  if (s.operation.role != Role::Alter) return kSilent;
  return fires(
      "Documents that are indexed already keep their old lexemes: searches may miss them until "
      "they are indexed again.");
}

}  // namespace schemadiff::engine::rules
