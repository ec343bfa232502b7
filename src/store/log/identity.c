/* Two processes may share a state folder: two copies of a file on one box, or a program that starts while another is being killed. So:
 *
 * 1. A box has one key in an event. Who finds none makes it while holding the folder, and looks once more before.
 * 2. A log is noted before its first record is durable, and no note is lost to another process that writes one: the notes are read and written
 *    while holding the folder. Else what a killed writer left would never be signed, and so never leave the box.
 * 3. A marker is claimed by a rename, which only one of two can do, and what is claimed is never put back.
 *
 * Who holds the folder does so for the time of two small files. One that hangs there (a frozen disk) does not stop the others: after HOLD_MS they go
 * on without. */
#include "store/log/identity.h"

#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"

#define KEY_FILE_HEAD "turnout-organiser-key-1"
#define STATION_FILE_HEAD "turnout-station-key-1"
#define MARKER_HEAD "turnout-marker-1"
/* Bytes; also of markers and notes: IDENTITY_LOGS_MAX lines of at most 86 bytes. */
#define KEY_FILE_CAP 4096

#define HOLD_MS 2000

struct identity {
	char *folder; /* NULL: in memory only */
	struct key_pair station;
};

char *identity_state_folder(void) {
	const char *given = getenv("STATE_DIRECTORY");
	if (given != NULL && given[0] != '\0') {
		return xstrndup(given, strcspn(given, ":")); /* systemd may list several */
	}
	given = getenv("XDG_STATE_HOME");
	if (given != NULL && given[0] == '/') {
		return file_join(given, "turnout");
	}
	const char *home = getenv("HOME");
	if (str_empty(home)) {
		struct passwd *user = getpwuid(getuid());
		home = user ? user->pw_dir : "/";
	}
	return file_join(home, ".local/state/turnout");
}

/* A key file's lines: head, event, seed. Leaves the seed in `seed`. */
static bool parse_key(char *text, const char *head, const struct hash *event, uint8_t seed[KEY_LEN]) {
	char *lines[4] = {0};
	struct hash named;
	return str_split(text, '\n', lines, COUNT_OF(lines)) >= 3 && str_eq(lines[0], head) && str_unhex(lines[1], named.b, HASH_LEN) &&
	       (event == NULL || crypto_hash_eq(&named, event)) && str_unhex(lines[2], seed, KEY_LEN);
}

static bool write_key(const char *path, const char *head, const struct hash *event, const struct key_pair *key, struct err *err) {
	char event_hex[2 * HASH_LEN + 1];
	char seed_hex[2 * KEY_LEN + 1];
	uint8_t seed[KEY_LEN];
	crypto_key_seed(key, seed);
	str_hex(event->b, HASH_LEN, event_hex);
	str_hex(seed, KEY_LEN, seed_hex);
	char text[300];
	int n = snprintf(text, sizeof text, "%s\n%s\n%s\n", head, event_hex, seed_hex);
	bool ok = file_write(path, text, (size_t)n, err);
	crypto_wipe(seed, sizeof seed);
	crypto_wipe(seed_hex, sizeof seed_hex);
	crypto_wipe(text, sizeof text);
	return ok;
}

static bool read_key(const char *path, const char *head, const struct hash *event, struct key_pair *key) {
	struct strbuf text = {0};
	struct err ignored = {0};
	uint8_t seed[KEY_LEN];
	bool ok = file_read(path, KEY_FILE_CAP, &text, &ignored) && text.len != 0 && parse_key(text.data, head, event, seed);
	if (ok) {
		crypto_key_from_seed(key, seed);
	}
	crypto_wipe(seed, sizeof seed);
	strbuf_fini(&text);
	return ok;
}

bool organiser_key_write(const char *path, const struct hash *event, const struct key_pair *key, struct err *err) {
	return write_key(path, KEY_FILE_HEAD, event, key, err);
}

bool organiser_key_read(const char *path, const struct hash *event, struct key_pair *key, struct err *err) {
	if (!file_exists(path)) {
		return err_set(err, ERR_NOT_FOUND, "%s is not there", path);
	}
	return read_key(path, KEY_FILE_HEAD, event, key) || err_set(err, ERR_INPUT, "%s is no organiser's key of this event", path);
}

