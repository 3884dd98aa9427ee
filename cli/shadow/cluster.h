// A private PostgreSQL server, for as long as it is needed.
#pragma once

#include <filesystem>
#include <string>

#include "cli/shadow/programs.h"

namespace schemadiff::cli {

// On a Unix socket alone, in a directory of its own that others may not enter. Both are gone with
// the value, and with this process however it ends: a keeper process sees the closing of a pipe.
// Servers refuse to run as root: root's run as the user postgres, or nobody.
class Cluster {
 public:
  // Throws Error when the server does not start.
  explicit Cluster(const ServerPrograms& programs);
  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  std::string conninfo() const;  // of its superuser

  // A new directory that the server may write to; its full path.
  std::string make_directory();

 private:
  bool start_with_template(const std::filesystem::path& kept) const;
  void initialise(const std::filesystem::path& kept) const;
  bool start() const;
  bool keeper_does(const std::string& word) const;
  std::filesystem::path data() const { return directory_ / "data"; }
  void stop();

  std::filesystem::path directory_;
  int commands_ = -1;  // the keeper reads words from its other end, and cleans up when it closes
  int answers_ = -1;   // the keeper's: a line for each word
  int keeper_ = -1;    // process id
  int directories_ = 0;
};

}  // namespace schemadiff::cli
