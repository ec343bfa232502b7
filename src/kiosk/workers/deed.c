#include "kiosk/workers/deed.h"

#include "base/json.h"
#include "base/strbuf.h"
#include "store/read/announcements.h"
#include "store/read/own_checkins.h"
#include "store/store.h"
#include "store/view/roles.h"
#include "store/write/transaction.h"

static bool announce(struct store *store, const struct deed *deed, struct err *err) {
	struct strbuf text = {0};
	struct json_writer w = {.out = &text};
	json_open(&w, NULL, '{');
	json_put_text(&w, "text", deed->text);
	json_close(&w, '}');
	struct json *words = json_parse(text.data, text.len, err);
	bool ok = words != NULL &&
		  announcement_append(store, &(struct announcement_draft){.words = words, .until = deed->until, .by = deed->by}, err);
	json_free(words);
	strbuf_fini(&text);
	return ok;
}

static bool record(struct store *store, const struct deed *deed, struct err *err) {
	switch (deed->kind) {
	case DEED_UNDO: return own_checkin_undo(store, &deed->log, deed->seq, deed->by, err);
	case DEED_ANNOUNCE: return announce(store, deed, err);
	case DEED_WITHDRAW: return announcement_withdraw(store, &deed->log, deed->seq, deed->by, err);
	case DEED_NOTE:
		return note_append(
			store, &(struct note_draft){.person = deed->person, .text = deed->text, .door = deed->door, .by = deed->by}, err);
	}
	return false;
}

bool deed_do(struct store *store, const struct deed *deed, struct err *err) {
	if (!store_begin(store, err)) {
		return false;
	}
	if (!role_station_check(store, err) || !record(store, deed, err)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, err);
}
