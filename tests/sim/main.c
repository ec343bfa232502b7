/* Runs fleets. `fleets FIRST COUNT` runs that many seeds and says which failed; `fleets --verbose SEED` replays one and tells what happened. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "sim/fleet.h"
#include "sim/tree.h"

#define STEPS 90

static bool run_seed(const struct template *template, const char *folder, int64_t seed, bool verbose) {
	static struct fleet fleet;
	fleet.verbose = verbose;
	fleet_open(&fleet, template, folder, (uint64_t)seed);
	int64_t steps = STEPS / 3 + dice_below(&world.dice, STEPS);
	for (int64_t i = 0; i < steps && fleet.why[0] == '\0'; i++) {
		fleet_step(&fleet);
	}
	fleet_heal(&fleet);
	bool ok = fleet_check(&fleet);
	if (!ok) {
		printf("seed %lld: %s\n", (long long)seed, fleet.why);
	}
	const char *keep = getenv("KEEP");
	if (!ok && keep != NULL) {
		tree_remove(keep);
		tree_copy(folder, keep);
	}
	fleet_close(&fleet);
	return ok;
}

int main(int argc, char **argv) {
	bool verbose = argc > 1 && str_eq(argv[1], "--verbose");
	int64_t first = 1;
	int64_t count = 1;
	if (argc < 3 || !str_to_i64(argv[2 - (verbose ? 0 : 1)], &first) || (!verbose && !str_to_i64(argv[2], &count))) {
		fprintf(stderr, "fleets FIRST COUNT, or fleets --verbose SEED\n");
		return 2;
	}
	const char *memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	char *folder = xasprintf("%s/turnout-sim-XXXXXX", memory);
	if (mkdtemp(folder) == NULL) {
		perror(folder);
		return 1;
	}
	setenv("TMPDIR", folder, 1); /* copies that are made for verifying stay in memory, too */
	struct template template = {.folder = file_join(folder, "template")};
	struct err err;
	/* What one fleet gives back the next one takes again: the kernel need not clear it each time. */
	mallopt(M_MMAP_THRESHOLD, 64 << 20);
	mallopt(M_TRIM_THRESHOLD, 256 << 20);
	machine_init();
	if (!file_mkdirs(template.folder, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	template_make(&template);
	int64_t failed = 0;
	for (int64_t i = 0; i < count; i++) {
		char *name = xasprintf("%s/seed-%lld", folder, (long long)(first + i));
		failed += !run_seed(&template, name, first + i, verbose);
		free(name);
	}
	tree_remove(folder);
	template_fini(&template);
	free(folder);
	printf("%lld fleets, %lld failed\n", (long long)count, (long long)failed);
	return failed != 0;
}
