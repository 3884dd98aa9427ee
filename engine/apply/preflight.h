// What of a server's state a plan would meet: who is in the way, what is not allowed, what may not
// fit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/apply/replication.h"
#include "engine/plan.h"
#include "schema/introspect/session.h"

namespace schemadiff::engine {

using schema::introspection::Session;

struct PreflightSettings {
  // On the disk of the data; none: what this machine says, where the server runs on it.
  std::optional<std::int64_t> free_bytes;
  LagLimit lag;
};

struct Finding {
  bool refuses = false;  // else it is to be known
  std::string what;      // one sentence without a full stop at its end
  std::string hint;      // what to do; may be empty
};

// What is found before the steps run; what refuses comes first. Changes nothing. Throws Error for a
// server that takes no changes.
std::vector<Finding> preflight(Session& session, const std::vector<const Step*>& steps,
                               const PreflightSettings& settings);

// Its parts. Privileges on what is there now: what an earlier step makes belongs to the role
// itself.
std::vector<Finding> find_sessions(Session& session, const std::vector<const Step*>& steps);
std::vector<Finding> find_lacking_privileges(Session& session,
                                             const std::vector<const Step*>& steps);
std::vector<Finding> find_lacking_room(Session& session, const std::vector<const Step*>& steps,
                                       std::optional<std::int64_t> free_bytes);

}  // namespace schemadiff::engine
