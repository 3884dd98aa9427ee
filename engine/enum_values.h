// Values that enums lose: what becomes of them in columns.
#pragma once

#include "engine/operation.h"

namespace schemadiff::engine {

// Fills context.value_maps from the hints `map` of enums that are made anew. Those of `from` are
// followed backwards, so that the way back needs none of its own. Throws Error for one that names
// no value to become.
void collect_value_maps(Context& context);

// The values that the new form of the enum does not have and of which no hint says what they
// become.
std::vector<std::string> lost_values(const schema::ObjectId& type, const Context& context);

// The values that the old form of the enum does not have and of which no hint says what they were.
std::vector<std::string> values_without_way_back(const schema::ObjectId& type,
                                                 const Context& context);

// The enum that values of the type consist of: itself, arrays and domains of it; null: none.
const schema::Enum* enum_under(const schema::TypeName& type, const schema::Catalog& catalog);

// What values of columns of the type become when its enum has its new form, and back. `to_new` and
// `to_old` are to be assigned by a trigger; empty maps: they stay as they are.
schema::ValueMap values_to_new(const schema::TypeName& type, const Context& context);
schema::ValueMap values_to_old(const schema::TypeName& type, const Context& context);

// Whether different values become the same, so that the way back cannot tell them apart.
bool merges_values(const schema::TypeName& type, const Context& context);

// An expression of type text, or text[] for an array: the value of `column` (an expression that
// needs no parentheses) with the map followed.
std::string mapped_text(const std::string& column, const schema::TypeName& type,
                        const schema::ValueMap& map);

}  // namespace schemadiff::engine
