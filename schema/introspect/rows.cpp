// Reads the text form of values as the server sends them.
#include "schema/introspect/rows.h"

#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace schemadiff::schema::introspection {
namespace {

template <class Number>
std::vector<Number> parse_numbers(std::string_view text) {
  std::vector<Number> numbers;
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end) {
    Number number{};
    auto [rest, failed] = std::from_chars(at, end, number);
    if (failed == std::errc()) numbers.push_back(number);
    at = rest == at ? at + 1 : rest;
  }
  return numbers;
}

}  // namespace

void Rows::Free::operator()(pg_result* result) const { PQclear(result); }

Rows::Rows(pg_result* result) : result_(result), count_(PQntuples(result)) {}

bool Rows::next() {
  field_ = 0;
  return ++row_ < count_;
}

bool Rows::is_null() const { return PQgetisnull(result_.get(), row_, field_) != 0; }

std::string_view Rows::view() {
  auto length = static_cast<std::size_t>(PQgetlength(result_.get(), row_, field_));
  return {PQgetvalue(result_.get(), row_, field_++), length};
}

std::int64_t Rows::integer() {
  std::string_view text = view();
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

double Rows::real() { return std::strtod(view().data(), nullptr); }

char Rows::letter() {
  std::string_view text = view();
  return text.empty() ? '\0' : text[0];
}

std::vector<int> Rows::numbers() { return parse_numbers<int>(view()); }

std::vector<Oid> Rows::oids() { return parse_numbers<Oid>(view()); }

std::vector<std::string> Rows::texts() { return array_elements(view()); }

Options Rows::options() {
  Options options;
  for (const std::string& element : texts()) {
    std::size_t equals = element.find('=');
    if (equals == std::string::npos) continue;
    options.emplace_back(element.substr(0, equals), element.substr(equals + 1));
  }
  return options;
}

std::vector<std::string> array_elements(std::string_view array) {
  std::vector<std::string> elements;
  if (array.size() <= 2) return elements;
  array = array.substr(1, array.size() - 2);
  std::string element;
  bool quoted = false, was_quoted = false;
  auto finish = [&] {
    elements.push_back(!was_quoted && element == "NULL" ? std::string() : element);
    element.clear();
    was_quoted = false;
  };
  for (std::size_t i = 0; i < array.size(); ++i) {
    char c = array[i];
    if (c == '\\' && i + 1 < array.size()) {
      element += array[++i];
    } else if (c == '"') {
      quoted = !quoted;
      was_quoted = true;
    } else if (c == ',' && !quoted) {
      finish();
    } else {
      element += c;
    }
  }
  finish();
  return elements;
}

}  // namespace schemadiff::schema::introspection
