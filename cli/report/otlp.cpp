#include "cli/report/otlp.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "cli/options.h"

namespace schemadiff::cli {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::system_clock;

constexpr int kInternal = 1, kOk = 1, kError = 2;  // SpanKind, Status.StatusCode

bool is_hexadecimal(std::string_view text, std::size_t size) {
  return text.size() == size &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos &&
         text.find_first_not_of('0') != std::string_view::npos;
}

std::string random_id(std::size_t digits) {
  std::random_device random;
  std::string id;
  while (id.size() < digits) id += "0123456789abcdef"[random() % 16];
  return id;
}

// OTLP's JSON has 64-bit numbers as text.
std::string nanoseconds(system_clock::time_point time) {
  return std::to_string(
      std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count());
}

Json attribute_json(const Attribute& attribute) {
  Json value;
  if (const auto* number = std::get_if<std::int64_t>(&attribute.second))
    value["intValue"] = std::to_string(*number);
  else
    value["stringValue"] = std::get<std::string>(attribute.second);
  return {{"key", attribute.first}, {"value", value}};
}

Json span_json(const Span& span, const TraceContext& context) {
  const std::string& parent = span.parent.empty() ? context.parent : span.parent;
  Json json{{"traceId", context.trace}, {"spanId", span.id.empty() ? new_span_id() : span.id}};
  if (!parent.empty()) json["parentSpanId"] = parent;
  json["name"] = span.name;
  json["kind"] = kInternal;
  json["startTimeUnixNano"] = nanoseconds(span.began);
  json["endTimeUnixNano"] = nanoseconds(span.ended);
  json["attributes"] = Json::array();
  for (const Attribute& attribute : span.attributes)
    json["attributes"].push_back(attribute_json(attribute));
  json["status"] =
      span.error.empty() ? Json{{"code", kOk}} : Json{{"code", kError}, {"message", span.error}};
  return json;
}

}  // namespace

std::string new_span_id() {
  constexpr std::size_t kDigits = 16;
  return random_id(kDigits);
}

TraceContext trace_context(const char* traceparent) {
  const std::string_view text = traceparent ? traceparent : "";
  constexpr std::size_t kTrace = 32, kParent = 16;
  if (text.size() >= 55 && text.starts_with("00-") && text[35] == '-' && text[52] == '-' &&
      is_hexadecimal(text.substr(3, kTrace), kTrace) &&
      is_hexadecimal(text.substr(36, kParent), kParent))
    return {std::string(text.substr(3, kTrace)), std::string(text.substr(36, kParent))};
  return {random_id(kTrace), {}};
}

std::string otlp_json(const std::vector<Span>& spans, const TraceContext& context,
                      const std::string& service) {
  Json list = Json::array();
  for (const Span& span : spans) list.push_back(span_json(span, context));
  Json scope, resource, request;
  scope["scope"] = {{"name", "schemadiff"}, {"version", version()}};
  scope["spans"] = list;
  resource["resource"]["attributes"] = Json::array({attribute_json({"service.name", service})});
  resource["scopeSpans"] = Json::array({scope});
  request["resourceSpans"] = Json::array({resource});
  return request.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace schemadiff::cli
