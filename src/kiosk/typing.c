#include "kiosk/typing.h"

#include <string.h>

#include "base/str.h"

static void tell_code(struct typing *t) {
	/* With Caps Lock on some scanners send the other case: our codes begin with capitals. */
	bool turned = !str_starts(t->wedge.text, "TO") && str_starts(t->wedge.turned, "TO");
	const char *code = turned ? t->wedge.turned : t->wedge.text;
	strbuf_reset(&t->held);
	t->code(t->context, code, strlen(code));
}

void typing_pass(struct typing *t, int64_t now_ms) {
	if (wedge_pause(&t->wedge, t->framing, now_ms)) {
		tell_code(t);
	}
	if (t->held.len > 0 && !wedge_holds(&t->wedge, now_ms)) {
		t->text(t->context, strbuf_str(&t->held), t->held.len);
		strbuf_reset(&t->held);
	}
}

bool typing_key(struct typing *t, const struct wedge_key *key) {
	typing_pass(t, key->time_ms);
	if (wedge_feed(&t->wedge, t->framing, key) == WEDGE_CODE) {
		tell_code(t);
		return true;
	}
	typing_pass(t, key->time_ms);
	return false;
}

void typing_text(struct typing *t, const char *text, int64_t now_ms) {
	if (wedge_holds(&t->wedge, now_ms)) {
		strbuf_adds(&t->held, text);
	} else {
		typing_pass(t, now_ms);
		t->text(t->context, text, strlen(text));
	}
}

int64_t typing_deadline(const struct typing *t, int64_t now_ms) { return t->held.len > 0 ? now_ms + WEDGE_GAP_MS : INT64_MAX; }

void typing_fini(struct typing *t) { strbuf_fini(&t->held); }
