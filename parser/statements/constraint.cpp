// Table constraints: checks, foreign keys, and those with an index.
#include <algorithm>
#include <cstddef>

#include "parser/indexes.h"
#include "parser/partitions.h"
#include "parser/statements/nodes.h"
#include "parser/statements/table_parts.h"
#include "parser/type_names.h"
#include "schema/ddl/ddl.h"
#include "schema/object_names.h"
#include "schema/owner.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Constraint;
using schema::Kind;
using schema::QualifiedName;
using schema::Table;

// Finds the columns of the table that an expression names; checks with one are named after it.
struct ColumnSearch {
  const Table& table;
  const schema::Column* first = nullptr;
  bool several = false;
};

void visit(const Tree& tree, ColumnSearch& search) {
  if (tree.tag == Tag::Column && !tree.names.empty()) {
    const auto* column = search.table.find(tree.names.back());
    if (column && search.first && column != search.first) search.several = true;
    if (column) search.first = column;
  }
  for (const TreePtr& kid : tree.kids) {
    if (kid) visit(*kid, search);
  }
}

void finish_name(Builder& builder, Constraint& constraint, const ::Constraint* written,
                 std::string_view column_part, std::string_view label) {
  constraint.id.name = written->conname
                           ? schema::truncate_name(written->conname)
                           : builder.choose_constraint_name(constraint.id.parent, column_part,
                                                            label, constraint.id.schema);
}

Constraint begin_constraint(Context& context, const Table& table, const ::Constraint* written,
                            char contype) {
  Constraint constraint;
  constraint.contype = contype;
  constraint.id = {Kind::Constraint, table.id.schema, table.id.name, {}, {}};
  constraint.span = context.at(written->location);
  return constraint;
}

const schema::Column& require_column(const Table& table, const std::string& name) {
  if (const auto* column = table.find(name)) return *column;
  throw Missing("column \"" + name + "\" of table " + schema::quote_qualified(name_of(table)) +
                " does not exist");
}

const Constraint* primary_key(Builder& builder, const Table& table) {
  const Constraint* key = nullptr;
  for_each_constraint(builder, table, [&](const Constraint& constraint) {
    if (constraint.contype == 'p') key = &constraint;
  });
  return key;
}

// True when the referenced columns have a unique constraint or index.
bool has_unique_key(Builder& builder, const Table& table, std::vector<std::string> columns) {
  std::sort(columns.begin(), columns.end());
  const auto found = builder.attached.find(&table);
  if (found == builder.attached.end()) return false;
  for (const schema::Object* object : found->second.indexes) {
    std::vector<std::string> names;
    if (object->id.kind == Kind::Constraint) {
      names = static_cast<const Constraint*>(object)->columns;
    } else {
      const auto& index = *static_cast<const schema::Index*>(object);
      if (!index.unique || !index.predicate.empty()) continue;
      for (const auto& element : index.elements) names.push_back(element.column);
    }
    std::sort(names.begin(), names.end());
    if (names == columns) return true;
  }
  return false;
}

void read_exclusion(Context& context, const Table& table, Constraint& constraint,
                    const ::Constraint* written, std::vector<std::string>& names) {
  constraint.method = written->access_method ? written->access_method : "gist";
  for (const auto* pair : nodes<::List>(written->exclusions)) {
    const nodes<::Node> parts(pair);
    std::string name;
    auto element = read_index_element(context.builder, table, *constraint.method, parts[0], name);
    element.op = qualified(as<::List>(parts[1]));
    if (element.op->schema.empty()) element.op.edit().schema = "pg_catalog";
    constraint.elements.push_back(std::move(element));
    names.push_back(std::move(name));
  }
  constraint.predicate = expr_of(written->where_clause);
}

// ADD CONSTRAINT … USING INDEX: the index becomes the constraint's.
void read_existing_index(Context& context, Table& table, Constraint& constraint,
                         const ::Constraint* written) {
  Builder& builder = context.builder;
  const Relation& found = builder.relation({table.id.schema, written->indexname}, "index");
  if (found.kind != RelationKind::Index) {
    throw Error("index \"" + std::string(written->indexname) + "\" belongs to a constraint");
  }
  auto& index = static_cast<schema::Index&>(*found.object);
  for (const auto& element : index.elements) constraint.columns.push_back(element.column);
  constraint.include = index.include;
  constraint.nulls_not_distinct = index.nulls_not_distinct;
  constraint.options = index.options;
  constraint.tablespace = index.tablespace;
  constraint.clustered = index.clustered;
  constraint.comment = index.comment;
  if (!written->conname) constraint.id.name = index.id.name;
  std::erase(builder.attached[&table].indexes, &index);
  builder.index_columns.erase(&index);
  builder.relations.erase(name_of(index));
  builder.catalog.indexes.erase(schema::ObjectId(index.id));
}

}  // namespace

