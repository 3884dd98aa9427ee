// A module for the test server: a provider of security labels that takes any label. Servers come
// without one.
extern "C" {
#include "postgres.h"  // the server's own headers rest on it

#include "commands/seclabel.h"
#include "fmgr.h"

PG_MODULE_MAGIC;

PGDLLEXPORT void _PG_init(void);
}

namespace {

void accept(const ObjectAddress*, const char*) {}

}  // namespace

void _PG_init() { register_label_provider("test", accept); }
