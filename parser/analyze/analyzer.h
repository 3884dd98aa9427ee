// The analysis of one definition after the other against one catalog: syntax tree → typed tree, as
// parse_expr.c, parse_func.c, parse_oper.c, parse_coerce.c, parse_clause.c, parse_target.c,
// parse_relation.c and parse_cte.c do it.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "parser/analyze/type_system_coercion.h"
#include "parser/analyze/type_system_functions.h"
#include "parser/analyze/type_system_literals.h"
#include "parser/analyze/type_system_operators.h"
#include "parser/analyze/typed.h"

namespace schemadiff::parser {

// A range table entry as names see it.
struct ScopeItem {
  Entry* entry = nullptr;
  bool relation_visible = true;
  bool columns_visible = true;
  bool lateral_only = false;
};

struct Scope {
  Scope* parent = nullptr;
  std::vector<ScopeItem> items;
  std::vector<TypedCte*> ctes;
  Query* query = nullptr;
  bool lateral_active = false;
  int uses = 0;  // how often a column of this scope was referred to
};

struct NamedParam {
  std::string name;
  TypeRef type;
};

// Names are resolved alike in all definitions with the same search path.
struct ResolutionKey {
  std::string name;  // with its schema
  std::vector<TypeId> types;
  const std::string* path = nullptr;
  int form = 0;
  bool operator==(const ResolutionKey&) const = default;
};
struct ResolutionKeyHash {
  std::size_t operator()(const ResolutionKey& key) const noexcept {
    std::size_t hash = std::hash<std::string>()(key.name) + static_cast<std::size_t>(key.form);
    for (TypeId type : key.types) hash = hash * 31 + type.oid;
    return hash;
  }
};

// What all definitions of a catalog share.
struct SharedAnalysis {
  const TypeSystem& system;
  const schema::Catalog& catalog;
  // columns of row types, by oid
  std::unordered_map<std::uint32_t, std::vector<EntryColumn>> columns;
  // analyses a view of the catalog whose columns are still unknown
  std::function<void(const schema::ObjectId&)> need_view;
  std::unordered_map<ResolutionKey, ResolvedOperator, ResolutionKeyHash> operators{};
  std::unordered_map<ResolutionKey, ResolvedCall, ResolutionKeyHash> calls{};
};

class Analyzer {
 public:
  Analyzer(SharedAnalysis& shared, SearchPath path, bool rewrite)
      : shared_(shared), system_(shared.system), path_(path), rewrite_(rewrite) {}

  // Surroundings of the definition.
  // The columns of the relation are visible; `as`: only under that name, as OLD and NEW are, unless
  // `plain`.
  void stand_on(std::string_view schema, std::string_view relation, std::string_view as = {},
                bool plain = false);
  void domain_value(TypeRef type) { value_type_ = type; }
  void params(std::vector<NamedParam> params, std::string_view routine);

  // Transforms; the Tree is rewritten with qualified names.
  Typed* expression(Tree& tree);
  Query* query(Tree& tree);
  Query* body_statement(Tree& tree);

  // coerce_to_target_type with COERCION_ASSIGNMENT and an implicit cast, as for defaults.
  Typed* assign(Typed* value, TypeRef target);
  Typed* to_boolean(Typed* value);
  Typed* to_text_if_unknown(Typed* value);
  Typed* coerce_target(Typed* value, TypeRef target, CoercionContext context, bool implicit);

  std::vector<schema::ObjectId> refs;
  bool unproven = false;
  bool loose = false;

