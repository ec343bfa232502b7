/* Somebody who touches, types and holds up anything, for MONKEY events (10,000; 100,000 and more by MONKEY=…): nothing breaks, from wherever they walk away the first
 * screen comes back by itself, and then nothing of what was typed or shown of a person is left, on the screen or in what the screens keep. The seed is
 * told when something is wrong: MONKEY_SEED=… plays it again. */
#include "lib/kiosk_credits.h"
#include "lib/kiosk_visit.h"
#include "lib/kiosk_visitor.h"
#include "lib/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/view.h"
#include "sync/stick_worker.h"

#define WALKS_AWAY 60 /* once in so many events */
#define EVENTS_USUAL 10000
#define PERSON "Непідробна" /* given name of everybody who is found or signs in */
#define COMMUNITY "Таємнинська"
#define SIGNER "fedcba9876543210fedc" /* who has a badge and is to sign */
#define WORD "щедрик"                 /* what is typed into fields for words */

struct monkey {
	struct model *m;
	struct draw_list list;
	uint64_t dice;
	unsigned long events, seed;
	uint64_t opened;                   /* screens that were */
	struct found_row chosen;           /* who was, before the message at hand */
	char confirmed[PERSON_ID_LEN + 1]; /* whose digits were right last */
	unsigned long by_digits, by_staff; /* signed in by name */
	unsigned long walked_in, signed_here, groups;
	int64_t degrees; /* that somebody wanted the screen to stay turned by */
};

/* xorshift64* (Vigna 2016). */
static uint32_t roll(struct monkey *k, uint32_t below) {
	k->dice ^= k->dice >> 12;
	k->dice ^= k->dice << 25;
	k->dice ^= k->dice >> 27;
	return (uint32_t)((k->dice * UINT64_C(2685821657736338717)) >> 33) % below;
}

static void focus_back(const struct draw_list *list, struct focus *focus) { focus_step(list, focus, -1); }

static void draw(struct monkey *k) {
	static const struct { int width, height; } panels[] = {{1920, 1080}, {1080, 1920}, {1024, 600}};
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct theme theme = theme_make(k->m->style, panels[k->seed % 3].width, panels[k->seed % 3].height, 0);
	view_draw(k->m, &theme, &metrics, &k->list);
	k->opened |= UINT64_C(1) << model_top(k->m);
}

/* --- what the others answer ---------------------------------------------------------------------------------------------------------------- */

static void send(struct monkey *k, struct msg msg);

static void answer_scan(struct monkey *k) {
	struct desk_message *d = kiosk_fixture_answer((enum outcome)roll(k, OUTCOME_COUNT), PERSON);
	d->kept = roll(k, 10) != 0;
	d->text = d->kept ? NULL : xstrdup("the disk is full");
	d->language = roll(k, 3) == 0 ? xstrdup("ru") : NULL;
	str_copy(d->name, strlen(d->name) + 1, PERSON);
	send(k, (struct msg){.kind = MSG_DESK, .desk = d});
}

/* Each with an id and a name of their own: whoever is signed in is whom somebody chose, and nobody beside them. */
static void find_people(struct monkey *k, struct found_message *f) {
	f->count = roll(k, FOUND_ROWS_MAX + 1);
	for (size_t i = 0; i < f->count; i++) {
		struct found_row *row = &f->rows[i];
		snprintf(row->id, sizeof row->id, "%010u%010u", (unsigned)k->events, (unsigned)i);
		snprintf(row->name, sizeof row->name, PERSON " %c.", (char)('A' + i));
		str_copy(row->community, sizeof row->community, COMMUNITY);
		row->can_confirm = roll(k, 2) == 0;
	}
}

static void answer_search(struct monkey *k, const struct effect *e) {
	struct found_message *f = xcalloc(1, sizeof *f);
	f->number = e->number;
	static const enum found_kind to_digits[] = {FOUND_CONFIRMED, FOUND_CONFIRMED, FOUND_WRONG,
						    FOUND_WRONG,     FOUND_GONE,      FOUND_NOT_COMPARED};
	f->kind = e->kind == EFFECT_CONFIRM ? to_digits[roll(k, COUNT_OF(to_digits))] : roll(k, 6) == 0 ? FOUND_FAILED : FOUND_PEOPLE;
	f->tries_left = (int)roll(k, 3);
	f->more = roll(k, 2) == 0;
	if (f->kind == FOUND_PEOPLE) {
		find_people(k, f);
	} else if (f->kind == FOUND_WRONG || f->kind == FOUND_CONFIRMED) {
		str_copy(f->rows[0].id, sizeof f->rows[0].id, e->person);
		f->count = 1;
	}
	if (f->kind == FOUND_CONFIRMED) {
		str_copy(k->confirmed, sizeof k->confirmed, e->person);
	}
	send(k, (struct msg){.kind = MSG_FOUND, .found = f});
}

