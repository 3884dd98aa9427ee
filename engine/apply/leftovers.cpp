#include "engine/apply/leftovers.h"

#include <optional>

#include "schema/quote.h"

namespace schemadiff::engine {
namespace {

using schema::introspection::Rows;
using schema::introspection::Session;

constexpr std::string_view kConcurrently = " INDEX CONCURRENTLY ";

// The name at the beginning of the text, quoted and qualified as it is there.
std::string_view first_name(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && (text[i] == ' ' || text[i] == '\n')) return text.substr(0, i);
  }
  return text;
}

// "public." of "public.orders".
std::string_view qualification(std::string_view name) {
  bool quoted = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '"') quoted = !quoted;
    if (!quoted && name[i] == '.') return name.substr(0, i + 1);
  }
  return {};
}

// Whether the index is valid; none: it is not there.
std::optional<bool> is_valid(Session& session, const std::string& index) {
  Rows rows = session.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(" +
                              schema::quote_literal(index) + ")");
  if (!rows.next()) return std::nullopt;
  return rows.flag();
}

}  // namespace

std::optional<ConcurrentIndex> concurrent_index(const std::string& statement) {
  const std::size_t at = statement.find(kConcurrently);
  if (at == std::string::npos) return std::nullopt;
  const std::string_view rest = std::string_view(statement).substr(at + kConcurrently.size());
  const std::string_view name = first_name(rest);
  if (statement.starts_with("DROP ")) return ConcurrentIndex{std::string(name), false, {}};
  constexpr std::string_view kOn = " ON ";
  if (!statement.starts_with("CREATE ") || !rest.substr(name.size()).starts_with(kOn))
    return std::nullopt;
  // an index has the schema of its table
  const std::string_view table = first_name(rest.substr(name.size() + kOn.size()));
  return ConcurrentIndex{std::string(qualification(table)) + std::string(name), true,
                         std::string(name)};
}

bool is_there(Session& session, const ConcurrentIndex& index) {
  return is_valid(session, index.name).has_value();
}

bool is_done_already(Session& session, const std::string& statement) {
  const std::optional<ConcurrentIndex> index = concurrent_index(statement);
  if (!index) return false;
  const std::optional<bool> valid = is_valid(session, index->name);
  if (!index->builds) return !valid;
  if (valid == false) session.execute("DROP INDEX CONCURRENTLY " + index->name);
  return valid == true;
}

}  // namespace schemadiff::engine
