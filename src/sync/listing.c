#include "sync/listing.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define SMALL 128 /* heads that are listed at once, however many parts were asked for: less than two more rounds cost */
#define PARTS 32  /* into which a larger one is divided */

/* --- answering ------------------------------------------------------------------------------------------------------------------------- */

static void tell_list(const struct heads *all, const struct span *span, size_t begin, size_t count, struct strbuf *text) {
	message_put_list(text, span);
	for (size_t i = begin; i < begin + count; i++) {
		message_put_point(text, "have", &all->items[i]);
	}
}

static void tell_part(const struct heads *all, const struct span *span, size_t begin, size_t count, struct strbuf *text) {
	struct message_part part = {*span, heads_digest(all->items + begin, count)};
	message_put_part(text, &part);
}

/* Where the part that begins there ends. The heads of one log stay together; one that would make the part much larger begins the next, so that a span
 * of several logs is always divided. */
static size_t part_end(const struct heads *all, size_t at, size_t next, size_t end) {
	size_t begin = next;
	while (begin < end && begin > at && crypto_hash_eq(&all->items[begin].log, &all->items[begin - 1].log)) {
		begin--;
	}
	if (begin > at && begin < next) {
		return begin;
	}
	while (next < end && crypto_hash_eq(&all->items[next].log, &all->items[next - 1].log)) {
		next++;
	}
	return next < end ? next : end;
}

/* Parts of about the same number of heads. */
static size_t tell_parts(const struct heads *all, const struct span *span, size_t begin, size_t count, struct strbuf *text) {
	struct span part = *span;
	size_t told = 0, end = begin + count;
	for (size_t at = begin; at < end; told++) {
		size_t next = part_end(all, at, at + (count + PARTS - 1) / PARTS, end);
		part.endless = next == end && span->endless;
		part.to = next == end ? span->to : all->items[next].log;
		tell_part(all, &part, at, next - at, text);
		part.from = part.to;
		at = next;
	}
	return told;
}

/* One log cannot be divided, however many branches it has: to tell its digest once more would bring nobody further. */
static bool is_one_log(const struct heads *all, size_t begin, size_t count) {
	return crypto_hash_eq(&all->items[begin].log, &all->items[begin + count - 1].log);
}

void listing_tell(const struct heads *all, const struct spans *asked, struct strbuf *text) {
	size_t spans = asked->count == 0 ? 1 : asked->count < LISTING_ASKS ? asked->count : LISTING_ASKS;
	size_t fits = LISTING_LINES / spans > SMALL ? LISTING_LINES / spans : SMALL;
	size_t lines = 0;
	for (size_t i = 0; i < spans; i++) {
		struct span span = asked->count == 0 ? SPAN_ALL : asked->items[i];
		if (i > 0 && (asked->items[i - 1].endless || memcmp(span.from.b, asked->items[i - 1].to.b, HASH_LEN) < 0)) {
			break; /* nobody honest asks so: each would cost the whole list once more */
		}
		size_t begin;
		size_t count = span_slice(&span, all, &begin);
		if (lines < LISTING_LINES && (count <= fits || is_one_log(all, begin, count))) {
			tell_list(all, &span, begin, count, text);
			lines += 1 + count;
		} else if (lines < LISTING_LINES) {
			lines += tell_parts(all, &span, begin, count, text);
		} else { /* no room in this answer: it will be asked for again, unless it is the same */
			tell_part(all, &span, begin, count, text);
			lines++;
		}
	}
}

/* --- asking ---------------------------------------------------------------------------------------------------------------------------- */

void listing_ask(const struct spans *open, struct strbuf *text) {
	static const struct span all = {.endless = true};
	if (open->count == 0) {
		message_put_list(text, &all);
	}
	for (size_t i = 0; i < open->count && i < LISTING_ASKS; i++) {
		message_put_list(text, &open->items[i]);
	}
}

static int by_from(const void *a, const void *b) {
	return memcmp(((const struct span *)a)->from.b, ((const struct span *)b)->from.b, HASH_LEN);
}

static void sort_spans(struct spans *spans) {
	if (spans->count > 1) {
		qsort(spans->items, spans->count, sizeof *spans->items, by_from);
	}
}

/* Is the log in one of the spans, which are sorted and apart from each other? */
static bool any_holds(const struct spans *spans, const struct hash *log) {
	size_t low = 0, high = spans->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (memcmp(spans->items[middle].from.b, log->b, HASH_LEN) <= 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low > 0 && span_holds(&spans->items[low - 1], log);
}

/* Moves those heads that lie in one of the spans (`in`) or in none from one list to the end of another. */
static void move_heads(struct heads *from, const struct spans *spans, bool in, struct heads *to) {
	size_t kept = 0;
	for (size_t i = 0; i < from->count; i++) {
		if (any_holds(spans, &from->items[i].log) == in) {
			ARRAY_GROW(to, items);
			to->items[to->count++] = from->items[i];
		} else {
			from->items[kept++] = from->items[i];
		}
	}
	from->count = kept;
}

/* The parts of an answer that are the same as ours are known by that; the others are asked for next. */
static void compare_parts(const struct heads *own, const struct message *answer, struct spans *same, struct spans *open) {
	for (size_t i = 0; i < answer->parts.count; i++) {
		const struct message_part *part = &answer->parts.items[i];
		size_t begin;
		size_t count = span_slice(&part->span, own, &begin);
		struct hash digest = heads_digest(own->items + begin, count);
		spans_add(crypto_hash_eq(&digest, &part->digest) ? same : open, &part->span);
	}
}

/* An honest side's are apart from each other; each that overlaps would cost us the whole list once more. */
static bool are_apart(const struct message *answer) {
	struct spans all = {0};
	for (size_t i = 0; i < answer->lists.count; i++) {
		spans_add(&all, &answer->lists.items[i]);
	}
	for (size_t i = 0; i < answer->parts.count; i++) {
		spans_add(&all, &answer->parts.items[i].span);
	}
	sort_spans(&all);
	bool apart = true;
	for (size_t i = 1; apart && i < all.count; i++) {
		const struct span *before = &all.items[i - 1];
		apart = !before->endless && memcmp(before->to.b, all.items[i].from.b, HASH_LEN) <= 0;
	}
	spans_fini(&all);
	return apart;
}

bool listing_take(struct heads *points, const struct heads *own, struct message *answer, struct spans *open, struct err *err) {
	struct spans same = {0}, next = {0}, known = {0};
	struct heads all = {0};
	if (!are_apart(answer)) {
		return err_set(err, ERR_INPUT, "the parts of a list of logs overlap");
	}
	compare_parts(own, answer, &same, &next);
	for (size_t i = LISTING_ASKS; i < open->count; i++) { /* what did not go into the question */
		spans_add(&next, &open->items[i]);
	}
	for (size_t i = 0; i < same.count; i++) {
		size_t begin;
		size_t count = span_slice(&same.items[i], own, &begin);
		for (size_t k = begin; k < begin + count; k++) {
			ARRAY_GROW(&all, items);
			all.items[all.count++] = own->items[k];
		}
		spans_add(&known, &same.items[i]);
	}
	for (size_t i = 0; i < answer->lists.count; i++) {
		spans_add(&known, &answer->lists.items[i]);
	}
	sort_spans(&known);
	sort_spans(&answer->lists);
	move_heads(points, &known, false, &all);
	move_heads(&answer->have, &answer->lists, true, &all);
	heads_sort(&all);
	heads_fini(points);
	*points = all;
	spans_fini(open);
	*open = next;
	spans_fini(&same);
	spans_fini(&known);
	return true;
}
