// Arguments → Options: which commands and flags exist, and what help says of them.
#include "cli/help.h"
#include "cli/nearest.h"
#include "cli/option_groups.h"
#include "schema/error.h"

namespace schemadiff::cli {

const char* const kSources =
    "SRC is one of\n"
    "  postgres://user@host/db      a live database, by URI\n"
    "  \"host=… dbname=…\"            a live database, by keywords\n"
    "  env:NAME                     what the environment variable NAME holds\n"
    "  NAME                         a target of schemadiff.toml\n"
    "  schema.sql                   a file, also a plain-text pg_dump\n"
    "  schema/                      all *.sql files below a directory\n"
    "  -                            standard input\n"
    "  git:REV:PATH                 a file or directory as of a git revision\n";

const char* const kExits =
    "Exit status: 0 nothing to do, or done; 1 error; 2 changes pending, drift or\n"
    "findings; 3 refused by policy.\n";

namespace {

template <class T>
T choose(const std::string& flag, const std::string& word,
         const std::vector<std::pair<std::string, T>>& choices) {
  std::vector<std::string> names;
  std::string list;
  for (const auto& [name, value] : choices) {
    if (name == word) return value;
    list += (list.empty() ? "" : names.size() + 1 == choices.size() ? " or " : ", ") + name;
    names.push_back(name);
  }
  throw Error(flag + " takes " + list + ", not \"" + word + "\"", did_you_mean(word, names));
}

}  // namespace

void add_comparison(CLI::App& app, Options& o, Words& w) {
  app.add_option("--from", o.from, "what is: the database to be changed")->type_name("SRC");
  app.add_option("--to", o.to, "what shall be: the desired schema")->type_name("SRC");
  app.add_option("--owners", w.owners,
                 "auto, manage or ignore; auto: manage them if the desired side states any")
      ->type_name("HOW");
  app.add_option("--privileges", w.privileges, "the same for GRANT and REVOKE")->type_name("HOW");
  app.add_flag("--no-owner", w.no_owner, "short for --owners ignore");
  app.add_flag("--no-privileges", w.no_privileges, "short for --privileges ignore");
  app.add_flag("--allow-empty", o.allow_empty,
               "accept a desired schema without any object (it drops everything)");
}

void add_shadow(CLI::App& app, Options& o) {
  app.add_option("--shadow", o.shadow,
                 "load what is files into a scratch database and compare what the server made of "
                 "it: ephemeral (a private server), same-server, or SRC of a server")
      ->type_name("WHERE");
}

CLI::Option* add_list(CLI::App& app, const char* name, std::vector<std::string>& values,
                      const char* description) {
  // One value each time: a longer list would swallow positional arguments.
  return app.add_option(name, values, description)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_narrowing(CLI::App& app, Options& o) {
  add_list(app, "--schema", o.schemas, "only this schema or schema.name (* ?); repeatable")
      ->type_name("PATTERN");
  add_list(app, "--exclude", o.excludes, "leave this schema or schema.name out; repeatable")
      ->type_name("PATTERN");
}

void add_config(CLI::App& app, Options& o) {
  app.add_option("--config", o.config, "instead of ./schemadiff.toml")->type_name("FILE");
}

void add_output(CLI::App& app, Options& o) {
  app.add_option("-o,--output", o.output, "write the result to FILE")->type_name("FILE");
}

void add_color(CLI::App& app, Words& w) {
  app.add_option("--color", w.color, "auto, always or never")->type_name("WHEN");
}

CLI::Validator positive() { return CLI::Validator(CLI::PositiveNumber).description(""); }
CLI::Validator not_negative() { return CLI::Validator(CLI::NonNegativeNumber).description(""); }

CLI::App* add_command(CLI::App& parent, const char* name, const char* description, Command command,
                      Options& o) {
  CLI::App* app = parent.add_subcommand(name, description);
  app->group("Commands");
  app->allow_extras();
  app->parse_complete_callback([&o, command] { o.command = command; });
  return app;
}

namespace {

void add_plan(CLI::App& root, Options& o, Words& w) {
  CLI::App* app = add_command(root, "plan", "The ordered, phased plan from one schema to another",
                              Command::Plan, o);
  add_comparison(*app, o, w);
  add_shadow(*app, o);
  add_narrowing(*app, o);
  app->add_flag("--reverse", o.reverse, "plan the way back: from --to to --from");
  app->add_flag(
      "--verify", o.verify,
      "run the plan and its undo on a shadow (ephemeral, if --shadow says no other), with "
      "empty tables, and say whether they lead where they shall");
  app->add_flag("--no-probe", o.no_probe, "count no rows of a live database");
  app->add_option("--facts", o.facts, "sizes and write rates of tables, in TOML")
      ->type_name("FILE");
  app->add_option("--format", w.format, "text, sql, json, markdown, html, sarif, junit or github")
      ->type_name("FORMAT");
  app->add_flag("--idempotent", o.idempotent,
                "with --format sql: a script that may run twice; with -o DIR, its way back and a "
                "README beside it");
  app->add_option("--name", o.apply.name, "of the files that --idempotent writes")
      ->type_name("TEXT");
  add_output(*app, o);
  add_color(*app, w);
  add_config(*app, o);
  app->footer(std::string("Examples:\n"
                          "  schemadiff plan --from env:DATABASE_URL --to schema/\n"
                          "  schemadiff plan --from git:main:schema.sql --to schema.sql\n"
                          "  schemadiff plan --from env:DATABASE_URL --to schema/ "
                          "--shadow ephemeral\n"
                          "  schemadiff plan --from env:DATABASE_URL --to schema/ --verify\n"
                          "  schemadiff plan --from old.sql --to new.sql --format sql -o up.sql\n"
                          "  schemadiff plan --from old.sql --to new.sql --format sql --reverse "
                          "-o down.sql\n"
                          "  schemadiff plan --from prod --to schema/ --format sql --idempotent "
                          "-o migrations/\n"
                          "  schemadiff plan --from git:main:schema/ --to schema/ "
                          "--format markdown -o comment.md\n\n") +
              kSources + "\n" + kExits);
}

void add_check(CLI::App& root, Options& o, Words& w) {
  CLI::App* app = add_command(root, "check", "Whether a database is what its schema files say",
                              Command::Check, o);
  add_comparison(*app, o, w);
  add_shadow(*app, o);
  add_narrowing(*app, o);
  app->add_flag(
      "--quick", o.quick,
      "compare fingerprints with those that apply or baseline recorded, and definitions only "
      "where they differ");
  TargetsOptions& t = o.targets;
  app->add_flag("--all", t.all, "each target of schemadiff.toml, instead of --from");
  app->add_option("--targets", t.file, "each SRC of a file, a line each, instead of --from")
      ->type_name("FILE");
  app->add_option("--jobs", t.jobs, "how many targets at a time (4)")
      ->type_name("N")
      ->check(positive());
  app->add_option("--timeout", t.timeout, "how long a target may take to answer (60)")
      ->type_name("SECONDS")
      ->check(positive());
  app->add_option("--format", w.format, "text, json, markdown, html, sarif, junit or github")
      ->type_name("FORMAT");
  add_output(*app, o);
  add_color(*app, w);
  add_config(*app, o);
  app->footer(
      std::string("Where apply or baseline has left a record, each difference says which side has\n"
                  "moved since. Of many targets, one that cannot be checked (status 1) outweighs\n"
                  "one that differs (2).\n\n"
                  "Examples:\n"
                  "  schemadiff check --from env:DATABASE_URL --to schema/\n"
                  "  schemadiff check --from prod --quick\n"
                  "  schemadiff check --all --jobs 8 --format markdown\n"
                  "  schemadiff check --from \"dbname=shop\" --to schema.sql "
                  "--exclude 'audit_*'\n"
                  "  schemadiff check --from env:DATABASE_URL --to schema/ "
                  "--shadow same-server\n\n") +
      kSources + "\n" + kExits);
}

void add_baseline(CLI::App& root, Options& o, Words& w) {
  CLI::App* app =
      add_command(root, "baseline", "Record that a database is what its schema files say",
                  Command::Baseline, o);
  add_comparison(*app, o, w);
  add_narrowing(*app, o);
  add_output(*app, o);
  add_color(*app, w);
  add_config(*app, o);
  app->footer(
      std::string(
          "Definitions of which analysis cannot tell whether they differ are taken for equal\n"
          "from then on, until one of them is changed. Where anything else differs nothing is\n"
          "recorded, and the status is 2. The record is the table schemadiff.memo of the\n"
          "database.\n\n"
          "Examples:\n"
          "  schemadiff baseline --from env:DATABASE_URL --to schema/\n"
          "  schemadiff baseline --from \"dbname=shop\" --to schema.sql --no-owner\n\n") +
      kSources + "\n" + kExits);
}

void add_dump(CLI::App& root, Options& o) {
  CLI::App* app =
      add_command(root, "dump", "The canonical SQL of a schema, in a file or a file per object",
                  Command::Dump, o);
  app->add_option("SRC", o.from, "what to dump")->type_name("");
  add_shadow(*app, o);
  add_narrowing(*app, o);
  app->add_option("--dir", o.directory, "write a file per object below DIR")->type_name("DIR");
  add_output(*app, o);
  add_config(*app, o);
  app->footer(std::string("Examples:\n"
                          "  schemadiff dump env:DATABASE_URL -o schema.sql\n"
                          "  schemadiff dump \"dbname=shop\" --dir schema\n\n") +
              kSources + "\n" + kExits);
}

void add_explain(CLI::App& root, Options& o, Words& w) {
  CLI::App* app =
      add_command(root, "explain", "What a rule warns of, and what to do; without RULE all rules",
                  Command::Explain, o);
  app->add_option("RULE", o.rule, "as a plan names it: drop-column")->type_name("");
  add_output(*app, o);
  add_color(*app, w);
  app->footer(
      "Examples:\n"
      "  schemadiff explain\n"
      "  schemadiff explain drop-column\n");
}

std::string help_text(const CLI::App& root, const Words& w) {
  if (w.man) return man_page(root, std::string(version()));
  const std::string text = completion(root, w.shell);
  if (text.empty())
    throw Error("completion takes bash, zsh or fish, not \"" + w.shell + "\"",
                did_you_mean(w.shell, {"bash", "zsh", "fish"}));
  return text;
}

void add_debug(CLI::App& root, Options& o, Words& w) {
  CLI::App* debug = root.add_subcommand("debug", "The values inside: catalog, changes, graph");
  debug->group("Commands");
  debug->allow_extras();
  debug->footer(
      "Examples:\n"
      "  schemadiff debug catalog schema.sql\n"
      "  schemadiff debug changes --from old.sql --to new.sql\n"
      "  schemadiff debug graph --from old.sql --to new.sql | dot -Tsvg > plan.svg\n");

  CLI::App* catalog = add_command(*debug, "catalog", "Every object and attribute, as JSON",
                                  Command::DebugCatalog, o);
  catalog->add_option("SRC", o.from, "what to show")->type_name("");
  add_shadow(*catalog, o);
  add_narrowing(*catalog, o);
  add_output(*catalog, o);
  add_config(*catalog, o);
  catalog->footer(std::string("Example:\n  schemadiff debug catalog schema.sql\n\n") + kSources);

  CLI::App* changes =
      add_command(*debug, "changes", "The differences before they are planned, as JSON",
                  Command::DebugChanges, o);
  CLI::App* graph =
      add_command(*debug, "graph", "The steps and their order, in DOT", Command::DebugGraph, o);
  for (CLI::App* app : {changes, graph}) {
    add_comparison(*app, o, w);
    add_shadow(*app, o);
    add_narrowing(*app, o);
    app->add_flag("--reverse", o.reverse, "from --to to --from");
    add_output(*app, o);
    add_config(*app, o);
  }
  changes->footer(
      std::string("Example:\n  schemadiff debug changes --from old.sql --to new.sql\n\n") +
      kSources);
  graph->footer(std::string("Example:\n  schemadiff debug graph --from old.sql --to new.sql | "
                            "dot -Tsvg > plan.svg\n\n") +
                kSources);
}

// The command that was reached: `schemadiff debug graph …` is graph.
const CLI::App& innermost(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : innermost(*chosen.front());
}

std::string full_name(const CLI::App& app) {
  return app.get_parent() ? full_name(*app.get_parent()) + " " + app.get_name() : "schemadiff";
}

std::vector<std::string> flag_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

[[noreturn]] void refuse_extra(const CLI::App& app, const std::string& word) {
  const std::string name = full_name(app);
  std::vector<std::string> commands;
  for (const CLI::App* sub : app.get_subcommands({})) commands.push_back(sub->get_name());
  if (word.size() > 1 && word.front() == '-') {
    const std::string flag = word.substr(0, word.find('='));
    throw Error(name + " has no flag " + flag,
                did_you_mean(flag, flag_names(app), "see " + name + " --help"));
  }
  if (!commands.empty())
    throw Error(name + " has no command " + word,
                did_you_mean(word, commands, "see " + name + " --help"));
  throw Error(name + " takes no argument \"" + word + "\"", "see " + name + " --help");
}

void read_words(const Words& w, Options& o) {
  std::vector<std::pair<std::string, Format>> formats{{"text", Format::Text},
                                                      {"json", Format::Json}};
  const bool tells_history =
      o.command == Command::Status || o.command == Command::History || o.command == Command::Smoke;
  if (!tells_history)
    formats.insert(formats.end(), {{"markdown", Format::Markdown},
                                   {"html", Format::Html},
                                   {"sarif", Format::Sarif},
                                   {"junit", Format::Junit},
                                   {"github", Format::Github}});
  if (o.command == Command::Plan) formats.insert(formats.begin() + 1, {"sql", Format::Sql});
  o.format = choose("--format", w.format, formats);
  o.docs_format = choose<DocsFormat>("--format", w.docs_format,
                                     {{"markdown", DocsFormat::Markdown},
                                      {"html", DocsFormat::Html},
                                      {"classification", DocsFormat::Classification},
                                      {"mermaid", DocsFormat::Mermaid},
                                      {"plantuml", DocsFormat::Plantuml},
                                      {"dot", DocsFormat::Dot},
                                      {"svg", DocsFormat::Svg}});
  const std::vector<std::pair<std::string, Manage>> manage{
      {"auto", Manage::Auto}, {"manage", Manage::Manage}, {"ignore", Manage::Ignore}};
  o.owners = w.no_owner ? Manage::Ignore : choose("--owners", w.owners, manage);
  o.privileges = w.no_privileges ? Manage::Ignore : choose("--privileges", w.privileges, manage);
  o.color =
      choose<Color>("--color", w.color,
                    {{"auto", Color::Auto}, {"always", Color::Always}, {"never", Color::Never}});
}

}  // namespace

std::string_view version() { return SCHEMADIFF_VERSION; }

Options parse_options(int argc, const char* const* argv) {
  Options o;
  Words w;
  CLI::App root("Says the safest way from one PostgreSQL schema to another.", "schemadiff");
  root.get_formatter()->column_width(28);
  root.get_formatter()->label("SUBCOMMAND", "COMMAND");
  root.allow_extras();
  bool show_version = false;
  root.add_flag("--version", show_version, "the version of schemadiff");
  root.footer(std::string("Examples:\n"
                          "  schemadiff plan --from env:DATABASE_URL --to schema/\n"
                          "  schemadiff check --from env:DATABASE_URL --to schema/\n"
                          "  schemadiff apply --from env:DATABASE_URL --to schema/\n"
                          "  schemadiff dump env:DATABASE_URL --dir schema\n"
                          "  schemadiff COMMAND --help\n\n") +
              kSources + "\n" + kExits);
  add_plan(root, o, w);
  add_check(root, o, w);
  add_apply(root, o, w);
  add_rollback(root, o, w);
  add_smoke(root, o, w);
  add_status(root, o, w);
  add_history(root, o, w);
  add_baseline(root, o, w);
  add_dump(root, o);
  add_explain(root, o, w);
  add_lint(root, o, w);
  add_docs(root, o, w);
  add_init(root, o);
  add_help_texts(root, w);
  add_debug(root, o, w);

  try {
    root.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    o.command = Command::Print;
    const CLI::App& app = innermost(root);
    o.text = app.help(app.get_parent() ? full_name(*app.get_parent()) : std::string());
    return o;
  } catch (const CLI::ParseError& e) {
    throw Error(e.what(), "see " + full_name(innermost(root)) + " --help");
  }

  const CLI::App& chosen = innermost(root);
  // Extras may hang on the command or on one of its parents.
  for (const CLI::App* app = &chosen; app; app = app->get_parent()) {
    const std::vector<std::string> extras = app->remaining();
    if (!extras.empty()) refuse_extra(chosen, extras.front());
  }
  if (show_version) {
    o.command = Command::Print;
    o.text = "schemadiff " + std::string(version()) + "\n";
    return o;
  }
  if (w.man || !w.shell.empty()) {
    o.text = help_text(root, w);
    return o;
  }
  if (o.command == Command::Print)
    throw Error(full_name(chosen) + " needs a command", "see " + full_name(chosen) + " --help");
  read_words(w, o);
  return o;
}

}  // namespace schemadiff::cli
