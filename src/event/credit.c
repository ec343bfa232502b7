#include "event/credit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/member_words.h"

static const char *const GROUPS[CREDIT_GROUPS] = {"funder", "implementer", "partner"};

const char *credit_group_word(enum credit_group group) { return GROUPS[group]; }

static void credit_fini(struct credit *credit) {
	free(credit->key);
	json_free(credit->set);
}

void credits_fini(struct credits *credits) {
	for (size_t i = 0; i < credits->count; i++) {
		credit_fini(&credits->items[i]);
	}
	free(credits->items);
	*credits = (struct credits){0};
}

static bool is_key(const char *key) {
	size_t n = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return key[n] == '\0' && n > 0 && n <= CREDIT_KEY_MAX;
}

bool credit_key_check(const char *key, struct err *err) {
	return is_key(key) ||
	       err_set(err, ERR_USAGE, "a credit is called by a-z, 0-9 and \"-\", %d at most: \"eu\", \"city-council\"; not \"%s\"",
		       CREDIT_KEY_MAX, key);
}

/* A number as people write it, with a point or a comma. */
static bool read_number(const char *text, double most, double *out) {
	char copy[16];
	double value = 0;
	if (text[strspn(text, "0123456789.,")] != '\0' || !str_copy(copy, sizeof copy, text)) {
		return false;
	}
	char *comma = strchr(copy, ',');
	if (comma != NULL) {
		*comma = '.';
	}
	if (!str_to_double(copy, &value) || value > most) {
		return false;
	}
	*out = value;
	return true;
}

static double number_or(const struct json *set, const char *member, double most, double otherwise) {
	double value;
	const char *text = json_get_text(set, member);
	return !str_empty(text) && read_number(text, most, &value) ? value : otherwise;
}

static enum credit_group find_group(const char *word) {
	enum credit_group group = 0;
	while (group < CREDIT_GROUPS && !str_eq(GROUPS[group], word)) {
		group++;
	}
	return group;
}

static bool is_hash(const char *text) { return text != NULL && strlen(text) == 64 && text[strspn(text, "0123456789abcdef")] == '\0'; }

static const char *hash_of(const struct json *set, const char *member) {
	const char *text = json_get_text(set, member);
	return is_hash(text) ? text : NULL;
}

bool credits_add(struct credits *credits, const char *key, struct json *set) {
	if (!is_key(key)) {
		json_free(set);
		return false;
	}
	struct credit c = {.key = xstrdup(key), .set = set, .group = find_group(json_get_text(set, "group"))};
	c.group = c.group == CREDIT_GROUPS ? CREDIT_PARTNER : c.group;
	if (!str_to_i64(str_or_empty(json_get_text(set, "order")), &c.order)) {
		c.order = 0;
	}
	c.min_w = number_or(set, "min_width", CREDIT_MM_MAX, 0);
	c.min_h = number_or(set, "min_height", CREDIT_MM_MAX, 0);
	c.clear = number_or(set, "clear", CREDIT_CLEAR_MAX, CREDIT_CLEAR) / 100;
	c.logo = hash_of(set, "logo");
	c.screen = hash_of(set, "screen");
	ARRAY_GROW(credits, items);
	credits->items[credits->count++] = c;
	return true;
}

static int compare(const void *a, const void *b) {
	const struct credit *one = a, *other = b;
	if (one->group != other->group) {
		return one->group < other->group ? -1 : 1;
	}
	if (one->order != other->order) {
		return one->order < other->order ? -1 : 1;
	}
	return strcmp(one->key, other->key);
}

size_t credits_sort(struct credits *credits) {
	size_t left_out = 0;
	if (credits->count > 1) {
		qsort(credits->items, credits->count, sizeof *credits->items, compare);
	}
	for (; credits->count > CREDITS_MAX; left_out++) {
		credit_fini(&credits->items[--credits->count]);
	}
	return left_out;
}

int credits_find(const struct credits *credits, const char *key) {
	for (size_t i = 0; i < credits->count; i++) {
		if (str_eq(credits->items[i].key, key)) {
			return (int)i;
		}
	}
	return -1;
}

int64_t credits_next_order(const struct credits *credits) {
	int64_t most = 0;
	for (size_t i = 0; i < credits->count; i++) {
		most = credits->items[i].order > most ? credits->items[i].order : most;
	}
	return order_behind(most);
}

static const struct {
	const char *member;
	size_t most;
} TEXTS[] = {{"name", CREDIT_NAME_MAX}, {"sentence", CREDIT_SENTENCE_MAX}, {"disclaimer", CREDIT_DISCLAIMER_MAX}};

const char *credit_words(const struct credit *credit, const char *member, const char *language) {
	const char *text = member_words(credit->set, member, language);
	for (size_t i = 0; text != NULL && i < COUNT_OF(TEXTS); i++) { /* another program may have written any */
		if (str_eq(TEXTS[i].member, member) && strlen(text) > TEXTS[i].most) {
			return NULL;
		}
	}
	return text;
}

