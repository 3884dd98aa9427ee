#include "engine/stand_ins.h"

#include <algorithm>

#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

ObjectId stand_in_of(const QualifiedName& sequence) {
  return {Kind::Sequence, sequence.schema, {}, temporary_name(sequence.name), {}};
}

bool has_stand_in(const Column& before, const Column& after) {
  if (before.identity != '\0' || after.identity == '\0') return false;
  return std::find(before.default_refs.begin(), before.default_refs.end(),
                   stand_in_of(*after.identity_sequence)) != before.default_refs.end();
}

void collect_stand_ins(Context& context) {
  for (const diff::Change& change : context.changes) {
    if (change.id.kind != Kind::Column || change.action != diff::Action::Alter) continue;
    const Column& before = *context.from.table(table_name(change.id))->find(change.id.name);
    const Column& after = *context.to.table(table_name(change.id))->find(change.id.name);
    if (has_stand_in(before, after))
      context.own_objects.insert(stand_in_of(*after.identity_sequence));
  }
}

}  // namespace schemadiff::engine
