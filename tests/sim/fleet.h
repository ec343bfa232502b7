/* A whole fleet in one process: kiosks, a hub, two laptops of the organiser's and a stick, on machines that fail (sim/machine.h), over a network
 * that loses, repeats, delays and cuts. Everything that happens comes from one seed. */
#ifndef TURNOUT_TESTS_SIM_FLEET_H
#define TURNOUT_TESTS_SIM_FLEET_H

#include "sim/machine.h"
#include "station/desk.h"
#include "store/read/checkins.h"
#include "sync/exchange.h"
#include "sync/replica_store.h"

enum { HUB, LAPTOP, LAPTOP_2, KIOSK, NODES = KIOSK + 3 };

#define PEOPLE 12
#define SIGNED 4 /* people whose signed badges come before their names */
#define POINT "11111111111111111111"

struct node {
	struct machine machine;
	char *path;
	struct store *store; /* NULL: down */
	struct desk *desk;
	struct replica replica;
	struct exchange *exchange[NODES]; /* with whom it is the asking side */
	unsigned asked[NODES];            /* which of its requests is the last: answers to others come too late */
	int64_t up_at;                    /* when it is started again */
	bool backup;                      /* there is a copy of its file */
	bool set_back;                    /* to that, once or more often */
	bool retired;                     /* by the organiser; what it said later counts for nothing */
	bool twice;                       /* its file and state were set back within one boot: its log may branch */
};

/* What a station's screen said, as whoever stood there remembers it. */
struct said {
	int node;
	struct hash log;
	uint64_t seq;
	char code[BADGE_CODE_MAX + 1];
	enum outcome shown;
	bool may_be_lost; /* its box was set back to a backup before anybody else had it */
};

struct message_in_flight {
	int64_t at;
	int from, to; /* `from` asked */
	bool answer;
	unsigned number; /* of the request */
	struct strbuf bytes;
};

#define ROGUE_KEYS 8

/* Somebody with a copy of the event file, the program and the time to misuse both: joins by the invitation that every copy carries, writes what it
 * likes into a log that is signed as it should be, and comes again under another key when the organiser has thrown it out (sim/fleet_rogue.c). */
struct rogue {
	struct machine machine;
	char *path;
	struct store *store; /* NULL: it has not come yet */
	struct replica replica;
	struct public_key keys[ROGUE_KEYS]; /* those it had, the last one in use */
	size_t key_count;
	int64_t checkins; /* that it made up */
	int burst;        /* records that it writes at once; what caps there are is for this number to go beyond */
};

struct template;

struct fleet {
	const struct template *template;
	char *folder, *stick;
	struct node nodes[NODES];
	struct rogue rogue;
	bool cut[NODES][NODES];
	int loss, repeat; /* percent */
	bool paced;       /* everybody takes so little of a station a day that much has to wait */
	struct {
		struct message_in_flight *items;
		size_t count, cap;
	} wire;
	struct {
		struct said *items;
		size_t count, cap;
	} said;
	struct {
		struct said *items; /* node and code */
		size_t count, cap;
	} doubtful; /* check-ins of which nobody knows whether they were kept */
	struct strbuf old_requests[8];
	size_t old_count;
	char signed_codes[SIGNED][BADGE_CODE_MAX + 1];
	int persons_added;
	bool verbose;
	char why[4000]; /* what went wrong; "" */
};

/* What every fleet begins with, made once: the event, in `folder`, and what costs too much to make again and again. */
struct template {
	char *folder;
	struct strbuf bomb; /* wire_bomb's */
};
void template_make(struct template *t);
void template_fini(struct template *t);

void fleet_open(struct fleet *f, const struct template *t, const char *folder, uint64_t seed);
void fleet_close(struct fleet *f);

/* One thing happens. */
void fleet_step(struct fleet *f);
/* Everything works again, and everybody exchanges until nothing is new. */
void fleet_heal(struct fleet *f);
/* The invariants; false and f->why when one does not hold. */
bool fleet_check(struct fleet *f);

bool conflicts_check(struct fleet *f, const struct checkins *books); /* of fleet_check; the hub's books */

void fleet_say(const struct fleet *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool fleet_wrong(struct fleet *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* sim/fleet_nodes.c */
/* Says how much the node takes of a station a day, by `paced`. */
void node_set_quota(struct fleet *f, int n);
bool node_up(struct fleet *f, int n); /* opens its file; false: it could not */
void node_down(struct fleet *f, int n, bool power);
void node_gone(struct fleet *f, int n); /* after anything that writes: takes it down when its machine died meanwhile */
const char *node_name(int n);

int fleet_any_kiosk(void);
int fleet_any_laptop(void);
/* Somebody shows a badge there. True when the screen said something that has to be on the disk by then. */
bool fleet_scan(struct fleet *f, int n);

/* sim/fleet_swap.c: a kiosk's file is replaced, moved or spoiled while it works, and comes back. */
void fleet_swap(struct fleet *f);

/* sim/fleet_rogue.c */
void rogue_step(struct fleet *f);
void rogue_close(struct fleet *f);
bool rogue_is(const struct fleet *f, const char *key); /* as conflicts show it (STATION_SHOWN) */

/* sim/fleet_wire.c */
void wire_ask(struct fleet *f, int from, int to);
void wire_deliver(struct fleet *f, int64_t until);
void wire_drop(struct fleet *f, int n); /* whatever is under way for its exchanges */
void wire_hostile(struct fleet *f);
/* What opens for members of the event, and unpacks to more than anybody takes. */
void wire_bomb(const struct replica *member, struct strbuf *out);
/* Messages of an exchange go to and fro until there is nothing to say, or `most` were; nothing is lost. */
bool wire_converse(struct exchange *x, struct machine *asking, struct node *answering, int most, struct err *err);
/* One whole exchange at once, nothing lost. True when anything was new to either side. */
bool wire_talk(struct fleet *f, int from, int to);

#endif
