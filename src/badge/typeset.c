#include "badge/typeset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "words/glue.h"

#define NAME_LEADING 1.1
#define TEXT_LEADING 1.25
#define PILL_LEADING 1.12
#define SHRINK 0.94      /* one step of the texts around the name */
#define NAME_WORTH 1.03  /* so much larger a name is worth smaller texts around it */
#define UNBOUNDED 1000.0 /* mm */
#define NO_BREAK "\xC2\xA0"

/* "Олена Приклад" in two lines, "Приклад Олена Іванівна" too: the first word has a line of its own. Longer names flow. */
static char *name_in_lines(const char *name) {
	char *text = text_glued(name);
	size_t spaces = 0;
	for (const char *at = text; *at != '\0'; at++) {
		spaces += *at == ' ';
	}
	if (spaces == 1 || spaces == 2) {
		*strchr(text, ' ') = '\n';
	}
	return text;
}

static char *place_of(const struct badge *b) {
	bool both = !str_empty(b->community) && !str_empty(b->region);
	char *plain = xasprintf("%s%s%s", str_or_empty(b->community), both ? " · " : "", str_or_empty(b->region));
	char *text = text_glued(plain);
	free(plain);
	return text;
}

static char *pill_of(const struct badge *b) {
	char *upper = utf8_upper(str_or_empty(b->category));
	char *text = text_glued(upper);
	free(upper);
	return text;
}

static void take_texts(struct typeset *t, const struct badge *b, const struct badge_layout_spec *spec) {
	enum text_align align = spec->centred ? TEXT_CENTRE : TEXT_LEFT;
	*t = (struct typeset){
		.spec = {
			[BADGE_PART_NAME] = {.text = name_in_lines(str_or_empty(b->name)),
					     .face = TEXT_FACE_DISPLAY,
					     .weight = TEXT_BOLD,
					     .leading = NAME_LEADING,
					     .tracking = -0.01},
			[BADGE_PART_POSITION] = {.text = text_glued(str_or_empty(b->position)),
						 .weight = TEXT_MEDIUM,
						 .leading = TEXT_LEADING},
			[BADGE_PART_ORGANISATION] = {.text = text_glued(str_or_empty(b->organisation)),
						     .weight = TEXT_BOLD,
						     .leading = TEXT_LEADING},
			[BADGE_PART_PLACE] = {.text = place_of(b), .weight = TEXT_REGULAR, .leading = TEXT_LEADING},
			[BADGE_PART_PILL] = {.text = pill_of(b), .weight = TEXT_BOLD, .leading = PILL_LEADING, .tracking = 0.02},
		}};
	for (int part = 0; part < BADGE_PART_COUNT; part++) {
		t->spec[part].align = part == BADGE_PART_PILL ? TEXT_CENTRE : align;
		t->spec[part].width = spec->words.w;
	}
}

void typeset_fini(struct typeset *t) {
	for (int part = 0; part < BADGE_PART_COUNT; part++) {
		free((char *)(uintptr_t)t->spec[part].text);
	}
}

/* The pill is as wide as its words need, at most as wide as the column; up to two lines. */
static void place_pill(struct canvas *c, struct typeset *t, const struct badge_layout_spec *spec) {
	struct text_spec *text = &t->spec[BADGE_PART_PILL];
	if (str_empty(text->text)) {
		return;
	}
	double h = spec->pill_h, pad = h * 0.72;
	text->width = spec->words.w - 2 * pad;
	text->height = h * 0.86;
	text->size_max = fmin(h * 0.43, t->others_max);
	text->size_min = fmin(h * 0.34, t->others_max);
	text->max_lines = 1;
	struct text_size size = canvas_text_size(c, text);
	if (size.size < text->size_min) {
		text->max_lines = 2;
		size = canvas_text_size(c, text);
	}
	struct mm_rect pill = {spec->words.x, spec->words.y + spec->words.h - h, size.width + 2 * pad, h};
	if (spec->centred) {
		pill.x += (spec->words.w - pill.w) / 2;
	}
	t->box[BADGE_PART_PILL] = pill;
	t->em[BADGE_PART_PILL] = size.size;
}

/* Sets one text in the sizes that its spec allows, under what stands there already: `y` is the height so far. */
static double put(struct canvas *c, struct typeset *t, const struct badge_layout_spec *spec, int part, double y) {
	struct text_size size = canvas_text_size(c, &t->spec[part]);
	t->box[part] = (struct mm_rect){spec->words.x, y, size.width, size.height};
	t->em[part] = size.size;
	if (spec->centred) {
		t->box[part].x += (spec->words.w - size.width) / 2;
	}
	return y + size.height;
}

/* The texts around the name, in sizes scaled by `scale`, one under the other from 0; returns their height with the gap to the name. They
 * keep their smallest comfortable size as long as they can. */
