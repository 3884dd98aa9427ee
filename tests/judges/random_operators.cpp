// Collations, operators, casts and text search of random schemas.
#include <algorithm>

#include "tests/judges/random_world.h"

namespace schemadiff::testing {
namespace {

void finish(Piece& piece, const std::string& kind, const std::string& word) {
  piece.kind = kind;
  piece.key = kind + " " + piece.name;
  piece.address = word + " " + piece.name;
}

}  // namespace

bool make_collation(World& world, Piece& piece) {
  name_it(world, piece, "coll");
  finish(piece, "collation", "COLLATION");
  static const std::vector<std::string> forms{" (LOCALE = 'C')",
                                              " (LC_COLLATE = 'C', LC_CTYPE = 'POSIX')",
                                              " (PROVIDER = icu, LOCALE = 'de')",
                                              " (PROVIDER = icu, LOCALE = 'en-u-kn-true')",
                                              " FROM \"C\"",
                                              " (LOCALE = 'POSIX')"};
  piece.text = "CREATE COLLATION " + piece.name + world.any(forms);
  return true;
}

// With the function that it calls.
bool make_operator(World& world, Piece& piece) {
  static const std::vector<std::string> symbols{"===", "<~>", "@#@", "~~>", "<+>"};
  const std::size_t choice = world.pick(symbols.size());
  const bool again = !piece.name.empty();
  name_it(world, piece, "op");
  if (!again) piece.name = schema_of(piece.name) + "." + symbols[choice];
  finish(piece, "operator", "OPERATOR");
  piece.address += " (integer, integer)";
  const bool commutator = world.one_in(2);
  const bool estimated = world.one_in(2);
  const bool hashes = world.one_in(4);
  const bool swapped = world.one_in(3);
  const std::string name = last_of(piece.name);
  const auto place = std::find(symbols.begin(), symbols.end(), name) - symbols.begin();
  const std::string body = schema_of(piece.name) + ".compare_" + std::to_string(place);
  piece.text = "CREATE FUNCTION " + body +
               "(a integer, b integer) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN " +
               (swapped ? "b = a" : "a = b");
  piece.after = {"CREATE OPERATOR " + piece.name + " (FUNCTION = " + body +
                 ", LEFTARG = integer, RIGHTARG = integer" +
                 (commutator ? ", COMMUTATOR = OPERATOR(" + piece.name + ")" : "") +
                 (estimated ? ", RESTRICT = eqsel, JOIN = eqjoinsel" : "") +
                 (hashes ? ", HASHES" : "") + ")"};
  return true;
}

// From an enum to integer, with the function that makes it.
bool make_cast(World& world, Piece& piece) {
  std::vector<const Piece*> enums = world.of_kind("type");
  std::erase_if(enums, [](const Piece* type) { return !type->result.starts_with("enum"); });
  if (enums.empty()) return false;
  const std::size_t choice = world.pick(enums.size());
  if (piece.within.empty()) piece.within = enums[choice]->key;
  const Piece* type = world.find(piece.within);
  if (type == nullptr || !type->result.starts_with("enum")) return false;
  piece.kind = "cast";
  piece.key = "cast " + type->name;
  piece.needs = {type->key + ":" + type->result};
  piece.address = "CAST (" + type->name + " AS integer)";
  const std::string context = world.any(std::vector<std::string>{"", " AS ASSIGNMENT"});
  const std::string value = world.any(std::vector<std::string>{"1", "2"});
  piece.text = "CREATE FUNCTION number_of(" + type->name +
               ") RETURNS integer LANGUAGE sql IMMUTABLE RETURN " + value;
  piece.after = {"CREATE CAST (" + type->name + " AS integer) WITH FUNCTION number_of(" +
                 type->name + ")" + context};
  return true;
}

bool make_operator_class(World& world, Piece& piece) {
  name_it(world, piece, "oc");
  finish(piece, "operator class", "OPERATOR CLASS");
  piece.address += " USING btree";
  const std::size_t third = world.pick(3);
  piece.text = "CREATE OPERATOR CLASS " + piece.name +
               " FOR TYPE integer USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, "
               "OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer)";
  if (third == 0) piece.text += ", FUNCTION 2 btint4sortsupport(internal)";
  if (third == 1) piece.text += ", FUNCTION 4 btequalimage(oid)";
  return true;
}

bool make_conversion(World& world, Piece& piece) {
  name_it(world, piece, "conv");
  finish(piece, "conversion", "CONVERSION");
  piece.text = "CREATE CONVERSION " + piece.name +
               (world.one_in(2) ? " FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8"
                                : " FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1");
  return true;
}

bool make_dictionary(World& world, Piece& piece) {
  name_it(world, piece, "dict");
  finish(piece, "dictionary", "TEXT SEARCH DICTIONARY");
  static const std::vector<std::string> forms{"simple",
                                              "simple, stopwords = english",
                                              "simple, accept = false",
                                              "snowball, language = english",
                                              "snowball, language = german, stopwords = german",
                                              "synonym, synonyms = synonym_sample"};
  piece.text =
      "CREATE TEXT SEARCH DICTIONARY " + piece.name + " (TEMPLATE = " + world.any(forms) + ")";
  return true;
}

bool make_configuration(World& world, Piece& piece) {
  name_it(world, piece, "cfg");
  finish(piece, "configuration", "TEXT SEARCH CONFIGURATION");
  const bool copied = world.one_in(2);
  const auto own = world.of_kind("dictionary");
  piece.text = "CREATE TEXT SEARCH CONFIGURATION " + piece.name +
               (copied ? " (COPY = pg_catalog.simple)" : " (PARSER = \"default\")");
  const auto dictionary = [&] {
    const std::size_t choice = world.pick(own.size() + 2);
    if (choice < own.size()) {
      piece.needs.push_back(own[choice]->key);
      return own[choice]->name;
    }
    return std::string(choice == own.size() ? "simple" : "english_stem");
  };
  for (const char* token : {"asciiword", "word, numword", "email", "url, host"}) {
    const bool there = world.one_in(2);
    const std::string first = dictionary();
    const std::string second = dictionary();
    if (!there) continue;
    piece.after.push_back("ALTER TEXT SEARCH CONFIGURATION " + piece.name +
                          (copied ? " ALTER" : " ADD") + " MAPPING FOR " + token + " WITH " +
                          first + (first == second ? "" : ", " + second));
  }
  return true;
}

}  // namespace schemadiff::testing
