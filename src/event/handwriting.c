#include "event/handwriting.h"

#include <math.h>
#include <stdlib.h>

size_t handwriting_end(const struct handwriting *hand, size_t stroke) {
	return stroke + 1 < hand->strokes ? hand->starts[stroke + 1] : hand->count;
}

int64_t handwriting_length(const struct handwriting *hand) {
	double sum = 0;
	for (size_t s = 0; s < hand->strokes; s++) {
		for (size_t i = hand->starts[s] + 1; i < handwriting_end(hand, s); i++) {
			sum += hypot(hand->points[i].x - hand->points[i - 1].x, hand->points[i].y - hand->points[i - 1].y);
		}
	}
	return (int64_t)sum;
}

static void write_stroke(const struct handwriting *hand, size_t stroke, size_t step, struct json_writer *w) {
	size_t end = handwriting_end(hand, stroke), last = end - 1;
	struct written_point before = {0, 0, 0};
	json_open(w, NULL, '[');
	for (size_t i = hand->starts[stroke]; i < end; i = i < last && i + step > last ? last : i + step) {
		const struct written_point *p = &hand->points[i];
		json_put_int(w, NULL, p->x - before.x);
		json_put_int(w, NULL, p->y - before.y);
		json_put_int(w, NULL, p->ms - before.ms);
		before = *p;
	}
	json_close(w, ']');
}

void handwriting_write(const struct handwriting *hand, size_t step, struct json_writer *w) {
	json_put_int(w, "across", hand->across);
	json_put_int(w, "down", hand->down);
	json_open(w, "strokes", '[');
	for (size_t i = 0; i < hand->strokes; i++) {
		write_stroke(hand, i, step, w);
	}
	json_close(w, ']');
}

/* Anybody's numbers: their sums stay small, as each is small and so is what they are added to. */
static bool add_point(const struct json *stroke, size_t i, struct written_point *before, struct handwriting *out) {
	int64_t x, y, ms;
	if (out->count == HANDWRITING_POINTS_MAX || !json_int(json_at(stroke, i), &x) || !json_int(json_at(stroke, i + 1), &y) ||
	    !json_int(json_at(stroke, i + 2), &ms) || llabs(x) > HANDWRITING_UNIT || llabs(y) > HANDWRITING_UNIT || ms < 0 ||
	    ms > HANDWRITING_MS_MAX) {
		return false;
	}
	struct written_point p = {before->x + (int)x, before->y + (int)y, before->ms + (int32_t)ms};
	if (p.x < 0 || p.y < 0 || p.x > HANDWRITING_UNIT || p.y > HANDWRITING_UNIT || p.ms > HANDWRITING_MS_MAX) {
		return false;
	}
	*before = out->points[out->count++] = p;
	return true;
}

static bool read_stroke(const struct json *stroke, struct handwriting *out) {
	struct written_point before = {0, 0, 0};
	size_t n = json_count(stroke);
	if (json_kind(stroke) != JSON_KIND_ARRAY || n == 0 || n % 3 != 0 || out->strokes == HANDWRITING_STROKES_MAX) {
		return false;
	}
	out->starts[out->strokes++] = out->count;
	for (size_t i = 0; i < n; i += 3) {
		if (!add_point(stroke, i, &before, out)) {
			return false;
		}
	}
	return true;
}

bool handwriting_read(const struct json *object, struct handwriting *out) {
	const struct json *strokes = json_get(object, "strokes");
	int64_t across = json_get_int(object, "across", 0), down = json_get_int(object, "down", 0);
	*out = (struct handwriting){0};
	if (across < 0 || down < 0 || across > HANDWRITING_UNIT || down > HANDWRITING_UNIT || json_kind(strokes) != JSON_KIND_ARRAY) {
		return false;
	}
	out->across = (int)across;
	out->down = (int)down;
	for (size_t i = 0; i < json_count(strokes); i++) {
		if (!read_stroke(json_at(strokes, i), out)) {
			return false;
		}
	}
	return true;
}
