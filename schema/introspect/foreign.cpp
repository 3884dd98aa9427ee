// Foreign-data wrappers, servers, user mappings, and what foreign tables are beside tables.
#include "schema/ddl/ddl.h"
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {

void read_foreign_data_wrappers(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid oid = rows.oid();
    if (reading.is_member({catalogs::kForeignDataWrapper, oid})) continue;
    ForeignDataWrapper wrapper;
    wrapper.id = object_id(Kind::ForeignDataWrapper, {{}, rows.text()});
    wrapper.owner = at(reading.roles, rows.oid());
    wrapper.handler = at(reading.functions, rows.oid());
    wrapper.validator = at(reading.functions, rows.oid());
    wrapper.acl = effective_acl(rows.view(), wrapper.owner, Kind::ForeignDataWrapper);
    wrapper.options = rows.options();
    forget_secrets(wrapper.options, wrapper.id, reading.catalog);
    reading.describe(wrapper, {catalogs::kForeignDataWrapper, oid});
    add(reading.catalog.foreign_data_wrappers, std::move(wrapper));
  }
}

void read_foreign_servers(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid oid = rows.oid();
    if (reading.is_member({catalogs::kForeignServer, oid})) continue;
    ForeignServer server;
    server.id = object_id(Kind::ForeignServer, {{}, rows.text()});
    server.owner = at(reading.roles, rows.oid());
    server.wrapper = rows.text();
    server.type = rows.text();
    server.version = rows.text();
    server.acl = effective_acl(rows.view(), server.owner, Kind::ForeignServer);
    server.options = rows.options();
    forget_secrets(server.options, server.id, reading.catalog);
    reading.describe(server, {catalogs::kForeignServer, oid});
    add(reading.catalog.foreign_servers, std::move(server));
  }
}

void read_user_mappings(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid server = rows.oid();
    if (reading.is_member({catalogs::kForeignServer, server})) continue;
    UserMapping mapping;
    std::string name = rows.text();
    const bool is_public = rows.oid() == 0;
    std::string role = rows.text();
    if (is_public) role = "public";
    mapping.id = object_id(Kind::UserMapping, {{}, std::move(role)}, std::move(name));
    mapping.options = rows.options();
    forget_secrets(mapping.options, mapping.id, reading.catalog);
    add(reading.catalog.user_mappings, std::move(mapping));
  }
}

void read_foreign_tables(Rows& rows, Reading& reading) {
  while (rows.next()) {
    ForeignTableRow& row = reading.foreign_tables[rows.oid()];
    row.server = rows.text();
    row.options = rows.options();
  }
}

}  // namespace schemadiff::schema::introspection
