// CREATE TABLE, in the order in which the server makes a table's parts.
#include <algorithm>

#include "parser/indexes.h"
#include "parser/partitions.h"
#include "parser/references.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "parser/statements/table_parts.h"
#include "parser/trigger_states.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Column;
using schema::Kind;
using schema::QualifiedName;
using schema::Table;

// A column that gets a sequence.
struct SequenceColumn {
  std::string name;
  bool serial = false;
  const void* identity = nullptr;
};

struct Parts {
  std::vector<std::string> own;  // the columns of the list
  std::vector<SequenceColumn> sequences;
  std::vector<WrittenConstraint> constraints;  // of columns and of the table, in order
  std::vector<const ::TableLikeClause*> likes;
};

schema::PartitionKey read_partition_key(const Builder& builder, const Table& table,
                                        const ::PartitionSpec* spec) {
  schema::PartitionKey key;
  if (!spec) return key;
  for (const char* c = spec->strategy; *c; ++c) {
    key.strategy += *c >= 'A' && *c <= 'Z' ? static_cast<char>(*c + 32) : *c;
  }
  for (const auto* part : nodes<::PartitionElem>(spec->partParams)) {
    schema::KeyElement element;
    const char* name = part->name;
    if (!name && is(part->expr, T_ColumnRef)) {
      const nodes<::Node> fields(as<::ColumnRef>(part->expr)->fields);
      if (fields.size() == 1 && is(fields[0], T_String)) name = as<::String>(fields[0])->sval;
    }
    if (name) {
      element.column = name;
      const Column* column = table.find(element.column);
      if (!column)
        throw Missing("column \"" + element.column + "\" of the partition key does not exist");
      element.collation = resolve_collation(builder, part->collation);
      if (element.collation == column->collation) element.collation = {};
    } else {
      element.expression = expr_of(part->expr);
      element.collation = resolve_collation(builder, part->collation);
    }
    const Column* column = table.find(element.column);
    element.opclass =
        resolve_opclass(builder, key.strategy == "hash" ? "hash" : "btree", part->opclass,
                        column ? std::string_view(column->type.sql) : std::string_view());
    key.elements.push_back(std::move(element));
  }
  return key;
}

void read_typed_columns(const Builder& builder, Table& table, const ::TypeName* type) {
  const auto* found = builder.find_type(qualified(type->names));
  if (!found || !found->second.object || found->second.object->id.kind != Kind::Composite) {
    throw Missing("type " + schema::quote_qualified(qualified(type->names)) + " does not exist");
  }
  table.of_type = found->first;
  for (const auto& attribute :
       static_cast<const schema::Composite&>(*found->second.object).columns) {
    Column column;
    column.name = attribute.name;
    column.type = attribute.type;
    column.collation = attribute.collation;
    column.span = table.span;
    table.columns.push_back(std::move(column));
  }
}

// A column of the list, merged into one that the table has from a parent or its type.
void merge_column(Table& table, WrittenColumn& written, bool own) {
  Column* column = table.find(written.column.name);
  if (!column) {
    if (!own && written.column.type.empty()) {
      throw Error("column \"" + written.column.name + "\" does not exist");
    }
    table.columns.push_back(std::move(written.column));
    return;
  }
  if (!column->not_null) column->not_null_name = written.column.not_null_name;
  column->not_null = column->not_null || written.column.not_null;
  if (!written.column.default_value.empty()) column->default_value = written.column.default_value;
  if (!written.column.generated.empty()) column->generated = written.column.generated;
  if (!written.column.compression.empty()) column->compression = written.column.compression;
  if (!written.column.storage.empty()) column->storage = written.column.storage;
  if (!written.column.comment.empty()) column->comment = written.column.comment;
  column->span = written.column.span;
  if (table.partition_of.empty()) column->local = true;
}

// `from_above`: the table has columns of parents or of its type, into which those of the list
// merge.
void claim_name(const std::string& column, const Table& table, bool from_above, Parts& parts) {
  const bool twice = from_above
                         ? std::find(parts.own.begin(), parts.own.end(), column) != parts.own.end()
                         : table.find(column) != nullptr;
  if (twice) throw Error("column \"" + column + "\" specified more than once");
  if (from_above) parts.own.push_back(column);
}

