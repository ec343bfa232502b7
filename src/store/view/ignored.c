#include "store/view/ignored.h"

#include "base/alloc.h"
#include "base/str.h"
#include "words/words.h"

static const struct {
	const char *word, *text;
	enum ignore_class class;
} REASONS[] = {
	[IGNORE_AUTHOR] = {"author", MARK("why a record does not count", "the author may not write this"), IGNORED_AUTHOR},
	[IGNORE_INVITATION] = {"invitation", MARK("why a record does not count", "the invitation is closed or unknown"), IGNORED_AUTHOR},
	[IGNORE_CERTIFICATE] = {"certificate", MARK("why a record does not count", "the certificate is not right"), IGNORED_AUTHOR},
	[IGNORE_OTHERS] = {"others", MARK("why a record does not count", "the walk-in is not its author's"), IGNORED_AUTHOR},
	[IGNORE_CODE] = {"code", MARK("why a record does not count", "the code is not its author's"), IGNORED_AUTHOR},
	[IGNORE_KIND] = {"kind", MARK("why a record does not count", "only a newer Turnout knows the kind"), IGNORED_UNKNOWN},
	[IGNORE_JSON] = {"json", MARK("why a record does not count", "the body is no JSON"), IGNORED_MALFORMED},
	[IGNORE_TIMES] = {"times", MARK("why a record does not count", "the times are beyond all years"), IGNORED_MALFORMED},
	[IGNORE_THING] = {"thing", MARK("why a record does not count", "nothing says what it is about"), IGNORED_MALFORMED},
	[IGNORE_CHECKIN] = {"checkin", MARK("why a record does not count", "no whole check-in"), IGNORED_MALFORMED},
	[IGNORE_WALKIN] = {"walkin", MARK("why a record does not count", "no whole walk-in"), IGNORED_MALFORMED},
	[IGNORE_UNDO] = {"undo", MARK("why a record does not count", "nothing says what is undone"), IGNORED_MALFORMED},
	[IGNORE_RANK] = {"rank", MARK("why a record does not count", "no such rank of clock"), IGNORED_MALFORMED},
	[IGNORE_CLOCK] = {"clock", MARK("why a record does not count", "no such time"), IGNORED_MALFORMED},
	[IGNORE_JOIN] = {"join", MARK("why a record does not count", "nothing says who is whom"), IGNORED_MALFORMED},
	[IGNORE_KEY] = {"key", MARK("why a record does not count", "no key is named"), IGNORED_MALFORMED},
	[IGNORE_ROLE] = {"role", MARK("why a record does not count", "no such role"), IGNORED_MALFORMED},
	[IGNORE_LOG] = {"log", MARK("why a record does not count", "no log of this event begins so"), IGNORED_MALFORMED},
};
_Static_assert(COUNT_OF(REASONS) == IGNORE_REASONS, "every reason has its word");

const char *ignore_word(enum ignore_reason reason) { return REASONS[reason].word; }

enum ignore_reason ignore_find(const char *word) {
	int i = 0;
	while (i < IGNORE_REASONS && !str_eq(REASONS[i].word, word)) {
		i++;
	}
	return (enum ignore_reason)i;
}

const char *ignore_text(enum ignore_reason reason) { return REASONS[reason].text; }

enum ignore_class ignore_class_of(enum ignore_reason reason) { return REASONS[reason].class; }