static int hold(const struct identity *id) {
	char *path = file_join(id->folder, "lock");
	int fd = file_hold(path, HOLD_MS);
	free(path);
	return fd;
}

static void let_go(int fd) {
	if (fd >= 0) {
		close(fd);
	}
}

/* Makes the key, unless another process has done so meanwhile (1). */
static bool make_key(struct identity *id, const char *path, const struct hash *event, struct err *err) {
	crypto_key_new(&id->station);
	if (!file_mkdirs(id->folder, err)) {
		return false;
	}
	int held = hold(id);
	bool ok = read_key(path, STATION_FILE_HEAD, event, &id->station);
	if (!ok && access(path, F_OK) == 0) { /* not written over: it may be readable again tomorrow */
		err_set(err, ERR_CORRUPT, "%s cannot be read; until it is repaired or removed this box is another station at every start",
			path);
	} else if (!ok) {
		ok = write_key(path, STATION_FILE_HEAD, event, &id->station, err);
	}
	let_go(held);
	return ok;
}

/* Where this device's folder of the event would be; its key file is in it. */
static char *key_path(struct identity *id, const struct hash *event) {
	char name[33];
	str_hex(event->b, 16, name);
	char *state = identity_state_folder();
	id->folder = file_join(state, name);
	free(state);
	return file_join(id->folder, "station.key");
}

struct identity *identity_find(const struct hash *event) {
	struct identity *id = xcalloc(1, sizeof *id);
	char *path = key_path(id, event);
	bool found = read_key(path, STATION_FILE_HEAD, event, &id->station);
	free(path);
	if (!found) {
		identity_close(id);
	}
	return found ? id : NULL;
}

struct identity *identity_open(const struct hash *event, char warning[ERR_TEXT_MAX]) {
	struct identity *id = xcalloc(1, sizeof *id);
	struct err err = {0};
	char *path = key_path(id, event);
	warning[0] = '\0';
	if (!read_key(path, STATION_FILE_HEAD, event, &id->station) && !make_key(id, path, event, &err)) {
		str_copy(warning, ERR_TEXT_MAX, err.text);
		free(id->folder);
		id->folder = NULL;
	}
	free(path);
	return id;
}

void identity_close(struct identity *id) {
	if (id != NULL) {
		crypto_wipe(&id->station, sizeof id->station);
		free(id->folder);
		free(id);
	}
}

const struct key_pair *identity_station(const struct identity *id) { return &id->station; }

static char *marker_path(const struct identity *id, const struct public_key *author, const char *suffix) {
	char key[17];
	str_hex(author->b, 8, key);
	char *name = xasprintf("marker-%s%s", key, suffix);
	char *path = file_join(id->folder, name);
	free(name);
	return path;
}

/* A marker of an earlier boot is none: the clock that a log's times are by has started anew. */
static bool parse_marker(char *text, struct marker *out) {
	char *lines[6] = {0};
	char boot[37];
	int64_t seq = 0;
	clock_boot_id(boot);
	bool ok = str_split(text, '\n', lines, COUNT_OF(lines)) >= 5 && str_eq(lines[0], MARKER_HEAD) && str_eq(lines[1], boot) &&
		  str_unhex(lines[2], out->log.b, HASH_LEN) && str_to_i64(lines[3], &seq) && seq > 0 &&
		  str_unhex(lines[4], out->head.b, HASH_LEN);
	out->seq = (uint64_t)seq;
	return ok;
}

static bool read_marker(const char *path, struct marker *out) {
	struct strbuf text = {0};
	struct err ignored = {0};
	bool ok = file_read(path, KEY_FILE_CAP, &text, &ignored) && text.len != 0 && parse_marker(text.data, out);
	strbuf_fini(&text);
	return ok;
}

bool identity_claim(const struct identity *id, const struct public_key *author, struct marker *out) {
	if (id->folder == NULL) {
		return false;
	}
	/* The rename decides between two processes that come at once with two copies of the file: one gets it. */
	char suffix[40];
	snprintf(suffix, sizeof suffix, ".claimed-%ld", (long)getpid());
	char *path = marker_path(id, author, "");
	char *claimed = marker_path(id, author, suffix);
	struct err ignored = {0};
	bool ok = rename(path, claimed) == 0 && read_marker(claimed, out);
	/* Gone for good (file_remove syncs the folder) before the log is written to: after a crash nobody takes it again. */
	ok = file_remove(claimed, &ignored) && ok;
	free(path);
	free(claimed);
	return ok;
}

