#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

#include "cli/conninfo.h"

namespace schemadiff::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kBetweenLines = 5;  // seconds, where lines stay

std::string with_commas(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

std::string name(const engine::Unit& unit) {
  const engine::Task& first = unit.tasks.front();
  return unit.tasks.size() == 1 ? first.id : first.id + "–" + unit.tasks.back().id;
}

}  // namespace

std::string duration(double seconds) {
  if (seconds < 1) return fmt::format("{:.0f} ms", seconds * 1000);
  if (seconds < 100) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<long>(seconds);
  return fmt::format("{} min {} s", whole / 60, whole % 60);
}

Progress::Progress(Color color)
    : terminal_{standard_output(color, false).width, standard_error_color(color)},
      is_terminal_(::isatty(STDERR_FILENO) == 1) {}

void Progress::show(const std::string& line, bool moving) {
  const std::lock_guard lock(mutex_);
  if (moving_) std::cerr << "\r\033[K";
  std::cerr << line;
  moving_ = moving && is_terminal_;
  if (!moving_) std::cerr << "\n";
  std::cerr.flush();
}

void Progress::begins(const engine::Unit& unit) {
  told_ = Clock::now();
  if (is_terminal_) show(name(unit) + "  …  " + unit.tasks.front().title, true);
}

void Progress::ended(const engine::Unit& unit, const engine::UnitRun& run) {
  for (const engine::Task& task : unit.tasks) {
    if (task.goes_on) continue;
    const bool last = &task == &unit.tasks.back();
    const std::string time = last ? duration(run.seconds) : "";
    std::string line = task.title + (task.why.empty() ? "" : ": " + task.why);
    const std::size_t room = std::max<std::size_t>(terminal_.width, 60) - 24;
    if (display_width(line) > room) line = line.substr(0, line.rfind(' ', room)) + " …";
    show(fmt::format("{}  {}  {:>9}  {}", task.id, paint("done", Style::Green, terminal_), time,
                     line),
         false);
  }
}

void Progress::retries(const std::string& why, double seconds) {
  note(fmt::format("{}; once more in {}", why, duration(seconds)));
}

void Progress::waits(const std::string& why) { show_progress(why + ": the backfill waits"); }

// Where lines stay, one now and then.
void Progress::show_progress(const std::string& line) {
  const double since = std::chrono::duration<double>(Clock::now() - told_).count();
  if (!is_terminal_ && since < kBetweenLines) return;
  told_ = Clock::now();
  show(line, true);
}

void Progress::builds(const engine::Task& task, const engine::BuildProgress& progress) {
  std::string line = task.id + "  …  " + progress.phase;
  if (progress.share) line += fmt::format(", {:.0f} %", *progress.share * 100);
  if (progress.waits_for != 0)
    line += fmt::format(", waits for the transaction of backend {}", progress.waits_for);
  show_progress(line);
}

void Progress::progress(const engine::Task& task, const engine::BackfillProgress& progress) {
  std::string line = task.id + "  …  " + with_commas(progress.rows) + " rows";
  if (progress.seconds > 0)
    line +=
        fmt::format(", {} rows/s",
                    with_commas(static_cast<std::int64_t>(
                        static_cast<double>(progress.rows - progress.earlier) / progress.seconds)));
  if (progress.share && *progress.share > 0)
    line += fmt::format(", {:.0f} %, {} left", *progress.share * 100,
                        duration(progress.seconds / *progress.share * (1 - *progress.share)));
  show_progress(line);
}

void Progress::note(const std::string& text) { show("note: " + without_secrets(text), false); }

}  // namespace schemadiff::cli
