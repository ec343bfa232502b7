/* What the station says to a scan, in words. */
#ifndef TURNOUT_KIOSK_SCREENS_RESULT_WORDS_H
#define TURNOUT_KIOSK_SCREENS_RESULT_WORDS_H

#include "kiosk/screens/view.h"

/* They are in, or have what they came for. */
bool result_admits(const struct desk_message *r);
/* Nothing is wrong: that, or they leave. */
bool result_is_fine(const struct desk_message *r);
/* Somebody who was on no list has a code from now on, whether it lets them in now, later, or with the help of staff: without it they would fill in the form again. */
bool result_shows_code(const struct desk_message *r);

enum result_help {
	RESULT_HELP_NONE,
	RESULT_HELP_WAYS,  /* the ways on for who has no badge that is good, and somebody's help */
	RESULT_HELP_ALONE, /* somebody's help: whoever they are is known, and another way would end here again */
};

struct result_words { /* from the top down; "" for none */
	struct strbuf greeting, loud, second;
	int card; /* a session to show under it, or -1 */
	enum result_help help;
	const char *code;  /* to be shown in place of the sign, with a button that they have it; NULL */
	const char *aloud; /* with it: the same as it is written down, under the words; "" or NULL for none */
};
void result_words_find(const struct view *v, const struct desk_message *r, struct result_words *out);
void result_words_fini(struct result_words *words);

bool result_runs_now(const struct view *v, const struct session *s);

#endif
