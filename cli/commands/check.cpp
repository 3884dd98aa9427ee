// check: is the database what its files say.
#include "cli/checking.h"
#include "cli/commands/commands.h"
#include "cli/config.h"
#include "cli/conninfo.h"
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
  std::vector<std::string> notes;
  std::optional<Texts> files;
  if (options.quick) {
    const std::string conninfo = conninfo_of(from_or_default(options, config), config);
    files = load_texts(to_or_default(options, config), config, options.allow_empty);
    if (const auto since =
            unchanged_since(options, config, conninfo, fingerprint_of(files), {}, notes))
      return {findings_report(
                  findings_of_nothing(*since, describe_conninfo(conninfo), files->description),
                  options),
              kDone,
              {}};
  }
  const Checked checked =
      check_sides(options, config, load_sides(options, config, std::move(files)));
  const CheckReport report = report_of(checked);
  return {text_of(report, options), is_drift(report) ? kPending : kDone, notes};
}

}  // namespace schemadiff::cli
