/* The machines of a simulated fleet: each has a clock, a boot and a disk of its own, and can lose power at any write. One of them runs at a
 * time (machine_enter); whatever the program asks the system for meanwhile is answered by that one.
 *
 * Files are real ones in a folder in memory. SQLite's go through a layer of its VFS that remembers what was there before each page that is not
 * synced yet; a power cut puts any part of those pages back. (The model of SQLite's own crash tests, "How SQLite Is Tested", 3.4.) Small files
 * are written whole and at once (base/file.h promises no less); there a cut comes before or after. */
#ifndef TURNOUT_TESTS_SIM_MACHINE_H
#define TURNOUT_TESTS_SIM_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

/* Deterministic randomness of one seed: xoshiro256** (D. Blackman, S. Vigna, 2018), seeded by splitmix64. */
struct dice {
	uint64_t s[4];
};
void dice_seed(struct dice *d, uint64_t seed);
uint64_t dice_next(struct dice *d);
int64_t dice_below(struct dice *d, int64_t n); /* 0..n-1 */
bool dice_chance(struct dice *d, int percent); /* of 100 */
void dice_bytes(struct dice *d, void *out, uint64_t n);

struct machine {
	char *folder; /* everything of it lies there */
	char boot[37];
	int64_t booted_ms;   /* by the world's clock */
	int64_t wall_off_ms; /* its wall clock against the world's */
	int drift_ppm;       /* of both its clocks, since it booted */
	bool synchronised;   /* the kernel says NTP */
	bool dead;           /* every write fails from now on: the power is gone, or the process was killed */
	bool full;           /* the disk is */
	int64_t writes_left; /* until it dies; < 0: it does not */
};

/* The world's clock, UTC in ms, and the dice that everything random comes from. */
extern struct world_clock {
	int64_t now_ms;
	struct dice dice;
	struct machine *machine; /* that runs now */
} world;

/* Registers the layer and the randomness; once. */
void machine_init(void);
/* From now on this one runs; its state folder is where the program looks for it. */
void machine_enter(struct machine *m);
/* A new boot: boot id, clocks from zero. */
void machine_boot(struct machine *m);
/* After the files were closed. `power`: what was not synced is lost in part; else the process was killed and the system lives on. */
void machine_crash(struct machine *m, bool power);
/* Drops what is remembered of its files: they were replaced from outside. */
void machine_forget(struct machine *m);

/* Counts one write of the machine that runs: true when it must not happen. *after: it happens, and the machine dies then. */
bool machine_write(bool *after);

#endif
