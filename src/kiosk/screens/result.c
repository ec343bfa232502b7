/* What the station says to a scan: a sign, a greeting, a name, and what to do. One look has to be enough. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/session_parts.h"
#include "kiosk/screens/shapes.h"
#include "kiosk/screens/view.h"
#include "kiosk/screens/walkin.h"
#include "kiosk/ui/qr_box.h"

#define WAITING_MAX 8

enum { RESULT_HAVE_IT = ACTION_OWN }; /* the new code was photographed */

/* A result stays until its time is over or another badge pre-empts it, after a while that is enough to see it. */
struct result {
	struct desk_message *shown; /* NULL: the screen is not open */
	int64_t since_ms;
	struct desk_message *waiting[WAITING_MAX]; /* answers not shown yet, oldest first */
	size_t waiting_count;
};

static struct result *mine(const struct model *m) { return model_state(m, SCREEN_RESULT); }

/* --- what comes, and for how long ---------------------------------------------------------------------------------------------------- */

static bool admits(const struct desk_message *r) { return r->kept && outcome_admits(r->outcome); }

/* It was asked for, and nobody has decided yet. */
static bool is_pending(const struct desk_message *r) {
	return r->kept && r->outcome == OUTCOME_NOT_EXPECTED && !r->not_listed && r->registration == REGISTRATION_PENDING;
}

/* Somebody who was on no list has a code from now on, whether it lets them in now, later, or with the help of staff: without it they would fill in the form again. */
static bool shows_code(const struct desk_message *r) { return r->walk_in && r->kept; }

static int64_t span(const struct model *m) {
	const struct timing *t = &m->style->timing;
	const struct desk_message *r = mine(m)->shown;
	if (shows_code(r)) {
		return t->result_code_ms;
	}
	if (!admits(r) || r->outsider) {
		return t->result_refused_ms;
	}
	return r->outcome == OUTCOME_LATE || r->outcome == OUTCOME_DUPLICATE ? t->result_late_ms : t->result_admitted_ms;
}

static enum chime chime_of(const struct desk_message *r) {
	if (r->outsider || !r->kept) {
		return CHIME_LOW;
	}
	switch (r->outcome) {
	case OUTCOME_ACCEPTED: return CHIME_WELCOME;
	case OUTCOME_LATE:
	case OUTCOME_UNVERIFIED: return CHIME_RISING;
	case OUTCOME_REVOKED: return CHIME_LOW;
	default: return CHIME_SOFT;
	}
}

static bool is_held(const struct model *m) {
	return model_shows(m, SCREEN_RESULT) && m->ms - mine(m)->since_ms < m->style->timing.result_hold_ms;
}

/* Whatever is open is left: somebody stands there with a badge. By way of home, so that each screen on the stack wipes what it holds, the result
 * before this one too. */
static void show(struct model *m, struct desk_message *r, struct effects *effects) {
	m->refusals = admits(r) || shows_code(r) ? 0 : m->refusals + 1;
	m->not_badge_ms = 0;
	model_go_home(m, effects);
	model_open(m, SCREEN_RESULT, 0, effects);
	mine(m)->shown = r;
	mine(m)->since_ms = m->ms;
	m->visitor_language = r->language == NULL ? -1 : words_language(m->words, r->language);
	effects_chime(effects, chime_of(r));
}

static void leave(struct model *m) {
	desk_message_free(mine(m)->shown);
	mine(m)->shown = NULL;
	m->visitor_language = -1;
}

static struct desk_message *take_oldest(struct result *s) {
	struct desk_message *r = s->waiting[0];
	s->waiting_count--;
	memmove(s->waiting, s->waiting + 1, s->waiting_count * sizeof *s->waiting);
	return r;
}

/* Who was let in signs where that is wanted, unless the next one stands there already. */
static bool is_to_sign(const struct model *m) {
	const struct desk_message *r = mine(m)->shown;
	return admits(r) && !r->outsider && r->unsigned_yet && r->person[0] != '\0' && m->event->signature != SIGNATURE_OFF;
}

