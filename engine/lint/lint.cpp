#include "engine/lint/lint.h"

#include <fnmatch.h>

#include <algorithm>
#include <array>

namespace schemadiff::engine {

namespace lint_rules {
#define LINT(function, id, level) void function(Subject& subject);
#include "engine/lint/lint.def"

Subject::Subject(const schema::Catalog& all, const LintOptions& how) : catalog(all), options(how) {
  for (const auto& [id, constraint] : catalog.constraints)
    constraints_[{id.schema, id.parent}].push_back(&constraint);
  for (const auto& [id, index] : catalog.indexes) indexes_[index.table].push_back(&index);
}

namespace {

template <class T>
const std::vector<const T*>& of_table(
    const std::map<schema::QualifiedName, std::vector<const T*>>& all, const schema::Table& table) {
  static const std::vector<const T*> kNone;
  const auto found = all.find({table.id.schema, table.id.name});
  return found == all.end() ? kNone : found->second;
}

}  // namespace

const std::vector<const schema::Constraint*>& Subject::constraints_of(
    const schema::Table& table) const {
  return of_table(constraints_, table);
}

const std::vector<const schema::Index*>& Subject::indexes_of(const schema::Table& table) const {
  return of_table(indexes_, table);
}

void Subject::add(const schema::ObjectId& object, std::string message,
                  std::vector<std::string> index) {
  found_.push_back({{}, {}, object, std::move(message), {}, std::move(index)});
}

schema::ObjectId id_of(const schema::Table& table, const schema::Column& column) {
  return {schema::Kind::Column, table.id.schema, table.id.name, column.name, {}};
}

}  // namespace lint_rules

namespace {

constexpr LintRuleInfo kRules[] = {
#define LINT(function, id, level) {id, LintLevel::level, false},
#define LINT_OF_STATEMENTS(id, level) {id, LintLevel::level, true},
#include "engine/lint/lint.def"
};

constexpr void (*kFunctions[])(lint_rules::Subject&) = {
#define LINT(function, id, level) lint_rules::function,
#define LINT_OF_STATEMENTS(id, level) nullptr,
#include "engine/lint/lint.def"
};

std::string silencing(std::string_view rule, const schema::ObjectId& object,
                      const std::vector<Silence>& silences) {
  for (const Silence& silence : silences)
    for (const std::string& name : {object.parent, object.name})
      if (silence.rule == rule && !name.empty() &&
          fnmatch(silence.objects.c_str(), (object.schema + '.' + name).c_str(), 0) == 0)
        return silence.reason;
  return {};
}

}  // namespace

std::string_view to_string(LintLevel level) {
  return std::array<std::string_view, 4>{"off", "note", "warning",
                                         "error"}[static_cast<std::size_t>(level)];
}

std::span<const LintRuleInfo> all_lint_rules() { return kRules; }

std::vector<LintFinding> lint(const schema::Catalog& catalog, const LintOptions& options) {
  std::vector<LintFinding> findings;
  lint_rules::Subject subject(catalog, options);
  for (std::size_t i = 0; i < std::size(kRules); ++i) {
    const std::string id(kRules[i].id);
    const auto set = options.levels.find(id);
    const LintLevel level = set == options.levels.end() ? kRules[i].level : set->second;
    if (level == LintLevel::Off || kRules[i].of_statements) continue;
    kFunctions[i](subject);
    for (LintFinding& finding : subject.take()) {
      finding.rule = id;
      finding.level = level;
      finding.silenced = silencing(id, finding.object, options.silences);
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace schemadiff::engine
