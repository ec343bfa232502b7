/* A forger and thief. Its logs are right in form, so everybody takes and keeps them; what it says is judged when it is read. Whatever it does, honest
 * boxes end with the same records, theirs are all there, and nobody is doubled (sim/fleet_check.c). */
#include "sim/fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "sim/tree.h"
#include "store/read/conflicts.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"
#include "store/write/sign.h"
#include "store/write/walkins.h"

bool rogue_is(const struct fleet *f, const char *key) {
	bool is = false;
	for (size_t i = 0; i < f->rogue.key_count; i++) {
		char hex[STATION_SHOWN + 1];
		str_hex(f->rogue.keys[i].b, STATION_SHOWN / 2, hex);
		is = is || str_eq(key, hex);
	}
	return is;
}

/* --- its copy of the file ---------------------------------------------------------------------------------------------------------------- */

static void let_go(struct rogue *r) {
	machine_enter(&r->machine);
	store_close(r->store);
	replica_fini(&r->replica);
	r->store = NULL;
	r->replica = (struct replica){0};
}

static bool come(struct fleet *f) {
	struct rogue *r = &f->rogue;
	struct err err = {0};
	machine_enter(&r->machine);
	r->store = store_open(r->path, STORE_WRITE, "rogue", &err);
	if (r->store == NULL || !replica_of_store(r->store, &r->replica, &err)) {
		return fleet_wrong(f, "the rogue cannot open its copy: %s", err.text);
	}
	if (r->key_count == 0 || !crypto_key_eq(&r->keys[r->key_count - 1], store_station(r->store))) {
		r->keys[r->key_count++] = *store_station(r->store);
	}
	return true;
}

static void steal(struct fleet *f) {
	struct rogue *r = &f->rogue;
	char *event = file_join(f->template->folder, "event.turnout");
	r->machine.folder = file_join(f->folder, "rogue");
	r->path = file_join(r->machine.folder, "event.turnout");
	r->burst = 1 + (int)dice_below(&world.dice, 40);
	machine_boot(&r->machine);
	r->machine.synchronised = dice_chance(&world.dice, 50);
	machine_enter(NULL);
	tree_copy(f->template->folder, r->machine.folder);
	char *key = xasprintf("%s.key", r->path), *state = file_join(r->machine.folder, "state");
	remove(key);
	tree_remove(state);
	free(key);
	free(state);
	free(event);
	fleet_say(f, "somebody has a copy of the file");
	come(f);
}

/* --- what it writes ---------------------------------------------------------------------------------------------------------------------- */

static bool make_up_checkin(struct fleet *f, struct err *err) {
	char code[BADGE_CODE_MAX + 1];
	int64_t which = dice_below(&world.dice, PEOPLE + SIGNED);
	if (which < PEOPLE) {
		snprintf(code, sizeof code, "P-%02d", (int)which);
	} else {
		str_copy(code, sizeof code, f->signed_codes[which - PEOPLE]);
	}
	struct checkin_draft draft = {.code = code,
				      .point = POINT,
				      .shown = dice_chance(&world.dice, 80) ? OUTCOME_ACCEPTED : OUTCOME_DUPLICATE,
				      .how = "camera",
				      .has_at = dice_chance(&world.dice, 50),
				      .at = {dice_below(&world.dice, 2 * world.now_ms)}};
	f->rogue.checkins++;
	return checkin_append(f->rogue.store, &draft, NULL, err);
}

static bool make_up_walk_in(struct fleet *f, struct err *err) {
	struct walkin walkin;
	return walkin_append(f->rogue.store, "{\"name\":\"Ніхто\"}", &walkin, err);
}

/* Kinds that no station may write, that nobody knows, and bodies that say nothing; the undoing of what honest boxes said. */
static bool write_junk(struct fleet *f, struct err *err) {
	static const struct {
		const char *kind, *body;
	} junk[] = {{"nonsense", "{\"x\":1}"},
		    {"role", "{\"key\":\"00\",\"roles\":\"editor\"}"},
		    {"checkin", "{\"code\":5}"},
		    {"retire", "{}"},
		    {"setting", "{\"set\":{\"title\":\"Mine\"}}"},
		    {"erase", "{\"subject\":\"\"}"},
		    {"anchor", "{\"rank\":\"ntp\"}"},
		    {"anchor", "{\"rank\":\"hub\",\"ahead_ms\":1}"}};
	char body[200], log[2 * HASH_LEN + 1];
	size_t which = (size_t)dice_below(&world.dice, COUNT_OF(junk) + 1);
	if (which < COUNT_OF(junk)) {
		return store_append(f->rogue.store, &(struct draft){junk[which].kind, AUTHOR_STATION, "", junk[which].body, NULL, NULL},
				    NULL, err);
	}
	if (f->said.count == 0) {
		return true;
	}
	const struct said *said = &f->said.items[dice_below(&world.dice, (int64_t)f->said.count)];
	str_hex(said->log.b, HASH_LEN, log);
	snprintf(body, sizeof body, "{\"log\":\"%s\",\"seq\":%llu}", log, (unsigned long long)said->seq);
	return store_append(f->rogue.store, &(struct draft){"undo", AUTHOR_STATION, "", body, NULL, NULL}, NULL, err);
}

#define SIGNED_TOGETHER 4 /* records: a run has to fit into the small messages that nodes have here */

