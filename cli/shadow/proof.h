// Whether a plan leads where it says, there and back: a server has run it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/comparison.h"

namespace schemadiff::cli {

class Shadow;

enum class Answer : unsigned char { Yes, No, Unproven };

std::string_view to_string(Answer answer);  // "yes" "no" "unproven"

struct Leg {
  Answer answer = Answer::Unproven;
  std::vector<std::string> reasons;  // why it is not Yes; without full stops
};

// On empty tables: what is proved is the schema, not what becomes of rows.
struct Proof {
  std::string server;  // Shadow::description
  Leg there;           // all steps lead from the source to the desired schema
  Leg back;            // and all undo leads back to the source
};

// Loads both sides into scratch databases, runs the steps of the plan on the source's, compares,
// and undoes them. What cannot be done there, as a missing extension, makes an answer Unproven.
// Throws Error where the server cannot be used at all.
Proof prove_plan(const engine::Plan& plan, const Comparison& sides, const Shadow& shadow);

// A sentence for each leg: "Converges: yes, on PostgreSQL 15.20 (ephemeral), with empty tables."
std::vector<std::string> in_words(const Proof& proof);

}  // namespace schemadiff::cli
