// A run as it is told while it goes on: to people by `Progress`, to programs by log lines and
// spans.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/progress.h"
#include "cli/report/otlp.h"

namespace schemadiff::cli {

struct TraceSettings {
  std::string log, otlp_file;  // paths; empty: none
};

// What each line and the span of a run say of it.
struct RunInfo {
  std::string action;     // "apply" "rollback"
  std::string database;   // description
  std::string migration;  // name
  std::string digest;     // of the plan
};

// A file or collector that cannot be written to is a note, once, and never an error.
class Trace : public engine::Watcher {
 public:
  Trace(TraceSettings settings, RunInfo run, Progress& progress);

  void begins(const engine::Unit& unit) override;
  void ended(const engine::Unit& unit, const engine::UnitRun& run) override;
  void failed(const engine::Unit& unit, const engine::UnitRun& run,
              const std::string& why) override;
  void retries(const std::string& why, double seconds) override;
  void waits(const std::string& why) override;
  void progress(const engine::Task& task, const engine::BackfillProgress& progress) override;
  void builds(const engine::Task& task, const engine::BuildProgress& progress) override;

  // Writes the last line, and the span of the run. `error`: empty where all went well.
  void end(const std::string& error);

 private:
  struct Line;
  void log(const Line& line);
  void note_steps(const engine::Unit& unit, const engine::UnitRun& run, const std::string& error);
  void tell(const std::vector<Span>& spans);
  void send();

  TraceSettings settings_;
  RunInfo run_;
  Progress& progress_;
  std::chrono::system_clock::time_point began_;
  TraceContext context_;
  std::string service_, endpoint_;
  std::string span_;          // id of the run's
  std::vector<Span> unsent_;  // that the collector has not got yet
  std::chrono::steady_clock::time_point sent_;
  bool log_fails_ = false, file_fails_ = false, collector_fails_ = false;
};

}  // namespace schemadiff::cli