static void answer_stick(struct monkey *k, enum effect_kind kind) {
	struct stick_message *s = xcalloc(1, sizeof *s);
	s->kind = kind == EFFECT_STICK_LOOK ? STICK_MEDIA : STICK_OVER;
	s->media_count = kind == EFFECT_STICK_LOOK ? roll(k, 3) : 0;
	s->trouble = (enum stick_trouble)roll(k, STICK_TROUBLE_COUNT);
	send(k, (struct msg){.kind = MSG_STICK, .stick = s});
}

/* How the label printer is; with a picture now and then. */
static void answer_print(struct monkey *k) {
	struct print_message *p = xcalloc(1, sizeof *p);
	*p = (struct print_message){.there = true,
				    .asked = roll(k, 4) != 0,
				    .trouble = (enum printer_trouble)roll(k, PRINTER_TROUBLE_COUNT),
				    .size = (enum label_size)roll(k, LABEL_SIZE_COUNT),
				    .waiting = roll(k, 3),
				    .missed = roll(k, 3),
				    .batch = roll(k, 2),
				    .no_such_badge = roll(k, 2) == 0};
	if (roll(k, 2) == 0) {
		p->number = (int)k->events;
		p->picture = (struct raster){.width = 29, .height = 90, .pixels = xcalloc(29 * 90, sizeof(uint32_t))};
	}
	send(k, (struct msg){.kind = MSG_PRINT, .print = p});
}

static void answer_roll(struct monkey *k, const struct effect *e) {
	enum { ROWS = 12 };
	struct totals_message *t = xcalloc(1, sizeof *t + ROWS * sizeof *t->roll);
	t->number = e->number;
	t->failed = roll(k, 8) == 0;
	t->roll_count = roll(k, ROWS + 1);
	t->roll_all = (int64_t)(t->roll_count + roll(k, 2));
	for (size_t i = 0; i < t->roll_count; i++) {
		str_copy(t->roll[i].name, sizeof t->roll[i].name, PERSON);
		str_copy(t->roll[i].about, sizeof t->roll[i].about, COMMUNITY);
	}
	send(k, (struct msg){.kind = MSG_TOTALS, .totals = t});
	crypto_wipe(t, sizeof *t + ROWS * sizeof *t->roll);
	free(t);
}

static void fail_with(const struct monkey *k, const char *what) {
	fail_msg("seed %lu, event %lu, screen %s: %s", k->seed, k->events, screens_all[model_top(k->m)]->name, what);
}

/* Nobody but who was chosen, and by nothing but their digits or the staff's word. */
static void judge_sign_in(struct monkey *k, const struct effect *e) {
	bool staff = str_eq(e->how, "staff");
	if (k->chosen.id[0] == '\0' || !str_eq(e->person, k->chosen.id)) {
		fail_with(k, "somebody was signed in whom nobody chose");
	}
	if (!staff && !str_eq(e->person, k->confirmed)) {
		fail_with(k, "somebody was signed in without their digits");
	}
	k->by_staff += staff;
	k->by_digits += !staff;
}

/* Nobody signs a group in but staff who are at its screen. */
static void judge_group(struct monkey *k, const struct group_sign_in *group) {
	if (!k->m->at_work.here || !model_shows(k->m, SCREEN_TICK) || group->count == 0) {
		fail_with(k, "a group was signed in by nobody");
	}
	k->groups++;
}

/* Nobody signs for anybody but whom the screen is open for, and nobody without a name comes onto the list. */
static void judge_visitor(struct monkey *k, const struct visitor *visitor) {
	if (visitor->set == NULL && (visitor->person[0] == '\0' || !str_eq(visitor->person, SIGNER))) {
		fail_with(k, "somebody signed for another");
	}
	if (visitor->set != NULL && strstr(visitor->set, "\"name\":\"") == NULL) {
		fail_with(k, "somebody came onto the list without a name");
	}
	k->signed_here += visitor->signs && visitor->signature.drawn != NULL;
	k->walked_in += visitor->set != NULL;
}

