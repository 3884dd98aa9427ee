#include "diff/moved.h"

#include <algorithm>
#include <map>

namespace schemadiff::diff {
namespace {

using schema::ObjectId;

using ById = std::map<ObjectId, Change>;

// Without what is only made again because of others.
ById by_id(std::vector<Change> changes) {
  ById result;
  for (Change& change : changes) {
    const bool itself = change.action == Action::Create || change.action == Action::Drop ||
                        !change.attributes.empty();
    if (itself) result.emplace(change.id, std::move(change));
  }
  return result;
}

// The change of the object, or the coming or going of the table that it is on; null: it is as it
// was.
const Change* find(const ById& changes, const ObjectId& id) {
  if (const auto found = changes.find(id); found != changes.end()) return &found->second;
  if (id.parent.empty()) return nullptr;
  const auto table = changes.find({schema::Kind::Table, id.schema, {}, id.parent, {}});
  if (table == changes.end()) return nullptr;
  const bool whole = table->second.action == Action::Create || table->second.action == Action::Drop;
  return whole ? &table->second : nullptr;
}

// Null: the attribute is as it was, or there is no such change.
const AttributeChange* find(const Change* change, const std::string& attribute) {
  if (!change) return nullptr;
  const auto found = std::find_if(change->attributes.begin(), change->attributes.end(),
                                  [&](const auto& a) { return a.attribute == attribute; });
  return found == change->attributes.end() ? nullptr : &*found;
}

bool is_whole(const Change* change) {
  return change && (change->action == Action::Create || change->action == Action::Drop);
}

Moved moved_by(bool from, bool to) {
  return from ? (to ? Moved::Both : Moved::From) : to ? Moved::To : Moved::Neither;
}

Movement movement_of(const Change& change, const Change* in_from, const Change* in_to) {
  Movement movement{moved_by(in_from != nullptr, in_to != nullptr), {}, {}};
  for (const AttributeChange& attribute : change.attributes) {
    const AttributeChange* from = find(in_from, attribute.attribute);
    const AttributeChange* to = find(in_to, attribute.attribute);
    movement.attributes.push_back(moved_by(from || is_whole(in_from), to || is_whole(in_to)));
    movement.before.push_back(from ? from->before : to ? to->before : std::string());
  }
  return movement;
}

}  // namespace

std::vector<Movement> movements(const schema::Catalog& base, const schema::Catalog& from,
                                const schema::Catalog& to, const std::vector<Change>& changes,
                                const CompareOptions& options) {
  const ById in_from = by_id(compare(base, from, options)),
             in_to = by_id(compare(base, to, options));
  std::vector<Movement> result;
  for (const Change& change : changes)
    result.push_back(movement_of(change, find(in_from, change.id), find(in_to, change.id)));
  return result;
}

}  // namespace schemadiff::diff
