// [classification] and [retention] of schemadiff.toml → Classification.
#pragma once

#include "cli/toml.h"
#include "engine/classification.h"

namespace schemadiff::cli {

// `root` is the whole file. Throws Error at the place: a class that [classification] does not have,
// a period that is none.
engine::Classification classification_at(const TomlFile& config_file, const toml::table& root);

// Throws Error, at the place, for the first entry that matches nothing of the schema.
void refuse_unmatched(const std::string& config_file, const engine::Classification& classification,
                      const schema::Catalog& catalog);

}  // namespace schemadiff::cli
