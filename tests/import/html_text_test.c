#include "import/html_text.h"

#include "scratch.h"

static void expect(const char *html, const char *text) {
	char *got = html_text(html);
	assert_string_equal(got, text);
	free(got);
}

static void tags_go_and_paragraphs_become_lines(void **state) {
	(void)state;
	expect("plain", "plain");
	expect("<b>bold</b> and <i>thin</i>", "bold and thin");
	expect("one<br>two<p>three</p>", "one\ntwo\nthree\n");
	expect("a<script>alert('<b>')</script>b<style>x{}</style>c<!-- d -->e", "abce");
}

static void references_are_decoded(void **state) {
	(void)state;
	expect("&lt;&amp;&gt;&quot;&#1031;&#x457;", "<&>\"Її");
	expect("&unknown; & alone &#0; &#x110000; &#xD800;", "&unknown; & alone &#0; &#x110000; \xEF\xBF\xBD");
}

static void what_is_no_tag_stays(void **state) {
	(void)state;
	expect("1 < 2 > 0, x<3", "1 < 2 > 0, x<3");
	expect("cut <b", "cut ");
	expect("<", "<");
	expect("&", "&");
	expect("<!--", "");
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_go_and_paragraphs_become_lines),
		cmocka_unit_test(references_are_decoded),
		cmocka_unit_test(what_is_no_tag_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
