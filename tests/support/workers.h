// Work shared by threads, and what they found.
#pragma once

#include <atomic>
#include <exception>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace schemadiff::testing {

// Failures of many cases, gathered by threads and told to Catch2 by the one that may.
class Findings {
 public:
  void fail(const std::string& subject, const std::string& what) {
    const std::lock_guard lock(mutex_);
    failures_.push_back(subject + ": " + what);
  }
  void note(const std::string& subject, const std::string& what) {
    const std::lock_guard lock(mutex_);
    std::cout << "note: " << subject << ": " << what << '\n';
  }
  const std::vector<std::string>& failures() const { return failures_; }

 private:
  std::mutex mutex_;
  std::vector<std::string> failures_;
};

// Calls work(item, worker) for each item on `workers` threads; worker counts from 0. An exception
// is a failure of its item.
template <class Item, class Work>
void for_each_parallel(const std::vector<Item>& items, unsigned workers, Findings& findings,
                       Work&& work) {
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> threads;
  for (unsigned worker = 0; worker < workers; ++worker) {
    threads.emplace_back([&, worker] {
      for (std::size_t i = next++; i < items.size(); i = next++) {
        try {
          work(items[i], worker);
        } catch (const std::exception& error) {
          findings.fail(items[i].name, error.what());
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace schemadiff::testing
