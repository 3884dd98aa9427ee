// Comments, privileges and owners of random schemas.
#include "tests/judges/random_world.h"

namespace schemadiff::testing {
namespace {

// What a piece is about, by its address; `piece.within` keeps it.
bool stand_at(World& world, Piece& piece, const std::string& kind,
              const std::vector<std::string>& words) {
  std::vector<std::string> addresses;
  for (const Piece& other : world.pieces) {
    if (!other.address.empty() && starts_with_any(other.address, words))
      addresses.push_back(other.address);
  }
  if (addresses.empty()) return false;
  const std::size_t choice = world.pick(addresses.size());
  if (piece.within.empty()) piece.within = addresses[choice];
  piece.kind = kind;
  piece.key = kind + " " + piece.within;
  piece.needs.push_back("at " + piece.within);
  return true;
}

}  // namespace

bool make_comment(World& world, Piece& piece) {
  if (!stand_at(world, piece, "comment", {""})) return false;
  static const std::vector<std::string> texts{"'A comment.'", "'It''s \"quoted\"'",
                                              "E'two\\nlines'", "'back\\slash'", "'€uro'"};
  piece.text = "COMMENT ON " + piece.within + " IS " + world.any(texts);
  return true;
}

bool make_grant(World& world, Piece& piece) {
  if (!stand_at(world, piece, "grant",
                {"TABLE ", "VIEW ", "MATERIALIZED", "SEQUENCE ", "SCHEMA ", "FUNCTION ",
                 "PROCEDURE ", "TYPE ", "DOMAIN ", "COLUMN ", "SERVER "}))
    return false;
  const std::string word = piece.within.substr(0, piece.within.find(' '));
  std::string object = piece.within;
  std::vector<std::string> privileges{"ALL"};
  std::string revoke;
  if (word == "TABLE" || word == "VIEW" || word == "MATERIALIZED") {
    privileges = {"SELECT", "SELECT, INSERT", "UPDATE", "ALL", "DELETE, TRUNCATE", "SELECT"};
    object = object.substr(object.rfind(word == "MATERIALIZED" ? "VIEW " : word) +
                           (word == "MATERIALIZED" ? 5 : word.size() + 1));
    if (word != "VIEW" && world.one_in(6)) privileges = {"SELECT (ctid)", "ALL (xmin, tableoid)"};
  } else if (word == "COLUMN") {
    const std::size_t dot = object.rfind('.');
    const std::string column = object.substr(dot + 1);
    object = object.substr(7, dot - 7);
    privileges = {"SELECT (" + column + ")", "UPDATE (" + column + ")",
                  "SELECT (" + column + "), INSERT (" + column + ")"};
  } else if (word == "SEQUENCE") {
    privileges = {"USAGE", "SELECT, UPDATE", "ALL"};
    if (world.one_in(4)) {
      object = object.substr(word.size() + 1);
      privileges = {"SELECT (last_value)", "ALL (is_called)"};
    }
  } else if (word == "SERVER") {
    object = "FOREIGN " + object;
  } else if (word == "SCHEMA") {
    privileges = {"USAGE", "CREATE", "ALL"};
  } else {
    revoke = "REVOKE ALL ON " + object + " FROM PUBLIC";
  }
  static const std::vector<std::string> roles{"app_reader", "app_writer", "PUBLIC",
                                              "auditor, app_reader"};
  const std::string& privilege = world.any(privileges);
  const std::string& role = world.any(roles);
  const bool option = world.one_in(5) && role != "PUBLIC";
  const bool revoked = world.one_in(3) && !revoke.empty();
  piece.text = revoked ? revoke
                       : "GRANT " + privilege + " ON " + object + " TO " + role +
                             (option ? " WITH GRANT OPTION" : "");
  return true;
}

bool make_owner(World& world, Piece& piece) {
  if (!stand_at(world, piece, "owner",
                {"TABLE ", "SCHEMA ", "FUNCTION ", "PROCEDURE ", "TYPE ", "DOMAIN ", "AGGREGATE ",
                 "VIEW ", "MATERIALIZED ", "COLLATION ", "TEXT SEARCH ", "STATISTICS ", "SERVER ",
                 "FOREIGN TABLE ", "OPERATOR ", "PUBLICATION ", "CONVERSION "}))
    return false;
  static const std::vector<std::string> roles{"app_owner", "app_owner", "app_writer"};
  piece.text = "ALTER " + piece.within + " OWNER TO " + world.any(roles);
  return true;
}

// Of what is made later: the statement comes last.
bool make_default_privileges(World& world, Piece& piece) {
  piece.kind = "default privileges";
  const auto schemas = world.of_kind("schema");
  const std::size_t schema = world.pick(schemas.size() + 2);
  static const std::vector<std::string> targets{"TABLES", "SEQUENCES", "FUNCTIONS", "TYPES"};
  static const std::vector<std::string> roles{"app_reader", "app_writer", "auditor"};
  const std::string& target = world.any(targets);
  const std::string& role = world.any(roles);
  const bool all = world.one_in(2);
  const bool revoke = world.one_in(4) && schema >= schemas.size();
  const std::string place =
      schema < schemas.size() ? " IN SCHEMA " + schemas[schema]->name : std::string();
  if (schema < schemas.size()) piece.needs.push_back(schemas[schema]->key);
  piece.key = "default privileges " + place + target + role;
  const std::string some = target == "TABLES"      ? "SELECT, INSERT"
                           : target == "FUNCTIONS" ? "EXECUTE"
                                                   : "USAGE";
  piece.text =
      "ALTER DEFAULT PRIVILEGES" + place +
      (revoke ? " REVOKE ALL ON " + target + " FROM PUBLIC"
              : " GRANT " + (all ? std::string("ALL") : some) + " ON " + target + " TO " + role);
  return true;
}

}  // namespace schemadiff::testing
