/* The label printer: how it is, what it does. */
#include "lib/kiosk_states.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"

/* A page with a dark corner: which way round it is can be seen. */
static struct raster page(int width, int height) {
	struct raster r = {.width = width, .height = height, .pixels = xcalloc((size_t)width * (size_t)height, sizeof(uint32_t))};
	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++) {
			bool edge = x < 2 || y < 2 || x >= width - 2 || y >= height - 2, corner = x < width / 4 && y < height / 6;
			r.pixels[y * width + x] = edge || corner ? 0xFF000000u : 0xFFFFFFFFu;
		}
	}
	return r;
}

static struct print_message *print_message(enum printer_trouble trouble) {
	struct print_message *m = xcalloc(1, sizeof *m);
	*m = (struct print_message){.there = true, .asked = true, .trouble = trouble, .size = LABEL_29X90, .number = 1};
	str_copy(m->printer, sizeof m->printer, "ipp://10.0.0.9/ipp/print");
	m->loaded[m->loaded_count++] = (struct label_medium){.x = 2900, .y = 9000};
	return m;
}

static void tell(struct kiosk_fixture *f, struct print_message *m) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_PRINT, .print = m});
}

void state_tell_printer(struct kiosk_fixture *f) { tell(f, print_message(PRINTER_FINE)); }

void state_staff_printer(struct kiosk_fixture *f) {
	state_staff(f);
	tell(f, print_message(PRINTER_FINE));
}

static void open_printer(struct kiosk_fixture *f, struct print_message *m, struct raster picture) {
	state_staff_printer(f);
	state_act(f, TOUCH_STAFF_PRINTER, 0);
	m->picture = picture;
	tell(f, m);
}

void state_printer(struct kiosk_fixture *f) { open_printer(f, print_message(PRINTER_FINE), page(116, 360)); }

void state_printer_tape(struct kiosk_fixture *f) {
	struct print_message *m = print_message(PRINTER_WRONG_MEDIA);
	m->size = LABEL_62;
	m->loaded[m->loaded_count++] = (struct label_medium){.x = 2900, .y_most = 100000};
	open_printer(f, m, page(248, 210));
}

void state_printer_empty(struct kiosk_fixture *f) {
	struct print_message *m = print_message(PRINTER_NO_PAPER);
	m->waiting = 2;
	m->missed = 12;
	open_printer(f, m, page(116, 360));
}

void state_printer_ahead(struct kiosk_fixture *f) {
	state_printer(f);
	state_act(f, PRINTER_TOUCH_AHEAD, 0);
}

void state_printer_batch(struct kiosk_fixture *f) {
	struct print_message *m = print_message(PRINTER_FINE);
	m->printing = true;
	m->waiting = 214;
	m->batch = 213;
	open_printer(f, m, page(116, 360));
}

void state_printer_nobody(struct kiosk_fixture *f) {
	state_printer(f);
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_CODE, .text = "NOBODY", .n = 6, .how = "wedge"});
	struct print_message *m = print_message(PRINTER_FINE);
	m->no_such_badge = true;
	tell(f, m);
}

void state_accepted_label(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, STATE_NAME);
	tell(f, print_message(PRINTER_FINE));
	d->label = true;
	state_answer(f, d);
}

/* Papers for staff, asked for on the screens that show what is on them. */
static void figures_with_printer(struct kiosk_fixture *f) {
	state_totals(f);
	tell(f, print_message(PRINTER_FINE));
}

void state_totals_printing(struct kiosk_fixture *f) {
	struct print_message *m = print_message(PRINTER_FINE);
	figures_with_printer(f);
	state_act(f, TOTALS_TOUCH_SLIP, 0);
	m->slip = true;
	tell(f, m);
}

void state_totals_slip_waits(struct kiosk_fixture *f) {
	struct print_message *m = print_message(PRINTER_NO_PAPER);
	figures_with_printer(f);
	state_act(f, TOTALS_TOUCH_SLIP, 0);
	m->slip = true;
	tell(f, m);
}

/* So many of everything that the lists go on. */
void state_totals_more(struct kiosk_fixture *f) {
	struct totals_message m = {.number = f->model.numbers, .here = 1, .arrived = 1, .expected = 1, .of_them = 1};
	state_totals_asked(f);
	m.number = f->model.numbers;
	for (size_t i = 0; i < 14; i++) {
		struct totals_row *category = &m.categories[m.category_count++], *place = &m.places[m.place_count++];
		snprintf(category->key, sizeof category->key, "Категорія %zu", i + 1);
		category->first = category->second = (int64_t)i;
		str_copy(place->key, sizeof place->key, f->model.event->sessions.items[i % f->model.event->sessions.count].id);
		place->second = (int64_t)i;
	}
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_TOTALS, .totals = &m});
	state_act(f, TOTALS_TOUCH_FROM, 12);
}

static void tell_roll(struct kiosk_fixture *f, size_t count, int64_t all) {
	static const struct roll_row rows[] = {{"Бондаренко Марія", "Зарічна громада"},
					       {"Гриценко-Закарпатська Світлана-Анастасія Володимирівна з дуже довгим прізвищем",
						"Асоціація органів місцевого самоврядування та кооперативів України"},
					       {"Ткаченко Тарас", ""}};
	struct totals_message *m = xcalloc(1, sizeof *m + count * sizeof *rows);
	m->number = f->model.numbers;
	m->roll_all = all;
	m->roll_count = count;
	for (size_t i = 0; i < count; i++) {
		m->roll[i] = rows[i % COUNT_OF(rows)];
	}
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_TOTALS, .totals = m});
	free(m);
}

void state_roll_here(struct kiosk_fixture *f) {
	figures_with_printer(f);
	state_act(f, TOTALS_TOUCH_HERE, 0);
	tell_roll(f, 23, 25);
}

void state_roll_printed(struct kiosk_fixture *f) {
	struct print_message *m = print_message(PRINTER_FINE);
	state_roll_here(f);
	state_act(f, ROLL_TOUCH_PRINT, 0);
	m->slips = 1;
	tell(f, m);
}

void state_roll_missing(struct kiosk_fixture *f) {
	state_totals(f);
	state_act(f, TOTALS_TOUCH_MISSING, 0);
	tell_roll(f, 3, 3);
}

void state_roll_nobody(struct kiosk_fixture *f) {
	state_totals(f);
	state_act(f, TOTALS_TOUCH_MISSING, 0);
	tell_roll(f, 0, 0);
}
