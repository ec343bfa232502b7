/* A replica: whatever holds an event's records and takes part in exchanges. An event file is one (replica_store.h), the kiosk's own with
 * its store thread another, PostgreSQL a third. */
#ifndef TURNOUT_SYNC_REPLICA_H
#define TURNOUT_SYNC_REPLICA_H

#include "store/log/erasure.h"
#include "store/log/share.h"
#include "store/view/roles.h"
#include "sync/envelope.h"
#include "sync/halt.h"
#include "sync/intake.h"

enum standing {
	STANDING_UNKNOWN, /* never heard of: a certificate may help */
	STANDING_MEMBER,  /* a station, editor, hub or the organiser */
	STANDING_RETIRED,
	STANDING_CLOSED, /* its invitation was closed */
};

struct replica_ops {
	/* As in store/log/ends.h, store/log/share.h and store/log/erasure.h. */
	bool (*heads)(void *self, struct heads *out, struct err *err);
	bool (*digest)(void *self, struct hash *out, struct err *err); /* heads_digest of them, without the list */
	bool (*heads_of)(void *self, const struct hash *log, struct heads *out, struct err *err); /* of one log */
	bool (*hash_at)(void *self, int64_t chain, uint64_t seq, struct hash *out, bool *found, struct err *err);
	bool (*read)(void *self, const struct head *head, uint64_t from, const struct run_visitor *visitor, struct err *err);
	bool (*erased)(void *self, const char *subject, bool *known, struct err *err);
	bool (*proof)(void *self, const char *subject, struct erasure_proof *out, struct err *err);
	bool (*loose_proofs)(void *self, struct strbuf *out, struct err *err);
	/* Durable when it returns true, also for those runs that were right beside wrong ones. False: nothing was taken. */
	bool (*take)(void *self, struct intake *intake, struct err *err);
	/* `certificate` may be NULL. *keeper: the organiser or a hub. */
	bool (*judge)(void *self, const struct public_key *key, const struct certificate *certificate, enum standing *out, bool *keeper,
		      struct err *err);
	/* Keepers' word; may be NULL where nobody asks. */
	bool (*acknowledge)(void *self, const struct ack *acks, size_t count, struct err *err);
	/* A keeper refused this side as retired, or no longer does (store/write/told.h); may be NULL where nobody asks. */
	bool (*told_retired)(void *self, const struct public_key *keeper, bool retired, struct err *err);
	/* A keeper refused this side as one whose invitation is closed, or takes it; may be NULL where nobody asks. */
	bool (*told_closed)(void *self, const struct public_key *keeper, bool closed, struct err *err);
	/* Another number when another file is read than before, of the same event: what was known of its chains holds no more. NULL: that never happens. */
	uint64_t (*generation)(void *self);
};

struct replica {
	const struct replica_ops *ops;
	void *self;
	struct envelope_keys keys;
	struct key_pair signer; /* in whose name it speaks */
	size_t message_max;     /* wanted bytes of a message\'s text; 0: sync/pack.h\'s (tests make them small) */
	bool has_certificate;   /* that the signer belongs to the event: for those who do not know it yet */
	struct certificate certificate;
	struct utc_ms (*now)(void *self); /* this device's clock */
	bool (*clock_sure)(void *self);   /* synchronised right now */
	const struct halt *halt;          /* of the answering side; NULL: nothing ends it */
};

/* What a verdict of the views makes of somebody who may have brought a certificate. */
enum standing replica_standing(enum station_verdict verdict, bool certificate, bool opens);

/* Wipes the keys. */
void replica_fini(struct replica *replica);

/* Where a thread of the exchange gets its replica, and whom it tells what. All but `stop` are called in that thread. */
struct replica_source {
	bool (*open)(void *context, struct replica *out, struct err *err);
	void (*close)(void *context, struct replica *replica); /* after `open` was true */
	void (*keeper_clock)(void *context, int64_t ahead_ms); /* a keeper whose clock is synchronised told it; may be NULL */
	void (*name_of)(void *context, const struct public_key *key, char *name, size_t cap); /* "" when it has none; may be NULL */
	void (*stop)(void *context); /* from another thread: what the replica waits for ends now, with an error; may be NULL */
	void *context;
};

#endif
