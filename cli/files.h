// Files and standard streams, with errors that a person understands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemadiff::cli {

// Throws Error when the file cannot be read.
std::string read_file(const std::string& path);
std::string read_standard_input();

// The *.sql files below the directory, hidden ones aside, sorted by path.
std::vector<std::string> sql_files(const std::string& directory);

// Writes by way of a file beside it, so that a reader sees the old or the new text, never half of
// one.
void write_file(const std::string& path, std::string_view text);

// The same; directories on the way there are made.
void write_file_below(const std::string& directory, const std::string& path, std::string_view text);

// A reader that has gone away is not an error.
void write_standard_output(std::string_view text);

}  // namespace schemadiff::cli
