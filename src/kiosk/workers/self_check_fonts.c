#include "kiosk/workers/self_check_fonts.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/sdl/script_text.h"
#include "store/read/credits.h"
#include "store/read/people.h"
#include "store/read/sessions.h"
#include "store/store.h"
#include "store/view/setting.h"

#define NAMED_MAX 5    /* texts that are named … */
#define NAMED_BYTES 80 /* … and so much of each */

struct texts {
	struct script_text *script;
	size_t count, boxed;
	struct strbuf named;
};

/* One line at a time: what parts lines is drawn nowhere. */
static void look_at(struct texts *t, const char *text) {
	struct strbuf line = {0};
	strbuf_adds(&line, text);
	for (char *c = line.data; c != NULL && *c != '\0'; c++) {
		*c = *c == '\n' || *c == '\r' || *c == '\t' ? ' ' : *c;
	}
	if (line.len > 0) {
		t->count++;
		if (!script_text_draws(t->script, &(struct script_line){.face = FACE_TEXT, .size = 16, .text = line.data})) {
			t->boxed++;
			if (t->boxed <= NAMED_MAX) {
				strbuf_addf(&t->named, "%s\"%.*s\"", t->boxed > 1 ? ", " : "", (int)utf8_cut(line.data, NAMED_BYTES),
					    line.data);
			}
		}
	}
	strbuf_fini(&line);
}

static bool look_at_person(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	for (size_t i = 0; i < PERSON_FIELD_COUNT; i++) {
		look_at(context, person_text(&row->person, (enum person_field)i));
	}
	return true;
}

static bool look_at_sessions(struct texts *t, struct store *store, struct err *err) {
	struct sessions sessions = {0};
	bool ok = sessions_load(store, &sessions, err);
	for (size_t i = 0; ok && i < sessions.count; i++) {
		const struct session *s = &sessions.items[i].session;
		for (size_t f = 0; f < SESSION_FIELD_COUNT; f++) {
			look_at(t, str_or_empty(s->field[f]));
		}
		look_at(t, str_or_empty(s->when.room));
	}
	sessions_fini(&sessions);
	return ok;
}

static bool look_at_credits(struct texts *t, struct store *store, struct err *err) {
	struct credits credits = {0};
	size_t left_out = 0;
	bool ok = credits_load(store, &credits, &left_out, err);
	for (size_t i = 0; ok && i < credits.count; i++) {
		const struct json *set = credits.items[i].set;
		for (void *at = json_member_next(set, NULL); at != NULL; at = json_member_next(set, at)) {
			look_at(t, str_or_empty(json_text(json_member_value(at))));
		}
	}
	credits_fini(&credits);
	return ok;
}

static void tell(struct texts *t, struct self_checked *out) {
	struct strbuf characters = {0}, packages = {0};
	if (t->boxed == 0) {
		self_say(out, SELF_FINE, MARK("self-test", "each of {n} texts is drawn whole"), NULL);
	} else {
		script_text_lacks(t->script, &characters, &packages);
		self_say(out, SELF_LOOK, MARK("self-test", "{boxed} of {n} texts are drawn with boxes in them: {texts}"),
			 packages.len > 0 ? MARK("self-test", "no installed font draws {characters} (install {packages})")
					  : MARK("self-test", "no installed font draws {characters}"));
		self_value(&out->text, "boxed", "%zu", t->boxed);
		self_value(&out->text, "texts", "%s%s", strbuf_str(&t->named), t->boxed > NAMED_MAX ? " …" : "");
		self_value(&out->help, "characters", "%s", strbuf_str(&characters));
		self_value(&out->help, "packages", "%s", strbuf_str(&packages));
	}
	self_value(&out->text, "n", "%zu", t->count);
	strbuf_fini(&characters);
	strbuf_fini(&packages);
}

static bool look_at_all(struct texts *t, struct store *store, struct err *err) {
	char *title = setting_get(store, "title");
	look_at(t, str_or_empty(title));
	free(title);
	return people_each(store, NULL, look_at_person, t, err) && look_at_sessions(t, store, err) && look_at_credits(t, store, err);
}

void self_check_fonts(const struct self_subject *subject, struct self_checked *out) {
	struct fonts fonts = {0};
	struct texts t = {0};
	struct err err = {0};
	bool ok = fonts_find(&fonts, &err) && script_text_open(&fonts, &t.script, &err);
	if (!ok || (subject->store != NULL && !look_at_all(&t, subject->store, &err))) {
		self_say_why(out, MARK("self-test", "nothing can be drawn"), &err, NULL);
	} else if (subject->store == NULL) {
		self_say(out, SELF_LOOK, MARK("self-test", "there is no event whose names could be looked at"), NULL);
	} else {
		tell(&t, out);
	}
	if (out->verdict == SELF_FINE && fonts.missing[0] != '\0') { /* a name in boxes matters more */
		self_say(out, SELF_LOOK, out->text.message, MARK("self-test", "a typeface of the kiosk's is missing: {fonts}"));
		self_value(&out->help, "fonts", "%s", fonts.missing);
	}
	strbuf_fini(&t.named);
	script_text_close(t.script);
	fonts_fini(&fonts);
}
