// plan.json → what apply needs of it.
#pragma once

#include <map>
#include <string>

#include "cli/narrow.h"
#include "engine/plan.h"

namespace schemadiff::cli {

// The state of the database that the plan was made for.
struct Basis {
  std::string fingerprint;
  bool owners = true, privileges = true;  // whether they count
  Narrowing narrowing;
  std::map<std::string, std::string> objects;  // digests by description
  int server_version = 0;                      // major; 0: not said
};

struct PlanFile {
  engine::Plan plan;  // without what only reports need
  Basis basis;
  std::string digest;
  std::string from, to;  // descriptions
};

// `name` is for messages. Throws Error for what is no plan, a plan that was changed after it was
// made, and one that was not made for a database.
PlanFile parse_plan(const std::string& text, const std::string& name);

}  // namespace schemadiff::cli