static void end(struct model *m, struct effects *effects) {
	struct signer signer = {.person = ""};
	bool signs = is_to_sign(m);
	if (mine(m)->waiting_count > 0) {
		show(m, take_oldest(mine(m)), effects);
		return;
	}
	if (signs) {
		str_copy(signer.person, sizeof signer.person, mine(m)->shown->person);
		str_copy(signer.name, sizeof signer.name, str_or_empty(mine(m)->shown->name));
		signer.minor = mine(m)->shown->minor;
	}
	model_go_home(m, effects);
	if (signs && model_shows(m, SCREEN_AGENDA)) { /* the question for the time goes before */
		m->signer = signer;
		m->touched_ms = m->ms;
		model_open(m, SCREEN_SIGN, SIGN_ARRIVAL, effects);
	}
}

static void drop_waiting(struct model *m) {
	while (mine(m)->waiting_count > 0) {
		desk_message_free(take_oldest(mine(m)));
	}
}

/* What is shown, with nothing behind it, or what comes last says that nothing could be saved. */
static bool says_not_kept(const struct result *s) {
	const struct desk_message *last = s->waiting_count == 0 ? s->shown : s->waiting[s->waiting_count - 1];
	return !last->kept && !last->gone;
}

/* True when the answer was taken over. */
static bool take_answer(struct model *m, struct desk_message *r, struct effects *effects) {
	struct result *s = mine(m);
	if (walkin_keeps(m, r)) {
		return false;
	}
	if (model_behind_pin(m)) { /* read before staff came: what was saved is counted, what was not is in the log */
		return false;
	}
	if (r->kept && r->outcome == OUTCOME_NOT_A_BADGE) {
		if (!model_shows(m, SCREEN_TYPE)) {
			m->not_badge_ms = m->ms;
			effects_chime(effects, CHIME_SOFT);
			return false;
		}
		r->outcome = OUTCOME_UNKNOWN; /* somebody typed it off a badge: it is one, if not ours */
	}
	if (!is_held(m)) {
		show(m, r, effects);
		return true;
	}
	if (!r->kept && !r->gone && says_not_kept(s)) { /* one after the other could not be saved: that is said once, as long as it lasts */
		s->since_ms = s->waiting_count == 0 ? m->ms : s->since_ms;
		return false;
	}
	if (s->waiting_count == WAITING_MAX) { /* saved all the same, or said before by the one that is shown; the oldest is not shown */
		desk_message_free(take_oldest(s));
	}
	s->waiting[s->waiting_count++] = r;
	return true;
}

/* The event changed: a session that a result points to may have another index, or none. */
static void renew(struct model *m, const struct kiosk_event *before) {
	struct result *s = mine(m);
	if (s->shown != NULL) {
		s->shown->other = kiosk_event_find(m->event, before, s->shown->other);
	}
	for (size_t i = 0; i < s->waiting_count; i++) {
		s->waiting[i]->other = kiosk_event_find(m->event, before, s->waiting[i]->other);
	}
}

static void pass_time(struct model *m, struct effects *effects) {
	int64_t shown = m->ms - mine(m)->since_ms;
	if (shown >= span(m) || (mine(m)->waiting_count > 0 && shown >= m->style->timing.result_hold_ms)) {
		end(m, effects);
	}
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	if (msg->kind == MSG_TIME) {
		pass_time(m, effects);
	} else if (msg->kind == MSG_TOUCH && !is_held(m) && !shows_code(mine(m)->shown)) { /* no code goes by a sleeve */
		end(m, effects);
	} else if (msg->kind == MSG_DESK && msg->desk->kind == DESK_LOADED && msg->before != NULL) {
		renew(m, msg->before);
	} else if (msg->kind == MSG_DESK && msg->desk->kind == DESK_ANSWERED && take_answer(m, msg->desk, effects)) {
		msg->desk = NULL;
	}
}

