/* What the import tests share beyond lib/testing.h. */
#ifndef TURNOUT_TESTS_IMPORT_SCRATCH_H
#define TURNOUT_TESTS_IMPORT_SCRATCH_H

#include "lib/testing.h"

#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/strbuf.h"

#define UNUSED_OK __attribute__((unused))
#define SAMPLES "../shared/samples"

/* The text of the `err` in scope must hold `part`. */
#define assert_says(part) assert_holds(err.text, part)

/* The sample's path, or NULL after saying loudly that it is not there; then the test calls skip(). */
static UNUSED_OK const char *sample(const char *path) {
	if (file_exists(path)) {
		return path;
	}
	print_message("SKIPPED: %s is not there; the third-party samples were not tested\n", path);
	return NULL;
}

/* A copy of an event with its key, as carried to another laptop. */
static UNUSED_OK struct store *copied_event(const struct scratch *s, struct store *from, const char *name) {
	struct err err = {0};
	char *path = scratch_path(s, name);
	char *key_from = xasprintf("%s.key", store_path(from));
	char *key_to = xasprintf("%s.key", path);
	struct strbuf key = {0};
	assert_ok(store_copy(from, path, &err) && file_read(key_from, 10000, &key, &err) && file_write(key_to, key.data, key.len, &err));
	struct store *store = store_open(path, STORE_WRITE, "test", &err);
	assert_ok(store != NULL);
	strbuf_fini(&key);
	free(key_from);
	free(key_to);
	free(path);
	return store;
}

#endif
