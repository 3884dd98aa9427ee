// Rules of good practice for a schema as it is, whatever it comes from. A rule is a file here, a
// line in lint.def, a page in docs/lint and two schemas in tests/lint: one in which it fires and
// one in which it does not. Those of statements have no file here: who knows the statements judges.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/classification.h"
#include "engine/plan.h"

namespace schemadiff::engine {

enum class LintLevel : unsigned char { Off, Note, Warning, Error };

std::string_view to_string(LintLevel level);  // "off" "note" "warning" "error"

struct LintRuleInfo {
  std::string_view id;
  LintLevel level;     // where the configuration says nothing
  bool of_statements;  // of migrations that somebody wrote; lint() does not judge by it
};

// All rules, sorted by id.
std::span<const LintRuleInfo> all_lint_rules();

struct LintFinding {
  std::string rule;
  LintLevel level{};
  schema::ObjectId object;
  std::string message;   // one sentence with its full stop
  std::string silenced;  // the reason for which it does not count; empty: it counts
  // Of the index that would mend it, on its table; empty: none would.
  std::vector<std::string> index;
};

struct LintOptions {
  std::map<std::string, LintLevel> levels;  // of rules, instead of their own
  // What names look like, by "schema" "table" "column" "index" "constraint" "view" "type"
  // "function": "snake_case", "camelCase", "PascalCase", or a pattern with * and ?. A kind without
  // one is held to that of "" (all others).
  std::map<std::string, std::string> naming{{"", "snake_case"}};
  std::vector<Silence> silences;
  // By schema.table: the columns that an index has to begin with.
  std::map<std::string, std::vector<std::vector<std::string>>> required_indexes;
  Classification classification;
};

// What the rules find in an analysed catalog, by rule and object.
std::vector<LintFinding> lint(const schema::Catalog& catalog, const LintOptions& options);

namespace lint_rules {

// The schema, and what a rule says of it.
class Subject {
 public:
  Subject(const schema::Catalog& catalog, const LintOptions& options);

  const schema::Catalog& catalog;
  const LintOptions& options;

  // In order of their names; empty where there are none.
  const std::vector<const schema::Constraint*>& constraints_of(const schema::Table& table) const;
  const std::vector<const schema::Index*>& indexes_of(const schema::Table& table) const;

  // Whether f(columns) holds for the key columns of an index of all rows, or of a key with one;
  // expressions are empty.
  template <class F>
  bool any_index(const schema::Table& table, F&& f) const {
    for (const schema::Constraint* key : constraints_of(table))
      if (key->has_index() && f(key->columns)) return true;
    for (const schema::Index* index : indexes_of(table)) {
      std::vector<std::string> columns;
      for (const schema::IndexElement& element : index->elements) columns.push_back(element.column);
      if (index->predicate.empty() && f(columns)) return true;
    }
    return false;
  }

  // f(table) for each table that says its columns itself: no partition, no foreign table.
  template <class F>
  void for_each_table(F&& f) const {
    for (const auto& [id, table] : catalog.tables)
      if (table.partition_of.empty() && table.server.empty()) f(table);
  }
  // f(table, column) for their columns, those aside that are inherited.
  template <class F>
  void for_each_column(F&& f) const {
    for_each_table([&](const schema::Table& table) {
      for (const schema::Column& column : table.columns)
        if (column.local) f(table, column);
    });
  }

  // `index` as LintFinding::index.
  void add(const schema::ObjectId& object, std::string message,
           std::vector<std::string> index = {});
  // Of the rule that has added them; rule, level and silence are not filled in.
  std::vector<LintFinding> take() { return std::exchange(found_, {}); }

 private:
  std::map<schema::QualifiedName, std::vector<const schema::Constraint*>> constraints_;
  std::map<schema::QualifiedName, std::vector<const schema::Index*>> indexes_;
  std::vector<LintFinding> found_;
};

schema::ObjectId id_of(const schema::Table& table, const schema::Column& column);

}  // namespace lint_rules

}  // namespace schemadiff::engine
