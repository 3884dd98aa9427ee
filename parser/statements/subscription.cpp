// CREATE, ALTER and DROP SUBSCRIPTION (subscriptioncmds.c).
#include <algorithm>

#include "parser/statements/address.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "schema/ddl/ddl.h"
#include "schema/object_names.h"

namespace schemadiff::parser {
namespace {

using schema::Subscription;

// defGetStreamingMode: a boolean or "parallel".
std::string streaming_of(const ::DefElem* option) {
  if (upper(option_text(option)) == "PARALLEL") return "parallel";
  return option_bool(option) ? "on" : "off";
}

void set_options(Subscription& subscription, const ::List* options) {
  for (const auto* option : nodes<::DefElem>(options)) {
    const std::string_view name = option->defname;
    if (name == "enabled") subscription.enabled = option_bool(option);
    if (name == "slot_name") {
      subscription.slot = option_text(option);
      if (subscription.slot == "none") subscription.slot.clear();
    }
    if (name == "synchronous_commit") subscription.synchronous_commit = option_text(option);
    if (name == "binary") subscription.binary = option_bool(option);
    if (name == "streaming") subscription.streaming = streaming_of(option);
    if (name == "two_phase") subscription.two_phase = option_bool(option);
    if (name == "disable_on_error") subscription.disable_on_error = option_bool(option);
    if (name == "password_required") subscription.password_required = option_bool(option);
    if (name == "run_as_owner") subscription.run_as_owner = option_bool(option);
    if (name == "origin") subscription.origin = option_text(option);
    if (name == "failover") subscription.failover = option_bool(option);
  }
}

void set_connection(Context& context, Subscription& subscription, const char* connection) {
  subscription.has_password = false;
  subscription.connection = schema::without_password(connection, subscription.has_password);
  schema::note_password(subscription, context.builder.catalog);
}

}  // namespace

void apply_create_subscription(Context& context, const void* node) {
  const auto* statement = as<::CreateSubscriptionStmt>(node);
  Subscription subscription;
  subscription.id = {
      schema::Kind::Subscription, {}, {}, schema::truncate_name(statement->subname), {}};
  subscription.span = context.span;
  subscription.slot = subscription.id.name;
  subscription.enabled = true;
  for (const auto* option : nodes<::DefElem>(statement->options))
    if (option->defname == std::string_view("connect") && !option_bool(option))
      subscription.enabled.reset();  // it cannot be then, which is no wish
  set_options(subscription, statement->options);
  subscription.publications = names_of(statement->publication);
  set_connection(context, subscription, statement->conninfo);
  context.builder.add(std::move(subscription));
}

void apply_alter_subscription(Context& context, const void* node) {
  const auto* statement = as<::AlterSubscriptionStmt>(node);
  Subscription& subscription =
      require_named(context.builder.catalog.subscriptions, "subscription", statement->subname);
  std::vector<std::string> named = names_of(statement->publication);
  std::vector<std::string>& all = subscription.publications;
  switch (statement->kind) {
    case ALTER_SUBSCRIPTION_OPTIONS:
    case ALTER_SUBSCRIPTION_ENABLED:
      return set_options(subscription, statement->options);
    case ALTER_SUBSCRIPTION_CONNECTION:
      return set_connection(context, subscription, statement->conninfo);
    case ALTER_SUBSCRIPTION_SET_PUBLICATION:
      all = std::move(named);
      return;
    case ALTER_SUBSCRIPTION_ADD_PUBLICATION:
      all.insert(all.end(), named.begin(), named.end());
      return;
    case ALTER_SUBSCRIPTION_DROP_PUBLICATION:
      std::erase_if(all, [&](const std::string& name) {
        return std::find(named.begin(), named.end(), name) != named.end();
      });
      return;
    case ALTER_SUBSCRIPTION_REFRESH:
    case ALTER_SUBSCRIPTION_SKIP:
      return;
  }
}

void apply_drop_subscription(Context& context, const void* node) {
  const auto* statement = as<::DropSubscriptionStmt>(node);
  auto& subscriptions = context.builder.catalog.subscriptions;
  if (statement->missing_ok &&
      !subscriptions.contains({schema::Kind::Subscription, {}, {}, statement->subname, {}}))
    return;
  subscriptions.erase(
      schema::ObjectId(require_named(subscriptions, "subscription", statement->subname).id));
}

}  // namespace schemadiff::parser
