// A run as OpenTelemetry sees it: spans in the JSON form of OTLP (opentelemetry-proto,
// trace.proto).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace schemadiff::cli {

using Attribute = std::pair<std::string, std::variant<std::string, std::int64_t>>;

struct Span {
  std::string name;
  std::chrono::system_clock::time_point began, ended;
  std::vector<Attribute> attributes;
  std::string error;  // empty: it went well
  std::string id = {},
              parent = {};  // 16 hexadecimal digits; no id: a new one; no parent: the trace's
};

// What a run belongs to. Hexadecimal digits: 32 and 16; no parent: empty.
struct TraceContext {
  std::string trace, parent;
};

// Of TRACEPARENT (W3C Trace Context: "00-<trace>-<parent>-01"); where it says none, a new trace.
TraceContext trace_context(const char* traceparent);

std::string new_span_id();

// An ExportTraceServiceRequest on one line, with its end.
std::string otlp_json(const std::vector<Span>& spans, const TraceContext& context,
                      const std::string& service);

}  // namespace schemadiff::cli
