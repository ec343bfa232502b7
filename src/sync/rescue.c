#include "sync/rescue.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "store/log/identity.h"
#include "store/write/sign.h"
#include "sync/replica_store.h"
#include "sync/stick.h"

#define FOLDER "rescue"
#define EVENT_DIGITS 16 /* of the folder of an event on a stick */

static char *rescue_folder(void) {
	char *state = identity_state_folder();
	char *folder = file_join(state, FOLDER);
	free(state);
	return folder;
}

static bool keep(struct store *store, const char *folder, struct err *err) {
	struct replica replica;
	struct stick_report report = {0};
	struct stick_options options = {.folder = folder};
	if (!store_sign(store, err) || !file_mkdirs(folder, err) || chmod(folder, 0700) != 0 || !replica_of_store(store, &replica, err)) {
		return false;
	}
	bool ok = stick_visit(&replica, &options, &report, err);
	replica_fini(&replica);
	return ok;
}

void rescue_keep(struct store *store, struct err *gone) {
	char *folder = rescue_folder();
	struct err about = *gone, why = {0};
	store_let_go(store);
	if (store_verdict(store) != FILE_OVERWRITTEN) {
		if (keep(store, folder, &why)) {
			err_set(gone, ERR_GONE, "%s. What was in it is kept in %s, and is taken over when the file is back", about.text,
				folder);
		} else {
			err_set(gone, ERR_GONE, "%s. What was in it could not be kept in %s: %s", about.text, folder, why.text);
		}
	}
	free(folder);
}

/* Of this event; the rest of the folder is other events'. */
static char *event_folder(const struct store *store, const char *folder) {
	char name[sizeof "turnout-" + EVENT_DIGITS];
	char hex[2 * HASH_LEN + 1];
	str_hex(store_event(store)->b, HASH_LEN, hex);
	snprintf(name, sizeof name, "turnout-%.*s", EVENT_DIGITS, hex);
	return file_join(folder, name);
}

static void remove_all(const char *folder) {
	char **names = NULL;
	size_t count = 0;
	struct err err = {0};
	if (!file_list(folder, STICK_FILES_MAX, &names, &count, &err)) {
		log_warn("store", "%s", err.text);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		char *path = file_join(folder, names[i]);
		unlink(path);
		free(path);
		free(names[i]);
	}
	free(names);
	rmdir(folder);
}

static bool take_over(struct store *store, const char *folder, size_t *records, struct err *err) {
	struct replica replica;
	struct stick_report report = {0};
	struct stick_options options = {.folder = folder};
	if (!replica_of_store(store, &replica, err)) {
		return false;
	}
	bool ok = stick_visit(&replica, &options, &report, err) &&
		  (report.damaged == 0 || err_set(err, ERR_CORRUPT, "a part of it cannot be read: %s", report.why));
	replica_fini(&replica);
	*records = report.read;
	return ok;
}

bool rescue_take(struct store *store, size_t *records, struct err *err) {
	char *folder = rescue_folder(), *of_event = event_folder(store, folder);
	bool ok = true;
	*records = 0;
	if (file_is_dir(of_event)) {
		ok = take_over(store, folder, records, err);
		if (ok) {
			remove_all(of_event);
			log_info("store", "%zu records of a file that was taken away are in %s again", *records, store_path(store));
		} else {
			err_wrap(err, "%s holds what was in a file that was taken away, and it could not be taken over", of_event);
		}
	}
	free(of_event);
	free(folder);
	return ok;
}

struct store *rescue_open(const char *path, const char *program, struct err *err) {
	struct store *store = store_open(path, STORE_WRITE, program, err);
	struct err why = {0};
	size_t records;
	if (store != NULL && !rescue_take(store, &records, &why)) {
		log_warn("store", "%s", why.text);
	}
	return store;
}
