#include "store/create.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/meta.h"
#include "store/file/state.h"
#include "store/foreign_wal.h"
#include "store/log/handle.h"
#include "store/log/identity.h"
#include "store/read/settings.h"
#include "store/sql/lock.h"
#include "store/sql/migrate.h"
#include "store/view/views.h"
#include "store/write/append.h"
#include "store/write/sign.h"
#include "store/write/transaction.h"

static void put_setting(struct json_writer *w, const char *key, const char *value) {
	if (!str_empty(value)) {
		json_put_text(w, key, value);
	}
}

static bool check_settings(const struct store_settings *settings, struct err *err) {
	return setting_check("timezone", settings->timezone, err) && setting_check("languages", settings->languages, err) &&
	       setting_check("dates", str_or_empty(settings->dates), err) &&
	       setting_check("staff_pin", str_or_empty(settings->staff_pin), err);
}

/* The records every event begins with: who the organiser is, an invitation for stations, and what was said at its making. */
static bool write_first_records(struct store *store, const struct key_pair *organiser, const struct store_settings *settings,
				struct err *err) {
	uint8_t seed[KEY_LEN];
	uint8_t event_key[KEY_LEN];
	struct key_pair invitation;
	char hex[2 * KEY_LEN + 1];
	crypto_random(seed, sizeof seed);
	crypto_random(event_key, sizeof event_key);
	crypto_key_from_seed(&invitation, seed);
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	json_open(&w, NULL, '{');
	str_hex(invitation.public_key.b, KEY_LEN, hex);
	json_put_text(&w, "key", hex);
	json_put_text(&w, "role", "station");
	json_close(&w, '}');
	struct draft invite = {.kind = "invite", .author = AUTHOR_ORGANISER, .subject = "", .body = body.data};
	/* The genesis first: its hash is the event's id, which all that follows names. */
	bool ok = append_genesis(store, organiser, err) && meta_put_blob(store, "event", store->event.b, HASH_LEN, err) &&
		  meta_put_blob(store, "organiser", store->organiser.b, KEY_LEN, err) &&
		  meta_put_blob(store, "invitation_seed", seed, KEY_LEN, err) &&
		  meta_put_blob(store, "event_key", event_key, KEY_LEN, err) && store_append(store, &invite, NULL, err);
	strbuf_reset(&body);
	w = (struct json_writer){.out = &body};
	json_open(&w, NULL, '{');
	json_open(&w, "set", '{');
	put_setting(&w, "title", settings->title);
	put_setting(&w, "timezone", settings->timezone);
	put_setting(&w, "languages", settings->languages);
	put_setting(&w, "dates", settings->dates);
	put_setting(&w, "place", settings->place);
	put_setting(&w, "staff_pin", settings->staff_pin);
	json_close(&w, '}');
	json_close(&w, '}');
	struct draft event = {.kind = "event", .author = AUTHOR_ORGANISER, .subject = "", .body = body.data};
	ok = ok && store_append(store, &event, NULL, err) && sign_log(store, AUTHOR_ORGANISER, err);
	strbuf_fini(&body);
	crypto_wipe(seed, sizeof seed);
	crypto_wipe(event_key, sizeof event_key);
	crypto_wipe(&invitation, sizeof invitation);
	return ok;
}

static void remove_file(const char *path, const char *suffix) {
	char *name = xasprintf("%s%s", path, suffix);
	unlink(name);
	free(name);
}

/* What goes into a new file, inside its first transaction, which it commits. */
typedef bool fill_fn(struct store *store, const void *context, struct err *err);

static bool fill_new(struct store *store, fill_fn *fill, const void *context, bool *made, struct err *err) {
	char holder[200];
	lock_holder("turnout", holder);
	store->lock = lock_write(store->path, holder, err);
	if (store->lock == NULL || !foreign_wal_make_room(store->path, err)) {
		return false;
	}
	store->db = db_open(store->path, DB_CREATE, err);
	*made = store->db != NULL;
	if (!*made || !db_exec(store->db, "PRAGMA journal_mode=WAL", err) || !migrate_up(store->db, err)) {
		return false;
	}
	return store_begin(store, err) && meta_put_blob(store, "view_version", &(uint8_t){VIEW_VERSION}, 1, err) &&
	       fill(store, context, err);
}

static void remove_made(const char *path) {
	remove_file(path, "");
	remove_file(path, "-wal");
	remove_file(path, "-shm");
	remove_file(path, ".lock");
}

