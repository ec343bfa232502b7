#include "import/source_memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/view/setting.h"
#include "store/write/edit.h"

static char *setting_key(const char *kind, const char *source) { return xasprintf(SETTING_OWN_PREFIX "%s:%s", kind, source); }

static char *take_text(const struct json *object, const char *key) {
	const char *text = json_get_text(object, key);
	return str_empty(text) ? NULL : xstrdup(text);
}

void source_memory_add_map(struct source_memory *memory, const char *map) {
	ARRAY_GROW(&memory->maps, items);
	memory->maps.items[memory->maps.count++] = xstrdup(map);
}

void source_memory_add_doubt(struct source_memory *memory, const char *person, const char *like) {
	for (size_t i = 0; i < memory->doubts.count; i++) {
		if (str_eq(memory->doubts.items[i].person, person)) {
			return;
		}
	}
	if (memory->doubts.count < SOURCE_DOUBTS_MAX) {
		ARRAY_GROW(&memory->doubts, items);
		struct source_doubt *doubt = &memory->doubts.items[memory->doubts.count++];
		*doubt = (struct source_doubt){.rival = false};
		str_copy(doubt->person, sizeof doubt->person, person);
		str_copy(doubt->like, sizeof doubt->like, like);
	}
}

static void take_option(char **to, const char *from) {
	if (from != NULL && !str_eq(*to, from)) {
		free(*to);
		*to = xstrdup(from);
	}
}

static void drop_maps(struct source_memory *memory) {
	for (size_t i = 0; i < memory->maps.count; i++) {
		free(memory->maps.items[i]);
	}
	memory->maps.count = 0;
}

void source_memory_take_options(struct source_memory *memory, const struct source_memory *from) {
	take_option(&memory->encoding, from->encoding);
	take_option(&memory->sheet, from->sheet);
	take_option(&memory->sheet_name_is, from->sheet_name_is);
	take_option(&memory->key, from->key);
	memory->month_first = memory->month_first || from->month_first;
	memory->applicants = memory->applicants || from->applicants;
	if (from->maps.count != 0) {
		drop_maps(memory);
		for (size_t i = 0; i < from->maps.count; i++) {
			source_memory_add_map(memory, from->maps.items[i]);
		}
	}
}

void source_memory_forget_options(struct source_memory *memory) {
	char **const options[] = {&memory->encoding, &memory->sheet, &memory->sheet_name_is, &memory->key};
	for (size_t i = 0; i < COUNT_OF(options); i++) {
		free(*options[i]);
		*options[i] = NULL;
	}
	memory->month_first = memory->applicants = false;
	drop_maps(memory);
}

static void say_option(struct strbuf *out, const char *name, const char *value, const char *now) {
	if (value != NULL && now == NULL) {
		strbuf_addf(out, "%s--%s \"%s\"", out->len != 0 ? " " : "", name, value);
	}
}

static void say_flag(struct strbuf *out, const char *name, bool said) {
	if (said) {
		strbuf_addf(out, "%s--%s", out->len != 0 ? " " : "", name);
	}
}

void source_memory_say(const struct source_memory *memory, const struct source_memory *now, struct strbuf *out) {
	say_option(out, "encoding", memory->encoding, now->encoding);
	say_option(out, "sheet", memory->sheet, now->sheet);
	say_option(out, "sheet-name-is", memory->sheet_name_is, now->sheet_name_is);
	say_option(out, "key", memory->key, now->key);
	say_flag(out, "month-first", memory->month_first && !now->month_first);
	say_flag(out, "applicants", memory->applicants && !now->applicants);
	for (size_t i = 0; i < memory->maps.count && now->maps.count == 0; i++) {
		say_option(out, "map", memory->maps.items[i], NULL);
	}
}

