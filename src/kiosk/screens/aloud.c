#include "kiosk/screens/aloud.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/focus.h"

/* --- the words that are drawn ---------------------------------------------------------------------------------------------------------- */

static bool is_inside(struct box outer, struct box inner) {
	struct pixel middle = {inner.x + inner.w / 2, inner.y + inner.h / 2};
	return box_holds(outer, middle);
}

/* Whether what is drawn there belongs to something that can be touched; what covers the whole (a countdown) has no words of its own. */
static bool is_of_an_area(const struct draw_list *list, const struct draw_command *c) {
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].kind == DRAW_TOUCH && list->items[i].action != ACTION_STILL_HERE &&
		    is_inside(list->items[i].box, c->box)) {
			return true;
		}
	}
	return false;
}

/* Lines of one label follow each other; the digits of a clock stand side by side. */
static const char *joint(const struct draw_command *before, const struct draw_command *c) {
	bool alike = before->face == c->face && before->size == c->size && before->colour == c->colour;
	if (alike && before->box.y == c->box.y && c->box.x >= before->box.x && c->box.x - before->box.x - before->box.w <= c->size / 2) {
		return "";
	}
	return alike && c->box.y == before->box.y + before->box.h ? " " : "\n";
}

struct gathered {
	struct strbuf *out;
	const struct draw_command *before;
};

static void gather(struct gathered *g, const struct draw_list *list, const struct draw_command *c) {
	strbuf_adds(g->out, g->before == NULL ? "" : joint(g->before, c));
	strbuf_adds(g->out, draw_text_of(list, c));
	g->before = c;
}

static void gather_screen(const struct draw_list *list, struct strbuf *out) {
	struct gathered g = {.out = out};
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].kind == DRAW_TEXT && !list->items[i].quiet && !is_of_an_area(list, &list->items[i])) {
			gather(&g, list, &list->items[i]);
		}
	}
	strbuf_adds(out, g.before == NULL ? "" : "\n");
}

/* Signs that stand alone on a button, and keys that no voice reads. */
static const struct {
	const char *drawn, *context, *words;
} NAMES[] = {
	{"access", "read aloud", MARK("read aloud", "Large text, sound, and more")},
	{"erase", "read aloud", MARK("read aloud", "Erase the last character")},
	{"␣", "read aloud", MARK("read aloud", "Space")},
	{" ", "read aloud", MARK("read aloud", "Space")},
	{"‹", "read aloud", MARK("read aloud", "Earlier")},
	{"›", "read aloud", MARK("read aloud", "Later")},
	{"-", "read aloud", MARK("read aloud", "Hyphen")},
	{"ʼ", "read aloud", MARK("read aloud", "Apostrophe")},
	{"'", "read aloud", MARK("read aloud", "Apostrophe")},
	{"ь", "read aloud", MARK("read aloud", "Soft sign")},
	{"Ь", "read aloud", MARK("read aloud", "Soft sign")},
};

static const char *name_of(const struct model *m, const char *drawn) {
	for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
		if (str_eq(NAMES[i].drawn, drawn)) {
			return words_get_in(m->words, model_language(m), NAMES[i].context, NAMES[i].words);
		}
	}
	return NULL;
}

static void gather_area(const struct model *m, const struct draw_list *list, const struct draw_command *area, struct strbuf *out) {
	struct gathered g = {.out = out};
	const char *icon = NULL;
	bool done = false;
	for (size_t i = 0; i < list->count; i++) {
		const struct draw_command *c = &list->items[i];
		if (c->kind == DRAW_TEXT && is_inside(area->box, c->box)) {
			gather(&g, list, c);
		} else if (c->kind == DRAW_ICON && is_inside(area->box, c->box)) {
			icon = draw_text_of(list, c);
			done = str_eq(icon, "done");
		}
	}
	/* The key for a blank is the one that has nothing on it. */
	const char *sign = out->len > 0 ? strbuf_str(out) : icon != NULL ? icon : area->argument == ' ' ? " " : "";
	const char *name = name_of(m, sign);
	if (name != NULL) {
		strbuf_reset(out);
		strbuf_adds(out, name);
	}
	if (done && model_shows(m, SCREEN_ACCESS)) {
		strbuf_addf(out, "\n%s", words_get_in(m->words, model_language(m), "read aloud", MARK("read aloud", "On")));
	}
}

