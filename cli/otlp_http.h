// Spans to a collector, by OTLP over HTTP.
#pragma once

#include <string>

namespace schemadiff::cli {

// Where OpenTelemetry's environment variables say that spans go:
// OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, or OTEL_EXPORTER_OTLP_ENDPOINT with /v1/traces behind it;
// empty: nowhere.
std::string spans_endpoint();

// Posts a request in JSON, with the headers of OTEL_EXPORTER_OTLP_HEADERS, within
// OTEL_EXPORTER_OTLP_TIMEOUT milliseconds (10,000). Gives what went wrong, without secrets; empty:
// nothing.
std::string post_spans(const std::string& endpoint, const std::string& request);

}  // namespace schemadiff::cli
