// A query in one line becomes lines that can be compared.
#include "cli/report/query_lines.h"

#include <catch2/catch.hpp>

namespace schemadiff::cli {

using Lines = std::vector<std::string>;

TEST_CASE("a long query has a line for each item, clause and condition") {
  CHECK(
      query_lines("SELECT a.id, left(a.name, 3) AS short FROM a LEFT JOIN b ON a.id = b.id JOIN c "
                  "ON true WHERE a.x BETWEEN 1 AND 2 AND a.y = 'FROM, x' OR a.z ORDER BY a.id") ==
      Lines{"SELECT a.id,", "left(a.name, 3) AS short", "FROM a", "LEFT JOIN b ON a.id = b.id",
            "JOIN c ON true", "WHERE a.x BETWEEN 1 AND 2", "AND a.y = 'FROM, x'", "OR a.z",
            "ORDER BY a.id"});
  const std::string inner =
      "SELECT a_rather_long_name_of_a_column FROM a_rather_long_name_of_a_table WHERE x";
  CHECK(query_lines("SELECT 1 WHERE EXISTS (" + inner + ") AND true") ==
        Lines{"SELECT 1", "WHERE EXISTS (", "  SELECT a_rather_long_name_of_a_column",
              "  FROM a_rather_long_name_of_a_table", "  WHERE x", ")", "AND true"});
  CHECK(query_lines("").empty());
}

}  // namespace schemadiff::cli
