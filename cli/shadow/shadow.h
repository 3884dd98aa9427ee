// A schema's SQL as a server reads it: loaded into a scratch database, and introspected.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cli/shadow/cluster.h"
#include "cli/shadow/scratch.h"
#include "schema/catalog.h"

namespace schemadiff::cli {

// What the server made of a schema.
struct ReadBack {
  // Analysed. Places, files, notes and what is not modelled are those of the schema that was
  // loaded; so is whether it says owners and privileges.
  schema::Catalog catalog;
  int version = 0;  // the server's, as Catalog::server_version
  // Objects that the server could not take because something that they need is missing there: they
  // are in `catalog` as static analysis has them.
  std::set<schema::ObjectId> not_loaded;
  std::vector<std::string> notes;  // one sentence each
};

// The server on which scratch databases are made.
class Shadow {
 public:
  // A server of our own, of the major version if there is one on this machine; 0: any.
  static Shadow ephemeral(int major);
  // One that is there: its scratch databases are like the database that the conninfo names.
  static Shadow on_server(std::string conninfo);

  // The schema, analysed, as this server has it after loading its canonical dump. `owners` and
  // `privileges`: whether they are loaded, as far as the schema says them. Throws Error: a
  // statement that the server refuses, with the place in the user's files; roles and tablespaces
  // that a server which is not ours does not have; no permission to create a database.
  ReadBack read_back(const schema::Catalog& desired, bool owners, bool privileges) const;

  // The same without reading it back: the database that holds it. Fills `result` but for its
  // catalog.
  std::unique_ptr<ScratchDatabase> load(const schema::Catalog& desired, bool owners,
                                        bool privileges, ReadBack& result) const;

  // "PostgreSQL 15.20 (ephemeral)", "database scratch on db.example"; no secrets.
  const std::string& description() const { return description_; }

 private:
  Shadow() = default;
  std::unique_ptr<Cluster> cluster_;  // null when the server is not ours
  std::string conninfo_;
  std::string description_;
};

// Definitions that analysis could not resolve wholly are the texts of one version of the server on
// both sides: equal when the texts are. Leaves out those of `except`.
void trust_texts(schema::Catalog& catalog, const std::set<schema::ObjectId>& except);

}  // namespace schemadiff::cli