static void answer_suggestion(struct monkey *k, const struct effect *e) {
	struct found_message *f = xcalloc(1, sizeof *f);
	f->kind = roll(k, 4) == 0 ? FOUND_FAILED : FOUND_SUGGESTIONS;
	f->number = e->number;
	f->suggestions.count = roll(k, SUGGEST_MAX + 1);
	for (size_t i = 0; i < f->suggestions.count; i++) {
		str_copy(f->suggestions.items[i].text, sizeof f->suggestions.items[i].text, COMMUNITY);
	}
	send(k, (struct msg){.kind = MSG_FOUND, .found = f});
}

static void answer_twin(struct monkey *k, const struct effect *e) {
	struct found_message *f = xcalloc(1, sizeof *f);
	f->kind = roll(k, 4) == 0 ? FOUND_FAILED : FOUND_TWIN;
	f->number = e->number;
	if (f->kind == FOUND_TWIN && roll(k, 2) == 0) {
		find_people(k, f);
		f->count = f->count > 1 ? 1 : f->count;
	}
	send(k, (struct msg){.kind = MSG_FOUND, .found = f});
}

static void answer_walk_in(struct monkey *k, const struct effect *e) {
	struct desk_message *d = kiosk_fixture_answer(roll(k, 3) == 0 ? OUTCOME_FULL : OUTCOME_ACCEPTED, PERSON);
	d->walk_in = true;
	d->number = e->number;
	d->kept = roll(k, 4) != 0;
	str_copy(d->code, sizeof d->code, "TO0Y3K/GSJHURRT");
	str_copy(d->aloud, sizeof d->aloud, "KVEY-0XZG");
	send(k, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void answer_signature(struct monkey *k, const struct effect *e) {
	(void)e;
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_SIGNED;
	d->kept = roll(k, 3) != 0;
	str_copy(d->person, sizeof d->person, SIGNER);
	send(k, (struct msg){.kind = MSG_DESK, .desk = d});
}

/* Whoever fits, with all that staff are told of them. */
static void put_people(struct monkey *k, struct people_message *m) {
	m->row_count = roll(k, PEOPLE_ROWS_MAX + 1);
	m->more = roll(k, 2) == 0;
	for (size_t i = 0; i < m->row_count; i++) {
		struct people_row *row = &m->rows[i];
		snprintf(row->id, sizeof row->id, "%010u%010u", (unsigned)k->events, (unsigned)i);
		snprintf(row->name, sizeof row->name, PERSON " %c.", (char)('A' + i));
		str_copy(row->from, sizeof row->from, COMMUNITY);
		row->registration = (enum registration)roll(k, REGISTRATION_COUNT);
		row->arrival.in = roll(k, 2) == 0;
	}
}

static struct people_card *make_card(struct monkey *k) {
	struct people_card *c = xcalloc(1, sizeof *c);
	str_copy(c->id, sizeof c->id, k->m->chosen.id);
	str_copy(c->name, sizeof c->name, PERSON);
	str_copy(c->place, sizeof c->place, COMMUNITY);
	str_copy(c->group[GROUP_COMMUNITY], sizeof c->group[0], roll(k, 3) == 0 ? "" : COMMUNITY);
	c->registration = (enum registration)roll(k, REGISTRATION_COUNT);
	c->arrival.in = roll(k, 2) == 0;
	c->note_count = roll(k, PEOPLE_NOTES_MAX + 1);
	for (size_t i = 0; i < c->note_count; i++) {
		str_copy(c->notes[i].text, sizeof c->notes[i].text, PERSON " " WORD);
		c->notes[i].door = roll(k, 2) == 0;
	}
	return c;
}

static void put_groups(struct monkey *k, struct people_message *m) {
	m->has_group[GROUP_COMMUNITY] = roll(k, 4) != 0;
	m->has_group[GROUP_ORGANISATION] = roll(k, 2) == 0;
	for (uint32_t i = roll(k, 20); i > 0; i--) {
		struct muster_groups *all = &m->groups;
		ARRAY_GROW(all, items);
		all->items[all->count++] = (struct muster_group){.name = xstrdup(COMMUNITY), .people = 20, .to_do = roll(k, 20)};
	}
}

static void put_muster(struct monkey *k, struct people_message *m) {
	for (uint32_t i = roll(k, 60); i > 0; i--) {
		struct muster *all = &m->muster;
		ARRAY_GROW(all, items);
		struct muster_person *person = &all->items[all->count++];
		*person = (struct muster_person){.name = xstrdup(PERSON)};
		snprintf(person->id, sizeof person->id, "%020u", (unsigned)i);
	}
}

static void answer_people(struct monkey *k, const struct effect *e) {
	struct people_message *m = xcalloc(1, sizeof *m);
	m->kind = (enum people_kind)e->seq;
	m->number = e->number;
	m->failed = roll(k, 8) == 0;
	if (!m->failed) {
		switch (m->kind) {
		case PEOPLE_FOUND: put_people(k, m); break;
		case PEOPLE_CARD: m->card = roll(k, 8) == 0 ? NULL : make_card(k); break;
		case PEOPLE_GROUPS: put_groups(k, m); break;
		case PEOPLE_MUSTER: put_muster(k, m); break;
		}
	}
	send(k, (struct msg){.kind = MSG_PEOPLE, .people = m});
}

static void answer_group(struct monkey *k, const struct effect *e) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_GROUP;
	d->number = e->number;
	d->group_count = (size_t)e->seq;
	for (size_t i = 0; i < d->group_count; i++) {
		d->group[i] = (struct group_answer){.kept = roll(k, 6) != 0,
						    .outcome = (enum outcome)roll(k, OUTCOME_COUNT),
						    .registration = (enum registration)roll(k, REGISTRATION_COUNT),
						    .label = roll(k, 4) == 0};
	}
	send(k, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void answer_deed(struct monkey *k, const struct effect *e) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_DONE;
	d->number = e->number;
	d->kept = roll(k, 4) != 0;
	send(k, (struct msg){.kind = MSG_DESK, .desk = d});
}

/* The disk is full now and then. */
static void answer_kept(struct monkey *k, const struct effect *e) {
	(void)e;
	send(k, (struct msg){.kind = MSG_KEPT, .text = roll(k, 4) == 0 ? "no space left on device" : ""});
}

/* A part of a run, or all of it; whatever number the screen waits for then. */
static void answer_self_test(struct monkey *k, const struct effect *e) {
	size_t count = roll(k, 4) == 0 ? roll(k, (uint32_t)self_checks_count()) : self_checks_count();
	for (size_t i = 0; i < count; i++) {
		for (enum self_test_kind kind = SELF_TEST_BEGINS; kind <= SELF_TEST_DONE; kind++) {
			struct self_test_message *t = xcalloc(1, sizeof *t);
			*t = (struct self_test_message){.kind = kind, .number = e->number, .check = i};
			if (kind == SELF_TEST_DONE) {
				self_say(&t->checked, (enum self_verdict)roll(k, SELF_VERDICT_COUNT), "there are: {scanners}", NULL);
				self_value(&t->checked.text, "scanners", "%s", PERSON);
			}
			send(k, (struct msg){.kind = MSG_SELF_TEST, .self_test = t});
		}
	}
	struct self_test_message *over = xcalloc(1, sizeof *over);
	*over = (struct self_test_message){.kind = SELF_TEST_OVER, .number = e->number};
	send(k, (struct msg){.kind = MSG_SELF_TEST, .self_test = over});
}

static void answer(struct monkey *k, const struct effect *e) {
	switch (e->kind) {
	case EFFECT_SCAN:
	case EFFECT_SIGN_IN: answer_scan(k); break;
	case EFFECT_FIND:
	case EFFECT_CONFIRM: answer_search(k, e); break;
	case EFFECT_TWIN: answer_twin(k, e); break;
	case EFFECT_SUGGEST: answer_suggestion(k, e); break;
	case EFFECT_VISITOR: (e->forced ? answer_walk_in : answer_signature)(k, e); break;
	case EFFECT_PEOPLE: answer_people(k, e); break;
	case EFFECT_GROUP: answer_group(k, e); break;
	case EFFECT_DEED: answer_deed(k, e); break;
	case EFFECT_STICK_LOOK:
	case EFFECT_STICK_VISIT:
	case EFFECT_STICK_END: answer_stick(k, e->kind); break;
	case EFFECT_DEVICE: answer_kept(k, e); break;
	case EFFECT_PRINTER_WATCH:
	case EFFECT_LABEL_TEST:
	case EFFECT_LABEL_ALL:
	case EFFECT_LABEL_TOMORROW:
	case EFFECT_SLIP:
	case EFFECT_LABEL_AGAIN: answer_print(k); break;
	case EFFECT_TOTALS:
	case EFFECT_ROLL: answer_roll(k, e); break;
	case EFFECT_SELF_TEST: answer_self_test(k, e); break;
	default: break;
	}
}

/* Effects are good until the next message, so they are copied; answers may have effects of their own. */
static void send(struct monkey *k, struct msg msg) {
	k->chosen = k->m->chosen;
	struct effects effects = kiosk_fixture_send(k->m, msg);
	size_t count = effects.count;
	struct effect *copies = xcalloc(count + 1, sizeof *copies);
	if (count != 0) {
		memcpy(copies, effects.items, count * sizeof *copies);
	}
	for (size_t i = 0; i < count; i++) {
		if (copies[i].kind == EFFECT_SIGN_IN) {
			judge_sign_in(k, &copies[i]);
		} else if (copies[i].kind == EFFECT_VISITOR) { /* who goes with the next message */
			judge_visitor(k, copies[i].visitor);
			copies[i].forced = copies[i].visitor->set != NULL;
			copies[i].number = copies[i].visitor->number;
			copies[i].visitor = NULL;
		} else if (copies[i].kind == EFFECT_PEOPLE) {
			copies[i].number = copies[i].people->number;
			copies[i].seq = copies[i].people->kind;
			copies[i].people = NULL;
		} else if (copies[i].kind == EFFECT_GROUP) {
			judge_group(k, copies[i].group);
			copies[i].number = copies[i].group->number;
			copies[i].seq = copies[i].group->count;
			copies[i].group = NULL;
		} else if (copies[i].kind == EFFECT_DEED) {
			copies[i].number = copies[i].deed->number;
			copies[i].deed = NULL;
		} else if (copies[i].kind == EFFECT_TWIN) {
			copies[i].visitor = NULL;
		} else if (copies[i].kind == EFFECT_DEVICE && str_eq(copies[i].how, "screen-rotate")) {
			str_to_i64(copies[i].text, &k->degrees);
		}
	}
	for (size_t i = 0; i < count; i++) {
		/* Sometimes nobody answers, but whoever writes a stick says how it ended: until then its screen stays. */
		if (roll(k, 8) != 0 || copies[i].kind == EFFECT_STICK_VISIT) {
			answer(k, &copies[i]);
		}
	}
	free(copies);
}

static void wait(struct monkey *k, int64_t ms) {
	send(k, (struct msg){.kind = MSG_TIME, .ms = k->m->ms + ms, .now = {k->m->now.v + ms}, .clock_sure = k->m->clock_sure});
}

/* --- what the monkey does -------------------------------------------------------------------------------------------------------------------- */

static void touch(struct monkey *k) {
	size_t touches = 0;
	draw(k);
	for (size_t i = 0; i < k->list.count; i++) {
		touches += k->list.items[i].kind == DRAW_TOUCH;
	}
	if (touches == 0) {
		send(k, (struct msg){.kind = MSG_TOUCH});
		return;
	}
	size_t which = roll(k, (uint32_t)touches), at = 0;
	while (k->list.items[at].kind != DRAW_TOUCH || which-- > 0) {
		at++;
	}
	const struct draw_command *c = &k->list.items[at];
	send(k, (struct msg){.kind = MSG_ACTION, .action = c->action, .argument = c->argument, .screen = k->list.owner});
}

static void type_text(struct monkey *k, const char *text) { send(k, (struct msg){.kind = MSG_TYPED, .text = text, .n = strlen(text)}); }

static void type(struct monkey *k) {
	static const char *const texts[] = {WORD, "1", "2468\n", "0", "\b", "\n", "7f3k2mq9", "Sch", "'", " ", "2026", "王伟"};
	type_text(k, texts[roll(k, COUNT_OF(texts))]);
}

/* Somebody at a keyboard, or with a switch. */
static void move_focus(struct monkey *k) {
	draw(k);
	for (uint32_t steps = 1 + roll(k, 5); steps > 0; steps--) {
		(roll(k, 2) == 0 ? focus_advance : focus_back)(&k->list, &k->m->focus);
	}
	send(k, (struct msg){.kind = MSG_HANDS});
	draw(k);
	const struct draw_command *c = focus_choose(&k->list, &k->m->focus);
	if (c != NULL) {
		send(k, (struct msg){.kind = MSG_ACTION, .action = c->action, .argument = c->argument, .screen = k->list.owner});
	}
}

static void finger(struct monkey *k) {
	int x = (int)roll(k, 1920), y = (int)roll(k, 1920);
	for (int i = 0; i < 3; i++) {
		send(k, (struct msg){.kind = MSG_FINGER, .phase = (enum finger)i, .x = x + i, .y = y - i});
	}
}

static void load_another(struct monkey *k) {
	struct kiosk_event *event = roll(k, 3) == 0 ? credits_event(roll(k, 2) == 0) : kiosk_fixture_event(roll(k, 4) != 0);
	event->find_by_name = roll(k, 8) != 0;
	event->walk_in = roll(k, 8) != 0;
	event->signature = (enum signature_wish)roll(k, SIGNATURE_REQUIRED + 1);
	kiosk_fixture_load(k->m, event);
}

static void tell_standing(struct monkey *k) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_STANDING;
	d->standing = roll(k, 2) == 0 ? STATION_GOOD : (enum station_standing)roll(k, STATION_LOST + 1);
	send(k, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void something_happens(struct monkey *k) {
	static const enum camera_state cameras[] = {CAMERA_NONE, CAMERA_STARTING, CAMERA_OK, CAMERA_LOST};
	struct seen_code seen = {.guidance = GUIDANCE_FURTHER};
	switch (roll(k, 6)) {
	case 0: send(k, (struct msg){.kind = MSG_CODE, .text = "CODE", .n = 4, .how = "camera"}); break;
	case 1: send(k, (struct msg){.kind = MSG_CAMERA, .camera = cameras[roll(k, COUNT_OF(cameras))], .text = ""}); break;
	case 2: send(k, (struct msg){.kind = MSG_SEEN, .seen = &seen}); break;
	case 3: load_another(k); break;
	case 4: tell_standing(k); break;
	default: send(k, (struct msg){.kind = MSG_DESK, .desk = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL)}); break;
	}
}

/* Nobody comes to the staff's screens by chance. */
static void be_staff(struct monkey *k) {
	if (model_shows(k->m, SCREEN_AGENDA)) {
		send(k, (struct msg){.kind = MSG_ACTION, .action = TOUCH_STAFF});
		wait(k, TIMING.hold_ms);
		type_text(k, "2468\n");
	}
}

/* Nor is anybody signed in by name: whoever looks for themselves, chooses a row and has digits, or asks staff. */
static void be_somebody(struct monkey *k) {
	send(k, (struct msg){.kind = MSG_ACTION, .action = ACTION_FIND});
	type_text(k, WORD);
	send(k, (struct msg){.kind = MSG_ACTION, .action = FIND_TOUCH_ROW, .argument = roll(k, 2)});
	if (model_shows(k->m, SCREEN_ME) && roll(k, 4) == 0) {
		send(k, (struct msg){.kind = MSG_ACTION, .action = ME_TOUCH_STAFF});
		type_text(k, "2468\n");
	} else if (model_shows(k->m, SCREEN_ME)) {
		type_text(k, "1234");
	}
}

/* Nor does anybody fill in a form: it is answered here, and left at any question. */
static void walk_in(struct monkey *k) {
	send(k, (struct msg){.kind = MSG_ACTION, .action = ACTION_WALKIN});
	for (int i = 0; i < 12 && model_shows(k->m, SCREEN_WALKIN) && roll(k, 12) != 0; i++) {
		type_text(k, roll(k, 3) == 0 ? "" : PERSON);
		send(k, (struct msg){.kind = MSG_ACTION, .action = WALKIN_TOUCH_NEXT});
		send(k, (struct msg){.kind = MSG_ACTION, .action = WALKIN_TOUCH_ANSWER, .argument = roll(k, 3)});
	}
	if (model_shows(k->m, SCREEN_SIGN)) {
		visitor_writes(k->m);
		send(k, (struct msg){.kind = MSG_ACTION, .action = SIGN_TOUCH_CLEAR + (int)roll(k, 4)});
	}
}

/* Whoever has a badge is to sign. */
static void arrive(struct monkey *k) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, PERSON);
	d->unsigned_yet = true;
	str_copy(d->person, sizeof d->person, SIGNER);
	send(k, (struct msg){.kind = MSG_DESK, .desk = d});
	wait(k, TIMING.result_admitted_ms);
	if (model_shows(k->m, SCREEN_SIGN) && roll(k, 2) == 0) {
		visitor_writes(k->m);
		send(k, (struct msg){.kind = MSG_ACTION, .action = SIGN_TOUCH_DONE});
	}
}

