// What a risk rule is given and what it answers. A rule is a file here, a line in rules.def, a page
// in docs/rules/ and a fixture in which it fires.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/operation.h"

namespace schemadiff::engine::rules {

struct Finding {
  std::string message;       // one sentence with its full stop
  std::optional<Risk> risk;  // none: the rule's own
};

// None: the rule stays silent.
using Verdict = std::optional<Finding>;

// One operation that has statements, and what surrounds it.
class Subject {
 public:
  Subject(const Operation& op, const Context& all) : operation(op), context(all) {}

  const Operation& operation;
  const Context& context;

  bool makes(schema::Kind kind) const;
  // `kind` goes away, for good or to be made anew; drops_for_good: not to be made anew.
  bool drops(schema::Kind kind) const;
  bool drops_for_good(schema::Kind kind) const;
  bool replaced() const;  // the object is dropped and made anew by this plan
  // The object stays and this attribute of it differs.
  bool alters(schema::Kind kind, std::string_view attribute) const;
  bool alters(schema::Kind kind) const;

  // The object on either side; null where it is not there.
  template <class T>
  const T* before() const {
    return found<T>(context.from);
  }
  template <class T>
  const T* after() const {
    return found<T>(context.to);
  }
  const schema::Column* column_before() const;
  const schema::Column* column_after() const;

  // The table that the operation is about; empty where it is about none.
  schema::QualifiedName table() const;
  Size size() const;  // of that table
  bool on_new_table() const;
  // What stands on that table in the end; empty where nothing does.
  const std::vector<const schema::Object*>& on_table() const;
  // The columns that come into being with this operation: all of a new table, or an added one.
  std::vector<const schema::Column*> new_columns() const;
  bool retypes_column() const;  // a column of a table that stays gets another type
  // Whether all rows that could make it fail were counted when the plan was made, and there was
  // none.
  bool found_none() const;
  // " (about 1,200 rows, 2 MiB)", to stand before a full stop; empty where nothing is known.
  std::string figures() const { return figures_of(table()); }
  std::string figures_of(const schema::QualifiedName& table) const;
  // Writes a second to that table; none where they are unknown or below the threshold.
  std::optional<double> hot_writes() const;
  // Of a step that blocks for as long as its table is large: High; Medium where it is small, and
  // Low where it is empty.
  Risk by_size() const;

 private:
  template <class T>
  const T* found(const schema::Catalog& catalog) const {
    const auto& map = schema::map_of<T>(catalog);
    const auto object = map.find(operation.object);
    return object == map.end() ? nullptr : &object->second;
  }
};

inline Verdict fires(std::string message) { return Finding{std::move(message), {}}; }
inline Verdict fires(std::string message, Risk risk) { return Finding{std::move(message), risk}; }
inline constexpr std::nullopt_t kSilent = std::nullopt;

}  // namespace schemadiff::engine::rules
