// Decides in which encoding a text is: UTF-8 until it says otherwise.
#pragma once

#include <string>

namespace schemadiff::parser {

// The text in UTF-8. What follows a line `SET client_encoding = latin1` is read as the server would
// read it: each byte is a character of ISO 8859-1, until another such line. Other encodings are
// taken for UTF-8.
std::string to_utf8(std::string text);

}  // namespace schemadiff::parser
