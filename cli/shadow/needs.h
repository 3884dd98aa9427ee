// What a schema needs from its server that no database holds.
#pragma once

#include <set>
#include <string>

#include "schema/catalog.h"

namespace schemadiff::cli {

// Roles that own, get privileges, or are named by policies, user mappings and default privileges;
// without PUBLIC. Owners and privileges count as far as the catalog says them.
std::set<std::string> needed_roles(const schema::Catalog& catalog);

std::set<std::string> needed_tablespaces(const schema::Catalog& catalog);

}  // namespace schemadiff::cli
