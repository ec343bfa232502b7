/* What must be true of a fleet when everything works again. */
#include "sim/fleet.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/log/ends.h"
#include "store/log/share.h"
#include "store/log/verify.h"
#include "store/read/audit.h"
#include "sync/stick.h"

#define ROUNDS_MAX 12

/* Everybody exchanges with the hub in turn, until each has found nothing new since anybody last did. */
static void talk_it_out(struct fleet *f) {
	int quiet = 0; /* so many in a row had nothing new */
	for (int turn = 0; quiet < NODES - 1 && f->why[0] == '\0'; turn++) {
		int n = HUB + 1 + turn % (NODES - 1);
		quiet = !f->nodes[n].retired && wire_talk(f, n, HUB) ? 0 : quiet + 1;
		if (turn == ROUNDS_MAX * (NODES - 1)) {
			fleet_wrong(f, "after %d rounds there is still something new", ROUNDS_MAX);
		}
	}
}

void fleet_heal(struct fleet *f) {
	memset(f->cut, 0, sizeof f->cut);
	f->loss = f->repeat = 0;
	f->paced = false; /* other days have come */
	wire_deliver(f, world.now_ms + 60000);
	for (int n = 0; n < NODES; n++) {
		struct node *node = &f->nodes[n];
		node->machine.full = node->machine.dead = false;
		node->machine.writes_left = -1;
		if (node->store == NULL && !node_up(f, n)) {
			return;
		}
		node_set_quota(f, n);
		if (dice_chance(&world.dice, 75)) {
			node->replica.message_max = 0; /* as much in a message as real ones hold */
		}
	}
	fleet_say(f, "everything works again");
	talk_it_out(f);
}

/* All logs reach as far everywhere, branches too; each end's hash covers what comes before. */
static bool check_records(struct fleet *f) {
	struct heads first = {0};
	struct err err = {0};
	for (int n = 0; n < NODES && f->why[0] == '\0'; n++) {
		struct heads heads = {0};
		machine_enter(&f->nodes[n].machine);
		if (!store_heads(f->nodes[n].store, &heads, &err)) {
			fleet_wrong(f, "%s: %s", node_name(n), err.text);
		} else if (n == HUB) {
			first = heads;
			continue;
		} else if (!f->nodes[n].retired && !heads_equal(&first, &heads)) {
			fleet_wrong(f, "%s holds other records than %s", node_name(n), node_name(HUB));
		}
		heads_fini(&heads);
	}
	heads_fini(&first);
	return f->why[0] == '\0';
}

static bool check_digests(struct fleet *f) {
	struct hash first = {{0}};
	struct err err = {0};
	for (int n = 0; n < NODES; n++) {
		struct hash digest;
		machine_enter(&f->nodes[n].machine);
		if (!audit_digest(f->nodes[n].store, &digest, &err)) {
			return fleet_wrong(f, "%s: %s", node_name(n), err.text);
		}
		if (n == 0) {
			first = digest;
		} else if (!f->nodes[n].retired && !crypto_hash_eq(&first, &digest)) {
			return fleet_wrong(f, "%s shows something else than %s", node_name(n), node_name(0));
		}
	}
	return true;
}

static void note_fault(void *context, const char *sentence) { fleet_wrong(context, "verify: %s", sentence); }

/* Every node's records are verified. All who are members still hold the same records and show the same (check_records, check_digests), each having got there in
 * an order of its own: so the views of any one of them, computed again from its records, are those of all. Those of a retired one stand for
 * themselves. */
static bool check_sound(struct fleet *f) {
	struct err err = {0};
	struct audit audit;
	int again = (int)dice_below(&world.dice, NODES);
	for (; f->nodes[again].retired; again = (again + 1) % NODES) {
	}
	for (int n = 0; n < NODES; n++) {
		struct node *node = &f->nodes[n];
		machine_enter(&node->machine);
		bool views = n == again || node->retired;
		if (!(views ? audit_verify : verify_records)(node->store, &audit, note_fault, f, &err)) {
			return fleet_wrong(f, "%s: %s", node_name(n), err.text);
		}
	}
	return f->why[0] == '\0';
}

