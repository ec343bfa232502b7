#include "lib/words_built.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"

const char *build_folder(void) {
	const char *build = getenv("BUILD");
	return str_empty(build) ? "build" : build;
}

struct words *words_built(void) {
	char warning[256];
	char *folder = xasprintf("%s/share/locale", build_folder());
	struct words *words = words_open(folder, warning);
	if (warning[0] != '\0') {
		fprintf(stderr, "%s\n", warning);
		abort();
	}
	free(folder);
	return words;
}