static bool forge_some(struct fleet *f, int n, struct err *err) {
	bool ok = store_begin(f->rogue.store, err);
	for (int i = 0; ok && i < n; i++) {
		int64_t roll = dice_below(&world.dice, 10);
		ok = roll < 6 ? make_up_checkin(f, err) : roll < 7 ? make_up_walk_in(f, err) : write_junk(f, err);
	}
	return ok && store_commit(f->rogue.store, err) && store_sign(f->rogue.store, err);
}

static void forge(struct fleet *f) {
	struct rogue *r = &f->rogue;
	struct err err = {0};
	machine_enter(&r->machine);
	for (int left = r->burst; left > 0 && f->why[0] == '\0'; left -= SIGNED_TOGETHER) {
		if (!forge_some(f, left < SIGNED_TOGETHER ? left : SIGNED_TOGETHER, &err)) {
			fleet_wrong(f, "the rogue cannot write: %s", err.text);
		}
	}
	fleet_say(f, "the rogue makes up %d records", r->burst);
}

/* Its log goes on in two ways: whom it visits in between hears of one. */
static void visit(struct fleet *f);
static void branch(struct fleet *f) {
	struct rogue *r = &f->rogue;
	char *kept = file_join(f->folder, "rogue-kept");
	let_go(r);
	machine_enter(NULL);
	tree_remove(kept);
	tree_copy(r->machine.folder, kept);
	if (come(f)) {
		forge(f);
		visit(f);
		let_go(r);
		machine_enter(NULL);
		machine_forget(&r->machine);
		tree_remove(r->machine.folder);
		tree_copy(kept, r->machine.folder);
		fleet_say(f, "the rogue's log branches");
		if (come(f)) {
			forge(f);
		}
	}
	free(kept);
}

static void come_again(struct fleet *f) {
	struct rogue *r = &f->rogue;
	if (r->key_count == ROGUE_KEYS) {
		return;
	}
	let_go(r);
	machine_enter(NULL);
	char *state = file_join(r->machine.folder, "state");
	tree_remove(state);
	free(state);
	machine_boot(&r->machine);
	fleet_say(f, "the rogue comes again under another key");
	come(f);
}

/* --- whom it meets ----------------------------------------------------------------------------------------------------------------------- */

/* Anybody, for as long as it pleases. That it is thrown out is no fault. */
static void visit(struct fleet *f) {
	int to = (int)dice_below(&world.dice, NODES);
	struct rogue *r = &f->rogue;
	struct err err = {0};
	if (f->nodes[to].store == NULL) {
		return;
	}
	machine_enter(&r->machine);
	r->replica.message_max = dice_chance(&world.dice, 50) ? 0 : 1500 + (size_t)dice_below(&world.dice, 6000);
	struct exchange *x = exchange_open(&r->replica);
	bool ok = wire_converse(x, &r->machine, &f->nodes[to], 1 + (int)dice_below(&world.dice, 30), &err);
	fleet_say(f, "the rogue visits %s%s%s", node_name(to), ok ? "" : ": ", ok ? "" : err.text);
	machine_enter(&r->machine);
	exchange_close(x);
	node_gone(f, to);
}

/* The organiser names all others first, so that nobody else is shut out: all have to be there. */
static bool close_invitation(struct fleet *f, struct store *store, struct err *err) {
	size_t kept = 0;
	for (int n = 0; n < NODES; n++) {
		if (!f->nodes[n].retired && n != HUB && !role_give(store, store_station(f->nodes[n].store), "station", "", err)) {
			return false;
		}
	}
	return invitation_close(store, &kept, err);
}

static void throw_out(struct fleet *f) {
	int n = fleet_any_laptop();
	struct node *node = &f->nodes[n];
	struct err err = {0};
	bool closes = dice_chance(&world.dice, 40);
	for (int i = 0; i < NODES; i++) {
		if (f->nodes[i].store == NULL) {
			return;
		}
	}
	machine_enter(&node->machine);
	bool ok = store_begin(node->store, &err);
	if (ok && !role_retire(node->store, &f->rogue.keys[f->rogue.key_count - 1], &err)) {
		store_rollback(node->store);
		ok = false;
	}
	if (ok && closes && !close_invitation(f, node->store, &err)) {
		store_rollback(node->store);
		ok = false;
	}
	ok = ok && store_commit(node->store, &err);
	fleet_say(f, "%s retires the rogue%s%s%s", node_name(n), closes ? " and closes the invitation" : "", ok ? "" : ": ",
		  ok ? "" : err.text);
	node_gone(f, n);
}

void rogue_step(struct fleet *f) {
	if (f->rogue.store == NULL) {
		steal(f);
		return;
	}
	switch (dice_below(&world.dice, 10)) {
	case 0:
	case 1:
	case 2: forge(f); break;
	case 3: branch(f); break;
	case 4: come_again(f); break;
	case 5: throw_out(f); break;
	default: break;
	}
	if (f->rogue.store != NULL) {
		visit(f);
	}
}

void rogue_close(struct fleet *f) {
	struct rogue *r = &f->rogue;
	if (r->store != NULL) {
		let_go(r);
	}
	machine_enter(NULL);
	if (r->machine.folder != NULL) {
		machine_forget(&r->machine);
	}
	free(r->machine.folder);
	free(r->path);
}
