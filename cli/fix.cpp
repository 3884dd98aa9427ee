#include "cli/fix.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "cli/files.h"
#include "cli/report/place.h"
#include "diff/change.h"
#include "parser/analyze/analyze.h"
#include "parser/parser.h"
#include "parser/split.h"
#include "schema/error.h"
#include "schema/quote.h"

namespace schemadiff::cli {
namespace {

using engine::LintFinding;

struct Insertion {
  std::size_t at = 0;  // byte
  std::string text;
  unsigned line = 0;
  const LintFinding* finding = nullptr;
};

std::size_t offset_of(const std::string& text, const schema::Span& span) {
  std::size_t at = 0;
  for (unsigned line = 1; line < span.line; ++line) at = text.find('\n', at) + 1;
  for (unsigned column = 1; column < span.column; ++column) do {
      ++at;
    } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

// Behind the definition that begins there.
std::size_t end_of_definition(const std::string& text, std::size_t at) {
  std::size_t end = at;
  for (at = parser::skip_blank(text, at);
       at < text.size() && std::string_view(",);").find(text[at]) == std::string_view::npos;
       at = parser::skip_blank(text, at))
    end = at = parser::skip_element(text, at);
  return end;
}

// Behind the line on which the statement around it ends.
std::size_t end_of_statement(const std::string& text, std::size_t at) {
  for (const parser::Piece& piece : parser::split(text))
    if (piece.begin <= at && at < piece.end) {
      const std::size_t line_end = text.find('\n', piece.end);
      return line_end == std::string::npos ? text.size() : line_end + 1;
    }
  return text.size();
}

schema::QualifiedName table_of(const LintFinding& finding) {
  const schema::ObjectId& id = finding.object;
  return {id.schema, id.parent.empty() ? id.name : id.parent};
}

// Whether another finding asks for an index that serves this one's, too.
bool is_served(const LintFinding& finding, const std::vector<LintFinding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [&](const LintFinding& other) {
    return other.silenced.empty() && other.index.size() > finding.index.size() &&
           table_of(other) == table_of(finding) &&
           std::equal(finding.index.begin(), finding.index.end(), other.index.begin());
  });
}

std::string index_for(const LintFinding& finding) {
  std::string columns;
  for (const std::string& column : finding.index)
    columns += (columns.empty() ? "" : ", ") + schema::quote_identifier(column);
  return "CREATE INDEX ON " + schema::quote_qualified(table_of(finding)) + " (" + columns + ");\n";
}

// Whether the difference is what the rule's fix makes.
bool is_meant(const diff::Change& change, const std::set<schema::ObjectId>& columns) {
  if (change.action == diff::Action::Create && change.id.kind == schema::Kind::Index) return true;
  return change.action == diff::Action::Alter && columns.contains(change.id) &&
         change.attributes.size() == 1 && change.attributes[0].attribute == "default" &&
         change.attributes[0].before.empty();
}

schema::Catalog read(const std::vector<parser::SourceText>& texts) {
  schema::Catalog catalog = parser::parse(texts);
  parser::analyze(catalog, catalog.extension_objects);
  return catalog;
}

void refuse_more_than_meant(const std::vector<parser::SourceText>& before,
                            const std::vector<parser::SourceText>& after,
                            const std::set<schema::ObjectId>& columns, std::size_t fixes) {
  const std::vector<diff::Change> changes = diff::compare(read(before), read(after));
  const bool all = std::all_of(changes.begin(), changes.end(),
                               [&](const diff::Change& c) { return is_meant(c, columns); });
  if (!all || changes.size() != fixes)
    throw Error("the fixes would change more than they should: nothing was written",
                "mend the files by hand");
}

}  // namespace

std::vector<std::string> fix(const Source& source, const std::vector<LintFinding>& findings) {
  const schema::Catalog& catalog = source.catalog;
  std::vector<parser::SourceText> texts;
  for (const std::string& file : catalog.files) {
    if (!std::filesystem::is_regular_file(file))
      throw Error("--fix writes into files, and " + source.description + " is none");
    texts.push_back({file, read_file(file)});
  }
  const std::vector<parser::SourceText> before = texts;
  std::map<std::size_t, std::vector<Insertion>> insertions;  // by file
  std::set<schema::ObjectId> columns;
  std::set<std::string> indexes;
  for (const LintFinding& finding : findings) {
    const schema::Span span = span_of(finding.object, catalog);
    if (!finding.silenced.empty() || !span.line || span.file >= texts.size()) continue;
    const std::string& text = texts[span.file].text;
    const std::size_t at = offset_of(text, span);
    if (finding.rule == "timestamp-default" && columns.insert(finding.object).second)
      insertions[span.file].push_back(
          {end_of_definition(text, at), " DEFAULT now()", span.line, &finding});
    if (finding.index.empty() || is_served(finding, findings)) continue;
    const std::string index = index_for(finding);
    if (indexes.insert(index).second)
      insertions[span.file].push_back({end_of_statement(text, at), index, span.line, &finding});
  }
  std::vector<std::string> done;
  for (auto& [file, list] : insertions) {
    std::stable_sort(list.begin(), list.end(),
                     [](const Insertion& a, const Insertion& b) { return a.at > b.at; });
    std::string& text = texts[file].text;
    for (const Insertion& insertion : list) {
      const bool own_line = insertion.text.ends_with('\n');
      const bool breaks = own_line && insertion.at > 0 && text[insertion.at - 1] != '\n';
      text.insert(insertion.at, (breaks ? "\n" : "") + insertion.text);
      done.push_back("fixed " + texts[file].name + ":" + std::to_string(insertion.line) + ", " +
                     describe(insertion.finding->object) + " [" + insertion.finding->rule +
                     "]: added" + (own_line ? " " : "") +
                     insertion.text.substr(0, insertion.text.size() - (own_line ? 1 : 0)));
    }
  }
  if (done.empty()) return done;
  refuse_more_than_meant(before, texts, columns, columns.size() + indexes.size());
  for (const auto& [file, list] : insertions) write_file(texts[file].name, texts[file].text);
  std::reverse(done.begin(), done.end());
  return done;
}

}  // namespace schemadiff::cli
