#include "hub/watch.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "store/edit.h"
#include "store/store.h"

static void read_one(const char *folder, struct watched *w) {
	struct err err = {0};
	char *path = file_join(folder, w->file);
	struct store *store = store_open(path, STORE_READ, "turnout-hub", &err);
	if (store == NULL || !audit_status(store, &w->status, &err)) {
		str_copy(w->problem, sizeof w->problem, err.text);
	} else {
		w->title = setting_get(store, "title");
		str_hex(store_event(store)->b, HASH_LEN, w->id);
	}
	store_close(store);
	free(path);
}

bool watch_read(const char *folder, struct watch *out, struct err *err) {
	char **names;
	size_t count;
	*out = (struct watch){0};
	if (!file_list(folder, WATCH_FILES_MAX, &names, &count, err)) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (str_ends_nocase(names[i], WATCH_ENDING)) {
			ARRAY_GROW(out, items);
			struct watched *w = &out->items[out->count++];
			*w = (struct watched){.file = xstrdup(names[i])};
			read_one(folder, w);
		}
		free(names[i]);
	}
	free(names);
	return true;
}

void watch_fini(struct watch *watch) {
	for (size_t i = 0; i < watch->count; i++) {
		free(watch->items[i].file);
		free(watch->items[i].title);
	}
	free(watch->items);
	*watch = (struct watch){0};
}

bool watch_healthy(const struct watch *watch) {
	for (size_t i = 0; i < watch->count; i++) {
		if (watch->items[i].problem[0] != '\0') {
			return false;
		}
	}
	return true;
}

/* A label's value: \, " and newline are escaped (Prometheus, exposition formats). */
static void put_label(struct strbuf *out, const char *text) {
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '\n') {
			strbuf_adds(out, "\\n");
		} else {
			strbuf_adds(out, *c == '\\' || *c == '"' ? "\\" : "");
			strbuf_addc(out, *c);
		}
	}
}

struct gauge {
	const char *name, *help;
	size_t offset; /* of the number in struct audit_status */
};

static const struct gauge gauges[] = {
	{"people", "People on the roster.", offsetof(struct audit_status, people)},
	{"badges", "Badges issued.", offsetof(struct audit_status, badges)},
	{"sessions", "Sessions on the agenda.", offsetof(struct audit_status, sessions)},
	{"checkins", "Check-ins recorded.", offsetof(struct audit_status, checkins)},
	{"records", "Records in all logs.", offsetof(struct audit_status, records)},
	{"stations", "Stations that wrote into the file.", offsetof(struct audit_status, stations)},
};

static void put_sample(struct strbuf *out, const char *name, const struct watched *w, long long value) {
	strbuf_addf(out, "turnout_%s{file=\"", name);
	put_label(out, w->file);
	strbuf_addf(out, "\",event=\"%s\"} %lld\n", w->id, value);
}

void watch_metrics(const struct watch *watch, struct strbuf *out) {
	strbuf_adds(out, "# HELP turnout_up Whether the event file can be read.\n# TYPE turnout_up gauge\n");
	for (size_t i = 0; i < watch->count; i++) {
		put_sample(out, "up", &watch->items[i], watch->items[i].problem[0] == '\0');
	}
	for (size_t g = 0; g < COUNT_OF(gauges); g++) {
		strbuf_addf(out, "# HELP turnout_%s %s\n# TYPE turnout_%s gauge\n", gauges[g].name, gauges[g].help, gauges[g].name);
		for (size_t i = 0; i < watch->count; i++) {
			const struct watched *w = &watch->items[i];
			if (w->problem[0] == '\0') {
				put_sample(out, gauges[g].name, w,
					   *(const int64_t *)(const void *)((const char *)&w->status + gauges[g].offset));
			}
		}
	}
}

void watch_json(const struct watch *watch, struct strbuf *out) {
	struct json_writer w = {.out = out};
	json_open(&w, NULL, '[');
	for (size_t i = 0; i < watch->count; i++) {
		const struct watched *e = &watch->items[i];
		json_open(&w, NULL, '{');
		json_put_text(&w, "file", e->file);
		if (e->problem[0] != '\0') {
			json_put_text(&w, "problem", e->problem);
		} else {
			json_put_text(&w, "event", e->id);
			json_put_text(&w, "title", str_or_empty(e->title));
			json_put_int(&w, "people", e->status.people);
			json_put_int(&w, "checkins", e->status.checkins);
		}
		json_close(&w, '}');
	}
	json_close(&w, ']');
	strbuf_addc(out, '\n');
}

void watch_health(const struct watch *watch, struct strbuf *out) {
	if (watch_healthy(watch)) {
		strbuf_addf(out, "ok: %zu event file%s\n", watch->count, watch->count == 1 ? "" : "s");
		return;
	}
	for (size_t i = 0; i < watch->count; i++) {
		if (watch->items[i].problem[0] != '\0') {
			strbuf_addf(out, "%s\n", watch->items[i].problem);
		}
	}
}
