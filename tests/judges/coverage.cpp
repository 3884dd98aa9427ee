// docs/coverage.md says what is modelled; the attribute tables say it, and this keeps the page
// fresh.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "schema/catalog.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

std::string_view words(schema::Alter alter) {
  switch (alter) {
    case schema::Alter::InPlace:
      return "altered in place";
    case schema::Alter::Replace:
      return "made anew";
    case schema::Alter::Depends:
      return "altered in place where PostgreSQL can, else made anew";
  }
  return {};
}

template <class T>
void add_attributes(std::string_view label, std::string& page) {
  page += "\n## " + std::string(label) + "\n\n| attribute | a change of it |\n|---|---|\n";
  schema::for_each_attribute<T>([&](const auto& attribute) {
    page +=
        "| " + std::string(attribute.name) + " | " + std::string(words(attribute.alter)) + " |\n";
  });
}

std::string coverage() {
  std::string page =
      "# What is modelled\n\n"
      "Made from the tables of kinds and attributes (`schema/kinds/`); a test keeps it fresh. "
      "Beside the\n"
      "attributes listed, every kind that has them is compared by its comment, its owner, its "
      "privileges\n"
      "(those on columns of views and sequences and on system columns, too) and its security "
      "labels.\n"
      "What is made anew takes along what refers to it, and brings it back.\n\n"
      "Only reported, never changed: default privileges on large objects, security labels of "
      "objects that\n"
      "belong to extensions and privileges on their columns, pending detachments of partitions. "
      "Never read:\n"
      "roles, databases, tablespaces, settings of a database, large objects, and values of options "
      "that are\nsecrets.\n";
#define KIND(name, map, label, keyword) add_attributes<schema::name>(label, page);
#define PART(name, label, keyword)
#include "schema/kinds.def"
  add_attributes<schema::Column>("column", page);
  return page;
}

}  // namespace

TEST_CASE("the coverage page is fresh", "[goldens]") {
  const auto file = source_directory() / "docs" / "coverage.md";
  if (std::getenv("SCHEMADIFF_REWRITE_GOLDENS")) write_file(file, coverage());
  CHECK(read_file(file) == coverage());
}

}  // namespace schemadiff::testing
