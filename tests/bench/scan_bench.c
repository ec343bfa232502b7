/* Reads the photographs of ../shared/qr with our decoder, plain zbar and zxing-cpp, in one process, from the same luminance, and prints a table a
 * category: what each read, and the thread's processor time.
 *
 * Usage: scan_bench FOLDER RESULTS [ZXING_PEER.SO]; what was read goes to RESULTS/NAME.tsv, for score.py. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "bench/peers.h"
#include "bench/photos.h"
#include "scan/qr/decode.h"

#define LOOKS 5 /* at each picture; the one in the middle counts */
#define CATEGORIES_MAX 64

enum { OURS, ZBAR, ZXING, READERS };
static const char *const names[READERS] = {"turnout", "zbar", "zxing-cpp"};

struct bench {
	struct photos photos;
	struct decoder *ours;
	struct zbar_plain *zbar;
	zxing_peer_read_fn *zxing; /* NULL: not here */
};

struct reading {             /* of one picture by one reader */
	struct strbuf lines; /* what was read, a line each, escaped */
	bool right, any;
	double ms;
};

/* --- one picture ------------------------------------------------------------------------------------------------------------------------------ */

static void take_text(void *context, const char *text, size_t n) {
	struct strbuf *lines = context;
	escape_add(lines, ESCAPE_CODE, text, n);
	strbuf_addc(lines, '\n');
}

static void take_ours(const struct decode_result *r, struct strbuf *lines) { take_text(lines, r->payload, r->len); }

static int64_t look(const struct bench *b, int reader, const struct photo *p, struct strbuf *lines) {
	const struct peer_image image = {p->image.luma, p->image.width, p->image.height, p->image.stride};
	const struct decode_options options = {.budget_us = DECODE_BUDGET_US, .max = 1};
	struct decode_result result;
	int64_t from = clock_thread_us();
	if (reader == OURS) {
		size_t count = decoder_scan(b->ours, &p->image, &options, &result);
		int64_t took = clock_thread_us() - from;
		if (count != 0) {
			take_ours(&result, lines);
		}
		return took;
	}
	if (reader == ZBAR) {
		zbar_plain_read(b->zbar, &image, take_text, lines);
	} else {
		b->zxing(&image, take_text, lines);
	}
	return clock_thread_us() - from;
}

