/* The staff's screens: the PIN, the exchange, sticks, cameras. */
#include "lib/kiosk_states.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "scan/camera/camera_list.h"
#include "sync/stick_worker.h"
#include "sync/worker.h"

struct sync_message *state_peers(size_t count) {
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
void state_tell(struct kiosk_fixture *f, enum transport transport, struct sync_message *m) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_SYNC, .transport = transport, .sync = m, .near_state = DISCOVER_ANNOUNCED});
}

void state_hold(struct kiosk_fixture *f, int64_t ms) {
	state_act(f, TOUCH_STAFF, 0);
	kiosk_fixture_wait(&f->model, ms);
}
void state_holding(struct kiosk_fixture *f) { state_hold(f, TIMING.hold_ms * 3 / 4); }
void state_type_pin(struct kiosk_fixture *f, const char *text) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_TYPED, .text = text, .n = strlen(text)});
}
void state_pin(struct kiosk_fixture *f) { state_hold(f, TIMING.hold_ms); }
void state_pin_typed(struct kiosk_fixture *f) {
	state_pin(f);
	state_type_pin(f, "0000\n246");
}
void state_pin_wrong(struct kiosk_fixture *f) {
	state_pin(f);
	state_type_pin(f, "0000\n");
}
void state_pin_barred(struct kiosk_fixture *f) {
	state_pin(f);
	state_type_pin(f, "1\n2\n3\n");
	kiosk_fixture_wait(&f->model, 5500);
}
void state_pin_none(struct kiosk_fixture *f) {
	free(f->model.event->staff_pin);
	f->model.event->staff_pin = NULL;
	state_pin(f);
}
void state_enter(struct kiosk_fixture *f) {
	str_copy(f->model.station_name, sizeof f->model.station_name, "Вхід А");
	memset(f->model.station.b, 0x5a, KEY_LEN);
	f->model.acknowledged = true;
	f->model.acknowledged_at = kiosk_fixture_time("2026-05-14T10:38");
	state_pin(f);
	state_type_pin(f, "2468\n");
}
void state_staff(struct kiosk_fixture *f) {
	state_tell(f, TRANSPORT_HUB, state_peers(1));
	state_tell(f, TRANSPORT_NEAR, state_peers(3));
	state_enter(f);
}
void state_staff_alone(struct kiosk_fixture *f) {
	state_tell(f, TRANSPORT_HUB, state_peers(0));
	state_tell(f, TRANSPORT_NEAR, state_peers(0));
	state_enter(f);
	f->model.acknowledged = false;
	f->model.station_name[0] = '\0';
	state_act(f, TOUCH_SYNC, 0);
	struct sync_message *m = state_peers(0);
	m->kind = SYNC_ROUND;
	state_tell(f, TRANSPORT_HUB, m);
	m = state_peers(0);
	m->kind = SYNC_ROUND;
	state_tell(f, TRANSPORT_NEAR, m);
}
static struct sync_message *trouble(enum trouble what) {
	struct sync_message *m = state_peers(1);
	m->peers[0].up = false;
	m->peers[0].trouble = what;
	return m;
}
void state_staff_lost(struct kiosk_fixture *f) {
	state_enter(f);
	f->model.standing = STATION_LOST;
}
void state_staff_trouble(struct kiosk_fixture *f) {
	state_tell(f, TRANSPORT_NEAR, state_peers(5));
	state_tell(f, TRANSPORT_HUB, trouble(TROUBLE_PORTAL));
	state_enter(f);
	f->model.standing = STATION_OUTSIDER;
	f->model.acknowledged_at = kiosk_fixture_time("2026-05-13T18:05");
	state_act(f, TOUCH_SYNC, 0);
	struct sync_message *m = trouble(TROUBLE_PORTAL);
	m->kind = SYNC_ROUND;
	state_tell(f, TRANSPORT_HUB, m);
	m = state_peers(5);
	m->kind = SYNC_ROUND;
	m->sent = 14;
	m->received = 1203;
	state_tell(f, TRANSPORT_NEAR, m);
}
void state_staff_exchanging(struct kiosk_fixture *f) {
	state_staff(f);
	state_act(f, TOUCH_SYNC, 0);
}
void state_staff_exchanged(struct kiosk_fixture *f) {
	state_staff_exchanging(f);
	struct sync_message *m = state_peers(1);
	m->kind = SYNC_ROUND;
	m->sent = 14;
	state_tell(f, TRANSPORT_HUB, m);
	m = state_peers(3);
	m->kind = SYNC_ROUND;
	m->received = 3;
	state_tell(f, TRANSPORT_NEAR, m);
	f->model.waiting_to_send = 0;
}
void state_staff_session_over(struct kiosk_fixture *f) {
	state_staff(f);
	f->model.event->point = 2;
	f->model.now = kiosk_fixture_time("2026-05-14T11:40");
}
void state_end(struct kiosk_fixture *f) {
	state_staff(f);
	state_act(f, TOUCH_STAFF_SETUP, 0);
	state_act(f, TOUCH_STAFF_END, 0);
}
static void tell_retention(struct kiosk_fixture *f, enum retention_state state) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_COUNTED;
	d->acknowledged = true;
	d->acknowledged_at = kiosk_fixture_time("2026-05-14T10:38");
	d->retention = (struct retention){state, tz_days(2026, 8, 14)};
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
}
void state_staff_erases(struct kiosk_fixture *f) {
	tell_retention(f, RETENTION_WAITS);
	state_staff(f);
}
void state_staff_erases_confirmed(struct kiosk_fixture *f) { /* with the longest of all rows */
	tell_retention(f, RETENTION_UNVOUCHED);
	state_staff_trouble(f);
}
void state_staff_erases_never(struct kiosk_fixture *f) {
	tell_retention(f, RETENTION_NO_LAST_DAY);
	state_staff(f);
}
static void tell_erased(struct kiosk_fixture *f, int64_t day, bool itself) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_ERASED;
	d->event = kiosk_fixture_event(true);
	d->event->erases = itself;
	d->retention = (struct retention){RETENTION_ERASED, day};
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
}
void state_erased(struct kiosk_fixture *f) { tell_erased(f, tz_days(2026, 8, 14), true); }
void state_erased_by_hand(struct kiosk_fixture *f) { tell_erased(f, 0, false); }
void state_erased_end(struct kiosk_fixture *f) {
	state_erased(f);
	state_act(f, ACTION_OWN, 0);
	state_type_pin(f, "2468\n");
}
static void tell_stick(struct kiosk_fixture *f, struct stick_message said) {
	struct stick_message *m = xcalloc(1, sizeof *m);
	*m = said;
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_STICK, .stick = m});
}
/* --- the self-test --- */

