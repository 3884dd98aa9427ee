// Connection strings: telling them apart, and showing them without their secrets.
#pragma once

#include <string>
#include <string_view>

namespace schemadiff::cli {

bool is_connection_uri(std::string_view src);

// Whether libpq takes it for a connection string, URI or keywords.
bool is_conninfo(const std::string& src);

bool holds_password(const std::string& src);

// "database shop on db.example:5433"; defaults of libpq left out. `src` is a conninfo.
std::string describe_conninfo(const std::string& src);

// The text with every password of a URI or keyword string in it replaced by "***".
std::string without_secrets(std::string_view text);

}  // namespace schemadiff::cli
