#include "sim/fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "sim/disk.h"
#include "sim/tree.h"
#include "store/create.h"
#include "store/read/people.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"

#define MAY_14 INT64_C(1778745600000) /* 2026-05-14 11:00 in Kyiv */

static void must(bool ok, const struct err *err) {
	if (!ok) {
		fprintf(stderr, "the fleet cannot be set up: %s\n", err->text);
		abort();
	}
}

/* --- the event ----------------------------------------------------------------------------------------------------------------------- */

static void add_person(struct store *store, int i) {
	struct err err = {0};
	struct person p = {0};
	char id[PERSON_ID_LEN + 1], code[16], name[40];
	snprintf(id, sizeof id, "%020d", i);
	snprintf(code, sizeof code, "P-%02d", i);
	snprintf(name, sizeof name, "Людина %d", i);
	person_set(&p, PERSON_NAME, name);
	person_set(&p, PERSON_CODE, code);
	must(person_edit(store, &(struct person_edit){.id = id, .set = &p, .source = "people.csv", .fresh = true}, &err), &err);
	person_fini(&p);
}

void template_make(struct template *t) {
	struct err err = {0};
	struct machine machine = {.folder = t->folder};
	struct replica replica;
	struct store_settings settings = {.title = "Ярмарок", .timezone = "Europe/Kyiv", .languages = "uk,en"};
	bool changed;
	dice_seed(&world.dice, 1);
	world.now_ms = MAY_14;
	machine.synchronised = true;
	machine_boot(&machine);
	machine_enter(&machine);
	char *path = file_join(t->folder, "event.turnout");
	must(store_create(path, &settings, &err), &err);
	struct store *store = store_open(path, STORE_WRITE, "sim", &err);
	must(store != NULL && store_begin(store, &err), &err);
	for (int i = 0; i < PEOPLE; i++) {
		add_person(store, i);
	}
	struct session s = {.uid = xstrdup("1")};
	session_set(&s, SESSION_TITLE, "Мед");
	s.when = (struct session_when){
		.start = {MAY_14}, .end = {MAY_14 + 3600000}, .offset_min = 180, .place_offset_min = 180, .room = xstrdup("A")};
	must(session_edit(store, &(struct session_edit){.id = POINT, .s = &s, .source = "a.ics"}, &changed, &err), &err);
	session_fini(&s);
	must(store_commit(store, &err), &err);
	must(replica_of_store(store, &replica, &err), &err);
	wire_bomb(&replica, &t->bomb);
	replica_fini(&replica);
	store_close(store);
	machine_enter(NULL);
	free(path);
}

void template_fini(struct template *t) {
	free(t->folder);
	strbuf_fini(&t->bomb);
}

/* --- setting up and taking down ------------------------------------------------------------------------------------------------------- */

static void set_up_node(struct fleet *f, int n) {
	struct node *node = &f->nodes[n];
	struct err err = {0};
	char *name = xasprintf("node-%d", n);
	char *event = file_join(f->template->folder, "event.turnout");
	node->machine.folder = file_join(f->folder, name);
	node->path = file_join(node->machine.folder, "event.turnout");
	machine_boot(&node->machine);
	node->machine.synchronised = n < KIOSK || dice_chance(&world.dice, 30);
	node->machine.wall_off_ms = dice_chance(&world.dice, 30) ? -MAY_14 : dice_below(&world.dice, 7200000) - 3600000;
	node->machine.drift_ppm = (int)dice_below(&world.dice, 200) - 100;
	machine_enter(NULL);
	char *state = file_join(node->machine.folder, "state");
	must(file_mkdirs(state, &err), &err);
	tree_copy_file(event, node->path);
	if (n == LAPTOP || n == LAPTOP_2) {
		char *key = xasprintf("%s.key", event);
		char *to = xasprintf("%s.key", node->path);
		tree_copy_file(key, to);
		free(key);
		free(to);
	}
	free(state);
	free(name);
	free(event);
}

void fleet_open(struct fleet *f, const struct template *t, const char *folder, uint64_t seed) {
	struct err err = {0};
	bool verbose = f->verbose;
	*f = (struct fleet){.template = t, .folder = xstrdup(folder), .verbose = verbose, .stick = file_join(folder, "stick")};
	dice_seed(&world.dice, seed);
	world.now_ms = MAY_14;
	machine_enter(NULL);
	must(file_mkdirs(f->stick, &err), &err);
	f->loss = (int)dice_below(&world.dice, 4) * 10;
	f->repeat = (int)dice_below(&world.dice, 3) * 10;
	f->paced = dice_chance(&world.dice, 30);
	for (int n = 0; n < NODES; n++) {
		set_up_node(f, n);
		node_up(f, n);
	}
	struct node *laptop = &f->nodes[LAPTOP];
	machine_enter(&laptop->machine);
	must(store_begin(laptop->store, &err) && role_give(laptop->store, store_station(f->nodes[HUB].store), "hub", "hub", &err) &&
		     store_commit(laptop->store, &err),
	     &err);
	const struct key_pair *organiser = store_organiser_key(laptop->store, &err);
	for (int i = 0; i < SIGNED; i++) {
		code_make_signed(store_event(laptop->store), organiser, 1, f->signed_codes[i]);
	}
}

void fleet_close(struct fleet *f) {
	for (int n = 0; n < NODES; n++) {
		struct node *node = &f->nodes[n];
		if (node->store != NULL) {
			node->machine.dead = true; /* nobody looks at its files any more */
			node_down(f, n, false);
		}
		machine_forget(&node->machine);
		free(node->machine.folder);
		free(node->path);
	}
	rogue_close(f);
	machine_enter(NULL);
	disk_forget(""); /* copies that were made for verifying lie elsewhere */
	for (size_t i = 0; i < f->wire.count; i++) {
		strbuf_fini(&f->wire.items[i].bytes);
	}
	for (size_t i = 0; i < COUNT_OF(f->old_requests); i++) {
		strbuf_fini(&f->old_requests[i]);
	}
	tree_remove(f->folder);
	free(f->wire.items);
	free(f->said.items);
	free(f->doubtful.items);
	free(f->stick);
	free(f->folder);
}
