/* Codes in moving pictures: after how many frames of a film is its badge read, by the tracker, by our decoder frame by frame, and by plain zbar, all
 * three on the same pictures (tests/lib/badge_film.h).
 *
 *   frames table FILMS WIDTHxHEIGHT [FIRST]   so many films of each story, with seeds from FIRST (1) on; a line each: story, then for each
 *                                        reader: films read, mean frames from the first that shows the whole code to the one that is read
 *                                        (a film's end when none is), fewest pixels a module at a first reading; milliseconds of processor
 *                                        time a frame
 *   frames films FILMS WIDTHxHEIGHT [FIRST]   the same, but a line a film: story, seed, version, the first frame that shows the whole code, and
 *                                        for each reader the frame it read and in which way
 *   frames write STORY SEED WIDTHxHEIGHT FILE.y4m   a film, for `turnout-kiosk --camera file:FILE.y4m` */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "lib/badge_film.h"
#include "scan/qr/zbar.h"
#include "scan/track/tracker.h"

#define FRAME_US (1000000 / BADGE_FILM_RATE)
#define GAP_US 2000000 /* between films: whoever remembers the one before has forgotten it */

enum who { TRACKER, SINGLE, ZBAR, WHO_COUNT };

struct tally {
	int films, read, wrong;
	int frames; /* until each film's first reading */
	float finest;
	int64_t spent_us;
	int looked;
};

struct bench {
	int width, height;
	struct image image;
	struct tracker *tracker;
	struct decoder *decoder;
	struct zbar_reader *zbar;
	int64_t now_us;
	const char *text; /* of the film that runs */
	struct tally tallies[WHO_COUNT];
	struct tally totals[WHO_COUNT];
};

static bool open_all(struct bench *b, struct err *err) {
	return image_init(&b->image, b->width, b->height, err) && tracker_open(&b->tracker, err) && decoder_open(&b->decoder, err) &&
	       zbar_reader_open(&b->zbar, err);
}

static void close_all(struct bench *b) {
	image_fini(&b->image);
	tracker_close(b->tracker);
	decoder_close(b->decoder);
	zbar_reader_close(b->zbar);
}

/* --- the three --------------------------------------------------------------------------------------------------------------------------- */

struct answer {
	const char *text;
	int right, wrong;
	const char *stage; /* in which way our own read it */
};

static void judge(struct answer *a, const char *payload, size_t len) {
	bool right = len == strlen(a->text) && memcmp(payload, a->text, len) == 0;
	a->right += right;
	a->wrong += !right;
}

static bool take_zbar(void *context, const char *payload, size_t len, const struct point corners[4]) {
	(void)corners;
	judge(context, payload, len);
	return true;
}

static void look(struct bench *b, enum who who, struct answer *a) {
	static struct tracker_report report;
	struct decode_result codes[TRACKER_CODES_MAX];
	if (who == TRACKER) {
		tracker_look(b->tracker, &(struct tracker_frame){&b->image, b->now_us, DECODE_BUDGET_US}, &report);
		for (size_t i = 0; i < report.count; i++) {
			judge(a, report.codes[i].payload, report.codes[i].len);
			a->stage = report.codes[i].stage;
		}
	} else if (who == SINGLE) {
		struct decode_options options = {.budget_us = DECODE_BUDGET_US, .max = TRACKER_CODES_MAX};
		size_t count = decoder_scan(b->decoder, &b->image, &options, codes);
		for (size_t i = 0; i < count; i++) {
			judge(a, codes[i].payload, codes[i].len);
			a->stage = codes[i].stage;
		}
	} else {
		zbar_reader_search(b->zbar, &b->image, take_zbar, a);
	}
}

/* --- a film ------------------------------------------------------------------------------------------------------------------------------ */

struct played {
	int version, whole;        /* the first frame that shows all of the code; -1: none */
	int read[WHO_COUNT];       /* frames; -1: never */
	char stage[WHO_COUNT][16]; /* in which way */
};

static void play(struct bench *b, const struct badge_film_options *options, struct played *out) {
	struct badge_film *film = badge_film_open(options);
	bool done[WHO_COUNT] = {false};
	int since = -1; /* frames since all of the code was in view */
	*out = (struct played){badge_film_version(film), -1, {-1, -1, -1}, {"-", "-", "-"}};
	b->now_us += GAP_US;
	for (int i = 0; i < BADGE_FILM_FRAMES && !(done[TRACKER] && done[SINGLE] && done[ZBAR]); i++, b->now_us += FRAME_US) {
		struct badge_frame frame;
		badge_film_paint(film, i, &b->image, &frame);
		since += frame.whole || since >= 0;
		out->whole = since == 0 ? i : out->whole;
		for (int who = 0; who < WHO_COUNT; who++) {
			struct tally *t = &b->tallies[who];
			struct answer a = {.text = badge_film_text(film), .stage = "zbar"};
			if (done[who]) {
				continue;
			}
			int64_t before = clock_thread_us();
			look(b, (enum who)who, &a);
			t->spent_us += clock_thread_us() - before;
			t->looked++;
			t->wrong += a.wrong;
			if (a.right > 0) {
				done[who] = true;
				out->read[who] = i;
				str_copy(out->stage[who], sizeof out->stage[who], a.stage);
				t->read++;
				t->finest = t->finest == 0 || frame.module < t->finest ? frame.module : t->finest;
			} else if (since >= 0) {
				t->frames++;
			}
		}
	}
	for (int who = 0; who < WHO_COUNT; who++) {
		b->tallies[who].films++;
	}
	badge_film_close(film);
}

