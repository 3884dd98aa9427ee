#include "cli/report/smoke.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/progress.h"
#include "cli/report/escape.h"
#include "cli/report/report.h"

namespace schemadiff::cli {
namespace {

bool is_late(const SmokeLeg& leg) { return leg.window > 0 && leg.seconds > leg.window; }

bool is_good(const SmokeLeg& leg) { return leg.differs.empty() && !is_late(leg); }

}  // namespace

bool is_good(const SmokeReport& report) {
  return std::all_of(report.legs.begin(), report.legs.end(),
                     [](const SmokeLeg& leg) { return is_good(leg); });
}

std::string smoke_text(const SmokeReport& report, const Terminal& terminal) {
  constexpr std::size_t kNamed = 8;
  std::string text = report.from + (report.to.empty() ? "" : " to " + report.to) +
                     ", without rows, on " + report.server + "\n";
  for (const SmokeLeg& leg : report.legs) {
    text += fmt::format("  {:<12}  {:>9}", leg.name, duration(leg.seconds));
    if (leg.window > 0)
      text += paint(is_late(leg) ? " of " + duration(leg.window) + ", too long"
                                 : " of " + duration(leg.window),
                    is_late(leg) ? Style::Red : Style::Plain, terminal);
    text += "  " +
            (leg.differs.empty()
                 ? paint("equal", Style::Green, terminal)
                 : paint("differs: " + listed(leg.differs, kNamed), Style::Red, terminal)) +
            "\n";
  }
  return text;
}

std::string smoke_json(const SmokeReport& report) {
  using Json = nlohmann::ordered_json;
  Json json;
  json["schemadiff_smoke"] = 1;
  json["from"] = report.from;
  json["to"] = report.to;
  json["server"] = report.server;
  json["good"] = is_good(report);
  json["legs"] = Json::array();
  for (const SmokeLeg& leg : report.legs)
    json["legs"].push_back({{"leg", leg.name},
                            {"seconds", leg.seconds},
                            {"window", leg.window > 0 ? Json(leg.window) : Json(nullptr)},
                            {"equal", leg.differs.empty()},
                            {"differs", leg.differs}});
  return printed(json);
}

}  // namespace schemadiff::cli