/* Somebody who wants something else than what is said leaves nothing that is said to the next one later. */
static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case RESULT_HAVE_IT:
	case ACTION_BACK: end(m, effects); return true;
	case ACTION_HELP:
	case ACTION_FIND:
	case ACTION_TYPE: drop_waiting(m); return false;
	default: return false;
	}
}

static int64_t deadline(const struct model *m) {
	int64_t step = m->ms + m->style->timing.step_ms, over = mine(m)->since_ms + span(m); /* a bar shows the time that is left */
	return step < over ? step : over;
}

static enum idling idling(const struct model *m) {
	(void)m;
	return IDLING_NEVER;
}

/* --- what is said -------------------------------------------------------------------------------------------------------------------- */

struct look {
	enum shape shape;
	enum hue ground, ink, over, left; /* of the screen; of words and shape; of the time that is over; of what is left */
};

static const struct look LOOKS[] = {
	[OUTCOME_ACCEPTED] = {SHAPE_CHECK, TEAL, WHITE, TEAL_OVER, TEAL_LEFT},
	[OUTCOME_DUPLICATE] = {SHAPE_AGAIN, BLUE, WHITE, BLUE_OVER, BLUE_LEFT},
	[OUTCOME_LATE] = {SHAPE_CLOCK, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_UNVERIFIED] = {SHAPE_DASHED, TEAL, WHITE, TEAL_OVER, TEAL_LEFT},
	[OUTCOME_UNKNOWN] = {SHAPE_UNKNOWN, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_REVOKED] = {SHAPE_STOP, RED, WHITE, RED_OVER, RED_LEFT},
	[OUTCOME_WRONG_DAY] = {SHAPE_DAY, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_WRONG_EVENT] = {SHAPE_OTHER, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_FULL] = {SHAPE_FULL, PURPLE, WHITE, PURPLE_OVER, PURPLE_LEFT},
	[OUTCOME_NOT_A_BADGE] = {SHAPE_UNKNOWN, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_CLOSED] = {SHAPE_CLOCK, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_NOT_EXPECTED] = {SHAPE_UNKNOWN, AMBER, INK, AMBER_OVER, INK},
};
_Static_assert(COUNT_OF(LOOKS) == OUTCOME_COUNT, "every outcome has its look");
static const struct look LOOK_NOT_KEPT = {SHAPE_ALARM, RED, WHITE, RED_OVER, RED_LEFT};
static const struct look LOOK_OUTSIDER = {SHAPE_ALARM, AMBER, INK, AMBER_OVER, INK};

struct words_of { /* what is said, from the top down; "" for none */
	struct strbuf greeting, loud, second;
	int card;         /* a session to show under it, or -1 */
	bool help;        /* buttons */
	const char *code; /* to be shown in place of the sign; NULL */
};

static void say(struct strbuf *out, const char *text) { strbuf_adds(out, text); }

static void say_name(const struct desk_message *r, struct words_of *w, const char *otherwise) {
	say(&w->loud, r->name != NULL ? r->name : otherwise);
	if (r->organisation != NULL) {
		say(&w->second, r->organisation);
	}
	if (r->community != NULL) {
		strbuf_addf(&w->second, "%s%s", r->organisation != NULL ? " · " : "", r->community);
	}
}

static bool runs_now(const struct view *v, const struct session *s) {
	return s->when.start.v <= v->model->now.v && v->model->now.v < s->when.end.v;
}

/* What the visitor can go to: the session of this box, else what runs now, else what comes today. */
static int session_for(const struct view *v) {
	const struct kiosk_event *event = v->model->event;
	int found = event->point;
	if (found < 0 && kiosk_event_running(event, v->model->now, &found, 1) == 0 &&
	    kiosk_event_coming(event, v->model->now, &found, 1) == 0) {
		return -1;
	}
	const struct session *s = view_session_at(v, found);
	bool of_today = kiosk_session_day(s) == tz_local_day(event->tz, v->model->now) && v->model->now.v < s->when.end.v;
	return of_today || runs_now(v, s) ? found : -1;
}

