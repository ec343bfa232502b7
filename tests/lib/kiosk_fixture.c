#include "lib/kiosk_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/room.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/view.h"
#include "kiosk/ui/field.h"
#include "lib/kiosk_crowd.h"
#include "lib/kiosk_display.h"
#include "lib/kiosk_states.h"
#include "lib/kiosk_visitor.h"
#include "lib/words_built.h"
#include "scan/camera/camera_list.h"
#include "sync/stick_worker.h"
#include "sync/worker.h"

struct utc_ms kiosk_fixture_time(const char *local) {
	struct err err;
	struct utc_ms utc = {0};
	int offset;
	struct tz *kyiv = tz_open("Europe/Kyiv", &err);
	if (kyiv == NULL || !tz_parse(kyiv, local, &utc, &offset)) {
		abort();
	}
	tz_close(kyiv);
	return utc;
}

static const struct row {
	const char *start, *end, *room, *track, *title, *speakers;
} rows[] = {
	{"2026-05-14T09:30", "2026-05-14T10:15", "Зала А", "Село", "Відкриття", ""},
	{"2026-05-14T10:00", "2026-05-14T11:30", "Шатро 2", "Партнерство", "Соціальне партнерство: від ідеї до договору", "Круглий стіл"},
	{"2026-05-14T10:30", "2026-05-14T11:15", "Зала А", "Село", "Бджільництво для громад", "Олена Приклад, Сорочинська громада"},
	{"2026-05-14T10:30", "2026-05-14T12:00", "Зала Б", "Гранти", "Як написати грантову заявку", "Тарас Зразковий"},
	{"2026-05-14T11:30", "2026-05-14T12:15", "Зала А", "Село", "Кооператив: перші три кроки", ""},
	{"2026-05-14T11:45", "2026-05-14T12:30", "Шатро 2", "Партнерство", "Нетворкінг за кавою", ""},
	{"2026-05-14T13:00", "2026-05-14T14:30", "Зала Б", "Гранти",
	 "Бюджет проєкту без болю: що саме читають ті, хто ухвалює рішення про фінансування", "Ірина Тестова"},
	{"2026-05-15T10:00", "2026-05-15T11:00", "Зала А", "Село", "Мед, мапи і молодь", ""},
};

static void add_session(struct kiosk_event *event, const struct row *row, int index) {
	struct sessions *list = &event->sessions;
	ARRAY_GROW(list, items);
	struct session_row *out = &list->items[list->count++];
	*out = (struct session_row){.source = xstrdup("test")};
	snprintf(out->id, sizeof out->id, "%020d", index);
	struct session *s = &out->session;
	s->uid = xstrdup(out->id);
	session_set(s, SESSION_TITLE, row->title);
	session_set(s, SESSION_TRACK, row->track);
	session_set(s, SESSION_SPEAKERS, row->speakers);
	session_set(s, SESSION_ABSTRACT,
		    "Покажемо на прикладах, що саме читають ті, хто ухвалює рішення.\n\nВізьміть із собою свою ідею на одному аркуші: "
		    "розберемо мету, бюджет і "
		    "показники. Майстер-клас для тих, хто пише вперше, і для тих, кому відмовили.");
	s->when = (struct session_when){.start = kiosk_fixture_time(row->start),
					.end = kiosk_fixture_time(row->end),
					.offset_min = 180,
					.place_offset_min = 180,
					.room = xstrdup(row->room)};
}

