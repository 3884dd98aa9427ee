// Text in other languages stays text.
#include "cli/report/escape.h"

#include <catch2/catch.hpp>

namespace schemadiff::cli {

TEST_CASE("what is no UTF-8, or nothing that XML takes, is replaced") {
  CHECK(readable("größe\t1\n") == "größe\t1\n");
  CHECK(readable("a\xFF"
                 "b") ==
        "a\uFFFD"
        "b");
  CHECK(readable("\x1B[31m") == "\uFFFD[31m");
  CHECK(readable("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");  // half of a pair
  CHECK(readable("\xC0\xAF") == "\uFFFD\uFFFD");            // longer than it need be
  CHECK(readable("\xEF\xBF\xBF") == "\uFFFD\uFFFD\uFFFD");  // no character
  CHECK(readable("\xF0\x9F\x90\x98 \xE2\x82") == "\U0001F418 \uFFFD\uFFFD");
  CHECK(readable("a\r\nb") == "a\nb");
}

TEST_CASE("marks of HTML, XML and Markdown are none in a text") {
  CHECK(markup("<a href='x'>&\"") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
  CHECK(markdown("a_b | <b> *c* #12\nd") == "a\\_b \\| &lt;b&gt; \\*c\\* \\#12 d");
  CHECK(markdown("ask @dba") == "ask @\u200Bdba");
  CHECK(markdown_code("a|b") == "`a\\|b`");
  CHECK(markdown_code("a`b") == "`` a`b ``");
  CHECK(markdown_block("sql", "SELECT '```'") == "````sql\nSELECT '```'\n````\n");
}

}  // namespace schemadiff::cli
