#include "store/write/fields.h"

#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "store/write/edit.h"

/* Members of `from` that are not (yet) in `before`. */
static void put_members(struct json_writer *w, const struct json *from, const struct json *before, bool empty_too) {
	for (void *m = json_member_next(from, NULL); m != NULL; m = json_member_next(from, m)) {
		const char *key = json_member_key(m), *text = str_or_empty(json_text(json_member_value(m)));
		if (json_get(before, key) == NULL && (empty_too || !str_empty(text))) {
			json_put_text(w, key, text);
		}
	}
}

/* The thing as it will be: what is kept, with what is set anew. */
static struct json *together(const struct fields_edit *edit, const struct json *set, struct err *err) {
	struct strbuf text = {0};
	struct json_writer w = {.out = &text};
	json_open(&w, NULL, '{');
	put_members(&w, edit->kept, set, false);
	put_members(&w, set, NULL, false);
	json_close(&w, '}');
	struct json *all = json_parse(text.data, text.len, err);
	strbuf_fini(&text);
	return all;
}

static bool write(struct store *store, const struct fields_edit *edit, const struct json *set, struct err *err) {
	struct strbuf text = {0};
	struct json_writer w = {.out = &text};
	json_open(&w, NULL, '{');
	put_members(&w, set, NULL, true);
	if (edit->removed) {
		json_put_text(&w, "status", "");
	}
	json_close(&w, '}');
	bool ok = edit_append(store, &(struct edit_draft){.kind = edit->kind, .id = edit->id, .set = text.data, .subject = ""}, err);
	strbuf_fini(&text);
	return ok;
}

bool fields_edit(struct store *store, const struct fields_edit *edit, struct err *err) {
	struct json *set = json_parse(edit->set, strlen(edit->set), err);
	struct json *all = set == NULL ? NULL : together(edit, set, err);
	bool ok = all != NULL && edit->check(edit->id, all, err) && write(store, edit, set, err);
	json_free(all);
	json_free(set);
	return ok;
}
