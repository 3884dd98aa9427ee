// How far the server has come with an index that another session builds.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace schemadiff::engine {

struct BuildProgress {
  std::string phase;            // the server's words: "building index: scanning table"
  std::optional<double> share;  // of the phase, 0 to 1; none: not known
  int waits_for = 0;            // the backend whose transaction has to end first; 0: none
};

// While one lives, a connection of its own looks every second, and tells from a thread of its own.
// Where there is no second connection to be had, nothing is told.
class BuildWatch {
 public:
  BuildWatch(std::string conninfo, int backend, std::function<void(const BuildProgress&)> tell);
  ~BuildWatch();
  BuildWatch(const BuildWatch&) = delete;
  BuildWatch& operator=(const BuildWatch&) = delete;

 private:
  void look();
  bool is_over();  // after a second, or at once when it is

  std::string conninfo_;
  int backend_;
  std::function<void(const BuildProgress&)> tell_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace schemadiff::engine
