// What a plan leaves alone on purpose.
#pragma once

#include "diff/change.h"

namespace schemadiff::diff {

// Gives objects that both sides have the owner and the privileges of `from` where those are not
// managed, and the owner where `to` says none: what is made anew or copied for another reason keeps
// them. Of new objects, and of columns that have another name on the other side, it says nothing.
void keep_unmanaged(const schema::Catalog& from, schema::Catalog& to, const CompareOptions&);

}  // namespace schemadiff::diff
