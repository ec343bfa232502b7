#include "lib/ways.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "sync/message.h"

static unsigned roll(unsigned *seed, unsigned below) {
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

void ways_grow(struct way ways[WAYS], unsigned seed) {
	int word = 0;
	ways[0] = (struct way){.count = 6};
	for (int i = 0; i < 6; i++) {
		ways[0].words[i] = word++;
	}
	for (int p = 1; p < WAYS; p++) {
		const struct way *from = &ways[roll(&seed, (unsigned)p)];
		int keep = p < WAYS / 2 ? 2 + (int)roll(&seed, 2) : (int)roll(&seed, (unsigned)from->count + 1);
		ways[p] = *from;
		ways[p].count = keep < from->count ? keep : from->count;
		int more = 1 + (int)roll(&seed, 3);
		for (int i = 0; i < more && ways[p].count < WAY_DEEP; i++) {
			ways[p].words[ways[p].count++] = word++;
		}
	}
}

void ways_mix(int order[WAYS], unsigned seed) {
	for (int i = 0; i < WAYS; i++) {
		int at = (int)roll(&seed, (unsigned)i + 1);
		order[i] = order[at];
		order[at] = i;
	}
}

void way_write(const struct way *way, const struct craft_member *member, struct store *event, int number, struct strbuf *text) {
	struct craft c;
	craft_join(&c, member, event, number, text);
	for (int i = 0; i < way->count; i++) {
		char word[20];
		snprintf(word, sizeof word, "word %d", way->words[i]);
		craft_notes(&c, word, 1, text);
	}
}

bool ways_take(const struct replica_ops *ops, void *self, struct strbuf *text, struct err *err) {
	struct message message = {0};
	struct strbuf whole = {0};
	message_begin(&whole, MESSAGE_STICK);
	strbuf_add(&whole, text->data, text->len);
	strbuf_reset(text);
	if (!message_read(&whole, &message, err)) {
		strbuf_fini(&whole);
		return false;
	}
	struct intake intake = {.runs = message.runs, .count = message.run_count};
	intake.fates = xcalloc(intake.count + 1, sizeof *intake.fates);
	bool ok = ops->take(self, &intake, err);
	for (size_t i = 0; ok && i < intake.count; i++) {
		const struct run_fate *fate = &intake.fates[i];
		ok = (!fate->wrong || err_set(err, ERR_INPUT, "a run is wrong: %s", fate->why)) &&
		     (fate->result.outcome != MERGE_PACED || err_set(err, ERR_REFUSED, "a run was held back"));
	}
	free(intake.fates);
	message_fini(&message);
	return ok;
}
