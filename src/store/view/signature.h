/* Signatures that people drew with a finger: records of stations, under the person's subject, so that they go with them.
 *
 * {"person", "point", "day", "by", "across", "down", "strokes", "salt"}: whose it is; where and for which day of the event ("2026-05-14"; "" where the station did
 * not know); who signed: self, guardian, staff (then there are no strokes: they say that somebody signed on paper, or cannot); the sheet and its strokes
 * (event/handwriting.h). Whose signatures there are is kept in view_touch, so there is no table. */
#ifndef TURNOUT_STORE_VIEW_SIGNATURE_H
#define TURNOUT_STORE_VIEW_SIGNATURE_H

#define SIGNATURE_THING 'g'

struct store_view;
extern const struct store_view view_signature;

#endif
