#include "engine/apply/stop.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string_view>
#include <thread>

namespace schemadiff::engine {
namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

// Signal handlers have no other way to tell.
volatile std::sig_atomic_t signals = 0;
const schema::introspection::Session* running = nullptr;

void say(std::string_view text) {
  [[maybe_unused]] const ssize_t ignored = ::write(STDERR_FILENO, text.data(), text.size());
}

void take(int signal) {
  signals = signals + 1;
  if (signals == 1) {
    say("\nstops at the next safe point; once more: at once\n");
  } else {
    std::signal(signal, SIG_DFL);
    if (running) running->cancel();
  }
}

}  // namespace

StopSignal::StopSignal(const schema::introspection::Session& session) {
  signals = 0;
  running = &session;
  for (std::size_t i = 0; i < before_.size(); ++i) {
    before_[i] = std::signal(kSignals[i], take);
    if (before_[i] == SIG_IGN) std::signal(kSignals[i], SIG_IGN);
  }
}

StopSignal::~StopSignal() {
  for (std::size_t i = 0; i < before_.size(); ++i) std::signal(kSignals[i], before_[i]);
  running = nullptr;
}

bool StopSignal::requested() { return signals > 0; }

void StopSignal::check() {
  if (requested()) throw Interrupted();
}

void StopSignal::sleep(double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  for (check(); Clock::now() < end; check())
    std::this_thread::sleep_for(
        std::min<std::chrono::duration<double>>(std::chrono::milliseconds(50), end - Clock::now()));
}

}  // namespace schemadiff::engine
