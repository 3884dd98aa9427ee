#include "engine/apply/batches.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "engine/apply/stop.h"
#include "schema/digest.h"
#include "schema/quote.h"

namespace schemadiff::engine {
namespace {

using namespace schema;
using introspection::Rows;
using introspection::Session;
using Clock = std::chrono::steady_clock;

constexpr double kAim = 0.1;  // seconds for a batch
constexpr double kLargestBatch = 50'000;
constexpr double kSmallestBatch = 10;
// Others wait for the rows of a batch: how long one takes is found from below.
constexpr double kFirstBatch = 100;
constexpr double kFirstPages = 4;
// Where few rows are to be written a batch is quick and says nothing of the next: it grows no
// further, or to kBatchPages.
constexpr double kSparseBatch = 5'000;

using Cursor = std::vector<std::string>;  // a value for each column of the key, or a page

struct Start {
  Cursor cursor;  // empty: the beginning
  std::int64_t rows = 0;
};

std::string key_of(const Backfill& backfill) {
  return digest(quote_qualified(backfill.table) + '\n' + backfill.set + '\n' + backfill.where);
}

// Of the key, with the table's name, by which the backfill's expressions call it: what is selected
// may have the same name.
std::string columns(const Backfill& backfill, const char* cast = "") {
  std::vector<std::string> names;
  for (const std::string& column : backfill.key)
    names.push_back(quote_identifier(backfill.table.name) + '.' + quote_identifier(column) + cast);
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string literals(const Cursor& cursor) {
  std::vector<std::string> values;
  for (const std::string& value : cursor) values.push_back(quote_literal(value));
  return fmt::format("{}", fmt::join(values, ", "));
}

// One row, also where there is one column: literals take the types of the columns.
std::string behind(const Backfill& backfill, const char* comparison, const Cursor& cursor) {
  return fmt::format("({}) {} ({})", columns(backfill), comparison, literals(cursor));
}

class Run {
 public:
  Run(Session& session, std::int64_t migration, const Backfill& backfill,
      const BackfillSettings& settings)
      : session_(session), migration_(migration), backfill_(backfill), settings_(settings) {}

  BackfillProgress to_the_end() {
    const Start start = read_start();
    progress_.rows = progress_.earlier = start.rows;
    go(start.cursor);
    // What was done in an earlier run is looked at once more: somebody may have moved it.
    int more = backfill_.key.empty() ? kPagePasses - 1 : start.cursor.empty() ? 0 : 1;
    for (; more > 0 && is_any_left(); --more) go({});
    return progress_;
  }

 private:
  Start read_start() {
    Rows rows =
        session_.execute("SELECT position_after, rows FROM schemadiff.backfills WHERE key = " +
                         quote_literal(key_of(backfill_)));
    if (!rows.next()) return {};
    Start start{rows.texts(), 0};
    start.rows = rows.integer();
    return start;
  }

  bool is_any_left() {
    return session_
               .execute(fmt::format("SELECT 1 FROM {} WHERE {} LIMIT 1",
                                    quote_qualified(backfill_.table), backfill_.where))
               .count() > 0;
  }

  void go(const Cursor& from) {
    began_ = Clock::now();
    progress_.seen = 0;
    if (backfill_.key.empty())
      by_pages(from);
    else
      by_key(from);
  }

  void by_key(Cursor cursor) {
    double size = kFirstBatch;
    const double total =
        number(fmt::format("SELECT reltuples::bigint FROM pg_class WHERE oid = {}::"
                           "regclass",
                           quote_literal(quote_qualified(backfill_.table))));
    const bool from_start = cursor.empty();
    for (bool more = true; more;) {
      StopSignal::check();
      const auto batch_began = Clock::now();
      const auto rows = static_cast<std::int64_t>(size);
      const std::string after = cursor.empty() ? "true" : behind(backfill_, ">", cursor);
      Rows end = session_.execute(fmt::format(
          "SELECT {} FROM {} WHERE {} ORDER BY {} OFFSET {} LIMIT 1", columns(backfill_, "::text"),
          quote_qualified(backfill_.table), after, columns(backfill_), rows - 1));
      more = end.next();
      Cursor next = cursor;
      if (more) {
        next.clear();
        for (std::size_t i = 0; i < backfill_.key.size(); ++i) next.push_back(end.text());
      }
      const std::int64_t written =
          write(more ? after + " AND " + behind(backfill_, "<=", next) : after, next);
      cursor = next;
      progress_.seen += rows;
      if (from_start && total > 0)
        progress_.share = std::min(1.0, static_cast<double>(progress_.seen) / total);
      progress_.writing += seconds_since(batch_began);
      size = resized(size, batch_began, kSmallestBatch);
      if (written * 10 < rows) size = std::min(size, kSparseBatch);
      tell_and_rest(more);
    }
  }

  void by_pages(const Cursor& cursor) {
    double size = kFirstPages;
    const std::int64_t pages = count_pages();
    std::int64_t page = cursor.empty() ? 0 : std::stoll(cursor.front());
    const std::int64_t first = page;
    while (page < pages) {
      StopSignal::check();
      const auto batch_began = Clock::now();
      const std::int64_t next = page + static_cast<std::int64_t>(size);
      const std::int64_t written = write(
          fmt::format("ctid >= '({},0)' AND ctid < '({},0)'", page, next), {std::to_string(next)});
      const bool sparse = written < next - page;
      page = next;
      progress_.seen = page - first;
      progress_.share = std::min(1.0, static_cast<double>(page) / static_cast<double>(pages));
      progress_.writing += seconds_since(batch_began);
      size = resized(size, batch_began, 1);
      if (sparse) size = std::min<double>(size, kBatchPages);
      tell_and_rest(page < pages);
    }
  }

  // The rows of a part, and with them in one statement the place that it ends at. How many they
  // are.
  std::int64_t write(const std::string& part, const Cursor& end) {
    const std::string cursor =
        end.empty() ? "'{}'::text[]" : "ARRAY[" + literals(end) + "]::text[]";
    Rows rows = settings_.run(fmt::format(
        "WITH written AS ({} RETURNING 1),"
        " counted AS (SELECT count(*) AS rows FROM written),"
        " noted AS (INSERT INTO schemadiff.backfills AS b (key, migration, position_after, rows)"
        " SELECT {}, {}, {}, rows FROM counted"
        " ON CONFLICT (key) DO UPDATE SET position_after = excluded.position_after, migration ="
        " excluded.migration, rows = b.rows + excluded.rows, updated_at = clock_timestamp())"
        " SELECT rows FROM counted",
        update_of_part(backfill_, part), quote_literal(key_of(backfill_)), migration_, cursor));
    rows.next();
    const std::int64_t written = rows.integer();
    progress_.rows += written;
    return written;
  }

  // Of the largest of the tables that UPDATE reaches: partitions and heirs.
  std::int64_t count_pages() {
    return static_cast<std::int64_t>(number(fmt::format(
        "WITH RECURSIVE all_of_it(id) AS (SELECT {}::regclass::oid UNION SELECT inhrelid FROM"
        " pg_inherits JOIN all_of_it ON inhparent = id) SELECT max(pg_relation_size(id)) /"
        " current_setting('block_size')::bigint + 1 FROM all_of_it",
        quote_literal(quote_qualified(backfill_.table)))));
  }

  double number(const std::string& query) {
    Rows rows = session_.execute(query);
    rows.next();
    return rows.real();
  }

  static double seconds_since(Clock::time_point time) {
    return std::chrono::duration<double>(Clock::now() - time).count();
  }

  static double resized(double size, Clock::time_point began, double smallest) {
    const double factor = kAim / std::max(seconds_since(began), 1e-4);
    return std::clamp(std::floor(size * std::clamp(factor, 0.1, 2.0)), smallest, kLargestBatch);
  }

  void tell_and_rest(bool more) {
    progress_.seconds = seconds_since(began_);
    settings_.tell(progress_);
    if (more && settings_.pause > 0) StopSignal::sleep(settings_.pause);
  }

  Session& session_;
  std::int64_t migration_;
  const Backfill& backfill_;
  const BackfillSettings& settings_;
  BackfillProgress progress_;
  Clock::time_point began_;
};

}  // namespace

BackfillProgress run_backfill(Session& session, std::int64_t migration, const Backfill& backfill,
                              const BackfillSettings& settings) {
  return Run(session, migration, backfill, settings).to_the_end();
}

}  // namespace schemadiff::engine
