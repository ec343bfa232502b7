/* Heads that two programs could read differently. */
#include "net/http_head.h"

#include "lib/testing.h"

#include "base/alloc.h"

#define FIELDS 4

struct fields {
	const char *names[FIELDS], *values[FIELDS];
};

static const char *wrong_with(const struct fields *fields, const char *version) {
	struct http_head head = {0};
	for (size_t i = 0; i < FIELDS && fields->names[i] != NULL; i++) {
		http_head_note(&head, (struct http_field){fields->names[i], strlen(fields->names[i]), fields->values[i],
							  strlen(fields->values[i])});
	}
	const char *wrong = http_head_wrong(&head, "POST", version);
	http_head_fini(&head);
	return wrong;
}

static void what_is_wrong_is_said(void **state) {
	(void)state;
	static const struct {
		struct fields fields;
		const char *says; /* NULL: nothing */
	} cases[] = {
		{{{NULL}, {NULL}}, NULL},
		{{{"Content-Length"}, {"0"}}, NULL},
		{{{"Content-Length"}, {"99999999999999999999999"}}, NULL}, /* too large, which is said otherwise */
		{{{"Transfer-Encoding"}, {"Chunked"}}, NULL},
		{{{"Content-Length", "transfer-encoding"}, {"5", "chunked"}}, "both a Content-Length and a Transfer-Encoding"},
		{{{"Content-Length", "X", "CONTENT-LENGTH"}, {"5", "x", "6"}}, "two Content-Lengths"},
		{{{"Content-Length"}, {"5 5"}}, "no number"},
		{{{"Content-Length"}, {""}}, "no number"},
		{{{"Transfer-Encoding"}, {"chunked, chunked"}}, "not known here"},
		{{{"Transfer-Encoding", "Transfer-Encoding"}, {"chunked", "chunked"}}, "not known here"},
		{{{"Host", "host"}, {"a", "a"}}, "two hosts"},
		{{{"X"}, {"tab\there, caf\xC3\xA9"}}, NULL},
		{{{"X"}, {"line\nbreak"}}, "cannot be read"},
		{{{"X"}, {"\x7F"}}, "cannot be read"},
		{{{"X "}, {""}}, "cannot be read"},
		{{{""}, {""}}, "cannot be read"},
		{{{"caf\xC3\xA9"}, {""}}, "cannot be read"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *wrong = wrong_with(&cases[i].fields, "HTTP/1.1");
		if (cases[i].says == NULL) {
			assert_null(wrong);
		} else {
			assert_non_null(wrong);
			assert_holds(wrong, cases[i].says);
		}
	}
	assert_null(wrong_with(&(struct fields){.names = {NULL}}, "HTTP/1.0"));
	assert_non_null(wrong_with(&(struct fields){{"Transfer-Encoding"}, {"chunked"}}, "HTTP/1.0"));
	assert_non_null(wrong_with(&(struct fields){.names = {NULL}}, "HTTP/2.0"));
}

static void bytes_that_no_text_has(void **state) {
	(void)state;
	struct http_head head = {0};
	http_head_note(&head, (struct http_field){"X", 1, "a\0b", 3});
	assert_non_null(http_head_wrong(&head, "GET", "HTTP/1.1"));
	http_head_fini(&head);
	assert_non_null(http_head_wrong(&(struct http_head){0}, "G T", "HTTP/1.1"));
	assert_non_null(http_head_wrong(&(struct http_head){0}, "", "HTTP/1.1"));
	assert_null(http_head_wrong(&(struct http_head){0}, "BREW", "HTTP/1.1"));
}

static void lists_are_joined_in_their_order(void **state) {
	(void)state;
	struct http_head head = {0};
	http_head_note(&head, (struct http_field){"x-forwarded-for", 15, "a", 1});
	http_head_note(&head, (struct http_field){"Forwarded", 9, "for=b", 5});
	http_head_note(&head, (struct http_field){"X-Forwarded-For", 15, "c, d", 4});
	assert_string_equal(strbuf_str(&head.x_forwarded_for), "a,c, d");
	assert_string_equal(strbuf_str(&head.forwarded), "for=b");
	http_head_fini(&head);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_wrong_is_said), cmocka_unit_test(bytes_that_no_text_has),
					   cmocka_unit_test(lists_are_joined_in_their_order)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
