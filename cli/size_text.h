// Sizes as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace schemadiff::cli {

// The bytes of "16 MiB": a number and B, KiB, MiB, GiB or TiB; none: it is no such text.
std::optional<std::int64_t> bytes_of(std::string_view text);

}  // namespace schemadiff::cli
