// How a transaction waits for its locks, which apply and the scripts for psql have in common.
#pragma once

namespace schemadiff::engine {

// Seconds. Who holds locks already, and others behind them, waits for a little while and gives way,
// for two that wait for each other end only so; with each try twice as long, but never as long as
// the server takes to end somebody else's transaction (half of deadlock_timeout).
inline constexpr double kFirstPatience = 0.1;

// Seconds that it rests between two tries, without locks; with each twice as long.
inline constexpr double kFirstPause = 0.25, kLongestPause = 30;

inline constexpr int kRetries = 10;

}  // namespace schemadiff::engine
