#include "cli/otlp_http.h"

#include <curl/curl.h>

#include <cstdlib>
#include <memory>
#include <string_view>

namespace schemadiff::cli {
namespace {

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

void add(Headers& headers, const std::string& line) {
  if (curl_slist* longer = curl_slist_append(headers.get(), line.c_str())) {
    headers.release();
    headers.reset(longer);
  }
}

// "name=value,name=value", values percent-encoded (W3C Baggage).
void add_configured(Headers& headers, CURL* curl) {
  const std::string all = variable("OTEL_EXPORTER_OTLP_HEADERS");
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find(',', at), all.size());
    const std::string pair = all.substr(at, end - at);
    at = end + 1;
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos) continue;
    int length = 0;
    const std::unique_ptr<char, decltype(&curl_free)> value(
        curl_easy_unescape(curl, pair.c_str() + equals + 1,
                           static_cast<int>(pair.size() - equals - 1), &length),
        curl_free);
    if (value)
      add(headers, pair.substr(0, equals) + ": " +
                       std::string(value.get(), static_cast<std::size_t>(length)));
  }
}

long timeout() {
  const long given = std::strtol(variable("OTEL_EXPORTER_OTLP_TIMEOUT").c_str(), nullptr, 10);
  constexpr long kDefault = 10'000;
  return given > 0 ? given : kDefault;
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

}  // namespace

std::string spans_endpoint() {
  if (std::string whole = variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"); !whole.empty())
    return whole;
  std::string base = variable("OTEL_EXPORTER_OTLP_ENDPOINT");
  if (base.empty()) return {};
  while (base.ends_with('/')) base.pop_back();
  return base + "/v1/traces";
}

std::string post_spans(const std::string& endpoint, const std::string& request) {
  const Handle curl(curl_easy_init(), curl_easy_cleanup);
  if (!curl) return "out of memory";
  Headers headers(nullptr, curl_slist_free_all);
  add(headers, "Content-Type: application/json");
  add_configured(headers, curl.get());
  curl_easy_setopt(curl.get(), CURLOPT_URL, endpoint.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, request.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(request.size()));
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, timeout());
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, ignore);
  if (const CURLcode code = curl_easy_perform(curl.get()); code != CURLE_OK)
    return curl_easy_strerror(code);
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  constexpr long kFirstError = 300;
  return status < kFirstError ? std::string()
                              : "the collector answers with status " + std::to_string(status);
}

}  // namespace schemadiff::cli
