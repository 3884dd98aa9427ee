// Which side has moved away from a state that both sides once had.
#pragma once

#include <string>
#include <vector>

#include "diff/change.h"

namespace schemadiff::diff {

enum class Moved : unsigned char {
  Neither,  // they differed then already
  From,
  To,
  Both,
};

struct Movement {
  Moved moved = Moved::Neither;  // of all that the change changes
  // Of Change::attributes, in their order: which side moved, and what both had, as people read it.
  std::vector<Moved> attributes;
  std::vector<std::string> before;
};

// For each of the changes from `from` to `to` (compare() with the same options). `base` has been
// analysed, as both sides have.
std::vector<Movement> movements(const schema::Catalog& base, const schema::Catalog& from,
                                const schema::Catalog& to, const std::vector<Change>& changes,
                                const CompareOptions& options);

}  // namespace schemadiff::diff