struct told_check {
	size_t check;
	enum self_verdict verdict;
	const char *text, *help, *detail;
	const char *values[2 * SELF_VALUES_MAX]; /* names of placeholders of both, each before its value */
};

static void tell_checks(struct kiosk_fixture *f, const struct told_check *checks, size_t count) {
	state_staff(f);
	state_act(f, TOUCH_STAFF_SETUP, 0);
	state_act(f, TOUCH_SETUP_SELF_TEST, 0);
	for (size_t i = 0; i < count; i++) {
		struct self_checked c = {.verdict = SELF_FINE};
		self_say(&c, checks[i].verdict, checks[i].text, checks[i].help);
		strbuf_adds(&c.detail, checks[i].detail != NULL ? checks[i].detail : "");
		for (size_t k = 0; k + 1 < COUNT_OF(checks[i].values) && checks[i].values[k] != NULL; k += 2) {
			self_value(&c.text, checks[i].values[k], "%s", checks[i].values[k + 1]);
			self_value(&c.help, checks[i].values[k], "%s", checks[i].values[k + 1]);
		}
		kiosk_fixture_self_test(&f->model, SELF_TEST_BEGINS, checks[i].check, NULL);
		kiosk_fixture_self_test(&f->model, SELF_TEST_DONE, checks[i].check, &c);
	}
}

