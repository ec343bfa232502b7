#include "lib/testing.h"

#include <ftw.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "store/create.h"

int scratch_open(void **state) {
	struct scratch *s = xcalloc(1, sizeof *s);
	struct err err = {0};
	const char *tmp = getenv("TMPDIR");
	s->folder = xasprintf("%s/turnout-test-XXXXXX", str_empty(tmp) ? "/tmp" : tmp);
	s->kyiv = tz_open("Europe/Kyiv", &err);
	if (mkdtemp(s->folder) == NULL || s->kyiv == NULL) {
		return -1;
	}
	setenv("XDG_STATE_HOME", s->folder, 1);
	*state = s;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where) {
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

int scratch_close(void **state) {
	struct scratch *s = *state;
	nftw(s->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	tz_close(s->kyiv);
	free(s->folder);
	free(s);
	return 0;
}

char *scratch_path(const struct scratch *s, const char *name) { return file_join(s->folder, name); }

char *scratch_write(const struct scratch *s, const char *name, const void *data, size_t n) {
	struct err err = {0};
	char *path = scratch_path(s, name);
	assert_ok(file_write(path, data, n, &err));
	return path;
}

struct store *scratch_event(const struct scratch *s, const char *name) {
	return scratch_event_titled(s, name, "Test");
}

struct store *scratch_event_titled(const struct scratch *s, const char *name, const char *title) {
	struct err err = {0};
	struct store_settings settings = {.title = title, .timezone = "Europe/Kyiv", .languages = "uk,en"};
	char *path = scratch_path(s, name);
	assert_ok(store_create(path, &settings, &err));
	struct store *store = store_open(path, STORE_WRITE, "test", &err);
	assert_ok(store != NULL);
	free(path);
	return store;
}

const char *shared_folder(const char *name, char path[512]) {
	snprintf(path, 512, "../shared/%s", name);
	if (file_is_dir(path)) {
		return path;
	}
	print_message("SKIPPED: %s is not there\n", path);
	return NULL;
}

struct key_pair key_of_number(uint8_t number) {
	struct key_pair pair;
	uint8_t seed[KEY_LEN];
	memset(seed, number, sizeof seed);
	crypto_key_from_seed(&pair, seed);
	return pair;
}