/* --- what is refused ------------------------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *member, *unit;
	double most;
} NUMBERS[] = {
	{"min_width", "mm", CREDIT_MM_MAX}, {"min_height", "mm", CREDIT_MM_MAX}, {"clear", "per cent of its height", CREDIT_CLEAR_MAX}};

static bool check_member(const char *member, const char *value, struct err *err) {
	double number;
	for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
		if (member_is_words(member, TEXTS[i].member)) {
			return strlen(value) <= TEXTS[i].most ||
			       err_set(err, ERR_USAGE, "%s is longer than %zu bytes", TEXTS[i].member, TEXTS[i].most);
		}
	}
	for (size_t i = 0; i < COUNT_OF(NUMBERS); i++) {
		if (str_eq(member, NUMBERS[i].member)) {
			return str_empty(value) || read_number(value, NUMBERS[i].most, &number) ||
			       err_set(err, ERR_USAGE, "%s is 0 to %.0f %s, not \"%s\"", member, NUMBERS[i].most, NUMBERS[i].unit, value);
		}
	}
	return true;
}

bool credit_check(const char *key, const struct json *set, struct err *err) {
	const char *group = str_or_empty(json_get_text(set, "group"));
	if (find_group(group) == CREDIT_GROUPS) {
		return err_set(err, ERR_USAGE, "%s is a funder, an implementer or a partner (--group), not \"%s\"", key, group);
	}
	if (member_words(set, "name", NULL) == NULL) {
		return err_set(err, ERR_USAGE, "%s has no name: --name \"uk=…\" --name \"en=…\"", key);
	}
	for (void *m = json_member_next(set, NULL); m != NULL; m = json_member_next(set, m)) {
		if (!check_member(json_member_key(m), str_or_empty(json_text(json_member_value(m))), err)) {
			return false;
		}
	}
	return true;
}

static size_t said_in(const struct credits *credits, const char *language) {
	size_t characters = 0;
	for (size_t i = 0; i < credits->count; i++) {
		characters += utf8_width(str_or_empty(credit_words(&credits->items[i], "sentence", language)));
		characters += utf8_width(str_or_empty(credit_words(&credits->items[i], "disclaimer", language)));
	}
	return characters;
}

bool credits_check(const struct credits *credits, struct err *err) {
	for (size_t i = 0; i < credits->count; i++) {
		const struct json *set = credits->items[i].set;
		for (void *m = json_member_next(set, NULL); m != NULL; m = json_member_next(set, m)) {
			const char *colon = strchr(json_member_key(m), ':'), *language = colon == NULL ? NULL : colon + 1;
			size_t said = said_in(credits, language);
			if (said > CREDITS_SAID_MAX) {
				return err_set(
					err, ERR_USAGE,
					"all sentences and disclaimers together have %zu characters in one language, and may have %d: "
					"shorten them",
					said, CREDITS_SAID_MAX);
			}
		}
	}
	return true;
}

/* --- logos side by side ---------------------------------------------------------------------------------------------------------------------- */

static double least_width(const struct credit_logo *logo) { return fmax(logo->min_w, logo->min_h * logo->aspect); }

/* Alone, with its clear space on both sides. */
static double most_width(const struct credit_row *row, const struct credit_logo *logo) {
	double by_height = row->height / (1 + 2 * logo->clear) * logo->aspect;
	double by_width = row->width / (1 + 2 * logo->clear / logo->aspect);
	return fmin(by_height, by_width);
}

static bool fits_alone(const struct credit_row *row, const struct credit_logo *logo) {
	return least_width(logo) <= most_width(row, logo) * (1 + 1e-9);
}

/* Places the first `count` with that area; returns how wide that is. Between two of them the larger clear space stays free. */
static double place(const struct credit_row *row, const struct credit_logo *logos, size_t count, double area, struct credit_place *out) {
	double x = 0, kept = 0;
	for (size_t i = 0; i < count; i++) {
		const struct credit_logo *logo = &logos[i];
		out[i] = (struct credit_place){0};
		if (!fits_alone(row, logo)) {
			continue;
		}
		double w = fmin(fmax(sqrt(area * logo->aspect), least_width(logo)), most_width(row, logo));
		double h = w / logo->aspect, clear = logo->clear * h;
		x += fmax(kept, clear);
		out[i] = (struct credit_place){x, (row->height - h) / 2, w, h};
		x += w;
		kept = clear;
	}
	return x + kept;
}

size_t credit_row(const struct credit_row *row, const struct credit_logo *logos, size_t count, struct credit_place *out) {
	size_t taken = count;
	double room = row->width * (1 + 1e-9);
	while (taken > 1 && place(row, logos, taken, row->least, out) > room) {
		taken--;
	}
	double low = row->least, high = row->most > 0 ? row->most : row->width * row->height;
	if (taken > 0 && place(row, logos, taken, high, out) > room) {
		for (int i = 0; i < 50; i++) { /* the width grows with the area */
			double middle = (low + high) / 2;
			if (place(row, logos, taken, middle, out) > room) {
				high = middle;
			} else {
				low = middle;
			}
		}
		place(row, logos, taken, low, out);
	}
	return taken;
}