static const struct told_check fine[] = {
	{0,
	 SELF_FINE,
	 "all {records} records are sound; people: {people}, badges: {badges}, sessions: {sessions}, check-ins: {checkins}",
	 NULL,
	 NULL,
	 {"records", "20184", "people", "1203", "badges", "1250", "sessions", "41", "checkins", "987"}},
	{1,
	 SELF_FINE,
	 "{room} GB are free; what is written is on it after {half} ms (the slowest of {n}: {slowest} ms)",
	 NULL,
	 NULL,
	 {"room", "21.4", "half", "3.1", "n", "20", "slowest", "9.8"}},
	{2, SELF_FINE, "it is {time}, as a time server says", NULL, NULL, {"time", "2026-05-14 10:42:07+03:00"}},
	{3, SELF_FINE, "each of {n} texts is drawn whole", NULL, NULL, {"n", "5120"}},
	{4, SELF_FINE, "a badge's code was drawn and read within {ms} ms", NULL, NULL, {"ms", "1.7"}},
	{5, SELF_FINE, "{camera}, {n} pictures a second", NULL, NULL, {"camera", "Logitech HD Pro Webcam C920, 1280 x 720", "n", "30"}},
	{6, SELF_FINE, "there are: {scanners}", NULL, NULL, {"scanners", "Honeywell Voyager 1450g"}},
	{7, SELF_FINE, "hand scanners can type every code of the roster ({n}), and ours", NULL, NULL, {"n", "1250"}},
	{8, SELF_FINE, "the chime of a welcome was played: did you hear it?", NULL, NULL, {NULL}},
	{9,
	 SELF_FINE,
	 "read aloud in Ukrainian, Russian and English within {ms} ms; the key is {key}",
	 NULL,
	 NULL,
	 {"ms", "240", "key", "F9"}},
	{10, SELF_FINE, "none, and the event wants no labels", NULL, NULL, {NULL}},
};

void state_self_test_running(struct kiosk_fixture *f) {
	tell_checks(f, fine, 5);
	kiosk_fixture_self_test(&f->model, SELF_TEST_BEGINS, 5, NULL);
}
void state_self_test_fine(struct kiosk_fixture *f) {
	tell_checks(f, fine, COUNT_OF(fine));
	kiosk_fixture_self_test(&f->model, SELF_TEST_OVER, 0, NULL);
}
void state_self_test_faults(struct kiosk_fixture *f) {
	static const struct told_check all[] = {
		{1,
		 SELF_FAULT,
		 "no check-in can be saved",
		 "delete something, or have whoever set this box up look at it",
		 "/srv/turnout: nothing can be written there: No space left on device",
		 {NULL}},
		{2,
		 SELF_LOOK,
		 "it is {time}",
		 "no time server says so: compare it with a watch",
		 NULL,
		 {"time", "2026-05-14 10:42:07+03:00"}},
		{3,
		 SELF_LOOK,
		 "{boxed} of {n} texts are drawn with boxes in them: {texts}",
		 "no installed font draws {characters} (install {packages})",
		 NULL,
		 {"boxed", "2", "n", "5120", "texts", "\"Пані Надзвичайно-Довге Прізвище з Подвійним Імʼям та По-батькові\", \"Ім'я\"",
		  "characters", "U+4E00, U+5927", "packages", "fonts-noto-cjk"}},
		{4, SELF_FINE, "a badge's code was drawn and read within {ms} ms", NULL, NULL, {"ms", "1.7"}},
		{5,
		 SELF_LOOK,
		 "{camera}, {n} pictures a second",
		 "and they are dark: take off the lens cap, turn on a light",
		 NULL,
		 {"camera", "Logitech HD Pro Webcam C920, 1280 x 720", "n", "30"}},
		{8, SELF_LOOK, "nothing can be heard", "plug in a loudspeaker, or do without", "no sound: no device was found", {NULL}},
		{10,
		 SELF_FAULT,
		 "{printer} cannot print a label",
		 "see that it is on, has labels in it, and is shut",
		 "ipp://192.0.2.7/ipp/print: the printer does not answer",
		 {"printer", "ipp://192.0.2.7/ipp/print"}},
	};
	tell_checks(f, all, COUNT_OF(all));
	kiosk_fixture_self_test(&f->model, SELF_TEST_OVER, 0, NULL);
}
void state_self_test_stuck(struct kiosk_fixture *f) {
	tell_checks(f, fine, 0);
	kiosk_fixture_wait(&f->model, 20000);
}

