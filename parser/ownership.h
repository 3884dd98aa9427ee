// Who owns an object, and what that means for its privileges.
#pragma once

#include <string>

#include "schema/catalog.h"

namespace schemadiff::parser {

// The owner's own privileges have no grantee: those granted to the new owner by name become so.
void change_owner(schema::Object& object, const std::string& owner);

}  // namespace schemadiff::parser
