// CREATE SUBSCRIPTION.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct Subscription : Object {
  static constexpr Kind kKind = Kind::Subscription;
  std::string connection;  // without its passwords; empty: who reads the database may not see it
  bool has_password = false;  // something was left out of `connection`
  std::vector<std::string> publications;  // in the order given
  std::optional<bool> enabled;  // not said by what pg_dump writes
  std::string slot;             // its replication slot at the publisher; empty: none
  std::string synchronous_commit = "off";  // empty: who reads the database may not see it
  bool binary = false;
  // "off" "on" "parallel"; empty: not said, or off before version 18, from which on it is parallel
  // where nothing is said
  std::string streaming;
  bool two_phase = false;
  bool disable_on_error = false;
  bool password_required = true;
  bool run_as_owner = false;
  std::string origin = "any";
  bool failover = false;
  static constexpr auto attributes() {
    return std::make_tuple(
        attribute("connection", &Subscription::connection),
        attribute("publications", &Subscription::publications),
        attribute("enabled", &Subscription::enabled), attribute("slot", &Subscription::slot),
        attribute("synchronous_commit", &Subscription::synchronous_commit),
        attribute("binary", &Subscription::binary),
        attribute("streaming", &Subscription::streaming),
        attribute("two_phase", &Subscription::two_phase, Alter::Replace),
        attribute("disable_on_error", &Subscription::disable_on_error),
        attribute("password_required", &Subscription::password_required),
        attribute("run_as_owner", &Subscription::run_as_owner),
        attribute("origin", &Subscription::origin),
        attribute("failover", &Subscription::failover, Alter::Replace));
  }
};

}  // namespace schemadiff::schema