struct kiosk_event *kiosk_fixture_event(bool sessions) {
	struct kiosk_event *event = xcalloc(1, sizeof *event);
	struct err err;
	event->title = xstrdup("Ярмарок співпраці громад");
	event->place = xstrdup("Великі Сорочинці");
	event->staff_pin = xstrdup("2468");
	event->organisers = xstrdup("Фонд · Партнер · Організатор");
	static const char *const languages[] = {"uk", "en", "ru"};
	for (size_t i = 0; i < COUNT_OF(languages); i++) {
		event->languages[event->language_count++] = xstrdup(languages[i]);
	}
	event->tz = tz_open("Europe/Kyiv", &err);
	event->days[event->day_count++] = tz_days(2026, 5, 14);
	event->days[event->day_count++] = tz_days(2026, 5, 15);
	event->point = event->handout = -1;
	event->doors_ms = ROOM_DOORS_MS;
	event->find_by_name = event->walk_in = true;
	form_default(&event->form);
	event->track = xcalloc(COUNT_OF(rows), sizeof *event->track);
	for (size_t i = 0; sessions && i < COUNT_OF(rows); i++) {
		add_session(event, &rows[i], (int)i);
		event->track[i] = str_eq(rows[i].track, "Село") ? 0 : str_eq(rows[i].track, "Партнерство") ? 1 : 2;
	}
	return event;
}

struct effects kiosk_fixture_send(struct model *m, struct msg msg) {
	static struct effects effects;
	effects_reset(&effects);
	model_update(m, &msg, &effects);
	return effects;
}

void kiosk_fixture_load(struct model *m, struct kiosk_event *event) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_LOADED;
	d->event = event;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

void kiosk_fixture_self_test(struct model *m, enum self_test_kind kind, size_t check, struct self_checked *checked) {
	struct self_test_message *s = xcalloc(1, sizeof *s);
	*s = (struct self_test_message){.kind = kind, .number = m->numbers, .check = check};
	if (checked != NULL) {
		s->checked = *checked;
	}
	kiosk_fixture_send(m, (struct msg){.kind = MSG_SELF_TEST, .self_test = s});
}

struct effects kiosk_fixture_wait(struct model *m, int64_t ms) {
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_TIME, .ms = m->ms + ms, .now = {m->now.v + ms}, .clock_sure = m->clock_sure});
}

struct desk_message *kiosk_fixture_answer(enum outcome outcome, const char *name) {
	struct desk_message *d = xcalloc(1, sizeof *d);
	d->kind = DESK_ANSWERED;
	d->kept = true;
	d->outcome = outcome;
	d->name = name == NULL ? NULL : xstrdup(name);
	d->organisation = name == NULL ? NULL : xstrdup("ГО «Приклад»");
	d->community = name == NULL ? NULL : xstrdup("Сорочинська громада");
	d->saved = 412;
	d->waiting = 14;
	d->other = -1;
	d->now = kiosk_fixture_time("2026-05-14T10:42");
	return d;
}

/* --- what is to be seen ---------------------------------------------------------------------------------------------------------------- */

int kiosk_fixture_width(void *context, enum face face, int size, const char *text, size_t n) {
	int letters = 0;
	(void)context, (void)face;
	for (const char *end = text + n; text < end; letters++) {
		utf8_next(&text);
	}
	return letters * size / 2;
}

static void draw(const struct model *m, struct draw_list *list) {
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct theme theme = theme_make(m->style, 1920, 1080, 0);
	view_draw(m, &theme, &metrics, list);
}

const char *kiosk_fixture_reads(const struct model *m) {
	static struct strbuf all;
	struct draw_list list = {0};
	strbuf_reset(&all);
	draw(m, &list);
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].kind == DRAW_TEXT) {
			strbuf_addf(&all, "%s\n", draw_text_of(&list, &list.items[i]));
		}
	}
	draw_fini(&list);
	return strbuf_str(&all);
}

/* Lines are broken where the panel has them end. */
bool kiosk_fixture_says(const struct model *m, const char *message) {
	char *read = xstrdup(kiosk_fixture_reads(m));
	for (char *at = read; *at != '\0'; at++) {
		*at = *at == '\n' ? ' ' : *at;
	}
	bool says = strstr(read, words_get(m->words, model_language(m), message)) != NULL;
	free(read);
	return says;
}

uint32_t kiosk_fixture_ground(const struct model *m) {
	struct draw_list list = {0};
	draw(m, &list);
	uint32_t ground = list.background;
	draw_fini(&list);
	return ground;
}

const char *kiosk_fixture_typed(const struct model *m, enum screen_id id) { return ((const struct field *)model_state(m, id))->text; }

/* --- the states -------------------------------------------------------------------------------------------------------------------- */

