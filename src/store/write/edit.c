#include "store/write/edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/log/erasure.h"
#include "store/log/keys.h"
#include "store/view/roles.h"
#include "store/view/views.h"
#include "store/write/append.h"

/* Bytes. The salt keeps an erased body's hash from being guessed; a subject is half of a SHA-256. */
#define SALT_LEN 8
#define SUBJECT_LEN 16

/* `salt` NULL: the body holds no personal data. */
static bool write_body(const struct edit_draft *draft, const struct registers *before, const char *salt, struct strbuf *body,
		       struct err *err) {
	struct json_writer w = {.out = body};
	json_open(&w, NULL, '{');
	if (draft->id[0] != '\0') {
		json_put_text(&w, "id", draft->id);
	}
	json_put_raw(&w, "set", draft->set);
	if (before->count != 0) {
		struct json *set = json_parse(draft->set, strlen(draft->set), err);
		if (set == NULL) {
			return err_wrap(err, "an edit");
		}
		registers_write_was(before, set, &w);
		json_free(set);
	}
	if (draft->source != NULL) {
		json_put_text(&w, "source", draft->source);
	}
	if (draft->uid != NULL) {
		json_put_text(&w, "uid", draft->uid);
	}
	if (salt != NULL) {
		json_put_text(&w, "salt", salt); /* an erased body's hash must not betray what it said */
	}
	json_close(&w, '}');
	return true;
}

/* The subject of a person who has none here. Two laptops that import one person while apart must choose the same, else an erasure by one of them
 * would leave what the other wrote; and who was erased and is added again, knowingly, must get another. A person's id comes of what a table says
 * of them, so the event's sealing key goes in: nobody outside the event can try names to find out who was erased. */
bool person_subject(struct store *store, const char *id, int turn, char subject[SUBJECT_TEXT], struct err *err) {
	char key[2 * KEY_LEN + 1];
	if (!store->subject_key_known && !store_event_key(store, store->subject_key, err)) {
		return false;
	}
	store->subject_key_known = true;
	str_hex(store->subject_key, KEY_LEN, key);
	char *text = xasprintf("turnout-subject-1\n%s\n%s\n%d\n", key, id, turn);
	struct hash hash = crypto_sha256(text, strlen(text));
	crypto_wipe_text(text);
	str_hex(hash.b, SUBJECT_LEN, subject);
	return true;
}

static bool new_subject(struct store *store, const char *id, char subject[SUBJECT_TEXT], struct err *err) {
	bool erased = true;
	for (int turn = 0; erased; turn++) {
		if (!person_subject(store, id, turn, subject, err) || !erasure_known(store, subject, &erased, err)) {
			return false;
		}
	}
	return true;
}

/* Under whom the edit stands: the person's present subject, or a new one. */
static bool choose_subject(struct store *store, const struct edit_draft *draft, const struct registers *before,
			   char subject[RECORD_SUBJECT_MAX + 1], struct err *err) {
	subject[0] = '\0';
	if (draft->subject != NULL) {
		return str_copy(subject, RECORD_SUBJECT_MAX + 1, draft->subject) ||
		       err_set(err, ERR_USAGE, "no subject is as long as \"%s\"", draft->subject);
	}
	if (before->count != 0) {
		/* As another program may have written it: any that a record can have. */
		return str_copy(subject, RECORD_SUBJECT_MAX + 1, before->items[before->count - 1].subject) ||
		       err_set(err, ERR_CORRUPT, "a record's subject is too long");
	}
	return new_subject(store, draft->id, subject, err);
}

bool edit_append(struct store *store, const struct edit_draft *draft, struct err *err) {
	const struct store_view *view = views_edited_by(draft->kind);
	if (view == NULL) {
		return err_set(err, ERR_USAGE, "nothing is edited by records of the kind \"%s\"", draft->kind);
	}
	struct registers before = {0};
	struct strbuf body = {0};
	uint8_t random[SALT_LEN];
	char subject[RECORD_SUBJECT_MAX + 1] = "";
	char salt[2 * SALT_LEN + 1];
	crypto_random(random, sizeof random);
	str_hex(random, SALT_LEN, salt);
	char *thing = xasprintf("%c%s", view->thing, draft->id);
	/* A fresh thing has no earlier edits: they are not looked for, which saves an import a query for each person. */
	bool ok = (draft->fresh || registers_read(store, thing, &before, err)) && choose_subject(store, draft, &before, subject, err) &&
		  write_body(draft, &before, view->personal ? salt : NULL, &body, err);
	struct fresh_thing fresh = {draft->id, draft->set};
	enum author author = AUTHOR_ORGANISER;
	ok = ok && role_author_of_edits(store, &author, err);
	struct draft record = {.kind = draft->kind,
			       .author = author,
			       .subject = subject,
			       .body = strbuf_str(&body),
			       .fresh = draft->fresh && view->begin != NULL ? &fresh : NULL};
	ok = ok && store_append(store, &record, NULL, err);
	registers_fini(&before);
	strbuf_fini(&body);
	free(thing);
	return ok;
}
