/* What happens in a fleet. */
#include "sim/fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "sim/tree.h"
#include "store/log/ends.h"
#include "store/log/share.h"
#include "store/read/badges.h"
#include "store/read/checkins.h"
#include "store/read/people.h"
#include "store/read/settings.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"
#include "store/write/erasing.h"
#include "sync/stick.h"

int fleet_any_kiosk(void) { return KIOSK + (int)dice_below(&world.dice, NODES - KIOSK); }

int fleet_any_laptop(void) { return dice_chance(&world.dice, 50) ? LAPTOP : LAPTOP_2; }

/* --- at the kiosks -------------------------------------------------------------------------------------------------------------------- */

static void pick_code(const struct fleet *f, char code[BADGE_CODE_MAX + 1]) {
	int64_t which = dice_below(&world.dice, PEOPLE + SIGNED);
	if (which < PEOPLE) {
		snprintf(code, BADGE_CODE_MAX + 1, "P-%02d", (int)which);
	} else {
		str_copy(code, BADGE_CODE_MAX + 1, f->signed_codes[which - PEOPLE]);
	}
}

bool fleet_scan(struct fleet *f, int n) {
	struct node *node = &f->nodes[n];
	struct said said = {.node = n};
	struct desk_answer answer;
	struct err err = {0};
	bool recorded = false;
	if (node->store == NULL) {
		return false;
	}
	machine_enter(&node->machine);
	pick_code(f, said.code);
	if (desk_take(node->desk, &(struct desk_scan){.text = said.code, .len = strlen(said.code), .how = "camera"}, &answer, &err)) {
		said.shown = answer.outcome;
		said.log = answer.ref.log;
		said.seq = answer.ref.seq;
		recorded = answer.recorded;
		if (recorded) {
			ARRAY_GROW(&f->said, items);
			f->said.items[f->said.count++] = said;
		}
		fleet_say(f, "%s: %.8s %s", node_name(n), said.code, outcome_word(answer.outcome));
		desk_answer_fini(&answer);
	} else {
		ARRAY_GROW(&f->doubtful, items);
		f->doubtful.items[f->doubtful.count++] = said;
		fleet_say(f, "%s: %.8s could not be recorded: %s", node_name(n), said.code, err.text);
	}
	node_gone(f, n);
	return recorded;
}

static void scan(struct fleet *f) { fleet_scan(f, fleet_any_kiosk()); }

/* --- at the laptops ------------------------------------------------------------------------------------------------------------------- */

typedef bool change_fn(struct fleet *f, struct store *store, struct err *err);

static bool rename_person(struct fleet *f, struct store *store, struct err *err) {
	struct person p = {0};
	char id[PERSON_ID_LEN + 1], name[60];
	(void)f;
	snprintf(id, sizeof id, "%020d", (int)dice_below(&world.dice, PEOPLE));
	snprintf(name, sizeof name, "Ім'я %d", (int)dice_below(&world.dice, 1000));
	person_set(&p, PERSON_NAME, name);
	bool ok = person_edit(store, &(struct person_edit){.id = id, .set = &p}, err);
	person_fini(&p);
	return ok;
}

/* Somebody whose signed badge may have been shown already gets onto the roster. */
static bool add_late_person(struct fleet *f, struct store *store, struct err *err) {
	struct person p = {0};
	char id[PERSON_ID_LEN + 1];
	const char *code = f->signed_codes[f->persons_added % SIGNED];
	char aloud[CODE_ALOUD_MAX];
	snprintf(id, sizeof id, "%020d", 900 + f->persons_added % SIGNED);
	person_set(&p, PERSON_NAME, "Хтось Пізній");
	code_read_aloud(code, aloud);
	bool ok = person_edit(store, &(struct person_edit){.id = id, .set = &p}, err) && badge_issue(store, code, id, aloud, err);
	f->persons_added += ok;
	person_fini(&p);
	return ok;
}

static bool revoke_badge(struct fleet *f, struct store *store, struct err *err) {
	return badge_revoke(store, f->signed_codes[dice_below(&world.dice, SIGNED)], err);
}

static bool join(struct fleet *f, struct store *store, struct err *err) {
	char a[PERSON_ID_LEN + 1], b[PERSON_ID_LEN + 1];
	int64_t i = dice_below(&world.dice, PEOPLE);
	(void)f;
	snprintf(a, sizeof a, "%020d", (int)i);
	snprintf(b, sizeof b, "%020d", (int)((i + 1 + dice_below(&world.dice, PEOPLE - 1)) % PEOPLE));
	return person_join(store, a, b, err);
}

static bool erase(struct fleet *f, struct store *store, struct err *err) {
	char id[PERSON_ID_LEN + 1];
	int subjects;
	(void)f;
	snprintf(id, sizeof id, "%020d", (int)dice_below(&world.dice, PEOPLE));
	return erasure_of_person(store, id, &subjects, err);
}

static bool set_something(struct fleet *f, struct store *store, struct err *err) {
	char place[40];
	(void)f;
	snprintf(place, sizeof place, "Місце %d", (int)dice_below(&world.dice, 1000));
	return setting_put(store, "place", place, err);
}

