// A priority-stable topological sort (pg_dump_sort.c does the same with a heap).
#pragma once

#include <cstddef>
#include <vector>

namespace schemadiff::schema {

// edges[i] lists the nodes that must come before node i. Returns an order of all nodes in which they do;
// where that leaves a choice, the smaller index comes first. Nodes of a cycle that could not be
// ordered are appended to `cycle`; an empty `cycle` means that the order is complete.
std::vector<std::size_t> topological_order(const std::vector<std::vector<std::size_t>>& edges,
                                           std::vector<std::size_t>& cycle);

}  // namespace schemadiff::schema
