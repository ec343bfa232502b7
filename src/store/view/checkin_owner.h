/* SQL: whose a check-in is. */
#ifndef TURNOUT_STORE_VIEW_CHECKIN_OWNER_H
#define TURNOUT_STORE_VIEW_CHECKIN_OWNER_H

#include "store/view/checkin.h"

/* What the body of record r says. What SQLite does not take for JSON would end the whole list. */
#define CHECKIN_SAYS(member) "iif(json_valid(r.body), r.body ->> '$." member "', NULL) AS " member
/* Of a member that few have: the text is not parsed for it. */
#define CHECKIN_SAYS_RARELY(member) \
	"iif(instr(r.body, '\"" member "\"') AND json_valid(r.body), r.body ->> '$." member "', NULL) AS " member
#define CHECKIN_SAYS_WHO CHECKIN_SAYS("code") ", " CHECKIN_SAYS("person") ", " CHECKIN_SAYS("whose")

/* Of a row s of those: the person named, else the issued badge's (by the whole code, or by the beginning that check-ins keep of a signed one). A code
 * that the roster brought is of the person who had it when it was scanned; where the record does not say, of the one who has it or had it. NULL where
 * nobody is known. Joins are the asker's to follow (view_join). */
#define CHECKIN_OWNER                                                                                            \
	"coalesce(s.person, "                                                                                    \
	"(SELECT nullif(person, '') FROM view_badge WHERE code = s.code), "                                      \
	"(SELECT nullif(person, '') FROM view_badge WHERE " CHECKIN_IS_STUB(                                     \
		"s.code") " AND code BETWEEN s.code AND s.code || '~' LIMIT 1), "                                \
			  "s.whose, "                                                                            \
			  "(SELECT id FROM view_person p WHERE p.code = s.code ORDER BY p.status, id LIMIT 1), " \
			  "(SELECT person FROM view_past_code WHERE code = s.code ORDER BY person LIMIT 1))"

#endif