static void change(struct fleet *f) {
	static const struct {
		change_fn *change;
		const char *name;
	} changes[] = {{rename_person, "renames somebody"},     {rename_person, "renames somebody"}, {add_late_person, "adds somebody"},
		       {revoke_badge, "revokes a badge"},       {join, "joins two people"},          {erase, "erases somebody"},
		       {set_something, "changes the settings"}, {rename_person, "renames somebody"}};
	int n = fleet_any_laptop();
	size_t which = (size_t)dice_below(&world.dice, COUNT_OF(changes));
	struct node *node = &f->nodes[n];
	struct err err = {0};
	if (node->store == NULL) {
		return;
	}
	machine_enter(&node->machine);
	bool ok = store_begin(node->store, &err);
	if (ok && !changes[which].change(f, node->store, &err)) {
		store_rollback(node->store);
		ok = false;
	}
	ok = ok && store_commit(node->store, &err);
	fleet_say(f, "%s %s%s%s", node_name(n), changes[which].name, ok ? "" : ": ", ok ? "" : err.text);
	node_gone(f, n);
}

/* The organiser takes a right away, or gives one. */
static void change_rights(struct fleet *f) {
	int n = fleet_any_laptop();
	int whom = fleet_any_kiosk();
	struct node *node = &f->nodes[n];
	struct err err = {0};
	if (node->store == NULL || f->nodes[whom].store == NULL) {
		return;
	}
	struct public_key key = *store_station(f->nodes[whom].store);
	bool retire = dice_chance(&world.dice, 30);
	machine_enter(&node->machine);
	bool ok = store_begin(node->store, &err);
	if (ok && !(retire ? role_retire(node->store, &key, &err) : role_give(node->store, &key, "station", "", &err))) {
		store_rollback(node->store);
		ok = false;
	}
	ok = ok && store_commit(node->store, &err);
	f->nodes[whom].retired = f->nodes[whom].retired || retire; /* also when its laptop died before it was durable */
	fleet_say(f, "%s %s %s%s%s", node_name(n), retire ? "retires" : "names", node_name(whom), ok ? "" : ": ", ok ? "" : err.text);
	node_gone(f, n);
}

static void undo(struct fleet *f) {
	int n = fleet_any_kiosk();
	struct node *node = &f->nodes[n];
	struct strbuf name = {0};
	struct err err = {0};
	if (node->store == NULL) {
		return;
	}
	machine_enter(&node->machine);
	if (store_begin(node->store, &err)) {
		if (!checkin_undo(node->store, NULL, &name, &err)) {
			store_rollback(node->store);
		} else if (store_commit(node->store, &err)) {
			fleet_say(f, "%s undoes its last check-in", node_name(n));
		}
	}
	strbuf_fini(&name);
	node_gone(f, n);
}

/* --- roads ----------------------------------------------------------------------------------------------------------------------------- */

static void exchange(struct fleet *f) {
	int from = (int)dice_below(&world.dice, NODES);
	int to = dice_chance(&world.dice, 60) ? HUB : (int)dice_below(&world.dice, NODES);
	if (from != to) {
		wire_ask(f, from, to);
	}
}

static void visit_stick(struct fleet *f) {
	int n = (int)dice_below(&world.dice, NODES);
	struct node *node = &f->nodes[n];
	struct stick_options options = {.folder = f->stick};
	struct stick_report report;
	struct err err = {0};
	if (node->store == NULL) {
		return;
	}
	machine_enter(&node->machine);
	bool ok = stick_visit(&node->replica, &options, &report, &err);
	fleet_say(f, "%s visits the stick: read %zu, wrote %zu%s%s", node_name(n), report.read, report.written, ok ? "" : ": ",
		  ok ? "" : err.text);
	node_gone(f, n);
}

/* --- faults ---------------------------------------------------------------------------------------------------------------------------- */

static void let_die(struct fleet *f) {
	int n = (int)dice_below(&world.dice, NODES);
	struct machine *m = &f->nodes[n].machine;
	if (f->nodes[n].store != NULL && m->writes_left < 0) {
		m->writes_left = dice_below(&world.dice, dice_chance(&world.dice, 50) ? 12 : 120);
		fleet_say(f, "%s will die after %d writes", node_name(n), (int)m->writes_left);
	}
}

static void stop(struct fleet *f) {
	int n = (int)dice_below(&world.dice, NODES);
	if (f->nodes[n].store != NULL) {
		node_down(f, n, dice_chance(&world.dice, 50));
	}
}

static void start(struct fleet *f) {
	for (int n = 0; n < NODES; n++) {
		if (f->nodes[n].store == NULL && f->nodes[n].up_at <= world.now_ms) {
			node_up(f, n);
		}
	}
}

