#include "kiosk/screens/printer_words.h"

#include "base/alloc.h"
#include "base/str.h"

static const char *trouble_words(const struct view *v, enum printer_trouble trouble) {
	static const char *const words[] = {
		[PRINTER_FINE] = MARK("how the label printer is", "The printer is ready"),
		[PRINTER_NOT_FOUND] = MARK("how the label printer is", "There is no such printer. Ask who set this box up"),
		[PRINTER_SILENT] = MARK("how the label printer is", "The printer does not answer. Is it switched on, and is its cable in?"),
		[PRINTER_STRANGER] = MARK("how the label printer is", "What answers there is no printer. Ask who set this box up"),
		[PRINTER_FORBIDS] = MARK("how the label printer is", "The printer wants a password. Ask who set it up"),
		[PRINTER_COVER_OPEN] = MARK("how the label printer is", "The printer's cover is open. Close it"),
		[PRINTER_NO_PAPER] = MARK("how the label printer is", "There are no labels in the printer. Put a roll in"),
		[PRINTER_JAM] = MARK("how the label printer is", "A label is stuck in the printer. Open it and take the label out"),
		[PRINTER_NO_INK] = MARK("how the label printer is", "The printer has no ink or ribbon. Put some in"),
		[PRINTER_OFF] = MARK("how the label printer is", "The printer is off or unplugged. Switch it on"),
		[PRINTER_HELD] = MARK("how the label printer is", "The printer is paused. Press its button"),
		[PRINTER_NOT_ACCEPTING] =
			MARK("how the label printer is", "The printer takes nothing at the moment. Switch it off and on again"),
		[PRINTER_WRONG_MEDIA] =
			MARK("how the label printer is", "Labels of another size are in the printer. Put the right ones in"),
		[PRINTER_NO_FORMAT] = MARK("how the label printer is", "This printer does not understand this box. Take another one"),
		[PRINTER_REFUSES] = MARK("how the label printer is",
					 "The printer refuses the label. Print a test label and look at what the printer says"),
		[PRINTER_BUSY] = MARK("how the label printer is", "The printer is busy with something else"),
		[PRINTER_FAULT] = MARK("how the label printer is", "The printer has stopped. Look at what it says on itself"),
	};
	_Static_assert(COUNT_OF(words) == PRINTER_TROUBLE_COUNT, "every trouble has its words");
	return TC(v, "how the label printer is", words[trouble]);
}

bool part_printer_state(const struct view *v, struct strbuf *out) {
	const struct print_message *p = v->model->print;
	if (p == NULL || !p->there) {
		strbuf_adds(out, T(v, "This box has no label printer"));
		return p == NULL;
	}
	if (!p->asked) {
		strbuf_adds(out, T(v, "The printer is being asked"));
		return true;
	}
	strbuf_adds(out, trouble_words(v, p->trouble));
	if (p->trouble == PRINTER_FAULT && p->reason[0] != '\0') {
		strbuf_addf(out, " (%s)", p->reason);
	}
	return p->trouble == PRINTER_FINE || p->trouble == PRINTER_BUSY;
}

static void add_mm(struct strbuf *out, int hundredths) { strbuf_addf(out, "%g", hundredths / 100.0); }

/* y 0: tape of that width. */
static void say_size(const struct view *v, int x, int y, struct strbuf *out) {
	struct strbuf width = {0}, height = {0};
	add_mm(&width, x);
	add_mm(&height, y);
	const struct word_value values[] = {{"width", strbuf_str(&width)}, {"height", strbuf_str(&height)}};
	words_fill(out, y == 0 ? T(v, "tape, {width} mm wide") : T(v, "{width} × {height} mm"), values, COUNT_OF(values));
	strbuf_fini(&width);
	strbuf_fini(&height);
}

void part_printer_loaded(const struct view *v, struct strbuf *out) {
	const struct print_message *p = v->model->print;
	for (size_t i = 0; p != NULL && i < p->loaded_count; i++) {
		const struct label_medium *m = &p->loaded[i];
		strbuf_adds(out, i > 0 ? ", " : "");
		say_size(v, m->x, m->y_most > 0 ? 0 : m->y, out);
	}
}

void part_printer_wanted(const struct view *v, struct strbuf *out) {
	if (v->model->print != NULL) {
		const struct label_spec *spec = label_spec(v->model->print->size);
		bool tape = spec->most > 0, wide = spec->width > spec->height; /* labels are called by their shorter side first */
		say_size(v, wide && !tape ? spec->height : spec->width, tape ? 0 : wide ? spec->width : spec->height, out);
	}
}
