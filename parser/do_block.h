// DO blocks whose effect on a schema can be told without running them.
#pragma once

#include <string_view>
#include <vector>

#include "parser/split.h"

namespace schemadiff::parser {

// The statements in a DO block that only guards them: BEGIN … [EXCEPTION WHEN … THEN NULL;] END
// with plain DDL, bare or inside IF NOT EXISTS (…) THEN … END IF. Each is marked `conditional`: it
// counts only where what it makes is not there yet. Empty for other pieces and blocks.
std::vector<Piece> unfold_do_block(std::string_view text, const Piece& piece);

}  // namespace schemadiff::parser
