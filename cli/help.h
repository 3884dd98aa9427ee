// Shell completions and the manual page, from the same commands and flags as --help.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace schemadiff::cli {

// A script for "bash", "zsh" or "fish"; empty for any other shell.
std::string completion(const CLI::App& root, const std::string& shell);

// The page in troff's man macros, section 1.
std::string man_page(const CLI::App& root, const std::string& version);

}  // namespace schemadiff::cli
