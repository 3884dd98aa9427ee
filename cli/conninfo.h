// Connection strings: telling them apart, and showing them without their secrets.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schemadiff::cli {

bool is_connection_uri(std::string_view src);

// Whether libpq takes it for a connection string, URI or keywords.
bool is_conninfo(const std::string& src);

// A keyword string. A value that is empty is said too: the environment does not count for it.
std::string make_conninfo(const std::vector<std::pair<std::string, std::string>>& values);

// The same server and role, another database. `src` is a conninfo.
std::string with_database(const std::string& src, const std::string& database);

// Whether both lead to one database, as whatever role.
bool lead_to_one_database(const std::string& one, const std::string& other);

bool holds_password(const std::string& src);

// "database shop on db.example:5433"; defaults of libpq left out. `src` is a conninfo.
std::string describe_conninfo(const std::string& src);

// The text with every password of a URI or keyword string in it replaced by "***".
std::string without_secrets(std::string_view text);

}  // namespace schemadiff::cli
