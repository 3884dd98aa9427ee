// docs: what a schema is, for people; with --check, whether what was written still holds.
#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/files.h"
#include "cli/report/diagram.h"
#include "cli/report/dictionary.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

std::string text_of(const schema::Catalog& catalog, DocsFormat format) {
  switch (format) {
    case DocsFormat::Markdown:
      break;
    case DocsFormat::Html:
      return dictionary_html(catalog);
    case DocsFormat::Mermaid:
      return diagram_mermaid(diagram_of(catalog));
    case DocsFormat::Plantuml:
      return diagram_plantuml(diagram_of(catalog));
    case DocsFormat::Dot:
      return diagram_dot(diagram_of(catalog));
  }
  return dictionary_markdown(catalog);
}

}  // namespace

Outcome docs(const Options& options) {
  const std::string text = text_of(load_schema(options).catalog, options.docs_format);
  if (options.fresh.empty()) return {text, kDone, {}};
  if (!options.output.empty()) throw Error("--check and --output exclude each other");
  if (read_file(options.fresh) == text) return {options.fresh + " is fresh.\n", kDone, {}};
  return {options.fresh + " is stale: write it anew with --output " + options.fresh + ".\n",
          kPending,
          {}};
}

}  // namespace schemadiff::cli
