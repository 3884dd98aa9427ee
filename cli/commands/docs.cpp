// docs: what a schema is, for people; with --check, whether what was written still holds.
#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/config.h"
#include "cli/config_classification.h"
#include "cli/files.h"
#include "cli/process.h"
#include "cli/report/diagram.h"
#include "cli/report/dictionary.h"
#include "cli/report/report.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

std::string drawn_by_graphviz(const std::string& dot) {
  ProcessResult drawn;
  try {
    drawn = run_process({"dot", "-Tsvg"}, dot);
  } catch (const Error& error) {
    throw Error(error.message,
                "Graphviz draws the SVG: install it (apt install graphviz), or take --format "
                "mermaid, plantuml or dot");
  }
  if (drawn.status != 0) throw Error("dot could not draw the diagram: " + drawn.error);
  return drawn.output;
}

std::string text_of(const schema::Catalog& catalog, DocsFormat format,
                    const engine::Classification& classification) {
  switch (format) {
    case DocsFormat::Markdown:
      break;
    case DocsFormat::Html:
      return dictionary_html(catalog, classification);
    case DocsFormat::Classification:
      return classification_markdown(catalog, classification);
    case DocsFormat::Mermaid:
      return diagram_mermaid(diagram_of(catalog));
    case DocsFormat::Plantuml:
      return diagram_plantuml(diagram_of(catalog));
    case DocsFormat::Dot:
      return diagram_dot(diagram_of(catalog));
    case DocsFormat::Svg:
      return drawn_by_graphviz(diagram_dot(diagram_of(catalog)));
  }
  return dictionary_markdown(catalog, classification);
}

// "2 columns have no class: column public.a.b, …"; empty: all have one, or nobody classifies.
std::string unclassified_in_words(const engine::Classification& classification,
                                  const schema::Catalog& catalog) {
  constexpr std::size_t kMost = 10;
  std::vector<std::string> names;
  for (const schema::ObjectId& id : engine::unclassified(classification, catalog))
    names.push_back(id.schema + '.' + id.parent + '.' + id.name);
  if (names.empty()) return {};
  return counted(names.size(), "column") + (names.size() == 1 ? " has" : " have") +
         " no class: " + listed(names, kMost) + ".\n";
}

}  // namespace

Outcome docs(const Options& options) {
  const Config config = read_config(options.config);
  const engine::Classification& classification = config.lint.classification;
  const schema::Catalog catalog = load_schema(options).catalog;
  if (options.schemas.empty() && options.excludes.empty())
    refuse_unmatched(config.file, classification, catalog);
  const std::string text = text_of(catalog, options.docs_format, classification);
  if (options.fresh.empty()) return {text, kDone, {}};
  if (!options.output.empty()) throw Error("--check and --output exclude each other");
  const bool fresh = read_file(options.fresh) == text;
  const std::string unclassified = unclassified_in_words(classification, catalog);
  return {options.fresh +
              (fresh ? " is fresh.\n"
                     : " is stale: write it anew with --output " + options.fresh + ".\n") +
              unclassified,
          fresh && unclassified.empty() ? kDone : kPending,
          {}};
}

}  // namespace schemadiff::cli
