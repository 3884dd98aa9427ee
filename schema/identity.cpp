#include "schema/identity.h"

#include "schema/error.h"

namespace schemadiff::schema {

std::optional<Kind> kind_of(std::string_view label) {
  for (const Kind kind : {
#define KIND(name, map, label, keyword) Kind::name,
#define PART(name, label, keyword) Kind::name,
#include "schema/kinds.def"
       })
    if (kind_label(kind) == label) return kind;
  return std::nullopt;
}

std::vector<std::string> words_of(const ObjectId& id) {
  return {std::string(kind_label(id.kind)), id.schema, id.parent, id.name, id.args};
}

ObjectId id_of(const std::vector<std::string>& words) {
  const std::optional<Kind> kind = words.size() == 5 ? kind_of(words.front()) : std::nullopt;
  if (!kind) throw Error("an object of the recorded plan is of a kind that is not known");
  return {*kind, words[1], words[2], words[3], words[4]};
}

}  // namespace schemadiff::schema
