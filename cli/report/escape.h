// Text that stays text in another language.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace schemadiff::cli {

// What GitHub takes as a comment; counted in bytes here, to be on the safe side.
inline constexpr std::size_t kLongestComment = 65'536;

// Valid UTF-8: what is none, and control characters that XML refuses, become U+FFFD.
std::string readable(std::string_view text);

// A JSON document as people read it, too: indented, with readable text, and a line end.
std::string printed(const nlohmann::ordered_json& json);

// For elements and quoted attributes of HTML and XML.
std::string markup(std::string_view text);

// For running text of a Markdown comment, in one line: nothing in it is a mark, a tag, a mention or
// a cell's end.
std::string markdown(std::string_view text);
// As code in running text, in one line.
std::string markdown_code(std::string_view text);
// As a block of code in a language of its own: "sql", "diff". Ends with a newline.
std::string markdown_block(std::string_view language, std::string_view text);

}  // namespace schemadiff::cli
