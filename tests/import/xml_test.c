#include "import/xml.h"

#include "scratch.h"

static struct xml_tree *open_text(const char *text, struct err *err) { return xml_tree_open(text, strlen(text), err); }

static void a_tree_holds_what_is_written(void **state) {
	(void)state;
	struct err err = {0};
	struct xml_tree *tree = open_text(
		"<?xml version=\"1.0\"?><p:a xmlns:p=\"u\" k=\"1 &amp; &lt;2\"><b>x &amp; <![CDATA[<y>]]></b><c/><b>z</b></p:a>", &err);
	assert_ok(tree != NULL);
	const struct xml_node *root = xml_tree_root(tree);
	assert_string_equal(root->name, "a");
	assert_string_equal(xml_node_attribute(root, "k"), "1 & <2");
	assert_null(xml_node_attribute(root, "none"));
	const struct xml_node *b = xml_child(root, "b");
	assert_string_equal(b->text, "x & <y>");
	assert_string_equal(xml_sibling(b, "b")->text, "z");
	assert_string_equal(xml_child_text(root, "c"), "");
	assert_string_equal(xml_child_text(NULL, "c"), "");
	assert_null(xml_child(root, "d"));
	xml_tree_close(tree);
	xml_tree_close(NULL);
}

static void errors_name_the_line(void **state) {
	(void)state;
	struct err err = {0};
	assert_null(open_text("<a>\n<b>\n</a>", &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_says("line 3");
	assert_null(open_text("", &err));
	assert_null(open_text("no xml", &err));
	assert_null(open_text("<a>\xFF</a>", &err));
	assert_null(open_text("<a>&unknown;</a>", &err));
	assert_null(xml_tree_open("<a>\0</a>", 8, &err));
}

static void entity_bombs_are_refused(void **state) {
	(void)state;
	struct err err = {0};
	assert_null(open_text("<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
			      "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><lolz>&c;</lolz>",
			      &err));
	assert_says("document type");
	assert_null(open_text("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", &err));
	assert_null(open_text("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", &err));
	assert_null(open_text("<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://127.0.0.1:1/\">%x;]><a/>", &err));
}

static void depth_and_size_are_capped(void **state) {
	(void)state;
	struct err err = {0};
	struct strbuf text = {0};
	for (int i = 0; i < 100000; i++) {
		strbuf_adds(&text, "<a>");
	}
	assert_null(open_text(strbuf_str(&text), &err));
	assert_says("nested too deeply");
	strbuf_reset(&text);
	strbuf_adds(&text, "<r>");
	for (int i = 0; i < XML_NODES_MAX; i++) {
		strbuf_adds(&text, "<a/>");
	}
	strbuf_adds(&text, "</r>");
	assert_null(open_text(strbuf_str(&text), &err));
	assert_says("more than 2000000 elements");
	strbuf_fini(&text);
}

static void many_attributes_do_not_hang(void **state) {
	(void)state;
	const int counts[] = {50000, 200000, 1000000};
	for (size_t k = 0; k < COUNT_OF(counts); k++) {
		struct err err = {0};
		struct strbuf text = {0};
		strbuf_adds(&text, "<r ");
		for (int i = 0; i < counts[k]; i++) {
			strbuf_addf(&text, "a%d='' ", i);
		}
		strbuf_adds(&text, "/>");
		assert_null(open_text(strbuf_str(&text), &err));
		assert_int_equal(err.kind, ERR_INPUT);
		strbuf_fini(&text);
	}
}

static void every_prefix_is_refused(void **state) {
	(void)state;
	const char *text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a b=\"c\"><!-- d --><e>ї&#1031;</e><![CDATA[f]]></a>";
	for (size_t n = 0; n < strlen(text); n++) {
		struct err err = {0};
		assert_null(xml_tree_open(text, n, &err));
		assert_int_equal(err.kind, ERR_INPUT);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tree_holds_what_is_written), cmocka_unit_test(errors_name_the_line),
		cmocka_unit_test(entity_bombs_are_refused),     cmocka_unit_test(depth_and_size_are_capped),
		cmocka_unit_test(many_attributes_do_not_hang),  cmocka_unit_test(every_prefix_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
