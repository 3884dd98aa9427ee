// The program: options in, result out, errors told to people.
#include <csignal>
#include <exception>
#include <iostream>
#include <new>

#include "cli/applying.h"
#include "cli/commands/commands.h"
#include "cli/files.h"
#include "cli/report/report.h"

namespace {

using namespace schemadiff;

int report_error(const Error& error, cli::Color color) {
  std::cerr << cli::error_text(error, {100, cli::standard_error_color(color)});
  return cli::kFailed;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that has gone away is seen when writing
  cli::Options options;
  try {
    options = cli::parse_options(argc, argv);
    const cli::Outcome outcome = cli::run(options);
    for (const std::string& note : outcome.notes) std::cerr << "note: " << note << "\n";
    if (options.output.empty() || options.command == cli::Command::Print)
      cli::write_standard_output(outcome.result);
    else if (outcome.files.empty())
      cli::write_file(options.output, outcome.result);
    for (const cli::NamedText& file : outcome.files)
      cli::write_file_below(options.output, file.name, file.text);
    return outcome.status;
  } catch (const cli::Refusal& error) {
    report_error(error, options.color);
    return cli::kRefused;
  } catch (const Error& error) {
    return report_error(error, options.color);
  } catch (const std::bad_alloc&) {
    return report_error(Error("out of memory"), options.color);
  } catch (const std::exception& error) {
    return report_error(Error(std::string("internal error: ") + error.what()), options.color);
  }
}
