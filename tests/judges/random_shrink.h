// Makes a failing pair of schemas small.
#pragma once

#include <functional>

#include "tests/judges/random_schema.h"

namespace schemadiff::testing {

// Takes pieces and differences away as long as the pair `still_fails`.
SchemaPair shrink(SchemaPair pair, const std::function<bool(const SchemaPair&)>& still_fails);

}  // namespace schemadiff::testing
