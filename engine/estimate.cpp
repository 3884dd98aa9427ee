#include "engine/estimate.h"

#include <fmt/format.h>

namespace schemadiff::engine {

using schema::TableFacts;

namespace {

struct Measure {
  const char* name;
  double Throughput::*rate;
  const char* what;
  bool in_bytes;
};
constexpr Measure kBackfill{"backfill_rows", &Throughput::backfill_rows, "backfills", false};
constexpr Measure kIndex{"index_bytes", &Throughput::index_bytes, "index builds", true};
constexpr Measure kScan{"scan_bytes", &Throughput::scan_bytes, "scans", true};
constexpr Measure kRewrite{"rewrite_bytes", &Throughput::rewrite_bytes, "rewrites", true};

const Measure& measure_called(const std::string& name) {
  for (const Measure* measure : {&kBackfill, &kIndex, &kScan})
    if (measure->name == name) return *measure;
  return kRewrite;
}

// In a second: as measured here, else as somebody or we have set it.
double rate(const Measure& measure, const PlanOptions& options) {
  const auto measured = options.facts.rates.find(measure.name);
  return measured == options.facts.rates.end() ? options.throughput.*measure.rate
                                               : measured->second;
}

}  // namespace

std::optional<Effort> effort(const Operation& operation, const Context& context) {
  const OpFacts& facts = facts_of(operation.op);
  const schema::QualifiedName table = table_of(operation, context);
  const bool depends = (facts.scans || facts.rewrites) && !operation.relations.empty();
  if (!depends || table.empty()) return Effort();
  // what is filled from a table that is made anew has that table's rows
  if (context.is_new(table) && operation.op != Op::Backfill) return Effort();
  const TableFacts* known = context.options.facts.find(table);
  if (!known || !known->bytes) return std::nullopt;
  const auto bytes = static_cast<double>(*known->bytes);
  switch (operation.op) {
    case Op::Backfill:
      if (!known->rows) return std::nullopt;
      return Effort{kBackfill.name, *known->rows};
    case Op::CreateIndex:
    case Op::AddIndexConstraint:
      return Effort{kIndex.name, bytes};
    case Op::CreateIndexConcurrently:
      return Effort{kIndex.name, 2 * bytes};  // it reads the table twice
    default:
      break;
  }
  const auto indexes = static_cast<double>(known->index_bytes.value_or(0));
  return facts.rewrites ? Effort{kRewrite.name, bytes + indexes} : Effort{kScan.name, bytes};
}

double estimate(const Effort& effort, const PlanOptions& options) {
  return effort.amount == 0 ? 0 : effort.amount / rate(measure_called(effort.measure), options);
}

std::string told_rates(const std::set<std::string>& measures, const PlanOptions& options) {
  bool any_known = false;
  std::string text;
  for (const std::string& name : measures) {
    const Measure& measure = measure_called(name);
    const bool measured = options.facts.rates.contains(name);
    const bool configured = options.throughput.configured.contains(name);
    any_known = any_known || measured || configured;
    const double per_second = rate(measure, options);
    text += fmt::format("{}{} {} ({})", text.empty() ? "" : ", ", measure.what,
                        measure.in_bytes ? fmt::format("{:.3g} MiB/s", per_second / (1024.0 * 1024))
                                         : fmt::format("{:.0f} rows/s", per_second),
                        measured     ? "measured here by earlier runs"
                        : configured ? "as configured"
                                     : "by default");
  }
  return any_known ? "Times of steps are worked out from: " + text + "." : std::string();
}

}  // namespace schemadiff::engine
