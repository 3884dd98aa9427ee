// What is told on standard error while statements run: lines, and on a terminal a line that moves.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "cli/report/terminal.h"
#include "engine/apply/execute.h"

namespace schemadiff::cli {

class Progress : public engine::Watcher {
 public:
  explicit Progress(Color color);

  void begins(const engine::Unit& unit) override;
  void ended(const engine::Unit& unit, const engine::UnitRun& run) override;
  void failed(const engine::Unit&, const engine::UnitRun&, const std::string&) override {}
  void retries(const std::string& why, double seconds) override;
  void waits(const std::string& why) override;
  void progress(const engine::Task& task, const engine::BackfillProgress& progress) override;
  void builds(const engine::Task& task, const engine::BuildProgress& progress) override;
  void note(const std::string& text);  // a line of its own

 private:
  void show(const std::string& line, bool moving);
  void show_progress(const std::string& line);

  std::mutex mutex_;  // builds are told from another thread
  Terminal terminal_;
  bool is_terminal_;
  bool moving_ = false;  // the last line is to be overwritten
  std::chrono::steady_clock::time_point told_;
};

// "12 ms", "3.4 s", "2 min 5 s"
std::string duration(double seconds);

}  // namespace schemadiff::cli
