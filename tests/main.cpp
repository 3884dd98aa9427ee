// Catch2's main, in a file of its own because it is slow to compile.
#define CATCH_CONFIG_CONSOLE_WIDTH 400  // statements stay on their lines
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
