// A throwaway PostgreSQL cluster on a Unix socket.
#pragma once

#include <filesystem>
#include <string>

#include "tests/support/process.h"

namespace schemadiff::testing {

// Lives as long as the value does, and no longer than the process, however that ends.
class Cluster {
 public:
  // Of the server whose programs are in the directory.
  // `module`: a shared library that the server preloads; empty: none.
  explicit Cluster(const std::filesystem::path& programs, const std::filesystem::path& module = {});
  // Another one of the build's own server, which can have standbys, or is the standby of a primary.
  struct Replicated {
    const Cluster* primary = nullptr;
  };
  explicit Cluster(Replicated role);
  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  // libpq's keyword string for a database of the cluster.
  std::string conninfo(const std::string& database) const;

  // A fresh database, in the place of one of the same name. Throws when the server refuses.
  void create_database(const std::string& name,
                       const std::string& from_template = "template0") const;
  void drop_database(const std::string& name) const;

  // Runs SQL with ON_ERROR_STOP; errors are in the result's `err`.
  Result psql(const std::string& database, const std::string& sql) const;
  Result psql_file(const std::string& database, const std::filesystem::path& file) const;

  // `pg_dump --schema-only`; throws when it fails.
  std::string dump(const std::string& database) const;

 private:
  struct Settings {
    std::filesystem::path module;  // empty: none
    bool replicated = false;
  };
  void initialise(const std::filesystem::path& programs, const Cluster* primary) const;
  void start(const std::filesystem::path& programs, const Settings& settings);
  void stop();
  void copy_subscriptions(const std::string& from, const std::string& to) const;

  std::filesystem::path directory_;
  int lifeline_ = -1;  // the server's keeper reads its other end, and sees its closing
  int keeper_ = -1;    // process id
};

// With the roles of fixtures/roles.sql.
void create_roles(const Cluster& cluster);

// The cluster of this test process, of the build's own server, started at the first call, with the
// roles of fixtures/roles.sql.
const Cluster& shared_cluster();

}  // namespace schemadiff::testing
