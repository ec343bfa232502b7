/* Notes on people, for staff: records of stations, under the person's subject, so that they go with them.
 *
 * note   {"person", "text", "door", "by", "salt"}: whom it is about; what staff are to know; "yes" when it is said at the scan; who wrote it, a key of the
 *        staff's (store/view/staff.h), left out where nobody is known
 * noted  {"person", "log", "seq", "by"}: that note, by the name of its log and its place in it, is no longer to be said
 *
 * Which notes there are is kept in view_touch, so there is no table; store/read/notes.h reads them. */
#ifndef TURNOUT_STORE_VIEW_NOTE_H
#define TURNOUT_STORE_VIEW_NOTE_H

#define NOTE_THING 'n'

struct store_view;
extern const struct store_view view_note;

#endif
