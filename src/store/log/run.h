/* Runs: consecutive records of one log, ending at a signed one. What files give each other. Pure.
 *
 * Invariant 4: a log is held as a prefix without gaps, up to a signed record; so a run is taken whole or not at all. */
#ifndef TURNOUT_STORE_LOG_RUN_H
#define TURNOUT_STORE_LOG_RUN_H

#include "base/json.h"
#include "store/log/record.h"

#define RUN_RECORDS_MAX 4096        /* of one run; writers sign every RECORD_SIGN_EVERY records */
#define RUN_BYTES_MAX (256 * 1024)  /* of the bodies of one run */
#define RUN_SIGN_BYTES (160 * 1024) /* bodies after which a writer signs, so that no run is larger than a chunk of the exchange */

struct run_record {
	const char *kind;
	int64_t mono_ms, utc_ms;
	const char *subject;     /* "" for none */
	const char *body;        /* NULL: erased */
	struct hash body_sha256; /* of an erased body; of the others run_verify fills it */
};

struct run { /* texts are the owner's of the whole */
	struct hash log;
	struct public_key author;
	uint64_t from;      /* seq of the first record */
	struct hash before; /* hash of the record before it; zeros when from is 1 */
	struct run_record *records;
	size_t count;
	struct signature signature; /* of the last one */
	struct hash *hashes;        /* run_hash: of the records; of run_fini */
	bool signature_holds;       /* run_check_signature said so */
};

/* Frees what run_hash made; records and texts are not the run's. */
void run_fini(struct run *run);

/* What a run must belong to. */
struct run_event {
	struct hash event;
	struct public_key organiser;
};

/* Verification. Whatever is not right is ERR_INPUT; nothing is judged beyond that (who may say what is the views' business), so no record ever
 * blocks a log. A step that was done already is not done again: the slow one, signatures, can be done for many runs at once before
 * (run_check_signature).
 *
 * run_hash checks framing and sizes, and of a log's first record that it begins this log of this event and names this author, and fills
 * `hashes`. run_verify does everything. */
bool run_hash(struct run *run, const struct run_event *event, struct err *err) TURNOUT_MUST_CHECK;
bool run_verify(struct run *run, const struct run_event *event, struct err *err) TURNOUT_MUST_CHECK;
/* Of a run that was hashed. Whether it holds is found out by run_verify. */
void run_check_signature(struct run *run);

/* True when the record begins the log for this author: the event's genesis, or a "log" record that names event and key. */
bool run_begins_log(const struct run_record *first, const struct hash *log, const struct public_key *author, const struct run_event *event);

/* The key under which a branch is held (migrations/0002_exchange.sql). */
struct hash run_branch_key(const struct hash *log, const struct hash *first_hash);

/* Where the records of a held log end that are signed: what may be given away, and what "have" says. */
struct head {
	struct hash log;
	uint64_t seq;
	struct hash hash;
	struct public_key author;
	int64_t chain;  /* the keeper's own number of it: a log has several when it branches */
	uint64_t after; /* of a branch: the last seq it shares */
};

struct heads {
	struct head *items;
	size_t count, cap;
};

void heads_fini(struct heads *heads);
void heads_copy(const struct heads *from, struct heads *to); /* for heads_fini; what `to` was is not looked at */
/* Where in a sorted list the heads of a log begin, or would. */
size_t heads_find(const struct heads *heads, const struct hash *log);
/* By log, then seq, then hash: below 0, 0 or above 0. */
int head_order(const struct head *a, const struct head *b);
void heads_sort(struct heads *heads);
/* Is every log of `a` held in `b` up to the same record, and the other way round? Both sorted. */
bool heads_equal(const struct heads *a, const struct heads *b);

/* SHA-256 over log, seq (8 bytes, big-endian) and hash of every head: of sorted ones equal when both sides hold the same. */
struct hash heads_digest(const struct head *heads, size_t count);

/* Receives the records of a log one after the other; `sign` closes a run. False stops the reading, which is no error. */
struct run_visitor {
	bool (*record)(void *context, uint64_t seq, const struct run_record *record);
	bool (*sign)(void *context, uint64_t seq, const struct signature *signature);
	void *context;
};

/* A chain as whoever holds it knows it: its own records are those after `after`, up to `last`. */
struct run_chain {
	int64_t id;
	uint64_t after, last;
	struct public_key author;
};

/* Where a run belongs among the chains of its log. */
struct run_place {
	enum { PLACE_NEW, PLACE_KNOWN, PLACE_GAP } kind;
	const struct run_chain *chain; /* NEW: holds the record before the first new one, NULL: the log begins; KNOWN: holds the last one */
	size_t first;                  /* NEW: index of the first new record */
};

/* *out: the chain that itself holds that record; NULL: none does. False when it cannot be found out. */
typedef bool run_holder_fn(void *context, uint64_t seq, const struct hash *hash, const struct run_chain **out, struct err *err);
struct run_chains {
	const struct run_chain *items;
	size_t count;
	run_holder_fn *holder;
	void *context;
};

/* Walks over the records that are held already. The run was verified. */
bool run_find_place(const struct run *run, const struct run_chains *chains, struct run_place *out, struct err *err) TURNOUT_MUST_CHECK;

enum merge_outcome {
	MERGE_ADDED,   /* records were new */
	MERGE_KNOWN,   /* all of them were there already */
	MERGE_GAP,     /* what comes before them is not here, or reads otherwise */
	MERGE_PACED,   /* its author brought more than is taken in a day (store/file/quota.h): on another one */
	MERGE_SURPLUS, /* a branch beyond those that are kept of a log (store/log/branches.h) */
	MERGE_ERASURE, /* a body is missing and the organiser's word that it was erased is not here */
};

/* For whoever offers a surplus branch: until then it may have heard of those that are kept. */
#define MERGE_SURPLUS_WAIT_MS (INT64_C(60) * 60 * 1000)

struct merge_result {
	enum merge_outcome outcome;
	size_t added;
	int64_t wait_ms;  /* PACED: until it is worth trying again */
	bool branched;    /* the log now has two branches */
	bool pushed_out;  /* another branch went for it, which costs a computing of all views */
	struct hash head; /* of the run's last record: what comes before the run that follows */
};

#endif
