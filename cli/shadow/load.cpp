#include "cli/shadow/load.h"

#include <algorithm>
#include <fstream>

#include "cli/shadow/interruption.h"
#include "schema/dump_units.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

using namespace schema;
using introspection::Session;
using introspection::StatementError;

// Errors that follow from something that is not there: a name of any sort is not known.
bool says_missing(const StatementError& error) {
  constexpr std::string_view kUndefined[] = {"3F000", "42703", "42704", "42883", "42P01", "42P17"};
  return std::find(std::begin(kUndefined), std::end(kUndefined), error.sqlstate) !=
         std::end(kUndefined);
}

bool lacks_objects(const Catalog& catalog) {
  return std::any_of(catalog.unmodelled.begin(), catalog.unmodelled.end(),
                     [](const Unmodelled& item) { return item.attribute.empty(); });
}

// Empty when the text was not read from a file.
std::string line_of_file(const std::string& path, unsigned number) {
  std::ifstream stream(path);
  std::string line;
  for (unsigned i = 0; i < number; ++i)
    if (!std::getline(stream, line)) return {};
  return line;
}

[[noreturn]] void refuse(const StatementError& error, const ObjectId& id, const Catalog& catalog,
                         int version) {
  Error placed(
      "PostgreSQL " + std::to_string(version) + " refuses " + describe(id) + ": " + error.message,
      error.hint);
  if (error.sqlstate == "42501")
    placed.hint =
        "the role that fills the shadow may not do it: use --shadow ephemeral, or leave "
        "owners and privileges out with --no-owner --no-privileges";
  const Object* object = catalog.find(id);
  if (object && object->span.line != 0) {
    placed.file = catalog.files.at(object->span.file);
    placed.line = object->span.line;
    placed.column = object->span.column;
    placed.source_line = line_of_file(placed.file, placed.line);
  }
  throw placed;
}

// Functions that run meanwhile may rely on the path that the file sets.
bool runs_under_path_of_file(Unit unit, const Catalog& catalog, Session& session) {
  const Object* object = catalog.find(unit.id);
  if (!object || object->search_path == unit.search_path) return false;
  unit.search_path = object->search_path;
  try {
    session.execute(unit_sql(unit, catalog));
    return true;
  } catch (const StatementError&) {
    return false;
  }
}

}  // namespace

std::set<ObjectId> load(const Catalog& catalog, bool lacks_extensions, Session& session) {
  session.execute(
      "SET check_function_bodies = off; SET synchronous_commit = off;"
      "SET statement_timeout = 0; SET lock_timeout = 0;" +
      set_search_path_sql({}));
  const bool may_lack = lacks_extensions || lacks_objects(catalog);
  std::set<ObjectId> lacking;
  for (const Unit& unit : dump_units(catalog)) {
    Interruption::check();
    try {
      session.execute(unit_sql(unit, catalog));
    } catch (const StatementError& error) {
      if (runs_under_path_of_file(unit, catalog, session)) continue;
      if (!may_lack || !says_missing(error)) refuse(error, unit.id, catalog, session.version());
      lacking.insert(unit.id);
    }
  }
  return lacking;
}

}  // namespace schemadiff::cli
