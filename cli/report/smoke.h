// What came of trying a plan there, back and there again.
#pragma once

#include <string>
#include <vector>

#include "cli/report/terminal.h"

namespace schemadiff::cli {

struct SmokeLeg {
  std::string name;                  // "apply" "roll back" "apply again"
  double seconds = 0;                // with its comparison
  double window = 0;                 // seconds that it may take; 0: any
  std::vector<std::string> differs;  // from what it shall be; empty: nothing does
};

struct SmokeReport {
  std::string from, to;  // descriptions; no `to`: that of the configuration
  std::string server;    // that it was tried on
  std::vector<SmokeLeg> legs;
};

// Whether each leg is equal and within its window.
bool is_good(const SmokeReport& report);

std::string smoke_text(const SmokeReport& report, const Terminal& terminal);
std::string smoke_json(const SmokeReport& report);

}  // namespace schemadiff::cli
