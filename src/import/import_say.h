/* What an import found and did, in words. Without a full stop and a line end; `tongue` NULL: in English. */
#ifndef TURNOUT_IMPORT_IMPORT_SAY_H
#define TURNOUT_IMPORT_IMPORT_SAY_H

#include "import/agenda_apply.h"
#include "import/agenda_report.h"
#include "import/people_apply.h"

/* Which encoding, delimiter or sheet, where the headers are, and what each column was taken for, and which were not. */
void import_say_found(const struct people *people, const struct tongue *tongue, struct strbuf *out);
/* "5 sheets look alike: --sheet all takes them together; not read: "Menu""; nothing when there are no other sheets. */
void import_say_sheets(const struct people *people, const struct tongue *tongue, struct strbuf *out);
/* "and 203 more like these": rows or cells that are only counted; nothing when there are none. */
void import_say_more(const struct fault_list *bad, const struct tongue *tongue, struct strbuf *out);
/* "4 people are not let in: 3 cancelled, 1 waiting"; nothing when all are. */
void import_say_refused(const struct people_applied *done, const struct tongue *tongue, struct strbuf *out);
/* "1 person whom somebody confirmed by hand stays confirmed"; nothing when there are none. */
void import_say_confirmed(const struct people_applied *done, const struct tongue *tongue, struct strbuf *out);
/* Whether rows are people who are there already is for people to settle: how many there are, and how. Nothing when there are none. */
void import_say_doubts(const struct people_doubts *doubts, const struct tongue *tongue, struct strbuf *out);
/* One of them, with the two ids by which they are joined. */
void import_say_doubt(const struct people_doubt *doubt, const struct tongue *tongue, struct strbuf *out);
/* "3 persons of this list are no longer in it: A, B and C. …", and how they are removed; nothing when all are there. */
void import_say_gone(const struct people_applied *done, const struct tongue *tongue, struct strbuf *out);
/* "60 rows: 58 people added, 0 changed, 2 unchanged". */
void import_say_people(const struct people_applied *done, bool dry_run, const struct tongue *tongue, struct strbuf *out);
/* "12 sessions: 12 added, 0 changed, 0 unchanged, 0 cancelled, 1 bad entry left out". */
void import_say_agenda(const struct agenda_applied *done, bool dry_run, const struct tongue *tongue, struct strbuf *out);
/* "12 sessions that the file has no more were not cancelled: …"; nothing when there are none. */
void import_say_kept(const struct agenda_applied *done, bool dry_run, const struct tongue *tongue, struct strbuf *out);
/* "3 sessions are written in another time zone: 10:00 -04:00 of "Floating" is 17:00 here"; nothing when all are written in the event's. */
void import_say_zones(const struct agenda *agenda, const struct tongue *tongue, struct strbuf *out);
/* "columns that mean nothing here: …"; nothing when there are none. */
void import_say_unused(const struct agenda_report *report, const struct tongue *tongue, struct strbuf *out);
/* "2 entries for whole days passed over"; nothing when there are none. */
void import_say_passed_over(size_t entries, const struct tongue *tongue, struct strbuf *out);

#endif
