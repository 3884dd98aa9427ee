#include "cli/shadow/interruption.h"

#include <csignal>

#include "schema/error.h"

namespace schemadiff::cli {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

// Signal handlers have no other way to tell.
volatile std::sig_atomic_t waiting = 0;

void remember(int signal) { waiting = signal; }

}  // namespace

Interruption::Interruption() {
  for (const int signal : kSignals)
    if (std::signal(signal, remember) == SIG_IGN) std::signal(signal, SIG_IGN);
}

Interruption::~Interruption() {
  for (const int signal : kSignals)
    if (std::signal(signal, SIG_DFL) == SIG_IGN) std::signal(signal, SIG_IGN);
  if (waiting) std::raise(waiting);
}

void Interruption::check() {
  if (waiting) throw Error("interrupted");
}

}  // namespace schemadiff::cli
