// Ctrl-C while statements run: once, and the run ends where it is safe; twice, and it ends at once.
#pragma once

#include <array>

#include "schema/introspect/session.h"

namespace schemadiff::engine {

struct Interrupted : Error {
  Interrupted() : Error("interrupted", "run again to go on") {}
};

// While one lives, the first SIGINT, SIGTERM or SIGHUP is remembered, the second cancels the
// statement that runs in the session, and a third does what it does. One at a time, of the main
// thread; what signals did before, they do afterwards.
class StopSignal {
 public:
  explicit StopSignal(const schema::introspection::Session& session);
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  // Throws Interrupted when a signal has come.
  static void check();
  static bool requested();

  // Sleeps, and throws Interrupted when a signal comes.
  static void sleep(double seconds);

 private:
  std::array<void (*)(int), 3> before_{};
};

}  // namespace schemadiff::engine