static bool is_of(const struct checkin *c, const struct said *said) {
	char stub[BADGE_CODE_MAX + 1];
	return c->seq == said->seq && crypto_hash_eq(&c->log, &said->log) && c->shown == said->shown &&
	       (str_eq(c->code, said->code) || str_eq(c->code, checkin_stub(said->code, stub)));
}

/* What its own box lost, and only a box has that was retired since, comes back no more: nobody takes it from there. */
static bool held_by_retired(struct fleet *f, const struct said *said) {
	bool held = false;
	for (int n = 0; n < NODES && !held; n++) {
		struct heads heads;
		struct err err;
		if (!f->nodes[n].retired) {
			continue;
		}
		machine_enter(&f->nodes[n].machine);
		if (store_heads_of(f->nodes[n].store, &said->log, &heads, &err)) {
			for (size_t h = 0; h < heads.count; h++) {
				held = held || heads.items[h].seq >= said->seq;
			}
			heads_fini(&heads);
		}
	}
	return held;
}

/* How often it was said, or may have been kept though it was not said: a box that was set back within one boot may come to the same code again at the
 * same place of another branch. */
static int times_said(const struct fleet *f, const struct said *said) {
	int times = 0;
	for (size_t i = 0; i < f->said.count; i++) {
		const struct said *other = &f->said.items[i];
		times += other->seq == said->seq && other->shown == said->shown && crypto_hash_eq(&other->log, &said->log) &&
			 str_eq(other->code, said->code);
	}
	for (size_t i = 0; i < f->doubtful.count; i++) {
		times += f->doubtful.items[i].node == said->node && str_eq(f->doubtful.items[i].code, said->code);
	}
	return times;
}

/* Whoever saw an answer finds it in the books, once; and nothing else is there but what nobody knows for certain. */
static bool check_books(struct fleet *f, const struct checkins *books) {
	int64_t found = 0;
	for (size_t i = 0; i < f->said.count; i++) {
		const struct said *said = &f->said.items[i];
		int times = 0;
		for (size_t k = 0; k < books->count; k++) {
			times += is_of(&books->items[k], said);
		}
		found += times > 0;
		if (times == 0 && !said->may_be_lost && !f->nodes[said->node].retired && !held_by_retired(f, said)) {
			fleet_wrong(f, "%s said %s to %.10s, and it is lost", node_name(said->node), outcome_word(said->shown), said->code);
		} else if (times > times_said(f, said)) {
			fleet_wrong(f, "%s said %s to %.10s, and it is there %d times", node_name(said->node), outcome_word(said->shown),
				    said->code, times);
		}
	}
	if ((int64_t)books->count > found + (int64_t)f->doubtful.count + f->rogue.checkins) {
		fleet_wrong(f, "%zu check-ins are in the books, and only %d were ever made", books->count,
			    (int)(found + (int64_t)f->doubtful.count + f->rogue.checkins));
	}
	return f->why[0] == '\0';
}

/* A stick that everybody visits holds everything, too. */
static bool check_stick(struct fleet *f) {
	struct stick_options options = {.folder = f->stick};
	struct stick_report report;
	struct err err = {0};
	for (int round = 0; round < 2; round++) {
		machine_enter(&f->nodes[LAPTOP].machine);
		if (!stick_visit(&f->nodes[LAPTOP].replica, &options, &report, &err)) {
			return fleet_wrong(f, "the stick: %s", err.text);
		}
	}
	if (report.read != 0 || report.written != 0 || report.damaged != 0) {
		return fleet_wrong(f, "a stick that was just written is not up to date: read %zu, wrote %zu, %s", report.read,
				   report.written, report.why);
	}
	return true;
}

bool fleet_check(struct fleet *f) {
	struct checkins books = {0};
	struct err err = {0};
	if (f->why[0] != '\0') {
		return false;
	}
	machine_enter(&f->nodes[HUB].machine);
	if (!checkins_load(f->nodes[HUB].store, &books, &err)) {
		return fleet_wrong(f, "%s: %s", node_name(HUB), err.text);
	}
	bool ok = check_books(f, &books) && check_records(f) && check_digests(f) && conflicts_check(f, &books) && check_sound(f) &&
		  check_stick(f);
	checkins_fini(&books);
	return ok && f->why[0] == '\0';
}
