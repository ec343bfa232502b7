/* An event file as a replica, for programs that own it alone: the command line, a hub, a simulated box. Runs of one message are taken in one
 * transaction. */
#ifndef TURNOUT_SYNC_REPLICA_STORE_H
#define TURNOUT_SYNC_REPLICA_STORE_H

#include "sync/replica.h"

/* The store is borrowed, open for writing, and must outlive the replica. It speaks as the organiser where the organiser's key lies beside the
 * file, else as this device's station. ERR_REFUSED when this copy carries no sealing key. For replica_fini. */
bool replica_of_store(struct store *store, struct replica *out, struct err *err) TURNOUT_MUST_CHECK;

/* The parts of it that only read: for replicas that take in another way. `self` is the struct store. */
extern const struct replica_ops replica_store_ops;

/* Who the store may speak as, and the certificate for it. */
bool replica_store_signer(struct store *store, struct replica *out, struct err *err) TURNOUT_MUST_CHECK;

#define TAKE_TOGETHER_MAX 256

/* One of several messages whose runs are to be taken; being checked (intake_check). */
struct taking {
	struct intake *intake;
	bool taken; /* durably; else `err` says why nothing of it was */
	struct err err;
};

/* Takes what several messages brought in one transaction, so with one sync of the disk; when that fails, each by itself. n <= TAKE_TOGETHER_MAX. */
void replica_store_take_together(struct store *store, struct taking *const *takings, size_t n);

#endif
