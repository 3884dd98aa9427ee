// Sections of schemadiff.toml that are read in files of their own.
#pragma once

#include "cli/config_apply.h"
#include "cli/toml.h"

namespace schemadiff::cli {

// [apply] and [log]. Throws Error that points at the place.
void read_apply(const TomlFile& file, const toml::table& table, ApplyConfig& apply);
void read_log(const TomlFile& file, const toml::table& table, ApplyConfig& apply);

}  // namespace schemadiff::cli
