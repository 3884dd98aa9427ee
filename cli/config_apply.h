// How plans run and what is told of it: the sections [apply] and [log] of schemadiff.toml.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/apply/execute.h"

namespace schemadiff::cli {

struct ApplyConfig {
  engine::ExecuteSettings execution;          // what a flag may say otherwise
  std::optional<std::int64_t> free_disk;      // bytes; none: not said
  double window = 600, rollback_window = 60;  // seconds that smoke holds a plan to; 0: none
  std::string log, otlp_file;                 // paths; empty: none
  std::vector<std::string> before, after;     // files of SQL; empty: none
};

}  // namespace schemadiff::cli