/* Whom a rule keeps out staff may let in, and leave at any step. */
static void be_refused(struct monkey *k) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_FULL, PERSON);
	str_copy(d->person, sizeof d->person, SIGNER);
	send(k, (struct msg){.kind = MSG_DESK, .desk = d});
	send(k, (struct msg){.kind = MSG_ACTION, .action = RESULT_TOUCH_STAFF});
	if (roll(k, 4) != 0) {
		type_text(k, "2468\n");
	}
	draw(k);
}

/* Nor does anybody come by chance to the names behind the figures, or to the printer. */
static void look_at_figures(struct monkey *k) {
	be_staff(k);
	if (model_shows(k->m, SCREEN_STAFF) && roll(k, 2) == 0) {
		answer_print(k);
		send(k, (struct msg){.kind = MSG_ACTION, .action = TOUCH_STAFF_PRINTER});
		draw(k);
	} else if (model_shows(k->m, SCREEN_STAFF)) {
		send(k, (struct msg){.kind = MSG_ACTION, .action = TOUCH_STAFF_TOTALS});
		send(k, (struct msg){.kind = MSG_ACTION, .action = TOTALS_TOUCH_HERE + (int)roll(k, 3)});
		draw(k);
	}
}

/* Nor do staff come to what they set up: of the many ways from their screen it is one. */
static void set_up(struct monkey *k) {
	be_staff(k);
	send(k, (struct msg){.kind = MSG_ACTION, .action = TOUCH_STAFF_SETUP});
	touch(k);
}