void state_stick_looking(struct kiosk_fixture *f) {
	state_staff(f);
	state_act(f, TOUCH_STICK, 0);
}
void state_stick_none(struct kiosk_fixture *f) {
	state_stick_looking(f);
	tell_stick(f, (struct stick_message){.kind = STICK_MEDIA});
}
void state_stick_choice(struct kiosk_fixture *f) {
	state_stick_looking(f);
	tell_stick(f, (struct stick_message){.kind = STICK_MEDIA,
					     .media = {{"/media/fair/SANDISK", "SANDISK"}, {"/media/fair/ФЛЕШКА Олени", "ФЛЕШКА Олени"}},
					     .media_count = 2});
}
void state_stick_writing(struct kiosk_fixture *f) {
	state_stick_choice(f);
	state_act(f, TOUCH_STICK_VISIT, 1);
	tell_stick(f,
		   (struct stick_message){.kind = STICK_STEP, .way = {.step = STICK_CHECKING, .part = 0.69, .done = 7431, .count = 20017}});
}
void state_stick_reading(struct kiosk_fixture *f) {
	state_stick_choice(f);
	state_act(f, TOUCH_STICK_VISIT, 1);
	tell_stick(f, (struct stick_message){.kind = STICK_STEP,
					     .way = {.step = STICK_READING_AGAIN, .part = 0.44, .done = 4821733, .count = 12345678}});
}
void state_stick_done(struct kiosk_fixture *f) {
	state_stick_writing(f);
	tell_stick(f, (struct stick_message){.kind = STICK_OVER, .report = {.read = 21, .written = 412, .damaged = 2}});
}
void state_stick_bad(struct kiosk_fixture *f) {
	state_stick_writing(f);
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
void state_camera_none(struct kiosk_fixture *f) {
	state_lost(f);
	state_staff(f);
	state_act(f, TOUCH_STAFF_SETUP, 0);
	state_act(f, TOUCH_CAMERA, 0);
	tell_cameras(f, 0);
}
void state_camera_choice(struct kiosk_fixture *f) {
	state_staff(f);
	state_act(f, TOUCH_STAFF_SETUP, 0);
	state_act(f, TOUCH_CAMERA, 0);
	tell_cameras(f, 3);
	kiosk_fixture_send(
		&f->model,
		(struct msg){.kind = MSG_CAMERA, .camera = CAMERA_OK, .text = "HD Pro Webcam C920 [usb-0000:00:14.0-2], 1280 x 720"});
}
void state_camera_read(struct kiosk_fixture *f) {
	state_camera_choice(f);
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_CODE, .text = "TO1", .n = 3, .how = "camera"});
}

/* --- who works here ------------------------------------------------------------------------------------------------------------------ */

static void add_staff(struct kiosk_event *event, const char *key, const char *set) {
	struct err err;
	struct json *json = json_parse(set, strlen(set), &err);
	staff_list_add(&event->staff, key, json);
	json_free(json);
}

#define PIN_HASH "1:0000000000000000000000000000000000000000000000000000000000000000"

void state_with_staff(struct kiosk_fixture *f) {
	add_staff(f->model.event, "olena", "{\"name\":\"Олена Відповідальна\",\"role\":\"lead\",\"pin\":\"" PIN_HASH "\"}");
	add_staff(f->model.event, "taras", "{\"name\":\"Тарас Черговий\",\"badge\":\"TO0STAFF\"}");
}
void state_pin_own(struct kiosk_fixture *f) {
	state_with_staff(f);
	state_pin(f);
	state_type_pin(f, "4829");
}
void state_pin_looked_at(struct kiosk_fixture *f) {
	state_pin_own(f);
	state_type_pin(f, "13\n");
}
static void show_pass(struct kiosk_fixture *f) {
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_CODE, .text = "TO0STAFF", .n = 8, .how = "camera"});
}
void state_staff_door(struct kiosk_fixture *f) {
	state_with_staff(f);
	state_pin(f);
	show_pass(f);
}
void state_staff_lead(struct kiosk_fixture *f) {
	state_pin_looked_at(f);
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_PIN, .text = PIN_HASH, .number = f->model.numbers});
}

