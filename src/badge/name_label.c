#include "badge/name_label.h"

#include <math.h>
#include <string.h>

#include "badge/code.h"
#include "base/str.h"
#include "paper/qr.h"

#define FRAME 1.2     /* inside a frame its line needs some room, too */
#define QR_LEAST 15.0 /* a signed badge's 45 modules with their quiet zone at a third of a millimetre: 203 dpi still part them */
#define QR_MOST 46.0
#define LOW 30.0 /* mm */
#define GAP 1.5
#define ALOUD_H 3.4
#define MARK_SHARE 0.11 /* of the room's height */

static double clamp(double value, double least, double most) { return fmax(least, fmin(value, most)); }

/* Beside the words where the label lies, below them where it stands. */
static void place_code(struct name_label_parts *out) {
	const struct mm_rect r = out->words;
	bool lies = r.w > 1.25 * r.h;
	double side = lies ? fmin(r.h, 0.36 * r.w) : 0.42 * fmin(r.w, r.h);
	side = fmin(side, QR_MOST);
	if (side < QR_LEAST) {
		return;
	}
	if (lies) {
		bool aloud = r.h - side >= ALOUD_H || side - ALOUD_H >= QR_LEAST + 5;
		double most = aloud ? fmin(side, r.h - ALOUD_H) : side;
		double whole = most + (aloud ? ALOUD_H : 0);
		out->qr = (struct mm_rect){r.x + r.w - most, r.y + (r.h - whole) / 2, most, most};
		out->aloud = aloud ? (struct mm_rect){out->qr.x, out->qr.y + most, most, ALOUD_H} : out->aloud;
		out->words.w -= most + GAP;
		return;
	}
	double whole = side + ALOUD_H;
	out->qr = (struct mm_rect){r.x + (r.w - side) / 2, r.y + r.h - whole, side, side};
	out->aloud = (struct mm_rect){r.x, r.y + r.h - ALOUD_H, r.w, ALOUD_H};
	out->words.h -= whole + GAP;
}

void name_label_lay_out(const struct name_label *label, const struct label_place *place, struct name_label_parts *out) {
	*out = (struct name_label_parts){.room = label_place_room(place, label->framed ? FRAME : 0)};
	out->words = out->room;
	if (!str_empty(label->mark)) {
		double h = clamp(MARK_SHARE * out->room.h, 3.2, 7);
		out->mark = (struct mm_rect){out->room.x, out->room.y, out->room.w, h};
		out->words.y += h + GAP / 2;
		out->words.h -= h + GAP / 2;
	}
	if (!str_empty(label->badge.code)) {
		place_code(out);
	}
}

/* Sizes of type by the room that the words have. */
static struct badge_layout_spec spec_of(const struct name_label_parts *parts) {
	const struct mm_rect w = parts->words;
	double name = clamp(fmin(0.42 * w.h, 0.2 * w.w), 4, 22), small = clamp(name * 0.42, 2.3, 5.5);
	return (struct badge_layout_spec){
		.plain = true,
		.words = w,
		.centred = parts->room.h > parts->room.w,
		.name_type = {name, fmin(name, fmax(2.6, name * 0.4)), 7},
		.position_type = {small, small * 0.75, 2},
		.organisation_type = {small, small * 0.75, 3},
		.place_type = {small * 0.9, small * 0.7, 2},
		.pill_h = clamp(small * 1.7, 4.2, 8),
		.gap = clamp(w.h * 0.03, 0.6, 2),
	};
}

#define LENGTH_STEP 6.0
#define GOOD_NAME 0.78 /* of the largest size that a name may have: longer tape would not be worth it */

double name_label_length(struct canvas *c, const struct name_label *label, enum label_size size) {
	const struct label_spec *spec = label_spec(size);
	double length = spec->height / 100.0;
	for (; spec->most > 0 && length + LENGTH_STEP <= spec->most / 100.0; length += LENGTH_STEP) {
		struct label_place place;
		struct name_label_parts parts;
		struct typeset t;
		label_place_plain(size, length, &place);
		name_label_lay_out(label, &place, &parts);
		struct badge_layout_spec layout = spec_of(&parts);
		/* What it would have at its longest. */
		layout.name_type.max = 0.2 * parts.words.w;
		layout.name_type.min = fmin(layout.name_type.max, 4);
		typeset_init(&t, c, &label->badge, &layout);
		bool good = t.em[BADGE_PART_NAME] >= GOOD_NAME * layout.name_type.max;
		typeset_fini(&t);
		if (good) {
			break;
		}
	}
	return length;
}