/* Nor does anybody come to somebody's card by chance, or to a group that is ticked off. */
static void look_for_people(struct monkey *k) {
	static const int deeds[] = {CARD_TOUCH_SIGN_IN, CARD_TOUCH_NOTE,  CARD_TOUCH_NOTE,
				    CARD_TOUCH_LABEL,   CARD_TOUCH_GROUP, CARD_TOUCH_MORE};
	be_staff(k);
	bool groups = roll(k, 3) == 0;
	send(k, (struct msg){.kind = MSG_ACTION, .action = groups ? TOUCH_STAFF_GROUPS : TOUCH_STAFF_PEOPLE});
	type_text(k, groups ? "" : WORD);
	send(k, (struct msg){.kind = MSG_ACTION, .action = PEOPLE_TOUCH_ROW, .argument = roll(k, 8)});
	draw(k);
	if (model_shows(k->m, SCREEN_CARD)) {
		send(k, (struct msg){.kind = MSG_ACTION, .action = deeds[roll(k, COUNT_OF(deeds))], .argument = roll(k, 20)});
	}
	draw(k);
	if (model_shows(k->m, SCREEN_NOTE)) {
		type_text(k, PERSON);
		type_text(k, roll(k, 2) == 0 ? "\n" : "");
	} else if (model_shows(k->m, SCREEN_TICK)) {
		send(k, (struct msg){.kind = MSG_ACTION, .action = TICK_TOUCH_ONE, .argument = roll(k, 60)});
		send(k, (struct msg){.kind = MSG_ACTION, .action = TICK_TOUCH_GO});
	}
	draw(k);
}

