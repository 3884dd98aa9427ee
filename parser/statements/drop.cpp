// DROP of every kind.
#include <set>

#include "parser/removal.h"
#include "parser/statements/address.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "parser/statements/table_parts.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;

void drop_extension(Builder& builder, const schema::Object& extension) {
  builder.extension_schemas.erase(extension.id.name);
  builder.catalog.extensions.erase(schema::ObjectId(extension.id));
}

void drop_object(Context& context, schema::Object& object, bool cascade) {
  Builder& builder = context.builder;
  switch (object.id.kind) {
    case Kind::Schema:
      remove_schema(builder, object.id.name, cascade);
      return;
    case Kind::Extension:
      drop_extension(builder, object);
      return;
    case Kind::Routine:
    case Kind::Aggregate:
      remove_routine(builder, object, cascade);
      return;
    case Kind::Trigger:
      builder.catalog.triggers.erase(schema::ObjectId(object.id));
      return;
    case Kind::Collation:
    case Kind::Language:
    case Kind::Transform:
    case Kind::AccessMethod:
    case Kind::TextSearchParser:
    case Kind::TextSearchTemplate:
    case Kind::TextSearchDictionary:
    case Kind::TextSearchConfiguration:
    case Kind::Publication:
    case Kind::Subscription:
    case Kind::Operator:
    case Kind::OperatorClass:
    case Kind::Cast:
    case Kind::Conversion:
      remove_plain(builder, object.id);
      return;
    case Kind::ForeignServer:
      remove_server(builder, std::string(object.id.name), cascade);
      return;
    case Kind::ForeignDataWrapper:
      remove_wrapper(builder, std::string(object.id.name), cascade);
      return;
    case Kind::OperatorFamily:
      std::erase_if(builder.catalog.operator_classes, [&](const auto& entry) {
        return entry.second.family == name_of(object) && entry.first.args == object.id.args;
      });
      remove_plain(builder, object.id);
      return;
    case Kind::Rule:
      builder.catalog.rules.erase(schema::ObjectId(object.id));
      return;
    case Kind::Statistics:
      builder.catalog.statistics.erase(schema::ObjectId(object.id));
      return;
    case Kind::EventTrigger:
      builder.catalog.event_triggers.erase(schema::ObjectId(object.id));
      return;
    case Kind::Policy:
      builder.catalog.policies.erase(schema::ObjectId(object.id));
      return;
    case Kind::Enum:
    case Kind::Domain:
    case Kind::Composite:
    case Kind::Range:
    case Kind::BaseType:
      remove_type(builder, name_of(object), cascade);
      return;
    default: {
      const auto found = builder.relations.find(name_of(object));
      if (found == builder.relations.end()) return;
      const Relation relation = found->second;
      remove_relation(builder, relation, cascade);
    }
  }
}

// Tables that are dropped together need no CASCADE for what ties them to each other.
void untie(Builder& builder, const std::vector<schema::Object*>& objects) {
  std::set<schema::QualifiedName> dropped;
  for (const schema::Object* object : objects)
    if (object->id.kind == Kind::Table) dropped.insert(name_of(*object));
  const auto is_dropped = [&](schema::QualifiedName name) {
    while (!name.empty() && !dropped.contains(name)) name = builder.table(name).partition_of;
    return !name.empty();
  };
  for (schema::Object* object : objects) {
    if (object->id.kind != Kind::Table) continue;
    auto& table = static_cast<schema::Table&>(*object);
    std::vector<schema::Constraint*> keys;
    for_each_constraint(builder, table, [&](schema::Constraint& key) {
      if (key.contype == 'f' && is_dropped(key.referenced_table)) keys.push_back(&key);
    });
    for (schema::Constraint* key : keys) remove_constraint(builder, *key, true);
    std::erase_if(table.inherits, [&](const schema::QualifiedName& parent) {
      if (!is_dropped(parent)) return false;
      std::erase(builder.attached[&builder.table(parent)].children, &table);
      return true;
    });
  }
}

// What the statement drops; nothing for what is not there IF EXISTS, which covers the table of a
// trigger or a policy and the type of an argument, too. Throws Missing.
schema::Object* find_dropped(const Builder& builder, const ::DropStmt* statement,
                             const ::Node* address, bool missing_ok) {
  try {
    return find_object(builder, statement->removeType, address, missing_ok);
  } catch (const Missing&) {
    if (!missing_ok) throw;
    return nullptr;
  }
}

}  // namespace

void apply_drop(Context& context, const void* node) {
  const auto* statement = as<::DropStmt>(node);
  Builder& builder = context.builder;
  const nodes<::Node> objects(statement->objects);
  const std::string_view unmodelled = unmodelled_kind(statement->removeType);
  bool missing_ok = statement->missing_ok;
  if (unmodelled.empty() && objects.size() > 1) {
    std::vector<schema::Object*> together;
    if (context.done == 0)
      for (const auto* address : objects)
        if (auto* found = find_dropped(builder, statement, address, missing_ok))
          together.push_back(found);
    untie(builder, together);
    missing_ok = true;  // one may go with another
  }
  std::size_t part = 0;
  for (const auto* address : objects) {
    if (part++ < context.done) continue;
    if (!unmodelled.empty()) {
      const std::string name = address_text(address);
      auto& list = builder.catalog.unmodelled;
      const auto before = list.size();
      std::erase_if(list,
                    [&](const auto& item) { return item.kind == unmodelled && item.name == name; });
      if (list.size() == before && !missing_ok) {
        add_unmodelled(context, std::string(unmodelled), name, "drop");
      }
    } else if (auto* object = find_dropped(builder, statement, address, missing_ok)) {
      drop_object(context, *object, statement->behavior == DROP_CASCADE);
    }
    context.done = part;
  }
}

}  // namespace schemadiff::parser
