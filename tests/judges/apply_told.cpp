// What programs are told of a run: log lines, spans, status; and what nobody is told.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <sstream>
#include <thread>

#include "tests/judges/shop.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;

std::vector<nlohmann::json> lines_of(const std::filesystem::path& file) {
  std::vector<nlohmann::json> lines;
  std::istringstream text(read_file(file));
  for (std::string line; std::getline(text, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

// Of all requests in the file, in order.
std::vector<nlohmann::json> spans_of(const std::filesystem::path& file) {
  std::vector<nlohmann::json> spans;
  for (const nlohmann::json& request : lines_of(file))
    for (const nlohmann::json& span :
         request.at("/resourceSpans/0/scopeSpans/0/spans"_json_pointer))
      spans.push_back(span);
  return spans;
}

// A collector that takes one request.
class Collector {
 public:
  Collector() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listener_, 1) == 0);
    REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { take(); });
  }
  ~Collector() {
    ::shutdown(listener_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    ::close(listener_);
  }
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  const std::string& request() {
    thread_.join();
    return request_;
  }

 private:
  void take() {
    const int connection = ::accept(listener_, nullptr, nullptr);
    if (connection < 0) return;
    char buffer[4096];
    while (request_.find("\n}") == std::string::npos && !request_.ends_with("]}\n")) {
      const ssize_t n = ::read(connection, buffer, sizeof buffer);
      if (n <= 0) break;
      request_.append(buffer, static_cast<std::size_t>(n));
    }
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    [[maybe_unused]] const ssize_t written = ::write(connection, answer.data(), answer.size());
    ::close(connection);
  }

  int listener_;
  int port_ = 0;
  std::string request_;
  std::thread thread_;
};

}  // namespace

TEST_CASE("each step is a line of the log and a span", "[cli]") {
  const Shop shop("cli_told");
  const std::string trace = "0af7651916cd43dd8448eb211c80319c";
  const Result applied = shop.tool("apply",
                                   {"--to", "three.sql", "--yes", "--allow", "all", "--log",
                                    "log.jsonl", "--otlp-file", "spans.jsonl"},
                                   {{"TRACEPARENT", "00-" + trace + "-b7ad6b7169203331-01"}});
  expect(applied, 0, "It is what three.sql says.");
  const auto log = lines_of(shop.scratch.path() / "log.jsonl");
  REQUIRE(log.size() == 4);
  CHECK(log[0].at("event") == "begin");
  CHECK(log[1].at("step") == "s001");
  CHECK(log[1].at("phase") == "expand");
  CHECK(log[2].at("status") == "done");
  CHECK(log[3].at("event") == "end");
  const auto spans = spans_of(shop.scratch.path() / "spans.jsonl");
  REQUIRE(spans.size() == 3);
  CHECK(spans[2].at("traceId") == trace);
  CHECK(spans[2].at("parentSpanId") == "b7ad6b7169203331");
  CHECK(spans[0].at("parentSpanId") == spans[2].at("spanId"));
  CHECK(spans[0].at("traceId") == trace);
  CHECK(spans[0].at("status").at("code") == 1);

  shop.sql("INSERT INTO a VALUES (101, NULL)");
  shop.scratch.write(
      "unique.sql",
      "CREATE TABLE a (id bigint PRIMARY KEY, note text UNIQUE NULLS NOT DISTINCT);\n");
  CHECK(shop.tool("apply", {"--to", "unique.sql", "--yes", "--allow", "all", "--log", "log.jsonl"})
            .status == kFailed);
  const auto more = lines_of(shop.scratch.path() / "log.jsonl");
  CHECK(more.back().at("level") == "error");
  CHECK_THAT(more.back().at("error").get<std::string>(), Contains("could not create unique index"));
}

TEST_CASE("a run that is killed leaves the spans of what it has done", "[cli]") {
  const Shop shop("cli_killed");
  const Result killed = shop.tool("apply",
                                  {"--to", "three.sql", "--yes", "--allow", "all", "--otlp-file",
                                   "spans.jsonl", "--log", "log.jsonl"},
                                  {{"SCHEMADIFF_CRASH_AT", "before s002"}});
  CHECK(killed.status == 128 + SIGKILL);
  const auto spans = spans_of(shop.scratch.path() / "spans.jsonl");
  REQUIRE(spans.size() == 1);
  CHECK_THAT(spans[0].at("name").get<std::string>(), Contains("s001"));
  CHECK(lines_of(shop.scratch.path() / "log.jsonl").back().at("step") == "s001");
}

