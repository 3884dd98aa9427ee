// What statements are seen to do to the relations of a database: which locks they take, what they
// read in full and what they write anew.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/support/cluster.h"

namespace schemadiff::testing {

using Oid = unsigned;

struct Relation {
  std::string name;        // quoted, qualified
  std::string belongs_to;  // the table of an index, a TOAST table or an owned sequence
  std::string file;        // pg_relation_filenode; empty: nothing is stored, or a sequence
  long scans = 0;          // of all of it, by this session and not yet reported to the server
};

// The user's relations of a database.
using Relations = std::map<Oid, Relation>;

// How modes of pg_locks rise; -1: none of them. "ACCESS SHARE" is the weakest, 0.
int strength(const std::string& mode);

struct Seen {
  Relations before;
  std::map<Oid, std::string> locks;  // of relations that were there: the strongest mode of each
  std::set<Oid> read;                // those of them that were read in full, or an index of theirs
  std::set<std::string> rewritten;   // names of relations that are stored in a new file
};

// An empty database whose sessions have a time zone in which timestamps with and without it differ,
// also in how they are stored.
void create_watched_database(const Cluster& cluster, const std::string& name);

// Sessions on one database.
class Watch {
 public:
  // `search_path`: a list as SET takes it.
  Watch(const std::string& conninfo, const std::string& search_path);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  Relations relations();
  void execute(const std::string& sql);
  bool holds(const std::string& condition);

  // Runs the statements in one transaction. Throws what the server says, after ROLLBACK.
  Seen in_transaction(const std::vector<std::string>& statements);

  // Runs a statement outside of a transaction block, with something in its way on the table while
  // its locks are looked at. Throws when it does not wait.
  Seen alone(const std::string& statement, const std::string& table);

  // Whether the server refuses the statement because it is in a transaction block.
  bool is_refused_in_transaction(const std::string& statement);

 private:
  struct Sessions;
  std::unique_ptr<Sessions> sessions_;
};

}  // namespace schemadiff::testing
