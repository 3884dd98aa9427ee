// Enums, domains, composite, range and base types.
#include <algorithm>

#include "schema/introspect/readers.h"
#include "schema/quote.h"

namespace schemadiff::schema::introspection {
namespace {

template <class T>
T start(const Reading& reading, Oid oid, const TypeRow& row) {
  T object;
  object.id = object_id(T::kKind, row.name);
  object.owner = at(reading.roles, row.owner);
  object.acl = effective_acl(row.acl, object.owner, T::kKind);
  reading.describe(object, {catalogs::kType, oid});
  return object;
}

TypeName base_type(const Reading& reading, const TypeRow& row) {
  return row.base_sql.empty() ? reading.type(row.base) : TypeName{row.base_sql};
}

void add_domain(Reading& reading, Oid oid, const TypeRow& row) {
  auto domain = start<Domain>(reading, oid, row);
  domain.base = base_type(reading, row);
  domain.collation = reading.collation_unless(row.collation, at(reading.types, row.base).collation);
  domain.not_null = row.not_null;
  domain.not_null_name = at(reading.domain_not_null, oid).name;
  domain.not_null_comment = at(reading.domain_not_null, oid).comment;
  domain.default_value.sql = row.default_value;
  domain.constraints = at(reading.domain_constraints, oid);
  std::sort(domain.constraints.begin(), domain.constraints.end(),
            [](const DomainConstraint& a, const DomainConstraint& b) { return a.name < b.name; });
  add(reading.catalog.domains, std::move(domain));
}

void add_composite(Reading& reading, Oid oid, const TypeRow& row) {
  auto composite = start<Composite>(reading, oid, row);
  for (const ColumnRow& column : at(reading.columns, row.relation)) {
    composite.columns.push_back(
        {column.column.name, column.column.type, column.column.collation, column.column.comment});
  }
  add(reading.catalog.composites, std::move(composite));
}

// Before 14 there are no multirange types; the name is the one that 14 gives (heap_create's caller,
// makeMultirangeTypeName).
QualifiedName default_multirange(const QualifiedName& range) {
  QualifiedName name = range;
  std::size_t at = name.name.find("range");
  if (at == std::string::npos) {
    name.name += "_multirange";
  } else {
    name.name.insert(at, "multi");
  }
  return name;
}

}  // namespace

void read_types(Rows& rows, Reading& reading) {
  reading.types.reserve(static_cast<std::size_t>(rows.count()));
  std::vector<TypeRow*> arrays;
  while (rows.next()) {
    TypeRow& row = reading.types[rows.oid()];
    row.relation = rows.oid();
    row.element = rows.oid();
    Oid schema = rows.oid();
    row.name = reading.qualified(schema, rows.text());
    row.typtype = rows.letter();
    row.sql = rows.text();
    if (row.sql.empty() && row.element == 0) row.sql = quote_qualified(row.name);
    row.category = rows.letter();
    row.preferred = rows.flag();
    row.storage = rows.letter();
    row.collation = rows.oid();
    row.owner = rows.oid();
    row.base = rows.oid();
    row.base_sql = rows.text();
    row.not_null = rows.flag();
    row.default_value = rows.text();
    row.acl = rows.text();
    if (row.element != 0) arrays.push_back(&row);
  }
  for (TypeRow* row : arrays) row->sql = at(reading.types, row->element).sql + "[]";
}

void read_enum_labels(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid type = rows.oid();
    reading.labels[type].push_back(rows.text());
  }
}

void read_ranges(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid oid = rows.oid();
    const TypeRow& row = at(reading.types, oid);
    if (row.name.empty() || !reading.ours({catalogs::kType, oid}, row.name)) continue;
    auto range = start<Range>(reading, oid, row);
    Oid subtype = rows.oid();
    range.subtype = reading.type(subtype);
    range.opclass = reading.opclass_unless_default(rows.oid(), subtype);
    range.collation = reading.collation_unless(rows.oid(), at(reading.types, subtype).collation);
    range.canonical = at(reading.functions, rows.oid());
    range.subtype_diff = at(reading.functions, rows.oid());
    Oid multirange = rows.oid();
    range.multirange =
        multirange != 0 ? at(reading.types, multirange).name : default_multirange(row.name);
    add(reading.catalog.ranges, std::move(range));
  }
}

void read_base_types(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid oid = rows.oid();
    const TypeRow& row = at(reading.types, oid);
    if (row.name.empty() || !reading.ours({catalogs::kType, oid}, row.name)) continue;
    auto type = start<BaseType>(reading, oid, row);
    type.defined = rows.flag();
    if (!type.defined) {  // what else its row says means nothing
      add(reading.catalog.base_types, std::move(type));
      continue;
    }
    for (QualifiedName* function :
         {&type.input, &type.output, &type.receive, &type.send, &type.typmod_in, &type.typmod_out,
          &type.analyze, &type.subscript})
      *function = at(reading.functions, rows.oid());
    type.length = rows.number();
    type.by_value = rows.flag();
    type.alignment = rows.letter();
    type.storage = rows.letter();
    type.category = rows.letter();
    type.preferred = rows.flag();
    const bool has_default = !rows.is_null();
    std::string text = rows.text();
    if (has_default) type.default_value = std::move(text);
    type.element = reading.type(rows.oid());
    type.delimiter = rows.letter();
    type.collatable = rows.flag();
    // from 14 on the server says it, where the type has an element
    if (reading.version < 14 && !type.element.empty())
      type.subscript = {"pg_catalog", "raw_array_subscript_handler"};
    add(reading.catalog.base_types, std::move(type));
  }
}

void add_types(Reading& reading) {
  for (const auto& [oid, row] : reading.types) {
    if ((row.typtype != 'e' && row.typtype != 'd' && row.typtype != 'c') ||
        !reading.ours({catalogs::kType, oid}, row.name))
      continue;
    if (row.typtype == 'e') {
      auto type = start<Enum>(reading, oid, row);
      type.labels = at(reading.labels, oid);
      add(reading.catalog.enums, std::move(type));
    } else if (row.typtype == 'd') {
      add_domain(reading, oid, row);
    } else if (at(reading.relations, row.relation).relkind == 'c') {
      add_composite(reading, oid, row);
    }
  }
}

void add_extension_objects(Reading& reading) {
  ExtensionObjects& objects = reading.catalog.extension_objects;
  for (const auto& [address, is_member] : reading.members) {
    if (address.catalog == catalogs::kType) {
      const TypeRow& row = at(reading.types, address.object);
      objects.types.push_back({row.name, row.typtype, row.category, row.preferred,
                               row.typtype == 'd' ? base_type(reading, row).sql : std::string(),
                               row.storage, row.collation != 0});
    } else if (address.catalog == catalogs::kOpclass) {
      const OpclassRow& row = at(reading.opclasses, address.object);
      objects.opclasses.push_back(
          {row.name, at(reading.methods, row.method), reading.type(row.type).sql, row.is_default});
    }
  }
  auto sort_by_name = [](auto& list) {
    std::sort(list.begin(), list.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
  };
  sort_by_name(objects.types);
  std::sort(objects.opclasses.begin(), objects.opclasses.end(), [](const auto& a, const auto& b) {
    return std::tie(a.name, a.method) < std::tie(b.name, b.method);
  });
}

}  // namespace schemadiff::schema::introspection
