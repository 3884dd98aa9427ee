#include <catch2/catch.hpp>

#include "cli/applying.h"

namespace schemadiff::cli {

using Catch::Matchers::Contains;

TEST_CASE("a production target is reached from elsewhere and encrypted, or is refused") {
  Production production;
  const auto said = [&](bool local, bool tls) {
    const auto refusal = refusal_of({local, tls, false}, "prod", production);
    return refusal ? refusal->message : std::string();
  };
  CHECK_THAT(said(true, false), Contains("prod is a production target, and its server is on"));
  CHECK_THAT(said(false, false), Contains("the connection is not encrypted"));
  CHECK(said(false, true).empty());
  production.tls = false;
  CHECK(said(false, false).empty());
  production.localhost = true;
  CHECK(said(true, false).empty());
}

}  // namespace schemadiff::cli