bool is_index_constraint(const void* node) {
  const auto type = as<::Constraint>(node)->contype;
  return type == CONSTR_PRIMARY || type == CONSTR_UNIQUE || type == CONSTR_EXCLUSION;
}
bool is_foreign_key(const void* node) { return as<::Constraint>(node)->contype == CONSTR_FOREIGN; }
bool is_check(const void* node) { return as<::Constraint>(node)->contype == CONSTR_CHECK; }

Constraint* find_constraint(Builder& builder, const Table& table, const std::string& name) {
  const auto found = builder.catalog.constraints.find(
      {Kind::Constraint, table.id.schema, table.id.name, name, {}});
  return found == builder.catalog.constraints.end() ? nullptr : &found->second;
}

schema::Column* find_not_null(Table& table, const std::string& name) {
  const auto found =
      std::find_if(table.columns.begin(), table.columns.end(), [&](const schema::Column& column) {
        return column.not_null && schema::not_null_name(table.id, column) == name;
      });
  return found == table.columns.end() ? nullptr : &*found;
}

void drop_not_null(schema::Column& column) {
  column.not_null = false;
  column.not_null_name.clear();
  column.not_null_comment.clear();
}

void add_check(Context& context, Table& table, const WrittenConstraint& written, bool alter) {
  const auto* node = as<::Constraint>(written.node);
  Builder& builder = context.builder;
  Constraint constraint = begin_constraint(context, table, node, 'c');
  const TreePtr tree = convert(node->raw_expr);
  constraint.check.edit().sql = print(*tree);
  constraint.no_inherit = node->is_no_inherit;
  constraint.validated = !alter || node->initially_valid;
  ColumnSearch search{table};
  visit(*tree, search);
  finish_name(
      builder, constraint, node,
      search.first && !search.several ? std::string_view(search.first->name) : std::string_view(),
      "check");
  // A check of the same name above is the same check: a partition has it from there alone.
  if (check_above(table, constraint.id.name, builder.catalog)) return;
  builder.note_constraint(table.id.schema, constraint.id.name);
  hand_down(builder, builder.add(std::move(constraint)), table);
}

namespace {

// A foreign key has one more constraint for each partition of the table that it refers to, under a
// name that the server chooses (tablecmds.c, addFkRecurseReferenced).
void note_constraints_of_partitions(Builder& builder, const Constraint& foreign,
                                    const Table& referenced) {
  const auto found = builder.attached.find(&referenced);
  if (referenced.partition_key.strategy.empty() || found == builder.attached.end()) return;
  for (const Table* partition : found->second.children) {
    builder.note_constraint(
        foreign.id.schema,
        builder.choose_constraint_name(foreign.id.parent, schema::join_names(foreign.columns),
                                       "fkey", foreign.id.schema));
    note_constraints_of_partitions(builder, foreign, *partition);
  }
}

}  // namespace

void add_foreign_key(Context& context, Table& table, const WrittenConstraint& written, bool alter) {
  const auto* node = as<::Constraint>(written.node);
  Builder& builder = context.builder;
  Constraint constraint = begin_constraint(context, table, node, 'f');
  constraint.columns =
      written.column.empty() ? names_of(node->fk_attrs) : std::vector<std::string>{written.column};
  for (const std::string& column : constraint.columns) require_column(table, column);
  const Table& referenced = builder.table(qualified(node->pktable));
  constraint.referenced_table = name_of(referenced);
  constraint.referenced_columns = names_of(node->pk_attrs);
  if (constraint.referenced_columns.empty()) {
    const Constraint* key = primary_key(builder, referenced);
    if (!key) {
      throw Missing("there is no primary key for referenced table " +
                    schema::quote_qualified(name_of(referenced)));
    }
    constraint.referenced_columns = key->columns;
  } else {
    for (const auto& column : constraint.referenced_columns) require_column(referenced, column);
    if (!has_unique_key(builder, referenced, constraint.referenced_columns)) {
      throw Missing("there is no unique constraint matching given keys for referenced table " +
                    schema::quote_qualified(name_of(referenced)));
    }
  }
  if (constraint.columns.size() != constraint.referenced_columns.size()) {
    throw Error("number of referencing and referenced columns for foreign key disagree");
  }
  constraint.match = node->fk_matchtype;
  constraint.on_update = node->fk_upd_action;
  constraint.on_delete = node->fk_del_action;
  constraint.on_delete_columns = names_of(node->fk_del_set_cols);
  constraint.validated = !alter || node->initially_valid;
  constraint.deferrable = written.deferrable || node->deferrable;
  constraint.initially_deferred = written.initially_deferred || node->initdeferred;
  finish_name(builder, constraint, node, schema::join_names(constraint.columns), "fkey");
  builder.note_constraint(table.id.schema, constraint.id.name);
  note_constraints_of_partitions(builder, constraint, referenced);
  builder.add(std::move(constraint));
}

