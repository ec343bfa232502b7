/* The photographs of ../shared/qr: what each says, and whether what a reader read of it is right, as score.py there has it. */
#ifndef TURNOUT_TESTS_BENCH_PHOTOS_H
#define TURNOUT_TESTS_BENCH_PHOTOS_H

#include "base/err.h"
#include "base/strbuf.h"
#include "scan/image/image.h"

enum photo_truth {
	PHOTO_GIVEN,   /* the set's own text */
	PHOTO_DERIVED, /* what independent decoders agree on */
	PHOTO_UNREAD,  /* there is a code that nobody read yet: it counts, and nothing is right */
	PHOTO_NONE,    /* there is no code: whatever is read is false */
};

struct photo {
	char *path, *category;
	enum photo_truth truth;
	char **texts; /* right ones, folded */
	size_t text_count;
	struct image image;
};

struct photos {
	struct photo *items; /* in the manifest's order */
	size_t count, cap;
};

/* Reads the manifest and decodes all pictures (about 250 MB). */
bool photos_load(const char *folder, struct photos *out, struct err *err) TURNOUT_MUST_CHECK;
void photos_fini(struct photos *photos);

/* A text in one line of valid UTF-8, with score.py's escapes, as it is compared: escapes undone, runs of white space a blank, all that is no ASCII left out. */
void photo_fold(const char *line, struct strbuf *out);

/* `line`: what a reader says, with those escapes. */
bool photo_is_right(const struct photo *photo, const char *line);

#endif
