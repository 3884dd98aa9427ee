// Passwords that are not part of a schema.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict secrets_left_out(const Subject& s) {
  const auto has_password = [](const Subscription* subscription) {
    return subscription && subscription->has_password;
  };
  if (s.operation.op == Op::SetConnection &&
      (has_password(s.before<Subscription>()) || has_password(s.after<Subscription>())))
    return fires(
        "The connection is set without its password, which is never shown: put it into the "
        "statement.",
        Risk::High);
  if (s.makes(Kind::Subscription) && has_password(s.after<Subscription>()))
    return fires("The password of the connection has to be set by hand: it is never shown.");
  if (!s.makes(Kind::UserMapping)) return kSilent;
  return fires(
      "Options that are secrets, such as a password, have to be set by hand: they are never "
      "shown.");
}

}  // namespace schemadiff::engine::rules
