// Any bytes are a catalog or an Error: reading, analysing, printing and planning end, and never
// crash.
#include <cstdint>
#include <string>

#include "diff/change.h"
#include "engine/plan.h"
#include "parser/analyze/analyze.h"
#include "parser/parser.h"
#include "schema/dump.h"
#include "schema/error.h"

namespace {

using namespace schemadiff;

schema::Catalog read(std::string text) {
  schema::Catalog catalog = parser::parse({{"input.sql", std::move(text)}});
  parser::analyze(catalog, {});
  return catalog;
}

// The bytes before a line "---" are one side, those after it the other; without it the other is
// empty.
void compare(const std::string& input) {
  constexpr const char* kBetween = "\n---\n";
  const std::size_t place = input.find(kBetween);
  const schema::Catalog from = read(input.substr(0, place));
  const schema::Catalog to = read(place == std::string::npos ? "" : input.substr(place + 5));
  schema::dump(from);
  engine::plan(from, to, diff::compare(from, to));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try {
    compare(std::string(reinterpret_cast<const char*>(bytes), size));
  } catch (const Error&) {  // says what is wrong with the input
  }
  return 0;
}
