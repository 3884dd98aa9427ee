// check: is the database what its files say.
#include "cli/checking.h"
#include "cli/commands/commands.h"
#include "cli/config.h"
#include "cli/report/model.h"

namespace schemadiff::cli {
namespace {

std::string text_of(const CheckReport& report, const Options& options) {
  switch (options.format) {
    case Format::Json:
      return check_json(report);
    case Format::Markdown:
      return check_markdown(report);
    case Format::Html:
      return check_html(report);
    case Format::Text:
      return check_text(report, standard_output(options.color, !options.output.empty()));
    default:
      return findings_report(findings_of(report), options);
  }
}

}  // namespace

Outcome check(const Options& options) {
  if (options.targets.all || !options.targets.file.empty()) return check_targets(options);
  const Config config = read_config(options.config);
  Sides sides = load_sides(options, config);
  std::vector<std::string> notes;
  if (options.quick)
    if (const auto answer = quick_answer(options, config, sides, {}, notes)) {
      const Findings findings = findings_of(*answer, sides);
      return {findings_report(findings, options), findings.list.empty() ? kDone : kPending, {}};
    }
  const Checked checked = check_sides(options, config, std::move(sides));
  const CheckReport report = report_of(checked);
  return {text_of(report, options), is_drift(report) ? kPending : kDone, notes};
}

}  // namespace schemadiff::cli