static void read_object(const struct json *object, struct source_memory *out) {
	const struct json *maps = json_get(object, "map"), *doubts = json_get(object, "doubts");
	out->encoding = take_text(object, "encoding");
	out->sheet = take_text(object, "sheet");
	out->sheet_name_is = take_text(object, "sheet_name_is");
	out->key = take_text(object, "key");
	out->month_first = json_get_int(object, "month_first", 0) != 0;
	out->applicants = json_get_int(object, "applicants", 0) != 0;
	for (size_t i = 0; i < json_count(maps); i++) {
		source_memory_add_map(out, str_or_empty(json_text(json_at(maps, i))));
	}
	for (size_t i = 0; i < json_count(doubts); i++) {
		const struct json *doubt = json_at(doubts, i);
		source_memory_add_doubt(out, str_or_empty(json_get_text(doubt, "person")), str_or_empty(json_get_text(doubt, "like")));
	}
}

void source_memory_load(struct store *store, const char *kind, const char *source, struct source_memory *out) {
	char *key = setting_key(kind, source), *text = setting_get(store, key);
	struct err unreadable = {0};
	struct json *object = text == NULL ? NULL : json_parse(text, strlen(text), &unreadable);
	*out = (struct source_memory){0};
	if (object != NULL) {
		read_object(object, out);
	}
	json_free(object);
	free(text);
	free(key);
}

static void put_option(struct json_writer *w, const char *key, const char *value) {
	if (value != NULL) {
		json_put_text(w, key, value);
	}
}

/* "" when there is nothing to remember: a setting of no text is none. */
static void write_object(const struct source_memory *memory, struct strbuf *out) {
	struct json_writer w = {.out = out};
	json_open(&w, NULL, '{');
	put_option(&w, "encoding", memory->encoding);
	put_option(&w, "sheet", memory->sheet);
	put_option(&w, "sheet_name_is", memory->sheet_name_is);
	put_option(&w, "key", memory->key);
	if (memory->month_first) {
		json_put_int(&w, "month_first", 1);
	}
	if (memory->applicants) {
		json_put_int(&w, "applicants", 1);
	}
	if (memory->maps.count != 0) {
		json_open(&w, "map", '[');
		for (size_t i = 0; i < memory->maps.count; i++) {
			json_put_text(&w, NULL, memory->maps.items[i]);
		}
		json_close(&w, ']');
	}
	if (memory->doubts.count != 0) {
		json_open(&w, "doubts", '[');
		for (size_t i = 0; i < memory->doubts.count; i++) {
			json_open(&w, NULL, '{');
			json_put_text(&w, "person", memory->doubts.items[i].person);
			json_put_text(&w, "like", memory->doubts.items[i].like);
			json_close(&w, '}');
		}
		json_close(&w, ']');
	}
	bool any = w.comma;
	json_close(&w, '}');
	if (!any) {
		strbuf_reset(out);
	}
}

bool source_memory_save(struct store *store, const char *kind, const char *source, const struct source_memory *memory, struct err *err) {
	struct strbuf value = {0}, set = {0};
	char *key = setting_key(kind, source), *before = setting_get(store, key);
	bool ok = true;
	write_object(memory, &value);
	if (!str_eq(str_or_empty(before), strbuf_str(&value))) {
		struct json_writer w = {.out = &set};
		json_open(&w, NULL, '{');
		json_put_text(&w, key, strbuf_str(&value));
		json_close(&w, '}');
		struct edit_draft draft = {.kind = "event", .id = "", .set = set.data, .subject = ""};
		ok = edit_append(store, &draft, err);
	}
	strbuf_fini(&value);
	strbuf_fini(&set);
	free(before);
	free(key);
	return ok;
}

void source_memory_fini(struct source_memory *memory) {
	drop_maps(memory);
	free(memory->maps.items);
	free(memory->doubts.items);
	free(memory->encoding);
	free(memory->sheet);
	free(memory->sheet_name_is);
	free(memory->key);
	*memory = (struct source_memory){0};
}
