#include "schema/fingerprint.h"

#include <type_traits>

#include "schema/digest.h"
#include "schema/show.h"

namespace schemadiff::schema {
namespace {

constexpr char kEnd = '\0';  // no value holds it

template <class T>
void add_attributes(const T& object, std::string& text) {
  for_each_attribute<T>([&](const auto& a) {
    text += a.name;
    text += kEnd;
    text += show(a, object);
    text += kEnd;
  });
}

}  // namespace

ObjectDigests object_digests(const Catalog& catalog, bool owners, bool privileges) {
  ObjectDigests digests;
  catalog.for_each([&](const auto& object) {
    using T = std::decay_t<decltype(object)>;
    if constexpr (std::is_same_v<T, Constraint>)
      if (!object.local) return;
    std::string text;
    if constexpr (std::is_same_v<T, Index>) {
      Index complete = object;
      complete.valid = true;
      add_attributes(complete, text);
    } else {
      add_attributes(object, text);
    }
    if constexpr (std::is_same_v<T, Table>)
      for (const Column& column : object.columns) {
        text += column.name + kEnd;
        add_attributes(column, text);
      }
    text += object.comment + kEnd + show(*object.security_labels) + kEnd;
    if (owners) text += object.owner + kEnd;
    if (privileges) text += show(object.acl) + kEnd + show(*object.column_acls) + kEnd;
    digests.emplace(object.id, digest(text));
  });
  return digests;
}

ObjectId whole(const ObjectId& id) {
  const bool part = id.kind == Kind::Column || id.kind == Kind::Default;
  return part ? table_id(id) : id;
}

std::string digest_of(const ObjectDigests& digests, const ObjectId& id) {
  const auto found = digests.find(whole(id));
  return found == digests.end() ? std::string() : found->second;
}

std::string fingerprint(const ObjectDigests& digests) {
  std::string text;
  for (const auto& [id, state] : digests) text += describe(id) + kEnd + state + kEnd;
  return digest(text);
}

}  // namespace schemadiff::schema
