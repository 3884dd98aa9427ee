// The yardstick of the parser's speed: pg_query_raw_parse of whole files, in seconds.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "parser/syntax/raw_nodes.h"

int main(int argc, char** argv) {
  double seconds = 0;
  for (int i = 1; i < argc; ++i) {
    std::ostringstream stream;
    stream << std::ifstream(argv[i]).rdbuf();
    const std::string source = stream.str();
    const auto start = std::chrono::steady_clock::now();
    MemoryContext context = pg_query_enter_memory_context();
    const PgQueryInternalParsetreeAndError result = pg_query_raw_parse(source.c_str());
    const bool failed = result.error != nullptr;
    std::free(result.stderr_buffer);
    pg_query_exit_memory_context(context);
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (failed) return 1;
  }
  std::printf("%.6f\n", seconds);
  return 0;
}
