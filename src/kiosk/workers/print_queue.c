#include "kiosk/workers/print_queue.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

void print_queue_fini(struct print_queue *q) {
	free(q->waiting.items);
	free(q->missed.items);
	*q = (struct print_queue){0};
}

static bool same(const struct print_entry *a, const struct print_entry *b) { return str_eq(a->person, b->person) && a->slip == b->slip; }

static bool holds(const struct print_list *list, const struct print_entry *entry) {
	for (size_t i = 0; i < list->count; i++) {
		if (same(&list->items[i], entry)) {
			return true;
		}
	}
	return false;
}

static void add(struct print_list *list, size_t at, const struct print_entry *entry) {
	ARRAY_GROW(list, items);
	memmove(list->items + at + 1, list->items + at, (list->count - at) * sizeof *list->items);
	list->items[at] = *entry;
	list->count++;
}

static void drop(struct print_list *list, size_t at) {
	list->count--;
	memmove(list->items + at, list->items + at + 1, (list->count - at) * sizeof *list->items);
}

static void drop_person(struct print_list *list, size_t from, const char *person) {
	size_t kept = from;
	for (size_t i = from; i < list->count; i++) {
		if (!str_eq(list->items[i].person, person)) {
			list->items[kept++] = list->items[i];
		}
	}
	list->count = kept;
}

bool print_queue_put(struct print_queue *q, const struct print_entry *entry) {
	bool batch = entry->wish == PRINT_BATCH;
	/* Of a batch nobody is twice; looking for each would take the square of their number. */
	for (size_t i = 0; i < q->urgent; i++) {
		if (same(&q->waiting.items[i], entry)) {
			return false;
		}
	}
	if (!batch && entry->person[0] != '\0') {
		drop_person(&q->missed, 0, entry->person);
	}
	if (q->waiting.count >= PRINT_BATCH_MAX || (!batch && q->urgent >= PRINT_WAITING_MAX)) {
		print_queue_miss(q, entry);
		return true;
	}
	add(&q->waiting, batch ? q->waiting.count : q->urgent, entry);
	q->urgent += !batch;
	return true;
}

static int64_t stale_at(const struct print_queue *q, const struct print_entry *e) {
	if (e->wish != PRINT_BATCH) {
		return e->asked_ms + (q->fresh_ms > 0 ? q->fresh_ms : PRINT_FRESH_MS);
	}
	return (e->asked_ms > q->moved_ms ? e->asked_ms : q->moved_ms) + PRINT_PATIENT_MS;
}

bool print_queue_pass(struct print_queue *q, int64_t now_ms) {
	size_t kept = 0, urgent = 0;
	for (size_t i = 0; i < q->waiting.count; i++) {
		const struct print_entry e = q->waiting.items[i];
		if (now_ms >= stale_at(q, &e)) {
			print_queue_miss(q, &e);
		} else {
			urgent += i < q->urgent;
			q->waiting.items[kept++] = e;
		}
	}
	bool changed = kept != q->waiting.count;
	q->waiting.count = kept;
	q->urgent = urgent;
	return changed;
}

int64_t print_queue_deadline(const struct print_queue *q) {
	int64_t at = INT64_MAX;
	for (size_t i = 0; i < q->waiting.count && i <= q->urgent; i++) { /* of a batch the first one is as good as any */
		int64_t one = stale_at(q, &q->waiting.items[i]);
		at = one < at ? one : at;
	}
	return at;
}

const struct print_entry *print_queue_next(const struct print_queue *q) { return q->waiting.count == 0 ? NULL : &q->waiting.items[0]; }

void print_queue_take(struct print_queue *q, struct print_entry *out) {
	*out = q->waiting.items[0];
	drop(&q->waiting, 0);
	q->urgent -= q->urgent > 0;
}

void print_queue_done(struct print_queue *q, const char *person, int64_t now_ms) {
	q->moved_ms = now_ms;
	if (person[0] != '\0') {
		drop_person(&q->waiting, q->urgent, person);
		drop_person(&q->missed, 0, person);
	}
}

void print_queue_miss(struct print_queue *q, const struct print_entry *entry) {
	bool counts = entry->person[0] != '\0' && q->missed.count < PRINT_BATCH_MAX;
	if (counts && (entry->wish == PRINT_BATCH || !holds(&q->missed, entry))) {
		add(&q->missed, q->missed.count, entry);
	}
}

void print_queue_retry(struct print_queue *q, int64_t now_ms) {
	struct print_list missed = q->missed;
	q->missed = (struct print_list){0};
	for (size_t i = 0; i < missed.count; i++) {
		struct print_entry e = missed.items[i];
		e.asked_ms = now_ms;
		e.wish = e.wish == PRINT_AGAIN ? PRINT_AGAIN : PRINT_BATCH;
		print_queue_put(q, &e);
	}
	free(missed.items);
}

void print_queue_forget(struct print_queue *q) {
	free(q->missed.items);
	q->missed = (struct print_list){0};
}

void print_queue_stop(struct print_queue *q) { q->waiting.count = q->urgent; }
