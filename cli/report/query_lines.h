// Long queries in lines, so that a diff of them shows what differs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemadiff::cli {

// The query as the analysis prints it, which is in one line: a line for each clause, each item of a
// list and each condition; what is in long parentheses is indented.
std::vector<std::string> query_lines(std::string_view query);

}  // namespace schemadiff::cli
