#include "kiosk/workers/self_check_codes.h"

#include <string.h>

#include "store/read/badges.h"
#include "store/store.h"

struct codes {
	size_t count, lost;
	struct strbuf first;
};

/* Printed ASCII is on the keys of the US layout, and nothing else is. */
static bool look_at(void *context, const char *code, bool *enough, struct err *err) {
	struct codes *codes = context;
	bool typed = true;
	(void)enough, (void)err;
	for (const char *c = code; *c != '\0'; c++) {
		typed = typed && *c >= ' ' && *c < 0x7F;
	}
	codes->count++;
	codes->lost += !typed;
	if (!typed && codes->first.len == 0) {
		strbuf_adds(&codes->first, code);
	}
	return true;
}

void self_check_codes(const struct self_subject *subject, struct self_checked *out) {
	struct codes codes = {0};
	struct err err = {0};
	if (subject->store == NULL) {
		self_say(out, SELF_LOOK, MARK("self-test", "there is no event whose codes could be looked at"), NULL);
	} else if (!roster_codes_each(subject->store, look_at, &codes, &err)) {
		self_say_why(out, MARK("self-test", "the roster cannot be read"), &err, NULL);
	} else if (codes.lost > 0) {
		self_say(out, SELF_LOOK,
			 MARK("self-test",
			      "hand scanners cannot type {lost} of {n} codes of the roster, like \"{code}\": such letters are on "
			      "no key of theirs"),
			 MARK("self-test", "the camera reads them, and so does a scanner on a serial line, or one set to its ALT mode"));
		self_value(&out->text, "lost", "%zu", codes.lost);
		self_value(&out->text, "n", "%zu", codes.count);
		self_value(&out->text, "code", "%s", strbuf_str(&codes.first));
	} else {
		self_say(out, SELF_FINE, MARK("self-test", "hand scanners can type every code of the roster ({n}), and ours"), NULL);
		self_value(&out->text, "n", "%zu", codes.count);
	}
	strbuf_fini(&codes.first);
}
