// What a plan leaves alone on purpose.
#pragma once

#include "diff/change.h"

namespace schemadiff::diff {

// What the object takes the place of: itself as it is in `from`, or another kind of type, or of
// relation with rows, of its name; null: nothing, it is new.
const schema::Object* predecessor(const schema::ObjectId& id, const schema::Catalog& from);

// Gives objects that have a predecessor the owner and the privileges of `from` where those are not
// managed, and the owner where `to` says none: what is made anew or copied for another reason keeps
// them. Of new objects, and of columns that have another name on the other side, it says nothing.
void keep_unmanaged(const schema::Catalog& from, schema::Catalog& to, const CompareOptions&);

}  // namespace schemadiff::diff
