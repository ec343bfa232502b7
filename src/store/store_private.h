/* What the files of src/store share about an open store. Nobody outside includes this but their tests. */
#ifndef TURNOUT_STORE_STORE_PRIVATE_H
#define TURNOUT_STORE_STORE_PRIVATE_H

#include "base/json.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "store/log/identity.h"
#include "store/log/record.h"
#include "store/read/people.h"
#include "store/sql/db.h"
#include "store/sql/lock.h"
#include "store/store.h"
#include "store/view/seen.h"

#define SEQ_BITS 40
#define SEQ_MASK ((INT64_C(1) << SEQ_BITS) - 1)

/* SQL: an undo counts when the station that wrote the check-in (log l), or the organiser, wrote it (log a). */
#define UNDO_COUNTS "(a.author = l.author OR a.author = (SELECT value FROM meta WHERE key = 'organiser'))"

/* SQL: the chains of the same log as chain q are p: a log is one boot of one machine, so what anchors one of its branches anchors all. */
#define SAME_LOG "(p.id = q.id OR p.hash = q.origin OR p.origin = coalesce(q.origin, q.hash))"
/* SQL: the anchors that count for a chain, from the one that counts most on; put "SELECT a.delta_ms " before it. */
#define ANCHORS_OF(chain)                                                                                                                  \
	"FROM log q JOIN log p ON " SAME_LOG " JOIN view_anchor a ON a.record BETWEEN p.id << 40 AND (p.id + 1) << 40 WHERE q.id = " chain \
	" ORDER BY a.rank DESC, a.record & 1099511627775 DESC, a.delta_ms DESC"

/* SQL: the real id of a log, of its branches too. */
#define LOG_NAME(log) "coalesce(" log ".origin, " log ".hash)"

/* SQL for the id of a log's last record: one step into the table's B-tree. */
#define LAST_RECORD_OF(log) "(SELECT max(id) FROM record WHERE id > " log " << 40 AND id < (" log " + 1) << 40)"

/* How sure an anchor is, rising; as view_anchor holds it. */
enum anchor_rank { ANCHOR_STAFF = 1, ANCHOR_HUB, ANCHOR_NTP };

/* The log one author of this process writes. */
struct chain {
	bool open;
	int64_t log_id;
	struct hash log;
	uint64_t seq; /* of the last record */
	struct hash head;
	uint64_t signed_seq;
	size_t unsigned_bytes; /* of the bodies after it */
	/* Anchors that the log has: the kernel's NTP, the last clock that was set, and the last that a hub told. */
	bool anchored_ntp, anchored_set, anchored_hub;
	int64_t anchored_ahead_ms, hub_ahead_ms;
};

enum store_sql {
	SQL_RECORD_INSERT,
	SQL_LOG_INSERT,
	SQL_LOG_FIND,
	SQL_LOG_HASH,
	SQL_LOG_TAIL,
	SQL_LOGS_UNSIGNED,
	SQL_SIGNATURE_INSERT,
	SQL_TOUCH_INSERT,
	SQL_TOUCH_RECORDS,
	SQL_IGNORED_INSERT,
	SQL_CHECKIN_INSERT,
	SQL_UNDO_INSERT,
	SQL_ANCHOR_INSERT,
	SQL_ROLE_INSERT,
	SQL_ROLE_FIND,
	SQL_ROLE_NAME,
	SQL_RETIRED_INSERT,
	SQL_RETIRED_FIND,
	SQL_INVITATION_INSERT,
	SQL_INVITATION_CLOSE,
	SQL_INVITATION_OPEN,
	SQL_ROLE_VERDICT,
	SQL_LOGS_OF,
	SQL_KEPT_INSERT,
	SQL_SETTING_PUT,
	SQL_SETTING_CLEAR,
	SQL_PERSON_PUT,
	SQL_SESSION_PUT,
	SQL_BADGE_PUT,
	SQL_JOIN_PUT,
	SQL_JOIN_RESOLVED,
	SQL_META_GET,
	SQL_META_PUT,
	SQL_TALLY_UP,
	SQL_SETTING_GET,
	SQL_PERSON_GET,
	SQL_PERSON_GET_ROW,
	SQL_PERSON_BY_CODE,
	SQL_PERSON_ROOT,
	SQL_PERSON_JOINED,
	SQL_SESSION_GET,
	SQL_BADGE_GET,
	SQL_BADGE_BY_ALOUD,
	SQL_BADGES_OF,
	SQL_CODES_OF,
	SQL_CODE_OF,
	SQL_VISIT_INSERT,
	SQL_PRESENCE,
	SQL_ANCHOR_OF_LOG,
	SQL_INSIDE,
	SQL_RETIRED_BEYOND,
	SQL_CLOSED_FOR,
	SQL_IGNORED_ANY,
	SQL_LOG_BY_HASH,
	SQL_HEADS,
	SQL_HEADS_OF,
	SQL_ACK_NEWS,
	SQL_CHAIN_GET,
	SQL_CHAINS_OF,
	SQL_HASH_AT,
	SQL_RECORDS_OF,
	SQL_SIGNATURES_FROM,
	SQL_BRANCH_INSERT,
	SQL_SIGNATURE_ADD,
	SQL_ACK_PUT,
	SQL_CHECKINS_UNACKED,
	SQL_ERASED_GET,
	SQL_ERASED_PUT,
	SQL_ERASED_PROVE,
	SQL_ERASED_LOOSE,
	SQL_BODIES_OF,
	SQL_BODY_REMOVE,
	SQL_TOUCHED_BY,
	SQL_TOUCH_REMOVE,
	SQL_IGNORED_REMOVE,
	SQL_SUBJECTS_OF,
	SQL_PERSON_DROP,
	SQL_SESSION_DROP,
	SQL_BADGE_DROP,
	STORE_SQL_COUNT
};

