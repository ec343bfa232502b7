/* A kiosk's event file is taken from under it: what it had acknowledged is all there when a file of the event is back (sync/rescue.h). */
#include "sim/fleet.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "sim/tree.h"
#include "store/log/verify.h"
#include "store/write/sign.h"
#include "sync/rescue.h"

enum swap { SWAP_OLDER, SWAP_ANOTHERS, SWAP_DELETED, SWAP_NO_WAL, SWAPS };

static const char *const WORDS[] = {
	[SWAP_OLDER] = "replaced by an older copy",
	[SWAP_ANOTHERS] = "replaced by another box's copy",
	[SWAP_DELETED] = "deleted",
	[SWAP_NO_WAL] = "left without its -wal",
};

/* An older copy of its own where there is a whole one, else the organiser's first: that of a killed box lies in two files, and one of them is no copy. */
static char *older(const struct fleet *f, int n) {
	char *name = xasprintf("backup-%d/event.turnout", n), *path = file_join(f->folder, name), *wal = xasprintf("%s-wal", path);
	if (!f->nodes[n].backup || file_size(wal) != 0) {
		free(path);
		path = file_join(f->template->folder, "event.turnout");
	}
	free(name);
	free(wal);
	return path;
}

static void remove_beside(const struct node *node, const char *suffix) {
	char *path = xasprintf("%s%s", node->path, suffix);
	unlink(path);
	free(path);
}

/* As `mv` does it: another file under the name, and what was open lives on without one. */
static void put(const struct node *node, const char *from) {
	unlink(node->path);
	tree_copy_file(from, node->path);
}

/* As `turnout copy` makes it: whole, whatever waits in that box's -wal. Its log is signed to the end before: what a copy holds of another's log beyond the
 * last signature stays unsigned there. */
static bool copy_of(struct fleet *f, int other, int n, char **path) {
	struct err err = {0};
	if (other == n || f->nodes[other].retired || f->nodes[other].store == NULL) {
		return false;
	}
	free(*path);
	*path = file_join(f->folder, "copy.turnout");
	unlink(*path);
	machine_enter(&f->nodes[other].machine);
	bool whole = store_sign(f->nodes[other].store, &err);
	node_gone(f, other);
	machine_enter(NULL);
	if (!whole || f->nodes[other].store == NULL) {
		return false;
	}
	if (!store_copy(f->nodes[other].store, *path, &err)) {
		return fleet_wrong(f, "%s cannot be copied: %s", node_name(other), err.text);
	}
	return true;
}

static bool take_away(struct fleet *f, int n, enum swap how) {
	struct node *node = &f->nodes[n];
	char *wal = xasprintf("%s-wal", node->path), *from = older(f, n);
	int other = (int)dice_below(&world.dice, NODES);
	bool possible = how == SWAP_NO_WAL ? file_size(wal) != 0 : how != SWAP_ANOTHERS || copy_of(f, other, n, &from);
	if (possible && how == SWAP_NO_WAL) {
		unlink(wal);
	} else if (possible && how == SWAP_DELETED) {
		unlink(node->path);
	} else if (possible) {
		put(node, from);
	}
	free(wal);
	free(from);
	return possible;
}

static void count_fault(void *context, const char *sentence) { (void)context, (void)sentence; }

/* Without its -wal a file may be half of what it was, if a crash came before: that is said when it is opened, and staff put a copy in its place. */
static bool is_sound(const struct node *node) {
	struct err err = {0};
	struct audit audit = {0};
	struct store *store = store_open(node->path, STORE_READ, "sim", &err);
	bool sound = store != NULL && verify_records(store, &audit, count_fault, NULL, &err) && audit.faults == 0;
	store_close(store);
	return sound;
}

/* Whoever brings a file back may leave what lay beside the lost one, or not. */
static void bring_back(struct fleet *f, int n, enum swap how) {
	struct node *node = &f->nodes[n];
	machine_enter(NULL);
	machine_forget(&node->machine);
	if (how == SWAP_DELETED || (how == SWAP_NO_WAL && !is_sound(node))) {
		char *from = older(f, n);
		put(node, from);
		free(from);
	}
	if (dice_chance(&world.dice, 50)) {
		remove_beside(node, "-wal");
		remove_beside(node, "-shm");
	}
	node->up_at = world.now_ms;
}

void fleet_swap(struct fleet *f) {
	int n = fleet_any_kiosk();
	struct node *node = &f->nodes[n];
	enum swap how = (enum swap)dice_below(&world.dice, SWAPS);
	struct err err = {0};
	/* Power that fails before the rest is saved elsewhere, or no room for it, is a loss that nobody can help. */
	if (node->store == NULL || node->retired || node->machine.writes_left >= 0 || node->machine.full) {
		return;
	}
	machine_enter(NULL);
	if (!take_away(f, n, how)) {
		return;
	}
	fleet_say(f, "%s's file is %s", node_name(n), WORDS[how]);
	machine_enter(&node->machine);
	if (dice_chance(&world.dice, 60) && fleet_scan(f, n)) {
		fleet_wrong(f, "%s says that somebody is in, and its file is %s", node_name(n), WORDS[how]);
	}
	machine_enter(&node->machine);
	if (store_look(node->store, &err)) { /* as it does when nobody comes */
		fleet_wrong(f, "%s does not see that its file is %s", node_name(n), WORDS[how]);
		return;
	}
	err = (struct err){0};
	rescue_keep(node->store, &err);
	fleet_say(f, "%s: %s", node_name(n), err.text);
	node_down(f, n, false);
	bring_back(f, n, how);
}
