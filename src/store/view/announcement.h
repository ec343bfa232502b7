/* What stands on all screens of the event, and that it was taken down: a row each record.
 *
 * announce  {"text", "text:uk", …, "until", "by"}: the words, and the same in a language; when it goes by itself, UTC in milliseconds, left out where it
 *           stays; who of the staff, left out where nobody is known. No personal data.
 * withdraw  {"log", "seq", "by"}: that one, by the name of its log and its place in it; any station may. */
#ifndef TURNOUT_STORE_VIEW_ANNOUNCEMENT_H
#define TURNOUT_STORE_VIEW_ANNOUNCEMENT_H

#define ANNOUNCEMENT_MAX 400 /* bytes in one language: a screen's worth */

struct store_view;
extern const struct store_view view_announcement;

#endif
