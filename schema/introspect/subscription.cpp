// Subscriptions.
#include "schema/ddl/ddl.h"
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

// pg_subscription.substream: a flag before 16, then a letter.
std::string streaming_word(char code) {
  if (code == 'p') return "parallel";
  return code == 't' ? "on" : "off";
}

}  // namespace

void read_subscriptions(Rows& rows, Reading& reading) {
  while (rows.next()) {
    const Oid oid = rows.oid();
    Subscription subscription;
    subscription.synchronous_commit = rows.text();
    const bool may_see_connection = !rows.is_null();
    subscription.connection = without_password(rows.view(), subscription.has_password);
    subscription.id = object_id(Kind::Subscription, {{}, rows.text()});
    if (!may_see_connection)
      reading.catalog.unmodelled.push_back(
          {std::string(kind_label(Kind::Subscription)),
           sql_name(subscription.id),
           oid == 0 ? "connection, synchronous_commit and comment, which only superusers may see"
                    : "connection, which only superusers may see",
           {}});
    subscription.owner = at(reading.roles, rows.oid());
    subscription.enabled = rows.flag();
    subscription.slot = rows.text();
    subscription.publications = rows.texts();
    subscription.binary = rows.flag();
    subscription.streaming = streaming_word(rows.letter());
    if (reading.version < 18 && subscription.streaming == "off") subscription.streaming.clear();
    subscription.two_phase = rows.letter() != 'd';
    subscription.disable_on_error = rows.flag();
    subscription.password_required = rows.flag();
    subscription.run_as_owner = rows.flag();
    subscription.origin = rows.text();
    subscription.failover = rows.flag();
    reading.describe(subscription, {catalogs::kSubscription, oid});
    note_password(subscription, reading.catalog);
    add(reading.catalog.subscriptions, std::move(subscription));
  }
}

}  // namespace schemadiff::schema::introspection
