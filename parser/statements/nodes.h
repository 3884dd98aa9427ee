// Reading raw nodes: for the sources in this folder only.
#pragma once

#include <string>
#include <vector>

#include "parser/statements/context.h"
#include "parser/syntax/raw.h"
#include "parser/syntax/raw_nodes.h"
#include "schema/catalog.h"

namespace schemadiff::parser {

// for (const T* node : nodes<T>(list))
template <class T>
class nodes {
 public:
  explicit nodes(const ::List* list)
      : begin_(list ? list->elements : nullptr),
        end_(list ? list->elements + list->length : nullptr) {}

  struct Iterator {
    const ::ListCell* cell;
    const T* operator*() const { return static_cast<const T*>(cell->ptr_value); }
    Iterator& operator++() {
      ++cell;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return cell != other.cell; }
  };
  Iterator begin() const { return {begin_}; }
  Iterator end() const { return {end_}; }
  std::size_t size() const { return static_cast<std::size_t>(end_ - begin_); }
  const T* operator[](std::size_t i) const { return static_cast<const T*>(begin_[i].ptr_value); }

 private:
  const ::ListCell* begin_;
  const ::ListCell* end_;
};

template <class T>
const T* as(const void* node) {
  return static_cast<const T*>(node);
}

inline ::NodeTag tag_of(const void* node) { return static_cast<const ::Node*>(node)->type; }
inline bool is(const void* node, ::NodeTag tag) { return node && tag_of(node) == tag; }

inline std::string string_of(const ::String* value) { return value->sval; }

std::string upper(std::string_view word);

std::string lower(std::string_view word);

// Of String nodes.
std::vector<std::string> names_of(const ::List* list);
// The name, and the type, that an option has for its value; throws Error where it has another. A
// name may stand in quotes, as old scripts have operators (define.c, defGetQualifiedName).
schema::QualifiedName written_name(const ::DefElem* option);
const ::List* name_list_of(const ::DefElem* option);
const ::TypeName* type_name_of(const ::DefElem* option);
// The last two names of a list of String nodes; also a TypeName's or RangeVar's.
schema::QualifiedName qualified(const ::List* names);
schema::QualifiedName qualified(const ::RangeVar* range);

// "public" for PUBLIC, schema::kCurrentUser for CURRENT_USER and the like.
std::string role_of(const ::RoleSpec* role);
// CURRENT_USER and the like: whoever runs the statements, who owns what they make.
bool is_current_role(const ::RoleSpec* role);

// An option's value as text: of a name, a string, a number, a type; "true" where there is none.
std::string option_text(const ::DefElem* option);
// The function that an option names, which need not be known; empty: NONE. `args`: as ObjectId has
// them, what it takes where that is no polymorphic type; empty: it is told by its name.
schema::QualifiedName function_of(const Builder& builder, const ::DefElem* option,
                                  const std::string& args = {});
bool option_bool(const ::DefElem* option);
std::int64_t option_integer(const ::DefElem* option);
// Storage parameters, sorted by name; a name in a namespace is "toast.name".
schema::Options options_of(const ::List* options);
void set_option(schema::Options& options, std::string name, std::string value);
// ALTER … SET (…), RESET (…).
void set_options(schema::Options& options, const ::List* changes);
void reset_options(schema::Options& options, const ::List* names);

schema::Expr expr_of(const void* expression);

}  // namespace schemadiff::parser
