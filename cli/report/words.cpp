// The sentences that several reports share.
#include <algorithm>
#include <array>
#include <map>

#include "cli/report/model.h"

namespace schemadiff::cli {

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string listed(const std::vector<std::string>& items, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(items.size(), most); ++i) text += (i ? ", " : "") + items[i];
  if (items.size() > most) text += " and " + std::to_string(items.size() - most) + " more";
  return text;
}

Style style_of(engine::Risk risk) {
  return std::array{Style::Green, Style::Yellow, Style::Red}[static_cast<std::size_t>(risk)];
}

std::string verdict(const engine::Plan& plan) {
  if (plan.steps.empty()) return "No changes.";
  std::array<std::size_t, 3> counts{};
  for (const engine::Step& step : plan.steps) ++counts[static_cast<std::size_t>(step.risk)];
  std::string text =
      std::to_string(plan.steps.size()) + (plan.steps.size() == 1 ? " step: " : " steps: ");
  std::string list;
  for (const engine::Risk risk : {engine::Risk::Low, engine::Risk::Medium, engine::Risk::High})
    if (const std::size_t n = counts[static_cast<std::size_t>(risk)])
      list += (list.empty() ? "" : ", ") + std::to_string(n) + " " + std::string(to_string(risk));
  return text + list + " risk.";
}

std::string lock_in_words(const engine::LockClaim& lock) {
  if (lock.mode.empty()) return "none";
  std::string text = lock.mode;
  if (!lock.relations.empty()) text += " on " + listed(lock.relations, 4);
  text += lock.blocks_reads    ? ": reads and writes wait"
          : lock.blocks_writes ? ": writes wait, reads go on"
                               : ": reads and writes go on";
  const bool waits = lock.blocks_reads || lock.blocks_writes;
  if (lock.rewrites)
    text += " while the whole table is rewritten";
  else if (lock.scans)
    text += " while the whole table is read";
  else if (waits)
    text += lock.blocks_reads ? " for a moment" : "; for a moment";
  std::map<std::string, std::vector<std::string>> weaker;
  for (const engine::RelationLock& other : lock.weaker)
    weaker[other.mode].push_back(other.relation);
  for (const auto& [mode, relations] : weaker)
    text += "; no more than " + mode + " on " + listed(relations, 4);
  return text;
}

std::string in_words(const engine::Hold& hold) {
  std::string text = "Others wait longest in " + hold.steps.front();
  if (hold.steps.size() > 1) text += " to " + hold.steps.back();
  text += ", for " + listed(hold.relations, 3) + ": ";
  if (!hold.seconds) return text + "for as long as the table takes, of which no size is known.";
  return text + (*hold.seconds < 0.1 ? "for " : "") + duration(hold.seconds) + ".";
}

std::string in_words(const NotCompared& item, const Comparison& sides) {
  const schema::Unmodelled& what = item.item;
  std::string text = "Not compared: " + what.kind + (what.name.empty() ? "" : " " + what.name);
  if (!what.attribute.empty()) text += ", " + what.attribute;
  const Source& source = item.side == "from" ? sides.from : sides.to;
  if (what.span.line && what.span.file < source.catalog.files.size())
    text +=
        " (" + source.catalog.files[what.span.file] + ":" + std::to_string(what.span.line) + ")";
  else
    text += " (" + source.description + ")";
  return text + ".";
}

std::vector<std::string> all_notes(const engine::Plan& plan, const Comparison& sides) {
  std::vector<std::string> notes = plan.notes;
  for (const std::string& note : sides.notes)
    if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
  return notes;
}

}  // namespace schemadiff::cli
