#include "kiosk/self_test_codes.h"

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
		out->verdict = SELF_LOOK;
		strbuf_adds(&out->text, "there is no event whose codes could be looked at");
	} else if (!roster_codes_each(subject->store, look_at, &codes, &err)) {
		out->verdict = SELF_FAULT;
		strbuf_adds(&out->text, err.text);
	} else if (codes.lost > 0) {
		out->verdict = SELF_LOOK;
		strbuf_addf(&out->text,
			    "hand scanners cannot type %zu of %zu codes of the roster, like \"%s\": such letters are on no key of theirs. "
			    "The camera "
			    "reads them, and so does a scanner on a serial line, or one set to its ALT mode",
			    codes.lost, codes.count, strbuf_str(&codes.first));
	} else {
		strbuf_addf(&out->text, "hand scanners can type every code of the roster (%zu), and ours", codes.count);
	}
	strbuf_fini(&codes.first);
}
