// Objects → the statements that create, describe and drop them. Statements have no closing semicolon.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "schema/catalog.h"

namespace schemadiff::schema {

using Statements = std::vector<std::string>;

void append(Statements& to, Statements more);

// The statements that make the object itself as it is, all attributes included, comments, owner and
// privileges not: CREATE … and the ALTERs for what CREATE cannot say.
// Tables: without the constraints, indexes, triggers and policies that are objects of their own, and
// without the attachment to a partitioned parent (attach_sql) and what needs an index
// (replica_identity_sql).
// `only`: the table is partitioned and its partitions get theirs one by one, to be attached.
Statements create_sql(const Schema&);
Statements create_sql(const Extension&);
Statements create_sql(const Enum&);
Statements create_sql(const Domain&);
Statements create_sql(const Composite&);
// Before version 14 there are no multirange types; 0: not known.
Statements create_sql(const Range&, int server_version = 0);
// Of a type that is made of functions, such as these, its shell has to be there before.
Statements create_sql(const BaseType&);
Statements create_sql(const Routine&);
Statements create_sql(const Aggregate&);
Statements create_sql(const Sequence&);
Statements create_sql(const Table&);
// With the catalog that the table is in, columns of INHERITS and of partitions are told from what
// their parents give them; without it, nothing that they say is left out.
Statements create_sql(const Table&, const Catalog&);
Statements create_sql(const View&);
Statements create_sql(const MaterializedView&);
Statements create_sql(const Index&, bool only = false);
Statements create_sql(const Constraint&, bool only = false);
Statements create_sql(const Trigger&);
Statements create_sql(const Policy&);
Statements create_sql(const Rule&);
Statements create_sql(const Statistics&);
Statements create_sql(const EventTrigger&);
Statements create_sql(const DefaultPrivileges&);
Statements create_sql(const Language&);
Statements create_sql(const Transform&);
Statements create_sql(const AccessMethod&);
Statements create_sql(const TextSearchParser&);
Statements create_sql(const TextSearchTemplate&);
Statements create_sql(const TextSearchDictionary&);
Statements create_sql(const TextSearchConfiguration&);
Statements create_sql(const Publication&);
// Without contact to the publisher, as pg_dump writes it.
Statements create_sql(const Subscription&);
Statements create_sql(const MemberPrivileges&);
Statements create_sql(const ForeignDataWrapper&);
Statements create_sql(const ForeignServer&);
Statements create_sql(const UserMapping&);
Statements create_sql(const Collation&);
Statements create_sql(const Operator&);
Statements create_sql(const OperatorFamily&);
Statements create_sql(const OperatorClass&);
Statements create_sql(const Cast&);
Statements create_sql(const Conversion&);

// CREATE TYPE without a definition.
std::string shell_sql(const ObjectId& type);

// Whether functions that the type is defined by take or return it, so that it begins as a shell, and
// goes away together with them.
bool has_shell(const BaseType&);
bool has_shell(const Range&);
template <class T>
bool has_shell(const T&) {
  return false;
}
bool has_shell(const Object&);

// "plain" for the letter of pg_type.typstorage.
std::string_view storage_word(char storage);

// ALTER TYPE … SET (…) for what of a base type differs; nothing where nothing does.
Statements alter_base_type_sql(const BaseType& before, const BaseType& after);

// CREATE OR REPLACE VIEW; the defaults of its columns are not in it.
std::string replace_sql(const View&);

// ALTER TABLE ONLY parent ATTACH PARTITION child …; ALTER INDEX parent ATTACH PARTITION child.
// Empty when the object is attached to nothing.
Statements attach_sql(const Table&);
Statements attach_sql(const Index&);
Statements attach_sql(const Constraint&);

// `constraint`: its id, or that under which a partition has a check from above.
std::string validate_sql(const ObjectId& constraint);

// ALTER SEQUENCE … OWNED BY; empty when owned by none.
Statements owned_by_sql(const Sequence&);

// An Object& below is always a whole object: its id.kind says which.

// COMMENT ON for the object and for its columns, attributes and domain constraints; only those that have one.
Statements comment_sql(const Object&, std::string_view keyword = {});

// How COMMENT ON names the index of a key.
std::string index_address(const Constraint&);

// SECURITY LABEL for the object and for its columns.
Statements label_sql(const Object&);
// What leads from one list of labels of `address` ("TABLE public.t", "COLUMN public.t.c") to the
// other.
Statements changed_labels_sql(std::string_view address, const std::vector<SecurityLabel>& before,
                              const std::vector<SecurityLabel>& after);
std::string domain_constraint_address(const Domain&, std::string_view constraint);

// The comment that the object shall have in a database: the schema public and the extension `there`
// have one of their own where the object says none.
std::string effective_comment(const Object&, const Object& there);

// COMMENT ON `address` ("TABLE public.t", "COLUMN public.t.c"); an empty comment is taken away.
std::string comment_statement(std::string_view address, std::string_view comment);

// DROP …, never CASCADE. Children of tables: ALTER TABLE … DROP CONSTRAINT, DROP TRIGGER … ON.
std::string drop_sql(const Object&);
std::string drop_sql(const Routine&);

// ALTER … OWNER TO; empty for kinds that have no owner of their own.
std::string owner_sql(const Object&, std::string_view owner);

// The word for the object in DROP, ALTER and COMMENT: kind_keyword(), or PROCEDURE.
std::string_view ddl_keyword(const Object&);
std::string_view routine_keyword(const Routine&);

// Pieces that ALTER statements share with CREATE.
std::string column_definition(const Column&);           // "name type COLLATE … DEFAULT … NOT NULL"
std::string column_type(const Column&);                 // "type COLLATE …"
std::string column_constraints(const Column&);          // " DEFAULT … NOT NULL": what follows the type
std::string not_null_clause(const Column&);             // " CONSTRAINT n NOT NULL NO INHERIT"; nothing where it is not valid
std::string identity_definition(const Column&);         // "GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME … …)"
std::string sequence_options(const SequenceOptions&);   // all of them, written out
std::string sequence_parameters(const SequenceOptions&);  // the same without AS type
std::string constraint_definition(const Constraint&);   // what follows CONSTRAINT name
std::string index_element(const IndexElement&);         // column or expression with collation, opclass, order
std::string options_list(const Options&);               // "(name=value, …)", values quoted where needed
std::string index_elements(const std::vector<IndexElement>&);  // "(a, b DESC)"
std::string domain_constraint(const DomainConstraint&);  // "CONSTRAINT name CHECK (…) NOT VALID"
std::string domain_not_null(const Domain&);              // "CONSTRAINT name NOT NULL"
std::string key_element(const KeyElement&);             // of a partition key
std::string partition_key_definition(const PartitionKey&);  // "RANGE (a, lower(b))"
std::string argument_definition(const Argument&);       // "INOUT name type DEFAULT …"
std::string setting_clause(const std::string& setting, const std::string& value);  // "SET name TO …" of a routine
double default_cost(std::string_view language);         // of a routine that does not say COST
std::string policy_roles(const Policy&);                // "PUBLIC, app": what follows TO
std::string routine_signature(const Routine&);          // public.f(integer, text): as DROP and ALTER name it

// The NOT NULL constraint of a column of the table: the name that it has, which is the server's
// choice where the column says none; how COMMENT ON names it; and ALTER TABLE … ADD of it, which
// versions before 18 do not know.
std::string default_not_null_name(std::string_view table, std::string_view column);
std::string not_null_name(const ObjectId& table, const Column&);
std::string not_null_name(const Domain&);
std::string not_null_address(const ObjectId& table, const Column&);
std::string add_not_null_sql(std::string_view table, const Column&);

// What only ALTER TABLE says of a column of the table (quoted, qualified): storage, compression,
// statistics target, options; nothing for what is at its default.
Statements column_settings_sql(const Column&, std::string_view table);
Statements column_settings_sql(const ViewColumn&, std::string_view materialized_view);

// ALTER TABLE … REPLICA IDENTITY …, whatever it is.
std::string replica_identity_sql(const Table&);

// ALTER … {ENABLE [REPLICA|ALWAYS] | DISABLE} …, as it is.
std::string trigger_state_sql(const Trigger&);  // in all partitions, too
std::string partition_state_sql(const Trigger&, const QualifiedName& partition);  // in it alone
std::string rule_state_sql(const Rule&);
std::string event_trigger_state_sql(const EventTrigger&);
std::string enabled_sql(std::string_view alter, std::string_view keyword, char enabled);

std::string rule_definition(const Rule&);              // CREATE OR REPLACE RULE, without its state
std::string statistics_target_sql(const Statistics&);  // ALTER STATISTICS … SET STATISTICS …

// Of an element of an index, counted from 0; -1: the server's default.
std::string statistics_target_sql(const Index&, std::size_t element, int target);
Statements statistics_targets_sql(const Index&);  // of those that have one

// ALTER OPERATOR … SET (RESTRICT …, JOIN …), as they are.
std::string operator_estimators_sql(const Operator&);

// ALTER OPERATOR FAMILY … DROP …, ADD …
Statements family_members_sql(const OperatorFamily&, const std::vector<FamilyMember>& before,
                              const std::vector<FamilyMember>& after);

// What leads from one to the other, which differ.
Statements dictionary_options_sql(const ObjectId&, const Options& before, const Options& after);
Statements text_search_mappings_sql(const ObjectId&, const std::vector<TextSearchMapping>& before,
                                    const std::vector<TextSearchMapping>& after);
std::string publication_settings_sql(const Publication&);
std::string publication_generated_sql(const Publication&);  // from version 18 on
Statements unpublish_sql(const Publication& before, const Publication& after);
Statements publish_sql(const Publication& before, const Publication& after);

// ALTER SUBSCRIPTION … SET (…) for what of the options differs; nothing where nothing does.
Statements subscription_options_sql(const Subscription& before, const Subscription& after);
std::string subscription_connection_sql(const Subscription&);    // ALTER … CONNECTION …
std::string subscription_publications_sql(const Subscription&);  // ALTER … SET PUBLICATION …
std::string subscription_state_sql(const Subscription&);         // ALTER … ENABLE, DISABLE
// DROP that leaves the replication slot at the publisher alone, and needs no contact to it.
Statements drop_statements(const Subscription&);

// A connection string in the form host=… dbname=…, without passwords (is_secret_option). `secret` is
// set where one was left out, or where the text is none that libpq could read: then it is empty.
std::string without_password(std::string_view connection, bool& secret);
// Lists a left-out password as not compared.
void note_password(const Subscription&, Catalog& catalog);

// " OPTIONS (name 'value', …)", or nothing; what leads from one to the other, which differ.
std::string foreign_options(const Options&);
std::string changed_foreign_options(const Options& before, const Options& after);
std::string wrapper_functions(const ForeignDataWrapper&);  // " HANDLER … VALIDATOR …"

// Options of wrappers, servers, user mappings and foreign tables whose values nobody may see. No
// catalog holds them: they are taken out of the options of `of`, and listed as not modelled.
bool is_secret_option(std::string_view name);
void forget_secrets(Options& options, const ObjectId& of, Catalog& catalog, Span span = {});
void forget_column_secrets(Table& table, Catalog& catalog);

// Whether the server ties a member that a class is created with to the family instead: it can be
// dropped without the class. `method`: see built_in_method (schema/access_methods.h).
bool is_loose_member(std::string_view method, const FamilyMember& member);

// The statements that turn privileges `before` into `after` on the object that GRANT calls `target`
// ("TABLE public.t", "FUNCTION public.f(integer)"); `column`, quoted, for column privileges, else empty.
// `owner` is who the grantee "" is; empty: the current user.
Statements grant_sql(const std::vector<Grant>& before, const std::vector<Grant>& after,
                     std::string_view target, std::string_view column, std::string_view owner);

// GRANT (`is_grant`) or REVOKE of one privilege, or of the grant option on it alone.
void change_acl(std::vector<Grant>& acl, bool is_grant, bool grant_option,
                const std::string& grantee, const std::string& privilege);

// What the grant makes of the privileges on an object of the owner. `current`: who runs it; empty:
// not known, and the owner.
void apply_member_grant(const MemberGrant& grant, const std::string& owner,
                        const std::string& current, std::vector<Grant>& acl);

// The privileges on an object with another owner: what that one had been granted is its own then
// (acl.c, aclnewowner).
std::vector<Grant> with_owner(std::vector<Grant> acl, std::string_view owner);

// Visits the columns that either has privileges on: visit(column, before, after). Both are sorted.
void for_each_column_acl(
    const std::vector<ColumnAcl>& before, const std::vector<ColumnAcl>& after,
    const std::function<void(const std::string&, const std::vector<Grant>&,
                             const std::vector<Grant>&)>& visit);

// What GRANT calls the object: "TABLE public.t", "SEQUENCE public.s", "TYPE public.t". Empty: no privileges.
std::string grant_target(const Object&);

// The same where columns are named: sequences are tables there.
std::string column_grant_target(const Object&);

// GRANT of what a new column, or the columns of a new relation, shall have, and on the sequences
// of identity columns, which have `sequence_acl` as they are made.
Statements column_grants_sql(const Column&, std::string_view target, std::string_view owner,
                             const std::vector<Grant>& sequence_acl);
Statements column_grants_sql(const Object&, std::string_view owner,
                             const std::vector<Grant>& sequence_acl);

// As grant_target(), for the sequence of an identity column; and the privileges on it.
std::string identity_target(const Column&);
std::vector<Grant> identity_acl(const Column&);

// Privileges that a fresh object of the kind has (acldefault()), the owner's under grantee "".
std::vector<Grant> default_acl(Kind kind);

// The same where the catalog's default privileges are in force, for an object of the schema.
std::vector<Grant> initial_acl(const Catalog& catalog, Kind kind, const std::string& schema);

// What the default privileges of the identity begin with: nothing in a schema, else those of
// default_acl().
std::vector<Grant> base_acl(const ObjectId& default_privileges);
Statements default_privileges_sql(const ObjectId& id, const std::vector<Grant>& before,
                                  const std::vector<Grant>& after);

// CREATE EXTENSION on `live`, whose default privileges give way for it where `catalog`, which holds
// the extension, says that its objects come with others.
Statements create_sql(const Extension& extension, const Catalog& catalog, const Catalog& live);

// The privileges on its objects that somebody gave or took.
Statements member_privileges_sql(const Extension& extension, const Catalog& catalog);

// How the privileges `acl` of the member differ from those that its extension gave.
MemberPrivileges member_privileges(const ExtensionObjects::Member& member,
                                   const std::vector<Grant>& acl);

// What the privileges of an extension's object may have been and are, as far as the lists of both
// sides tell.
std::vector<Grant> member_acl(const MemberPrivileges& privileges, const MemberPrivileges& other);

// All of both, sorted.
std::vector<Grant> united(const std::vector<Grant>& a, const std::vector<Grant>& b);

}  // namespace schemadiff::schema
