// check of many databases at once, against the same files.
#include <atomic>
#include <chrono>
#include <sstream>
#include <thread>

#include "cli/checking.h"
#include "cli/commands/commands.h"
#include "cli/config.h"
#include "cli/conninfo.h"
#include "cli/files.h"
#include "cli/report/model.h"
#include "cli/report/targets.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

using std::chrono::steady_clock;

// A SRC in each line; lines that are empty or begin with # aside.
std::vector<std::string> targets_in(const std::string& path) {
  std::vector<std::string> targets;
  std::istringstream lines(read_file(path));
  unsigned number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    line.erase(0, line.find_first_not_of(" \t"));
    line.erase(line.find_last_not_of(" \t\r") + 1);
    if (line.empty() || line.front() == '#') continue;
    if (holds_password(line)) {
      Error error("a target holds a password",
                  "put it into an environment variable and write env:NAME here, or leave it to "
                  "~/.pgpass");
      error.file = path;
      error.line = number;
      error.column = 1;
      throw error;
    }
    targets.push_back(std::move(line));
  }
  return targets;
}

std::vector<std::string> targets_of(const Options& options, const Config& config) {
  if (!options.from.empty())
    throw Error("--from names one database, --all and --targets name many");
  if (!options.shadow.empty()) throw Error("--shadow is for the check of one database");
  std::vector<std::string> targets;
  if (!options.targets.file.empty())
    targets = targets_in(options.targets.file);
  else
    for (const auto& [name, src] : config.targets) targets.push_back(name);
  if (targets.empty())
    throw Error(options.targets.all ? "there is no target: [targets] of schemadiff.toml is empty"
                                    : options.targets.file + " names no target",
                "for example dev = \"env:DATABASE_URL\" there, or a SRC in each line of a file");
  return targets;
}

TargetResult result_of(const Checked& checked, const Options& options) {
  const CheckReport report = report_of(checked);
  TargetResult result;
  result.state = is_drift(report) ? TargetState::Differs : TargetState::Same;
  result.verdict = verdict(report);
  result.differences = differences(report).size();
  switch (options.format) {
    case Format::Json:
      result.body = check_json(report);
      break;
    case Format::Markdown:
      result.body = differences_markdown(report);
      break;
    case Format::Html:
      result.body = differences_html(report);
      break;
    case Format::Text:
      result.body =
          differences_text(report, standard_output(options.color, !options.output.empty()));
      break;
    default:
      break;
  }
  result.findings = findings_of(report);
  return result;
}

TargetResult check_target(const std::string& target, const Source& files, const Options& options,
                          const Config& config) {
  const auto deadline =
      steady_clock::now() + std::chrono::duration_cast<steady_clock::duration>(
                                std::chrono::duration<double>(options.targets.timeout));
  std::vector<std::string> notes;
  if (options.quick) {
    const std::string conninfo = conninfo_of(target, config);
    if (const auto since = unchanged_since(options, config, conninfo, files, deadline, notes)) {
      TargetResult result;
      result.findings = findings_of_nothing(*since, describe_conninfo(conninfo), files.description);
      result.verdict = result.findings.verdict;
      return result;
    }
  }
  Sides sides{load_database(target, config, deadline), files};
  return result_of(check_sides(options, config, std::move(sides), deadline), options);
}

// One that cannot be checked is a result, too.
TargetResult try_target(const std::string& target, const Source& files, const Options& options,
                        const Config& config) {
  const auto began = steady_clock::now();
  TargetResult result;
  try {
    result = check_target(target, files, options, config);
  } catch (const Error& error) {
    result.state = TargetState::Failed;
    result.verdict = without_secrets(error.message);
  } catch (const std::exception& error) {
    result.state = TargetState::Failed;
    result.verdict = std::string("internal error: ") + error.what();
  }
  const bool is_named = config.targets.contains(target) || !is_conninfo(target);
  result.name = is_named ? without_secrets(target) : describe_conninfo(target);
  result.seconds = std::chrono::duration<double>(steady_clock::now() - began).count();
  return result;
}

std::string text_of(const TargetsReport& report, const Options& options) {
  switch (options.format) {
    case Format::Json:
      return targets_json(report);
    case Format::Markdown:
      return targets_markdown(report);
    case Format::Html:
      return targets_html(report);
    case Format::Text:
      return targets_text(report, standard_output(options.color, !options.output.empty()));
    default:
      return findings_report(findings_of(report), options);
  }
}

}  // namespace

Outcome check_targets(const Options& options) {
  const Config config = read_config(options.config);
  const std::vector<std::string> targets = targets_of(options, config);
  const Source files = load_source(to_or_default(options, config), config, options.allow_empty);
  TargetsReport report{files.description, {}};
  report.results.resize(targets.size());
  std::atomic<std::size_t> next = 0;
  std::vector<std::thread> workers;
  const auto jobs =
      std::min<std::size_t>(static_cast<std::size_t>(options.targets.jobs), targets.size());
  for (std::size_t i = 0; i < jobs; ++i)
    workers.emplace_back([&] {
      for (std::size_t at = next++; at < targets.size(); at = next++)
        report.results[at] = try_target(targets[at], files, options, config);
    });
  for (std::thread& worker : workers) worker.join();
  const auto any = [&](TargetState state) { return count_of(report, state) > 0; };
  return {text_of(report, options),
          any(TargetState::Failed)    ? kFailed
          : any(TargetState::Differs) ? kPending
                                      : kDone,
          {}};
}

}  // namespace schemadiff::cli
