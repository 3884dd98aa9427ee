// What scripts for psql are made of.
#pragma once

#include <string>
#include <string_view>

#include "engine/plan.h"

namespace schemadiff::cli {

inline constexpr const char* kLockTimeout = "SET lock_timeout = '2s';\n";

// The text as comment lines, whatever it holds.
std::string sql_comment(std::string_view text);

// What the application has to be when the phase begins, as a sentence.
std::string_view gate_of(engine::Phase phase);

// The search path that the statements need, as one literal.
std::string search_path_literal(const engine::Plan& plan);

// The statements of a step behind a comment that says what they do and what there is to know.
std::string step_sql(const engine::Step& step);

}  // namespace schemadiff::cli
