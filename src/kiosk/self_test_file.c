#include "kiosk/self_test_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"
#include "event/admission.h"
#include "station/stand.h"
#include "store/read/audit.h"
#include "store/store.h"

/* --- the event file ---------------------------------------------------------------------------------------------------------------------- */

static void first_fault(void *context, const char *sentence) {
	struct strbuf *first = context;
	if (first->len == 0) {
		strbuf_adds(first, sentence);
	}
}

static void tell_event(struct store *store, const struct audit *audit, struct self_checked *out) {
	struct audit_status status = {0};
	struct err err = {0};
	if (!audit_status(store, &status, &err)) {
		out->verdict = SELF_FAULT;
		strbuf_adds(&out->text, err.text);
		return;
	}
	strbuf_addf(&out->text, "all %lld records are sound; people: %lld, badges: %lld, sessions: %lld, check-ins: %lld",
		    (long long)audit->records, (long long)status.people, (long long)status.badges, (long long)status.sessions,
		    (long long)status.checkins);
}

/* Where the box is to stand must be there. */
static bool is_point(struct store *store, const char *point, struct err *err) {
	struct stand stand;
	bool ok = stand_find(store, point, &stand, err);
	if (ok) {
		stand_fini(&stand);
	}
	return ok;
}

void self_check_event(const struct self_subject *subject, struct self_checked *out) {
	struct strbuf first = {0};
	struct audit audit = {0};
	struct err err = {0};
	out->verdict = SELF_FAULT;
	if (subject->store == NULL) {
		strbuf_adds(&out->text, subject->why->text);
	} else if (!audit_verify(subject->store, &audit, first_fault, &first, &err)) {
		strbuf_adds(&out->text, err.text);
	} else if (audit.faults != 0) {
		strbuf_addf(&out->text, "faults: %lld; the first: %s. `turnout verify` lists them: take a fresh copy of the event file",
			    (long long)audit.faults, strbuf_str(&first));
	} else if (!is_point(subject->store, subject->options->point, &err)) {
		strbuf_adds(&out->text, err.text);
	} else if (store_is_purged(subject->store)) {
		strbuf_adds(&out->text, "the personal data was taken out of this copy: nothing is recorded in it any more");
	} else {
		out->verdict = SELF_FINE;
		tell_event(subject->store, &audit, out);
	}
	strbuf_fini(&first);
}

/* --- the disk ------------------------------------------------------------------------------------------------------------------------------ */

#define WRITES 20
#define BLOCK 4096
#define SLOW_US 100000 /* a welcome waits so long for the disk, and people notice */
#define ROOM_FAULT ((uint64_t)16 << 20)
#define ROOM_LOOK \
	((uint64_t)512 << 20) /* some 400 bytes a check-in; the log beside the file, copies, and the system's own diary want room */

struct speed {
	int64_t us[WRITES];
	size_t count;
};

static int by_us(const void *a, const void *b) {
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* As a check-in is written: a page, and then it is on the disk. */
static bool write_blocks(int fd, struct speed *speed) {
	static const char block[BLOCK];
	bool ok = true;
	for (; ok && speed->count < WRITES; speed->count += ok) {
		int64_t from = clock_span_us();
		errno = ENOSPC; /* of a write that takes a part */
		ok = pwrite(fd, block, BLOCK, (off_t)speed->count * BLOCK) == BLOCK && fdatasync(fd) == 0;
		speed->us[speed->count] = clock_span_us() - from;
	}
	return ok;
}

/* Where the file itself lies: what is written beside it (store/store.c) is not beside a link to it. */
static char *folder_of(const char *path) {
	char *real = realpath(path, NULL);
	const char *whole = real != NULL ? real : path;
	size_t n = (size_t)(file_base_name(whole) - whole);
	char *folder = n == 0 ? xstrdup(".") : xstrndup(whole, n);
	free(real);
	return folder;
}

/* False: `err` says why nothing can be written beside the event file. */
static bool try_folder(const char *folder, struct speed *speed, struct err *err) {
	char *path = file_join(folder, ".turnout-self-test-XXXXXX");
	int fd = mkostemp(path, O_CLOEXEC);
	bool ok = fd >= 0 && write_blocks(fd, speed);
	if (!ok) {
		err_errno(err, "%s: nothing can be written there", folder);
	}
	if (fd >= 0) {
		close(fd);
		unlink(path);
	}
	free(path);
	return ok;
}

static void tell_speed(struct speed *speed, uint64_t room, struct self_checked *out) {
	qsort(speed->us, speed->count, sizeof *speed->us, by_us);
	int64_t half_us = speed->us[WRITES / 2], slowest_us = speed->us[WRITES - 1];
	strbuf_addf(&out->text, "%.1f GB are free; what is written is on it after %.1f ms (the slowest of %d: %.1f ms)", (double)room / 1e9,
		    (double)half_us / 1000, WRITES, (double)slowest_us / 1000);
	if (room < ROOM_FAULT) {
		out->verdict = SELF_FAULT;
		strbuf_adds(&out->text, ": too full for check-ins, delete something");
	} else if (room < ROOM_LOOK) {
		out->verdict = SELF_LOOK;
		strbuf_adds(&out->text, ": nearly full");
	} else if (half_us > SLOW_US) {
		out->verdict = SELF_LOOK;
		strbuf_adds(&out->text, ": slow, as worn cards are; another one welcomes people sooner");
	}
}

void self_check_disk(const struct self_subject *subject, struct self_checked *out) {
	struct speed speed = {.count = 0};
	struct statvfs fs;
	struct err err = {0};
	char *folder = folder_of(subject->options->event);
	if (access(subject->options->event, W_OK) != 0) {
		err_errno(&err, "%s: cannot be written", subject->options->event);
	} else if (statvfs(folder, &fs) != 0) {
		err_errno(&err, "%s", folder);
	} else if (try_folder(folder, &speed, &err)) {
		tell_speed(&speed, (uint64_t)fs.f_bavail * fs.f_frsize, out);
	}
	if (err.kind != ERR_NONE) {
		out->verdict = SELF_FAULT;
		strbuf_addf(&out->text, "%s: no check-in can be saved", err.text);
	}
	free(folder);
}

/* --- the clock ----------------------------------------------------------------------------------------------------------------------------- */

void self_check_clock(const struct self_subject *subject, struct self_checked *out) {
	struct utc_ms now = clock_utc();
	char text[TZ_TEXT_MAX];
	struct tz *utc = subject->store == NULL ? tz_open("UTC", &(struct err){0}) : NULL;
	tz_format(utc != NULL ? utc : store_tz(subject->store), now, text);
	tz_close(utc);
	text[strcspn(text, "T")] = ' ';
	strbuf_addf(&out->text, "it is %s", text);
	if (!clock_is_set(now)) {
		out->verdict = SELF_LOOK;
		strbuf_adds(&out->text, ": the clock was never set; the kiosk asks staff for the time, and welcomes people all the same");
	} else if (!clock_is_synchronised()) {
		out->verdict = SELF_LOOK;
		strbuf_adds(&out->text, ", and no time server says so: compare it with a watch");
	} else {
		strbuf_adds(&out->text, ", as a time server says");
	}
}
