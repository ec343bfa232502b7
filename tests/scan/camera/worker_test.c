/* Sources and the scanning thread: pictures, folders, films, pipes; what happens when they are missing or broken. */
#include "scan/camera/worker.h"

#include "lib/testing.h"

#include <sys/stat.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"
#include "paper/png.h"
#include "paper/qr.h"
#include "scan/camera/source.h"
#include "scan/image/video.h"

#define SIDE 240

/* A code in the middle of a square picture, as luminance. */
static void paint_luma(uint8_t *luma, const char *payload) {
	struct err err = {0};
	struct qr_matrix qr;
	assert_ok(qr_encode(&qr, payload, strlen(payload), QR_LEVEL_M, &err));
	int scale = SIDE / (qr.side + 2 * QR_QUIET), start = (SIDE - qr.side * scale) / 2;
	memset(luma, 230, SIDE * SIDE);
	for (int y = 0; y < qr.side * scale; y++) {
		for (int x = 0; x < qr.side * scale; x++) {
			luma[(start + y) * SIDE + start + x] = qr_dark(&qr, x / scale, y / scale) ? 20 : 230;
		}
	}
}

static char *write_picture(const struct scratch *s, const char *name, const char *payload) {
	static uint8_t luma[SIDE * SIDE];
	static uint32_t pixels[SIDE * SIDE];
	struct err err = {0};
	char *path = scratch_path(s, name);
	paint_luma(luma, payload);
	for (int i = 0; i < SIDE * SIDE; i++) {
		pixels[i] = luma[i] * 0x010101U;
	}
	assert_ok(png_write(path, pixels, SIDE, SIDE, &err));
	return path;
}

static char *write_film(const struct scratch *s, const char *name, int frames) {
	static uint8_t luma[SIDE * SIDE], chroma[SIDE * SIDE / 2];
	struct strbuf film = {0};
	memset(chroma, 128, sizeof chroma);
	strbuf_addf(&film, "YUV4MPEG2 W%d H%d F30:1 Ip A1:1 C420\n", SIDE, SIDE);
	for (int i = 0; i < frames; i++) {
		paint_luma(luma, i < frames / 2 ? "FILM-A" : "FILM-B");
		strbuf_adds(&film, "FRAME\n");
		strbuf_add(&film, luma, sizeof luma);
		strbuf_add(&film, chroma, sizeof chroma);
	}
	char *path = scratch_write(s, name, film.data, film.len);
	strbuf_fini(&film);
	return path;
}

/* Waits for codes until `wanted` was read, at most 20 s; true when it was. Other codes are listed in `seen`. */
static bool wait_code(struct scan_worker *w, const char *wanted, struct strbuf *seen) {
	int64_t end = clock_span_us() + 20000000;
	while (clock_span_us() < end) {
		struct scan_message *m = scan_worker_take(w, 200);
		bool found = m != NULL && m->kind == SCAN_CODE && str_eq(m->payload, wanted);
		if (m != NULL && m->kind == SCAN_CODE && seen != NULL) {
			strbuf_addf(seen, "%s ", m->payload);
		}
		free(m);
		if (found) {
			return true;
		}
	}
	return false;
}

static bool wait_state(struct scan_worker *w, enum scan_state state, char reason[SCAN_REASON_MAX]) {
	int64_t end = clock_span_us() + 20000000;
	while (clock_span_us() < end) {
		struct scan_message *m = scan_worker_take(w, 200);
		bool found = m != NULL && m->kind == SCAN_STATE && m->state == state;
		if (found) {
			str_copy(reason, SCAN_REASON_MAX, m->reason);
		}
		free(m);
		if (found) {
			return true;
		}
	}
	return false;
}

static struct scan_worker *start(const char *kind, const char *path) {
	struct err err = {0};
	struct scan_worker *w;
	char *spec = xasprintf("%s%s", kind, path);
	struct scan_worker_options options = {.source = spec, .preview = true};
	assert_ok(scan_worker_open(&options, &w, &err));
	free(spec);
	return w;
}

static void a_folder_of_pictures(void **state) {
	struct scratch *s = *state;
	free(write_picture(s, "a.png", "FIRST"));
	free(write_picture(s, "b.png", "SECOND"));
	free(scratch_write(s, "notes.txt", "no picture", 10));
	struct strbuf seen = {0};
	struct scan_worker *w = start("file:", s->folder);
	assert_true(wait_code(w, "SECOND", &seen));
	assert_string_equal(strbuf_str(&seen), "FIRST SECOND "); /* each once, though each was in many frames */
	struct scan_preview *preview = xcalloc(1, sizeof *preview);
	assert_true(scan_worker_preview(w, preview));
	assert_true(preview->width > 0 && preview->width <= SCAN_PREVIEW_SIDE);
	free(preview);
	scan_worker_close(w);
	strbuf_fini(&seen);
}

static void films(void **state) {
	struct scratch *s = *state;
	char *path = write_film(s, "film.y4m", 20);
	struct scan_worker *w = start("file:", path);
	assert_true(wait_code(w, "FILM-A", NULL));
	assert_true(wait_code(w, "FILM-B", NULL));
	scan_worker_close(w);
	free(path);
}

static void switching_forgets_what_was_seen(void **state) {
	struct scratch *s = *state;
	char *path = write_picture(s, "a.png", "AGAIN"), *spec = xasprintf("file:%s", path), reason[SCAN_REASON_MAX];
	struct scan_worker *w = start("file:", path);
	assert_true(wait_code(w, "AGAIN", NULL));
	scan_worker_switch(w, "none");
	assert_true(wait_state(w, SCAN_NONE, reason));
	scan_worker_switch(w, spec);
	assert_true(wait_code(w, "AGAIN", NULL));
	scan_worker_close(w);
	free(spec);
	free(path);
}

