// Other sessions of the shared cluster: to ask, to wait for what they see, to be in the way.
#pragma once

#include <string>
#include <thread>

namespace schemadiff::testing {

// The rows of statements, unaligned; what fails gives none.
std::string ask(const std::string& database, const std::string& sql);

// Asks until the answer is this one; throws when it never is.
void wait_for(const std::string& database, const std::string& sql, const std::string& answer);

// A session that runs the statements and holds on to what they took, until the value goes. One at a
// time in a database.
class Holder {
 public:
  Holder(const std::string& database, const std::string& sql);
  ~Holder();
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;

 private:
  std::string database_;
  std::thread thread_;
};

}  // namespace schemadiff::testing
