/* What a view is. Each stands in a file of its own, with its SQL and one descriptor (`struct store_view`) that says all that the others have to know of
 * it: the kinds of record it is made of, who may write them, how its rows come of them, its tables, and what of them goes into the digest.
 * store/view/views.c lists the descriptors. A new kind of record that people edit is such a file, its row there, a migration
 * for its table, and another VIEW_VERSION (views.h).
 *
 * Invariant 3: a view is a pure function of the set of records. Rows of things that can be edited are computed whole from all records that
 * speak of the thing; rows of events in time (check-ins, undos, anchors) stand each for one record. */
#ifndef TURNOUT_STORE_VIEW_VIEW_H
#define TURNOUT_STORE_VIEW_VIEW_H

#include "base/crypto.h"
#include "base/json.h"
#include "store/sql/db.h"
#include "store/view/ignored.h"
#include "store/view/register.h"

struct checkin_draft;
struct checkin_text;
struct store;

/* A thing of whom no record speaks yet. */
struct fresh_thing {
	const char *id;
	const char *set; /* JSON object, as in the record's body */
};

/* A record as the views see it. */
struct view_record {
	int64_t id;
	const char *kind;
	const char *subject;
	int64_t mono_ms, utc_ms;
	struct hash log;
	uint64_t seq;
	struct public_key author;
	const struct json *body;
	const struct checkin_draft *checkin; /* of a check-in whose body was read already; then `body` may be NULL */
	const struct fresh_thing *fresh;     /* likewise, of a thing's first record */
};

/* Who may write a kind. */
enum view_right { RIGHT_ANY, RIGHT_ORGANISER, RIGHT_EDITOR, RIGHT_STATION };

/* When everything is computed again: who may write comes first, then the logs that stations began and what was erased. */
enum view_pass { PASS_RIGHTS, PASS_LOGS, PASS_REST, VIEW_PASSES };

struct view_kind {
	const char *name; /* as the record says it */
	enum view_right right;
	enum view_pass pass;
	/* What an authorised record does. NULL: it speaks of a thing of its view, whose row is computed before the commit; of a view without
	 * things it does nothing. */
	bool (*apply)(struct store *store, const struct view_record *r, struct err *err);
	const char *key; /* of a record that speaks of a thing: the body's member with the thing's id; NULL: there is one thing, "" */
	/* The check-in's short cut, as nearly all records are check-ins: reads a body without building a tree; false when it is not as stations
	 * write it, and is to be parsed. NULL: of another kind. */
	bool (*read_checkin)(const char *body, struct checkin_text *out);
};
#define VIEW_KINDS_MAX 6

struct view_table {
	const char *name;
	/* SQL: its rows in order, begun by a word of their own; records stand as their hashes (VIEW_HASH_OF). NULL: an index, which is made of other tables and
	 * enters no digest. */
	const char *digest;
};
#define VIEW_TABLES_MAX 8

struct store_view {
	struct view_kind kinds[VIEW_KINDS_MAX];    /* the first without a name ends them */
	struct view_table tables[VIEW_TABLES_MAX]; /* likewise */
	/* Of a view of things. A thing is named by the view's letter and its id (view_touch). */
	char thing;
	bool (*compute)(struct store *store, const char *id, const struct registers *r, struct err *err);
	/* Nothing speaks of the thing any more: what did was erased. NULL: it is computed all the same. */
	bool (*drop)(struct store *store, const char *id, struct err *err);
	/* Of things that people edit field by field (store/write/edit.h, whose kind is the first one above): */
	const char *edits; /* what they are called in conflicts; NULL: nothing is edited so */
	const char *title; /* the field that names one to people; NULL: none does */
	bool personal;     /* bodies hold personal data: salted, and under the person's subject */
	/* Makes the row of a thing's first record at once, without reading anything again; NULL: computed like any other. */
	bool (*begin)(struct store *store, const struct fresh_thing *fresh, const char *subject, struct err *err);
};

/* SQL: in a digest no local number may enter. */
#define VIEW_HASH_OF(record) "(SELECT hash FROM record WHERE id = " record ")"

/* Notes that the record speaks of a thing, whose row is computed before the commit. */
bool view_touch(struct store *store, const struct view_record *r, char thing, const char *id, struct err *err) TURNOUT_MUST_CHECK;
/* The same for a record whose thing's row is made already. */
bool view_touch_only(struct store *store, const struct view_record *r, const char *thing, struct err *err) TURNOUT_MUST_CHECK;
/* The thing's row has to be computed before the commit. */
void view_mark(struct store *store, const char *thing);
/* The record that a body names by "log", the name of its log, and "seq"; false when it names none. */
struct view_ref {
	struct hash log;
	uint64_t seq;
};
bool view_read_ref(const struct view_record *r, struct view_ref *out);
/* Runs a statement that puts ?1 the log, ?2 the seq, ?3 the record that names them. */
bool view_insert_ref(struct stmt *insert, const struct view_ref *ref, const struct view_record *r, struct err *err) TURNOUT_MUST_CHECK;
/* Notes that the views do not count this record; ends an apply. */
bool view_ignore(struct store *store, const struct view_record *r, enum ignore_reason reason, struct err *err) TURNOUT_MUST_CHECK;
/* Of things that have no table: what speaks of them is found by view_touch. Fits `compute`. */
bool view_compute_nothing(struct store *store, const char *id, const struct registers *r, struct err *err) TURNOUT_MUST_CHECK;
/* The record says nothing any more: what it spoke of has to be computed again, without it. */
bool view_take_back(struct store *store, int64_t record, struct err *err) TURNOUT_MUST_CHECK;

/* The tables of all that: which record speaks of what, and which do not count. */
extern const struct store_view view_records;

#endif