void add_index_constraint(Context& context, Table& table, const WrittenConstraint& written,
                          bool recurse) {
  const auto* node = as<::Constraint>(written.node);
  Builder& builder = context.builder;
  const char contype = node->contype == CONSTR_PRIMARY  ? 'p'
                       : node->contype == CONSTR_UNIQUE ? 'u'
                                                        : 'x';
  Constraint constraint = begin_constraint(context, table, node, contype);
  constraint.options = options_of(node->options);
  constraint.tablespace = builder.tablespace_of(node->indexspace);
  constraint.nulls_not_distinct = node->nulls_not_distinct;
  std::vector<std::string> names;
  if (node->indexname) {
    read_existing_index(context, table, constraint, node);
    names = constraint.columns;
  } else if (contype == 'x') {
    read_exclusion(context, table, constraint, node, names);
  } else {
    constraint.columns =
        node->keys ? names_of(node->keys) : std::vector<std::string>{written.column};
    for (const std::string& column : constraint.columns) require_column(table, column);
    names = constraint.columns;
  }
  if (!node->indexname) {
    constraint.include = names_of(node->including);
    names.insert(names.end(), constraint.include.begin(), constraint.include.end());
  }
  names = schema::unique_column_names(names);
  constraint.deferrable = written.deferrable || node->deferrable;
  constraint.initially_deferred = written.initially_deferred || node->initdeferred;
  if (node->conname) {
    constraint.id.name = schema::truncate_name(node->conname);
  } else if (constraint.id.name.empty()) {
    constraint.id.name = choose_index_name(builder, name_of(table), contype, names);
  }
  if (contype == 'p') {
    if (const Constraint* key = primary_key(builder, table)) {
      throw Error("multiple primary keys for table " + schema::quote_qualified(name_of(table)) +
                      " are not allowed",
                  "the other is \"" + key->id.name + "\"");
    }
    set_key_not_null(builder, table, constraint);
  }
  const Constraint& added = add_key(builder, std::move(constraint), std::move(names));
  if (recurse) carry_to_partitions(builder, table, added);
}

void add_like_rest(Context& context, Table& table, const void* node) {
  const auto* like = as<::TableLikeClause>(node);
  Builder& builder = context.builder;
  const Relation& relation = builder.relation(qualified(like->relation), "relation");
  if (relation.kind != RelationKind::Table) return;
  auto& source = static_cast<Table&>(*relation.object);
  const bool comments = (like->options & CREATE_TABLE_LIKE_COMMENTS) != 0;
  if (like->options & CREATE_TABLE_LIKE_CONSTRAINTS) {
    std::vector<Constraint> checks;
    for_each_constraint(builder, source, [&](const Constraint& constraint) {
      if (constraint.contype == 'c') checks.push_back(constraint);
    });
    for (Constraint& check : checks) {
      check.id.schema = table.id.schema;
      check.id.parent = table.id.name;
      check.span = context.span;
      check.validated = true;
      if (!comments) check.comment.clear();
      builder.note_constraint(table.id.schema, check.id.name);
      builder.add(std::move(check));
    }
  }
  if (like->options & CREATE_TABLE_LIKE_STATISTICS)
    add_like_statistics(context, table, source, comments);
  if (like->options & CREATE_TABLE_LIKE_INDEXES) {
    const auto found = builder.attached.find(&source);
    if (found == builder.attached.end()) return;
    const std::vector<schema::Object*> indexes = found->second.indexes;
    for (const schema::Object* index : indexes) {
      auto& copy = copy_index(builder, *index, table, false);
      if (comments) copy.comment = index->comment;
    }
  }
}

}  // namespace schemadiff::parser