static void own_rows(struct kiosk_fixture *f) {
	static const struct {
		const char *name, *point, *time;
		enum outcome shown;
		bool undone;
	} rows[] = {{"Олена Приклад", "arrival", "2026-05-14T10:41", OUTCOME_ACCEPTED, false},
		    {"Тарас Зразковий", "arrival", "2026-05-14T10:40", OUTCOME_ACCEPTED, true},
		    {"", "lunch", "2026-05-14T10:38", OUTCOME_GIVEN, false},
		    {STATE_LONG_NAME, "exit", "2026-05-14T10:30", OUTCOME_LEFT, false},
		    {"Ганна Вигадана", "arrival", "2026-05-14T10:21", OUTCOME_UNVERIFIED, false}};
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_OWN;
	d->number = f->model.numbers;
	for (size_t i = 0; i < OWN_CHECKINS_SHOWN; i++) {
		size_t k = i % COUNT_OF(rows);
		struct own_checkin *c = &d->own[d->own_count++];
		c->seq = i + 1;
		c->shown = rows[k].shown;
		c->undone = rows[k].undone;
		c->utc = kiosk_fixture_time(rows[k].time);
		str_copy(c->name, sizeof c->name, rows[k].name);
		str_copy(c->point, sizeof c->point, rows[k].point);
	}
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
}
void state_own(struct kiosk_fixture *f) {
	state_staff_lead(f);
	state_act(f, TOUCH_STAFF_OWN, 0);
	own_rows(f);
}
void state_own_sure(struct kiosk_fixture *f) {
	state_own(f);
	state_act(f, ACTION_OWN, 0);
}
void state_own_door(struct kiosk_fixture *f) {
	state_staff_door(f);
	state_act(f, TOUCH_STAFF_OWN, 0);
	own_rows(f);
}
void state_setup(struct kiosk_fixture *f) {
	state_staff_lead(f);
	state_act(f, TOUCH_STAFF_SETUP, 0);
}
void state_points(struct kiosk_fixture *f) {
	state_staff_lead(f);
	state_act(f, TOUCH_STAFF_SETUP, 0);
	state_act(f, TOUCH_SETUP_POINTS, 0);
}
void state_settings(struct kiosk_fixture *f) {
	state_staff_lead(f);
	state_act(f, TOUCH_STAFF_SETUP, 0);
	state_act(f, TOUCH_SETUP_SETTINGS, 0);
}
void state_settings_lost(struct kiosk_fixture *f) {
	state_settings(f);
	state_act(f, SETTINGS_TOUCH_LANGUAGE, 0);
	state_act(f, SETTINGS_TOUCH_BRIGHTNESS, 60);
	state_act(f, SETTINGS_TOUCH_SOUND, 0);
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_KEPT, .text = "no space left on device"});
}
void state_settings_turned(struct kiosk_fixture *f) {
	state_settings(f);
	state_act(f, SETTINGS_TOUCH_TURN, 90);
	kiosk_fixture_wait(&f->model, 2500);
}
void state_settings_large(struct kiosk_fixture *f) {
	state_settings(f);
	state_act(f, SETTINGS_TOUCH_TEXT, 1);
}
void state_sound_off(struct kiosk_fixture *f) { f->model.box.loudness = 0; }
static void announced(struct kiosk_fixture *f) {
	static const char words[] = "{\"text\":\"Автобус до вокзалу вирушає о 17:30 від головного входу\",\"text:en\":\"The bus to the "
				    "station leaves at 17:30 from the "
				    "main entrance\"}";
	struct announcements *all = &f->model.announcements;
	struct err err;
	all->items[all->count++].words = json_parse(words, strlen(words), &err);
}
void state_announce(struct kiosk_fixture *f) {
	state_staff_lead(f);
	announced(f);
	state_act(f, TOUCH_STAFF_ANNOUNCE, 0);
	state_type_pin(f, "Обід о 13:00");
}
void state_announced(struct kiosk_fixture *f) { announced(f); }

static struct totals_message figures(const struct kiosk_fixture *f) {
	struct totals_message m = {.number = f->model.numbers, .here = 388, .arrived = 412, .expected = 640, .of_them = 395};
	static const int came[] = {3, 18, 44, 61, 72, 55, 40, 38, 27, 21, 14, 9, 6, 4};
	static const struct totals_row categories[] = {
		{"Учасник", 340, 520}, {"Спікер", 22, 24}, {"Преса", 31, 60}, {"", 19, 36}, {"Організатор", 0, 0}};
	for (size_t i = 0; i < COUNT_OF(came); i++) {
		m.quarters[33 + i] = came[i];
	}
	memcpy(m.categories, categories, sizeof categories);
	m.category_count = COUNT_OF(categories);
	for (size_t i = 0; i < 4; i++) {
		struct totals_row *row = &m.places[m.place_count++];
		str_copy(row->key, sizeof row->key, i == 3 ? "lunch" : f->model.event->sessions.items[i].id);
		row->first = 41 - (int64_t)i;
		row->second = i == 3 ? -1 : 50;
	}
	return m;
}
void state_totals_asked(struct kiosk_fixture *f) {
	state_staff_lead(f);
	state_act(f, TOUCH_STAFF_TOTALS, 0);
}
void state_totals(struct kiosk_fixture *f) {
	state_totals_asked(f);
	struct totals_message m = figures(f);
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_TOTALS, .totals = &m});
}
void state_totals_none(struct kiosk_fixture *f) {
	state_totals_asked(f);
	struct totals_message m = {.number = f->model.numbers};
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_TOTALS, .totals = &m});
}
