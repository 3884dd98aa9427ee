// Columns that hold secrets as they are, by their names.
#include <algorithm>
#include <array>
#include <cctype>

#include "engine/lint/lint.h"

namespace schemadiff::engine::lint_rules {

using namespace schema;

namespace {

constexpr std::array<std::string_view, 10> kSecrets = {
    "password", "passwd",     "passphrase", "token",      "secret",
    "apikey",   "privatekey", "accesskey",  "credential", "pincode"};

// What such words are beside: of the secret no more than a digest, or something about it.
constexpr std::array<std::string_view, 20> kHarmless = {
    "hash",   "digest",  "encrypted", "cipher", "salt",   "hint",    "expires",
    "expiry", "expired", "at",        "id",     "count",  "changed", "reset",
    "type",   "prefix",  "last4",     "sha256", "bcrypt", "argon2"};

// "apiKey_hash" → api key hash
std::vector<std::string> words_of(const std::string& name) {
  std::vector<std::string> words{""};
  bool lower = false;
  for (const unsigned char c : name) {
    if (!std::isalnum(c)) {
      words.emplace_back();
      continue;
    }
    if (std::isupper(c) && lower) words.emplace_back();
    words.back() += static_cast<char>(std::tolower(c));
    lower = std::islower(c);
  }
  std::erase(words, "");
  return words;
}

bool names_secret(const std::string& name) {
  const std::vector<std::string> words = words_of(name);
  bool secret = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (std::find(kHarmless.begin(), kHarmless.end(), words[i]) != kHarmless.end()) return false;
    const std::string pair = i + 1 < words.size() ? words[i] + words[i + 1] : std::string();
    for (const std::string_view word : kSecrets)
      secret = secret || words[i] == word || words[i] == std::string(word) + "s" || pair == word;
  }
  return secret;
}

bool holds_text(const TypeName& type) {
  return type.sql == "text" || type.sql == "bytea" || type.sql == "public.citext" ||
         type.sql.starts_with("character");
}

}  // namespace

void secret_column(Subject& s) {
  s.for_each_column([&](const Table& table, const Column& column) {
    if (names_secret(column.name) && holds_text(column.type))
      s.add(id_of(table, column),
            "By its name it holds a secret: keep a digest of it, or encrypt it, and name it so.");
  });
}

}  // namespace schemadiff::engine::lint_rules