static double stack_others(struct canvas *c, struct typeset *t, const struct badge_layout_spec *spec, double scale) {
	static const double gap_before[] = {[BADGE_PART_POSITION] = 1.3, [BADGE_PART_ORGANISATION] = 0.9, [BADGE_PART_PLACE] = 0.4};
	const struct badge_type types[] = {[BADGE_PART_POSITION] = spec->position_type,
					   [BADGE_PART_ORGANISATION] = spec->organisation_type,
					   [BADGE_PART_PLACE] = spec->place_type};
	bool first = str_empty(t->spec[BADGE_PART_NAME].text);
	double y = 0;
	for (int part = BADGE_PART_POSITION; part <= BADGE_PART_PLACE; part++) {
		t->box[part] = (struct mm_rect){0};
		t->em[part] = 0;
		if (str_empty(t->spec[part].text)) {
			continue;
		}
		t->spec[part].size_max = types[part].max * scale;
		t->spec[part].size_min = fmin(types[part].min, types[part].max * scale);
		t->spec[part].max_lines = types[part].lines;
		y += first ? 0 : gap_before[part] * spec->gap * fmin(1, scale + 0.2);
		first = false;
		y = put(c, t, spec, part, y);
	}
	return y;
}

static double largest_other(const struct typeset *t) {
	return fmax(t->em[BADGE_PART_POSITION], fmax(t->em[BADGE_PART_ORGANISATION], t->em[BADGE_PART_PLACE]));
}

/* Both with the others at `scale`. Returns the name's size, 0 where it has no room at all. */
static double set_words(struct canvas *c, struct typeset *t, const struct badge_layout_spec *spec, double room, double scale) {
	double others = stack_others(c, t, spec, scale);
	struct text_spec *name = &t->spec[BADGE_PART_NAME];
	name->height = room - others;
	name->size_max = spec->name_type.max;
	name->size_min = spec->name_type.min;
	name->max_lines = spec->name_type.lines;
	t->box[BADGE_PART_NAME] = (struct mm_rect){0};
	t->em[BADGE_PART_NAME] = 0;
	if (str_empty(name->text)) {
		return others <= room ? UNBOUNDED : 0;
	}
	if (name->height > 0) {
		put(c, t, spec, BADGE_PART_NAME, 0);
	}
	return t->em[BADGE_PART_NAME];
}

static bool leads(double name, const struct typeset *t) { return name >= TYPESET_NAME_LEAD * largest_other(t); }

/* The others in the largest size that costs the name nothing worth having; below their comfortable sizes only as far as the name needs it to be
 * the largest. */
static void set_in_room(struct canvas *c, struct typeset *t, const struct badge_layout_spec *spec, double room) {
	double least = spec->organisation_type.min / spec->organisation_type.max;
	double name = set_words(c, t, spec, room, 1);
	/* A name that leaves room under it has its width to thank for its size, and nothing around it stands in its way. */
	bool has_room = t->box[BADGE_PART_NAME].h * 1.1 <= t->spec[BADGE_PART_NAME].height;
	if (leads(name, t) && (name >= spec->name_type.max || has_room)) {
		return;
	}
	double best = set_words(c, t, spec, room, least);
	if (leads(best, t)) {
		for (double scale = 1; scale > least; scale *= SHRINK) {
			name = set_words(c, t, spec, room, scale);
			if (leads(name, t) && name * NAME_WORTH >= best) {
				return;
			}
		}
	}
	for (double scale = least; !leads(set_words(c, t, spec, room, scale), t) && scale > 0.02; scale *= SHRINK) {
	}
}

/* Community and region in two lines need no dot between them, unless a line more would be needed then. */
static void break_at_dot(struct canvas *c, struct typeset *t, const struct badge_layout_spec *spec) {
	struct text_spec *place = &t->spec[BADGE_PART_PLACE];
	const char *dot = strstr(place->text, " ·" NO_BREAK);
	struct mm_rect box = t->box[BADGE_PART_PLACE];
	if (dot == NULL || canvas_text_size(c, place).lines < 2) {
		return;
	}
	struct text_spec broken = *place;
	char *text = xasprintf("%.*s\n%s", (int)(dot - place->text), place->text, dot + strlen(" ·" NO_BREAK));
	broken.text = text;
	struct text_size size = canvas_text_size(c, &broken);
	if (size.size < t->em[BADGE_PART_PLACE] * 0.97 || size.height > box.h) {
		free(text);
		return;
	}
	free((char *)(uintptr_t)place->text);
	place->text = text;
	put(c, t, spec, BADGE_PART_PLACE, box.y);
}

static double bottom_of(const struct typeset *t, int from, int to) {
	double y = 0;
	for (int part = from; part <= to; part++) {
		y = fmax(y, t->box[part].y + t->box[part].h);
	}
	return y;
}

void typeset_init(struct typeset *t, struct canvas *c, const struct badge *badge, const struct badge_layout_spec *spec) {
	take_texts(t, badge, spec);
	double room = spec->words.h - (str_empty(t->spec[BADGE_PART_PILL].text) ? 0 : spec->pill_h + 1.4 * spec->gap);
	set_in_room(c, t, spec, room);
	break_at_dot(c, t, spec);
	double name_h = t->box[BADGE_PART_NAME].h;
	double height = name_h + bottom_of(t, BADGE_PART_POSITION, BADGE_PART_PLACE);
	/* Names stand at one height on a sheet; a lanyard badge, read from afar, carries its words in the middle. */
	double spare = fmax(0, room - height);
	double top = spec->words.y + (spec->centred ? spare * 0.45 : fmin(spare / 2, spec->gap));
	for (int part = BADGE_PART_NAME; part <= BADGE_PART_PLACE; part++) {
		t->box[part].y += top + (part == BADGE_PART_NAME ? 0 : name_h);
	}
	t->others_max = name_h > 0 ? t->em[BADGE_PART_NAME] / TYPESET_NAME_LEAD : UNBOUNDED;
	place_pill(c, t, spec);
}
