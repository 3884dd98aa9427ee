// DDL of subscriptions, and their connection strings without passwords.
#include <algorithm>

#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string boolean(bool value) { return value ? "true" : "false"; }

std::string slot_name(const Subscription& subscription) {
  return subscription.slot.empty() ? "NONE" : quote_literal(subscription.slot);
}

// What of the options differs, as WITH and SET take it; the slot is none of them.
std::vector<std::string> options(const Subscription& before, const Subscription& after) {
  std::vector<std::string> list;
  const auto flag = [&](const char* name, bool Subscription::*member) {
    if (before.*member != after.*member)
      list.push_back(std::string(name) + " = " + boolean(after.*member));
  };
  const auto text = [&](const char* name, std::string Subscription::*member) {
    if (before.*member != after.*member)
      list.push_back(std::string(name) + " = " +
                     quote_literal((after.*member).empty() ? "off" : after.*member));
  };
  flag("binary", &Subscription::binary);
  text("streaming", &Subscription::streaming);
  flag("two_phase", &Subscription::two_phase);
  flag("disable_on_error", &Subscription::disable_on_error);
  text("synchronous_commit", &Subscription::synchronous_commit);
  flag("password_required", &Subscription::password_required);
  flag("run_as_owner", &Subscription::run_as_owner);
  text("origin", &Subscription::origin);
  flag("failover", &Subscription::failover);
  return list;
}

std::string alter(const Subscription& subscription) {
  return "ALTER " + sql_address(subscription.id) + ' ';
}

bool is_uri(std::string_view text) {
  return text.starts_with("postgres://") || text.starts_with("postgresql://");
}

std::string uri_without_password(std::string_view uri, bool& secret) {
  std::string text(uri);
  const std::size_t begin = text.find("://") + 3;
  const std::size_t end = std::min(text.find_first_of("/?", begin), text.size());
  const std::size_t host = text.substr(0, end).rfind('@');
  const std::size_t colon = text.find(':', begin);
  if (host != std::string::npos && host >= begin && colon < host) {
    text.erase(colon, host - colon);
    secret = true;
  }
  const std::size_t query = text.find('?');
  if (query == std::string::npos) return text;
  std::vector<std::string> kept;
  for (std::size_t at = query + 1; at <= text.size();) {
    const std::size_t stop = std::min(text.find('&', at), text.size());
    const std::string item = text.substr(at, stop - at);
    if (is_secret_option(item.substr(0, item.find('='))))
      secret = true;
    else
      kept.push_back(item);
    at = stop + 1;
  }
  text.resize(query);
  return kept.empty() ? text : text + '?' + join(kept, "&");
}

// One keyword = value of a connection string; conninfo_parse in fe-connect.c.
struct Setting {
  std::string keyword;
  std::string_view text;  // as written, value included
};

// Takes the next setting off the front; false at the end or where there is none.
bool take_setting(std::string_view& rest, Setting& setting) {
  constexpr std::string_view kBlank = " \t\n\r\f\v";
  rest.remove_prefix(std::min(rest.find_first_not_of(kBlank), rest.size()));
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos) return false;
  setting.keyword = rest.substr(0, rest.substr(0, equals).find_last_not_of(kBlank) + 1);
  std::size_t at = std::min(rest.find_first_not_of(kBlank, equals + 1), rest.size());
  const bool quoted = at < rest.size() && rest[at] == '\'';
  if (quoted) ++at;
  for (; at < rest.size(); ++at) {
    if (rest[at] == '\\')
      ++at;
    else if (quoted ? rest[at] == '\'' : kBlank.find(rest[at]) != std::string_view::npos)
      break;
  }
  at = std::min(quoted ? at + 1 : at, rest.size());
  setting.text = rest.substr(0, at);
  rest.remove_prefix(at);
  return !setting.keyword.empty();
}

}  // namespace

std::string without_password(std::string_view connection, bool& secret) {
  if (is_uri(connection)) return uri_without_password(connection, secret);
  std::vector<std::string> kept;
  Setting setting;
  std::string_view rest = connection;
  bool found = false;
  while (take_setting(rest, setting)) {
    if (is_secret_option(setting.keyword))
      found = true;
    else
      kept.emplace_back(setting.text);
  }
  if (!rest.empty()) {  // no connection string: nothing of it is safe to show
    secret = true;
    return {};
  }
  secret = secret || found;
  return found ? join(kept, " ") : std::string(connection);
}

void note_password(const Subscription& subscription, Catalog& catalog) {
  if (subscription.has_password)
    catalog.unmodelled.push_back({std::string(kind_label(Kind::Subscription)),
                                  sql_name(subscription.id), "the password of its connection",
                                  subscription.span});
}

Statements create_sql(const Subscription& subscription) {
  std::vector<std::string> with{"connect = false", "slot_name = " + slot_name(subscription)};
  for (std::string& option : options({}, subscription)) with.push_back(std::move(option));
  Statements sql{"CREATE " + sql_address(subscription.id) + "\n  CONNECTION " +
                 quote_literal(subscription.connection) + "\n  PUBLICATION " +
                 name_list(subscription.publications) + "\n  WITH (" + join(with, ", ") + ')'};
  if (subscription.enabled.value_or(false)) sql.push_back(subscription_state_sql(subscription));
  return sql;
}

Statements subscription_options_sql(const Subscription& before, const Subscription& after) {
  std::vector<std::string> changes = options(before, after);
  if (before.slot != after.slot) changes.insert(changes.begin(), "slot_name = " + slot_name(after));
  if (changes.empty()) return {};
  return {alter(after) + "SET (" + join(changes, ", ") + ')'};
}

std::string subscription_connection_sql(const Subscription& subscription) {
  return alter(subscription) + "CONNECTION " + quote_literal(subscription.connection);
}

std::string subscription_publications_sql(const Subscription& subscription) {
  return alter(subscription) + "SET PUBLICATION " + name_list(subscription.publications) +
         " WITH (refresh = false)";
}

std::string subscription_state_sql(const Subscription& subscription) {
  return alter(subscription) + (subscription.enabled.value_or(false) ? "ENABLE" : "DISABLE");
}

// subscriptioncmds.c, DropSubscription: with a slot it contacts the publisher, and refuses to run
// in a transaction block. A slot can be taken away from a disabled subscription only.
Statements drop_statements(const Subscription& subscription) {
  Statements sql;
  if (!subscription.slot.empty())
    sql = {alter(subscription) + "DISABLE", alter(subscription) + "SET (slot_name = NONE)"};
  sql.push_back("DROP " + sql_address(subscription.id));
  return sql;
}

}  // namespace schemadiff::schema
