// Schemas and extensions.
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

constexpr Oid kBootstrapSuperuser = 10;

// A new database has the schema public; as far as nobody changed it, nothing is said of it.
void forget_defaults_of_public(Schema& schema, Oid owner, int version) {
  if (schema.comment == kCommentOfPublic) schema.comment.clear();
  bool initial_owner =
      version >= 15 ? schema.owner == kOwnerOfPublic : owner == kBootstrapSuperuser;
  if (initial_owner) schema.owner = kOwnerOfPublic;  // the newer default stands for both
  // Before 15 PUBLIC could create in it; the newer default stands for both.
  std::vector<Grant> before_15 = {{"", "CREATE", false},
                                  {"", "USAGE", false},
                                  {"public", "CREATE", false},
                                  {"public", "USAGE", false}};
  if (version < 15 && schema.acl == before_15) schema.acl.erase(schema.acl.begin() + 2);
}

}  // namespace

void read_schemas(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Schema schema;
    Oid oid = rows.oid();
    schema.id = object_id(Kind::Schema, {{}, rows.text()});
    Oid owner = rows.oid();
    schema.owner = at(reading.roles, owner);
    schema.acl = effective_acl(rows.view(), schema.owner, Kind::Schema);
    if (reading.is_member({catalogs::kNamespace, oid})) continue;
    reading.describe(schema, {catalogs::kNamespace, oid});
    if (is_public(schema.id)) forget_defaults_of_public(schema, owner, reading.version);
    add(reading.catalog.schemas, std::move(schema));
  }
}

void read_extensions(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Extension extension;
    Oid oid = rows.oid();
    extension.id = object_id(Kind::Extension, {{}, rows.text()});
    extension.schema = at(reading.schemas, rows.oid());
    extension.version = rows.text();
    extension.own_comment = rows.text();
    reading.describe(extension, {catalogs::kExtension, oid});
    add(reading.catalog.extensions, std::move(extension));
  }
}

}  // namespace schemadiff::schema::introspection
