// The names that the server makes up for objects (makeObjectName in indexcmds.c).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemadiff::schema {

// The text up to 63 bytes, cut between characters.
std::string truncate_name(std::string_view name);

// The text where 63 bytes hold it; else its beginning and a hash of it all: long names keep apart.
std::string distinct_name(std::string name);

// name1_name2_label within 63 bytes, the longer of the names cut first. name2 and label may be
// empty.
std::string make_object_name(std::string_view name1, std::string_view name2,
                             std::string_view label);

// The names joined with underscores, no further than 63 bytes take.
std::string join_names(const std::vector<std::string>& names);

// Makes the names of index columns unique: "expr", "expr1", …
std::vector<std::string> unique_column_names(const std::vector<std::string>& names);

}  // namespace schemadiff::schema
