#include "engine/operation.h"

#include <algorithm>

namespace schemadiff::engine {

using namespace schema;

namespace {

struct OpFacts {
  std::string_view mode;
  bool scans, rewrites;
};

constexpr OpFacts kOps[] = {
#define OP(name, mode, scans, rewrites) {mode, scans, rewrites},
#include "engine/ops.def"
#undef OP
};

}  // namespace

// PostgreSQL documentation, table 13.2: only ACCESS EXCLUSIVE conflicts with reading (ACCESS
// SHARE); SHARE and all that is stronger conflict with writing (ROW EXCLUSIVE).
LockClaim claim(Op op, std::vector<std::string> relations) {
  const OpFacts& facts = kOps[static_cast<std::size_t>(op)];
  LockClaim claim;
  if (relations.empty() || facts.mode.empty()) return claim;
  claim.mode = facts.mode;
  claim.relations = std::move(relations);
  claim.blocks_reads = facts.mode == "ACCESS EXCLUSIVE";
  claim.blocks_writes = claim.blocks_reads || facts.mode == "EXCLUSIVE" || facts.mode == "SHARE" ||
                        facts.mode == "SHARE ROW EXCLUSIVE";
  claim.scans = facts.scans;
  claim.rewrites = facts.rewrites;
  return claim;
}

const diff::Change* Context::change(const ObjectId& id) const {
  const auto found =
      std::lower_bound(changes.begin(), changes.end(), id,
                       [](const auto& change, const auto& key) { return change.id < key; });
  return found != changes.end() && found->id == id ? &*found : nullptr;
}

bool Context::is_new(const QualifiedName& table) const {
  for (Kind kind : {Kind::Table, Kind::MaterializedView, Kind::View}) {
    const ObjectId id{kind, table.schema, {}, table.name, {}};
    if (!to.find(id)) continue;
    if (!from.find(id)) return true;
    const diff::Change* found = change(id);
    return found && found->action == diff::Action::Replace;
  }
  return false;
}

const std::vector<const Object*>& Context::children_of(const ObjectId& relation) const {
  static const std::vector<const Object*> kNone;
  const bool is_relation = relation.kind == Kind::Table || relation.kind == Kind::View ||
                           relation.kind == Kind::MaterializedView;
  if (!is_relation) return kNone;  // a function may have the name of a table
  const auto found = children.find({relation.schema, relation.name});
  return found == children.end() ? kNone : found->second;
}

bool Context::goes_away(const ObjectId& id) const {
  const diff::Change* found = change(id);
  return found && (found->action == diff::Action::Drop || found->action == diff::Action::Replace);
}

}  // namespace schemadiff::engine