static char *notes_path(const struct identity *id, const struct public_key *author) { return marker_path(id, author, ".logs"); }

/* When there are too many notes: of one that was left cleanly the end is signed already; else the oldest, the first. */
static size_t dispensable(const struct noted_log *logs, size_t n) {
	for (size_t i = 0; i < n; i++) {
		if (logs[i].closed_at != 0) {
			return i;
		}
	}
	return 0;
}

static void put_note(struct strbuf *text, const struct noted_log *note) {
	char hex[2 * HASH_LEN + 1];
	str_hex(note->log.b, HASH_LEN, hex);
	strbuf_addf(text, "%s %" PRIu64 "\n", hex, note->closed_at);
}

/* Writes the notes anew, with one added or renewed; the newest stands last. */
static bool write_notes(const struct identity *id, const struct public_key *author, const struct noted_log *added, struct err *err) {
	struct noted_log logs[IDENTITY_LOGS_MAX];
	struct strbuf text = {0};
	int held = hold(id); /* (2) */
	size_t n = identity_logs(id, author, logs), kept = 0;
	for (size_t i = 0; i < n; i++) {
		if (!crypto_hash_eq(&logs[i].log, &added->log)) {
			logs[kept++] = logs[i];
		}
	}
	size_t left_out = kept == IDENTITY_LOGS_MAX ? dispensable(logs, kept) : kept;
	for (size_t i = 0; i < kept; i++) {
		if (i != left_out) {
			put_note(&text, &logs[i]);
		}
	}
	put_note(&text, added);
	char *path = notes_path(id, author);
	bool ok = file_write(path, text.data, text.len, err);
	let_go(held);
	free(path);
	strbuf_fini(&text);
	return ok;
}

bool identity_note_open(const struct identity *id, const struct public_key *author, const struct hash *log, struct err *err) {
	return id->folder == NULL || write_notes(id, author, &(struct noted_log){.log = *log}, err);
}

static bool parse_note(char *line, struct noted_log *out) {
	char *parts[2] = {0};
	int64_t seq = 0;
	bool ok = str_split(line, ' ', parts, 2) >= 1 && str_unhex(parts[0], out->log.b, HASH_LEN) &&
		  (parts[1] == NULL || (str_to_i64(parts[1], &seq) && seq >= 0));
	out->closed_at = (uint64_t)seq;
	return ok;
}

size_t identity_logs(const struct identity *id, const struct public_key *author, struct noted_log logs[IDENTITY_LOGS_MAX]) {
	if (id->folder == NULL) {
		return 0;
	}
	struct strbuf text = {0};
	struct err ignored = {0};
	char *lines[IDENTITY_LOGS_MAX + 1];
	size_t n = 0;
	char *path = notes_path(id, author);
	size_t count =
		file_read(path, KEY_FILE_CAP, &text, &ignored) && text.len != 0 ? str_split(text.data, '\n', lines, COUNT_OF(lines)) : 0;
	for (size_t i = 0; i < count && n < IDENTITY_LOGS_MAX; i++) {
		n += parse_note(lines[i], &logs[n]);
	}
	strbuf_fini(&text);
	free(path);
	return n;
}

bool identity_leave(const struct identity *id, const struct public_key *author, const struct marker *marker, struct err *err) {
	if (id->folder == NULL) {
		return true;
	}
	char boot[37];
	char log[2 * HASH_LEN + 1];
	char head[2 * HASH_LEN + 1];
	clock_boot_id(boot);
	str_hex(marker->log.b, HASH_LEN, log);
	str_hex(marker->head.b, HASH_LEN, head);
	char text[400];
	int n = snprintf(text, sizeof text, "%s\n%s\n%s\n%" PRIu64 "\n%s\n", MARKER_HEAD, boot, log, marker->seq, head);
	char *path = marker_path(id, author, "");
	bool ok = file_write(path, text, (size_t)n, err) &&
		  write_notes(id, author, &(struct noted_log){.log = marker->log, .closed_at = marker->seq}, err);
	free(path);
	return ok;
}
