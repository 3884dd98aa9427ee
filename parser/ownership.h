// Who owns an object, and what that means for its privileges.
#pragma once

#include <string>

#include "schema/catalog.h"

namespace schemadiff::parser {

// The owner's own privileges have no grantee: those granted to the new owner by name become so.
void change_owner(schema::Object& object, const std::string& owner);

// From here on `role` is whoever runs the file's statements: CURRENT_USER where it is granted to,
// in policies and user mappings, and default privileges without a role. Nothing for a database, and
// where no role is known.
void assume_role(schema::Catalog& file, const std::string& role);

}  // namespace schemadiff::parser
