/* What the exchange asks of an event file: how far its logs reach, their runs, and taking other files' runs in.
 *
 * Invariants kept here:
 *   3. Order does not matter: taking the same runs in any order gives the same views.
 *   4. Nothing is lost, nothing is doubled: again is a no-op, different is a branch; both branches are kept and shown.
 *   6. An erased body is given away, and taken, only together with the organiser's word that it was erased. */
#ifndef TURNOUT_STORE_LOG_SHARE_H
#define TURNOUT_STORE_LOG_SHARE_H

#include "store/log/certificate.h"
#include "store/log/run.h"
#include "store/store.h"

/* The event's sealing key, which every copy carries. ERR_REFUSED for a file whose personal data was purged: it exchanges no more. */
bool store_event_key(struct store *store, uint8_t key[CRYPTO_SEAL_KEY_LEN], struct err *err) TURNOUT_MUST_CHECK;
void store_run_event(const struct store *store, struct run_event *out);

/* This device's key as a station; writing stores only. */
const struct key_pair *store_station_pair(const struct store *store);

/* The certificate of a key by the invitation that this copy carries; false when it carries none. */
bool store_certificate(struct store *store, const struct public_key *station, struct certificate *out);
/* *opens: the certificate holds for the key, and its invitation is open for it. */
bool store_certificate_opens(struct store *store, const struct certificate *certificate, const struct public_key *station, bool *opens,
			     struct err *err) TURNOUT_MUST_CHECK;

/* Signs the ends of the logs that this process writes, so that everything recorded so far can be given away. A transaction of its own
 * when there is something to sign. */
bool store_sign(struct store *store, struct err *err) TURNOUT_MUST_CHECK;

/* The heads of all logs, sorted. Costs a look-up a log, however long they are. For heads_fini. */
bool store_heads(struct store *store, struct heads *out, struct err *err) TURNOUT_MUST_CHECK;
bool store_heads_of(struct store *store, const struct hash *log, struct heads *out, struct err *err) TURNOUT_MUST_CHECK; /* of one log */
/* The hash of a record of a chain (or, before it branched, of what it left). */
bool store_hash_at(struct store *store, int64_t chain, uint64_t seq, struct hash *out, bool *found, struct err *err) TURNOUT_MUST_CHECK;
/* Shows the visitor the signed records of a head's chain from `from` on; of a branch also those it shares. */
bool store_read(struct store *store, const struct head *head, uint64_t from, const struct run_visitor *visitor,
		struct err *err) TURNOUT_MUST_CHECK;

/* Takes a run in, inside a transaction of a writing store. False with ERR_INPUT when the run is wrong (then nothing was changed, and the
 * transaction may go on), with another error when the file could not be written. */
bool store_merge(struct store *store, struct run *run, struct merge_result *result, struct err *err) TURNOUT_MUST_CHECK;

/* Keepers' word. `seq` of the log is durable at the keeper; less than what is known already changes nothing. */
struct ack {
	int64_t chain; /* as in struct head: each branch of a log counts by itself */
	struct public_key keeper;
	uint64_t seq;
	struct utc_ms at; /* by this device's clock */
};
bool store_ack(struct store *store, const struct ack *ack, struct err *err) TURNOUT_MUST_CHECK;

/* *news: the keeper's word goes beyond what is kept, or what is kept is older than a minute. */
bool store_ack_is_news(struct store *store, const struct ack *ack, bool *news, struct err *err) TURNOUT_MUST_CHECK;

/* What no keeper has acknowledged yet, and when one last did. */
struct backlog {
	int64_t records;  /* of all logs held here */
	int64_t checkins; /* of this station */
	bool ever;        /* a keeper acknowledged something once: */
	struct utc_ms at;
};
bool store_backlog(struct store *store, struct backlog *out, struct err *err) TURNOUT_MUST_CHECK;

/* A number that changes when another process or connection wrote to the file (PRAGMA data_version); readers ask it cheaply. */
int64_t store_data_version(struct store *store);

#endif
