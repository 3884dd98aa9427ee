// Arguments of the commands about a schema as it is, and of those about the program itself.
#include "cli/option_groups.h"

namespace schemadiff::cli {

void add_lint(CLI::App& root, Options& o, Words& w) {
  CLI::App* app = add_command(root, "lint", "Rules of good practice for a schema or a migration",
                              Command::Lint, o);
  app->add_option("SRC", o.to, "the schema; with --from a SQL file or directory of migrations")
      ->type_name("");
  app->add_option("--from", o.from, "the schema that the migration starts from")->type_name("SRC");
  app->add_flag("--fix", o.fix,
                "write into the files what timestamp-default, foreign-key-index and "
                "required-index miss");
  add_narrowing(*app, o);
  app->add_option("--format", w.format, "text, json, markdown, html, sarif, junit or github")
      ->type_name("FORMAT");
  add_output(*app, o);
  add_color(*app, w);
  add_config(*app, o);
  app->footer(
      std::string("A schema is held to the rules that [lint] of schemadiff.toml can grade, switch\n"
                  "off and name styles for. A migration is held to the risk rules by what it\n"
                  "changes, its statements on top of the schema compared with the schema, and by\n"
                  "how its statements do so: what they scan, write anew and lock, in which\n"
                  "transaction. DO blocks and changes of data are named as not judged.\n"
                  "Status 2: errors or warnings were found; notes do not count.\n\n"
                  "Examples:\n"
                  "  schemadiff lint schema/\n"
                  "  schemadiff lint schema/ --fix\n"
                  "  schemadiff lint schema/ --format github\n"
                  "  schemadiff lint --from schema.sql migrations/202611211500_add_note.sql\n\n") +
      kSources + "\n" + kExits);
}

void add_docs(CLI::App& root, Options& o, Words& w) {
  CLI::App* app = add_command(
      root, "docs", "A data dictionary with a diagram, or the diagram alone", Command::Docs, o);
  app->add_option("SRC", o.to, "the schema")->type_name("");
  add_narrowing(*app, o);
  app->add_option("--format", w.docs_format,
                  "markdown, html, classification, mermaid, plantuml, dot or svg")
      ->type_name("FORMAT");
  app->add_option(
         "--check", o.fresh,
         "only say whether FILE is what would be written, and whether each column has a class; "
         "status 2: no")
      ->type_name("FILE");
  add_output(*app, o);
  add_config(*app, o);
  app->footer(
      std::string("Classes of columns and how long rows are kept come from [classification] and\n"
                  "[retention] of schemadiff.toml. Graphviz draws the SVG.\n\n"
                  "Examples:\n"
                  "  schemadiff docs schema/ -o docs/schema.md\n"
                  "  schemadiff docs schema/ --check docs/schema.md\n"
                  "  schemadiff docs schema/ --format svg -o schema.svg\n"
                  "  schemadiff docs schema/ --format classification -o docs/data.md\n\n") +
      kSources + "\n" + kExits);
}

void add_init(CLI::App& root, Options& o) {
  CLI::App* app = add_command(root, "init", "Schema files and schemadiff.toml from a database",
                              Command::Init, o);
  app->add_option("SRC", o.from, "the database")->type_name("");
  app->add_option("--dir", o.directory, "where the schema files go, instead of schema")
      ->type_name("DIR");
  add_narrowing(*app, o);
  add_config(*app, o);
  app->footer(std::string("Nothing that is there is overwritten.\n\n"
                          "Examples:\n"
                          "  schemadiff init env:DATABASE_URL\n"
                          "  schemadiff init \"dbname=shop\" --dir db/schema\n\n") +
              kSources + "\n" + kExits);
}

void add_help_texts(CLI::App& root, Words& w) {
  CLI::App* app = root.add_subcommand("completion", "Completions for a shell");
  app->group("Commands");
  app->allow_extras();
  app->add_option("SHELL", w.shell, "bash, zsh or fish")->type_name("")->required();
  app->footer(
      "Examples:\n"
      "  eval \"$(schemadiff completion bash)\"\n"
      "  schemadiff completion zsh > ~/.zfunc/_schemadiff\n"
      "  schemadiff completion fish > ~/.config/fish/completions/schemadiff.fish\n");
  CLI::App* man = root.add_subcommand("man", "The manual page");
  man->group("Commands");
  man->allow_extras();
  man->parse_complete_callback([&w] { w.man = true; });
  man->footer("Example:\n  schemadiff man | man -l -\n");
}

}  // namespace schemadiff::cli
