/* The code that takes the programme along: what a camera reads of the screen is what was meant, on every kind of panel. */
#include "kiosk/screens/agenda_code.h"

#include "lib/kiosk_display.h"
#include "lib/kiosk_visit.h"
#include "lib/painted_list.h"
#include "lib/testing.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/agenda_file.h"
#include "scan/qr/decode.h"

#define LINK "https://fair.example.org/programme?day=2026-05-14&lang=uk#now"

static struct image paint(const struct model *m, int w, int h) {
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct theme theme = theme_make(m->style, w, h, 0);
	struct draw_list list = {0};
	view_draw(m, &theme, &metrics, &list);
	struct image out = painted_list(&list, w, h);
	draw_fini(&list);
	return out;
}

/* The text of the one code on the screen, for free(); NULL: there is none. */
static char *read_code(const struct model *m, int w, int h) {
	struct image image = paint(m, w, h);
	struct decoder *decoder = NULL;
	struct decode_result *result = xcalloc(1, sizeof *result);
	struct err err = {0};
	assert_ok(decoder_open(&decoder, &err));
	size_t found = (size_t)decoder_scan(decoder, &image, &(struct decode_options){.max = 1}, result);
	char *text = found == 0 ? NULL : xstrndup((const char *)result->payload, result->len);
	decoder_close(decoder);
	free(result);
	free(image.luma);
	return text;
}

static const struct panel { int w, h; } panels[] = {{1920, 1080}, {1080, 1920}};

static void open_day(struct model *m, int day) { visit_touch(m, ACTION_DAY, tz_days(2026, 5, day)); }

static void a_link_is_read_as_it_is(void **state) {
	struct model *m = visit_model(state);
	m->event->agenda_url = xstrdup(LINK);
	open_day(m, 14);
	for (size_t i = 0; i < COUNT_OF(panels); i++) {
		char *text = read_code(m, panels[i].w, panels[i].h);
		assert_string_equal(text, LINK);
		free(text);
	}
	assert_true(kiosk_fixture_says(m, "The programme on your phone: point its camera here"));
}

/* Of what is listed, without what is over or takes place no more; words and places as they are, Cyrillic too. */
static void a_day_is_read_as_a_calendar(void **state) {
	struct model *m = visit_model(state);
	struct err err = {0};
	struct tz *kyiv = tz_open("Europe/Kyiv", &err);
	open_day(m, 14);
	visit_touch(m, TOUCH_TRACK, 0); /* Село: Відкриття is over */
	for (size_t i = 0; i < COUNT_OF(panels); i++) {
		char *text = read_code(m, panels[i].w, panels[i].h);
		struct agenda agenda = {0};
		struct strbuf all = {0};
		assert_non_null(text);
		strbuf_adds(&all, text);
		assert_ok(agenda_parse(&all, kyiv, NULL, &agenda, &err));
		assert_int_equal(agenda.count, 2);
		assert_string_equal(session_text(&agenda.items[0], SESSION_TITLE), "Бджільництво для громад");
		assert_string_equal(session_text(&agenda.items[1], SESSION_TITLE), "Кооператив: перші три кроки");
		assert_int_equal(agenda.items[1].when.start.v, kiosk_fixture_time("2026-05-14T11:30").v);
		assert_string_equal(agenda.items[0].when.room, "Зала А, Великі Сорочинці");
		agenda_fini(&agenda);
		strbuf_fini(&all);
		free(text);
	}
	m->event->sessions.items[4].session.cancelled = true;
	char *text = read_code(m, 1920, 1080);
	assert_non_null(text);
	assert_null(strstr(text, "Кооператив"));
	free(text);
	tz_close(kyiv);
}

/* Too many words for a code that a telephone reads: none is better than one that nobody gets. */
static void what_does_not_fit_is_left_out(void **state) {
	struct model *m = visit_model(state);
	kiosk_fixture_load(m, display_tracks(73, 8));
	open_day(m, 14);
	assert_null(read_code(m, 1920, 1080));
	assert_false(kiosk_fixture_says(m, "These sessions for your calendar: point your phone here"));
	m->event->agenda_url = xstrdup(LINK);
	char *text = read_code(m, 1920, 1080);
	assert_string_equal(text, LINK);
	free(text);
}

/* A day that is over: nothing of it is taken along. */
static void a_day_that_is_over(void **state) {
	struct model *m = visit_model(state);
	open_day(m, 14);
	visit_touch(m, TOUCH_TRACK, 0);
	m->now = kiosk_fixture_time("2026-05-14T20:00");
	assert_null(read_code(m, 1920, 1080));
}

/* The first screen has it where its lists leave room, and only then. */
static void the_first_screen_has_a_link(void **state) {
	struct model *m = visit_model(state);
	m->event->agenda_url = xstrdup(LINK);
	assert_null(read_code(m, 1920, 1080)); /* three run */
	m->now = kiosk_fixture_time("2026-05-14T12:50");
	char *text = read_code(m, 1920, 1080);
	assert_string_equal(text, LINK);
	free(text);
}

/* A session's own code, where little room is left for it. */
static void a_session_that_was_moved(void **state) {
	struct model *m = visit_model(state);
	display_moves(m->event, 3, "2026-05-14T10:00", "Намет біля сцени");
	visit_touch(m, ACTION_SESSION, 3);
	for (size_t i = 0; i < COUNT_OF(panels); i++) {
		char *text = read_code(m, panels[i].w, panels[i].h);
		assert_non_null(text);
		assert_non_null(strstr(text, "SUMMARY:Як написати грантову заявку"));
		free(text);
	}
}

/* On a panel so coarse that modules would be single pixels no code is drawn: nobody points a telephone at it in vain. */
static void a_session_on_a_coarse_panel(void **state) {
	struct model *m = visit_model(state);
	visit_touch(m, ACTION_SESSION, 3);
	for (int i = 0; i < 2; i++) {
		char *text = read_code(m, i == 0 ? 1280 : 480, i == 0 ? 720 : 270);
		assert_int_equal(text != NULL, i == 0);
		free(text);
	}
	assert_true(kiosk_fixture_says(m, "For your calendar: point your phone at it"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(a_link_is_read_as_it_is),     TEST(a_day_is_read_as_a_calendar), TEST(what_does_not_fit_is_left_out),
		TEST(a_day_that_is_over),          TEST(a_session_that_was_moved),    TEST(the_first_screen_has_a_link),
		TEST(a_session_on_a_coarse_panel),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
