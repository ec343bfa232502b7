#include "cli/import_run.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/common.h"
#include "import/import_say.h"
#include "sync/rescue.h"

static bool read_maps(struct import_run *run, struct err *err) {
	for (size_t i = 0; i < run->memory.maps.count; i++) {
		const char *map = run->memory.maps.items[i];
		char *text = xstrdup(map);
		char *equals = strchr(text, '=');
		if (equals == NULL || equals == text || equals[1] == '\0' || run->map_count == IMPORT_MAPS_MAX) {
			free(text);
			return err_set(err, ERR_USAGE, "--map is FIELD=HEADER, at most %d times, not \"%s\"", IMPORT_MAPS_MAX, map);
		}
		*equals = '\0';
		run->map_texts[run->map_count] = text;
		run->maps[run->map_count++] = (struct column_map){text, equals + 1};
	}
	return true;
}

struct store *import_run_open(const struct import_run *run, struct err *err) {
	const char *path = args_operand(run->args, 1);
	struct store *store = run->dry_run ? store_open(path, STORE_READ, "turnout import", err) : rescue_open(path, "turnout import", err);
	if (store != NULL && store_warning(store)[0] != '\0') {
		cli_say("warning: %s", store_warning(store));
	}
	return store;
}

static struct source_memory said_now(const struct args *args) {
	struct source_memory now = {0};
	size_t cursor = 0;
	const char *const values[] = {args_value(args, "encoding"), args_value(args, "sheet"), args_value(args, "sheet-name-is"),
				      args_value(args, "key")};
	char **const to[] = {&now.encoding, &now.sheet, &now.sheet_name_is, &now.key};
	for (size_t i = 0; i < COUNT_OF(to); i++) {
		*to[i] = values[i] != NULL ? xstrdup(values[i]) : NULL;
	}
	for (const char *map = args_next(args, "map", &cursor); map != NULL; map = args_next(args, "map", &cursor)) {
		source_memory_add_map(&now, map);
	}
	now.month_first = args_has(args, "month-first");
	now.applicants = args_has(args, "applicants");
	return now;
}

static void say_recalled(const struct import_run *run, const struct source_memory *now) {
	struct strbuf options = {0}, text = {0};
	source_memory_say(&run->memory, now, &options);
	if (options.len != 0) {
		words_fill_one(&text, tongue_get_in(run->tongue, "an import", "read as last time, with {options}"), "options",
			       options.data);
		log_line("%s: %s", run->path, strbuf_str(&text));
	}
	strbuf_fini(&options);
	strbuf_fini(&text);
}

bool import_run_recall(struct import_run *run, struct store *store, const char *kind, struct err *err) {
	struct source_memory now = said_now(run->args);
	source_memory_load(store, kind, run->source, &run->memory);
	if (args_has(run->args, "forget")) {
		source_memory_forget_options(&run->memory);
	}
	say_recalled(run, &now);
	source_memory_take_options(&run->memory, &now);
	source_memory_fini(&now);
	return read_maps(run, err);
}

static const char *bad_text(const struct import_run *run, const struct fault *fault, struct strbuf *text) {
	strbuf_reset(text);
	fault_say(fault, run->tongue, text);
	return strbuf_str(text);
}

void import_run_say(const struct import_run *run, const struct fault_list *bad) {
	struct strbuf text = {0};
	for (size_t i = 0; i < bad->count; i++) {
		log_line("%s: %s", run->path, bad_text(run, &bad->items[i], &text));
	}
	if (bad->total > bad->count) {
		strbuf_reset(&text);
		import_say_more(bad, run->tongue, &text);
		log_line("%s: %s", run->path, strbuf_str(&text));
	}
	strbuf_fini(&text);
}

void import_run_json(const struct import_run *run, const char *key, const struct fault_list *list, struct json_writer *w) {
	struct strbuf text = {0};
	json_open(w, key, '[');
	for (size_t i = 0; i < list->count; i++) {
		const struct fault *fault = &list->items[i];
		json_open(w, NULL, '{');
		if (fault->at.sheet != NULL) {
			json_put_text(w, "sheet", fault->at.sheet);
		}
		json_put_int(w, "line", (int64_t)fault->at.line);
		json_put_int(w, "column", (int64_t)fault->at.column);
		json_put_text(w, "message", bad_text(run, fault, &text));
		json_close(w, '}');
	}
	json_close(w, ']');
	strbuf_fini(&text);
}

void import_run_fini(struct import_run *run) {
	source_memory_fini(&run->memory);
	for (size_t i = 0; i < run->map_count; i++) {
		free(run->map_texts[i]);
	}
}
