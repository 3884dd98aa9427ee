// The one exception type. Thrown where the fact is known, caught in cli/main.cpp.
#pragma once

#include <stdexcept>
#include <string>

namespace schemadiff {

// What a person needs to mend it. All parts but `message` may be empty; nothing in them is a secret.
struct Error : std::runtime_error {
  explicit Error(std::string what_is_wrong, std::string what_to_do = {})
      : std::runtime_error(what_is_wrong),
        message(std::move(what_is_wrong)),
        hint(std::move(what_to_do)) {}

  std::string message;      // one sentence without a full stop at its end
  std::string hint;         // what to do
  std::string file;         // where, if in a text
  unsigned line = 0;        // from 1; 0: no place
  unsigned column = 0;      // from 1, in characters
  std::string source_line;  // the line of the text, for the caret
};

}  // namespace schemadiff
