// Names of what catalog rows refer to by oid, and what is said of objects apart from their own
// rows.
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {

void read_names(Rows& rows, Reading& reading) {
  struct Late {
    ByOid<QualifiedName>* map;
    Oid oid, schema;
    std::string name;
  };
  std::vector<Late> qualified;
  while (rows.next()) {
    char tag = rows.letter();
    Oid oid = rows.oid();
    Oid schema = rows.oid();
    std::string name = rows.text();
    switch (tag) {
      case 'n':
        reading.schemas[oid] = std::move(name);
        break;
      case 'r':
        reading.roles[oid] = std::move(name);
        break;
      case 'a':
        reading.methods[oid] = std::move(name);
        break;
      case 's':
        reading.tablespaces[oid] = std::move(name);
        break;
      case 'l':
        reading.languages[oid] = std::move(name);
        break;
      case 'u':
        reading.catalog.current_role = std::move(name);
        break;
      case 'c':
        qualified.push_back({&reading.collations, oid, schema, std::move(name)});
        break;
      case 'o':
        qualified.push_back({&reading.operators, oid, schema, std::move(name)});
        break;
      default:
        qualified.push_back({&reading.functions, oid, schema, std::move(name)});
        break;
    }
  }
  for (Late& row : qualified)
    (*row.map)[row.oid] = reading.qualified(row.schema, std::move(row.name));
}

void read_members(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Address address;
    address.catalog = rows.oid();
    address.object = rows.oid();
    reading.members[address] = true;
  }
}

void read_comments(Rows& rows, Reading& reading) {
  reading.comments.reserve(static_cast<std::size_t>(rows.count()));
  while (rows.next()) {
    Address address;
    address.catalog = rows.oid();
    address.object = rows.oid();
    address.part = rows.number();
    reading.comments[address] = rows.text();
  }
}

void read_labels(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Address address;
    address.catalog = rows.oid();
    address.object = rows.oid();
    address.part = rows.number();
    std::string provider = rows.text();
    reading.security_labels[address].push_back({std::move(provider), rows.text()});
  }
}

void read_inheritance(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid child = rows.oid();
    reading.parents[child].push_back(rows.oid());
  }
}

}  // namespace schemadiff::schema::introspection
