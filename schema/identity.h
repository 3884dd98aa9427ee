// The identity of an object as words that can be stored, and back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/object_id.h"

namespace schemadiff::schema {

// The kind of that label (kind_label); none: there is no such kind.
std::optional<Kind> kind_of(std::string_view label);

// Kind's label, schema, parent, name, args.
std::vector<std::string> words_of(const ObjectId& id);

// Throws Error for words that are no identity.
ObjectId id_of(const std::vector<std::string>& words);

}  // namespace schemadiff::schema
