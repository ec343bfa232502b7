#include "kiosk/workers/self_check_file.h"

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
		self_say_why(out, MARK("self-test", "it cannot be read"), &err, MARK("self-test", "take a fresh copy of the event file"));
		return;
	}
	self_say(out, SELF_FINE,
		 MARK("self-test", "all {records} records are sound; people: {people}, badges: {badges}, sessions: {sessions}, "
				   "check-ins: {checkins}"),
		 NULL);
	self_value(&out->text, "records", "%lld", (long long)audit->records);
	self_value(&out->text, "people", "%lld", (long long)status.people);
	self_value(&out->text, "badges", "%lld", (long long)status.badges);
	self_value(&out->text, "sessions", "%lld", (long long)status.sessions);
	self_value(&out->text, "checkins", "%lld", (long long)status.checkins);
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
	static const char *const fresh = MARK("self-test", "take a fresh copy of the event file");
	struct strbuf first = {0};
	struct audit audit = {0};
	struct err err = {0};
	if (subject->store == NULL) {
		self_say_why(out, MARK("self-test", "it cannot be opened"), subject->why, fresh);
	} else if (!audit_verify(subject->store, &audit, first_fault, &first, &err)) {
		self_say_why(out, MARK("self-test", "it cannot be read"), &err, fresh);
	} else if (audit.faults != 0) {
		self_say(out, SELF_FAULT, MARK("self-test", "faults: {n}, the first of which follows; `turnout verify` lists them"), fresh);
		self_value(&out->text, "n", "%lld", (long long)audit.faults);
		strbuf_adds(&out->detail, strbuf_str(&first));
	} else if (!is_point(subject->store, subject->point, &err)) {
		self_say_why(out, MARK("self-test", "the event does not have where this box is to stand"), &err,
			     MARK("self-test", "say where it stands: Set up this box, or --point"));
	} else if (store_is_purged(subject->store)) {
		self_say(out, SELF_FAULT,
			 MARK("self-test", "the personal data was taken out of this copy: nothing is recorded in it any more"), fresh);
	} else {
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
	static const char *const found =
		MARK("self-test", "{room} GB are free; what is written is on it after {half} ms (the slowest of {n}: {slowest} ms)");
	qsort(speed->us, speed->count, sizeof *speed->us, by_us);
	int64_t half_us = speed->us[WRITES / 2], slowest_us = speed->us[WRITES - 1];
	if (room < ROOM_FAULT) {
		self_say(out, SELF_FAULT, found, MARK("self-test", "it is too full for check-ins: delete something"));
	} else if (room < ROOM_LOOK) {
		self_say(out, SELF_LOOK, found, MARK("self-test", "it is nearly full: delete something"));
	} else if (half_us > SLOW_US) {
		self_say(out, SELF_LOOK, found, MARK("self-test", "it is slow, as worn cards are; another one welcomes people sooner"));
	} else {
		self_say(out, SELF_FINE, found, NULL);
	}
	self_value(&out->text, "room", "%.1f", (double)room / 1e9);
	self_value(&out->text, "half", "%.1f", (double)half_us / 1000);
	self_value(&out->text, "n", "%d", WRITES);
	self_value(&out->text, "slowest", "%.1f", (double)slowest_us / 1000);
}

void self_check_disk(const struct self_subject *subject, struct self_checked *out) {
	struct speed speed = {.count = 0};
	struct statvfs fs;
	struct err err = {0};
	char *folder = folder_of(subject->event);
	if (access(subject->event, W_OK) != 0) {
		err_errno(&err, "%s: cannot be written", subject->event);
	} else if (statvfs(folder, &fs) != 0) {
		err_errno(&err, "%s", folder);
	} else if (try_folder(folder, &speed, &err)) {
		tell_speed(&speed, (uint64_t)fs.f_bavail * fs.f_frsize, out);
	}
	if (err.kind != ERR_NONE) {
		self_say_why(out, MARK("self-test", "no check-in can be saved"), &err,
			     MARK("self-test", "delete something, or have whoever set this box up look at it"));
	}
	free(folder);
}

/* --- the clock ----------------------------------------------------------------------------------------------------------------------------- */

void self_check_clock(const struct self_subject *subject, struct self_checked *out) {
	struct utc_ms now = {clock_utc().v + subject->clock_ahead_ms};
	char text[TZ_TEXT_MAX];
	struct tz *utc = subject->store == NULL ? tz_open("UTC", &(struct err){0}) : NULL;
	tz_format(utc != NULL ? utc : store_tz(subject->store), now, text);
	tz_close(utc);
	text[strcspn(text, "T")] = ' ';
	if (!clock_is_set(now)) {
		self_say(out, SELF_LOOK, MARK("self-test", "it is {time}"),
			 MARK("self-test", "the clock was never set; the kiosk asks staff for the time, and welcomes people all the same"));
	} else if (subject->clock_vouched) {
		self_say(out, SELF_FINE, MARK("self-test", "it is {time}, as staff said"), NULL);
	} else if (!clock_is_synchronised()) {
		self_say(out, SELF_LOOK, MARK("self-test", "it is {time}"),
			 MARK("self-test", "no time server says so: compare it with a watch"));
	} else {
		self_say(out, SELF_FINE, MARK("self-test", "it is {time}, as a time server says"), NULL);
	}
	self_value(&out->text, "time", "%s", text);
}