TEST_CASE("spans go to a collector, and one that is not there is no error", "[cli]") {
  const Shop shop("cli_spans");
  Collector collector;
  expect(shop.tool("apply", {"--to", "two.sql", "--yes"},
                   {{"OTEL_EXPORTER_OTLP_ENDPOINT", collector.url() + "/"},
                    {"OTEL_EXPORTER_OTLP_HEADERS", "x-key=a%20b"}}),
         0, "Applied");
  const std::string request = collector.request();
  CHECK_THAT(request, Contains("POST /v1/traces HTTP/1.1"));
  CHECK_THAT(request, Contains("x-key: a b"));
  CHECK_THAT(request, Contains("\"resourceSpans\""));
  const Result alone = shop.tool("rollback", {"--yes", "--log", "/nowhere/log"},
                                 {{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"}});
  expect(alone, 0, "Rolled back");
  CHECK_THAT(alone.err, Contains("the spans could not be sent"));
  CHECK_THAT(alone.err, Contains("the log cannot be written: /nowhere/log"));
}

TEST_CASE("status knows what was changed by hand since", "[cli]") {
  const Shop shop("cli_drift");
  CHECK(shop.tool("apply", {"--to", "two.sql", "--yes"}).status == 0);
  expect(shop.tool("status"), 0, "drift        none");
  CHECK(nlohmann::json::parse(shop.tool("status", {"--no-drift", "--format", "json"}).out)
            .at("drift")
            .is_null());
  shop.sql("ALTER TABLE b ADD COLUMN by_hand int");
  const Result drifted = shop.tool("status", {"--format", "json"});
  CHECK(drifted.status == kPending);
  CHECK(nlohmann::json::parse(drifted.out).at("drift").dump() == "[\"table public.b\"]");
}

// A role with a password, asked for by the server; its pg_hba.conf is as it was afterwards.
class SecretRole {
 public:
  SecretRole(const Shop& shop, const std::string& secret) : shop_(shop) {
    shop.sql(
        "SET password_encryption = 'scram-sha-256'; CREATE ROLE shop_secret SUPERUSER LOGIN "
        "PASSWORD '" +
        secret + "'");
    write("local all shop_secret scram-sha-256\n");
  }
  ~SecretRole() {
    write("");
    shop_.sql("REASSIGN OWNED BY shop_secret TO CURRENT_USER; DROP ROLE shop_secret");
  }
  SecretRole(const SecretRole&) = delete;
  SecretRole& operator=(const SecretRole&) = delete;

 private:
  void write(const std::string& line) const {
    shop_.sql(
        "DO $$BEGIN EXECUTE format('COPY (SELECT unnest(string_to_array(%L, chr(10)))) TO %L', '" +
        line +
        "local all all trust', current_setting('hba_file')); END$$;"
        "SELECT pg_reload_conf(), pg_sleep(0.2)");
  }
  const Shop& shop_;
};

TEST_CASE("passwords of files are used, and are nowhere to be found", "[cli]") {
  const Shop shop("cli_pgpass");
  const std::string secret = "s3cr3t-w0rd";
  const SecretRole role(shop, secret);
  const std::string conninfo = shop.conninfo() + " user=shop_secret";
  const std::string pgpass = (shop.scratch.path() / "pgpass").string();
  shop.scratch.write("pgpass", "*:*:*:shop_secret:" + secret + "\n");
  REQUIRE(chmod(pgpass.c_str(), 0600) == 0);
  shop.scratch.write(
      "services", "[shop]\n" + [&] {
        std::string lines = conninfo + " password=" + secret;
        for (char& c : lines) c = c == ' ' ? '\n' : c;
        std::erase(lines, '\'');
        return lines;
      }() + "\n");
  std::string all;
  const auto tool = [&](std::vector<std::string> arguments,
                        std::map<std::string, std::string> environment) {
    const Result result = shop.scratch.tool(std::move(arguments), {}, std::move(environment));
    all += result.out + result.err;
    return result.status;
  };
  CHECK(tool({"status", "--from", conninfo}, {}) == kFailed);
  const std::map<std::string, std::string> by_file{{"PGPASSFILE", pgpass}};
  const std::map<std::string, std::string> by_service{
      {"PGSERVICEFILE", (shop.scratch.path() / "services").string()}};
  CHECK(tool({"apply", "--from", conninfo, "--to", "two.sql", "--yes", "--log", "log",
              "--otlp-file", "spans"},
             by_file) == 0);
  CHECK(tool({"rollback", "--from", "service=shop", "--yes", "--log", "log"}, by_service) == 0);
  shop.sql("INSERT INTO a VALUES (101, NULL)");
  CHECK(tool({"apply", "--from", "service=shop", "--to", "strict.sql", "--yes", "--allow", "all",
              "--log", "log"},
             by_service) == kFailed);
  CHECK(tool({"plan", "--from", "service=shop", "--to", "two.sql", "--format", "sql",
              "--idempotent", "-o", "out"},
             by_service) == kPending);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(shop.scratch.path()))
    if (entry.is_regular_file() && entry.path().filename() != "pgpass" &&
        entry.path().filename() != "services")
      all += read_file(entry.path());
  const Result kept =
      run({.argv = {pg_program("pg_dump"), "--data-only", "--schema=schemadiff", shop.conninfo()}});
  REQUIRE(kept.status == 0);
  CHECK_THAT(all, Contains("\"event\":\"step\""));
  CHECK_THAT(all + kept.out, !Contains(secret));
}

}  // namespace schemadiff::testing