 private:
  // expression.cpp
  Typed* null_if(Tree& tree);
  Typed* conditional(Tree& tree);
  Typed* common(Tree& tree, TypedKind kind);
  Typed* array(Tree& tree, TypeRef target);
  Typed* row(Tree& tree);
  Typed* cast(Tree& tree);
  Typed* collate(Tree& tree);
  Typed* indirection(Tree& tree);
  Typed* field(Typed* value, const std::string& name);
  Typed* subscripts(Typed* value, Tree& tree, std::size_t from, std::size_t to);
  Typed* sublink(Tree& tree);
  Typed* row_compare_query(Tree& tree);
  void compare_with_query(Typed& link, Typed* test, Tree& tree);
  Typed* value_function(const Tree& tree);
  Typed* xml(Tree& tree);
  Typed* literal(Tree& tree);
  std::vector<Typed*> expression_list(std::vector<TreePtr>& kids, std::size_t from = 0);
  Typed* boolean_list(Tree& tree, TypedKind kind);
  // expression_operator.cpp
  Typed* operation(const std::vector<std::string>& schema, const std::string& name, Typed* left,
                   Typed* right, Tree* source);
  Typed* array_operation(const std::vector<std::string>& schema, const std::string& name,
                         Typed* left, Typed* right, bool any, Tree* source);
  Typed* row_operation(const std::vector<std::string>& schema, const std::string& name, Typed* left,
                       Typed* right, Tree* source);
  Typed* distinct(Typed* left, Typed* right);
  Typed* in_list(Tree& tree);
  Typed* between(Tree& tree);
  Typed* operator_tree(Tree& tree);
  ResolvedOperator find_operator(std::string_view schema, const std::string& name, TypeId left,
                                 TypeId right, bool array);
  // expression_function.cpp
  ResolvedCall find_call(const FunctionCall& call);
  Typed* call(Tree& tree);
  Typed* found_call(Tree& tree, const ResolvedCall& found, std::vector<Typed*>& arguments,
                    std::size_t ordered);
  // expression_column.cpp
  Typed* column(Tree& tree);
  Typed* find_column(Scope& scope, const std::string& name);
  Typed* column_of(Entry& entry, std::size_t index, Scope& scope);
  Typed* whole_row(Entry& entry, Scope& scope);
  void note_column(Entry& entry, std::size_t index);
  Typed* named_param(const std::string& name);
  const ScopeItem* find_entry(std::string_view schema, std::string_view name, Scope*& scope);
  Typed* column_in(const ScopeItem& item, const std::string& name, Scope& scope);
  // coerce.cpp
  Typed* coerce(Typed* value, TypeId target, std::int32_t typmod, CoercionContext context,
                bool implicit);
  Typed* coerce_typmod(Typed* value, TypeRef target, bool implicit, bool hide_input);
  Typed* coerce_domain(Typed* value, TypeId domain, std::int32_t typmod, bool implicit);
  Typed* typed_literal(Typed* literal, TypeRef target);
  Typed* to_common(Typed* value, TypeId target);
  TypeId common_type_of(const std::vector<Typed*>& values);
  // query.cpp and siblings
  Query* select_statement(Tree& tree, Scope* parent, bool resolve_unknowns);
  Query* plain_select(Tree& tree, Scope* parent, bool resolve_unknowns);
  Query* values(Tree& tree, Scope* parent);
  Query* set_operation(Tree& tree, Scope* parent);
  Query* set_operand(Tree& tree, Scope* parent);
  Query* subquery(Tree& tree, Scope* parent);
  void with_clause(Tree* with, Query& query, Scope& scope);
  void recursive_cte(Tree& tree, TypedCte& cte, Scope& scope);
  void tail(Tree& tree, Query& query);
  void group_by(Tree& tree, Query& query);
  void group_items(std::vector<TreePtr>& items, Query& query, std::string& words, bool& plain);
  Typed* group_item(Tree& tree, Query& query);
  void refer_keys(const Query& query);  // functional_dependency.cpp
  Typed* sort_target(Tree& tree, Query& query, bool columns_first);
  SortKey sort_key(Tree& tree, Typed* value);
  std::vector<SortKey> sort_list(Tree* list, Query* query);
  WindowSpec* window(Tree& tree);
  void window_offset(Typed*& offset, const WindowSpec& window);
  std::vector<TypedTarget> target_list(Tree* list);
  // False where `written` is not what it stands for: the star of a composite value.
  bool expand_star(Tree& target, std::vector<TypedTarget>& targets, std::vector<TreePtr>& written);
  void locking(Tree& tree, Query& query);
  // from.cpp
  Entry* from_item(Tree& tree, std::vector<ScopeItem>& items);
  Entry* relation(Tree& tree);
  Entry* join(Tree& tree, std::vector<ScopeItem>& items);
  void join_columns(Entry& join, Tree& tree, const std::vector<ScopeItem>& left,
                    const std::vector<ScopeItem>& right);
  Entry* range_function(Tree& tree);
  Entry* table_function(Tree& tree);
  void sample(Tree& tree, Entry& entry);
  void from_clause(Tree* list, Query& query);
  void alias_columns(Entry& entry, const Tree* alias);
  void need_row_type(TypeId type);
  std::vector<EntryColumn> function_columns(const Typed& call);
  std::vector<EntryColumn> column_definitions(const Tree& list);
  const std::vector<EntryColumn>* relation_columns(const RelationInfo& found);
  // statement.cpp
  template <class Parts>
  Query* changing(Tree& tree, Command command, Parts&& parts);
  Query* insert(Tree& tree);
  Query* update(Tree& tree);
  Query* remove(Tree& tree);
  Query* merge(Tree& tree);
  Entry* target_relation(Tree& tree, Query& query);
  std::vector<TypedTarget> assignments(Tree& list, const Entry& target);
  void on_conflict(Tree& tree, Query& query, const Entry& target);
  TypeRef column_type(const Entry& entry, const std::string& name) const;
  // names.cpp
  TypeRef type(Tree& tree);
  void refer(const RelationInfo& relation);
  void refer(const FunctionInfo& function);
  void refer(const OperatorInfo& op);
  void refer_type(TypeId type);
  void refer_extension(std::string_view schema);
  void refer_collation(const schema::QualifiedName& collation);
  void unresolved();

  SharedAnalysis& shared_;
  const TypeSystem& system_;
  SearchPath path_;
  bool rewrite_;
  TypeRef value_type_;
  std::vector<NamedParam> params_;
  std::string routine_;
  Scope root_;
  Scope* scope_ = &root_;
  TypedPool pool_;
};

// `schema."Name"` as SQL spells it → the names.
schema::QualifiedName split_name(std::string_view text);

// parse_target.c, FigureColname: the name of an output column without AS.
std::string figure_column_name(const Tree& tree);

}  // namespace schemadiff::parser
