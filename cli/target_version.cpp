// The tables of what came with which version (release notes of PostgreSQL 14 to 18).
#include "cli/target_version.h"

#include <algorithm>

#include "schema/ddl/ddl.h"
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

// What the schema public has by itself, where the file does not say it. Before version 15 PUBLIC
// may create in it, of which introspection says nothing, and it is taken for that of who runs the
// plan; from then on its owner is known by name.
void settle_public(Catalog& catalog, int version) {
  const auto found = catalog.schemas.find({schema::Kind::Schema, {}, {}, "public", {}});
  if (found == catalog.schemas.end()) return;
  schema::Schema& schema = found->second;
  if (version < 15) {
    std::erase(schema.acl, schema::Grant{"public", "CREATE", false});
    schema.acl = schema::with_owner(std::move(schema.acl), catalog.current_role);
  }
  if (version >= 15 && catalog.says_owners && schema.owner.empty())
    schema.owner = schema::kOwnerOfPublic;
}

// GRANT ALL gives MAINTAIN with all other privileges of a table from 17 on. Where no version is
// known, it is said only where it stands alone.
void forget_maintain(Catalog& catalog, int version) {
  constexpr std::ptrdiff_t kAll = 8;
  catalog.for_each([&](schema::Object& object) {
    if (!std::ranges::count(object.acl, "MAINTAIN", &schema::Grant::privilege)) return;
    const std::vector<schema::Grant> acl = object.acl;
    std::erase_if(object.acl, [&](const schema::Grant& grant) {
      if (grant.privilege != "MAINTAIN") return false;
      const bool by_all = std::ranges::count(acl, grant.grantee, &schema::Grant::grantee) == kAll;
      if (!by_all && version != 0)
        catalog.unmodelled.push_back(
            {std::string(schema::kind_label(object.id.kind)), schema::sql_name(object.id),
             "not in PostgreSQL " + std::to_string(version) + ": the privilege MAINTAIN",
             object.span});
      return by_all || version != 0;
    });
  });
}

class Fitting {
 public:
  Fitting(Catalog& catalog, int version)
      : catalog_(catalog),
        number_(version),
        version_("not in PostgreSQL " + std::to_string(version) + ": ") {}

  void run() {
    if (number_ < 14) run_13();
    if (number_ < 15) run_14();
    if (number_ < 18) run_17();
  }

 private:
  void run_13() {
    for (auto& [id, table] : catalog_.tables)
      for (Column& column : table.columns)
        if (!std::exchange(column.compression, {}).empty())
          report("table", schema::sql_name(id),
                 "COMPRESSION of column " + schema::quote_identifier(column.name), column.span);
    std::erase_if(catalog_.routines, [&](const auto& entry) {
      const auto& [id, routine] = entry;
      if (routine.sql_body.empty()) return false;
      report("function", schema::sql_name(id), "a body that is not a string", routine.span);
      return true;
    });
  }

  void run_14() {
    for (auto& [id, index] : catalog_.indexes)
      if (std::exchange(index.nulls_not_distinct, false))
        report("index", schema::sql_name(id), "NULLS NOT DISTINCT", index.span);
    for (auto& [id, constraint] : catalog_.constraints) {
      if (std::exchange(constraint.nulls_not_distinct, false))
        report("constraint", schema::describe(id), "NULLS NOT DISTINCT", constraint.span);
      if (!std::exchange(constraint.on_delete_columns, {}).empty())
        report("constraint", schema::describe(id), "columns of ON DELETE", constraint.span);
    }
    for (auto& [id, sequence] : catalog_.sequences) {
      const bool of_table = !sequence.owned_by.table.empty();
      if (std::exchange(sequence.unlogged, false) && !of_table)
        report("sequence", schema::sql_name(id), "UNLOGGED", sequence.span);
    }
    for (auto& [id, view] : catalog_.views)
      if (std::erase_if(view.options, [](const auto& o) { return o.first == "security_invoker"; }))
        report("view", schema::sql_name(id), "security_invoker", view.span);
    for (auto& [id, publication] : catalog_.publications) {
      if (!std::exchange(publication.schemas, {}).empty())
        report("publication", schema::sql_name(id), "TABLES IN SCHEMA", publication.span);
      for (schema::PublishedTable& table : publication.tables) {
        if (!std::exchange(table.columns, {}).empty())
          report("publication", schema::sql_name(id), "a list of columns", publication.span);
        if (!std::exchange(table.filter, {}).empty())
          report("publication", schema::sql_name(id), "a row filter", publication.span);
      }
    }
  }

  void run_17() {
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
  int number_;
  std::string version_;
};

}  // namespace

void fit_to_version(Catalog& from, Catalog& to) {
  const int version = from.server_version;
  for (Catalog* side : {&from, &to}) forget_not_null_names(*side, version);
  if (version < 17)
    for (Catalog* side : {&from, &to}) forget_maintain(*side, version);
  if (version == 0) return;
  settle_public(to, version);
  Fitting(to, version).run();
}

}  // namespace schemadiff::cli
