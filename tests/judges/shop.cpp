#include "tests/judges/shop.h"

#include <catch2/catch.hpp>

#include "tests/support/cluster.h"

namespace schemadiff::testing {

using Catch::Matchers::Contains;

Shop::Shop(const std::string& database) : database_(database) {
  scratch.write("one.sql", kOne);
  scratch.write("two.sql", kTwo);
  scratch.write("three.sql", kThree);
  scratch.write("strict.sql", kStrict);
  shared_cluster().create_database(database_);
  sql(std::string(kOne) + "INSERT INTO a SELECT i, 'x' FROM generate_series(1, 100) i;");
}

Shop::~Shop() { shared_cluster().drop_database(database_); }

std::string Shop::conninfo() const { return shared_cluster().conninfo(database_); }

std::string Shop::sql(const std::string& text) const {
  const Result result =
      shared_cluster().psql(database_, "\\pset tuples_only\n\\pset format unaligned\n" + text);
  INFO(result.err);
  REQUIRE(result.status == 0);
  return result.out;
}

Result Shop::tool(const std::string& command, std::vector<std::string> arguments,
                  std::map<std::string, std::string> environment) const {
  arguments.insert(arguments.begin(), {command, "--from", conninfo()});
  return scratch.tool(arguments, {}, std::move(environment));
}

nlohmann::json Shop::status() const {
  return nlohmann::json::parse(tool("status", {"--format", "json"}).out);
}

void expect(const Result& result, int status, const std::string& out) {
  INFO(result.out + result.err);
  CHECK(result.status == status);
  CHECK_THAT(result.out, Contains(out));
}

void expect_error(const Result& result, const std::string& words) {
  CHECK(result.status == kFailed);
  CHECK(result.out.empty());
  CHECK_THAT(result.err, Contains(words));
}

}  // namespace schemadiff::testing
