// The pieces of a dump: which statements belong together, and what has to come before them.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace schemadiff::schema {

// Most objects are one piece. The others are what PostgreSQL cannot take at once.
enum class Part : unsigned char {
  Shell,            // a type's name, for the functions that it is made of
  Create,           // the object with its owner, privileges and comments
  Late,             // defaults of a table, constraints of a domain that are in a cycle
  ValidChecks,      // of a partition: its checks that hold here and are NOT VALID above
  Attach,           // to the partitioned table or index
  OwnedBy,          // a sequence to its column
  ReplicaIdentity,  // by an index
};

struct Unit {
  ObjectId id;
  Part part = Part::Create;
  std::vector<std::string> statements;
  int search_path = 0;  // index into Catalog::search_paths that the statements need
};

// The units of all objects, each after what it refers to.
std::vector<Unit> dump_units(const Catalog& catalog);

// Its statements, each with a semicolon, and the search path that they need set around them.
std::string unit_sql(const Unit& unit, const Catalog& catalog);

// For the rest of the session; an empty list: every name has to be qualified.
std::string set_search_path_sql(const std::vector<std::string>& schemas);

}  // namespace schemadiff::schema