static void part(struct fleet *f) {
	int a = (int)dice_below(&world.dice, NODES);
	int b = (int)dice_below(&world.dice, NODES);
	bool both = dice_chance(&world.dice, 70);
	f->cut[a][b] = !f->cut[a][b];
	f->cut[b][a] = both ? f->cut[a][b] : f->cut[b][a];
	fleet_say(f, "the line from %s to %s is %s", node_name(a), node_name(b), f->cut[a][b] ? "cut" : "mended");
}

static void turn_clock(struct fleet *f) {
	struct machine *m = &f->nodes[(int)dice_below(&world.dice, NODES)].machine;
	switch (dice_below(&world.dice, 4)) {
	case 0: m->wall_off_ms += dice_below(&world.dice, INT64_C(3) * 365 * 86400000) - INT64_C(365) * 86400000; break;
	case 1: m->wall_off_ms -= dice_below(&world.dice, 600000); break;
	case 2: m->synchronised = !m->synchronised; break;
	default: m->wall_off_ms = -world.now_ms; break;
	}
	fleet_say(f, "a clock goes wrong");
}

static void fill_disk(struct fleet *f) {
	int n = (int)dice_below(&world.dice, NODES);
	struct machine *m = &f->nodes[n].machine;
	m->full = !m->full;
	fleet_say(f, "%s's disk %s", node_name(n), m->full ? "is full" : "has room again");
}

/* --- backups --------------------------------------------------------------------------------------------------------------------------- */

static char *backup_path(const struct fleet *f, int n) {
	char *name = xasprintf("backup-%d", n);
	char *path = file_join(f->folder, name);
	free(name);
	return path;
}

/* Copies a node's folder while it is closed. */
static void back_up(struct fleet *f, int n) {
	char *to = backup_path(f, n);
	machine_enter(NULL);
	tree_remove(to);
	tree_copy(f->nodes[n].machine.folder, to);
	f->nodes[n].backup = true;
	fleet_say(f, "%s was backed up", node_name(n));
	free(to);
}

/* What the box alone remembers of itself goes with its disk, as nobody else ever had it; and of a box that was set back before, what only this one had
 * of it. */
static void note_losses(struct fleet *f, int n) {
	for (size_t i = 0; i < f->said.count; i++) {
		struct said *said = &f->said.items[i];
		bool concerns = said->node == n || f->nodes[said->node].set_back, elsewhere = false;
		for (int other = 0; other < NODES && concerns; other++) {
			struct heads heads;
			struct err err;
			if (other == n || f->nodes[other].store == NULL) {
				continue;
			}
			machine_enter(&f->nodes[other].machine);
			if (store_heads_of(f->nodes[other].store, &said->log, &heads, &err)) {
				for (size_t h = 0; h < heads.count; h++) {
					elsewhere = elsewhere || heads.items[h].seq >= said->seq;
				}
				heads_fini(&heads);
			}
		}
		said->may_be_lost = said->may_be_lost || (concerns && !elsewhere);
	}
	f->nodes[n].set_back = true;
}

/* A closed node comes back as it was: after a repair from its backup (another boot), or set back while it ran, as a virtual machine is. */
static void set_back(struct fleet *f, int n) {
	char *from = backup_path(f, n);
	struct node *node = &f->nodes[n];
	bool same_boot = dice_chance(&world.dice, 30);
	note_losses(f, n);
	machine_enter(NULL);
	machine_forget(&node->machine);
	const char *folder = node->machine.folder;
	if (dice_chance(&world.dice, 50) || same_boot) {
		tree_remove(folder);
		tree_copy(from, folder);
	} else { /* the file alone, what the box itself remembers stays */
		tree_remove_files(folder, "event.turnout");
		tree_copy_files(from, "event.turnout", folder);
	}
	if (same_boot) {
		node->twice = true;
	} else {
		machine_boot(&node->machine);
	}
	fleet_say(f, "%s was set back to its backup%s", node_name(n), same_boot ? ", within one boot" : "");
	free(from);
}

static void backups(struct fleet *f) {
	int n = (int)dice_below(&world.dice, NODES);
	if (f->nodes[n].store != NULL) {
		node_down(f, n, false);
	}
	if (f->nodes[n].backup && dice_chance(&world.dice, 60)) {
		set_back(f, n);
	} else {
		back_up(f, n);
	}
}

/* --- one step -------------------------------------------------------------------------------------------------------------------------- */

typedef void step_fn(struct fleet *f);

void fleet_step(struct fleet *f) {
	static const struct {
		step_fn *step;
		int weight;
	} steps[] = {{scan, 32},   {change, 9},       {undo, 2},          {exchange, 22},  {visit_stick, 5},
		     {let_die, 6}, {stop, 3},         {part, 4},          {turn_clock, 4}, {fill_disk, 2},
		     {backups, 2}, {wire_hostile, 3}, {change_rights, 1}, {fleet_swap, 2}, {rogue_step, 3}};
	int64_t roll = dice_below(&world.dice, 100);
	start(f);
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		roll -= steps[i].weight;
		if (roll < 0) {
			steps[i].step(f);
			break;
		}
	}
	wire_deliver(f, world.now_ms + dice_below(&world.dice, 4000));
}
