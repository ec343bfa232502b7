#include "lib/kiosk_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/view.h"
#include "kiosk/ui/field.h"
#include "lib/kiosk_crowd.h"
#include "lib/kiosk_display.h"
#include "lib/kiosk_visitor.h"
#include "lib/words_built.h"
#include "scan/camera/camera_list.h"
#include "sync/stick_worker.h"
#include "sync/worker.h"

#define NAME "Олена Приклад"
#define LONG_NAME "Олександра-Вікторія Константинопольська-Переяславська з Великих Будищ Диканського району"

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
	event->point = -1;
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

static void answer(struct kiosk_fixture *f, struct desk_message *d) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
	kiosk_fixture_wait(&f->model, 600);
}

static void act(struct kiosk_fixture *f, int action, int64_t argument) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_ACTION, .action = action, .argument = argument});
}

/* --- the states -------------------------------------------------------------------------------------------------------------------- */

static void nothing(struct kiosk_fixture *f) { (void)f; }
static void camera(struct kiosk_fixture *f) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_CAMERA, .camera = CAMERA_OK, .text = ""});
}
static void lost(struct kiosk_fixture *f) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_CAMERA, .camera = CAMERA_LOST, .text = "unplugged"});
}
static struct sync_message *peers(size_t count) {
	static const char *const names[] = {"Вхід Б", "", "Намет біля сцени", "Вхід В", "Вхід Г"};
	struct sync_message *m = xcalloc(1, sizeof *m + count * sizeof m->peers[0]);
	m->kind = SYNC_PEERS;
	m->peer_count = count;
	for (size_t i = 0; i < count; i++) {
		m->peers[i].up = m->peers[i].known = true;
		memset(m->peers[i].key.b, 0x3f + (int)i, KEY_LEN);
		str_copy(m->peers[i].name, sizeof m->peers[i].name, names[i % COUNT_OF(names)]);
		str_copy(m->peers[i].peer.urls[0], SYNC_URL_MAX, "https://hub.example.org");
	}
	return m;
}
static void tell(struct kiosk_fixture *f, enum transport transport, struct sync_message *m) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_SYNC, .transport = transport, .sync = m, .near_state = DISCOVER_ANNOUNCED});
}
static void online(struct kiosk_fixture *f) {
	tell(f, TRANSPORT_HUB, peers(1));
	f->model.waiting_to_send = 0;
}
static void hold(struct kiosk_fixture *f, int64_t ms) {
	act(f, TOUCH_STAFF, 0);
	kiosk_fixture_wait(&f->model, ms);
}
static void holding(struct kiosk_fixture *f) { hold(f, TIMING.hold_ms * 3 / 4); }
static void type_pin(struct kiosk_fixture *f, const char *text) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_TYPED, .text = text, .n = strlen(text)});
}
static void pin(struct kiosk_fixture *f) { hold(f, TIMING.hold_ms); }
static void pin_typed(struct kiosk_fixture *f) {
	pin(f);
	type_pin(f, "0000\n246");
}
static void pin_wrong(struct kiosk_fixture *f) {
	pin(f);
	type_pin(f, "0000\n");
}
static void pin_barred(struct kiosk_fixture *f) {
	pin(f);
	type_pin(f, "1\n2\n3\n");
	kiosk_fixture_wait(&f->model, 5500);
}
static void pin_none(struct kiosk_fixture *f) {
	free(f->model.event->staff_pin);
	f->model.event->staff_pin = NULL;
	pin(f);
}
static void enter(struct kiosk_fixture *f) {
	str_copy(f->model.station_name, sizeof f->model.station_name, "Вхід А");
	memset(f->model.station.b, 0x5a, KEY_LEN);
	f->model.acknowledged = true;
	f->model.acknowledged_at = kiosk_fixture_time("2026-05-14T10:38");
	pin(f);
	type_pin(f, "2468\n");
}
static void staff(struct kiosk_fixture *f) {
	tell(f, TRANSPORT_HUB, peers(1));
	tell(f, TRANSPORT_NEAR, peers(3));
	enter(f);
}
static void staff_alone(struct kiosk_fixture *f) {
	tell(f, TRANSPORT_HUB, peers(0));
	tell(f, TRANSPORT_NEAR, peers(0));
	enter(f);
	f->model.acknowledged = false;
	f->model.station_name[0] = '\0';
	act(f, TOUCH_SYNC, 0);
	struct sync_message *m = peers(0);
	m->kind = SYNC_ROUND;
	tell(f, TRANSPORT_HUB, m);
	m = peers(0);
	m->kind = SYNC_ROUND;
	tell(f, TRANSPORT_NEAR, m);
}
static struct sync_message *trouble(enum trouble what) {
	struct sync_message *m = peers(1);
	m->peers[0].up = false;
	m->peers[0].trouble = what;
	return m;
}
static void staff_lost(struct kiosk_fixture *f) {
	enter(f);
	f->model.standing = STATION_LOST;
}
static void staff_trouble(struct kiosk_fixture *f) {
	tell(f, TRANSPORT_NEAR, peers(5));
	tell(f, TRANSPORT_HUB, trouble(TROUBLE_PORTAL));
	enter(f);
	f->model.standing = STATION_OUTSIDER;
	f->model.acknowledged_at = kiosk_fixture_time("2026-05-13T18:05");
	act(f, TOUCH_SYNC, 0);
	struct sync_message *m = trouble(TROUBLE_PORTAL);
	m->kind = SYNC_ROUND;
	tell(f, TRANSPORT_HUB, m);
	m = peers(5);
	m->kind = SYNC_ROUND;
	m->sent = 14;
	m->received = 1203;
	tell(f, TRANSPORT_NEAR, m);
}
static void staff_exchanging(struct kiosk_fixture *f) {
	staff(f);
	act(f, TOUCH_SYNC, 0);
}
static void staff_exchanged(struct kiosk_fixture *f) {
	staff_exchanging(f);
	struct sync_message *m = peers(1);
	m->kind = SYNC_ROUND;
	m->sent = 14;
	tell(f, TRANSPORT_HUB, m);
	m = peers(3);
	m->kind = SYNC_ROUND;
	m->received = 3;
	tell(f, TRANSPORT_NEAR, m);
	f->model.waiting_to_send = 0;
}
static void staff_session_over(struct kiosk_fixture *f) {
	staff(f);
	f->model.event->point = 2;
	f->model.now = kiosk_fixture_time("2026-05-14T11:40");
}
static void end(struct kiosk_fixture *f) {
	staff(f);
	act(f, TOUCH_STAFF_END, 0);
}
static void tell_stick(struct kiosk_fixture *f, struct stick_message said) {
	struct stick_message *m = xcalloc(1, sizeof *m);
	*m = said;
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_STICK, .stick = m});
}
static void stick_looking(struct kiosk_fixture *f) {
	staff(f);
	act(f, TOUCH_STICK, 0);
}
static void stick_none(struct kiosk_fixture *f) {
	stick_looking(f);
	tell_stick(f, (struct stick_message){.kind = STICK_MEDIA});
}
static void stick_choice(struct kiosk_fixture *f) {
	stick_looking(f);
	tell_stick(f, (struct stick_message){.kind = STICK_MEDIA,
					     .media = {{"/media/fair/SANDISK", "SANDISK"}, {"/media/fair/ФЛЕШКА Олени", "ФЛЕШКА Олени"}},
					     .media_count = 2});
}
static void stick_writing(struct kiosk_fixture *f) {
	stick_choice(f);
	act(f, TOUCH_STICK_VISIT, 1);
	tell_stick(f, (struct stick_message){.kind = STICK_STEP, .step = STICK_WRITING, .done = 3, .count = 8});
}
static void stick_done(struct kiosk_fixture *f) {
	stick_writing(f);
	tell_stick(f, (struct stick_message){.kind = STICK_OVER, .report = {.read = 21, .written = 412, .damaged = 2}});
}
static void stick_bad(struct kiosk_fixture *f) {
	stick_writing(f);
	tell_stick(f, (struct stick_message){.kind = STICK_OVER, .trouble = STICK_PROTECTED, .report = {.read = 21}});
}
static void tell_cameras(struct kiosk_fixture *f, size_t count) {
	static const char *const ids[] = {"Integrated Camera: Integrated C [usb-0000:00:14.0-8]", "HD Pro Webcam C920 [usb-0000:00:14.0-2]",
					  "HD Pro Webcam C920 [usb-0000:00:14.0-3]"};
	struct camera_list list = {.count = count};
	for (size_t i = 0; i < count; i++) {
		str_copy(list.items[i].id, CAMERA_ID_MAX, ids[i]);
	}
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_CAMERAS, .cameras = &list, .text = "", .turn = {.mirror = true}});
}
static void camera_none(struct kiosk_fixture *f) {
	lost(f);
	staff(f);
	act(f, TOUCH_CAMERA, 0);
	tell_cameras(f, 0);
}
static void camera_choice(struct kiosk_fixture *f) {
	staff(f);
	act(f, TOUCH_CAMERA, 0);
	tell_cameras(f, 3);
	kiosk_fixture_send(
		&f->model,
		(struct msg){.kind = MSG_CAMERA, .camera = CAMERA_OK, .text = "HD Pro Webcam C920 [usb-0000:00:14.0-2], 1280 x 720"});
}
static void camera_read(struct kiosk_fixture *f) {
	camera_choice(f);
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_CODE, .text = "TO1", .n = 3, .how = "camera"});
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
	camera_choice(f);
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
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_LOADED;
	d->event = kiosk_crowd_event(sessions, days);
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
}
static void crowded(struct kiosk_fixture *f) {
	crowd(f, 1000, 3);
	set_now(f, "2026-05-15T14:00");
}
static void crowded_day(struct kiosk_fixture *f) {
	crowded(f);
	act(f, TOUCH_MORE, 14 * CROWD_ROOMS + 5 * CROWD_ROOMS + 3);
}
static void many_days(struct kiosk_fixture *f) {
	crowd(f, 1000, 20);
	set_now(f, "2026-05-24T14:00");
}
static void many_days_day(struct kiosk_fixture *f) {
	many_days(f);
	act(f, ACTION_DAY, tz_days(2026, 5, 18));
}
static void one_day(struct kiosk_fixture *f) { crowd(f, 14 * CROWD_ROOMS, 1); }
static void day(struct kiosk_fixture *f) { act(f, ACTION_DAY, tz_days(2026, 5, 14)); }
static void track(struct kiosk_fixture *f) {
	day(f);
	act(f, TOUCH_TRACK, 1);
}
static void session(struct kiosk_fixture *f) { act(f, ACTION_SESSION, 3); }
static void session_over(struct kiosk_fixture *f) { act(f, ACTION_SESSION, 0); }
static void day_cancelled(struct kiosk_fixture *f) {
	f->model.event->sessions.items[4].session.cancelled = f->model.event->sessions.items[6].session.cancelled = true;
	day(f);
}
static void session_cancelled(struct kiosk_fixture *f) {
	day_cancelled(f);
	act(f, ACTION_SESSION, 6);
}
static void help(struct kiosk_fixture *f) { act(f, ACTION_HELP, 0); }
static void call_elsewhere(struct kiosk_fixture *f) {
	struct help_call call = {.seq = 7, .name = "Вхід 2", .point = "arrival", .utc = kiosk_fixture_time("2026-05-14T10:40")};
	memset(call.station.b, 0x77, KEY_LEN);
	memset(call.log.b, 0x11, HASH_LEN);
	f->model.helps = (struct helps){.open = 1, .count = 1, .items = {call}};
}
static void staff_call(struct kiosk_fixture *f) {
	staff(f);
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
	act(f, ACTION_TYPE, 0);
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_TYPED, .text = "7f3k2", .n = 5});
}
static void find(struct kiosk_fixture *f) { act(f, ACTION_FIND, 0); }
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
	act(f, FIND_TOUCH_LAYOUT, 0);
}
static void me(struct kiosk_fixture *f) {
	found(f);
	act(f, FIND_TOUCH_ROW, 0);
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
	act(f, FIND_TOUCH_ROW, 1);
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
	act(f, ME_TOUCH_STAFF, 0);
	type_pin(f, "24");
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
	staff(f);
	act(f, TOUCH_STAFF_CLOCK, 0);
}
static void duplicate_unsure(struct kiosk_fixture *f) {
	unsure(f);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_DUPLICATE, "Тарас Зразковий");
	d->first = kiosk_fixture_time("2026-05-14T11:12");
	d->first_approximate = true;
	answer(f, d);
}
static void clock_asked(struct kiosk_fixture *f) {
	f->model.clock_sure = false;
	set_now(f, "1970-01-01T02:00");
	act(f, ACTION_CLOCK, 0);
}
static void clock_unset(struct kiosk_fixture *f) {
	clock_asked(f);
	type_pin(f, "2468\n");
}
static void clock_corrected(struct kiosk_fixture *f) {
	staff(f);
	act(f, TOUCH_STAFF_CLOCK, 0);
}
static void accepted(struct kiosk_fixture *f) { answer(f, kiosk_fixture_answer(OUTCOME_ACCEPTED, NAME)); }
static void accepted_long(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, LONG_NAME);
	free(d->organisation);
	d->organisation =
		xstrdup("Комунальний заклад «Центр професійного розвитку педагогічних працівників» Великобудищанської сільської ради");
	answer(f, d);
}
static void accepted_russian(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, "Пётр Примеров");
	d->language = xstrdup("ru");
	answer(f, d);
}
static void accepted_unknown_name(struct kiosk_fixture *f) { answer(f, kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL)); }
static void duplicate(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_DUPLICATE, "Тарас Зразковий");
	d->first = kiosk_fixture_time("2026-05-14T10:12");
	answer(f, d);
}
static void late(struct kiosk_fixture *f) {
	f->model.event->point = 2;
	session_set(&f->model.event->sessions.items[2].session, SESSION_QUIET, "yes");
	answer(f, kiosk_fixture_answer(OUTCOME_LATE, NAME));
}
static void late_for_a_workshop(struct kiosk_fixture *f) {
	f->model.event->point = 2;
	answer(f, kiosk_fixture_answer(OUTCOME_LATE, NAME));
}
static void closed_for_good(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_CLOSED, NAME);
	f->model.event->point = 2;
	d->now = f->model.now = kiosk_fixture_time("2026-05-14T11:40");
	answer(f, d);
}
static void closed_until_later(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_CLOSED, NAME);
	f->model.event->point = 2;
	d->now = f->model.now = kiosk_fixture_time("2026-05-13T10:42");
	answer(f, d);
}
static void unverified(struct kiosk_fixture *f) { answer(f, kiosk_fixture_answer(OUTCOME_UNVERIFIED, NULL)); }
static void unknown(struct kiosk_fixture *f) { answer(f, kiosk_fixture_answer(OUTCOME_UNKNOWN, NULL)); }
static void unknown_twice(struct kiosk_fixture *f) {
	unknown(f);
	kiosk_fixture_wait(&f->model, TIMING.result_hold_ms);
	unknown(f);
}
static void revoked(struct kiosk_fixture *f) { answer(f, kiosk_fixture_answer(OUTCOME_REVOKED, NAME)); }
static void not_expected(struct kiosk_fixture *f) { answer(f, kiosk_fixture_answer(OUTCOME_NOT_EXPECTED, NAME)); }
static void pending(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_NOT_EXPECTED, NAME);
	d->registration = REGISTRATION_PENDING;
	answer(f, d);
}
static void not_listed(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_NOT_EXPECTED, NAME);
	d->not_listed = true;
	answer(f, d);
}
static void wrong_day(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_WRONG_DAY, NAME);
	d->now = kiosk_fixture_time("2026-05-13T10:42");
	answer(f, d);
}
static void wrong_event(struct kiosk_fixture *f) { answer(f, kiosk_fixture_answer(OUTCOME_WRONG_EVENT, NULL)); }
static void full(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_FULL, NAME);
	f->model.event->point = 2;
	d->other = 3;
	d->other_places = 12;
	answer(f, d);
}
static void outsider(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NAME);
	d->outsider = true;
	d->standing = STATION_OUTSIDER;
	answer(f, d);
}
static void retired(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kept = false;
	d->standing = STATION_RETIRED;
	answer(f, d);
}
static void file_lost(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kept = false;
	d->standing = STATION_LOST;
	f->model.refusals = 2; /* nobody is sent to a button that is not there */
	answer(f, d);
}
static void gone(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kept = false;
	d->gone = true;
	answer(f, d);
}
static void agenda_retired(struct kiosk_fixture *f) { f->model.standing = STATION_RETIRED; }
static void agenda_long_place(struct kiosk_fixture *f) {
	free(f->model.event->place);
	f->model.event->place = xstrdup("Національний експоцентр України, павільйон 1, проспект Академіка Глушкова, 1, Київ");
}
static void agenda_lost(struct kiosk_fixture *f) { f->model.standing = STATION_LOST; }
static void agenda_outsider(struct kiosk_fixture *f) { f->model.standing = STATION_OUTSIDER; }
static void not_kept(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kept = false;
	d->text = xstrdup("fair.turnout: database or disk is full");
	answer(f, d);
}

