// Times that depend on who carries them over.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

enum class Zone : unsigned char { None, Without, With };  // None: no timestamp

Zone zone_of(const TypeName& type) {
  if (!type.sql.starts_with("timestamp")) return Zone::None;
  return type.sql.find("without time zone") != std::string::npos ? Zone::Without : Zone::With;
}

}  // namespace

Verdict timestamp_time_zone(const Subject& s) {
  if (!s.retypes_column()) return kSilent;
  const Zone before = zone_of(s.column_before()->type), after = zone_of(s.column_after()->type);
  if (before == Zone::None || after == Zone::None || before == after) return kSilent;
  return fires(
      "Values are carried over by the TimeZone of the session that runs the step: another one "
      "gives other times.");
}

}  // namespace schemadiff::engine::rules
