/* The staff's screens of people: finding anybody, somebody's card, notes, ticking off a group. */
#include "lib/kiosk_states.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/screens.h"

/* --- finding --------------------------------------------------------------------------------------------------------------------------- */

static struct people_message *answer(const struct kiosk_fixture *f, enum people_kind kind) {
	struct people_message *m = xcalloc(1, sizeof *m);
	m->kind = kind;
	m->number = f->model.numbers;
	return m;
}

static void tell(struct kiosk_fixture *f, struct people_message *m) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_PEOPLE, .people = m});
}

void state_people(struct kiosk_fixture *f) {
	state_staff_door(f);
	state_act(f, TOUCH_STAFF_PEOPLE, 0);
}

static void put_row(struct people_message *m, const char *name, const char *from, const char *place) {
	struct people_row *row = &m->rows[m->row_count];
	snprintf(row->id, sizeof row->id, "%020zu", m->row_count++);
	str_copy(row->name, sizeof row->name, name);
	str_copy(row->from, sizeof row->from, from);
	str_copy(row->place, sizeof row->place, place);
}

static struct people_message *rows(const struct kiosk_fixture *f) {
	struct people_message *m = answer(f, PEOPLE_FOUND);
	put_row(m, STATE_NAME, "ГО «Приклад»", "Сорочинська громада");
	m->rows[0].arrival = (struct people_presence){.in = true, .since = kiosk_fixture_time("2026-05-14T10:21")};
	put_row(m, STATE_LONG_NAME, "", "");
	put_row(m, "Приклад Тарас", "Асоціація пасічників", "");
	m->rows[2].registration = REGISTRATION_PENDING;
	put_row(m, "Приклад Ганна", "", "Зарічна громада");
	m->rows[3].arrival = (struct people_presence){.in = true, .since = kiosk_fixture_time("2026-05-14T09:58"), .approximate = true};
	return m;
}

void state_people_found(struct kiosk_fixture *f) {
	state_people(f);
	state_type_pin(f, "приклад");
	tell(f, rows(f));
}

void state_people_nobody(struct kiosk_fixture *f) {
	state_people(f);
	state_type_pin(f, "Ніхто");
	tell(f, answer(f, PEOPLE_FOUND));
}

void state_people_list(struct kiosk_fixture *f) {
	state_people(f);
	state_type_pin(f, "приклад");
	struct people_message *m = rows(f);
	while (m->row_count < PEOPLE_ROWS_MAX) {
		put_row(m, "Приклад Марія", "ГО «Приклад»", "");
	}
	m->more = true;
	tell(f, m);
	state_act(f, PEOPLE_TOUCH_LIST, 0);
	state_act(f, PEOPLE_TOUCH_PAGE, 1);
}

/* --- a card ----------------------------------------------------------------------------------------------------------------------------- */

static struct people_card *card(const struct kiosk_fixture *f) {
	struct people_card *c = xcalloc(1, sizeof *c);
	str_copy(c->id, sizeof c->id, f->model.chosen.id);
	str_copy(c->name, sizeof c->name, STATE_NAME);
	str_copy(c->organisation, sizeof c->organisation, "ГО «Приклад»");
	str_copy(c->position, sizeof c->position, "Голова правління");
	str_copy(c->place, sizeof c->place, "Сорочинська громада, Полтавська область");
	str_copy(c->category, sizeof c->category, "Спікер");
	str_copy(c->group[GROUP_ORGANISATION], sizeof c->group[0], "ГО «Приклад»");
	str_copy(c->code, sizeof c->code, "TO0Y3K/GSJHURRT");
	return c;
}

static void note(struct people_card *c, const char *text, bool door) {
	struct people_note *n = &c->notes[c->note_count++];
	str_copy(n->text, sizeof n->text, text);
	n->door = door;
}

static void open_card(struct kiosk_fixture *f, struct people_card *c) {
	state_act(f, PEOPLE_TOUCH_ROW, 0);
	struct people_message *m = answer(f, PEOPLE_CARD);
	m->card = c;
	tell(f, m);
}

void state_card(struct kiosk_fixture *f) {
	state_people_found(f);
	struct people_card *c = card(f);
	note(c, "Потрібен пандус, зустріти біля входу", true);
	open_card(f, c);
}

void state_card_in(struct kiosk_fixture *f) {
	state_people_found(f);
	struct people_card *c = card(f);
	c->arrival = (struct people_presence){.in = true, .since = kiosk_fixture_time("2026-05-14T10:21"), .box = "Вхід А"};
	state_tell_printer(f);
	open_card(f, c);
}

