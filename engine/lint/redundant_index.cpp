// Indexes that another index or key makes needless.
#include <algorithm>

#include "engine/lint/lint.h"

namespace schemadiff::engine::lint_rules {

using namespace schema;

namespace {

// What two indexes are compared by.
struct Shape {
  const Object* object = nullptr;
  std::string method;
  std::vector<IndexElement> elements;
  std::vector<std::string> include;
  bool unique = false, nulls_not_distinct = false;
  const Expr* predicate = nullptr;
  bool is_key = false;
};

Shape shape_of(const Index& index) {
  return {&index,
          index.method,
          index.elements,
          index.include,
          index.unique,
          index.nulls_not_distinct,
          &*index.predicate,
          false};
}

Shape shape_of(const Constraint& key) {
  Shape shape{&key, "btree", {}, key.include, true, key.nulls_not_distinct, nullptr, true};
  for (const std::string& column : key.columns) {
    shape.elements.emplace_back();
    shape.elements.back().column = column;
  }
  return shape;
}

bool same_predicate(const Shape& a, const Shape& b) {
  const bool a_has = a.predicate && !a.predicate->empty(),
             b_has = b.predicate && !b.predicate->empty();
  return a_has == b_has && (!a_has || *a.predicate == *b.predicate);
}

// Whether `other` answers and refuses all that `index` does.
bool covers(const Shape& other, const Shape& index) {
  if (other.method != index.method || !same_predicate(other, index)) return false;
  if (other.elements.size() < index.elements.size() || index.include.size() > other.include.size())
    return false;
  const bool begins =
      std::equal(index.elements.begin(), index.elements.end(), other.elements.begin());
  if (!begins || (!index.include.empty() && index.include != other.include)) return false;
  const bool same = other.elements.size() == index.elements.size();
  // A shorter index is not served by a longer one where it is more than a way to rows.
  if (!same) return !index.unique && index.method == "btree" && index.include.empty();
  if (index.unique) return other.unique && other.nulls_not_distinct == index.nulls_not_distinct;
  return true;
}

}  // namespace

void redundant_index(Subject& s) {
  s.for_each_table([&](const Table& table) {
    std::vector<Shape> shapes;
    for (const Constraint* key : s.constraints_of(table))
      if ((key->contype == 'p' || key->contype == 'u') && !key->deferrable && !key->temporal)
        shapes.push_back(shape_of(*key));
    for (const Index* index : s.indexes_of(table)) shapes.push_back(shape_of(*index));
    for (std::size_t i = 0; i < shapes.size(); ++i) {
      if (shapes[i].is_key) continue;
      for (std::size_t j = 0; j < shapes.size(); ++j) {
        // Of two that are the same the later one is needless.
        if (i == j || !covers(shapes[j], shapes[i])) continue;
        if (j > i && covers(shapes[i], shapes[j])) continue;
        s.add(shapes[i].object->id, describe(shapes[j].object->id) +
                                        " serves what it is for: every write pays for both.");
        break;
      }
    }
  });
}

}  // namespace schemadiff::engine::lint_rules
