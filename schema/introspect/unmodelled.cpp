// What the model does not hold, to be reported.
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {

void read_unmodelled(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Unmodelled& found = reading.catalog.unmodelled.emplace_back();
    found.kind = rows.text();
    found.name = rows.text();
    found.attribute = rows.text();
  }
}

}  // namespace schemadiff::schema::introspection
