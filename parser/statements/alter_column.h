// ALTER TABLE's subcommands for columns, and ALTER TYPE's for attributes.
#pragma once

#include "parser/statements/context.h"

struct RoleSpec;

namespace schemadiff::parser {

// `command`: a raw AlterTableCmd. `recurse`: to partitions and inheritors. False: not one for
// columns.
bool alter_column(Context& context, schema::Table& table, const void* command, bool recurse);
bool alter_column(schema::MaterializedView& view, const void* command);
void alter_attribute(Context& context, schema::Composite& type, const void* command);

// The entry of a view's output column; added when it is not known yet.
schema::ViewColumn& view_column(std::vector<schema::ViewColumn>& columns, const std::string& name);

void set_owner(Context& context, schema::Object& object, const ::RoleSpec* owner);

}  // namespace schemadiff::parser
