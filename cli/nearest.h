// The word that somebody probably meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemadiff::cli {

// The candidate with the fewest edits from `word`; empty when none is near enough to be meant.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

// "did you mean x?", or `otherwise` when nothing is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates,
                         std::string otherwise = {});

}  // namespace schemadiff::cli
