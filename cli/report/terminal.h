// What text reports are laid out with: width, colour, wrapping.
#pragma once

#include <string>
#include <string_view>

namespace schemadiff::cli {

enum class Color : unsigned char;

struct Terminal {
  std::size_t width = 100;
  bool color = false;
};

enum class Style : unsigned char { Plain, Bold, Dim, Green, Yellow, Red };

// Of standard output, when the result goes there; a file gets 100 columns and no colour of itself.
// NO_COLOR and COLUMNS are honoured.
Terminal standard_output(Color color, bool is_file);

// Whether standard error shows colour.
bool standard_error_color(Color color);

std::string paint(std::string_view text, Style style, const Terminal& terminal);

// Columns that the text takes: one per character.
std::size_t display_width(std::string_view text);

// The words of `text` in lines no wider than `width`, each with `indent` spaces before it but the
// first, of which `used` columns are taken already. Ends with a newline.
std::string wrap(std::string_view text, std::size_t width, std::size_t indent, std::size_t used);

// Every line of the text behind `prefix`; ends with a newline.
std::string prefix_lines(std::string_view text, std::string_view prefix);

}  // namespace schemadiff::cli