/* A lead sets how the box looks and sounds, and answers, or goes away from a screen that is turned. */
static void set_box(struct monkey *k) {
	be_staff(k);
	send(k, (struct msg){.kind = MSG_ACTION, .action = TOUCH_STAFF_SETUP});
	send(k, (struct msg){.kind = MSG_ACTION, .action = TOUCH_SETUP_SETTINGS});
	for (int i = 0; i < 6 && model_shows(k->m, SCREEN_SETTINGS); i++) {
		static const int values[] = {-1, 0, 1, 20, 25, 60, 90, 100, 180, 270};
		int action = SETTINGS_TOUCH_LANGUAGE + (int)roll(k, SETTINGS_TOUCH_UNDO - SETTINGS_TOUCH_LANGUAGE + 1);
		send(k, (struct msg){.kind = MSG_ACTION, .action = action, .argument = values[roll(k, COUNT_OF(values))]});
		draw(k);
	}
}

static void do_anything(struct monkey *k) {
	static void (*const deeds[])(struct monkey *) = {be_staff,        be_staff,        be_staff,        be_somebody, be_somebody,
							 be_somebody,     be_somebody,     walk_in,         walk_in,     arrive,
							 be_refused,      look_for_people, look_for_people, set_up,      set_up,
							 look_at_figures, set_box,         look_at_figures, walk_in,     walk_in};
	uint32_t what = roll(k, 100 + COUNT_OF(deeds));
	if (what >= 100) {
		deeds[what - 100](k);
		return;
	}
	if (what < 38) {
		touch(k);
	} else if (what < 45) {
		move_focus(k);
	} else if (what < 65) {
		type(k);
	} else if (what < 70) {
		finger(k);
	} else if (what < 78) {
		something_happens(k);
	} else if (what < 80) {
		send(k, (struct msg){.kind = MSG_ACTION, .action = (int)roll(k, 64), .argument = (int64_t)roll(k, 2000) - 1000});
	} else {
		wait(k, 1 + roll(k, 4000));
	}
}

