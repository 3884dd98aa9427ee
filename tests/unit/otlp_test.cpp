#include "cli/report/otlp.h"

#include <catch2/catch.hpp>

namespace schemadiff::cli {

TEST_CASE("a trace goes on where its parent says so, and only there") {
  const TraceContext given =
      trace_context("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  CHECK(given.trace == "0af7651916cd43dd8448eb211c80319c");
  CHECK(given.parent == "b7ad6b7169203331");
  for (const char* wrong : {"", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}) {
    INFO(wrong);
    CHECK(trace_context(wrong).parent.empty());
    CHECK(trace_context(wrong).trace.size() == 32);
    CHECK(trace_context(wrong).trace != given.trace);
  }
  CHECK(trace_context(nullptr).trace != trace_context(nullptr).trace);
}

TEST_CASE("a span that fails says why, and numbers are text") {
  const std::chrono::system_clock::time_point began{std::chrono::seconds(5)};
  const std::string json =
      otlp_json({{"s001", began, began, {{"rows", std::int64_t{7}}}, "no room"}},
                {"0af7651916cd43dd8448eb211c80319c", {}}, "here");
  CHECK_THAT(json, Catch::Contains(R"("startTimeUnixNano":"5000000000")"));
  CHECK_THAT(json, Catch::Contains(R"({"key":"rows","value":{"intValue":"7"}})"));
  CHECK_THAT(json, Catch::Contains(R"("status":{"code":2,"message":"no room"})"));
  CHECK_THAT(json, Catch::Contains(R"({"key":"service.name","value":{"stringValue":"here"}})"));
  CHECK_THAT(json, !Catch::Contains("parentSpanId"));
}

}  // namespace schemadiff::cli
