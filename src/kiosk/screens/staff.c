/* What staff look at first: is everything sent, who is there, and the ways to do something about it. */
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/clock_words.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/help_words.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/session_parts.h"
#include "sync/worker.h"

#define NAMES_MAX 3 /* of neighbours */

enum {
	STAFF_SYNC = 24,
	STAFF_STICK = 25,
	STAFF_GO_ON = 34, /* argument: the session */
	STAFF_HELPED,     /* argument: which call (call_number) */
	STAFF_OWN,
	STAFF_ANNOUNCE,
	STAFF_SETUP,
	STAFF_TOTALS,
	STAFF_PRINTER,
	STAFF_PEOPLE,
	STAFF_GROUPS,
};

struct staff {         /* an exchange with everybody */
	unsigned owed; /* bits of transports that have not told yet */
	bool told;     /* it was asked for since the screen was opened: */
	size_t sent, received;
};

static struct staff *mine(const struct model *m) { return model_state(m, SCREEN_STAFF); }

/* --- exchanging ---------------------------------------------------------------------------------------------------------------------- */

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)argument, (void)effects;
	mine(m)->told = false;
}

static void sync_now(struct model *m, struct effects *effects) {
	struct staff *s = mine(m);
	if (s->owed != 0) {
		return;
	}
	s->told = true;
	s->sent = s->received = 0;
	for (unsigned i = 0; i < TRANSPORT_COUNT; i++) {
		/* A transport that never told of anybody was not opened: it would be waited for in vain. */
		s->owed |= m->peers[i] != NULL ? 1u << i : 0;
	}
	effects_put(effects, &(struct effect){.kind = EFFECT_SYNC_NOW});
}

/* --- the next session ------------------------------------------------------------------------------------------------------------------ */

/* Where this box stands at a session that is over: the next one in its room; otherwise -1. */
static int next_session(const struct model *m) {
	const struct kiosk_event *event = m->event;
	if (event->point < 0 || model_clock_doubted(m)) {
		return -1;
	}
	bool over = event->sessions.items[event->point].session.when.end.v <= m->now.v;
	return over ? kiosk_event_next_in_room(event, event->point, m->now) : -1;
}

/* What a touch closes: its call may be closed already, and another one be the first. */
static int64_t call_number(const struct help_call *call) {
	int64_t number = 0;
	for (size_t i = 0; i < 7; i++) {
		number = number << 8 | call->log.b[i];
	}
	return number ^ (int64_t)call->seq;
}

static void helped(struct model *m, int64_t number, struct effects *effects) {
	for (size_t i = 0; i < m->helps.count; i++) {
		const struct help_call *call = &m->helps.items[i];
		if (call_number(call) == number) {
			struct effect e = {.kind = EFFECT_HELPED, .log = call->log, .seq = call->seq};
			str_copy(e.by, sizeof e.by, m->at_work.key);
			effects_put(effects, &e);
			return;
		}
	}
}