void state_answer(struct kiosk_fixture *f, struct desk_message *d) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
	kiosk_fixture_wait(&f->model, 600);
}

void state_act(struct kiosk_fixture *f, int action, int64_t argument) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_ACTION, .action = action, .argument = argument});
}

static void nothing(struct kiosk_fixture *f) { (void)f; }
static void camera(struct kiosk_fixture *f) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_CAMERA, .camera = CAMERA_OK, .text = ""});
}
void state_lost(struct kiosk_fixture *f) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_CAMERA, .camera = CAMERA_LOST, .text = "unplugged"});
}
static void online(struct kiosk_fixture *f) {
	state_tell(f, TRANSPORT_HUB, state_peers(1));
	f->model.waiting_to_send = 0;
}
/* A badge that is held up slanted, in a picture of 640 x 360. */
static void see(struct kiosk_fixture *f, enum guidance guidance) {
	struct seen_code seen = {.guidance = guidance, .marked = true, .width = 640, .height = 360};
	static const struct turn_spot corners[4] = {{240, 90}, {420, 120}, {400, 290}, {230, 260}};
	memcpy(seen.corners, corners, sizeof corners);
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_SEEN, .seen = &seen});
}
static void seen_far(struct kiosk_fixture *f) {
	camera(f);
	see(f, GUIDANCE_CLOSER);
}
static void seen_dark(struct kiosk_fixture *f) {
	camera(f);
	see(f, GUIDANCE_LIGHT);
}
static void seen_glare(struct kiosk_fixture *f) {
	camera(f);
	see(f, GUIDANCE_GLARE);
}
static void camera_seen(struct kiosk_fixture *f) {
	state_camera_choice(f);
	see(f, GUIDANCE_STILL);
}
static void not_a_badge(struct kiosk_fixture *f) {
	camera(f);
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = kiosk_fixture_answer(OUTCOME_NOT_A_BADGE, NULL)});
	kiosk_fixture_wait(&f->model, TIMING.shake_ms);
}
static void set_now(struct kiosk_fixture *f, const char *local) {
	kiosk_fixture_send(
		&f->model,
		(struct msg){.kind = MSG_TIME, .ms = f->model.ms, .now = kiosk_fixture_time(local), .clock_sure = f->model.clock_sure});
}
static void before(struct kiosk_fixture *f) { set_now(f, "2026-05-14T08:20"); }
static void evening(struct kiosk_fixture *f) { set_now(f, "2026-05-14T19:00"); }
static void over(struct kiosk_fixture *f) { set_now(f, "2026-05-16T09:00"); }
static void no_agenda(struct kiosk_fixture *f) {
	kiosk_event_free(f->model.event);
	f->model.event = kiosk_fixture_event(false);
}
static void crowd(struct kiosk_fixture *f, size_t sessions, size_t days) {
	kiosk_fixture_load(&f->model, kiosk_crowd_event(sessions, days));
}
static void crowded(struct kiosk_fixture *f) {
	crowd(f, 1000, 3);
	set_now(f, "2026-05-15T14:00");
}
static void crowded_day(struct kiosk_fixture *f) {
	crowded(f);
	state_act(f, TOUCH_MORE, 14 * CROWD_ROOMS + 5 * CROWD_ROOMS + 3);
}
static void many_days(struct kiosk_fixture *f) {
	crowd(f, 1000, 20);
	set_now(f, "2026-05-24T14:00");
}
static void many_days_day(struct kiosk_fixture *f) {
	many_days(f);
	state_act(f, ACTION_DAY, tz_days(2026, 5, 18));
}
static void one_day(struct kiosk_fixture *f) { crowd(f, 14 * CROWD_ROOMS, 1); }
static void day(struct kiosk_fixture *f) { state_act(f, ACTION_DAY, tz_days(2026, 5, 14)); }
static void track(struct kiosk_fixture *f) {
	day(f);
	state_act(f, TOUCH_TRACK, 1);
}
static void session(struct kiosk_fixture *f) { state_act(f, ACTION_SESSION, 3); }
static void session_over(struct kiosk_fixture *f) { state_act(f, ACTION_SESSION, 0); }
static void day_cancelled(struct kiosk_fixture *f) {
	f->model.event->sessions.items[4].session.cancelled = f->model.event->sessions.items[6].session.cancelled = true;
	day(f);
}
static void session_cancelled(struct kiosk_fixture *f) {
	day_cancelled(f);
	state_act(f, ACTION_SESSION, 6);
}
static void help(struct kiosk_fixture *f) { state_act(f, ACTION_HELP, 0); }
static void call_elsewhere(struct kiosk_fixture *f) {
	struct help_call call = {.seq = 7, .name = "Вхід 2", .point = "arrival", .utc = kiosk_fixture_time("2026-05-14T10:40")};
	memset(call.station.b, 0x77, KEY_LEN);
	memset(call.log.b, 0x11, HASH_LEN);
	f->model.helps = (struct helps){.open = 1, .count = 1, .items = {call}};
}
static void staff_call(struct kiosk_fixture *f) {
	state_staff(f);
	call_elsewhere(f);
}
static void help_heard(struct kiosk_fixture *f) {
	online(f);
	help(f);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_COUNTED;
	d->helps = (struct helps){.open = 1, .count = 1, .items = {{.station = f->model.station, .seq = 3, .point = "arrival"}}};
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
}
static void type(struct kiosk_fixture *f) {
	state_act(f, ACTION_TYPE, 0);
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_TYPED, .text = "7f3k2", .n = 5});
}
static void find(struct kiosk_fixture *f) { state_act(f, ACTION_FIND, 0); }
static void find_typed(struct kiosk_fixture *f, const char *text, const char *const *names, size_t count, bool more) {
	struct found_message *m = xcalloc(1, sizeof *m);
	find(f);
	struct effects asked = kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_TYPED, .text = text, .n = strlen(text)});
	m->number = asked.count == 0 ? 0 : asked.items[0].number;
	for (; m->count < count; m->count++) {
		struct found_row *row = &m->rows[m->count];
		snprintf(row->id, sizeof row->id, "%020zu", m->count);
		str_copy(row->name, sizeof row->name, names[m->count]);
		str_copy(row->community, sizeof row->community, m->count == 3 ? "" : "Великосорочинська сільська територіальна громада");
		row->can_confirm = m->count != 1;
	}
	m->more = more;
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_FOUND, .found = m});
}
static void found(struct kiosk_fixture *f) {
	static const char *const names[] = {"Олена П.", "Олександра-Вікторія П.", "Олег П.", "Oleksandr P.", "Олеся П."};
	find_typed(f, "оле пр", names, COUNT_OF(names), true);
}
static void found_few(struct kiosk_fixture *f) {
	static const char *const names[] = {"Олена П.", "Олег П."};
	find_typed(f, "оле прик", names, COUNT_OF(names), false);
}
static void found_nobody(struct kiosk_fixture *f) { find_typed(f, "Христофор Колумб-Задунайський", NULL, 0, false); }
static void find_latin(struct kiosk_fixture *f) {
	find(f);
	state_act(f, FIND_TOUCH_LAYOUT, 0);
}
static void me(struct kiosk_fixture *f) {
	found(f);
	state_act(f, FIND_TOUCH_ROW, 0);
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_TYPED, .text = "12", .n = 2});
}
/* What becomes of the digits. */
static void digits(struct kiosk_fixture *f, enum found_kind kind, int tries_left) {
	struct found_message *m = xcalloc(1, sizeof *m);
	me(f);
	struct effects asked = kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_TYPED, .text = "34", .n = 2});
	m->kind = kind;
	m->tries_left = tries_left;
	m->number = asked.count == 0 ? 0 : asked.items[0].number;
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_FOUND, .found = m});
}
static void me_wrong(struct kiosk_fixture *f) { digits(f, FOUND_WRONG, 2); }
static void me_no_more(struct kiosk_fixture *f) { digits(f, FOUND_WRONG, 0); }
static void me_without_phone(struct kiosk_fixture *f) {
	found(f);
	state_act(f, FIND_TOUCH_ROW, 1);
}
static void count_down(struct kiosk_fixture *f) { kiosk_fixture_wait(&f->model, TIMING.idle_ms - 12500); }
static void found_failed(struct kiosk_fixture *f) {
	struct found_message *m = xcalloc(1, sizeof *m);
	find(f);
	struct effects asked = kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_TYPED, .text = "оле", .n = strlen("оле")});
	m->kind = FOUND_FAILED;
	m->number = asked.count == 0 ? 0 : asked.items[0].number;
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_FOUND, .found = m});
}
static void me_signing(struct kiosk_fixture *f) { digits(f, FOUND_CONFIRMED, 3); }
static void me_failed(struct kiosk_fixture *f) { digits(f, FOUND_NOT_COMPARED, 3); }
static void me_gone(struct kiosk_fixture *f) { digits(f, FOUND_GONE, 3); }
static void me_vouched(struct kiosk_fixture *f) {
	me_without_phone(f);
	state_act(f, ME_TOUCH_STAFF, 0);
	state_type_pin(f, "24");
}
static void countdown(struct kiosk_fixture *f) {
	type(f);
	count_down(f);
}
static void countdown_found(struct kiosk_fixture *f) {
	found(f);
	count_down(f);
}
static void countdown_me(struct kiosk_fixture *f) {
	me(f);
	count_down(f);
}
/* A clock that runs, and that nobody vouches for. */
static void unsure(struct kiosk_fixture *f) {
	f->model.clock_sure = false;
	set_now(f, "2026-05-14T10:42");
}
static void clock_unsure(struct kiosk_fixture *f) {
	unsure(f);
	state_staff(f);
	state_act(f, TOUCH_STAFF_SETUP, 0);
	state_act(f, TOUCH_STAFF_CLOCK, 0);
}
static void duplicate_unsure(struct kiosk_fixture *f) {
	unsure(f);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_DUPLICATE, "Тарас Зразковий");
	d->first = kiosk_fixture_time("2026-05-14T11:12");
	d->first_approximate = true;
	state_answer(f, d);
}
static void clock_asked(struct kiosk_fixture *f) {
	f->model.clock_sure = false;
	set_now(f, "1970-01-01T02:00");
	state_act(f, ACTION_CLOCK, 0);
}
static void clock_unset(struct kiosk_fixture *f) {
	clock_asked(f);
	state_type_pin(f, "2468\n");
}
static void clock_corrected(struct kiosk_fixture *f) {
	state_staff(f);
	state_act(f, TOUCH_STAFF_SETUP, 0);
	state_act(f, TOUCH_STAFF_CLOCK, 0);
}
static void agenda_retired(struct kiosk_fixture *f) { f->model.standing = STATION_RETIRED; }
static void agenda_long_place(struct kiosk_fixture *f) {
	free(f->model.event->place);
	f->model.event->place = xstrdup("Національний експоцентр України, павільйон 1, проспект Академіка Глушкова, 1, Київ");
}
static void agenda_lost(struct kiosk_fixture *f) { f->model.standing = STATION_LOST; }
static void agenda_outsider(struct kiosk_fixture *f) { f->model.standing = STATION_OUTSIDER; }

