// check of many databases at once, against the same files.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
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

class Checks {
 public:
  Checks(const Options& options, const Config& config, std::vector<std::string> targets)
      : options_(options),
        config_(config),
        targets_(std::move(targets)),
        results_(targets_.size()) {
    const std::string to = to_or_default(options, config);
    texts_ = load_texts(to, config, options.allow_empty);
    fingerprint_ = fingerprint_of(texts_);
    if (!texts_) files_ = load_source(to, config, options.allow_empty);
    description_ = texts_ ? texts_->description : files_.description;
  }

  TargetsReport run() {
    if (options_.quick)
      for_each_open([this](const std::string& target) { return unchanged(target); });
    if (texts_ && std::any_of(results_.begin(), results_.end(), [](const auto& r) { return !r; }))
      files_ = source_of(std::move(*texts_));
    for_each_open([this](const std::string& target) { return compared(target); });
    TargetsReport report{description_, {}};
    for (std::optional<TargetResult>& result : results_)
      report.results.push_back(std::move(*result));
    return report;
  }

 private:
  // Several targets at a time, those that have no result yet.
  template <class Check>
  void for_each_open(const Check& check) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < results_.size(); ++i)
      if (!results_[i]) open.push_back(i);
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> workers;
    const auto jobs =
        std::min<std::size_t>(static_cast<std::size_t>(options_.targets.jobs), open.size());
    for (std::size_t i = 0; i < jobs; ++i)
      workers.emplace_back([&] {
        for (std::size_t at = next++; at < open.size(); at = next++)
          results_[open[at]] = attempt(targets_[open[at]], check);
      });
    for (std::thread& worker : workers) worker.join();
  }

  // One that cannot be checked is a result, too.
  template <class Check>
  std::optional<TargetResult> attempt(const std::string& target, const Check& check) const {
    const auto began = steady_clock::now();
    std::optional<TargetResult> result;
    const auto failed = [&](std::string why) {
      result = TargetResult();
      result->state = TargetState::Failed;
      result->verdict = std::move(why);
    };
    try {
      result = check(target);
    } catch (const Error& error) {
      failed(without_secrets(error.message));
    } catch (const std::exception& error) {
      failed(std::string("internal error: ") + error.what());
    }
    if (!result) return result;
    const bool is_named = config_.targets.contains(target) || !is_conninfo(target);
    result->name = is_named ? without_secrets(target) : describe_conninfo(target);
    result->seconds = std::chrono::duration<double>(steady_clock::now() - began).count();
    return result;
  }

  steady_clock::time_point deadline() const {
    return steady_clock::now() + std::chrono::duration_cast<steady_clock::duration>(
                                     std::chrono::duration<double>(options_.targets.timeout));
  }

  // none: fingerprints do not tell.
  std::optional<TargetResult> unchanged(const std::string& target) const {
    const std::string conninfo = conninfo_of(target, config_);
    std::vector<std::string> notes;
    const auto since =
        unchanged_since(options_, config_, conninfo, fingerprint_, deadline(), notes);
    if (!since) return std::nullopt;
    TargetResult result;
    result.findings = findings_of_nothing(*since, describe_conninfo(conninfo), description_);
    result.verdict = result.findings.verdict;
    return result;
  }

  TargetResult compared(const std::string& target) const {
    const auto end = deadline();
    return result_of(
        check_sides(options_, config_, {load_database(target, config_, end), files_}, end),
        options_);
  }

  const Options& options_;
  const Config& config_;
  std::vector<std::string> targets_;
  std::vector<std::optional<TargetResult>> results_;
  std::optional<Texts> texts_;  // none: the desired schema is a database
  std::string fingerprint_, description_;
  Source files_;  // read when the first target has to be compared
};

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
  const TargetsReport report = Checks(options, config, targets_of(options, config)).run();
  const auto any = [&](TargetState state) { return count_of(report, state) > 0; };
  return {text_of(report, options),
          any(TargetState::Failed)    ? kFailed
          : any(TargetState::Differs) ? kPending
                                      : kDone,
          {}};
}

}  // namespace schemadiff::cli
