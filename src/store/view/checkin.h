/* Check-ins and their undoing: a row each record. */
#ifndef TURNOUT_STORE_VIEW_CHECKIN_H
#define TURNOUT_STORE_VIEW_CHECKIN_H

#include <stdint.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"
#include "event/admission.h"
#include "event/person.h"
#include "store/log/rows.h"
#include "store/view/void_terms.h"

struct seen;
struct store;

/* Records of check-ins name a signed code by its first 24 characters (event tag, random bytes, category): the 96 characters of its
 * signature would be three quarters of what every exchange carries, and say nothing that the station has not checked. Other codes stand as
 * they are. `stub` takes BADGE_CODE_MAX + 1 bytes. */
#define CHECKIN_STUB_LEN 24
const char *checkin_stub(const char *code, char *stub);
/* SQL: the code is such a beginning. */
#define CHECKIN_IS_STUB(code) "(length(" code ") = 24 AND substr(" code ", 1, 3) = 'TO1')"

/* 63 bits that stand for a code or a person in the index (crypto_index63 of the code, or of "person " and the id). */
int64_t checkin_who_code(const char *code);
int64_t checkin_who_person(const char *person);

struct checkin_draft {
	const char *code;   /* as printed on the badge; or NULL: */
	const char *person; /* checked in by name */
	const char *whose;  /* NULL; of a code that the roster brought: the person who has it now, as it may be somebody else's later */
	const char *point;
	enum outcome shown;
	const char *how; /* camera, wedge, name, staff, paper, … */
	const char *by;  /* who of the staff did it (store/view/staff.h); NULL, "": nobody known */
	bool has_at;     /* staff say when it was */
	struct utc_ms at;
	bool clock_unsure;               /* a date was not asked, as nobody vouched for the clock */
	int64_t valid_from, valid_until; /* seconds since 1970; of a badge that is good for a time alone; 0: no limit */
};

/* What a body says, with its texts. */
struct checkin_text {
	struct checkin_draft said; /* of the members below */
	char code[BADGE_CODE_MAX + 1], person[PERSON_ID_LEN + 1], point[64], shown[16];
};

/* The index of check-ins by who (store/file/seen.h), read when it is first asked for. */
bool checkin_seen(struct store *store, struct seen **out, struct err *err) TURNOUT_MUST_CHECK;
/* Every check-in by that code that this file holds, whatever came of it. A hash's 63 bits decide, so a stranger's may be among them. */
typedef bool checkin_ref_fn(void *context, const struct hash *log, uint64_t seq, struct err *err);
bool checkin_each_of_code(struct store *store, const char *code, checkin_ref_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

/* SQL: an undo counts when the station that wrote the check-in (log l), or the organiser, wrote it (log a). */
#define UNDO_COUNTS "(a.author = l.author OR a.author = (SELECT value FROM meta WHERE key = 'organiser'))"
/* SQL: records of the check-ins that are undone. */
#define CHECKINS_UNDONE                               \
	"SELECT l.id << 40 | u.seq FROM view_undo u " \
	"JOIN log l ON " LOG_NAME("l") " = u.log JOIN log a ON a.id = u.record >> 40 WHERE " UNDO_COUNTS
/* SQL: what staff call a check-in. Somebody was let in who was not in already (outcome_admits, without OUTCOME_DUPLICATE), it was not undone, and it is
 * not out of the books (store/view/void.h). */
#define CHECKIN_COUNTS(row)                                                                                                        \
	"(" row ".shown IN ('accepted', 'late', 'unverified') AND " row ".record NOT IN (" CHECKINS_UNDONE ") AND " row ".record " \
	"NOT IN (" CHECKINS_VOID "))"

struct store_view;
extern const struct store_view view_checkin;

#endif