static const struct state {
	const char *name;
	void (*reach)(struct kiosk_fixture *f);
} states[] = {
	{"start", NULL},
	{"agenda", nothing},
	{"agenda-camera", camera},
	{"agenda-no-camera", state_lost},
	{"agenda-online", online},
	{"agenda-not-a-badge", not_a_badge},
	{"agenda-seen-far", seen_far},
	{"agenda-seen-dark", seen_dark},
	{"agenda-seen-glare", seen_glare},
	{"agenda-before", before},
	{"agenda-evening", evening},
	{"agenda-over", over},
	{"agenda-none", no_agenda},
	{"agenda-crowded", crowded},
	{"agenda-many-days", many_days},
	{"agenda-one-day", one_day},
	{"day", day},
	{"day-crowded", crowded_day},
	{"day-of-many", many_days_day},
	{"day-track", track},
	{"session", session},
	{"session-over", session_over},
	{"day-cancelled", day_cancelled},
	{"session-cancelled", session_cancelled},
	{"help", help},
	{"help-heard", help_heard},
	{"agenda-call", call_elsewhere},
	{"staff-call", staff_call},
	{"type", type},
	{"find", find},
	{"find-latin", find_latin},
	{"found", found},
	{"found-few", found_few},
	{"found-nobody", found_nobody},
	{"me", me},
	{"me-wrong", me_wrong},
	{"me-no-more-tries", me_no_more},
	{"me-without-phone", me_without_phone},
	{"me-signing", me_signing},
	{"me-failed", me_failed},
	{"me-gone", me_gone},
	{"me-vouched", me_vouched},
	{"found-failed", found_failed},
	{"countdown", countdown},
	{"countdown-found", countdown_found},
	{"countdown-me", countdown_me},
	{"clock-asked", clock_asked},
	{"clock", clock_unset},
	{"clock-corrected", clock_corrected},
	{"agenda-clock-unsure", unsure},
	{"clock-unsure", clock_unsure},
	{"duplicate-clock-unsure", duplicate_unsure},
	{"accepted", state_accepted},
	{"accepted-long", state_accepted_long},
	{"accepted-own-language", state_accepted_russian},
	{"accepted-no-name", state_accepted_unknown_name},
	{"duplicate", state_duplicate},
	{"late", state_late},
	{"late-for-a-workshop", state_late_for_a_workshop},
	{"closed-for-good", state_closed_for_good},
	{"closed-until-later", state_closed_until_later},
	{"unverified", state_unverified},
	{"unknown", state_unknown},
	{"unknown-twice", state_unknown_twice},
	{"revoked", state_revoked},
	{"not-expected", state_not_expected},
	{"given", state_given},
	{"used-up", state_used_up},
	{"not-included", state_not_included},
	{"none-left", state_none_left},
	{"not-this-door", state_not_this_door},
	{"left", state_left},
	{"noted", state_noted},
	{"full-known", state_full_known},
	{"overrule", state_overrule},
	{"at-a-room", state_at_a_room},
	{"at-an-exit", state_at_an_exit},
	{"pending", state_pending},
	{"not-listed", state_not_listed},
	{"wrong-day", state_wrong_day},
	{"wrong-event", state_wrong_event},
	{"full", state_full},
	{"not-saved", state_not_kept},
	{"outsider", state_outsider},
	{"retired", state_retired},
	{"gone", state_gone},
	{"agenda-long-place", agenda_long_place},
	{"agenda-retired", agenda_retired},
	{"agenda-outsider", agenda_outsider},
	{"file-lost", state_file_lost},
	{"agenda-file-lost", agenda_lost},
	{"staff-file-lost", state_staff_lost},
	{"holding", state_holding},
	{"pin", state_pin},
	{"pin-typed", state_pin_typed},
	{"pin-wrong", state_pin_wrong},
	{"pin-barred", state_pin_barred},
	{"pin-none", state_pin_none},
	{"pin-own", state_pin_own},
	{"pin-looked-at", state_pin_looked_at},
	{"staff-door", state_staff_door},
	{"staff-lead", state_staff_lead},
	{"own", state_own},
	{"own-sure", state_own_sure},
	{"own-door", state_own_door},
	{"totals-asked", state_totals_asked},
	{"totals", state_totals},
	{"totals-none", state_totals_none},
	{"totals-printing", state_totals_printing},
	{"totals-slip-waits", state_totals_slip_waits},
	{"totals-more", state_totals_more},
	{"roll-here", state_roll_here},
	{"roll-printed", state_roll_printed},
	{"roll-missing", state_roll_missing},
	{"roll-nobody", state_roll_nobody},
	{"setup", state_setup},
	{"points", state_points},
	{"settings", state_settings},
	{"settings-lost", state_settings_lost},
	{"settings-turned", state_settings_turned},
	{"settings-large", state_settings_large},
	{"sound-off", state_sound_off},
	{"announce", state_announce},
	{"announced", state_announced},
	{"staff", state_staff},
	{"staff-alone", state_staff_alone},
	{"staff-trouble", state_staff_trouble},
	{"staff-exchanging", state_staff_exchanging},
	{"staff-exchanged", state_staff_exchanged},
	{"staff-session-over", state_staff_session_over},
	{"staff-printer", state_staff_printer},
	{"printer", state_printer},
	{"printer-tape", state_printer_tape},
	{"printer-empty", state_printer_empty},
	{"printer-ahead", state_printer_ahead},
	{"printer-batch", state_printer_batch},
	{"printer-nobody", state_printer_nobody},
	{"accepted-label", state_accepted_label},
	{"end", state_end},
	{"staff-erases", state_staff_erases},
	{"staff-erases-confirmed", state_staff_erases_confirmed},
	{"staff-erases-never", state_staff_erases_never},
	{"erased", state_erased},
	{"erased-by-hand", state_erased_by_hand},
	{"erased-end", state_erased_end},
	{"self-test-running", state_self_test_running},
	{"self-test-fine", state_self_test_fine},
	{"self-test-faults", state_self_test_faults},
	{"self-test-stuck", state_self_test_stuck},
	{"stick-looking", state_stick_looking},
	{"stick-none", state_stick_none},
	{"stick-choice", state_stick_choice},
	{"stick-reading", state_stick_reading},
	{"stick-writing", state_stick_writing},
	{"stick-done", state_stick_done},
	{"stick-bad", state_stick_bad},
	{"camera-none", state_camera_none},
	{"camera-choice", state_camera_choice},
	{"camera-read", state_camera_read},
	{"camera-seen", camera_seen},
	{"people", state_people},
	{"people-found", state_people_found},
	{"people-nobody", state_people_nobody},
	{"people-list", state_people_list},
	{"card", state_card},
	{"card-in", state_card_in},
	{"card-long", state_card_long},
	{"card-more", state_card_more},
	{"card-gone", state_card_gone},
	{"note", state_note},
	{"groups", state_groups},
	{"groups-letters", state_groups_letters},
	{"tick", state_tick},
	{"tick-empty", state_tick_empty},
	{"tick-running", state_tick_running},
	{"tick-done", state_tick_done},
	{"tick-refused", state_tick_refused},
	{"tick-out", state_tick_out},
};

