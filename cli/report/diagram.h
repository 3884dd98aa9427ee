// Tables and their foreign keys as a diagram: what is on it, and its notations.
#pragma once

#include <string>
#include <vector>

#include "diff/change.h"
#include "schema/catalog.h"

namespace schemadiff::cli {

enum class Mark : unsigned char { Same, Added, Changed, Dropped };

struct DiagramRow {
  std::string name, type;
  std::string key;  // "PK", "FK", "PK, FK"; empty: none
  Mark mark{};
};

struct DiagramTable {
  std::string name;  // quoted, qualified
  Mark mark{};
  std::vector<DiagramRow> rows;
  std::size_t more = 0;  // columns that are not shown
};

struct DiagramEdge {
  std::size_t from = 0, to = 0;  // tables: the referencing one, the referenced one
  std::size_t row = 0;           // of the referencing one: its first column of the key
  std::string name;              // of the constraint
  Mark mark{};
};

struct Diagram {
  std::vector<DiagramTable> tables;
  std::vector<DiagramEdge> edges;
};

// All tables with all columns.
Diagram diagram_of(const schema::Catalog& catalog);

// The tables that the changes touch, and those that they refer to: keys and what changes.
Diagram diagram_of(const schema::Catalog& from, const schema::Catalog& to,
                   const std::vector<diff::Change>& changes);

// An <svg> element that is styled by the page's classes: mark-added, mark-changed, mark-dropped,
// mark-same. Referenced tables stand left of those that refer to them.
std::string diagram_svg(const Diagram& diagram, const std::string& title);

std::string diagram_mermaid(const Diagram& diagram);
std::string diagram_plantuml(const Diagram& diagram);
std::string diagram_dot(const Diagram& diagram);

}  // namespace schemadiff::cli