/* Where the code is comes as the picture is shown: turned, and as in a mirror. */
static void what_is_seen_is_where_it_is_shown(void **state) {
	struct scratch *s = *state;
	char *path = write_picture(s, "a.png", "SEEN"), *spec = xasprintf("file:%s", path);
	struct err err = {0};
	struct image image;
	struct scan_worker *w;
	const struct turn turn = {.degrees = 90, .mirror = true};
	struct scan_worker_options options = {.source = spec, .turn = turn};
	/* The picture is square: one that is not, and in which the code stands to the left and above, tells the ways apart. */
	assert_ok(image_load(path, &image, &err));
	static uint32_t pixels[2 * SIDE * (SIDE + 60)];
	for (int y = 0; y < SIDE + 60; y++) {
		for (int x = 0; x < 2 * SIDE; x++) {
			pixels[y * 2 * SIDE + x] = (x < SIDE && y < SIDE ? image.luma[y * image.stride + x] : 120) * 0x010101U;
		}
	}
	image_fini(&image);
	assert_ok(png_write(path, pixels, 2 * SIDE, SIDE + 60, &err));
	assert_ok(scan_worker_open(&options, &w, &err));
	struct scan_message *m = NULL;
	for (int64_t end = clock_span_us() + 20000000; clock_span_us() < end && (m == NULL || m->kind != SCAN_SEEN || !m->marked);) {
		free(m);
		m = scan_worker_take(w, 200);
	}
	assert_true(m != NULL && m->kind == SCAN_SEEN && m->marked);
	assert_int_equal(m->guidance, GUIDANCE_NONE); /* it is read: nothing is to be said */
	assert_int_equal(m->picture_w, SIDE + 60);
	assert_int_equal(m->picture_h, 2 * SIDE);
	for (int i = 0; i < 4; i++) { /* the first row of the camera's picture is the first column of the one that is shown */
		assert_true(m->corners[i].x > 0 && m->corners[i].x < SIDE && m->corners[i].y > 0 && m->corners[i].y < SIDE);
	}
	assert_true(m->corners[1].y > m->corners[0].y + SIDE / 2 && m->corners[3].x > m->corners[0].x + SIDE / 2);
	free(m);
	scan_worker_close(w);
	free(spec);
	free(path);
}

static void sources_that_are_not_there(void **state) {
	struct scratch *s = *state;
	static const char *const wrong[] = {"file:/nonexistent/film.y4m", "/dev/video99", "webcam"};
	char reason[SCAN_REASON_MAX];
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct scan_worker *w = start("", wrong[i]);
		assert_true(wait_state(w, SCAN_LOST, reason));
		assert_true(reason[0] != '\0');
		scan_worker_close(w);
	}
	char *broken = scratch_write(s, "broken.png", "\x89PNG\r\n\x1a\nrest", 12);
	struct scan_worker *w = start("file:", broken);
	bool told = wait_state(w, SCAN_LOST, reason);
	assert_true(told);
	assert_holds(reason, "broken.png");
	scan_worker_close(w);
	free(broken);
}

/* Heads and frames of films cut and changed: an answer, never a crash, and no frame larger than what pictures may be. */
static void hostile_films(void **state) {
	(void)state;
	static const char *const heads[] = {"YUV4MPEG2 W4 H4\n",
					    "YUV4MPEG2 W99999999 H99999999 F30:1\n",
					    "YUV4MPEG2 W-4 H4\n",
					    "YUV4MPEG2 H4\n",
					    "YUV4MPEG2 W4 H4 F0:0\n",
					    "YUV4MPEG2 W4 H4 C444p16\n",
					    "YUV4MPEG1 W4 H4\n",
					    "\n",
					    "FRAME\n"};
	for (size_t i = 0; i < COUNT_OF(heads); i++) {
		size_t n = strlen(heads[i]);
		for (size_t cut = 0; cut <= n; cut++) {
			struct y4m head;
			size_t used = 0;
			struct err why = {0};
			enum video_answer a = y4m_head((const uint8_t *)heads[i], cut, &head, &used, &why);
			assert_true(a != VIDEO_OK || (head.width > 0 && head.width <= IMAGE_SIDE_MAX && used <= cut));
			size_t len = 0;
			a = video_jpeg_length((const uint8_t *)heads[i], cut, &len);
			assert_true(a != VIDEO_OK || len <= cut);
		}
	}
	static const uint8_t jpegs[][8] = {{0xff, 0xd8, 0xff, 0xd9},
					   {0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xd9},
					   {0xff, 0xd8, 0xff, 0xda, 0xff, 0xff, 0, 0},
					   {0xff, 0xd8, 0, 0, 0, 0, 0, 0}};
	for (size_t i = 0; i < COUNT_OF(jpegs); i++) {
		for (size_t cut = 0; cut <= 8; cut++) {
			size_t len = 0;
			assert_true(video_jpeg_length(jpegs[i], cut, &len) != VIDEO_OK || len <= cut);
		}
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(a_folder_of_pictures),
					   TEST(films),
					   TEST(switching_forgets_what_was_seen),
					   TEST(what_is_seen_is_where_it_is_shown),
					   TEST(sources_that_are_not_there),
					   TEST(hostile_films)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