/* Somebody of whom much is known, at a room. */
void state_card_long(struct kiosk_fixture *f) {
	state_people_found(f);
	struct people_card *c = card(f);
	str_copy(c->name, sizeof c->name, STATE_LONG_NAME);
	c->registration = REGISTRATION_WAITING;
	c->elsewhere = true;
	free(f->model.event->stand_text);
	f->model.event->stand_text = xstrdup("room:Зала А");
	for (int i = 0; i < 4; i++) {
		note(c, "Просить місце ближче до сцени, бо погано чує; супроводжує помічниця Ганна Вигадана, її пропустити теж", i < 2);
	}
	open_card(f, c);
}

void state_card_more(struct kiosk_fixture *f) {
	state_card_long(f);
	state_act(f, CARD_TOUCH_MORE, 4);
}

void state_card_gone(struct kiosk_fixture *f) {
	state_people_found(f);
	open_card(f, NULL);
}

void state_note(struct kiosk_fixture *f) {
	state_card_long(f);
	state_act(f, CARD_TOUCH_NOTE, 0);
	state_type_pin(f, "Чекає пакунок");
}

/* --- a group ---------------------------------------------------------------------------------------------------------------------------- */

static const char *const GROUPS[] = {"Асоціація пасічників Полтавщини", "ГО «Приклад»", "Департамент освіти і науки", "Клуб «Світанок»",
				     "Сорочинська гімназія"};

static struct people_message *groups(const struct kiosk_fixture *f, size_t count) {
	struct people_message *m = answer(f, PEOPLE_GROUPS);
	m->has_group[GROUP_ORGANISATION] = m->has_group[GROUP_COMMUNITY] = true;
	for (size_t i = 0; i < count; i++) {
		struct muster_groups *all = &m->groups;
		ARRAY_GROW(all, items);
		all->items[all->count++] = (struct muster_group){
			.name = xstrdup(GROUPS[i % COUNT_OF(GROUPS)]), .people = 15, .to_do = i == 2 ? 0 : (int64_t)(12 - i % 5)};
	}
	return m;
}

void state_groups(struct kiosk_fixture *f) {
	state_staff_door(f);
	state_act(f, TOUCH_STAFF_GROUPS, 0);
	tell(f, groups(f, 0)); /* nobody has a delegation: organisations are asked for */
	tell(f, groups(f, 40));
}

void state_groups_letters(struct kiosk_fixture *f) {
	state_groups(f);
	state_act(f, PEOPLE_TOUCH_LIST, 0);
	state_type_pin(f, "при");
}

static struct people_message *muster(const struct kiosk_fixture *f, size_t count) {
	static const char *const names[] = {STATE_NAME, "Зразковий Тарас", STATE_LONG_NAME, "Вигадана Ганна", "Тестова Ірина"};
	struct people_message *m = answer(f, PEOPLE_MUSTER);
	m->muster.people = (int64_t)count + 3;
	for (size_t i = 0; i < count; i++) {
		struct muster *all = &m->muster;
		ARRAY_GROW(all, items);
		struct muster_person *person = &all->items[all->count++];
		*person = (struct muster_person){.name = xstrdup(names[i % COUNT_OF(names)])};
		snprintf(person->id, sizeof person->id, "%020zu", i);
	}
	return m;
}

static void open_group(struct kiosk_fixture *f, size_t count) {
	state_groups(f);
	state_act(f, PEOPLE_TOUCH_ROW, 1);
	tell(f, muster(f, count));
}

void state_tick(struct kiosk_fixture *f) {
	open_group(f, 40);
	state_act(f, TICK_TOUCH_ONE, 1);
}

void state_tick_empty(struct kiosk_fixture *f) { open_group(f, 0); }

void state_tick_running(struct kiosk_fixture *f) {
	state_tick(f);
	state_act(f, TICK_TOUCH_GO, 0);
	state_tell_group(f, 0);
}

void state_tell_group(struct kiosk_fixture *f, size_t refused) {
	static const struct group_answer why[] = {{.kept = true, .outcome = OUTCOME_NOT_EXPECTED, .registration = REGISTRATION_PENDING},
						  {.kept = true, .outcome = OUTCOME_NOT_ENTITLED},
						  {.kept = false}};
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_GROUP;
	d->number = f->model.numbers;
	d->group_count = GROUP_TOGETHER_MAX;
	for (size_t i = 0; i < d->group_count; i++) {
		d->group[i] = i < refused ? why[i % COUNT_OF(why)] : (struct group_answer){.kept = true, .outcome = OUTCOME_ACCEPTED};
	}
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void run(struct kiosk_fixture *f, size_t refused) {
	state_act(f, TICK_TOUCH_GO, 0);
	for (int i = 0; i < 3; i++) {
		state_tell_group(f, i == 0 ? refused : 0);
	}
}

void state_tick_done(struct kiosk_fixture *f) {
	state_tick(f);
	run(f, 0);
}

void state_tick_refused(struct kiosk_fixture *f) {
	state_tick(f);
	run(f, 5);
}

/* At an exit. */
void state_tick_out(struct kiosk_fixture *f) {
	f->model.event->leaves = true;
	state_tick(f);
}