static void text_in(struct canvas *c, struct text_spec spec, struct mm_rect box, uint32_t colour) {
	spec.width = box.w;
	spec.height = box.h;
	struct text_size size = canvas_text_size(c, &spec);
	canvas_text(c, &spec, (struct mm_point){box.x, box.y + (box.h - size.height) / 2}, colour);
}

static void draw_mark(struct canvas *c, const struct name_label *label, const struct name_label_parts *parts) {
	if (parts->mark.w <= 0) {
		return;
	}
	double em = parts->mark.h * 0.68;
	canvas_fill_rect(c, parts->mark, 0);
	text_in(c,
		(struct text_spec){.text = label->mark,
				   .weight = TEXT_BOLD,
				   .align = TEXT_CENTRE,
				   .size_max = em,
				   .size_min = em * 0.5,
				   .max_lines = 1,
				   .tracking = 0.06},
		parts->mark, LAYOUT_WHITE);
}

/* A name of two words stands in two lines on a badge. Where the label is low one line may give it larger letters. */
static void set_words(struct canvas *c, const struct name_label *label, const struct badge_layout_spec *spec, struct typeset *t) {
	typeset_init(t, c, &label->badge, spec);
	if (str_empty(label->badge.name) || spec->words.h > LOW) {
		return;
	}
	struct strbuf glued = {0};
	for (const char *at = label->badge.name; *at != '\0'; at++) {
		if (*at == ' ') {
			strbuf_adds(&glued, "\xC2\xA0");
		} else {
			strbuf_addc(&glued, *at);
		}
	}
	struct badge badge = label->badge;
	struct typeset other;
	badge.name = strbuf_str(&glued);
	typeset_init(&other, c, &badge, spec);
	if (other.em[BADGE_PART_NAME] > t->em[BADGE_PART_NAME]) {
		struct typeset less = *t;
		*t = other;
		other = less;
	}
	typeset_fini(&other);
	strbuf_fini(&glued);
}

static void draw_words(struct canvas *c, const struct name_label *label, const struct name_label_parts *parts) {
	struct badge_layout_spec spec = spec_of(parts);
	struct typeset t;
	set_words(c, label, &spec, &t);
	for (int part = BADGE_PART_NAME; part <= BADGE_PART_PLACE; part++) {
		if (t.box[part].h > 0) {
			canvas_text(c, &t.spec[part], (struct mm_point){spec.words.x, t.box[part].y}, 0);
		}
	}
	struct mm_rect pill = t.box[BADGE_PART_PILL];
	if (pill.w > 0) {
		struct text_spec text = t.spec[BADGE_PART_PILL];
		struct text_size size = canvas_text_size(c, &text);
		canvas_frame_round(c, pill, pill.h / 2, (struct stroke){0.4, 0});
		canvas_text(c, &text, (struct mm_point){pill.x + (pill.w - text.width) / 2, pill.y + (pill.h - size.height) / 2}, 0);
	}
	typeset_fini(&t);
}

static bool draw_code(struct canvas *c, const struct name_label *label, const struct name_label_parts *parts, struct err *err) {
	struct qr_matrix qr;
	if (parts->qr.w <= 0) {
		return true;
	}
	if (!qr_encode(&qr, label->badge.code, strlen(label->badge.code), QR_LEVEL_M, err)) {
		return false;
	}
	canvas_qr(c, &qr, layout_qr_modules(parts->qr, qr.side), 0);
	if (parts->aloud.w > 0) {
		char aloud[CODE_ALOUD_MAX];
		code_read_aloud(label->badge.code, aloud);
		text_in(c,
			(struct text_spec){.text = aloud,
					   .weight = TEXT_MEDIUM,
					   .align = TEXT_CENTRE,
					   .size_max = ALOUD_H * 0.8,
					   .max_lines = 1,
					   .tracking = 0.03},
			parts->aloud, 0);
	}
	return true;
}

bool name_label_draw(struct canvas *c, const struct name_label *label, const struct label_place *place, struct err *err) {
	struct name_label_parts parts;
	if (place->turned) {
		canvas_turn(c);
	}
	name_label_lay_out(label, place, &parts);
	if (label->framed) {
		const struct mm_rect edge = {place->left + 0.3, place->top + 0.3, place->width - place->left - place->right - 0.6,
					     place->height - place->top - place->bottom - 0.6};
		canvas_frame_round(c, edge, 1, (struct stroke){0.4, 0});
	}
	draw_mark(c, label, &parts);
	draw_words(c, label, &parts);
	return draw_code(c, label, &parts, err) || err_wrap(err, "the label of %s", str_empty(label->badge.name) ? "?" : label->badge.name);
}