static void say_duplicate(const struct view *v, const struct desk_message *r, struct words_of *w) {
	say(&w->greeting, T(v, "Already signed in. Come in!"));
	say_name(r, w, T(v, "Welcome!"));
	if (r->first.v != 0 && clock_is_set(r->first)) {
		struct strbuf time = {0}, at = {0};
		date_clock_about(&time, v->model->event->tz, r->first, r->first_approximate);
		date_at(&at, &v->tongue, strbuf_str(&time));
		strbuf_reset(&w->second);
		words_fill_one(&w->second, T(v, "Signed in {at_time}"), "at_time", strbuf_str(&at));
		strbuf_fini(&time);
		strbuf_fini(&at);
	}
}

static void say_late(const struct view *v, const struct desk_message *r, struct words_of *w) {
	struct strbuf room = {0}, time = {0}, at = {0};
	int session = v->model->event->point;
	bool quiet = session >= 0 && str_eq(session_text(view_session_at(v, session), SESSION_QUIET), "yes");
	say(&w->greeting, quiet ? T(v, "Signed in. Please go in quietly") : T(v, "Signed in"));
	say_name(r, w, T(v, "Welcome!"));
	if (session >= 0) {
		const struct session *s = view_session_at(v, session);
		part_session_start(s, &time);
		date_at(&at, &v->tongue, strbuf_str(&time));
		strbuf_reset(&w->second);
		utf8_add_isolated(&room, str_or_empty(s->when.room));
		struct word_value values[] = {{"room", strbuf_str(&room)}, {"at_time", strbuf_str(&at)}};
		words_fill(&w->second, str_empty(s->when.room) ? T(v, "It began {at_time}") : T(v, "{room} began {at_time}"), values,
			   COUNT_OF(values));
	}
	w->card = session;
	strbuf_fini(&room);
	strbuf_fini(&time);
	strbuf_fini(&at);
}

/* The day on which a badge would be good: the next of the event's days, else its last. */
static void say_wrong_day(const struct view *v, const struct desk_message *r, struct words_of *w) {
	const struct kiosk_event *event = v->model->event;
	int64_t today = tz_local_day(event->tz, r->now), good = -1;
	for (size_t i = 0; i < event->day_count; i++) {
		good = good < 0 || good <= today ? event->days[i] : good;
	}
	if (event->point >= 0) {
		good = kiosk_session_day(view_session_at(v, event->point));
	}
	struct strbuf now = {0}, then = {0};
	date_day(&now, &v->tongue, today);
	say(&w->greeting, T(v, "This badge is not for today"));
	if (good >= 0 && good != today) {
		date_day(&then, &v->tongue, good);
		words_fill_one(&w->loud, T(v, "Valid {date}"), "date", strbuf_str(&then));
	} else {
		say(&w->loud, T(v, "Please see our staff"));
	}
	words_fill_one(&w->second, T(v, "Today is {date}"), "date", strbuf_str(&now));
	w->help = true;
	strbuf_fini(&now);
	strbuf_fini(&then);
}

/* The box stands at a session that is over, or of another day; where its room goes on, the next one there is shown. */
static void say_closed(const struct view *v, const struct desk_message *r, struct words_of *w) {
	const struct kiosk_event *event = v->model->event;
	const struct session *s = event->point >= 0 ? view_session_at(v, event->point) : NULL;
	struct strbuf day = {0}, time = {0}, at = {0};
	say(&w->loud, T(v, "Please see our staff"));
	w->help = true;
	if (s != NULL && r->now.v < s->when.start.v) {
		part_session_start(s, &time);
		date_day(&day, &v->tongue, kiosk_session_day(s));
		date_at(&at, &v->tongue, strbuf_str(&time));
		struct word_value values[] = {{"date", strbuf_str(&day)}, {"at_time", strbuf_str(&at)}};
		say(&w->greeting, T(v, "This session is not open yet"));
		words_fill(&w->second, T(v, "It begins on {date} {at_time}"), values, COUNT_OF(values));
	} else {
		say(&w->greeting, T(v, "This session is over"));
		w->card = s != NULL ? kiosk_event_next_in_room(event, event->point, r->now) : -1;
		w->help = w->card < 0;
	}
	strbuf_fini(&day);
	strbuf_fini(&time);
	strbuf_fini(&at);
}