/* --- what has to hold ---------------------------------------------------------------------------------------------------------------------- */

static bool keeps(const struct model *m, const char *text) {
	for (int id = 0; id < SCREEN_COUNT; id++) {
		if (screens_all[id]->state != 0 && memmem(m->states[id], screens_all[id]->state, text, strlen(text)) != NULL) {
			return true;
		}
	}
	return memmem(m, sizeof *m, text, strlen(text)) != NULL;
}

static const char *const PRIVATE[] = {PERSON, COMMUNITY, WORD, "Щедрик"};

static void assert_forgotten(struct monkey *k) {
	draw(k);
	for (size_t i = 0; i < COUNT_OF(PRIVATE); i++) {
		if (keeps(k->m, PRIVATE[i]) || strstr(kiosk_fixture_reads(k->m), PRIVATE[i]) != NULL) {
			fail_with(k, PRIVATE[i]);
		}
	}
}

/* Time goes by as the program lets it: to the next deadline, and no further. */
static void walk_away(struct monkey *k) {
	int64_t end = k->m->ms + STYLE_LONGER * (2 * TIMING.idle_ms + TIMING.result_code_ms) + TIMING.barred_ms;
	while (k->m->ms < end) {
		int64_t next = model_deadline(k->m);
		wait(k, next <= k->m->ms || next > k->m->ms + 5000 ? 5000 : next - k->m->ms);
	}
	bool clock_asked = model_shows(k->m, SCREEN_PIN) && k->m->asks_clock; /* the clock was never set: staff are asked until they say */
	if (!model_shows(k->m, model_erased(k->m) ? SCREEN_ERASED : SCREEN_AGENDA) && !clock_asked) {
		fail_with(k, "the first screen does not come back");
	}
	assert_forgotten(k);
	if (!model_erased(k->m) && (model_access_chosen(k->m) || k->m->focus.on)) { /* how somebody used the kiosk is nobody else's way */
		fail_with(k, "the box is not as it is set");
	}
	if (k->m->box.degrees != k->degrees) {
		fail_with(k, "the screen is turned as nobody wanted it");
	}
	if (k->m->strays != 0) {
		fail_with(k, "a screen opened what it does not declare");
	}
}