void read_elements(Context& context, Table& table, const ::CreateStmt* statement, Parts& parts) {
  const auto elements = nodes<::Node>(statement->tableElts);
  std::size_t count = table.columns.size();
  for (const auto* element : elements) count += element->type == T_ColumnDef;
  table.columns.reserve(count);
  const bool from_above =
      !table.inherits.empty() || !table.partition_of.empty() || !table.of_type.empty();
  for (const auto* element : elements) {
    switch (element->type) {
      case T_ColumnDef: {
        WrittenColumn written = read_column(context, table, element);
        for (const auto& constraint : written.constraints) parts.constraints.push_back(constraint);
        const std::string& name = written.column.name;
        claim_name(name, table, from_above, parts);
        if (written.serial || written.identity) {
          parts.sequences.push_back({name, written.serial, written.identity});
        }
        merge_column(table, written, true);
        break;
      }
      case T_Constraint: {
        const auto* constraint = as<::Constraint>(element);
        parts.constraints.push_back(
            {constraint, {}, constraint->deferrable, constraint->initdeferred});
        break;
      }
      case T_TableLikeClause:
        for (Column& column : like_columns(context, table, element)) {
          WrittenColumn copied;
          copied.column = std::move(column);
          claim_name(copied.column.name, table, from_above, parts);
          merge_column(table, copied, true);
        }
        parts.likes.push_back(as<::TableLikeClause>(element));
        break;
      default:
        break;
    }
  }
}

// UNIQUE (a) beside PRIMARY KEY (a) makes one index (transformIndexConstraints).
void drop_redundant(std::vector<WrittenConstraint>& constraints) {
  const auto columns = [](const WrittenConstraint& c) {
    const auto* node = as<::Constraint>(c.node);
    return node->keys ? names_of(node->keys) : std::vector<std::string>{c.column};
  };
  std::vector<WrittenConstraint> kept;
  for (const WrittenConstraint& constraint : constraints) {
    const auto* node = as<::Constraint>(constraint.node);
    const auto same = [&](const WrittenConstraint& other) {
      const auto* prior = as<::Constraint>(other.node);
      return node->contype == CONSTR_UNIQUE && prior->contype != CONSTR_EXCLUSION &&
             columns(constraint) == columns(other) &&
             names_of(node->including) == names_of(prior->including) &&
             node->nulls_not_distinct == prior->nulls_not_distinct &&
             constraint.deferrable == other.deferrable &&
             constraint.initially_deferred == other.initially_deferred &&
             !(node->conname && prior->conname);
    };
    const auto twin = std::find_if(kept.begin(), kept.end(), same);
    if (twin == kept.end()) {
      kept.push_back(constraint);
    } else if (node->conname && !as<::Constraint>(twin->node)->conname) {
      // The server would name the kept one after this; both name the same columns.
      const_cast<::Constraint*>(as<::Constraint>(twin->node))->conname = node->conname;
    }
  }
  constraints = std::move(kept);
}

std::vector<WrittenConstraint> index_constraints(
    const std::vector<WrittenConstraint>& constraints) {
  std::vector<WrittenConstraint> found;
  for (const auto& c : constraints) {
    if (as<::Constraint>(c.node)->contype == CONSTR_PRIMARY) found.push_back(c);
  }
  for (const auto& c : constraints) {
    if (is_index_constraint(c.node) && as<::Constraint>(c.node)->contype != CONSTR_PRIMARY) {
      found.push_back(c);
    }
  }
  drop_redundant(found);
  return found;
}