/* The person met last in this transaction: a check-in asks for the same one by code, by id, and for their codes. */
struct met_person {
	char id[PERSON_ID_LEN + 1]; /* "" for none */
	int64_t row;
	bool has_code; /* the member below is filled */
	char code[BADGE_CODE_MAX + 1];
};

struct store {
	char *path; /* as it was named */
	char *real; /* without symbolic links */
	enum store_mode mode;
	struct db *db;
	struct lock *lock;
	struct stmt *sql[STORE_SQL_COUNT];
	struct hash event;
	struct public_key organiser;
	struct tz *tz;
	struct identity *identity;
	char warning[ERR_TEXT_MAX];
	struct key_pair organiser_key;
	bool has_organiser_key;
	bool subject_key_known; /* the event's sealing key, from which subjects are made (store/view/edit.c); read when it is wanted */
	uint8_t subject_key[KEY_LEN];
	bool leftovers_signed;
	bool unclean; /* bodies were removed that the write-ahead log may still hold */
	bool purged;  /* its personal data was taken out: nothing is recorded any more */
	struct set_clock clock;

	struct chain chains[AUTHOR_COUNT];
	struct chain chains_before[AUTHOR_COUNT]; /* as they were at store_begin, for a rollback */
	struct mapstr dirty;                      /* things whose view rows must be computed before the commit */
	bool rebuild;                             /* who may write what changed: compute everything */
	struct seen seen;                         /* check-ins by who; forgotten with the members below */
	/* What every check-in would ask the views again, kept by the one who alone writes them; forgotten by view_forget. */
	bool trusts; /* what `trusted` writes as a station counts, in all of its logs */
	struct public_key trusted;
	struct met_person met;
	enum { JOINS_UNKNOWN, JOINS_NONE, JOINS_SOME } joins;
};

/* A record as the views see it. */
struct view_record {
	int64_t id;
	const char *kind;
	const char *subject;
	int64_t mono_ms, utc_ms;
	struct hash hash;
	struct hash log;
	uint64_t seq;
	struct public_key author;
	const struct json *body;
	const struct checkin_draft *checkin; /* as in struct draft; then `body` may be NULL */
	const struct fresh_person *fresh;    /* likewise */
};

/* Prepares the statements of a store whose database is open; takes the database and its statements down again. */
void store_prepare(struct store *store);
void store_release(struct store *store);
/* Frees everything without signing: what is left when opening failed, and the last step of closing. */
void store_tear_down(struct store *store);

/* store/view/verify_views.c: *same: the views are what the records give. Needs room for a copy in the temporary folder. */
bool verify_views(struct store *store, bool *same, struct err *err) TURNOUT_MUST_CHECK;

/* The first columns of a row: id, kind, mono_ms, utc_ms, subject. Texts are the statement's. */
static inline struct record record_of_row(struct stmt *s) {
	return (struct record){.seq = (uint64_t)(stmt_col_int(s, 0) & SEQ_MASK),
			       .kind = str_or_empty(stmt_col_text(s, 1)),
			       .mono = {stmt_col_int(s, 2)},
			       .utc = {stmt_col_int(s, 3)},
			       .subject = str_or_empty(stmt_col_text(s, 4))};
}

/* store/log/chain.c: the author's log of this boot, opened when it is first needed. */
bool chain_open(struct store *store, enum author author, struct err *err) TURNOUT_MUST_CHECK;
/* Writes an anchor into the open log when it lacks the present one. */
bool chain_anchor(struct store *store, enum author author, struct err *err) TURNOUT_MUST_CHECK;
bool chain_anchor_now(struct store *store, struct err *err) TURNOUT_MUST_CHECK; /* of the open station's log, in a transaction of its own */
bool record_insert(struct store *store, int64_t id, const struct record *r, const char *body, const struct hash *hash,
		   struct err *err) TURNOUT_MUST_CHECK; /* body NULL: erased */
/* Signs what a killed writer left unsigned, of logs that are not open. */
bool chain_sign_leftovers(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
bool chain_sign(struct store *store, enum author author, struct err *err) TURNOUT_MUST_CHECK;
/* Appends the genesis record, which begins the organiser's first log and whose hash is the event's id. */
bool chain_genesis(struct store *store, const struct key_pair *organiser, struct err *err) TURNOUT_MUST_CHECK;
void chain_leave_markers(struct store *store);

/* store/view/view.c */
bool view_apply(struct store *store, const struct view_record *r, struct err *err) TURNOUT_MUST_CHECK;
/* The same for a record whose body is text; what is no JSON is ignored by the views. */
bool view_apply_body(struct store *store, const struct view_record *r, const char *body, struct err *err) TURNOUT_MUST_CHECK;
void view_forget(struct store *store);
/* It was found before, and nothing came since that could change it: what the key writes as a station counts. */
bool view_trusts(const struct store *store, const struct public_key *key);
bool view_flush(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
bool view_rebuild(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
#define VIEW_VERSION 2

/* Meta facts of this copy of the file. */
bool meta_get_blob(struct store *store, const char *key, void *out, size_t n);
bool meta_put_blob(struct store *store, const char *key, const void *data, size_t n, struct err *err) TURNOUT_MUST_CHECK;

#endif
