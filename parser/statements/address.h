// Which object a statement such as COMMENT ON, ALTER … OWNER TO or DROP means.
#pragma once

#include "parser/statements/context.h"
#include "schema/quote.h"

namespace schemadiff::parser {

// `object_type`: an ObjectType; `object`: its raw node. Null: an object that the model does not
// know, or, with `missing_ok`, none. Throws Missing.
schema::Object* find_object(const Builder& builder, int object_type, const void* object,
                            bool missing_ok = false);

// The object of a map whose kind lives in no schema; `what` is what the error calls it. Throws
// Missing.
template <class Map>
auto& require_named(Map& map, std::string_view what, const char* name) {
  const auto found = map.find({Map::mapped_type::kKind, {}, {}, name, {}});
  if (found == map.end())
    throw Missing(std::string(what) + ' ' + schema::quote_identifier(name) + " does not exist");
  return found->second;
}

struct IdentityColumn {
  schema::Table* table = nullptr;
  schema::Column* column = nullptr;
};
// Whose identity sequence a raw RangeVar or list of names is; nulls: it is none.
IdentityColumn identity_column(const Builder& builder, const void* object);

// An operator's ObjectId::args.
std::string operator_args(const schema::TypeName& left, const schema::TypeName& right);

// The operator of that name and those operands that is found first; empty: none of the texts'.
schema::QualifiedName find_operator_name(const Builder& builder,
                                         const schema::QualifiedName& written,
                                         const std::string& args);

// "operator", "cast", …: the kind of an object that the model does not know; empty for those that
// it does.
std::string_view unmodelled_kind(int object_type);

// The name in a raw object node, as written; empty for other nodes.
schema::QualifiedName written_name(const void* object);

// A name for reports out of a raw object node.
std::string address_text(const void* object);

}  // namespace schemadiff::parser
