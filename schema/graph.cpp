#include "schema/graph.h"

#include <functional>
#include <queue>

namespace schemadiff::schema {

std::vector<std::size_t> topological_order(const std::vector<std::vector<std::size_t>>& edges,
                                           std::vector<std::size_t>& cycle) {
  const std::size_t n = edges.size();
  std::vector<std::size_t> waiting_for(n, 0);
  std::vector<std::vector<std::size_t>> followers(n);
  for (std::size_t node = 0; node < n; ++node)
    for (std::size_t before : edges[node]) {
      if (before == node) continue;
      followers[before].push_back(node);
      ++waiting_for[node];
    }
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t node = 0; node < n; ++node)
    if (waiting_for[node] == 0) ready.push(node);
  std::vector<std::size_t> order;
  order.reserve(n);
  while (!ready.empty()) {
    const std::size_t node = ready.top();
    ready.pop();
    order.push_back(node);
    for (std::size_t follower : followers[node])
      if (--waiting_for[follower] == 0) ready.push(follower);
  }
  if (order.size() < n)
    for (std::size_t node = 0; node < n; ++node)
      if (waiting_for[node] != 0) cycle.push_back(node);
  return order;
}

}  // namespace schemadiff::schema
