// Catalog × Catalog → typed changes.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace schemadiff::diff {

enum class Action : unsigned char {
  Create,   // only in `to`
  Drop,     // only in `from`
  Alter,    // in both, altered in place
  Replace,  // in both, dropped and created anew
};

// One attribute that differs, as people read it.
struct AttributeChange {
  std::string
      attribute;  // the name in the kind's attribute table, or "owner", "comment", "privileges"
  std::string before;  // shown form; empty: none
  std::string after;
};

struct Change {
  Action action{};
  schema::ObjectId id;
  std::vector<AttributeChange> attributes;  // of Alter and Replace
  // Replace only because it refers to these, itself unchanged or not; else empty.
  std::vector<schema::ObjectId> because;
  bool unproven = false;  // the difference rests on a definition that could not be analysed fully
};

struct CompareOptions {
  bool owners = true;
  bool privileges = true;
};

// What leads from `from` to `to`: sorted by ObjectId, a change per object and column, the
// recreation of what depends on replaced objects included. Empty means: no difference. Both
// catalogs have been analysed.
std::vector<Change> compare(const schema::Catalog& from, const schema::Catalog& to,
                            const CompareOptions& options = {});

// Whether `to` lacks the object and leaves it alone: privileges on what came with the server, of
// which a file says nothing. Services that run servers change some of them.
bool is_left_alone(const schema::Object& object, const schema::Catalog& to);

}  // namespace schemadiff::diff