static int compare_times(const void *a, const void *b) {
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void judge(const struct photo *p, struct reading *r) {
	char *copy = xstrdup(strbuf_str(&r->lines));
	for (char *line = copy, *end = strchr(line, '\n'); end != NULL; line = end + 1, end = strchr(line, '\n')) {
		*end = '\0';
		r->any = true;
		r->right = r->right || photo_is_right(p, line);
	}
	free(copy);
}

static void read_photo(const struct bench *b, const struct photo *p, struct reading out[READERS]) {
	int64_t us[READERS][LOOKS];
	for (int i = 0; i < LOOKS; i++) { /* in turns, so that what else the machine does meets all of them */
		for (int reader = 0; reader < READERS; reader++) {
			struct strbuf lines = {0};
			us[reader][i] = reader == ZXING && b->zxing == NULL ? 0 : look(b, reader, p, &lines);
			if (i == 0) {
				out[reader].lines = lines;
			} else {
				strbuf_fini(&lines);
			}
		}
	}
	for (int reader = 0; reader < READERS; reader++) {
		qsort(us[reader], LOOKS, sizeof us[reader][0], compare_times);
		out[reader].ms = (double)us[reader][LOOKS / 2] / 1000;
		judge(p, &out[reader]);
	}
}

/* --- the table ---------------------------------------------------------------------------------------------------------------------------------- */

struct sums {
	int codes, given; /* pictures that hold a code, and whose text is given */
	int read, read_given, wrong, no_code_read, first_read;
	size_t count;
	double *ms;
};

static int compare_ms(const void *a, const void *b) {
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* As tests/bench/lib.sh's. */
static double percentile(const struct sums *s, double p) {
	size_t at = (size_t)((double)s->count * p / 100 + 0.999999);
	return s->count == 0 ? 0 : s->ms[at < 1 ? 0 : at - 1];
}

/* Sums up what one reader made of the pictures of a category (NULL: of all), or of those with a given text alone. */
static void sum_up(const struct bench *b, struct reading (*all)[READERS], int reader, const char *category, struct sums *out) {
	*out = (struct sums){.ms = xcalloc(b->photos.count, sizeof *out->ms)};
	for (size_t i = 0; i < b->photos.count; i++) {
		const struct photo *p = &b->photos.items[i];
		const struct reading *r = &all[i][reader];
		if (category != NULL && !str_eq(category, p->category)) {
			continue;
		}
		out->ms[out->count++] = r->ms;
		bool given = p->truth == PHOTO_GIVEN, code = p->truth != PHOTO_NONE, known = given || p->truth == PHOTO_DERIVED;
		out->codes += code;
		out->given += given;
		out->read += known && r->right;
		out->read_given += given && r->right;
		out->wrong += known && r->any && !r->right;
		out->no_code_read += !code && r->any;
		out->first_read += p->truth == PHOTO_UNREAD && r->any;
	}
	qsort(out->ms, out->count, sizeof *out->ms, compare_ms);
}

static void print_line(const struct bench *b, struct reading (*all)[READERS], const char *category) {
	for (int reader = 0; reader < READERS; reader++) {
		struct sums s;
		sum_up(b, all, reader, category, &s);
		if (reader == 0) {
			printf("%-22s %4zu", category == NULL ? "all" : category, s.count);
		}
		if (reader == ZXING && b->zxing == NULL) {
			printf(" | %37s", "not here");
		} else {
			printf(" | %3d %3d %2d %2d %6.1f %7.1f %7.1f", s.read, s.read_given, s.wrong, s.no_code_read, percentile(&s, 50),
			       percentile(&s, 95), percentile(&s, 100));
		}
		free(s.ms);
	}
	putchar('\n');
}

static void print_table(const struct bench *b, struct reading (*all)[READERS]) {
	const char *categories[CATEGORIES_MAX];
	size_t count = 0;
	printf("%-27s", "");
	for (int reader = 0; reader < READERS; reader++) {
		printf(" | %-37s", names[reader]);
	}
	printf("\n%-22s %4s", "category", "n");
	for (int reader = 0; reader < READERS; reader++) {
		printf(" | %3s %3s %2s %2s %6s %7s %7s", "ok", "giv", "wr", "no", "median", "p95", "max ms");
	}
	putchar('\n');
	for (size_t i = 0; i < b->photos.count; i++) {
		bool known = false;
		for (size_t k = 0; k < count; k++) {
			known = known || str_eq(categories[k], b->photos.items[i].category);
		}
		if (!known && count < CATEGORIES_MAX) {
			categories[count++] = b->photos.items[i].category;
			print_line(b, all, b->photos.items[i].category);
		}
	}
	print_line(b, all, NULL);
	puts("ok: right text read; giv: likewise, where the set itself gives the text; wr: other text read; no: read where there is no "
	     "code");
}

static void print_row(const char *what, double ours, double peer, const char *wanted) {
	printf("%-46s %14.1f %14.1f %10.2f   %s\n", what, ours, peer, ours / peer, wanted);
}

/* The rows of `make bench`: ours beside the better of the peers. */
static void print_rows(const struct bench *b, struct reading (*all)[READERS]) {
	struct sums s[READERS];
	for (int reader = 0; reader < READERS; reader++) {
		sum_up(b, all, reader, NULL, &s[reader]);
	}
	int peer = s[ZXING].read > s[ZBAR].read ? ZXING : ZBAR;
	const struct sums *o = &s[OURS], *p = &s[peer];
	print_row("scan: photographs read, %", 100.0 * o->read / o->codes, 100.0 * p->read / p->codes, "at least 90");
	print_row("scan: of those with given text, %", 100.0 * o->read_given / o->given, 100.0 * p->read_given / p->given, "at least 97");
	print_row("scan: thread's time, median ms", percentile(o, 50), percentile(p, 50), "at most 1.5");
	print_row("scan: thread's time, p95 ms", percentile(o, 95), percentile(p, 95), "at most 33");
	printf("%-46s %14d %14d %10s   none (the peer here: %s)\n", "scan: read where there is no code", o->no_code_read, p->no_code_read,
	       "", names[peer]);
	printf("%-46s %14d %14d %10s   (not counted: nobody knows what they say)\n", "scan: read where nobody has yet", o->first_read,
	       p->first_read, "");
	for (int reader = 0; reader < READERS; reader++) {
		free(s[reader].ms);
	}
}

/* What was read, for score.py: lines of file, tab, text. */
static bool write_results(const struct bench *b, struct reading (*all)[READERS], int reader, const char *folder, struct err *err) {
	struct strbuf out = {0};
	char *path = xasprintf("%s/%s.tsv", folder, names[reader]);
	for (size_t i = 0; i < b->photos.count; i++) {
		char *copy = xstrdup(strbuf_str(&all[i][reader].lines));
		for (char *line = copy, *end = strchr(line, '\n'); end != NULL; line = end + 1, end = strchr(line, '\n')) {
			*end = '\0';
			strbuf_addf(&out, "%s\t%s\n", b->photos.items[i].path, line);
		}
		free(copy);
	}
	bool ok = file_write(path, strbuf_str(&out), out.len, err);
	strbuf_fini(&out);
	free(path);
	return ok;
}

static void load_zxing(struct bench *b, const char *path) {
	void *library = path == NULL ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL);
	void *found = library == NULL ? NULL : dlsym(library, ZXING_PEER_READ);
	if (path != NULL && found == NULL) {
		fprintf(stderr, "scan_bench: %s\n", dlerror());
	}
	memcpy(&b->zxing, &found, sizeof found);
}

int main(int argc, char **argv) {
	struct bench b = {.ours = NULL};
	struct err err = {0};
	if (argc < 3 || argc > 4) {
		fputs("usage: scan_bench FOLDER RESULTS [ZXING_PEER.SO]\n", stderr);
		return 2;
	}
	load_zxing(&b, argv[3]);
	b.zbar = zbar_plain_open();
	bool ok = decoder_open(&b.ours, &err) && photos_load(argv[1], &b.photos, &err);
	struct reading(*all)[READERS] = ok ? xcalloc(b.photos.count, sizeof *all) : NULL;
	for (size_t i = 0; ok && i < b.photos.count; i++) {
		read_photo(&b, &b.photos.items[i], all[i]);
	}
	if (ok) {
		print_table(&b, all);
		print_rows(&b, all);
	}
	for (int reader = 0; ok && reader < READERS; reader++) {
		ok = write_results(&b, all, reader, argv[2], &err);
	}
	for (size_t i = 0; all != NULL && i < b.photos.count; i++) {
		for (int reader = 0; reader < READERS; reader++) {
			strbuf_fini(&all[i][reader].lines);
		}
	}
	free(all);
	photos_fini(&b.photos);
	zbar_plain_close(b.zbar);
	decoder_close(b.ours);
	if (!ok) {
		fprintf(stderr, "scan_bench: %s\n", err.text);
	}
	return ok ? 0 : 1;
}