static void say_full(const struct view *v, const struct desk_message *r, struct words_of *w) {
	const struct session *s = v->model->event->point >= 0 ? view_session_at(v, v->model->event->point) : NULL;
	const char *room = s == NULL ? "" : str_empty(s->when.room) ? session_text(s, SESSION_TITLE) : s->when.room;
	struct strbuf isolated = {0};
	utf8_add_isolated(&isolated, room);
	words_fill_one(&w->greeting, T(v, "{room} is full"), "room", strbuf_str(&isolated));
	strbuf_fini(&isolated);
	if (r->other >= 0) {
		const struct session *other = view_session_at(v, r->other);
		const char *there = str_empty(other->when.room) ? session_text(other, SESSION_TITLE) : other->when.room;
		say(&w->loud, there);
		if (r->other_places > 0) {
			words_fill_number(&w->second, TN(v, "has {n} place left", "has {n} places left", r->other_places), r->other_places);
		} else {
			say(&w->second, T(v, "has places left"));
		}
		w->card = r->other;
	} else {
		say(&w->loud, T(v, "Please see our staff"));
		w->help = true;
	}
}

static void say_refused(const struct view *v, const struct desk_message *r, struct words_of *w) {
	w->help = true;
	if (!r->kept && r->standing == STATION_RETIRED) {
		say(&w->greeting, T(v, "This box is out of use"));
		say(&w->loud, T(v, "Please see our staff"));
		say(&w->second, T(v, "Another box will sign you in"));
		w->help = false; /* and the staff, not a code, are what helps */
	} else if (!r->kept && r->standing == STATION_LOST) {
		say(&w->greeting, T(v, "This box cannot save anything now"));
		say(&w->loud, T(v, "Please see our staff"));
		say(&w->second, T(v, "Its event file was moved or replaced"));
		w->help = false;
	} else if (r->gone) { /* nothing is wrong with the box */
		say(&w->greeting, T(v, "You are no longer on the list"));
		say(&w->loud, T(v, "Please see our staff"));
	} else if (!r->kept) {
		say(&w->greeting, T(v, "This box could not save that"));
		say(&w->loud, T(v, "Please see our staff"));
		say(&w->second, str_or_empty(r->text));
	} else if (r->outcome == OUTCOME_REVOKED) {
		say(&w->greeting, T(v, "This badge has been replaced or withdrawn"));
		say(&w->loud, T(v, "Please see our staff"));
	} else if (is_pending(r)) {
		say(&w->greeting, T(v, "Your registration is being looked at"));
		say(&w->loud, T(v, "Please see our staff"));
	} else if (r->outcome == OUTCOME_NOT_EXPECTED && r->not_listed) {
		say(&w->greeting, T(v, "You are not on the list of this session"));
		say(&w->loud, T(v, "Please see our staff"));
		say(&w->second, T(v, "They will find out together with you"));
	} else if (r->outcome == OUTCOME_NOT_EXPECTED) {
		say(&w->greeting, T(v, "Your registration is not confirmed"));
		say(&w->loud, T(v, "Please see our staff"));
		say(&w->second, T(v, "They will find out together with you"));
	} else if (r->outcome == OUTCOME_WRONG_EVENT) {
		say(&w->greeting, T(v, "This badge belongs to another event"));
		say(&w->loud, T(v, "We will help"));
	} else {
		say(&w->greeting, T(v, "We don't know this badge"));
		say(&w->loud, T(v, "We will help"));
		say(&w->second, T(v, "Show it once more, or choose:"));
	}
	if (w->help && v->model->refusals >= 2) { /* no dead end */
		strbuf_reset(&w->second);
		say(&w->second, T(v, "Touch “Call for help”: somebody will come to you"));
	}
}

