// check: is the database what its files say.
#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/report/findings.h"
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
    case Format::Sarif:
      return sarif(findings_of(report));
    case Format::Junit:
      return junit(findings_of(report));
    case Format::Github:
      return github(findings_of(report));
    case Format::Text:
    case Format::Sql:
      break;
  }
  return check_text(report, standard_output(options.color, !options.output.empty()));
}

}  // namespace

Outcome check(const Options& options) {
  const Comparison sides = load_comparison(options);
  const std::vector<diff::Change> changes = changes_of(sides);
  const CheckReport report{changes, sides};
  return {text_of(report, options), is_drift(report) ? kPending : kDone, {}};
}

}  // namespace schemadiff::cli
