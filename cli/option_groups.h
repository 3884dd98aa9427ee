// Flags that several commands have, and the commands that options.cpp leaves to others.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/options.h"

namespace schemadiff::cli {

extern const char* const kSources;  // of help: what SRC is
extern const char* const kExits;    // of help: exit statuses

// What the flags hold before their words are checked.
struct Words {
  std::string docs_format = "markdown", shell;
  bool man = false;
  std::string format = "text", owners = "auto", privileges = "auto", color = "auto";
  bool no_owner = false, no_privileges = false;
};

// Numbers, without a word of their own in help.
CLI::Validator positive();
CLI::Validator not_negative();

CLI::App* add_command(CLI::App& parent, const char* name, const char* description, Command command,
                      Options& o);
// A flag that may be given more than once.
CLI::Option* add_list(CLI::App& app, const char* name, std::vector<std::string>& values,
                      const char* description);
void add_comparison(CLI::App& app, Options& o, Words& w);
void add_shadow(CLI::App& app, Options& o);
void add_narrowing(CLI::App& app, Options& o);
void add_config(CLI::App& app, Options& o);
void add_output(CLI::App& app, Options& o);
void add_color(CLI::App& app, Words& w);

void add_apply(CLI::App& root, Options& o, Words& w);
void add_rollback(CLI::App& root, Options& o, Words& w);
void add_smoke(CLI::App& root, Options& o, Words& w);
void add_status(CLI::App& root, Options& o, Words& w);
void add_history(CLI::App& root, Options& o, Words& w);
void add_lint(CLI::App& root, Options& o, Words& w);
void add_docs(CLI::App& root, Options& o, Words& w);
void add_init(CLI::App& root, Options& o);
// completion and man, whose text is made when all commands are known.
void add_help_texts(CLI::App& root, Words& w);

}  // namespace schemadiff::cli
