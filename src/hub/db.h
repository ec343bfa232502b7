/* Where a hub keeps what it keeps: behind one table of functions, so that a folder of SQLite files (db_files.h) and PostgreSQL (db_pg.h) serve
 * alike. tests/hub holds both to the same.
 *
 * Functions may be called from several threads at once. Errors: ERR_NOT_FOUND where said; ERR_BUSY when it is worth trying again; else the store
 * is broken or away. */
#ifndef TURNOUT_HUB_DB_H
#define TURNOUT_HUB_DB_H

#include "store/create.h"
#include "store/store.h"
#include "sync/replica.h"

/* What is counted for /metrics and /v1/events. */
struct hub_figures {
	struct hash event; /* where there is a problem, perhaps its first eight octets alone, and zeros */
	int64_t logs, records;
	char problem[ERR_TEXT_MAX]; /* why they cannot be told; "" */
};
typedef bool hub_figures_fn(void *context, const struct hub_figures *figures, struct err *err);

/* A one-time code, by its hash. */
struct hub_code {
	struct hash code;
	struct hash event;
	struct utc_ms until;
};

/* Who asks for a code: the first `by` (a hash of the asker) gets it, and again the same until it is too old. */
struct hub_code_wish {
	struct hash code, by;
	struct utc_ms now;
};

/* An event lent to one thread. */
struct hub_loan {
	struct replica replica; /* its signer is not filled: the hub's own key */
	struct store_origin origin;
	void *of; /* the store's own */
};

struct hub_db_ops {
	void (*close)(void *self);
	/* True when it can write: it writes something small durably. */
	bool (*ping)(void *self, struct err *err);
	/* Keeps a value of the hub itself under a name, unless one is kept already; appends what is kept then. So several hubs that start at once
	 * agree. */
	bool (*claim)(void *self, const char *name, struct octets value, struct strbuf *kept, struct err *err);
	/* Adds an event. Of one that is there with the same keys the invitation is renewed, when one is told; ERR_REFUSED, and nothing is changed,
	 * when it is there with other keys. */
	bool (*add)(void *self, const struct store_origin *origin, struct err *err);
	/* Lends an event to the calling thread until `give_back`. ERR_NOT_FOUND. */
	bool (*lend)(void *self, const struct hash *event, struct hub_loan *out, struct err *err);
	void (*give_back)(void *self, struct hub_loan *loan);
	/* Tells of each event, in the order of their ids; also of one whose place another's file holds. */
	bool (*figures)(void *self, hub_figures_fn *each, void *context, struct err *err);

	bool (*code_put)(void *self, const struct hub_code *code, struct err *err);
	/* The event of a code that code_take would give. Uses up nothing. *found false: there is no such code any more. */
	bool (*code_find)(void *self, const struct hub_code_wish *wish, struct hash *event, bool *found, struct err *err);
	/* Uses a code up. *found false: there is no such code any more. */
	bool (*code_take)(void *self, const struct hub_code_wish *wish, struct hash *event, bool *found, struct err *err);
	/* Counts a wrong try of `who` in the window (a number that rises with time), and says how many there were in it; of two who count at once one
	 * comes first. `add` 0 only asks. Old windows are forgotten. */
	bool (*tries)(void *self, const char *who, int64_t window, int add, int64_t *count, struct err *err);
};

struct hub_db {
	const struct hub_db_ops *ops;
	void *self;
};

#endif