Table& create(Context& context, const ::CreateStmt* statement, Table table, const Parts& parts) {
  Builder& builder = context.builder;
  for (const SequenceColumn& column : parts.sequences) {
    add_column_sequence(context, table, *table.find(column.name), column.serial, column.identity);
  }
  Table& added = builder.add(std::move(table));
  builder.enter_relation(added, RelationKind::Table, name_of(added));
  builder.enter_type(&added, name_of(added));
  for (const Column& column : added.columns) {
    if (column.identity) {
      builder.enter_relation(added, RelationKind::IdentitySequence, column.identity_sequence);
    }
  }
  for (const QualifiedName& parent : added.inherits) {
    builder.attached[&builder.table(parent)].children.push_back(&added);
  }
  if (!added.partition_of.empty()) {
    Table& parent = builder.table(added.partition_of);
    builder.attached[&parent].children.push_back(&added);
    carry_indexes_to(builder, parent, added);
    clone_trigger_states(builder, parent, added);
  }
  for (const auto& constraint : parts.constraints) {
    if (is_check(constraint.node)) add_check(context, added, constraint, false);
  }
  for (const auto& constraint : index_constraints(parts.constraints)) {
    add_index_constraint(context, added, constraint, false);
  }
  for (const auto* like : parts.likes) add_like_rest(context, added, like);
  if (statement->oncommit != ONCOMMIT_NOOP)
    add_unmodelled(context, "table", added.id.name, "ON COMMIT");
  return added;
}

// A partition is stored as its table is, if that says how; what holds no rows has an access method
// only where its statement names one (tablecmds.c, DefineRelation).
void read_storage(const Builder& builder, Table& table, const ::CreateStmt* statement) {
  if (!table.server.empty()) return;
  const Table* parent = builder.catalog.table(table.partition_of);
  const char* tablespace = statement->tablespacename;
  if (!tablespace && parent && !parent->tablespace.empty()) tablespace = parent->tablespace.c_str();
  table.tablespace = builder.tablespace_of(tablespace);
  const char* method = statement->accessMethod;
  if (!method && parent && !parent->access_method.empty()) method = parent->access_method.c_str();
  if (method || table.partition_key.strategy.empty())
    table.access_method = builder.access_method_of(method);
}

}  // namespace

void apply_create_table(Context& context, const void* node) {
  const auto* statement = as<::CreateStmt>(node);
  Builder& builder = context.builder;
  if (skip_temporary(context, statement->relation)) return;
  Table table;
  table.id = {Kind::Table,
              builder.creation_schema(string_of(statement->relation->schemaname)),
              {},
              schema::truncate_name(statement->relation->relname),
              {}};
  const QualifiedName name = name_of(table);
  if (context.done == 0 && statement->if_not_exists && builder.relations.count(name)) return;
  table.span = context.span;
  Parts parts;
  if (context.done == 0) {
    if (is(node, T_CreateForeignTableStmt)) {
      const auto* foreign = as<::CreateForeignTableStmt>(node);
      table.server = foreign->servername;
      change_foreign_options(context, table.foreign_options, table.id, foreign->options);
    }
    table.unlogged = statement->relation->relpersistence == 'u';
    table.options = options_of(statement->options);
    for (const auto* range : nodes<::RangeVar>(statement->inhRelations)) {
      const Table& parent = builder.table(qualified(range));
      inherit_columns(table, parent);
      if (statement->partbound) {
        table.partition_of = name_of(parent);
        table.bound = read_bound(builder, parent, statement->partbound);
        hold_checks_above(builder, table);
        for (Column& column : table.columns) column.span = context.span;
      } else {
        table.inherits.push_back(name_of(parent));
      }
    }
    if (statement->ofTypename) read_typed_columns(builder, table, statement->ofTypename);
    read_elements(context, table, statement, parts);
    table.partition_key = read_partition_key(builder, table, statement->partspec);
    read_storage(builder, table, statement);
    try {
      create(context, statement, std::move(table), parts);
    } catch (const Missing& missing) {  // the table is there already: no second try
      throw Error(missing.message, missing.hint);
    }
    context.done = 1;
  } else {
    for (const auto* element : nodes<::Node>(statement->tableElts)) {
      if (element->type == T_ColumnDef) {
        for (auto& c : read_column(context, table, element).constraints)
          parts.constraints.push_back(c);
      } else if (element->type == T_Constraint) {
        const auto* c = as<::Constraint>(element);
        parts.constraints.push_back({c, {}, c->deferrable, c->initdeferred});
      }
    }
  }
  std::size_t part = 0;
  for (const auto& constraint : parts.constraints) {
    if (!is_foreign_key(constraint.node)) continue;
    ++part;
    if (context.done > part) continue;
    add_foreign_key(context, builder.table(name), constraint, false);
    context.done = part + 1;
  }
}

}  // namespace schemadiff::parser