static const struct state {
	const char *name;
	void (*reach)(struct kiosk_fixture *f);
} states[] = {
	{"start", NULL},
	{"agenda", nothing},
	{"agenda-camera", camera},
	{"agenda-no-camera", lost},
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
	{"accepted", accepted},
	{"accepted-long", accepted_long},
	{"accepted-own-language", accepted_russian},
	{"accepted-no-name", accepted_unknown_name},
	{"duplicate", duplicate},
	{"late", late},
	{"late-for-a-workshop", late_for_a_workshop},
	{"closed-for-good", closed_for_good},
	{"closed-until-later", closed_until_later},
	{"unverified", unverified},
	{"unknown", unknown},
	{"unknown-twice", unknown_twice},
	{"revoked", revoked},
	{"not-expected", not_expected},
	{"pending", pending},
	{"not-listed", not_listed},
	{"wrong-day", wrong_day},
	{"wrong-event", wrong_event},
	{"full", full},
	{"not-saved", not_kept},
	{"outsider", outsider},
	{"retired", retired},
	{"gone", gone},
	{"agenda-long-place", agenda_long_place},
	{"agenda-retired", agenda_retired},
	{"agenda-outsider", agenda_outsider},
	{"file-lost", file_lost},
	{"agenda-file-lost", agenda_lost},
	{"staff-file-lost", staff_lost},
	{"holding", holding},
	{"pin", pin},
	{"pin-typed", pin_typed},
	{"pin-wrong", pin_wrong},
	{"pin-barred", pin_barred},
	{"pin-none", pin_none},
	{"staff", staff},
	{"staff-alone", staff_alone},
	{"staff-trouble", staff_trouble},
	{"staff-exchanging", staff_exchanging},
	{"staff-exchanged", staff_exchanged},
	{"staff-session-over", staff_session_over},
	{"end", end},
	{"stick-looking", stick_looking},
	{"stick-none", stick_none},
	{"stick-choice", stick_choice},
	{"stick-writing", stick_writing},
	{"stick-done", stick_done},
	{"stick-bad", stick_bad},
	{"camera-none", camera_none},
	{"camera-choice", camera_choice},
	{"camera-read", camera_read},
	{"camera-seen", camera_seen},
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
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_LOADED;
	d->event = kiosk_fixture_event(true);
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
	d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_COUNTED;
	d->last = kiosk_fixture_time("2026-05-14T10:40");
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
	kiosk_fixture_wait(&f->model, TIMING.notice_ms);
	f->model.now = kiosk_fixture_time("2026-05-14T10:42");
	reach_of(state)(f);
}

void kiosk_fixture_close(struct kiosk_fixture *f) {
	model_fini(&f->model);
	words_close(f->words);
}
