#include "cli/facts.h"

#include "cli/toml.h"

namespace schemadiff::cli {
namespace {

schema::TableFacts table_facts(const TomlFile& file, const toml::node& node,
                               const std::string& name) {
  if (!node.is_table()) fail(file, node.source(), name + " has to be a section: [" + name + "]");
  const toml::table& table = *node.as_table();
  refuse_unknown_keys(file, table, name, {"rows", "bytes", "index_bytes", "writes_per_second"});
  schema::TableFacts facts;
  if (const toml::node* rows = table.get("rows")) facts.rows = number_at(file, *rows, "rows");
  if (const toml::node* bytes = table.get("bytes")) facts.bytes = bytes_at(file, *bytes, "bytes");
  if (const toml::node* bytes = table.get("index_bytes"))
    facts.index_bytes = bytes_at(file, *bytes, "index_bytes");
  if (const toml::node* writes = table.get("writes_per_second"))
    facts.writes_per_second = number_at(file, *writes, "writes_per_second");
  return facts;
}

}  // namespace

schema::Facts read_facts_file(const std::string& path) {
  const TomlFile file = read_toml(path);
  refuse_unknown_keys(file, file.root, "", {"tables", "others", "counts"});
  schema::Facts facts;
  if (const toml::node* others = file.root.get("others"))
    facts.others = table_facts(file, *others, "others");
  if (const toml::table* tables = section(file, file.root, "tables"))
    for (const auto& [key, value] : *tables) {
      const std::string name(key.str());
      const std::size_t dot = name.find('.');
      if (dot == std::string::npos)
        fail(file, key.source(), "the table \"" + name + "\" has no schema",
             "write [tables.\"public." + name + "\"]");
      facts.tables[{name.substr(0, dot), name.substr(dot + 1)}] = table_facts(file, value, name);
    }
  if (const toml::table* counts = section(file, file.root, "counts"))
    for (const auto& [key, value] : *counts)
      facts.counts[std::string(key.str())] =
          static_cast<std::int64_t>(number_at(file, value, "a count"));
  return facts;
}

}  // namespace schemadiff::cli