/* Makes a file; takes away again what was made of it when something fails. */
static bool make_file(const char *path, fill_fn *fill, const void *context, struct err *err) {
	if (path[0] == '\0') {
		return err_set(err, ERR_USAGE, "the event file needs a name");
	}
	if (!file_new_check(path, err)) {
		return false;
	}
	struct store *store = handle_new(path, STORE_WRITE);
	bool made = false;
	bool ok = fill_new(store, fill, context, &made, err) || err_wrap(err, "%s", path);
	handle_close(store);
	if (!ok && made) {
		remove_made(path);
	}
	return ok;
}

struct creation {
	const struct store_settings *settings;
	char *key_path;
};

static bool fill_event(struct store *store, const void *context, struct err *err) {
	const struct creation *creation = context;
	char warning[ERR_TEXT_MAX];
	struct key_pair organiser;
	crypto_key_new(&organiser);
	store->organiser_key = organiser;
	store->has_organiser_key = true;
	/* The key first: an event whose organiser's key was never written could not be changed by anybody. */
	bool ok = write_first_records(store, &organiser, creation->settings, err) &&
		  organiser_key_write(creation->key_path, &store->event, &organiser, err);
	if (ok && !store_commit(store, err)) {
		ok = false;
		unlink(creation->key_path);
	}
	if (ok) {
		store->identity = identity_open(&store->event, warning);
		append_leave_markers(store);
	}
	crypto_wipe(&organiser, sizeof organiser);
	return ok;
}

bool store_create(const char *path, const struct store_settings *settings, struct err *err) {
	if (!check_settings(settings, err) || !crypto_init(err)) {
		return false;
	}
	struct creation creation = {settings, xasprintf("%s.key", path)};
	bool ok = file_new_check(creation.key_path, err) && make_file(path, fill_event, &creation, err);
	free(creation.key_path);
	return ok;
}

/* --- an event that exists elsewhere ------------------------------------------------------------------------------------------------ */

static bool fill_adopted(struct store *store, const void *context, struct err *err) {
	const struct store_origin *origin = context;
	return meta_put_blob(store, "event", origin->event.b, HASH_LEN, err) &&
	       meta_put_blob(store, "organiser", origin->organiser.b, KEY_LEN, err) &&
	       meta_put_blob(store, "event_key", origin->event_key, KEY_LEN, err) &&
	       (!origin->has_invitation || meta_put_blob(store, "invitation_seed", origin->invitation_seed, KEY_LEN, err)) &&
	       store_commit(store, err);
}

bool store_adopt(const char *path, const struct store_origin *origin, struct err *err) {
	return crypto_init(err) && make_file(path, fill_adopted, origin, err);
}

/* The longest name that comes beside a file may be too long for the folder. */
static bool is_free_name(const char *path, struct err *err) {
	struct stat st;
	if (!file_new_check(path, err)) {
		return false;
	}
	char *longest = xasprintf("%s-journal", path);
	bool ok = lstat(longest, &st) == 0 || errno == ENOENT || err_errno(err, "no file can be made under the name %s", path);
	free(longest);
	return ok;
}

/* Under a name of its own in the same folder, so that nothing is touched that waits under the name itself (another file's log), and what a kill leaves is
 * in nobody's way. With keys that are as long as real ones, so that a disk that is full is seen. */
bool store_adopt_try(const char *path, struct err *err) {
	static const struct store_origin NOBODY = {.has_invitation = true};
	uint64_t random;
	if (!crypto_init(err) || !is_free_name(path, err)) {
		return false;
	}
	crypto_random(&random, sizeof random);
	char *trial = xasprintf("%.*s.turnout-%016" PRIx64, (int)(file_base_name(path) - path), path, random);
	bool ok = store_adopt(trial, &NOBODY, err);
	if (ok) {
		remove_made(trial);
	}
	free(trial);
	return ok;
}

bool store_origin(struct store *store, struct store_origin *out, struct err *err) {
	*out = (struct store_origin){.event = store->event, .organiser = store->organiser};
	out->has_invitation = meta_get_blob(store, "invitation_seed", out->invitation_seed, KEY_LEN);
	return meta_get_blob(store, "event_key", out->event_key, KEY_LEN) ||
	       err_set(err, ERR_REFUSED, "this copy of the event does not carry its sealing key; take a copy from the organiser");
}
