// CREATE INDEX, and the elements of indexes.
#include "parser/indexes.h"
#include "parser/references.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "parser/statements/table_parts.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

std::string last_name(const ::List* list) {
  for (int i = list ? list->length - 1 : -1; i >= 0; --i) {
    const auto* item = static_cast<const ::Node*>(list->elements[i].ptr_value);
    if (is(item, T_String)) return as<::String>(item)->sval;
  }
  return {};
}

// What a result column of the expression is called (parse_target.c, FigureColnameInternal);
// `strength` gets 2 for a good name, 1 for one of a type, 0 for none.
std::string figure_name(const ::Node* node, int& strength) {
  strength = 2;
  if (!node) {
    strength = 0;
    return {};
  }
  switch (node->type) {
    case T_ColumnRef:
      return last_name(as<::ColumnRef>(node)->fields);
    case T_A_Indirection: {
      const auto* indirection = as<::A_Indirection>(node);
      if (std::string field = last_name(indirection->indirection); !field.empty()) return field;
      return figure_name(indirection->arg, strength);
    }
    case T_FuncCall:
      return last_name(as<::FuncCall>(node)->funcname);
    case T_A_Expr:
      if (as<::A_Expr>(node)->kind == AEXPR_NULLIF) return "nullif";
      break;
    case T_TypeCast: {
      const auto* cast = as<::TypeCast>(node);
      std::string name = figure_name(cast->arg, strength);
      if (strength > 1) return name;
      strength = 1;
      return last_name(cast->typeName->names);
    }
    case T_CollateClause:
      return figure_name(as<::CollateClause>(node)->arg, strength);
    case T_CaseExpr: {
      std::string name =
          figure_name(reinterpret_cast<const ::Node*>(as<::CaseExpr>(node)->defresult), strength);
      if (strength > 1) return name;
      strength = 1;
      return "case";
    }
    case T_A_ArrayExpr:
      return "array";
    case T_RowExpr:
      return "row";
    case T_CoalesceExpr:
      return "coalesce";
    case T_MinMaxExpr:
      return as<::MinMaxExpr>(node)->op == IS_GREATEST ? "greatest" : "least";
    case T_XmlSerialize:
      return "xmlserialize";
    default:
      break;
  }
  strength = 0;
  return {};
}

// A column in parentheses, with COLLATE or without, is a column.
const char* plain_column(const ::IndexElem* element, const ::List*& collation) {
  if (element->name) return element->name;
  const ::Node* node = element->expr;
  if (is(node, T_CollateClause)) {
    collation = as<::CollateClause>(node)->collname;
    node = as<::CollateClause>(node)->arg;
  }
  if (!is(node, T_ColumnRef)) return nullptr;
  const nodes<::Node> fields(as<::ColumnRef>(node)->fields);
  if (!is(fields[fields.size() - 1], T_String)) return nullptr;
  return as<::String>(fields[fields.size() - 1])->sval;
}

const schema::Column* column_of(const schema::Object& on, const std::string& name) {
  if (on.id.kind != schema::Kind::Table) return nullptr;
  if (const auto* column = static_cast<const schema::Table&>(on).find(name)) return column;
  throw Missing("column \"" + name + "\" of table " + schema::quote_qualified(name_of(on)) +
                " does not exist");
}

}  // namespace

schema::IndexElement read_index_element(const Builder& builder, const schema::Object& on,
                                        std::string_view method, const void* node,
                                        std::string& name) {
  const auto* element = as<::IndexElem>(node);
  schema::IndexElement read;
  const ::List* collation = element->collation;
  std::string_view type;
  if (const char* column_name = plain_column(element, collation)) {
    read.column = column_name;
    name = read.column;
    const schema::Column* column = column_of(on, read.column);
    if (column) type = column->type.sql;
    if (collation) {
      read.collation = resolve_collation(builder, collation);
      schema::QualifiedName own;
      if (column)
        own = column->collation.empty() ? own_collation(builder, column->type.sql)
                                        : *column->collation;
      if (*read.collation == own) {
        read.collation.clear();
      } else if (read.collation.empty()) {
        read.collation = {"pg_catalog", "default"};
      }
    }
  } else {
    read.expression = expr_of(element->expr);
    read.collation = resolve_collation(builder, collation);
    int strength = 0;
    name = figure_name(element->expr, strength);
    if (name.empty()) name = "expr";
  }
  read.opclass = resolve_opclass(builder, method, element->opclass, type);
  read.opclass_options = options_of(element->opclassopts);
  // options can only be given to a class that is named
  if (read.opclass.empty() && !read.opclass_options.empty())
    read.opclass = {"pg_catalog", string_of(as<::String>(llast(element->opclass)))};
  read.descending = element->ordering == SORTBY_DESC;
  read.nulls_first = element->nulls_ordering == SORTBY_NULLS_FIRST ||
                     (element->nulls_ordering == SORTBY_NULLS_DEFAULT && read.descending);
  return read;
}

void apply_create_index(Context& context, const void* node) {
  const auto* statement = as<::IndexStmt>(node);
  Builder& builder = context.builder;
  const Relation& on = builder.relation(qualified(statement->relation), "relation");
  schema::Index index;
  index.table = name_of(*on.object);
  index.method = statement->accessMethod ? statement->accessMethod : "btree";
  index.unique = statement->unique;
  index.nulls_not_distinct = statement->nulls_not_distinct;
  index.options = options_of(statement->options);
  index.tablespace = builder.tablespace_of(statement->tableSpace);
  index.span = context.span;
  std::vector<std::string> names;
  for (const auto* element : nodes<::IndexElem>(statement->indexParams)) {
    std::string name;
    index.elements.push_back(read_index_element(builder, *on.object, index.method, element, name));
    names.push_back(std::move(name));
  }
  for (const auto* element : nodes<::IndexElem>(statement->indexIncludingParams)) {
    index.include.emplace_back(string_of(element->name));
    names.push_back(index.include.back());
  }
  index.predicate = expr_of(statement->whereClause);
  names = schema::unique_column_names(names);
  const std::string name = statement->idxname ? schema::truncate_name(statement->idxname)
                                              : choose_index_name(builder, index.table, 0, names);
  if (statement->if_not_exists && builder.relations.count({index.table.schema, name})) return;
  index.id = {schema::Kind::Index, index.table.schema, {}, name, {}};
  schema::Index& added = add_index(builder, std::move(index), std::move(names));
  if (on.kind != RelationKind::Table) return;
  const auto& table = static_cast<const schema::Table&>(*on.object);
  if (statement->relation->inh) {
    carry_to_partitions(builder, table, added);
  } else if (!table.partition_key.strategy.empty()) {
    added.valid = builder.attached[&table].children.empty();
  }
}

}  // namespace schemadiff::parser
