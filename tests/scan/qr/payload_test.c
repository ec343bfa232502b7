/* Segments of every mode, written bit by bit, and what is cut off or impossible. */
#include "scan/qr/payload.h"

#include "lib/testing.h"

#include "base/alloc.h"

struct stream {
	struct corrected symbol;
	struct payload payload;
	int bits;
};

static int set_up(void **state) {
	struct stream *s = xcalloc(1, sizeof *s);
	s->symbol.version = 1;
	*state = s;
	return 0;
}

static int tear_down(void **state) {
	struct stream *s = *state;
	payload_fini(&s->payload);
	free(s);
	return 0;
}

static void begin(struct stream *s, int version) {
	memset(s->symbol.data, 0, sizeof s->symbol.data);
	s->symbol.version = version;
	s->symbol.data_count = s->bits = 0;
}

static void put(struct stream *s, unsigned value, int bits) {
	for (int i = bits - 1; i >= 0; i--, s->bits++) {
		s->symbol.data[s->bits / 8] |= (uint8_t)((value >> i & 1u) << (7 - s->bits % 8));
	}
	s->symbol.data_count = (s->bits + 7) / 8;
}

static void put_bytes(struct stream *s, const char *text) {
	put(s, 4, 4);
	put(s, (unsigned)strlen(text), s->symbol.version < 10 ? 8 : 16);
	for (const char *at = text; *at != '\0'; at++) {
		put(s, (unsigned char)*at, 8);
	}
}

static void assert_says(struct stream *s, const char *text) {
	put(s, 0, 4);
	assert_true(payload_read(&s->symbol, &s->payload));
	assert_string_equal(strbuf_str(&s->payload.bytes), text);
}

static void every_mode(void **state) {
	struct stream *s = *state;
	begin(s, 1);
	put(s, 1, 4); /* the standard's own example: 01234567, 7.4.3 */
	put(s, 8, 10);
	put(s, 12, 10);
	put(s, 345, 10);
	put(s, 67, 7);
	assert_says(s, "01234567");
	begin(s, 1);
	put(s, 2, 4); /* and AC-42, 7.4.4 */
	put(s, 5, 9);
	put(s, 10 * 45 + 12, 11);
	put(s, 41 * 45 + 4, 11);
	put(s, 2, 6);
	assert_says(s, "AC-42");
	begin(s, 1);
	put_bytes(s, "caf\xC3\xA9");
	put_bytes(s, "!");
	assert_says(s, "caf\xC3\xA9!");
	assert_true(s->payload.eci == -1 && !s->payload.kanji && !s->payload.hanzi);
	begin(s, 1);
	put(s, 8, 4); /* 7.4.6: 935F and E4AA */
	put(s, 2, 8);
	put(s, 0x0D9F, 13);
	put(s, 0x1AAA, 13);
	assert_says(s, "\x93\x5F\xE4\xAA");
	assert_true(s->payload.kanji);
	begin(s, 1);
	put(s, 13, 4);
	put(s, 1, 4);
	put(s, 1, 8);
	put(s, (0xB0 - 0xA6) * 0x60 + (0xA2 - 0xA1), 13);
	assert_says(s, "\xB0\xA2");
	assert_true(s->payload.hanzi);
}

static void what_stands_before_the_text(void **state) {
	struct stream *s = *state;
	static const struct {
		unsigned value;
		int bits, eci;
	} sets[] = {{26, 8, 26}, {0x8000 | 1000, 16, 1000}, {0xC00000 | 20000, 24, 20000}};
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		begin(s, 10);
		put(s, 7, 4);
		put(s, sets[i].value, sets[i].bits);
		put_bytes(s, "x");
		assert_says(s, "x");
		assert_int_equal(s->payload.eci, sets[i].eci);
	}
	begin(s, 1);
	put(s, 3, 4); /* the second of three */
	put(s, 0x12AB, 16);
	put_bytes(s, "part");
	assert_says(s, "part");
	begin(s, 1);
	put(s, 5, 4); /* GS1: % is a separator, %% a per cent sign */
	put(s, 2, 4);
	put(s, 6, 9);
	put(s, 1 * 45 + 38, 11);
	put(s, 2 * 45 + 38, 11);
	put(s, 38 * 45 + 3, 11);
	assert_says(s, "1\x1D"
		       "2%3");
}

static void lengths_by_version(void **state) {
	struct stream *s = *state;
	static const struct {
		int version, digits, letters, bytes, kanji;
	} tables[] = {{9, 10, 9, 8, 8}, {10, 12, 11, 16, 10}, {26, 12, 11, 16, 10}, {27, 14, 13, 16, 12}, {40, 14, 13, 16, 12}};
	for (size_t i = 0; i < COUNT_OF(tables); i++) {
		begin(s, tables[i].version);
		put(s, 1, 4);
		put(s, 1, tables[i].digits);
		put(s, 7, 4);
		put(s, 2, 4);
		put(s, 1, tables[i].letters);
		put(s, 10, 6);
		put(s, 4, 4);
		put(s, 1, tables[i].bytes);
		put(s, 'z', 8);
		put(s, 8, 4);
		put(s, 1, tables[i].kanji);
		put(s, 0x0D9F, 13);
		assert_says(s, "7Az\x93\x5F");
	}
}

static void what_makes_no_sense_is_refused(void **state) {
	struct stream *s = *state;
	begin(s, 1);
	put(s, 0, 4);
	assert_false(payload_read(&s->symbol, &s->payload)); /* no text at all */
	begin(s, 1);
	put(s, 6, 4);
	assert_false(payload_read(&s->symbol, &s->payload)); /* no such mode */
	begin(s, 1);
	put(s, 1, 4);
	put(s, 3, 10);
	put(s, 1000, 10);
	assert_false(payload_read(&s->symbol, &s->payload)); /* no three digits */
	begin(s, 1);
	put(s, 2, 4);
	put(s, 2, 9);
	put(s, 2025, 11);
	assert_false(payload_read(&s->symbol, &s->payload));
	begin(s, 1);
	put_bytes(s, "cut off");
	for (int n = 1; n < s->symbol.data_count; n++) {
		struct corrected cut = s->symbol;
		cut.data_count = n;
		assert_false(payload_read(&cut, &s->payload));
	}
}

/* A text may end where less than a mode's bits are left. */
static void the_end_needs_no_mark(void **state) {
	struct stream *s = *state;
	begin(s, 1);
	put_bytes(s, "full");
	s->symbol.data_count = s->bits / 8;
	assert_int_equal(s->bits % 8, 4);
	s->symbol.data_count++;
	assert_true(payload_read(&s->symbol, &s->payload));
	assert_string_equal(strbuf_str(&s->payload.bytes), "full");
}

#define STREAM(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {
		STREAM(every_mode),
		STREAM(what_stands_before_the_text),
		STREAM(lengths_by_version),
		STREAM(what_makes_no_sense_is_refused),
		STREAM(the_end_needs_no_mark),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
