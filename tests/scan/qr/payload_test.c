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
	assert_int_equal(s->payload.pieces.count, 1); /* of one set */
	assert_int_equal(s->payload.pieces.items[0].eci, -1);
	begin(s, 1);
	put(s, 8, 4); /* 7.4.6: 935F and E4AA */
	put(s, 2, 8);
	put(s, 0x0D9F, 13);
	put(s, 0x1AAA, 13);
	assert_says(s, "\x93\x5F\xE4\xAA");
	assert_true(s->payload.pieces.items[0].kanji);
	begin(s, 1);
	put(s, 13, 4);
	put(s, 1, 4);
	put(s, 1, 8);
	put(s, (0xB0 - 0xA6) * 0x60 + (0xA2 - 0xA1), 13);
	assert_says(s, "\xB0\xA2");
	assert_true(s->payload.pieces.items[0].hanzi);
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
		assert_int_equal(s->payload.pieces.items[0].eci, sets[i].eci);
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

static void put_eci(struct stream *s, unsigned value) {
	put(s, 7, 4);
	put(s, value, 8);
}

static void assert_means(struct stream *s, const char *text) {
	struct strbuf out = {0};
	put(s, 0, 4);
	assert_true(payload_read(&s->symbol, &s->payload));
	payload_text(&s->payload, &out);
	assert_string_equal(strbuf_str(&out), text);
	strbuf_fini(&out);
}

/* The sets that writers of labels choose by themselves for Ukrainian, Russian and others. */
static void sets_that_are_named(void **state) {
	struct stream *s = *state;
	static const struct {
		unsigned eci;
		const char *bytes, *text;
	} sets[] = {
		{3, "caf\xE9", "café"},
		{4,
		 "\xA3\xF3"
		 "d\xBC",
		 "Łódź"},
		{7, "\xB3\xD0\xDD\xDD\xD0", "Ганна"},
		{7, "\xA7\xD2\xD3\xD0", "Ївга"},
		{22, "\xC3\xE0\xED\xED\xE0 \xB3\xBF", "Ганна ії"},
		{20, "\x93\xFA\x96\x7B", "日本"},
		{26, "\xD0\x93\xD0\xB0", "Га"},
		{29, "\xD6\xD0", "中"},
		{30, "\xC7\xD1", "한"},
		{23, "\x80", "€"},
		{2, "\x8E", "Ä"},
		{899, "x", "x"},   /* binary: as it stands */
		{26, "\xE9", "é"}, /* it says UTF-8 and is none */
	};
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		begin(s, 1);
		if (sets[i].eci < 128) {
			put_eci(s, sets[i].eci);
		} else {
			put(s, 7, 4);
			put(s, 0x8000 | sets[i].eci, 16);
		}
		put_bytes(s, sets[i].bytes);
		assert_means(s, sets[i].text);
	}
	begin(s, 2); /* each piece by its own set */
	put_eci(s, 7);
	put_bytes(s, "\xB3");
	put_eci(s, 26);
	put_bytes(s, "\xD0\x93");
	put_eci(s, 3);
	put_bytes(s, "\xE9");
	assert_means(s, "ГГé");
}

static void sets_that_are_not(void **state) {
	struct stream *s = *state;
	static const struct {
		const char *bytes, *text;
	} known[] = {
		{"Ганна", "Ганна"},
		{"caf\xE9", "café"}, /* ISO 8859-1, as the standard has it */
		{"\xC3\xE0\xED\xED\xE0", "Ãàííà"},
		{"\x82\xB1\x82\xF1\x82\xC9\x82\xBF\x82\xCD", "こんにちは"}, /* what the first codes were made for */
		{"\xEF\xBB\xBFK-1", "K-1"},                                 /* a byte order mark */
		{"K-1\n", "K-1"},
		{"K-1\r\n", "K-1"},
		{"K-1\n\n", "K-1\n"}, /* one line's end is a slip, two are a text */
	};
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		begin(s, 2);
		put_bytes(s, known[i].bytes);
		assert_means(s, known[i].text);
	}
	begin(s, 1);
	put(s, 8, 4);
	put(s, 2, 8);
	put(s, 0x0D9F, 13);
	put(s, 0x1AAA, 13);
	put_bytes(s, "\xD0\x93"); /* kanji say nothing of the bytes beside them */
	assert_means(s, "点茗Г");
}

static void parts_of_a_set(void **state) {
	struct stream *s = *state;
	begin(s, 1);
	put(s, 3, 4);
	put(s, 0x12AB, 16);
	put_bytes(s, "part");
	put(s, 0, 4);
	assert_true(payload_read(&s->symbol, &s->payload));
	assert_int_equal(s->payload.part, 2);
	assert_int_equal(s->payload.parts, 3);
	begin(s, 1);
	put_bytes(s, "whole");
	put(s, 0, 4);
	assert_true(payload_read(&s->symbol, &s->payload));
	assert_int_equal(s->payload.part, 0);
	assert_int_equal(s->payload.parts, 0);
}

static void what_another_reader_read(void **state) {
	struct stream *s = *state;
	struct strbuf out = {0};
	payload_of_bytes("caf\xE9\n", 5, &s->payload);
	payload_text(&s->payload, &out);
	assert_string_equal(strbuf_str(&out), "café");
	strbuf_fini(&out);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		STREAM(every_mode),
		STREAM(what_stands_before_the_text),
		STREAM(lengths_by_version),
		STREAM(what_makes_no_sense_is_refused),
		STREAM(the_end_needs_no_mark),
		STREAM(sets_that_are_named),
		STREAM(sets_that_are_not),
		STREAM(parts_of_a_set),
		STREAM(what_another_reader_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
