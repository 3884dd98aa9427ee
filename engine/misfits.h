// Which values do not survive a change of type as they are.
#pragma once

#include <string>

#include "schema/values.h"

namespace schemadiff::engine {

// A condition on the column, quoted, that holds for values that the cast refuses or rounds;
// empty: there are none, or it is not known how to tell them.
std::string misfits(const std::string& column, const schema::TypeName& before,
                    const schema::TypeName& after);

}  // namespace schemadiff::engine