/* The tables of states follow each other. */
const char *kiosk_state_name(size_t index) {
	size_t visitor = index - COUNT_OF(states), display = visitor - visitor_state_count;
	return index < COUNT_OF(states)        ? states[index].name
	       : visitor < visitor_state_count ? visitor_states[visitor].name
	       : display < display_state_count ? display_states[display].name
					       : NULL;
}

static void (*reach_of(size_t index))(struct kiosk_fixture *) {
	size_t visitor = index - COUNT_OF(states);
	return index < COUNT_OF(states)        ? states[index].reach
	       : visitor < visitor_state_count ? visitor_states[visitor].reach
					       : display_states[visitor - visitor_state_count].reach;
}

void kiosk_fixture_open(struct kiosk_fixture *f, size_t state, const char *language) {
	f->words = words_built();
	model_init(&f->model, screens_all, f->words, language);
	kiosk_fixture_send(&f->model,
			   (struct msg){.kind = MSG_TIME, .ms = 100000, .now = kiosk_fixture_time("2026-05-14T10:42"), .clock_sure = true});
	if (reach_of(state) == NULL) {
		return;
	}
	kiosk_fixture_load(&f->model, kiosk_fixture_event(true));
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_COUNTED;
	d->last = kiosk_fixture_time("2026-05-14T10:40");
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
	kiosk_fixture_wait(&f->model, TIMING.notice_ms);
	f->model.now = kiosk_fixture_time("2026-05-14T10:42");
	reach_of(state)(f);
	if (model_shows(&f->model, SCREEN_RESULT)) { /* its sign is drawn by then */
		kiosk_fixture_wait(&f->model, TIMING.move_ms);
	}
}

void kiosk_fixture_close(struct kiosk_fixture *f) {
	model_fini(&f->model);
	words_close(f->words);
}
