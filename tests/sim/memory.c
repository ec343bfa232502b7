#include "sim/memory.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define UNIT 16    /* bytes, and what pieces are aligned to */
#define SIZES 128  /* pieces of fewer units have a list; larger ones are malloc's */
#define BATCH 4096 /* units that are taken from malloc at once, for ever */

#ifdef __SANITIZE_ADDRESS__
#define WATCHED true
#else
#define WATCHED false
#endif

union piece {
	size_t units;      /* while it is taken: of what follows */
	union piece *next; /* while it is in its list */
	_Alignas(UNIT) char room[UNIT];
};

static struct {
	union piece *free[SIZES];
	union piece *batch;
	size_t left; /* units of the batch */
} memory;

static union piece *head_of(void *data) { return (union piece *)data - 1; }

static union piece *cut(size_t units) {
	if (memory.left < units + 1) {
		memory.batch = xmalloc(BATCH * sizeof *memory.batch);
		memory.left = BATCH;
	}
	union piece *piece = memory.batch;
	memory.batch += units + 1;
	memory.left -= units + 1;
	return piece;
}

static void *take(int n) {
	size_t units = ((size_t)n + UNIT - 1) / UNIT;
	union piece *piece;
	if (units >= SIZES) {
		piece = xmalloc((units + 1) * sizeof *piece);
	} else if (memory.free[units] != NULL) {
		piece = memory.free[units];
		memory.free[units] = piece->next;
	} else {
		piece = cut(units);
	}
	piece->units = units;
	return piece + 1;
}

static void give(void *data) {
	union piece *piece = data == NULL ? NULL : head_of(data);
	if (piece != NULL && piece->units < SIZES) {
		size_t units = piece->units;
		piece->next = memory.free[units];
		memory.free[units] = piece;
	} else {
		free(piece);
	}
}

static int size_of(void *data) { return data == NULL ? 0 : (int)(head_of(data)->units * UNIT); }

static void *resize(void *data, int n) {
	int before = size_of(data);
	void *other = take(n);
	memcpy(other, data, (size_t)(before < n ? before : n));
	give(data);
	return other;
}

static int round_up(int n) { return (n + UNIT - 1) / UNIT * UNIT; }

static int begin(void *context) {
	(void)context;
	return SQLITE_OK;
}

static void end(void *context) { (void)context; }

void memory_init(void) {
	static const sqlite3_mem_methods methods = {.xMalloc = take,
						    .xFree = give,
						    .xRealloc = resize,
						    .xSize = size_of,
						    .xRoundup = round_up,
						    .xInit = begin,
						    .xShutdown = end};
	if (!WATCHED) {
		sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
	}
}
