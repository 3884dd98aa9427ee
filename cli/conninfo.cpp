// Connection strings: telling them apart, and showing them without their secrets.
#include "cli/conninfo.h"

#include <libpq-fe.h>

#include <memory>

namespace schemadiff::cli {
namespace {

using Parsed = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

// libpq's message is not used: it may repeat parts of the string.
Parsed parse(const std::string& src) {
  char* message = nullptr;
  Parsed options(PQconninfoParse(src.c_str(), &message), PQconninfoFree);
  PQfreemem(message);
  return options;
}

std::string value(const Parsed& options, std::string_view keyword) {
  for (const PQconninfoOption* o = options.get(); o && o->keyword; ++o)
    if (o->keyword == keyword && o->val) return o->val;
  return {};
}

std::string mask_uris(std::string text) {
  std::size_t at = 0;
  while ((at = text.find("://", at)) != std::string::npos) {
    at += 3;
    // A password may itself hold an unescaped @: the last one before the path decides.
    const std::size_t end = std::min(text.find_first_of("/?# \t\n\"'", at), text.size());
    const std::size_t host = text.rfind('@', end);
    const std::size_t colon = text.find(':', at);
    if (host == std::string::npos || host < at || host >= end || colon >= host) continue;
    text.replace(colon + 1, host - colon - 1, "***");
  }
  return text;
}

std::string mask_keywords(std::string text) {
  for (const std::string_view keyword : {"password", "sslpassword"}) {
    std::size_t at = 0;
    while ((at = text.find(keyword, at)) != std::string::npos) {
      at += keyword.size();
      std::size_t equals = text.find_first_not_of(" \t", at);
      if (equals == std::string::npos || text[equals] != '=') continue;
      std::size_t begin = text.find_first_not_of(" \t", equals + 1);
      if (begin == std::string::npos) return text;
      std::size_t end = begin;
      if (text[begin] == '\'') {
        for (++end; end < text.size() && text[end] != '\''; ++end)
          if (text[end] == '\\') ++end;
        end = std::min(end + 1, text.size());
      } else {
        end = std::min(text.find_first_of(" \t\n&\"", begin), text.size());
      }
      text.replace(begin, end - begin, "***");
      at = begin;
    }
  }
  return text;
}

}  // namespace

bool is_connection_uri(std::string_view src) {
  return src.rfind("postgres://", 0) == 0 || src.rfind("postgresql://", 0) == 0;
}

bool is_conninfo(const std::string& src) {
  return (is_connection_uri(src) || src.find('=') != std::string::npos) && parse(src);
}

std::string make_conninfo(const std::vector<std::pair<std::string, std::string>>& values) {
  std::string text;
  for (const auto& [keyword, value] : values) {
    text += (text.empty() ? "" : " ") + keyword + "='";
    for (const char c : value) {
      if (c == '\'' || c == '\\') text += '\\';
      text += c;
    }
    text += '\'';
  }
  return text;
}

std::string with_database(const std::string& src, const std::string& database) {
  const Parsed options = parse(src);
  std::vector<std::pair<std::string, std::string>> values;
  for (const PQconninfoOption* o = options.get(); o && o->keyword; ++o)
    if (o->val && std::string_view(o->keyword) != "dbname") values.emplace_back(o->keyword, o->val);
  values.emplace_back("dbname", database);
  return make_conninfo(values);
}

bool lead_to_one_database(const std::string& one, const std::string& other) {
  if (one == other) return true;
  const Parsed options[] = {parse(one), parse(other)};
  if (!options[0] || !options[1]) return false;
  const auto equal = [&](std::string_view keyword, const char* variable, std::string otherwise) {
    if (const char* set = std::getenv(variable); set && *set) otherwise = set;
    const auto said = [&](const Parsed& src) {
      const std::string text = value(src, keyword);
      return text.empty() ? otherwise : text;
    };
    return said(options[0]) == said(options[1]);
  };
  return equal("service", "PGSERVICE", {}) && equal("host", "PGHOST", {}) &&
         equal("hostaddr", "PGHOSTADDR", {}) && equal("port", "PGPORT", "5432") &&
         equal("dbname", "PGDATABASE", {});
}

bool holds_password(const std::string& src) {
  if (!is_conninfo(src)) return is_connection_uri(src) && without_secrets(src) != src;
  const Parsed options = parse(src);
  return !value(options, "password").empty() || !value(options, "sslpassword").empty();
}

std::string describe_conninfo(const std::string& src) {
  const Parsed options = parse(src);
  const std::string name = value(options, "dbname");
  const std::string service = value(options, "service");
  std::string host = value(options, "host");
  if (host.empty()) host = value(options, "hostaddr");
  const std::string port = value(options, "port");
  std::string text = name.empty() ? "the default database" : "database " + name;
  if (!service.empty()) text += " of service " + service;
  if (!host.empty())
    text += " on " + host + (port.empty() ? "" : ":" + port);
  else if (!port.empty())
    text += " on port " + port;
  return text;
}

std::string without_secrets(std::string_view text) {
  return mask_keywords(mask_uris(std::string(text)));
}

}  // namespace schemadiff::cli
