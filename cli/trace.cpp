#include "cli/trace.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/conninfo.h"
#include "cli/otlp_http.h"

namespace schemadiff::cli {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::system_clock;

constexpr std::chrono::seconds kBetweenRequests{5};  // to the collector, while a run goes on

// "2027-01-31T12:00:00.123Z"
std::string utc(system_clock::time_point time) {
  const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(system_clock::to_time_t(time)),
                     since.count() % 1000);
}

bool append(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::app | std::ios::binary);
  file << text;
  file.flush();
  return file.good();
}

double seconds_of(const engine::TaskRun& run) {
  return std::chrono::duration<double>(run.ended - run.began).count();
}

}  // namespace

struct Trace::Line {
  const char* event;
  Json more = Json::object();
  std::string error = {};
};

Trace::Trace(TraceSettings settings, RunInfo run, Progress& progress)
    : settings_(std::move(settings)),
      run_(std::move(run)),
      progress_(progress),
      began_(system_clock::now()),
      context_(trace_context(std::getenv("TRACEPARENT"))),
      endpoint_(spans_endpoint()),
      span_(new_span_id()),
      sent_(std::chrono::steady_clock::now()) {
  const char* service = std::getenv("OTEL_SERVICE_NAME");
  service_ = service ? service : "schemadiff";
  log({"begin"});
}

void Trace::log(const Line& line) {
  if (settings_.log.empty() || log_fails_) return;
  Json json{{"time", utc(system_clock::now())},
            {"level", line.error.empty() ? "info" : "error"},
            {"event", line.event},
            {"action", run_.action},
            {"database", run_.database},
            {"migration", run_.migration},
            {"plan", run_.digest}};
  json.update(line.more);
  if (!line.error.empty()) json["error"] = without_secrets(line.error);
  log_fails_ =
      !append(settings_.log, json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  if (log_fails_) progress_.note("the log cannot be written: " + settings_.log);
}

void Trace::note_steps(const engine::Unit& unit, const engine::UnitRun& run,
                       const std::string& error) {
  std::vector<Span> spans;
  for (std::size_t i = 0; i < run.tasks.size(); ++i) {
    const engine::Task& task = unit.tasks[i];
    engine::TaskRun times = run.tasks[i];
    // of a transaction that fails, the task that ran last is the one that did
    const bool failed = !error.empty() && i + 1 == run.tasks.size();
    if (times.ended < times.began) times.ended = system_clock::now();
    const char* status = error.empty() ? "done" : failed ? "failed" : "rolled back";
    log({"step",
         {{"step", task.id},
          {"phase", to_string(task.phase)},
          {"name", task.title},
          {"status", status},
          {"seconds", seconds_of(times)},
          {"rows", times.rows},
          {"retries", run.retries}},
         failed ? error : ""});
    spans.push_back({task.id + " " + task.title,
                     times.began,
                     times.ended,
                     {{"schemadiff.step", task.id},
                      {"schemadiff.phase", std::string(to_string(task.phase))},
                      {"schemadiff.status", status},
                      {"schemadiff.rows", times.rows},
                      {"schemadiff.retries", std::int64_t{run.retries}}},
                     failed ? without_secrets(error) : "",
                     {},
                     span_});
  }
  tell(spans);
  if (!collector_fails_ && std::chrono::steady_clock::now() - sent_ > kBetweenRequests) send();
}

// The file has a line for each transaction, so that a run that is killed leaves what it has done.
void Trace::tell(const std::vector<Span>& spans) {
  if (!endpoint_.empty()) unsent_.insert(unsent_.end(), spans.begin(), spans.end());
  if (settings_.otlp_file.empty() || file_fails_) return;
  file_fails_ = !append(settings_.otlp_file, otlp_json(spans, context_, service_));
  if (file_fails_) progress_.note("the spans cannot be written: " + settings_.otlp_file);
}

void Trace::send() {
  if (unsent_.empty()) return;
  const std::string wrong = post_spans(endpoint_, otlp_json(unsent_, context_, service_));
  sent_ = std::chrono::steady_clock::now();
  if (!wrong.empty() && !collector_fails_) progress_.note("the spans could not be sent: " + wrong);
  collector_fails_ = !wrong.empty();
  if (wrong.empty()) unsent_.clear();
}

void Trace::begins(const engine::Unit& unit) { progress_.begins(unit); }

void Trace::ended(const engine::Unit& unit, const engine::UnitRun& run) {
  progress_.ended(unit, run);
  note_steps(unit, run, {});
}

void Trace::failed(const engine::Unit& unit, const engine::UnitRun& run, const std::string& why) {
  progress_.failed(unit, run, why);
  note_steps(unit, run, why);
}

void Trace::retries(const std::string& why, double seconds) {
  progress_.retries(why, seconds);
  log({"retry", {{"why", without_secrets(why)}, {"seconds", seconds}}});
}

void Trace::waits(const std::string& why) {
  progress_.waits(why);
  log({"wait", {{"why", why}}});
}

void Trace::progress(const engine::Task& task, const engine::BackfillProgress& progress) {
  progress_.progress(task, progress);
}

void Trace::builds(const engine::Task& task, const engine::BuildProgress& progress) {
  progress_.builds(task, progress);
}

void Trace::end(const std::string& error) {
  const auto now = system_clock::now();
  log({"end", {{"seconds", std::chrono::duration<double>(now - began_).count()}}, error});
  tell({{run_.action,
         began_,
         now,
         {{"schemadiff.database", run_.database},
          {"schemadiff.migration", run_.migration},
          {"schemadiff.plan", run_.digest},
          {"db.system", "postgresql"}},
         without_secrets(error),
         span_,
         {}}});
  send();
}

}  // namespace schemadiff::cli
