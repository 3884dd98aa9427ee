// Catalog → data dictionary: its contents first, then the two ways to write them.
#include "cli/report/dictionary.h"

#include <algorithm>
#include <map>
#include <set>

#include "cli/report/diagram.h"
#include "cli/report/escape.h"
#include "cli/report/page.h"
#include "schema/ddl/ddl.h"
#include "schema/quote.h"
#include "schema/show.h"

namespace schemadiff::cli {
namespace {

using namespace schema;

// Of a relation or a type.
struct Entry {
  std::string title;
  std::string comment;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> facts;  // SQL
  std::string kept = {};           // for how long, in a sentence
};

struct Chapter {
  std::string title;
  std::vector<Entry> entries;
};

// What stands on each table, as SQL: keys and checks, then indexes, then triggers and policies.
using Facts = std::map<QualifiedName, std::vector<std::string>>;

Facts facts_of(const Catalog& catalog) {
  Facts facts;
  const auto add = [&](const QualifiedName& table, const Statements& statements) {
    if (!statements.empty()) facts[table].push_back(statements.front());
  };
  for (const auto& [id, constraint] : catalog.constraints) {
    Statements statements = create_sql(constraint);
    const std::size_t at = statements.front().find("ADD CONSTRAINT ");
    if (at != std::string::npos) statements.front().erase(0, at + 4);
    add({id.schema, id.parent}, statements);
  }
  for (const auto& [id, index] : catalog.indexes) add(index.table, create_sql(index));
  for (const auto& [id, trigger] : catalog.triggers)
    add({id.schema, id.parent}, create_sql(trigger));
  for (const auto& [id, policy] : catalog.policies) add({id.schema, id.parent}, create_sql(policy));
  return facts;
}

std::string default_of(const Column& column) {
  if (column.identity) return "identity";
  if (!column.generated.empty()) return "generated: " + show(column.generated);
  return show(column.default_value);
}

Entry entry_of(const Table& table, const Facts& facts,
               const engine::Classification& classification) {
  const QualifiedName name{table.id.schema, table.id.name};
  Entry entry{
      sql_name(table.id), table.comment, {"column", "type", "null", "default", "comment"}, {}, {}};
  for (const Column& column : table.columns)
    entry.rows.push_back({column.name, column.type.sql, column.not_null ? "no" : "yes",
                          default_of(column), column.comment});
  if (!classification.columns.empty()) {
    entry.header.insert(entry.header.end() - 1, "class");
    for (std::size_t i = 0; i < entry.rows.size(); ++i)
      entry.rows[i].insert(entry.rows[i].end() - 1,
                           engine::class_of(classification, table, table.columns[i]));
  }
  if (const std::string kept = engine::retention_of(classification, table); !kept.empty())
    entry.kept = "Rows are kept " + (kept == "for ever" ? kept : "for " + kept) + ".";
  if (!table.partition_of.empty())
    entry.facts.push_back("PARTITION OF " + quote_qualified(table.partition_of) + " " +
                          table.bound.sql);
  if (const auto found = facts.find(name); found != facts.end())
    entry.facts.insert(entry.facts.end(), found->second.begin(), found->second.end());
  return entry;
}

template <class View>
Entry entry_of_view(const View& view, const Facts& facts) {
  Entry entry{sql_name(view.id), view.comment, {"column", "type", "comment"}, {}, {view.query.sql}};
  for (const ViewColumn& column : view.columns)
    entry.rows.push_back({column.name, column.type.sql, column.comment});
  const auto found = facts.find({view.id.schema, view.id.name});
  if (found != facts.end())
    entry.facts.insert(entry.facts.end(), found->second.begin(), found->second.end());
  return entry;
}

std::vector<Chapter> chapters_of(const Catalog& catalog,
                                 const engine::Classification& classification) {
  const Facts facts = facts_of(catalog);
  std::vector<Chapter> chapters(5);
  chapters[0].title = "Tables";
  for (const auto& [id, table] : catalog.tables)
    chapters[0].entries.push_back(entry_of(table, facts, classification));
  chapters[1].title = "Views";
  for (const auto& [id, view] : catalog.views)
    chapters[1].entries.push_back(entry_of_view(view, facts));
  chapters[2].title = "Materialized views";
  for (const auto& [id, view] : catalog.materialized_views)
    chapters[2].entries.push_back(entry_of_view(view, facts));
  chapters[3].title = "Types";
  for (const auto& [id, type] : catalog.enums) {
    Entry entry{sql_name(id), type.comment, {"value"}, {}, {}};
    for (const std::string& label : type.labels) entry.rows.push_back({label});
    chapters[3].entries.push_back(std::move(entry));
  }
  for (const auto& [id, type] : catalog.domains)
    chapters[3].entries.push_back({sql_name(id), type.comment, {}, {}, create_sql(type)});
  for (const auto& [id, type] : catalog.composites)
    chapters[3].entries.push_back({sql_name(id), type.comment, {}, {}, create_sql(type)});
  chapters[4].title = "Functions";
  for (const auto& [id, routine] : catalog.routines)
    chapters[4].entries.push_back(
        {sql_name(id) + (routine.returns.empty() ? "" : " → " + routine.returns.sql),
         routine.comment,
         {},
         {},
         {}});
  std::erase_if(chapters, [](const Chapter& chapter) { return chapter.entries.empty(); });
  return chapters;
}

std::string with_semicolons(const std::vector<std::string>& facts) {
  std::string text;
  for (const std::string& fact : facts) text += fact + (fact.ends_with(';') ? "\n" : ";\n");
  return text;
}

std::string entry_markdown(const Entry& entry) {
  static const std::set<std::string> kProse{"null", "comment", "class"};
  std::string text = "### " + markdown_code(entry.title) + "\n\n";
  if (!entry.comment.empty()) text += markdown(entry.comment) + "\n\n";
  if (!entry.kept.empty()) text += markdown(entry.kept) + "\n\n";
  if (!entry.rows.empty()) {
    text += "|";
    for (const std::string& name : entry.header) text += " " + name + " |";
    text += "\n|";
    for (std::size_t i = 0; i < entry.header.size(); ++i) text += "---|";
    text += "\n";
    for (const std::vector<std::string>& row : entry.rows) {
      text += "|";
      for (std::size_t i = 0; i < row.size(); ++i)
        text += " " +
                (row[i].empty()                     ? ""
                 : kProse.contains(entry.header[i]) ? markdown(row[i])
                                                    : markdown_code(row[i])) +
                " |";
      text += "\n";
    }
    text += "\n";
  }
  if (!entry.facts.empty()) text += markdown_block("sql", with_semicolons(entry.facts)) + "\n";
  return text;
}

std::string entry_html(const Entry& entry) {
  std::string text =
      "<article class=\"step\">\n<h3><code>" + markup(entry.title) + "</code></h3>\n";
  if (!entry.comment.empty()) text += element("p", entry.comment);
  if (!entry.kept.empty()) text += element("p", entry.kept);
  if (!entry.rows.empty()) {
    text += "<table>\n<tr>";
    for (const std::string& name : entry.header)
      text += "<th scope=\"col\">" + markup(name) + "</th>";
    text += "</tr>\n";
    for (const std::vector<std::string>& row : entry.rows) {
      text += "<tr>";
      for (const std::string& value : row) text += "<td>" + markup(value) + "</td>";
      text += "</tr>\n";
    }
    text += "</table>\n";
  }
  if (!entry.facts.empty())
    text += details_html("SQL", element("pre", with_semicolons(entry.facts)));
  return text + "</article>\n";
}

}  // namespace

std::string dictionary_markdown(const Catalog& catalog,
                                const engine::Classification& classification) {
  std::string text = "# Data dictionary\n\n";
  const Diagram diagram = diagram_of(catalog);
  if (!diagram.tables.empty()) text += markdown_block("mermaid", diagram_mermaid(diagram)) + "\n";
  for (const Chapter& chapter : chapters_of(catalog, classification)) {
    text += "## " + chapter.title + "\n\n";
    for (const Entry& entry : chapter.entries) text += entry_markdown(entry);
  }
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

std::string dictionary_html(const Catalog& catalog, const engine::Classification& classification) {
  std::string body = section_html(
      "Diagram", diagram_html(diagram_of(catalog), "Tables and their foreign keys", false));
  for (const Chapter& chapter : chapters_of(catalog, classification)) {
    std::string entries;
    for (const Entry& entry : chapter.entries) entries += entry_html(entry);
    body += section_html(chapter.title, entries);
  }
  return page("Data dictionary", element("h1", "Data dictionary"), body);
}

}  // namespace schemadiff::cli
