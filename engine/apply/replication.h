// How far standbys and subscribers are behind.
#pragma once

#include <cstdint>
#include <string>

#include "schema/introspect/session.h"

namespace schemadiff::engine {

struct LagLimit {
  double seconds = 10;                       // 0: none
  std::int64_t bytes = 256LL * 1024 * 1024;  // 0: none
};

// "standby replica1 is 23 s and 12 MiB behind", of one that is behind further than the limit
// allows; empty: none is, as far as this role may see.
std::string standby_behind(schema::introspection::Session& session, const LagLimit& limit);

}  // namespace schemadiff::engine
