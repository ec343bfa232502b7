/* What stands on all screens of the event, putting it there and taking it down (store/view/announcement.h). */
#ifndef TURNOUT_STORE_READ_ANNOUNCEMENTS_H
#define TURNOUT_STORE_READ_ANNOUNCEMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"
#include "base/json.h"

struct store;

#define ANNOUNCEMENTS_SHOWN_MAX 4

struct announcement {
	struct hash log; /* with seq: what takes it down names it by */
	uint64_t seq;
	struct json *words;  /* owned: text, text:uk, … */
	struct utc_ms utc;   /* when it was made, by its log's anchors */
	struct utc_ms until; /* when it goes by itself; 0: it stays */
};

struct announcements { /* for announcements_fini */
	size_t count;
	struct announcement items[ANNOUNCEMENTS_SHOWN_MAX];
};

/* Those that nobody took down, the latest first, whether they are over or not. `each` may keep the words, and sets them NULL then. */
typedef bool announcement_fn(void *context, struct announcement *announcement, struct err *err);
bool announcements_each(struct store *store, announcement_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;
/* The latest that are not over at that moment. */
bool announcements_load(struct store *store, struct utc_ms now, struct announcements *out, struct err *err) TURNOUT_MUST_CHECK;
void announcements_fini(struct announcements *list);
/* Not over yet; a clock that was never set ends nothing. */
bool announcement_stands(const struct announcement *a, struct utc_ms now);
/* In that language, else without one, else in any. */
const char *announcement_words(const struct announcement *a, const char *language);

struct announcement_draft {
	const struct json *words; /* an object of texts: text, text:uk, … ANNOUNCEMENT_MAX bytes each */
	struct utc_ms until;      /* 0: until it is taken down */
	const char *by;           /* who of the staff; "" or NULL: nobody known */
};
/* As this station, inside a transaction. ERR_USAGE says what is wrong with the words. */
bool announcement_append(struct store *store, const struct announcement_draft *draft, struct err *err) TURNOUT_MUST_CHECK;
bool announcement_withdraw(struct store *store, const struct hash *log, uint64_t seq, const char *by, struct err *err) TURNOUT_MUST_CHECK;

#endif
