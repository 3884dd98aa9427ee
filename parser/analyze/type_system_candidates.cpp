// Which of several candidates fits the argument types best.
#include "parser/analyze/type_system_candidates.h"

#include <algorithm>

#include "parser/analyze/type_system_coercion.h"

namespace schemadiff::parser {
namespace {

// Keeps those with the highest score.
template <class F>
void keep_best(std::vector<Candidate>& candidates, F&& score) {
  std::vector<int> scores;
  scores.reserve(candidates.size());
  for (const Candidate& candidate : candidates) scores.push_back(score(candidate));
  int best = *std::max_element(scores.begin(), scores.end());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (scores[i] != best) continue;
    if (kept != i) candidates[kept] = std::move(candidates[i]);
    ++kept;
  }
  candidates.resize(kept);
}

class Chooser {
 public:
  Chooser(const TypeSystem& system, std::span<const TypeId> actual) : system_(system) {
    for (TypeId type : actual) {
      bool unknown = type == types::kUnknown;
      types_.push_back(unknown ? type : system.base(type));
      unknowns_ += unknown ? 1 : 0;
    }
  }

  Choice choose(std::vector<Candidate>& candidates) const {
    keep_best(candidates, [&](const Candidate& candidate) {
      return count(candidate, [&](std::size_t i, TypeId arg) { return arg == types_[i]; });
    });
    if (candidates.size() == 1) return Choice::One;
    keep_best(candidates, [&](const Candidate& candidate) {
      return count(candidate, [&](std::size_t i, TypeId arg) {
        const TypeInfo& info = system_.info(arg);
        return arg == types_[i] ||
               (info.preferred && info.category == system_.info(types_[i]).category);
      });
    });
    if (candidates.size() == 1) return Choice::One;
    if (unknowns_ == 0) return Choice::Several;
    keep_by_category(candidates);
    if (candidates.size() == 1) return Choice::One;
    return choose_same_type(candidates);
  }

 private:
  bool unknown(std::size_t i) const { return types_[i] == types::kUnknown; }

  template <class F>
  int count(const Candidate& candidate, F&& matches) const {
    int n = 0;
    for (std::size_t i = 0; i < types_.size(); ++i) {
      if (!unknown(i) && matches(i, candidate.args[i])) ++n;
    }
    return n;
  }

  // Each unknown argument takes the category that the candidates share, or strings if one has that;
  // then only candidates of that category stay, preferred types before others.
  void keep_by_category(std::vector<Candidate>& candidates) const {
    std::vector<char> categories(types_.size(), '\0');
    std::vector<char> preferred(types_.size(), '\0');
    for (std::size_t i = 0; i < types_.size(); ++i) {
      if (!unknown(i)) continue;
      bool conflict = false;
      for (const Candidate& candidate : candidates) {
        const TypeInfo& info = system_.info(candidate.args[i]);
        if (categories[i] == '\0') {
          categories[i] = info.category;
          preferred[i] = info.preferred;
        } else if (info.category == categories[i]) {
          preferred[i] = preferred[i] || info.preferred;
        } else if (info.category == 'S') {
          categories[i] = 'S';
          preferred[i] = info.preferred;
        } else {
          conflict = true;
        }
      }
      if (conflict && categories[i] != 'S') return;
    }
    auto fits = [&](const Candidate& candidate) {
      for (std::size_t i = 0; i < types_.size(); ++i) {
        if (!unknown(i)) continue;
        const TypeInfo& info = system_.info(candidate.args[i]);
        if (info.category != categories[i] || (preferred[i] && !info.preferred)) return false;
      }
      return true;
    };
    if (std::none_of(candidates.begin(), candidates.end(), fits)) return;
    std::erase_if(candidates, [&](const Candidate& candidate) { return !fits(candidate); });
  }

  // If all known arguments have one type, the unknown ones are taken to be of it too.
  Choice choose_same_type(std::vector<Candidate>& candidates) const {
    TypeId known;
    for (std::size_t i = 0; i < types_.size(); ++i) {
      if (unknown(i)) continue;
      if (known && known != types_[i]) return Choice::Several;
      known = types_[i];
    }
    if (!known) return Choice::Several;
    std::vector<TypeId> all(types_.size(), known);
    auto fails = [&](const Candidate& candidate) {
      return !can_coerce(system_, all, candidate.args, CoercionContext::Implicit);
    };
    if (std::count_if(candidates.begin(), candidates.end(), fails) + 1 !=
        static_cast<std::ptrdiff_t>(candidates.size())) {
      return Choice::Several;
    }
    std::erase_if(candidates, fails);
    return Choice::One;
  }

  const TypeSystem& system_;
  std::vector<TypeId> types_;  // unknown, or base types
  int unknowns_ = 0;
};

}  // namespace

Choice choose_candidate(const TypeSystem& system, std::span<const TypeId> actual,
                        std::vector<Candidate>& candidates) {
  std::erase_if(candidates, [&](const Candidate& candidate) {
    return !can_coerce(system, actual, candidate.args, CoercionContext::Implicit);
  });
  if (candidates.empty()) return Choice::None;
  if (candidates.size() == 1) return Choice::One;
  return Chooser(system, actual).choose(candidates);
}

}  // namespace schemadiff::parser
