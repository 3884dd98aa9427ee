// A short text that stands for a long one.
#pragma once

#include <string>
#include <string_view>

namespace schemadiff::schema {

// The first 128 bits of the text's SHA-256, as 32 hexadecimal digits.
std::string digest(std::string_view text);

}  // namespace schemadiff::schema
