#include "diff/memo.h"

#include <map>
#include <utility>

#include "schema/definitions.h"
#include "schema/digest.h"

namespace schemadiff::diff {
namespace {

using namespace schema;

// f(id, attribute, definition of `from`, definition of `to`) for each that both sides have.
template <class F>
void for_each_pair(Catalog& from, Catalog& to, F&& f) {
  std::map<std::pair<ObjectId, std::string>, Expr*> before;
  for_each_definition(from, [&](const ObjectId& id, const std::string& attribute, Expr& expr) {
    before.emplace(std::pair(id, attribute), &expr);
  });
  for_each_definition(to, [&](const ObjectId& id, const std::string& attribute, Expr& expr) {
    const auto found = before.find({id, attribute});
    if (found != before.end()) f(id, attribute, *found->second, expr);
  });
}

void make_equal(Expr& server, Expr& source) {
  server.normal = source.normal;
  server.unproven = source.unproven = false;
}

bool is_known(const Memo& memo, const ObjectId& id, const std::string& attribute,
              const Expr& server, const Expr& source) {
  const auto found = memo.find(memo_key(id, attribute));
  return found != memo.end() && found->second.server == digest(server.sql) &&
         found->second.source == digest(source.normal);
}

}  // namespace

void recall(const Memo& memo, Catalog& database, Catalog& source) {
  if (memo.empty()) return;
  for_each_pair(database, source,
                [&](const ObjectId& id, const std::string& attribute, Expr& server, Expr& written) {
                  if (is_known(memo, id, attribute, server, written)) make_equal(server, written);
                });
}

void agree(Catalog& from, Catalog& to) {
  for_each_pair(from, to, [](const ObjectId&, const std::string&, Expr& before, Expr& after) {
    if (before.unproven || after.unproven) make_equal(before, after);
  });
}

}  // namespace schemadiff::diff