/* A touch may be on a picture of another state of the event: only what is offered now is gone on to. */
static void go_on(struct model *m, int64_t session, struct effects *effects) {
	struct effect e = {.kind = EFFECT_SET_POINT};
	if (session >= 0 && session == next_session(m)) {
		str_copy(e.text, sizeof e.text, m->event->sessions.items[session].id);
		effects_put(effects, &e);
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case STAFF_SYNC: sync_now(m, effects); return true;
	case STAFF_STICK: model_open(m, SCREEN_STICK, 0, effects); return true;
	case STAFF_OWN: model_open(m, SCREEN_OWN, 0, effects); return true;
	case STAFF_TOTALS: model_open(m, SCREEN_TOTALS, 0, effects); return true;
	case STAFF_SETUP: model_open(m, SCREEN_SETUP, 0, effects); return true;
	case STAFF_ANNOUNCE: model_open(m, SCREEN_ANNOUNCE, 0, effects); return true;
	case STAFF_PEOPLE: model_open(m, SCREEN_PEOPLE, 0, effects); return true;
	case STAFF_GROUPS: model_open(m, SCREEN_GROUPS, 0, effects); return true;
	case STAFF_PRINTER: model_open(m, SCREEN_PRINTER, 0, effects); return true;
	case STAFF_HELPED: helped(m, msg->argument, effects); return true;
	case STAFF_GO_ON: go_on(m, msg->argument, effects); return true;
	default: return false;
	}
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct staff *s = mine(m);
	(void)effects;
	if (msg->kind == MSG_SYNC && msg->sync->kind == SYNC_ROUND && (s->owed & 1u << msg->transport) != 0) {
		s->owed &= ~(1u << msg->transport);
		s->sent += msg->sync->sent;
		s->received += msg->sync->received;
	}
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static const char *trouble_words(const struct view *v, enum trouble trouble) {
	static const char *const words[] = {
		[TROUBLE_NONE] = "",
		[TROUBLE_WRONG_URL] = MARK("why nothing is sent", "The hub's address is wrong"),
		[TROUBLE_UNREACHABLE] = MARK("why nothing is sent", "The hub cannot be reached. Look at the cable or the wireless network"),
		[TROUBLE_SLOW] = MARK("why nothing is sent", "The hub does not answer in time"),
		[TROUBLE_CUT] = MARK("why nothing is sent", "The connection breaks off"),
		[TROUBLE_TLS] = MARK("why nothing is sent", "This address cannot prove that it is the hub"),
		[TROUBLE_TLS_CLOCK] = MARK("why nothing is sent", "The hub's certificate cannot be checked: is this box's clock right?"),
		[TROUBLE_PORTAL] = MARK("why nothing is sent", "A web page answers instead of the hub: this network wants a login first"),
		[TROUBLE_PROXY] = MARK("why nothing is sent", "This network's proxy lets nothing pass: ask who set it up"),
		[TROUBLE_NOT_OURS] = MARK("why nothing is sent", "This address is not a hub of this event"),
		[TROUBLE_BUSY] = MARK("why nothing is sent", "The hub is busy. This box tries again by itself"),
		[TROUBLE_NEWER] = MARK("why nothing is sent", "The hub is newer than this box: this box needs an update"),
		[TROUBLE_RETIRED] = MARK("why nothing is sent", "The organiser took this box out of use"),
		[TROUBLE_CLOSED] = MARK("why nothing is sent", "The organiser has to let this box in first"),
		[TROUBLE_UNKNOWN] = MARK("why nothing is sent", "The hub does not know this box: the organiser has to pair it"),
		[TROUBLE_NO_KEEPER] = MARK("why nothing is sent", "This address is not a hub: what it gets does not count as sent"),
		[TROUBLE_PACED] = MARK("why nothing is sent",
				       "This box has sent more than a hub takes in a day: the rest follows by itself. Tell the organiser"),
		[TROUBLE_OWN] = MARK("why nothing is sent", "This box cannot exchange with this file"),
	};
	_Static_assert(COUNT_OF(words) == TROUBLE_COUNT, "every trouble has its words");
	return trouble == TROUBLE_NONE ? "" : TC(v, "why nothing is sent", words[trouble]);
}

/* --- what there is to know ------------------------------------------------------------------------------------------------------------ */

static void say_waiting(const struct view *v, struct strbuf *out) {
	const struct model *m = v->model;
	if (m->waiting_to_send > 0) {
		view_fill_count(out, TN(v, "{n} check-in waits to be sent", "{n} check-ins wait to be sent", (long)m->waiting_to_send),
				m->waiting_to_send);
	} else {
		strbuf_adds(out, m->saved > 0 ? T(v, "All check-ins are sent") : T(v, "No check-ins yet"));
	}
}

static void say_acknowledged(const struct view *v, struct strbuf *out) {
	const struct model *m = v->model;
	struct strbuf at = {0};
	if (!m->acknowledged) {
		strbuf_adds(out, T(v, "Nobody has acknowledged anything yet"));
	} else {
		int64_t day = tz_local_day(m->event->tz, m->acknowledged_at);
		if (day != tz_local_day(m->event->tz, m->now)) {
			date_day(&at, &v->tongue, day);
			strbuf_adds(&at, ", ");
		}
		date_clock_about(&at, m->event->tz, m->acknowledged_at, !model_clock_is_sure(m));
		words_fill_one(out, T(v, "Last acknowledged: {time}"), "time", strbuf_str(&at));
	}
	strbuf_fini(&at);
}

/* "https://hub.example.org/x" is "hub.example.org". */
static void host_of(const char *url, char *out, size_t cap) {
	const char *from = strstr(url, "://");
	char host[SYNC_URL_MAX];
	str_copy(host, sizeof host, from == NULL ? url : from + 3);
	host[strcspn(host, "/")] = '\0';
	str_copy(out, cap, host);
}

/* True when all is well. */
static bool say_hub(const struct view *v, struct strbuf *out) {
	const struct sync_message *hub = v->model->peers[TRANSPORT_HUB];
	if (hub == NULL || hub->peer_count == 0) {
		strbuf_adds(out, T(v, "No hub is set for this event"));
		return true;
	}
	char host[64];
	host_of(hub->peers[0].peer.urls[0], host, sizeof host);
	if (hub->peers[0].trouble != TROUBLE_NONE) {
		strbuf_adds(out, trouble_words(v, hub->peers[0].trouble));
		return false;
	}
	words_fill_one(out, hub->peers[0].up ? T(v, "{name} answers") : T(v, "{name} is being asked"), "name", host);
	return true;
}

static void name_of(const struct sync_peer_state *p, char *out, size_t cap) {
	char digits[9];
	str_hex(p->key.b, 4, digits);
	str_copy(out, cap, p->name[0] != '\0' ? p->name : digits);
}

static void say_near(const struct view *v, struct strbuf *out) {
	const struct sync_message *near = v->model->peers[TRANSPORT_NEAR];
	struct strbuf names = {0};
	size_t up = 0;
	for (size_t i = 0; near != NULL && i < near->peer_count; i++) {
		char name[64];
		if (!near->peers[i].up) {
			continue;
		}
		if (up++ < NAMES_MAX) {
			name_of(&near->peers[i], name, sizeof name);
			strbuf_addf(&names, "%s%s", up > 1 ? ", " : "", name);
		}
	}
	if (up > NAMES_MAX) {
		strbuf_adds(&names, ", ");
		view_fill_count(&names, TN(v, "and {n} more", "and {n} more", (long)(up - NAMES_MAX)), (int64_t)(up - NAMES_MAX));
	}
	if (up > 0) {
		strbuf_adds(out, strbuf_str(&names));
	} else {
		strbuf_adds(out, v->model->near_state == DISCOVER_OFF ? T(v, "This box cannot look for others here")
								      : T(v, "No other box is seen"));
	}
	strbuf_fini(&names);
}

static void say_station(const struct view *v, struct strbuf *out) {
	char digits[9];
	str_hex(v->model->station.b, 4, digits);
	utf8_add_isolated(out, v->model->station_name);
	strbuf_addf(out, "%s%s", v->model->station_name[0] != '\0' ? " · " : "", digits);
}

/* When this box erases the event's personal data; nothing where the organiser set nothing. True when that will come by itself. */
static bool say_retention(const struct view *v, struct strbuf *out) {
	const struct retention *r = &v->model->retention;
	struct strbuf date = {0};
	switch (r->state) {
	case RETENTION_NONE:
	case RETENTION_ERASED: break; /* then this screen is not shown */
	case RETENTION_OWN: strbuf_adds(out, T(v, "Kept: this is the organiser's own file")); break;
	case RETENTION_NO_LAST_DAY: strbuf_adds(out, T(v, "Kept: the event has no last day")); break;
	case RETENTION_WAITS:
		date_range_year(&date, &v->tongue, &r->day, 1);
		words_fill_one(out, T(v, "To be erased on {date}"), "date", strbuf_str(&date));
		break;
	case RETENTION_UNSENT: strbuf_adds(out, T(v, "To be erased as soon as all is sent")); break;
	case RETENTION_UNVOUCHED: strbuf_adds(out, T(v, "To be erased as soon as a time server or a hub confirms the date")); break;
	case RETENTION_DUE: strbuf_adds(out, T(v, "To be erased now")); break;
	}
	strbuf_fini(&date);
	return r->state != RETENTION_NO_LAST_DAY;
}

/* --- rows ---------------------------------------------------------------------------------------------------------------------------- */

struct row {
	const char *head;
	struct strbuf text, second;
	bool bad, left_out;
};

/* Returns its height; `measure`: without drawing. */
static int put_row(const struct view *v, struct box box, const struct row *row, bool measure) {
	struct box (*put)(const struct pen *, struct box, const struct label *) = measure ? label_measure : label_draw;
	const struct theme *t = v->pen.theme;
	struct label head = {.text = row->head, .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 1};
	struct box used = put(&v->pen, box, &head);
	struct label text = {
		.text = strbuf_str(&row->text), .role = TYPE_STRONG, .colour = row->bad ? hue(t, RED) : hue(t, INK), .lines = 3};
	used = put(&v->pen, box_below(box, used, len(t, STAFF_HEAD_GAP)), &text);
	struct label second = {.text = strbuf_str(&row->second), .role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 2};
	if (row->second.len > 0) {
		used = put(&v->pen, box_below(box, used, 0), &second);
	}
	return used.y + used.h - box.y;
}

static void standing_words(const struct view *v, struct row *row) {
	enum station_standing standing = model_standing(v->model);
	if (standing != STATION_GOOD) {
		row->bad = true;
		strbuf_adds(&row->second,
			    standing == STATION_LOST ? T(v, "The event file was moved or replaced: put the right one back in its place")
			    : standing == STATION_RETIRED ? T(v, "The organiser took this box out of use")
							  : T(v, "What this box saves does not count until the organiser lets it in"));
	}
}

enum { ROW_SENT, ROW_HUB, ROW_NEAR, ROW_BOX, ROW_CLOCK, ROW_RETENTION, ROW_COUNT };

static void fill_rows(const struct view *v, struct row rows[ROW_COUNT]) {
	const char *const heads[] = {T(v, "To be sent"), T(v, "Hub"),   T(v, "Other boxes nearby"),
				     T(v, "This box"),   T(v, "Clock"), T(v, "Personal data on this box")};
	for (size_t i = 0; i < ROW_COUNT; i++) {
		rows[i] = (struct row){.head = heads[i]};
	}
	say_waiting(v, &rows[ROW_SENT].text);
	say_acknowledged(v, &rows[ROW_SENT].second);
	rows[ROW_HUB].bad = !say_hub(v, &rows[ROW_HUB].text);
	say_near(v, &rows[ROW_NEAR].text);
	say_station(v, &rows[ROW_BOX].text);
	standing_words(v, &rows[ROW_BOX]);
	rows[ROW_CLOCK].bad = !part_clock_words(v, &rows[ROW_CLOCK].text);
	rows[ROW_RETENTION].bad = !say_retention(v, &rows[ROW_RETENTION].text);
	rows[ROW_RETENTION].left_out = v->model->retention.state == RETENTION_NONE;
}

/* What is left of that height between the rows, and how many there are. */
static int measure_rows(const struct view *v, struct box room, const struct row rows[ROW_COUNT], int *count) {
	*count = 0;
	for (size_t i = 0; i < ROW_COUNT; i++) {
		if (!rows[i].left_out) {
			(*count)++;
			room.h -= put_row(v, room, &rows[i], true);
		}
	}
	return room.h;
}

static void draw_rows(const struct view *v, struct box card) {
	const struct theme *t = v->pen.theme;
	struct row rows[ROW_COUNT];
	fill_rows(v, rows);
	draw_fill(v->pen.list, card, len(t, ROUND_CARD), hue(t, CARD));
	struct box at = {card.x + len(t, STAFF_CARD_SIDE), card.y + len(t, STAFF_CARD_TOP), card.w - len_twice(t, STAFF_CARD_SIDE),
			 card.h - len_twice(t, STAFF_CARD_TOP)};
	int count, left = measure_rows(v, at, rows, &count);
	if (left < 0 && !rows[ROW_RETENTION].left_out) { /* large print on a small panel: a box can do without its neighbours */
		rows[ROW_NEAR].left_out = true;
		left = measure_rows(v, at, rows, &count);
	}
	int gap = left / (count - 1);
	gap = gap > len(t, STAFF_ROW_GAP) ? len(t, STAFF_ROW_GAP) : gap;
	for (size_t i = 0; i < ROW_COUNT; i++) {
		at.y += rows[i].left_out ? 0 : put_row(v, at, &rows[i], false) + gap;
		strbuf_fini(&rows[i].text);
		strbuf_fini(&rows[i].second);
	}
}

/* --- what there is to do -------------------------------------------------------------------------------------------------------------- */

static void say_round(const struct view *v, struct strbuf *out) {
	const struct model *m = v->model;
	const struct staff *s = mine(m);
	const struct sync_message *hub = m->peers[TRANSPORT_HUB], *near = m->peers[TRANSPORT_NEAR];
	if (!s->told) {
		return;
	}
	if (s->owed != 0) {
		strbuf_adds(out, T(v, "Sending and receiving"));
		return;
	}
	if ((hub == NULL || hub->peer_count == 0) && (near == NULL || near->peer_count == 0)) {
		strbuf_adds(out, T(v, "There is nobody to exchange with. Take a USB stick"));
		return;
	}
	words_fill_number(out, T(v, "Records sent: {n}"), (int64_t)s->sent);
	strbuf_adds(out, "\n");
	words_fill_number(out, T(v, "Records received: {n}"), (int64_t)s->received);
	strbuf_adds(out, "\n");
	if (hub != NULL && hub->peer_count > 0) {
		strbuf_adds(out, hub->peers[0].trouble == TROUBLE_NONE ? T(v, "The hub has everything")
								       : trouble_words(v, hub->peers[0].trouble));
	} else {
		strbuf_adds(out, T(v, "No hub was there to acknowledge it"));
	}
}

/* The oldest call for help, and that somebody went there: one at a time. Returns the room that is left. */
static struct box draw_call(const struct view *v, struct box room, int high) {
	const struct theme *t = v->pen.theme;
	const struct help_call *call = &v->model->helps.items[0];
	int used = len_sum(t, BUTTON_HIGH, GAP_CLOSE) - (len(t, BUTTON_HIGH) - high);
	struct strbuf place = {0}, time = {0}, words = {0};
	part_help_place(v, call, &place);
	date_clock_about(&time, v->model->event->tz, call->utc, call->approximate);
	struct word_value values[] = {{"place", strbuf_str(&place)}, {"time", strbuf_str(&time)}};
	words_fill(&words, T(v, "Help wanted: {place}, {time}. I am on my way"), values, COUNT_OF(values));
	button_draw(&v->pen, (struct box){room.x, room.y, room.w, high},
		    &(struct button){.text = strbuf_str(&words),
				     .action = STAFF_HELPED,
				     .argument = call_number(call),
				     .filled = true,
				     .colour = hue(t, RED)});
	strbuf_fini(&place);
	strbuf_fini(&time);
	strbuf_fini(&words);
	return (struct box){room.x, room.y + used, room.w, room.h - used};
}

/* "Go on to: TITLE, 12:00". Returns the room that is left. */
static struct box draw_go_on(const struct view *v, struct box room, int high) {
	const struct theme *t = v->pen.theme;
	int session = next_session(v->model), used = len_sum(t, BUTTON_HIGH, GAP_CLOSE) - (len(t, BUTTON_HIGH) - high);
	if (session < 0) {
		return room;
	}
	struct strbuf title = {0}, time = {0}, words = {0};
	part_session_start(view_session_at(v, session), &time);
	utf8_add_isolated(&title, session_text(view_session_at(v, session), SESSION_TITLE));
	struct word_value values[] = {{"session", strbuf_str(&title)}, {"time", strbuf_str(&time)}};
	words_fill(&words, T(v, "Go on to: {session}, {time}"), values, COUNT_OF(values));
	button_draw(&v->pen, (struct box){room.x, room.y, room.w, high},
		    &(struct button){.text = strbuf_str(&words), .action = STAFF_GO_ON, .argument = session, .filled = true});
	strbuf_fini(&title);
	strbuf_fini(&time);
	strbuf_fini(&words);
	return (struct box){room.x, room.y + used, room.w, room.h - used};
}

/* A box with a printer has its screen here, and the stick among what is set up: six of them are what a small panel has room for. */
static bool is_offered(const struct model *m, int action, bool of_leads) {
	bool instead = action == STAFF_STICK ? !model_has_printer(m) : action != STAFF_PRINTER || model_has_printer(m);
	return instead && (!of_leads || model_leads(m));
}

static const struct way {
	const char *text;
	enum icon icon;
	int action;
	bool of_leads;
} WAYS[] = {{MARK("staff's screen", "USB stick"), ICON_STICK, STAFF_STICK, true},
	    {MARK("staff's screen", "Label printer"), ICON_PRINTER, STAFF_PRINTER, false},
	    {MARK("staff's screen", "Last check-ins"), ICON_NONE, STAFF_OWN, false},
	    {MARK("staff's screen", "Announcement"), ICON_NONE, STAFF_ANNOUNCE, true},
	    {MARK("staff's screen", "Set up this box"), ICON_NONE, STAFF_SETUP, true},
	    {MARK("staff's screen", "Find a person"), ICON_FIND, STAFF_PEOPLE, false},
	    {MARK("staff's screen", "Tick off a group"), ICON_NONE, STAFF_GROUPS, false}};

static int count_ways(const struct model *m) {
	int count = 0;
	for (size_t i = 0; i < COUNT_OF(WAYS); i++) {
		count += is_offered(m, WAYS[i].action, WAYS[i].of_leads);
	}
	return count;
}

/* `room`: of one row. Returns the last one's box. */
static struct box draw_ways(const struct view *v, struct box room) {
	struct cells cells = {.columns = 2, .high = room.h, .gap = len(v->pen.theme, GAP_CLOSE)};
	struct box used = room;
	for (size_t i = 0, shown = 0; i < COUNT_OF(WAYS); i++) {
		const struct way *way = &WAYS[i];
		if (is_offered(v->model, way->action, way->of_leads)) {
			used = box_cell(room, &cells, (int)shown++);
			button_draw(&v->pen, used,
				    &(struct button){.text = TC(v, "staff's screen", way->text), .icon = way->icon, .action = way->action});
		}
	}
	return used;
}

/* A row of buttons, and what is said under them: where both have no room the rows are lower. */
static int row_high(const struct view *v, struct box room, const struct label *words) {
	const struct theme *t = v->pen.theme;
	int rows = 1 + (count_ways(v->model) + 1) / 2 + (v->model->helps.count > 0 || next_session(v->model) >= 0), said = 0;
	if (words->text[0] != '\0') {
		struct box box = {room.x, room.y, room.w - len_twice(t, STAFF_WORDS_SIDE), 0};
		said = label_measure(&v->pen, box, words).h + len(t, GAP_TIGHT);
	}
	int high = (room.h - said) / rows - len(t, GAP_CLOSE);
	return high < len(t, BUTTON_HIGH) ? high : len(t, BUTTON_HIGH);
}

static void draw_deeds(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	int gap = len(t, GAP_CLOSE);
	bool under_way = mine(v->model)->owed != 0;
	struct strbuf words = {0};
	say_round(v, &words);
	struct label label = {.text = strbuf_str(&words), .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 8};
	int high = row_high(v, room, &label);
	/* A person who waits goes before a session that is over: the room is for one of them. */
	room = v->model->helps.count > 0 ? draw_call(v, room, high) : draw_go_on(v, room, high);
	struct box first[2];
	part_pair(v, (struct box){room.x, room.y, room.w, high}, first);
	button_draw(&v->pen, first[0], &(struct button){.text = T(v, "Figures of the day"), .action = STAFF_TOTALS});
	button_draw(&v->pen, first[1],
		    &(struct button){.text = T(v, "Sync now"),
				     .icon = ICON_SYNC,
				     .action = STAFF_SYNC,
				     .filled = true,
				     .colour = under_way ? hue(t, MUTED) : hue(t, TEAL)});
	struct box used = draw_ways(v, (struct box){room.x, room.y + high + gap, room.w, high});
	int y = used.y + used.h + len_sum(t, GAP_CLOSE, GAP_TIGHT);
	label_draw(&v->pen,
		   (struct box){room.x + len(t, STAFF_WORDS_SIDE), y, room.w - len_twice(t, STAFF_WORDS_SIDE), room.y + room.h - y},
		   &label);
	strbuf_fini(&words);
}

static void draw(const struct view *v) {
	struct box halves[2];
	part_two(v, part_head(v, v->model->at_work.name[0] != '\0' ? v->model->at_work.name : T(v, "For staff")), 58, halves);
	draw_rows(v, halves[0]);
	draw_deeds(v, halves[1]);
}

const struct screen screen_staff = {
	.name = "staff",
	.state = sizeof(struct staff),
	.next = SCREEN_SET(STICK) | SCREEN_SET(TOTALS) | SCREEN_SET(OWN) | SCREEN_SET(ANNOUNCE) | SCREEN_SET(SETUP) | SCREEN_SET(PRINTER) |
		SCREEN_SET(PEOPLE) | SCREEN_SET(GROUPS),
	.behind_pin = true,
	.enter = enter,
	.act = act,
	.told = told,
	.draw = draw,
};
