/* The words of a name are judged one by one (event/name_parts.h), then beside each other (sure_given). What is not sure is never shown: a family name that was
 * taken for a given one would tell everybody who stands there what the row must not. */
#include "event/public_name.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "event/name_parts.h"

#define INITIALS_MAX 3 /* more would be no help */
#define NOBODY NAME_PARTS_MAX

/* --- which is the given name ------------------------------------------------------------------------------------------------------------------ */

/* A patronymic stands behind the given name in any order. */
static size_t before_patronymic(const struct name_parts *name) {
	for (size_t i = 1; i < name->count; i++) {
		enum name_part_kind kind = name->items[i].kind, before = name->items[i - 1].kind;
		bool sure =
			kind == NAME_PATRONYMIC || (kind == NAME_VICH && (before == NAME_GIVEN || name_parts_count(name, NAME_GIVEN) == 0));
		if (sure && (before == NAME_GIVEN || before == NAME_OPEN)) {
			return i - 1;
		}
	}
	return NOBODY;
}

static size_t next_core(const struct name_parts *name, size_t from, size_t to) {
	while (from < to && !name_part_is_core(&name->items[from])) {
		from++;
	}
	return from < to ? from : NOBODY;
}

/* "Рак, Олена": a family name before a comma. */
static bool behind_comma(const struct name_parts *name, size_t *out) {
	size_t before = next_core(name, 0, name->before_comma), behind = next_core(name, name->before_comma, name->count);
	if (before == NOBODY || behind == NOBODY || next_core(name, before + 1, name->before_comma) != NOBODY) {
		return false;
	}
	enum name_part_kind first = name->items[before].kind, second = name->items[behind].kind;
	*out = second == NAME_GIVEN || (second == NAME_OPEN && first != NAME_GIVEN) ? behind : NOBODY;
	return true;
}

/* "Anna Maria Kowalska": several at the beginning, and a family name at the end. */
static bool begin_and_end(const struct name_parts *name) {
	size_t i = 0;
	while (i < name->count && name->items[i].kind == NAME_GIVEN) {
		i++;
	}
	return i == name_parts_count(name, NAME_GIVEN) && name->items[name->count - 1].kind == NAME_FAMILY;
}

static size_t find_kind(const struct name_parts *name, enum name_part_kind kind) {
	size_t i = 0;
	while (i < name->count && name->items[i].kind != kind) {
		i++;
	}
	return i < name->count ? i : NOBODY;
}

/* NOBODY: nothing tells, so no word is shown in full. */
static size_t sure_given(const struct name_parts *name) {
	size_t initials = name_parts_count(name, NAME_INITIAL), core = name->count - initials - name_parts_count(name, NAME_PARTICLE),
	       found;
	if (core < 2) { /* "Роман О. В.", "Mr Martin", "Захар (Київ)": given names of others are family names */
		return NOBODY;
	}
	found = before_patronymic(name);
	if (found != NOBODY || behind_comma(name, &found)) {
		return found;
	}
	size_t given = name_parts_count(name, NAME_GIVEN);
	if (given > 0) {
		return given == 1 ? find_kind(name, NAME_GIVEN) : begin_and_end(name) ? 0 : NOBODY;
	}
	bool one_of_each = core == 2 && name_parts_count(name, NAME_FAMILY) == 1;
	return one_of_each ? find_kind(name, NAME_OPEN) : NOBODY;
}

/* Whose initial stands behind the given name. */
static size_t find_family(const struct name_parts *name, size_t given) {
	static const enum name_part_kind likeliest[] = {NAME_FAMILY,     NAME_OPEN,    NAME_GIVEN,   NAME_VICH,
							NAME_PATRONYMIC, NAME_INITIAL, NAME_PARTICLE};
	for (size_t k = 0; k < COUNT_OF(likeliest); k++) {
		for (size_t i = 0; i < name->count; i++) {
			if (i != given && name->items[i].kind == likeliest[k]) {
				return i;
			}
		}
	}
	return NOBODY;
}

/* --- writing ------------------------------------------------------------------------------------------------------------------------------- */

static void put_upper(struct strbuf *out, uint32_t c) {
	char letter[5] = "", *upper;
	letter[utf8_put(c, letter)] = '\0';
	upper = utf8_upper(letter);
	strbuf_adds(out, upper);
	free(upper);
}

static void put_initial(struct strbuf *out, const struct name_part *word) {
	const char *at = word->text;
	uint32_t c = utf8_next(&at);
	while (*at != '\0' && !utf8_is_letter(c)) {
		c = utf8_next(&at);
	}
	strbuf_adds(out, out->len > 0 ? " " : "");
	put_upper(out, c);
	strbuf_adds(out, ".");
}

/* Whatever keys it was typed with: "ОЛЕНА" and "олена" are Олена. */
static void put_word(struct strbuf *out, const char *text) {
	char *upper = utf8_upper(text);
	bool shouted = str_eq(upper, text), begins = true;
	free(upper);
	while (*text != '\0') {
		uint32_t c = utf8_next(&text);
		if (begins) {
			put_upper(out, c);
		} else {
			utf8_append(out, shouted ? utf8_lower(c) : c);
		}
		begins = begins ? !utf8_is_letter(c) : c == '-';
	}
}

static void put_initials(struct strbuf *out, const struct name_parts *name) {
	size_t core = next_core(name, 0, name->count), initial = find_kind(name, NAME_INITIAL);
	if (initial != NOBODY && core != NOBODY && next_core(name, core + 1, name->count) == NOBODY) { /* "Рак О. В." */
		put_initial(out, &name->items[initial]);
		put_initial(out, &name->items[core]);
		return;
	}
	for (size_t i = 0, put = 0; i < name->count && put < INITIALS_MAX; i++) {
		enum name_part_kind kind = name->items[i].kind;
		if (core == NOBODY || kind == NAME_OPEN || kind == NAME_GIVEN || kind == NAME_FAMILY) {
			put_initial(out, &name->items[i]);
			put++;
		}
	}
}

char *public_name(const char *text, const struct given_names *given) {
	struct strbuf out = {0};
	struct name_parts name;
	name_parts_read(text, given, &name);
	size_t shown = sure_given(&name), family = find_family(&name, shown);
	if (name.count == 0 || (name.count == 1 && !name.more)) {
		strbuf_adds(&out, text);
	} else if (shown != NOBODY) {
		put_word(&out, name.items[shown].text);
		if (family != NOBODY) {
			put_initial(&out, &name.items[family]);
		}
	} else {
		put_initials(&out, &name);
	}
	name_parts_fini(&name);
	return strbuf_detach(&out);
}
