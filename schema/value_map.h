// What values of an enum become, as a hint says it: `map=OLD:NEW, OTHER:NEW`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schemadiff::schema {

using ValueMap = std::vector<std::pair<std::string, std::string>>;  // old value, new value

// Values stand as they are, or in single quotes where they hold a colon, a comma or a quote, which
// is doubled. None: the text is no list of pairs, or has a value twice on its left.
std::optional<ValueMap> read_value_map(std::string_view text);

// The key of hints of our own beside an enum that has the new names of values which the database
// has under their old ones.
inline constexpr std::string_view kRenamedValue = "renamed_value";

// "OLD:NEW" as read_value_map reads it.
std::string show_value_pair(std::string_view before, std::string_view after);

}  // namespace schemadiff::schema
