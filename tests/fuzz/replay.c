/* Runs a fuzz target on files, so that what a fuzzer found once is tried by every `make check`, without one. Arguments: files and folders. */
#include "fuzz/world.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

#define FILES_MAX 10000

static bool try_file(const char *path) {
	struct err err = {0};
	struct strbuf bytes = {0};
	bool ok = file_read(path, (size_t)16 * 1024 * 1024, &bytes, &err);
	if (ok) {
		printf("%s\n", path); /* the last one printed is the one that fails */
		fflush(stdout);
		LLVMFuzzerTestOneInput((const uint8_t *)strbuf_str(&bytes), bytes.len);
	} else {
		fprintf(stderr, "%s\n", err.text);
	}
	strbuf_fini(&bytes);
	return ok;
}

static bool try_folder(const char *path) {
	struct err err = {0};
	char **names = NULL;
	size_t count = 0;
	bool ok = file_list(path, FILES_MAX, &names, &count, &err);
	for (size_t i = 0; i < count; i++) {
		char *file = file_join(path, names[i]);
		ok = ok && try_file(file);
		free(file);
		free(names[i]);
	}
	free(names);
	return ok;
}

int main(int argc, char **argv) {
	bool ok = true;
	for (int i = 1; ok && i < argc; i++) {
		ok = file_is_dir(argv[i]) ? try_folder(argv[i]) : try_file(argv[i]);
	}
	return ok ? 0 : 1;
}
