// The border to libpg_query's raw parser: pieces of SQL text → raw statement nodes, many at a time.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "parser/split.h"

namespace schemadiff::parser {

// A statement while its parse tree is alive.
struct RawStatement {
  const void* node = nullptr;  // the Node of the statement (see raw_nodes.h)
  std::size_t piece = 0;       // index into the pieces
  std::size_t offset = 0;      // byte offset of the piece in what node locations count from
};

// Parses those of `pieces[begin, end)` that are SQL, in order, and calls `apply` for each; the tree
// of a statement is gone some calls later. Throws Error with place, whose file is `name`, for what
// the grammar refuses.
void parse_raw(std::string_view name, std::string_view text, const std::vector<Piece>& pieces,
               std::size_t begin, std::size_t end,
               const std::function<void(const RawStatement&)>& apply);

// The line of the text around a byte offset, for Error::source_line.
std::string_view line_at(std::string_view text, std::size_t offset);

}  // namespace schemadiff::parser
