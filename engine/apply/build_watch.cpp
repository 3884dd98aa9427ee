#include "engine/apply/build_watch.h"

#include <chrono>

#include "schema/introspect/session.h"

namespace schemadiff::engine {

using schema::introspection::Rows;
using schema::introspection::Session;

BuildWatch::BuildWatch(std::string conninfo, int backend,
                       std::function<void(const BuildProgress&)> tell)
    : conninfo_(std::move(conninfo)),
      backend_(backend),
      tell_(std::move(tell)),
      thread_([this] { look(); }) {}

BuildWatch::~BuildWatch() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ended_.notify_one();
  thread_.join();
}

bool BuildWatch::is_over() {
  std::unique_lock lock(mutex_);
  return ended_.wait_for(lock, std::chrono::seconds(1), [this] { return over_; });
}

void BuildWatch::look() {
  // documentation, 28.4.2: each phase counts in blocks, tuples or lockers
  const std::string query =
      "SELECT phase, CASE WHEN lockers_total > 0 AND phase LIKE 'waiting%' THEN"
      " lockers_done::float8 / lockers_total WHEN blocks_total > 0 THEN blocks_done::float8 /"
      " blocks_total WHEN tuples_total > 0 THEN tuples_done::float8 / tuples_total END,"
      " current_locker_pid FROM pg_stat_progress_create_index WHERE pid = " +
      std::to_string(backend_);
  try {
    if (is_over()) return;  // most are built by then
    Session session(conninfo_);
    do {
      Rows rows = session.execute(query);
      if (!rows.next()) continue;
      BuildProgress progress;
      progress.phase = rows.text();
      if (rows.is_null())
        rows.skip();
      else
        progress.share = rows.real();
      progress.waits_for = rows.number();
      tell_(progress);
    } while (!is_over());
  } catch (const std::exception&) {
  }
}

}  // namespace schemadiff::engine
