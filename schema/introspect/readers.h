// One reader for each query; it takes the columns in the order in which <kind>.sql has them.
#pragma once

#include "schema/introspect/reading.h"

namespace schemadiff::schema::introspection {

// What rows refer to.
void read_names(Rows& rows, Reading& reading);
void read_members(Rows& rows, Reading& reading);
void read_comments(Rows& rows, Reading& reading);
void read_labels(Rows& rows, Reading& reading);
void read_inheritance(Rows& rows, Reading& reading);
void read_types(Rows& rows, Reading& reading);
void read_opclasses(Rows& rows, Reading& reading);
void read_relations(Rows& rows, Reading& reading);

// Parts of objects, for the functions that put them together below.
void read_columns(Rows& rows, Reading& reading);
void read_defaults(Rows& rows, Reading& reading);
void read_sequences(Rows& rows, Reading& reading);
void read_partition_keys(Rows& rows, Reading& reading);  // needs columns
void read_enum_labels(Rows& rows, Reading& reading);
void read_view_queries(Rows& rows, Reading& reading);
void read_indexes(Rows& rows, Reading& reading);  // needs columns

// Whole objects.
void read_schemas(Rows& rows, Reading& reading);
void read_extensions(Rows& rows, Reading& reading);
void read_ranges(Rows& rows, Reading& reading);
void read_base_types(Rows& rows, Reading& reading);
void read_routines(Rows& rows, Reading& reading);
void read_aggregates(Rows& rows, Reading& reading);  // needs routines
void read_constraints(Rows& rows,
                      Reading& reading);  // needs columns and indexes; takes its indexes out
void read_valid_checks(Rows& rows, Reading& reading);
void read_dependencies(Rows& rows, Reading& reading);
void read_not_null(Rows& rows, Reading& reading);  // needs columns
void read_triggers(Rows& rows, Reading& reading);  // needs columns
void read_triggers_in_partitions(Rows& rows, Reading& reading);  // needs triggers
void read_policies(Rows& rows, Reading& reading);
void read_languages(Rows& rows, Reading& reading);
void read_transforms(Rows& rows, Reading& reading);
void read_access_methods(Rows& rows, Reading& reading);
void read_text_search_parsers(Rows& rows, Reading& reading);
void read_text_search_templates(Rows& rows, Reading& reading);
void read_text_search_dictionaries(Rows& rows, Reading& reading);
void read_text_search_configurations(Rows& rows, Reading& reading);
void read_text_search_mappings(Rows& rows, Reading& reading);
void read_publications(Rows& rows, Reading& reading);
void read_published_tables(Rows& rows, Reading& reading);
void read_published_schemas(Rows& rows, Reading& reading);
void read_subscriptions(Rows& rows, Reading& reading);
void read_foreign_data_wrappers(Rows& rows, Reading& reading);
void read_foreign_servers(Rows& rows, Reading& reading);
void read_user_mappings(Rows& rows, Reading& reading);
void read_foreign_tables(Rows& rows, Reading& reading);
void read_collations(Rows& rows, Reading& reading);
void read_operators(Rows& rows, Reading& reading);
void read_casts(Rows& rows, Reading& reading);
void read_conversions(Rows& rows, Reading& reading);
void read_operator_families(Rows& rows, Reading& reading);
void read_family_members(Rows& rows, Reading& reading);  // needs families
void read_rules(Rows& rows, Reading& reading);
void read_event_triggers(Rows& rows, Reading& reading);
void read_statistics(Rows& rows, Reading& reading);  // needs columns
void read_default_privileges(Rows& rows, Reading& reading);
void read_member_privileges(Rows& rows, Reading& reading);  // needs routines
void read_unmodelled(Rows& rows, Reading& reading);

// Rows → objects, when all has been read; in this order. Each takes what it uses out of the rows.
void add_dependencies(Reading& reading);
void add_types(Reading& reading);
void add_routines(Reading& reading);
void add_indexes(Reading& reading);
void add_sequences(Reading& reading);
void add_relations(Reading& reading);
void add_operator_classes(Reading& reading);
void add_extension_objects(Reading& reading);

}  // namespace schemadiff::schema::introspection