/* It is saved and will count once the organiser has let this box in: nobody is sent away, but staff should know. */
static void say_outsider(const struct view *v, const struct desk_message *r, struct words_of *w) {
	say(&w->greeting, T(v, "Saved, but this box does not count yet"));
	say(&w->loud, T(v, "Please see our staff"));
	say(&w->second, str_or_empty(r->name));
}

/* The code itself stands where the sign would. */
static void say_code(const struct view *v, const struct desk_message *r, struct words_of *w) {
	strbuf_reset(&w->second);
	words_fill_one(&w->second,
		       admits(r) && !r->outsider ? T(v, "Please take a picture of your code, or note it: {code}. It lets you in next time")
		       : is_pending(r)
			       ? T(v, "Please take a picture of your code, or note it: {code}. It lets you in once you are confirmed")
			       : T(v, "Please take a picture of your code, or note it: {code}. Our staff will need it"),
		       "code", r->aloud);
	w->help = false; /* in its place stands that one has it */
	w->code = r->code;
	w->card = -1;
}

static void say_outcome(const struct view *v, const struct desk_message *r, struct words_of *w) {
	if (!r->kept) {
		say_refused(v, r, w);
		return;
	}
	if (r->outsider && outcome_admits(r->outcome)) {
		say_outsider(v, r, w);
		return;
	}
	switch (r->outcome) {
	case OUTCOME_ACCEPTED:
	case OUTCOME_UNVERIFIED:
		say(&w->greeting, r->name != NULL ? T(v, "Welcome!") : T(v, "Signed in"));
		say_name(r, w, T(v, "Welcome!"));
		if (r->outcome == OUTCOME_UNVERIFIED) {
			strbuf_reset(&w->second);
			say(&w->second, T(v, "Your badge was made at another box; your name follows"));
		}
		w->card = session_for(v);
		break;
	case OUTCOME_DUPLICATE: say_duplicate(v, r, w); break;
	case OUTCOME_LATE: say_late(v, r, w); break;
	case OUTCOME_WRONG_DAY: say_wrong_day(v, r, w); break;
	case OUTCOME_FULL: say_full(v, r, w); break;
	case OUTCOME_CLOSED: say_closed(v, r, w); break;
	default: say_refused(v, r, w);
	}
}

static void find_words(const struct view *v, const struct desk_message *r, struct words_of *w) {
	say_outcome(v, r, w);
	if (shows_code(r)) {
		say_code(v, r, w);
	}
}

static void draw_card(const struct view *v, struct box box, int session, uint32_t colour) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session_at(v, session);
	struct strbuf times = {0}, head = {0};
	part_session_times(v, s, &times);
	if (runs_now(v, s)) {
		strbuf_addf(&head, "%s · ", TC(v, "sessions that are on", "Now"));
	} else if (v->model->now.v < s->when.start.v) {
		strbuf_addf(&head, "%s · ", TC(v, "sessions that come", "Next"));
	}
	if (!str_empty(s->when.room)) {
		utf8_add_isolated(&head, s->when.room);
		strbuf_adds(&head, " · ");
	}
	strbuf_adds(&head, strbuf_str(&times));
	draw_fill(v->pen.list, box, len(t, ROUND_CARD), hue(t, CARD));
	struct box inner = {box.x + len(t, CARD_LEFT), box.y + len(t, RESULT_CARD_TOP), box.w - len_twice(t, CARD_LEFT),
			    len(t, CARD_LINE_HIGH)};
	label_draw(&v->pen, inner,
		   &(struct label){.text = strbuf_str(&head), .role = TYPE_LABEL, .colour = colour, .lines = 1, .middle = true});
	label_draw(&v->pen,
		   (struct box){inner.x, inner.y + inner.h, inner.w, box.h - inner.h - len_sum(t, RESULT_CARD_TOP, RESULT_CARD_BOTTOM)},
		   &(struct label){
			   .text = session_text(s, SESSION_TITLE), .role = TYPE_HEAD, .colour = hue(t, INK), .lines = 2, .middle = true});
	strbuf_fini(&times);
	strbuf_fini(&head);
}

