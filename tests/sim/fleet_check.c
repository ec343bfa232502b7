/* What must be true of a fleet when everything works again. */
#include "sim/fleet.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/audit.h"
#include "store/checkins.h"
#include "sync/stick.h"

#define ROUNDS_MAX 12

void fleet_heal(struct fleet *f) {
	memset(f->cut, 0, sizeof f->cut);
	f->loss = f->repeat = 0;
	wire_deliver(f, world.now_ms + 60000);
	for (int n = 0; n < NODES; n++) {
		struct node *node = &f->nodes[n];
		node->machine.full = node->machine.dead = false;
		node->machine.writes_left = -1;
		if (node->store == NULL && !node_up(f, n)) {
			return;
		}
	}
	fleet_say(f, "everything works again");
	bool news = true;
	int round = 0;
	for (; news && round < ROUNDS_MAX && f->why[0] == '\0'; round++) {
		news = false;
		for (int n = 0; n < NODES; n++) {
			news = (n != HUB && !f->nodes[n].retired && wire_talk(f, n, HUB)) || news;
		}
	}
	if (news && f->why[0] == '\0') {
		fleet_wrong(f, "after %d rounds there is still something new", ROUNDS_MAX);
	}
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

static bool check_sound(struct fleet *f) {
	struct err err = {0};
	struct audit audit;
	/* The views of one node are computed again; all have the same. */
	for (int n = 0; n < NODES; n++) {
		machine_enter(&f->nodes[n].machine);
		if (!audit_verify(f->nodes[n].store, &audit, note_fault, f, &err)) {
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

/* Whoever saw an answer finds it in the books, once; and nothing else is there but what nobody knows for certain. */
static bool check_books(struct fleet *f) {
	struct checkins books;
	struct err err = {0};
	machine_enter(&f->nodes[HUB].machine);
	if (!checkins_load(f->nodes[HUB].store, &books, &err)) {
		return fleet_wrong(f, "%s", err.text);
	}
	int64_t found = 0;
	for (size_t i = 0; i < f->said.count; i++) {
		const struct said *said = &f->said.items[i];
		int times = 0;
		for (size_t k = 0; k < books.count; k++) {
			times += is_of(&books.items[k], said);
		}
		found += times > 0;
		if (times == 0 && !said->may_be_lost && !f->nodes[said->node].retired) {
			fleet_wrong(f, "%s said %s to %.10s, and it is lost", node_name(said->node), outcome_word(said->shown), said->code);
		} else if (times > 1) {
			fleet_wrong(f, "%s said %s to %.10s, and it is there %d times", node_name(said->node), outcome_word(said->shown),
				    said->code, times);
		}
	}
	if ((int64_t)books.count > found + f->doubtful) {
		fleet_wrong(f, "%zu check-ins are in the books, and only %d were ever made", books.count, (int)(found + f->doubtful));
	}
	checkins_fini(&books);
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
	return f->why[0] == '\0' && check_books(f) && check_digests(f) && conflicts_check(f) && check_sound(f) && check_stick(f) &&
	       f->why[0] == '\0';
}
