// A function for each kind of statement; each takes the raw node that its name says.
#pragma once

#include "parser/statements/context.h"

namespace schemadiff::parser {

void apply_create_schema(Context& context, const void* node);
void apply_create_extension(Context& context, const void* node);
void apply_alter_extension(Context& context, const void* node);
void apply_create_enum(Context& context, const void* node);
void apply_alter_type(Context& context, const void* node);  // base types
void apply_alter_enum(Context& context, const void* node);
void apply_create_composite(Context& context, const void* node);
void apply_create_range(Context& context, const void* node);
void apply_create_domain(Context& context, const void* node);
void apply_alter_domain(Context& context, const void* node);
void apply_create_sequence(Context& context, const void* node);
void apply_alter_sequence(Context& context, const void* node);
void apply_create_table(Context& context, const void* node);
void apply_create_table_as(Context& context, const void* node);
void apply_alter_table(Context& context, const void* node);
void apply_cluster(Context& context, const void* node);
void apply_create_index(Context& context, const void* node);
void apply_create_view(Context& context, const void* node);
void apply_refresh(Context& context, const void* node);
void apply_create_function(Context& context, const void* node);
void apply_alter_function(Context& context, const void* node);
void apply_define(Context& context,
                  const void* node);  // aggregates, collations, base types, operators
void apply_create_trigger(Context& context, const void* node);
void apply_create_policy(Context& context, const void* node);
void apply_alter_policy(Context& context, const void* node);
void apply_alter_operator(Context& context, const void* node);
void apply_create_operator_class(Context& context, const void* node);
void apply_create_operator_family(Context& context, const void* node);
void apply_alter_operator_family(Context& context, const void* node);
void apply_create_cast(Context& context, const void* node);
void apply_create_conversion(Context& context, const void* node);
void apply_create_language(Context& context, const void* node);
void apply_create_transform(Context& context, const void* node);
void apply_create_access_method(Context& context, const void* node);
void apply_create_text_search(Context& context, const void* node);
void apply_alter_text_search_dictionary(Context& context, const void* node);
void apply_alter_text_search_configuration(Context& context, const void* node);
void apply_create_publication(Context& context, const void* node);
void apply_alter_publication(Context& context, const void* node);
void apply_create_subscription(Context& context, const void* node);
void apply_alter_subscription(Context& context, const void* node);
void apply_drop_subscription(Context& context, const void* node);
void apply_create_foreign_data_wrapper(Context& context, const void* node);
void apply_alter_foreign_data_wrapper(Context& context, const void* node);
void apply_create_foreign_server(Context& context, const void* node);
void apply_alter_foreign_server(Context& context, const void* node);
void apply_create_user_mapping(Context& context, const void* node);
void apply_alter_user_mapping(Context& context, const void* node);
void apply_drop_user_mapping(Context& context, const void* node);
void apply_create_rule(Context& context, const void* node);
void apply_create_event_trigger(Context& context, const void* node);
void apply_alter_event_trigger(Context& context, const void* node);
void apply_create_statistics(Context& context, const void* node);
void apply_alter_statistics(Context& context, const void* node);
void apply_alter_default_privileges(Context& context, const void* node);
void apply_security_label(Context& context, const void* node);
void apply_comment(Context& context, const void* node);
void apply_grant(Context& context, const void* node);
void apply_alter_owner(Context& context, const void* node);
void apply_set_schema(Context& context, const void* node);
void apply_rename(Context& context, const void* node);
void apply_drop(Context& context, const void* node);
void apply_set(Context& context, const void* node);
void apply_select(Context& context, const void* node);  // set_config of search_path; else a note

// Of apply_define().
void apply_create_aggregate(Context& context, const void* node);
void apply_create_operator(Context& context, const void* node);
void apply_create_collation(Context& context, const void* node);
void apply_create_base_type(Context& context, const void* node);

// OPTIONS (…) of CREATE and ALTER: a raw list of DefElem. Secrets are left out.
void change_foreign_options(Context& context, schema::Options& options, const schema::ObjectId& of,
                            const void* changes);

// True for a temporary relation, which is no part of a schema: noted. `range`: a raw RangeVar.
bool skip_temporary(Context& context, const void* range);

// One note for all statements with this key, with the place of the first.
void note_ignored(Context& context, const std::string& key, const std::string& what);

void add_unmodelled(Context& context, std::string kind, std::string name,
                    std::string attribute = {});

}  // namespace schemadiff::parser
