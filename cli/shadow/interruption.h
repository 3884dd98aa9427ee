// Ctrl-C while something is there that has to be put away first.
#pragma once

namespace schemadiff::cli {

// While one lives, SIGINT, SIGTERM and SIGHUP wait for its end, and then do what they do. One at a
// time, of the main thread.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  // Throws Error when a signal is waiting.
  static void check();
};

}  // namespace schemadiff::cli