static unsigned long number_of(const char *name, unsigned long otherwise) {
	const char *text = getenv(name);
	return str_empty(text) ? otherwise : strtoul(text, NULL, 10);
}

/* Personal data go while somebody is at anything: from that very moment nothing of theirs is left, and whatever comes, nothing comes back. */
static void be_erased(struct monkey *k) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_ERASED;
	d->event = kiosk_fixture_event(true);
	d->retention = (struct retention){RETENTION_ERASED, tz_days(2026, 8, 14)};
	send(k, (struct msg){.kind = MSG_DESK, .desk = d});
	assert_forgotten(k);
	for (int i = 0; i < 500; i++) {
		do_anything(k);
		assert_forgotten(k);
		if (!model_shows(k->m, SCREEN_ERASED) && !model_shows(k->m, SCREEN_PIN) && !model_shows(k->m, SCREEN_END)) {
			fail_with(k, "an erased box shows something else");
		}
	}
	walk_away(k);
}

static void anything_is_borne(void **state) {
	struct monkey k = {.m = visit_model(state), .seed = number_of("MONKEY_SEED", 1)};
	unsigned long events = number_of("MONKEY", EVENTS_USUAL);
	k.m->speaks = true;
	k.dice = UINT64_C(88172645463325252) + k.seed * UINT64_C(0x9E3779B97F4A7C15);
	answer_print(&k);
	for (; k.events < events; k.events++) {
		do_anything(&k);
		if (roll(&k, 4) == 0) {
			draw(&k);
		}
		if (roll(&k, WALKS_AWAY) == 0) {
			walk_away(&k);
		}
	}
	walk_away(&k);
	walk_in(&k); /* left at any question */
	be_erased(&k);
	/* It came everywhere: else what it found says nothing of the rest. */
	for (int id = 0; id < SCREEN_COUNT && events >= EVENTS_USUAL; id++) {
		if (id != SCREEN_START && (k.opened & UINT64_C(1) << id) == 0) {
			fail_msg("seed %lu: the screen %s was never opened", k.seed, screens_all[id]->name);
		}
	}
	if (events >= EVENTS_USUAL && (k.groups == 0 || k.by_digits == 0 || k.by_staff == 0 || k.walked_in == 0 || k.signed_here == 0)) {
		fail_msg("seed %lu: by digits %lu were signed in, by staff %lu, %lu walked in, %lu signed, %lu of groups", k.seed,
			 k.by_digits, k.by_staff, k.walked_in, k.signed_here, k.groups);
	}
	draw_fini(&k.list);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, visit_open, visit_close)

int main(void) {
	const struct CMUnitTest tests[] = {TEST(anything_is_borne)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