/* --- what is new ---------------------------------------------------------------------------------------------------------------------------- */

/* Numbers count for nothing: a clock goes on, seconds are counted down. */
static size_t without_digits(const char *line, size_t n, char *out, size_t cap) {
	size_t length = 0;
	for (size_t i = 0; i < n && length < cap; i++) {
		if (!str_is_digit(line[i])) {
			out[length++] = line[i];
		}
	}
	return length;
}

static bool was_said(const struct strbuf *before, const char *line, size_t n) {
	char one[512], other[512];
	size_t length = without_digits(line, n, one, sizeof one);
	for (const char *at = strbuf_str(before); *at != '\0';) {
		size_t end = strcspn(at, "\n");
		if (without_digits(at, end, other, sizeof other) == length && memcmp(one, other, length) == 0) {
			return true;
		}
		at += end + (at[end] != '\0');
	}
	return false;
}

/* Of a name in another alphabet whose letters do not tell: the first language of the event that writes so. */
static const char *cyrillic_of(const struct model *m) {
	for (size_t i = 0; m->event != NULL && i < m->event->language_count; i++) {
		if (str_eq(m->event->languages[i], "uk") || str_eq(m->event->languages[i], "ru")) {
			return m->event->languages[i];
		}
	}
	return "uk";
}

static bool add_lines(struct speech *out, const struct speech_tongue *tongue, const struct strbuf *lines, const struct strbuf *said) {
	bool any = false;
	for (const char *at = strbuf_str(lines); *at != '\0';) {
		size_t n = strcspn(at, "\n");
		if (n > 0 && (said == NULL || !was_said(said, at, n))) {
			char *line = xstrndup(at, n);
			speech_add(out, tongue, line);
			crypto_wipe(line, n);
			free(line);
			any = true;
		}
		at += n + (at[n] != '\0');
	}
	return any;
}

static void replace(struct strbuf *old, struct strbuf *now) {
	crypto_wipe(old->data, old->len);
	strbuf_fini(old);
	*old = *now;
}

static bool is_secret(const struct model *m) { return model_behind_pin(m) || model_shows(m, SCREEN_PIN); }

static bool turn_off(struct aloud *a) {
	bool was = a->on;
	aloud_fini(a);
	return was;
}

bool aloud_next(struct aloud *a, const struct model *m, const struct draw_list *list, struct speech *out) {
	if (!m->access.aloud || is_secret(m)) {
		return turn_off(a);
	}
	struct strbuf lines = {0}, area = {0};
	struct speech_tongue tongue = {words_code(m->words, model_language(m)), cyrillic_of(m)};
	const struct draw_command *focus = focus_find(list, &m->focus);
	bool same = a->on && a->owner == list->owner && a->opening == m->openings && a->language == model_language(m);
	gather_screen(list, &lines);
	if (focus != NULL) {
		gather_area(m, list, focus, &area);
	}
	bool news = add_lines(out, &tongue, &lines, same ? &a->lines : NULL);
	if (focus != NULL && (!same || !str_eq(strbuf_str(&area), strbuf_str(&a->area)))) {
		news = add_lines(out, &tongue, &area, NULL) || news;
	}
	replace(&a->lines, &lines);
	replace(&a->area, &area);
	a->owner = list->owner;
	a->opening = m->openings;
	a->language = model_language(m);
	a->on = true;
	return news;
}

void aloud_fini(struct aloud *a) {
	struct strbuf none = {0}, nothing = {0};
	replace(&a->lines, &none);
	replace(&a->area, &nothing);
	*a = (struct aloud){0};
}
