#include "lib/trip.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "sync/replica_store.h"

bool trip_try(struct store *store, const char *folder, struct stick_report *report, struct err *err) {
	struct replica replica;
	bool ok = replica_of_store(store, &replica, err);
	ok = ok && stick_visit(&replica, &(struct stick_options){.folder = folder}, report, err);
	replica_fini(&replica);
	return ok;
}

struct stick_report trip_visit(struct store *store, const char *folder) {
	struct err err = {0};
	struct stick_report report;
	assert_ok(trip_try(store, folder, &report, &err));
	return report;
}

int trip_open(void **state) {
	struct trip *t = xcalloc(1, sizeof *t);
	struct exchange_report report;
	struct err err = {0};
	void *scratch = NULL;
	char hex[17];
	if (scratch_open(&scratch) != 0) {
		return -1;
	}
	t->s = scratch;
	char *path = event_sample_make(t->s, "a.turnout");
	event_sample_device(t->s, 0);
	t->laptop = event_sample_open(path);
	t->box = meet_adopt(t->s, t->laptop, "b.turnout", 7);
	meet_stores(t->box, t->laptop, &report);
	str_hex(store_event(t->laptop)->b, 8, hex);
	t->stick = scratch_path(t->s, "stick");
	t->folder = xasprintf("%s/turnout-%s", t->stick, hex);
	free(path);
	*state = t;
	return file_mkdirs(t->stick, &err) ? 0 : -1;
}

int trip_close(void **state) {
	struct trip *t = *state;
	void *scratch = t->s;
	store_close(t->laptop);
	store_close(t->box);
	scratch_close(&scratch);
	free(t->stick);
	free(t->folder);
	free(t);
	return 0;
}

char *trip_log_file(const struct trip *t, const struct public_key *author) {
	struct err err = {0};
	struct replica replica;
	char hex[33];
	assert_ok(replica_of_store(t->box, &replica, &err));
	struct head head = meet_head_of(&replica, author);
	replica_fini(&replica);
	str_hex(head.log.b, 16, hex);
	return xasprintf("%s/%s.runs", t->folder, hex);
}

void trip_read(const char *path, struct strbuf *out) {
	struct err err = {0};
	assert_ok(file_read(path, STICK_FILE_MAX, out, &err));
}

void trip_write(const char *path, const void *data, size_t n) {
	struct err err = {0};
	assert_ok(file_write(path, data, n, &err));
}

void trip_assert_carries_all(const struct trip *t, const char *name) {
	struct store *fresh = meet_adopt(t->s, t->laptop, name, 30);
	struct stick_report report = trip_visit(fresh, t->stick);
	assert_int_equal(report.damaged, 0);
	meet_assert_same(t->laptop, fresh);
	meet_assert_sound(fresh);
	store_close(fresh);
}