static void draw_help(const struct view *v, struct box box, uint32_t colour) {
	const struct theme *t = v->pen.theme;
	int gap = len(t, RESULT_BUTTON_GAP), most = 2 * len(t, t->portrait ? RESULT_BUTTON_WIDE_UPRIGHT : RESULT_BUTTON_WIDE) + gap;
	box.w = box.w > most ? most : box.w;
	part_without_badge(v, box, &(struct without_badge){.look = &(struct button){.filled = true, .colour = colour}, .gap = gap});
}

/* How high the words are when the loud ones get so much room. */
static int draw_words(const struct view *v, struct box room, const struct words_of *w, uint32_t ink, bool measure) {
	const struct theme *t = v->pen.theme;
	struct box (*put)(const struct pen *, struct box, const struct label *) = measure ? label_measure : label_draw;
	enum align align = t->portrait ? ALIGN_CENTRE : ALIGN_LEFT;
	int y = room.y;
	struct label greeting = {.text = strbuf_str(&w->greeting), .role = TYPE_GREETING, .colour = ink, .align = align, .lines = 2};
	y += put(&v->pen, (struct box){room.x, y, room.w, 0}, &greeting).h + len(t, RESULT_GREETING_GAP);
	struct label loud = {.text = strbuf_str(&w->loud), .role = TYPE_NAME, .colour = ink, .align = align, .lines = 4};
	int loud_room = room.h - (y - room.y) - len(t, RESULT_UNDER_HIGH);
	loud_room = loud_room > len(t, RESULT_NAME_LEAST) ? loud_room : len(t, RESULT_NAME_LEAST);
	y += put(&v->pen, (struct box){room.x, y, room.w, loud_room}, &loud).h + len(t, RESULT_NAME_GAP);
	if (w->second.len > 0) {
		struct label second = {.text = strbuf_str(&w->second), .role = TYPE_UNDER, .colour = ink, .align = align, .lines = 5};
		y += put(&v->pen, (struct box){room.x, y, room.w, 0}, &second).h;
	}
	return y - room.y;
}

static void draw_bar(const struct view *v, const struct look *look) {
	const struct theme *t = v->pen.theme;
	int64_t whole = span(v->model), left = whole - (v->model->ms - mine(v->model)->since_ms);
	int h = len(t, RESULT_BAR_HIGH), w = (int)((int64_t)t->width * (left < 0 ? 0 : left) / whole);
	draw_fill(v->pen.list, (struct box){0, t->height - h, t->width, h}, 0, hue(t, look->over));
	draw_fill(v->pen.list, (struct box){0, t->height - h, w, h}, 0, hue(t, look->left));
}

/* Organisation and community stand on one line where they fit, else on lines of their own. */
static void part_second(const struct view *v, struct words_of *w, int width) {
	char *dot = w->second.len > 0 ? strstr(w->second.data, " · ") : NULL;
	if (dot != NULL && label_width(&v->pen, TYPE_UNDER, strbuf_str(&w->second)) > width) {
		struct strbuf parted = {0};
		strbuf_add(&parted, w->second.data, (size_t)(dot - w->second.data));
		strbuf_addf(&parted, "\n%s", dot + strlen(" · "));
		strbuf_fini(&w->second);
		w->second = parted;
	}
}

