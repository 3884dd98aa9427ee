// CREATE and ALTER STATISTICS (statscmds.c).
#include <algorithm>

#include "parser/statements/address.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "parser/statements/table_parts.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;
using schema::QualifiedName;
using schema::Statistics;

// A column in parentheses is a column.
void read_element(Statistics& statistics, const ::StatsElem* element) {
  const ::Node* node = element->expr;
  if (element->name) {
    statistics.columns.emplace_back(element->name);
  } else if (is(node, T_ColumnRef)) {
    statistics.columns.push_back(qualified(as<::ColumnRef>(node)->fields).name);
  } else {
    statistics.expressions.push_back(expr_of(node));
  }
}

// ChooseExtendedStatisticName
std::string choose_name(const Builder& builder, const Statistics& statistics) {
  std::vector<std::string> names = statistics.columns;
  names.resize(names.size() + statistics.expressions.size(), "expr");
  for (int pass = 0;; ++pass) {
    std::string name = schema::make_object_name(statistics.table.name, schema::join_names(names),
                                                pass == 0 ? "stat" : "stat" + std::to_string(pass));
    if (!builder.catalog.statistics.count(
            {Kind::Statistics, statistics.table.schema, {}, name, {}}))
      return name;
  }
}

}  // namespace

void apply_create_statistics(Context& context, const void* node) {
  const auto* statement = as<::CreateStatsStmt>(node);
  Builder& builder = context.builder;
  const nodes<::RangeVar> from(statement->relations);
  const Relation& on = builder.relation(qualified(from[0]), "relation");
  Statistics statistics;
  statistics.span = context.span;
  statistics.table = name_of(*on.object);
  for (const auto* element : nodes<::StatsElem>(statement->exprs))
    read_element(statistics, element);
  const auto written = qualified(statement->defnames);
  statistics.id = {Kind::Statistics,
                   builder.creation_schema(written.schema),
                   {},
                   schema::truncate_name(written.name),
                   {}};
  if (statement->if_not_exists && builder.catalog.statistics.count(statistics.id)) return;
  std::sort(statistics.columns.begin(), statistics.columns.end());
  statistics.kinds = names_of(statement->stat_types);
  std::sort(statistics.kinds.begin(), statistics.kinds.end());
  if (statistics.kinds.empty() && statistics.columns.size() + statistics.expressions.size() > 1)
    statistics.kinds = {"dependencies", "mcv", "ndistinct"};
  builder.add(std::move(statistics));
}

void apply_alter_statistics(Context& context, const void* node) {
  const auto* statement = as<::AlterStatsStmt>(node);
  schema::Object* found = find_object(context.builder, OBJECT_STATISTIC_EXT, statement->defnames,
                                      statement->missing_ok);
  if (found) static_cast<Statistics&>(*found).target = statement->stxstattarget;
}

void add_like_statistics(Context& context, const schema::Table& table, const schema::Table& source,
                         bool comments) {
  Builder& builder = context.builder;
  std::vector<Statistics> copies;
  for (const auto& [id, statistics] : builder.catalog.statistics)
    if (statistics.table == name_of(source)) copies.push_back(statistics);
  for (Statistics& copy : copies) {
    copy.table = name_of(table);
    copy.id = {Kind::Statistics, table.id.schema, {}, choose_name(builder, copy), {}};
    copy.owner.clear();
    copy.span = context.span;
    copy.target = -1;
    if (!comments) copy.comment.clear();
    builder.add(std::move(copy));
  }
}

}  // namespace schemadiff::parser
