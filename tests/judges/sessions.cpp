#include "tests/judges/sessions.h"

#include <chrono>
#include <stdexcept>

#include "tests/support/cluster.h"

namespace schemadiff::testing {
namespace {

constexpr const char* kHolders =
    " FROM pg_stat_activity WHERE query LIKE '%pg_sleep(120)%' AND pid <> pg_backend_pid()"
    " AND datname = current_database() AND state = 'active'";

}  // namespace

std::string ask(const std::string& database, const std::string& sql) {
  const char* bare = "\\pset tuples_only\n\\pset format unaligned\n";
  return shared_cluster().psql(database, bare + sql).out;
}

void wait_for(const std::string& database, const std::string& sql, const std::string& answer) {
  for (int i = 0; i < 600; ++i) {
    if (ask(database, sql) == answer + "\n") return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  throw std::runtime_error("waited in vain: " + sql);
}

Holder::Holder(const std::string& database, const std::string& sql)
    : database_(database),
      thread_([=] { shared_cluster().psql(database, sql + "; SELECT pg_sleep(120);"); }) {
  wait_for(database_, std::string("SELECT count(*)") + kHolders, "1");
}

Holder::~Holder() {
  ask(database_, std::string("SELECT pg_terminate_backend(pid)") + kHolders);
  thread_.join();
}

}  // namespace schemadiff::testing
