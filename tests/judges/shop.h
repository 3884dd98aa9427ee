// A database and the tool beside its files, as tests of apply and of what belongs to it need them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/judges/scratch.h"
#include "tests/judges/tool.h"

namespace schemadiff::testing {

// The schemas one.sql, two.sql, three.sql and strict.sql of a Shop. From the first, the second only
// adds, the third drops a column too, and the last asks for values.
inline constexpr const char* kOne = "CREATE TABLE a (id bigint PRIMARY KEY, old text);\n";
inline constexpr const char* kTwo =
    "CREATE TABLE a (id bigint PRIMARY KEY, old text, note text);\nCREATE TABLE b (id bigint);\n";
inline constexpr const char* kThree = "CREATE TABLE a (id bigint PRIMARY KEY, note text);\n";
inline constexpr const char* kStrict =
    "CREATE TABLE a (id bigint PRIMARY KEY, old text NOT NULL, note text);\n";

// A database as one.sql has it, with 100 rows, gone with the value.
class Shop {
 public:
  explicit Shop(const std::string& database);
  ~Shop();
  Shop(const Shop&) = delete;
  Shop& operator=(const Shop&) = delete;

  // Runs statements of which none may fail; gives their rows, unaligned.
  std::string sql(const std::string& text) const;

  // `schemadiff COMMAND --from DATABASE …`
  Result tool(const std::string& command, std::vector<std::string> arguments = {},
              std::map<std::string, std::string> environment = {}) const;

  // What status --format json says.
  nlohmann::json status() const;

  std::string conninfo() const;

  Scratch scratch;

 private:
  std::string database_;
};

// Status, and words of standard output.
void expect(const Result& result, int status, const std::string& out);
// Status 1, nothing on standard output, and words on the other.
void expect_error(const Result& result, const std::string& words);

}  // namespace schemadiff::testing
