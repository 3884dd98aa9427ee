#include "parser/dependents.h"

#include <algorithm>

#include "parser/syntax/syntax.h"

namespace schemadiff::parser {
namespace {

using schema::QualifiedName;

// Names of CTEs are taken for relations, too: they hide only what is not qualified.
void collect_relations(const Tree& tree, std::vector<QualifiedName>& names) {
  if (tree.tag == Tag::Relation && !tree.names.empty())
    names.push_back({tree.names.size() > 1 ? tree.names[tree.names.size() - 2] : std::string(),
                     tree.names.back()});
  for (const TreePtr& kid : tree.kids)
    if (kid) collect_relations(*kid, names);
}

bool reads(const Builder& builder, const schema::Expr& query, const schema::Object& view,
           const QualifiedName& relation) {
  if (query.sql.find(relation.name) == std::string::npos) return false;
  const std::vector<TreePtr> trees = parse_texts({{query.sql, Form::Query}});
  if (!trees.front()) return false;
  std::vector<QualifiedName> names;
  collect_relations(*trees.front(), names);
  const auto& path = builder.catalog.search_paths[static_cast<std::size_t>(view.search_path)];
  return std::ranges::any_of(names, [&](const QualifiedName& name) {
    if (name.name != relation.name) return false;
    if (!name.schema.empty()) return name.schema == relation.schema;
    const auto found = std::ranges::find_if(path, [&](const std::string& schema) {
      return builder.relations.contains({schema, name.name});
    });
    return found != path.end() && *found == relation.schema;
  });
}

}  // namespace

std::vector<QualifiedName> views_reading(const Builder& builder, const QualifiedName& name) {
  std::vector<QualifiedName> found;
  for (const auto& [id, view] : builder.catalog.views)
    if (reads(builder, view.query, view, name)) found.push_back(name_of(id));
  for (const auto& [id, view] : builder.catalog.materialized_views)
    if (reads(builder, view.query, view, name)) found.push_back(name_of(id));
  return found;
}

}  // namespace schemadiff::parser
