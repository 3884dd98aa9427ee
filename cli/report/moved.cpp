// Which side has moved since both were the same, in words.
#include "cli/last_state.h"
#include "cli/report/model.h"

namespace schemadiff::cli {
namespace {

using diff::Action;
using diff::Moved;

std::string whole_moved(Action action, Moved moved, const std::string& since) {
  const bool missing = action == Action::Create;
  switch (moved) {
    case Moved::Neither:
      return "It was so already when " + since + ".";
    case Moved::From:
      return (missing ? "Dropped" : "Made") + std::string(" by hand in the database since ") +
             since + ".";
    case Moved::To:
      return std::string("The files are ahead: ") + (missing ? "added" : "dropped") +
             " there since " + since + ".";
    case Moved::Both:
      break;
  }
  return (missing ? "Dropped by hand in the database and changed in the files since "
                  : "Changed by hand in the database and dropped in the files since ") +
         since + ".";
}

// "type by hand in the database"
std::string attribute_moved(const std::string& attribute, Moved moved, const std::string& before) {
  switch (moved) {
    case Moved::Neither:
      return attribute + " differed already";
    case Moved::From:
      return attribute + " was changed by hand in the database";
    case Moved::To:
      return attribute + " was changed in the files";
    case Moved::Both:
      break;
  }
  const bool is_short = before.size() <= 60 && before.find('\n') == std::string::npos;
  return attribute + " was changed on both sides" +
         (is_short ? ", and was " + (before.empty() ? "none" : before) : "");
}

}  // namespace

std::string moved_in_words(const diff::Change& change, const diff::Movement& movement,
                           const engine::State& last) {
  const std::string since = in_words(last);
  if (change.action == Action::Create || change.action == Action::Drop)
    return whole_moved(change.action, movement.moved, since);
  if (change.attributes.empty()) return {};
  const std::vector<Moved>& moved = movement.attributes;
  const bool alike =
      std::all_of(moved.begin(), moved.end(), [&](Moved m) { return m == moved[0]; });
  if (alike && moved[0] == Moved::Neither) return "It differed already when " + since + ".";
  if (alike && moved[0] == Moved::From)
    return "Changed by hand in the database since " + since + ".";
  if (alike && moved[0] == Moved::To)
    return "The files are ahead: changed there since " + since + ".";
  std::string list;
  for (std::size_t i = 0; i < moved.size(); ++i)
    list += (i ? "; " : "") +
            attribute_moved(change.attributes[i].attribute, moved[i], movement.before[i]);
  return "Since " + since + ": " + list + ".";
}

}  // namespace schemadiff::cli
