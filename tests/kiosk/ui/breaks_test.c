#include "kiosk/ui/breaks.h"

#include "base/utf8.h"
#include "lib/testing.h"

/* The text with "|" wherever a line may end. */
static void assert_breaks(const char *expected) {
	struct strbuf plain = {0}, broken = {0};
	for (const char *c = expected; *c != '\0'; c++) {
		strbuf_add(&plain, c, *c != '|');
	}
	for (size_t at = 0; at < plain.len;) {
		const char *text = strbuf_str(&plain) + at, *first = text, *second;
		size_t n = utf8_cluster(text, plain.len - at);
		strbuf_add(&broken, text, n);
		at += n;
		second = strbuf_str(&plain) + at;
		if (at < plain.len && breaks_between(utf8_next(&first), utf8_next(&second))) {
			strbuf_addc(&broken, '|');
		}
	}
	assert_string_equal(strbuf_str(&broken), expected);
	strbuf_fini(&plain);
	strbuf_fini(&broken);
}

static void lines_end_between_letters_where_no_blanks_part_words(void **state) {
	(void)state;
	assert_breaks("Олена Приклад");
	assert_breaks("محمد علي");
	assert_breaks("서울대학교");
	assert_breaks("अमित");
	assert_breaks("北|京|大|学");
	assert_breaks("山|田|た|ろ|う|A4|判");
	assert_breaks("大|学。|第|「一」|部、|二");
	assert_breaks("チェッ|ク|リ|ス|ト");
	assert_breaks("コー|ヒー");
	/* A vowel that is written before or behind its consonant stays with it, and so does the mark above. */
	assert_breaks("เก|ษ|ต|ร");
	assert_breaks("ตา|น้ำ|ใจ|ดี");
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(lines_end_between_letters_where_no_blanks_part_words)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
