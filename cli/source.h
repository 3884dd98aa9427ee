// SRC, as the command line has it → Catalog.
#pragma once

#include <optional>
#include <string>

#include "cli/config.h"
#include "parser/parser.h"
#include "schema/catalog.h"
#include "schema/introspect/session.h"
#include "schema/memo.h"

namespace schemadiff::cli {

struct Source {
  schema::Catalog catalog;    // not analysed yet
  std::string description;    // "database shop on localhost", "schema/ (12 files)"; no secrets
  std::string conninfo = {};  // of a live database, never to be shown; else empty
  schema::Memo memo = {};     // of a live database
  // Of files that set default privileges of a role that they name: what these are for depends on
  // who runs the files. Else empty.
  std::vector<parser::SourceText> texts = {};
};

// A SRC that is files, before they are parsed.
struct Texts {
  std::vector<parser::SourceText> files;
  std::string description;
};

// The connection string that a SRC leads to, for what has to be a database. Throws Error for any
// other SRC.
std::string conninfo_of(const std::string& src, const Config& config);

// Whether the target of that name is that database; one that cannot be resolved here is not.
bool leads_to(const std::string& target, const std::string& conninfo, const Config& config);

// `src`: a connection URI or keyword string, env:NAME, a target of `config`, a file, a directory of
// *.sql files, git:REV:PATH, or - for standard input. A directory without *.sql files is an Error
// unless `allow_empty`. Throws Error for what cannot be read.
Source load_source(const std::string& src, const Config& config, bool allow_empty);

// The same in two steps. load_texts gives none where `src` leads to a database.
std::optional<Texts> load_texts(const std::string& src, const Config& config, bool allow_empty);
Source source_of(Texts texts);

// From here on `role` is whoever runs the source's statements (parser::assume_role). Nothing for a
// database, and where no role is known.
void assume_role(Source& source, const std::string& role);

// The database that `src` leads to, one of many: over one connection. Throws Error as conninfo_of,
// and when it has not answered by the deadline.
Source load_database(const std::string& src, const Config& config,
                     schema::introspection::Deadline deadline);

}  // namespace schemadiff::cli