static void lay_out(const struct view *v, const struct look *look, struct words_of *w) {
	const struct theme *t = v->pen.theme;
	int foot = w->card >= 0 ? len(t, RESULT_CARD_HIGH) : w->help || w->code != NULL ? len(t, RESULT_BUTTON_HIGH) : 0;
	int gap = foot > 0 ? len(t, RESULT_FOOT_GAP) : 0, side, top;
	struct box words;
	if (t->portrait) {
		side = t->width * 55 / 100 < t->height * 3 / 10 ? t->width * 55 / 100 : t->height * 3 / 10;
		top = t->height / 9;
		words = (struct box){view_margin(v), top + side + len(t, RESULT_SIGN_GAP), t->width - 2 * view_margin(v), 0};
		words.h = t->height - words.y - foot - gap - len(t, RESULT_FOOT_UPRIGHT);
		part_second(v, w, words.w);
		int lower = (words.h - draw_words(v, words, w, hue(t, look->ink), true)) / 3; /* a little above the middle */
		top += lower;
		words.y += lower;
		words.h -= lower;
	} else {
		side = t->width * 26 / 100 < t->height * 48 / 100 ? t->width * 26 / 100 : t->height * 48 / 100;
		top = (t->height - side) / 2;
		int x = t->width * 40 / 100;
		words = (struct box){x, len(t, RESULT_TOP), t->width - x - view_margin(v) - len(t, RESULT_RIGHT),
				     t->height - len_twice(t, RESULT_TOP) - foot - gap};
	}
	part_second(v, w, words.w);
	/* Measured before it is drawn: in the middle stand words, sign and foot together, as high as they turn out. */
	int used = draw_words(v, words, w, hue(t, look->ink), true);
	if (!t->portrait) {
		words.y = (t->height - used - gap - foot) / 2;
	}
	struct box sign = {t->portrait ? (t->width - side) / 2 : (t->width * 40 / 100 - side) / 2 + len(t, RESULT_SIGN_RIGHT), top, side,
			   side};
	if (w->code == NULL || !qr_box_draw(&v->pen, sign, w->code)) {
		shape_draw(&v->pen, look->shape, sign, hue(t, look->ink), hue(t, look->ground));
	}
	draw_words(v, words, w, hue(t, look->ink), false);
	struct box under = {words.x, words.y + used + gap, words.w, foot};
	if (w->card >= 0) {
		draw_card(v, under, w->card, hue(t, look->ground == AMBER ? INK : look->ground));
	} else if (w->help) {
		draw_help(v, under, hue(t, look->ink));
	} else if (w->code != NULL) {
		int most = len(t, t->portrait ? RESULT_BUTTON_WIDE_UPRIGHT : RESULT_BUTTON_WIDE);
		int wide = under.w > most ? most : under.w;
		under.x += t->portrait ? (under.w - wide) / 2 : 0;
		under.w = wide;
		button_draw(
			&v->pen, under,
			&(struct button){.text = T(v, "I have it"), .action = RESULT_HAVE_IT, .filled = true, .colour = hue(t, look->ink)});
	}
}

static void draw(const struct view *v) {
	const struct desk_message *r = mine(v->model)->shown;
	const struct look *look = r->gone                                     ? &LOOKS[OUTCOME_NOT_EXPECTED]
				  : !r->kept                                  ? &LOOK_NOT_KEPT
				  : r->outsider && outcome_admits(r->outcome) ? &LOOK_OUTSIDER
									      : &LOOKS[r->outcome];
	struct words_of w = {.card = -1};
	find_words(v, r, &w);
	v->pen.list->background = hue(v->pen.theme, look->ground);
	lay_out(v, look, &w);
	draw_bar(v, look);
	strbuf_fini(&w.greeting);
	strbuf_fini(&w.loud);
	strbuf_fini(&w.second);
}

const struct screen screen_result = {
	.name = "result",
	.state = sizeof(struct result),
	.next = SCREEN_SET(HELP) | SCREEN_SET(TYPE) | SCREEN_SET(FIND) | SCREEN_SET(SIGN),
	.act = act,
	.told = told,
	.deadline = deadline,
	.idling = idling,
	.leave = leave,
	.fini = drop_waiting,
	.draw = draw,
};
