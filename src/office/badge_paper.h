/* Badges on paper: the event's texts and the holders' (office/issue.h) onto sheets (badge/sheet.h). */
#ifndef TURNOUT_OFFICE_BADGE_PAPER_H
#define TURNOUT_OFFICE_BADGE_PAPER_H

#include "badge/sheet.h"
#include "office/issue.h"
#include "words/words.h"

/* What stands on every badge; texts are owned. */
struct badge_texts {
	char *title;
	char *dates;                  /* in the event's first language */
	char *logo;                   /* its path: it counts from the event file's folder; NULL: none */
	struct credit_prints credits; /* whom the event thanks, in its first language */
};

bool badge_texts_read(struct store *store, const struct words *words, struct badge_texts *out, struct err *err) TURNOUT_MUST_CHECK;
void badge_texts_fini(struct badge_texts *texts);

/* What is there already may be an earlier print; anything else (the event file, its key, a spreadsheet) is not written over: ERR_REFUSED. Nor is there
 * anything to begin with where no file can be made, as codes are issued before they are written. */
bool badge_paper_check(const char *path, enum canvas_format format, struct err *err) TURNOUT_MUST_CHECK;

/* Writes everybody's badge. Of the options the event's texts and the time of making are set here. */
bool badge_paper_write(const char *path, const struct issue *list, const struct badge_texts *texts,
		       const struct badge_sheet_options *options, struct err *err) TURNOUT_MUST_CHECK;

#endif
