/* Nodes go up and down. */
#include "sim/fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "store/write/brought.h"
#include "sync/rescue.h"

const char *node_name(int n) {
	static const char *const names[NODES] = {"hub", "laptop", "laptop 2", "kiosk 1", "kiosk 2", "kiosk 3"};
	return names[n];
}

void node_set_quota(struct fleet *f, int n) {
	struct quota quota = quota_default();
	struct err err = {0};
	if (f->paced && !quota_read("logs=100 records=100 bytes=8K all-bytes=12K event-bytes=40K stations=100", &quota, &err)) {
		fleet_wrong(f, "%s", err.text);
	}
	store_set_quota(f->nodes[n].store, &quota);
}

bool node_up(struct fleet *f, int n) {
	struct node *node = &f->nodes[n];
	struct err err = {0};
	machine_enter(&node->machine);
	node->store = rescue_open(node->path, "sim", &err);
	if (node->store != NULL && (!replica_of_store(node->store, &node->replica, &err) ||
				    (n >= KIOSK && (node->desk = desk_open(node->store, POINT, &err)) == NULL))) {
		fleet_wrong(f, "%s: %s", node_name(n), err.text);
	}
	if (node->store == NULL) {
		if (!node->machine.dead && !node->machine.full) {
			fleet_wrong(f, "%s cannot open its file: %s", node_name(n), err.text);
		}
		node_down(f, n, true);
		return false;
	}
	node_set_quota(f, n);
	node->replica.message_max = 1500 + (size_t)dice_below(&world.dice, 6000); /* so that an exchange takes several */
	fleet_say(f, "%s is up", node_name(n));
	node_gone(f, n);
	return node->store != NULL;
}

void node_down(struct fleet *f, int n, bool power) {
	struct node *node = &f->nodes[n];
	machine_enter(&node->machine);
	desk_close(node->desk);
	store_close(node->store);
	node->desk = NULL;
	node->store = NULL;
	for (int i = 0; i < NODES; i++) {
		exchange_close(node->exchange[i]);
		node->exchange[i] = NULL;
	}
	replica_fini(&node->replica);
	wire_drop(f, n);
	if (node->machine.dead) {
		machine_crash(&node->machine, power);
		fleet_say(f, "%s %s", node_name(n), power ? "lost its power" : "was killed");
	} else {
		fleet_say(f, "%s was closed", node_name(n));
	}
	if (power) {
		machine_boot(&node->machine);
	}
	node->up_at = world.now_ms + dice_below(&world.dice, 60000);
}

void node_gone(struct fleet *f, int n) {
	struct node *node = &f->nodes[n];
	if (node->store != NULL && node->machine.dead) {
		node_down(f, n, dice_chance(&world.dice, 60));
	}
}

void fleet_say(const struct fleet *f, const char *fmt, ...) {
	if (f->verbose) {
		va_list ap;
		va_start(ap, fmt);
		printf("%12.3f  ", (double)(world.now_ms % 1000000000) / 1000);
		vprintf(fmt, ap);
		putchar('\n');
		va_end(ap);
	}
}

bool fleet_wrong(struct fleet *f, const char *fmt, ...) {
	if (f->why[0] == '\0') {
		va_list ap;
		va_start(ap, fmt);
		vsnprintf(f->why, sizeof f->why, fmt, ap);
		va_end(ap);
		fleet_say(f, "WRONG: %s", f->why);
	}
	return false;
}
