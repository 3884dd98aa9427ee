// DROP of every kind.
#include "parser/removal.h"
#include "parser/statements/address.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
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
    case Kind::ForeignDataWrapper:
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
      std::erase_if(builder.catalog.user_mappings,
                    [&](const auto& entry) { return entry.first.args == object.id.name; });
      remove_plain(builder, object.id);
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

}  // namespace

void apply_drop(Context& context, const void* node) {
  const auto* statement = as<::DropStmt>(node);
  Builder& builder = context.builder;
  std::size_t part = 0;
  for (const auto* address : nodes<::Node>(statement->objects)) {
    if (part++ < context.done) continue;
    if (const auto kind = unmodelled_kind(statement->removeType); !kind.empty()) {
      const std::string name = address_text(address);
      auto& list = builder.catalog.unmodelled;
      const auto before = list.size();
      std::erase_if(list, [&](const auto& item) { return item.kind == kind && item.name == name; });
      if (list.size() == before && !statement->missing_ok) {
        add_unmodelled(context, std::string(kind), name, "drop");
      }
    } else {
      schema::Object* object = nullptr;
      try {
        object = find_object(builder, statement->removeType, address, statement->missing_ok);
      } catch (const Missing&) {
        // The table of a trigger or a policy, the type of an argument: IF EXISTS covers them.
        if (!statement->missing_ok) throw;
      }
      if (object) drop_object(context, *object, statement->behavior == DROP_CASCADE);
    }
    context.done = part;
  }
}

}  // namespace schemadiff::parser
