// Objects → the statements that create, describe and drop them. Statements have no closing semicolon.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace schemadiff::schema {

using Statements = std::vector<std::string>;

// The statements that make the object itself as it is, all attributes included, comments, owner and
// privileges not: CREATE … and the ALTERs for what CREATE cannot say.
// Tables: without the constraints, indexes, triggers and policies that are objects of their own, and
// without the attachment to a partitioned parent (attach_sql).
Statements create_sql(const Schema&);
Statements create_sql(const Extension&);
Statements create_sql(const Enum&);
Statements create_sql(const Domain&);
Statements create_sql(const Composite&);
Statements create_sql(const Range&);
Statements create_sql(const Routine&);
Statements create_sql(const Aggregate&);
Statements create_sql(const Sequence&);
Statements create_sql(const Table&);
Statements create_sql(const View&);
Statements create_sql(const MaterializedView&);
Statements create_sql(const Index&);
Statements create_sql(const Constraint&);
Statements create_sql(const Trigger&);
Statements create_sql(const Policy&);

// ALTER TABLE ONLY parent ATTACH PARTITION child …; ALTER INDEX parent ATTACH PARTITION child.
// Empty when the object is attached to nothing.
Statements attach_sql(const Table&);
Statements attach_sql(const Index&);
Statements attach_sql(const Constraint&);

// ALTER SEQUENCE … OWNED BY; empty when owned by none.
Statements owned_by_sql(const Sequence&);

// COMMENT ON for the object and for its columns, attributes and domain constraints; only those that have one.
Statements comment_sql(const Object&, std::string_view keyword = {});

// DROP …, never CASCADE. Children of tables: ALTER TABLE … DROP CONSTRAINT, DROP TRIGGER … ON.
std::string drop_sql(const Object&);
std::string drop_sql(const Routine&);

// Pieces that ALTER statements share with CREATE.
std::string column_definition(const Column&);           // "name type COLLATE … DEFAULT … NOT NULL"
std::string column_type(const Column&);                 // "type COLLATE …"
std::string identity_definition(const Column&);         // "GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME … …)"
std::string sequence_options(const SequenceOptions&);   // all of them, written out
std::string constraint_definition(const Constraint&);   // what follows CONSTRAINT name
std::string index_element(const IndexElement&);         // column or expression with collation, opclass, order
std::string options_list(const Options&);               // "(name=value, …)", values quoted where needed
std::string routine_signature(const Routine&);          // public.f(integer, text): as DROP and ALTER name it

// The statements that turn privileges `before` into `after` on the object that GRANT calls `target`
// ("TABLE public.t", "FUNCTION public.f(integer)"); `columns` for column privileges ("a"), else empty.
Statements grant_sql(const std::vector<Grant>& before, const std::vector<Grant>& after,
                     std::string_view target, std::string_view column, std::string_view owner);

// What GRANT calls the object: "TABLE public.t", "SEQUENCE public.s", "TYPE public.t". Empty: no privileges.
std::string grant_target(const Object&);

// Privileges that a fresh object of the kind has (acldefault()), the owner's under grantee "".
// `keyword` tells a procedure from nothing else today; pass the object's own kind.
std::vector<Grant> default_acl(Kind kind);

}  // namespace schemadiff::schema
