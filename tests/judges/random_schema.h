// Random schemas, valid by construction: pieces of SQL that say what they need and what they
// provide.
#pragma once

#include <string>
#include <vector>

namespace schemadiff::testing {

// A value in reach of an expression: a column, VALUE of a domain. Its family tells what it can be
// used for: "number", "text", "enum app.e1".
struct Field {
  std::string name;
  std::string sql;
  std::string family;
  std::string type;  // of a column
  std::vector<std::string> needs;
};

struct World;
struct Piece;

// Writes the text of a piece from choices that the world draws for it. False: the world has not
// got what the piece speaks of.
using Maker = bool (*)(World&, Piece&);

// One statement, or one column of a CREATE TABLE.
struct Piece {
  Maker maker = nullptr;
  std::string kind;
  std::string key;                 // "relation app.t1"; unique in a schema
  std::string name;                // as SQL names it
  std::string within;              // key of the relation that it stands on
  std::string also_within;         // of a child of two: key of the second
  std::string text;                // of a table: up to its list of columns
  std::string tail;                // of a table: after the list
  std::vector<std::string> after;  // statements that belong to it
  std::vector<std::string> needs;
  std::vector<std::string> provides;
  std::vector<Field> fields;   // a relation's own; columns of a table are pieces of their own
  std::string result;          // family of a type's values, of a function's result
  std::string argument;        // family of the one argument that a callable function takes
  std::string address;         // as COMMENT ON has it; empty: unnamed
  std::vector<unsigned> tape;  // the choices that its text came from
};

using Schema = std::vector<Piece>;

// The SQL of the pieces whose needs are met, in an order in which they are.
std::string sql_of(const Schema& schema);

struct SchemaPair {
  Schema from;
  Schema to;
};

// The same seed gives the same pair.
SchemaPair random_pair(unsigned seed);

}  // namespace schemadiff::testing
