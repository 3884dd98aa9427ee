#include "schema/memo.h"

#include "schema/digest.h"

namespace schemadiff::schema {

std::string memo_key(const ObjectId& id, std::string_view attribute) {
  std::string text(kind_label(id.kind));
  for (const std::string_view part :
       {std::string_view(id.schema), std::string_view(id.parent), std::string_view(id.name),
        std::string_view(id.args), attribute}) {
    text += '\0';
    text += part;
  }
  return digest(text);
}

}  // namespace schemadiff::schema