static void add(struct tally *sum, const struct tally *t) {
	sum->films += t->films;
	sum->read += t->read;
	sum->wrong += t->wrong;
	sum->frames += t->frames;
	sum->spent_us += t->spent_us;
	sum->looked += t->looked;
	sum->finest = t->finest != 0 && (sum->finest == 0 || t->finest < sum->finest) ? t->finest : sum->finest;
}

static void print(const char *name, const struct tally tallies[WHO_COUNT]) {
	printf("%s", name);
	for (int who = 0; who < WHO_COUNT; who++) {
		const struct tally *t = &tallies[who];
		printf("\t%d/%d\t%.1f\t%.2f\t%.1f\t%d", t->read, t->films, (double)t->frames / t->films, (double)t->finest,
		       t->looked == 0 ? 0.0 : (double)t->spent_us / t->looked / 1000, t->wrong);
	}
	printf("\n");
	fflush(stdout);
}

/* Films of each story; a line for each film, or one for all of a story. */
struct showing {
	int films, first;
	bool each;
};

static void show(struct bench *b, const struct showing *showing) {
	for (int story = 0; story < STORY_COUNT; story++) {
		const char *name = badge_story_name((enum badge_story)story);
		memset(b->tallies, 0, sizeof b->tallies);
		for (int seed = showing->first; seed < showing->first + showing->films; seed++) {
			struct played p;
			play(b, &(struct badge_film_options){(enum badge_story)story, b->width, b->height, (uint64_t)seed, NULL}, &p);
			if (showing->each) {
				printf("%s\t%d\t%d\t%d", name, seed, p.version, p.whole);
				for (int who = 0; who < WHO_COUNT; who++) {
					printf("\t%d\t%s", p.read[who], p.stage[who]);
				}
				printf("\n");
				fflush(stdout);
			}
		}
		if (!showing->each) {
			print(name, b->tallies);
		}
		for (int who = 0; who < WHO_COUNT; who++) {
			add(&b->totals[who], &b->tallies[who]);
		}
	}
	if (!showing->each) {
		print("all", b->totals);
	}
}

/* --- files ------------------------------------------------------------------------------------------------------------------------------- */

static bool write_film(const struct badge_film_options *options, const char *path, struct err *err) {
	struct image image;
	FILE *file = fopen(path, "wb");
	if (file == NULL) {
		return err_errno(err, "cannot write %s", path);
	}
	bool ok = image_init(&image, options->width, options->height, err);
	struct badge_film *film = badge_film_open(options);
	size_t pixels = (size_t)options->width * (size_t)options->height;
	ok = ok && fprintf(file, "YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 Cmono\n", options->width, options->height, BADGE_FILM_RATE) > 0;
	for (int i = 0; ok && i < BADGE_FILM_FRAMES; i++) {
		struct badge_frame frame;
		badge_film_paint(film, i, &image, &frame);
		ok = fputs("FRAME\n", file) >= 0 && fwrite(image.luma, 1, pixels, file) == pixels;
	}
	printf("%s\n", badge_film_text(film));
	badge_film_close(film);
	image_fini(&image);
	return (fclose(file) == 0 && ok) || err_errno(err, "cannot write %s", path);
}

static int story_of(const char *name) {
	for (int i = 0; i < STORY_COUNT; i++) {
		if (str_eq(name, badge_story_name((enum badge_story)i))) {
			return i;
		}
	}
	return -1;
}

static bool show_films(struct bench *b, char **argv, struct err *err) {
	int64_t films = 0;
	int64_t first = 1;
	if (sscanf(argv[3], "%dx%d", &b->width, &b->height) != 2 || !str_to_i64(argv[2], &films) ||
	    (argv[4] != NULL && !str_to_i64(argv[4], &first))) {
		return err_set(err, ERR_USAGE, "films and the first seed are numbers, a size is 640x480");
	}
	bool ok = open_all(b, err);
	if (ok) {
		show(b, &(struct showing){(int)films, (int)first, str_eq(argv[1], "films")});
	}
	close_all(b);
	return ok;
}

static bool write_one(char **argv, struct err *err) {
	int64_t seed = 0;
	struct badge_film_options options = {.text = NULL};
	if (sscanf(argv[4], "%dx%d", &options.width, &options.height) != 2 || !str_to_i64(argv[3], &seed) || story_of(argv[2]) < 0) {
		return err_set(err, ERR_USAGE, "there is no story \"%s\", or no such seed or size", argv[2]);
	}
	options.story = (enum badge_story)story_of(argv[2]);
	options.seed = (uint64_t)seed;
	return write_film(&options, argv[5], err);
}

int main(int argc, char **argv) {
	static struct bench b;
	struct err err = {0};
	bool shows = (argc == 4 || argc == 5) && (str_eq(argv[1], "table") || str_eq(argv[1], "films"));
	if (!shows && !(argc == 6 && str_eq(argv[1], "write"))) {
		fprintf(stderr, "frames table|films FILMS WIDTHxHEIGHT [FIRST] | frames write STORY SEED WIDTHxHEIGHT FILE.y4m\n");
		return 2;
	}
	if (!(shows ? show_films(&b, argv, &err) : write_one(argv, &err))) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	return 0;
}
