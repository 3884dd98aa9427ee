// Tells known findings from new ones.
#include "tests/judges/findings.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <sstream>

#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

struct KnownFailure {
  std::string subject;
  std::string reason;
};

std::vector<KnownFailure> known_failures() {
  std::istringstream lines(
      read_file(source_directory() / "tests" / "judges" / "known_failures.txt"));
  std::vector<KnownFailure> known;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t bar = line.find(" | ");
    if (line.starts_with('#') || bar == std::string::npos) continue;
    known.push_back({line.substr(0, bar), line.substr(bar + 3)});
  }
  return known;
}

}  // namespace

void report(const Findings& findings) {
  const std::vector<KnownFailure> known = known_failures();
  for (const std::string& failure : findings.failures()) {
    const auto found = std::find_if(known.begin(), known.end(), [&](const KnownFailure& k) {
      return failure.starts_with(k.subject);
    });
    if (found == known.end()) {
      FAIL_CHECK(failure);
    } else {
      std::cout << "known: " << failure.substr(0, failure.find('\n')) << " (" << found->reason
                << ")\n";
    }
  }
}

}  // namespace schemadiff::testing
