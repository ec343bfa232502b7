/* One import of a file by the command: what the command line says of it, and what all kinds of imports do alike. */
#ifndef TURNOUT_CLI_IMPORT_RUN_H
#define TURNOUT_CLI_IMPORT_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/json.h"
#include "cli/args.h"
#include "import/column_map.h"
#include "import/fault.h"
#include "import/source_memory.h"
#include "report/out.h"
#include "store/store.h"
#include "words/words.h"

#define IMPORT_MAPS_MAX 100

struct import_run {
	const struct args *args;
	const char *path;
	const char *source;
	struct source_memory memory; /* how to read the file: what is said now, and what was said of the source before */
	struct column_map maps[IMPORT_MAPS_MAX];
	char *map_texts[IMPORT_MAPS_MAX]; /* owned: what the maps point into */
	size_t map_count;
	bool dry_run, json;
	size_t passed_over; /* entries of an agenda */
	const struct tongue *tongue;
	struct out *out;
};

/* The event file: for writing unless nothing is to be written. Warns. */
struct store *import_run_open(const struct import_run *run, struct err *err) TURNOUT_MUST_CHECK;
/* How to read the file: as this source was read before, but for what is said now. Said on stderr. */
bool import_run_recall(struct import_run *run, struct store *store, const char *kind, struct err *err) TURNOUT_MUST_CHECK;
void import_run_fini(struct import_run *run);

/* What is wrong with the file, a line each on stderr; or as a member of the result. */
void import_run_say(const struct import_run *run, const struct fault_list *bad);
void import_run_json(const struct import_run *run, const char *key, const struct fault_list *list, struct json_writer *w);

#endif
