// The tables of what came with which version (release notes of PostgreSQL 17 and 18).
#include "cli/target_version.h"

#include "schema/quote.h"

namespace schemadiff::cli {
namespace {

using schema::Catalog;
using schema::Column;

// They are said in files for any version.
void forget_not_null_names(Catalog& catalog, int version) {
  for (auto& [id, table] : catalog.tables)
    for (Column& column : table.columns)
      if (version < 18) column.not_null_name.clear(), column.not_null_comment.clear();
  for (auto& [id, domain] : catalog.domains)
    if (version < 17) domain.not_null_name.clear(), domain.not_null_comment.clear();
}

class Fitting {
 public:
  Fitting(Catalog& catalog, int version)
      : catalog_(catalog), version_("not in PostgreSQL " + std::to_string(version) + ": ") {}

  void run() {
    for (auto& [id, table] : catalog_.tables)
      for (Column& column : table.columns) fit(table, column);
    std::erase_if(catalog_.constraints, [&](const auto& entry) {
      const auto& [id, constraint] = entry;
      if (constraint.enforced && !constraint.temporal) return false;
      report("constraint", schema::describe(id), constraint.enforced ? "temporal" : "NOT ENFORCED",
             constraint.span);
      return true;
    });
    for (auto& [id, publication] : catalog_.publications)
      if (std::exchange(publication.generated_columns, false))
        report("publication", schema::sql_name(id), "publish_generated_columns", publication.span);
  }

 private:
  void report(std::string kind, std::string name, const std::string& what,
              const schema::Span& span) {
    catalog_.unmodelled.push_back({std::move(kind), std::move(name), version_ + what, span});
  }

  void fit(const schema::Table& table, Column& column) {
    const auto has_not = [&](const std::string& what) {
      report("table", schema::sql_name(table.id),
             what + " column " + schema::quote_identifier(column.name), column.span);
    };
    if (std::exchange(column.virtual_generated, false)) has_not("virtual");
    if (std::exchange(column.not_null_no_inherit, false)) has_not("NO INHERIT of the NOT NULL");
    if (std::exchange(column.not_null_validated, true)) return;
    has_not("NOT VALID of the NOT NULL");
    column.not_null = false;
  }

  Catalog& catalog_;
  std::string version_;
};

}  // namespace

void fit_to_version(Catalog& from, Catalog& to) {
  const int version = from.server_version;
  for (Catalog* side : {&from, &to}) forget_not_null_names(*side, version);
  if (version != 0 && version < 18) Fitting(to, version).run();
}

}  // namespace schemadiff::cli
