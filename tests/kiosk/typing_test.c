#include "kiosk/typing.h"

#include "lib/testing.h"

#include "base/str.h"

struct desk {
	struct typing typing;
	struct strbuf codes, texts; /* what came, each ended by | */
	int64_t now;
};

static void code(void *context, const char *text, size_t n) {
	struct desk *d = context;
	strbuf_add(&d->codes, text, n);
	strbuf_adds(&d->codes, "|");
}

static void text(void *context, const char *typed, size_t n) {
	struct desk *d = context;
	assert_int_equal(strlen(typed), n);
	strbuf_add(&d->texts, typed, n);
	strbuf_adds(&d->texts, "|");
}

static const struct framing no_framing;

static int set_up(void **state) {
	static struct desk d;
	d = (struct desk){.typing = {.framing = &no_framing, .code = code, .text = text, .context = &d}, .now = 1000};
	*state = &d;
	return 0;
}

static int tear_down(void **state) {
	struct desk *d = *state;
	typing_fini(&d->typing);
	strbuf_fini(&d->codes);
	strbuf_fini(&d->texts);
	return 0;
}

/* A key, and the text that SDL makes of it in the layout that the system has. */
static bool key(struct desk *d, char c, const char *typed, int64_t after_ms) {
	d->now += after_ms;
	uint16_t usage = c == '\n' ? 0x28 : 0x04;
	bool shift = false;
	while (c != '\n' && usage < 0x64 && wedge_character(usage, false) != c && wedge_character(usage, true) != c) {
		usage++;
	}
	shift = c != '\n' && wedge_character(usage, false) != c;
	struct wedge_key k = {.usage = usage, .pressed = true, .shift = shift, .time_ms = d->now};
	bool taken = typing_key(&d->typing, &k);
	if (typed != NULL) {
		typing_text(&d->typing, typed, d->now);
	}
	return taken;
}

static void a_scanners_code_is_never_typed(void **state) {
	struct desk *d = *state;
	static const char *const ukrainian[] = {"Е", "Щ", "1", "Ф", "И"};
	const char *keys = "TO1AB";
	for (size_t i = 0; keys[i] != '\0'; i++) {
		assert_false(key(d, keys[i], ukrainian[i], 5));
		assert_true(i == 0 || typing_deadline(&d->typing, d->now) > d->now);
	}
	assert_true(key(d, '\n', NULL, 5));
	assert_string_equal(strbuf_str(&d->codes), "TO1AB|");
	typing_pass(&d->typing, d->now + 1000);
	assert_string_equal(strbuf_str(&d->texts), "");
	assert_true(typing_deadline(&d->typing, d->now) == INT64_MAX);
}

static void what_people_type_comes_a_moment_later(void **state) {
	struct desk *d = *state;
	key(d, 'a', "ф", 500);
	key(d, 'b', "и", 500); /* slowly: the first one is a person's */
	assert_true(strstr(strbuf_str(&d->texts), "ф") != NULL);
	typing_pass(&d->typing, d->now + WEDGE_GAP_MS + 1);
	assert_true(strstr(strbuf_str(&d->texts), "и") != NULL);
	assert_false(key(d, '\n', NULL, 500)); /* Enter is theirs, too */
	assert_string_equal(strbuf_str(&d->codes), "");
}

static void text_without_a_key_is_typed_at_once(void **state) {
	struct desk *d = *state;
	typing_text(&d->typing, "Привіт", d->now); /* an input method */
	assert_string_equal(strbuf_str(&d->texts), "Привіт|");
}

/* With Caps Lock on some scanners send the other case. */
static void caps_lock_is_seen_through(void **state) {
	struct desk *d = *state;
	for (const char *c = "to1ab"; *c != '\0'; c++) {
		uint16_t usage = 0x04;
		while (wedge_character(usage, false) != *c) {
			usage++;
		}
		d->now += 5;
		struct wedge_key k = {.usage = usage, .pressed = true, .caps_lock = true, .shift = *c >= 'a', .time_ms = d->now};
		typing_key(&d->typing, &k);
	}
	assert_true(key(d, '\n', NULL, 5));
	assert_true(str_starts(strbuf_str(&d->codes), "TO1AB"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {TEST(a_scanners_code_is_never_typed), TEST(what_people_type_comes_a_moment_later),
					   TEST(text_without_a_key_is_typed_at_once), TEST(caps_lock_is_seen_through)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
