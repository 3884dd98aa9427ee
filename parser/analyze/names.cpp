// Types, and what a definition refers to: the names in it are resolved, noted and written out.
#include "parser/analyze/analyzer.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;
using schema::ObjectId;

std::string modifier_text(const Tree& modifier) {
  if (modifier.tag == Tag::Column && !modifier.names.empty()) return modifier.names[0];
  return modifier.text;
}

Kind relation_kind(char relkind) {
  switch (relkind) {
    case 'v':
      return Kind::View;
    case 'm':
      return Kind::MaterializedView;
    case 'S':
      return Kind::Sequence;
    case 'c':
      return Kind::Composite;
    case 'i':
      return Kind::Index;
    default:
      return Kind::Table;
  }
}

}  // namespace

schema::QualifiedName split_name(std::string_view text) {
  schema::QualifiedName result;
  std::string part;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"') {
      part += c;
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == '.' && !quoted) {
      result.schema = std::move(part);
      part.clear();
    } else {
      part += c;
    }
  }
  result.name = std::move(part);
  return result;
}

void Analyzer::unresolved() {
  unproven = true;
  loose = true;
}

void Analyzer::refer_extension(std::string_view schema) {
  for (const auto& [id, extension] : shared_.catalog.extensions) {
    if (extension.schema == schema || extension.schema.empty()) refs.push_back(id);
  }
}

void Analyzer::refer(const RelationInfo& relation) {
  if (relation.provenance == Provenance::Extension) return refer_extension(relation.schema);
  if (relation.provenance != Provenance::User) return;
  refs.push_back(ObjectId{relation_kind(relation.kind),
                          std::string(relation.schema),
                          {},
                          std::string(relation.name),
                          {}});
}

void Analyzer::refer(const FunctionInfo& function) {
  if (function.provenance == Provenance::Extension) return refer_extension(function.schema);
  if (function.object) refs.push_back(function.object->id);
}

void Analyzer::refer(const OperatorInfo& op) {
  if (op.provenance == Provenance::Extension) return refer_extension(op.schema);
  if (op.object) refs.push_back(op.object->id);
}

void Analyzer::refer_type(TypeId type) {
  if (!type) return;
  const TypeInfo& info = system_.element_or_itself(type);
  if (info.provenance == Provenance::Extension) return refer_extension(info.schema);
  add_refs(info, refs);
}

void Analyzer::refer_collation(const schema::QualifiedName& collation) {
  if (collation.schema == "pg_catalog") return;
  ObjectId id{Kind::Collation, collation.schema, {}, collation.name, {}};
  if (shared_.catalog.collations.count(id)) {
    refs.push_back(std::move(id));
  } else {
    refer_extension(collation.schema);
  }
}

TypeRef Analyzer::type(Tree& tree) {
  WrittenType written;
  written.name = tree.names.back();
  if (tree.names.size() > 1) written.schema = tree.names[tree.names.size() - 2];
  for (const auto& kid : tree.kids) written.modifiers.push_back(modifier_text(*kid));
  written.array = tree.op > 0;
  TypeRef result;
  if (!tree.has(kPercentType)) result = system_.resolve(written, path_);
  if (!result) {
    unresolved();
    return result;
  }
  TypeId element = result.id;
  if (written.array) element = system_.info(result.id).element;
  const TypeInfo& info = system_.info(element);
  refer_type(element);
  if (rewrite_ && info.provenance != Provenance::BuiltIn)
    tree.names = {std::string(info.schema), std::string(info.name)};
  return result;
}

}  // namespace schemadiff::parser
