#include "kiosk/screens/result_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/session_parts.h"

bool result_admits(const struct desk_message *r) { return r->kept && outcome_admits(r->outcome); }

bool result_is_fine(const struct desk_message *r) { return result_admits(r) || (r->kept && r->outcome == OUTCOME_LEFT); }

bool result_shows_code(const struct desk_message *r) { return r->walk_in && r->kept; }

/* It was asked for, and nobody has decided yet. */
static bool is_pending(const struct desk_message *r) {
	return r->kept && r->outcome == OUTCOME_NOT_EXPECTED && !r->not_listed && r->registration == REGISTRATION_PENDING;
}

static void say(struct strbuf *out, const char *text) { strbuf_adds(out, text); }

/* What stands on the lists in place of a name is nobody's. */
static bool has_name(const struct desk_message *r) { return r->name != NULL && !r->unnamed; }

static void say_name(const struct desk_message *r, struct result_words *w, const char *otherwise) {
	say(&w->loud, has_name(r) ? r->name : otherwise);
	if (r->organisation != NULL) {
		say(&w->second, r->organisation);
	}
	if (r->community != NULL) {
		strbuf_addf(&w->second, "%s%s", r->organisation != NULL ? " · " : "", r->community);
	}
}

bool result_runs_now(const struct view *v, const struct session *s) {
	return s->when.start.v <= v->model->now.v && v->model->now.v < s->when.end.v;
}

/* The session whose door it was; -1: none. */
static int session_here(const struct view *v, const struct desk_message *r) {
	int found = view_session_by_id(v, r->session);
	return found >= 0 ? found : kiosk_event_door(v->model->event, v->model->now);
}

/* What the visitor can go to: the session of this box, else what runs now, else what comes today. */
static int session_for(const struct view *v, const struct desk_message *r) {
	const struct kiosk_event *event = v->model->event;
	int found = session_here(v, r);
	if (found < 0 && kiosk_event_running(event, v->model->now, &found, 1) == 0 &&
	    kiosk_event_coming(event, v->model->now, &found, 1) == 0) {
		return -1;
	}
	const struct session *s = view_session_at(v, found);
	bool of_today = kiosk_session_day(s) == tz_local_day(event->tz, v->model->now) && v->model->now.v < s->when.end.v;
	return of_today || result_runs_now(v, s) ? found : -1;
}

static void say_duplicate(const struct view *v, const struct desk_message *r, struct result_words *w) {
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

static void say_late(const struct view *v, const struct desk_message *r, struct result_words *w) {
	struct strbuf room = {0}, time = {0}, at = {0};
	int session = session_here(v, r);
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
		words_fill(&w->second, str_empty(s->when.room) ? T(v, "It started {at_time}") : T(v, "{room} started {at_time}"), values,
			   COUNT_OF(values));
	}
	w->card = session;
	strbuf_fini(&room);
	strbuf_fini(&time);
	strbuf_fini(&at);
}

/* The day on which a badge would be good: the next of the event's days, else its last. */
static void say_wrong_day(const struct view *v, const struct desk_message *r, struct result_words *w) {
	const struct kiosk_event *event = v->model->event;
	int64_t today = tz_local_day(event->tz, r->now), good = -1;
	for (size_t i = 0; i < event->day_count; i++) {
		good = good < 0 || good <= today ? event->days[i] : good;
	}
	int session = session_here(v, r);
	if (session >= 0) {
		good = kiosk_session_day(view_session_at(v, session));
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
	w->help = RESULT_HELP_WAYS;
	strbuf_fini(&now);
	strbuf_fini(&then);
}

/* The box stands at a session that is over, or of another day; where its room goes on, the next one there is shown. */
static void say_closed(const struct view *v, const struct desk_message *r, struct result_words *w) {
	const struct kiosk_event *event = v->model->event;
	int here = session_here(v, r);
	const struct session *s = here >= 0 ? view_session_at(v, here) : NULL;
	struct strbuf day = {0}, time = {0}, at = {0};
	say(&w->loud, T(v, "Please see our staff"));
	w->help = RESULT_HELP_WAYS;
	if (s != NULL && r->now.v < s->when.start.v) {
		part_session_start(s, &time);
		date_day(&day, &v->tongue, kiosk_session_day(s));
		date_at(&at, &v->tongue, strbuf_str(&time));
		struct word_value values[] = {{"date", strbuf_str(&day)}, {"at_time", strbuf_str(&at)}};
		say(&w->greeting, T(v, "This session is not open yet"));
		words_fill(&w->second, T(v, "It starts on {date} {at_time}"), values, COUNT_OF(values));
	} else {
		say(&w->greeting, T(v, "This session is over"));
		w->card = s != NULL ? kiosk_event_next_in_room(event, here, r->now) : -1;
		w->help = w->card < 0 ? RESULT_HELP_WAYS : RESULT_HELP_NONE;
	}
	strbuf_fini(&day);
	strbuf_fini(&time);
	strbuf_fini(&at);
}

/* What this box hands out, as the event calls it. */
static const char *point_here(const struct view *v) {
	const struct kiosk_event *event = v->model->event;
	return event->handout < 0 ? "" : point_name(&event->points.items[event->handout], words_code(v->tongue.words, v->tongue.language));
}

static void say_of_point(const struct view *v, const char *pattern, struct strbuf *out) {
	struct strbuf name = {0};
	utf8_add_isolated(&name, point_here(v));
	words_fill_one(out, pattern, "point", strbuf_str(&name));
	strbuf_fini(&name);
}

static void say_full(const struct view *v, const struct desk_message *r, struct result_words *w) {
	if (v->model->event->handout >= 0) {
		say_of_point(v, T(v, "{point}: none left"), &w->greeting);
		say(&w->loud, T(v, "Please see our staff"));
		w->help = RESULT_HELP_WAYS;
		return;
	}
	int here = session_here(v, r);
	const struct session *s = here >= 0 ? view_session_at(v, here) : NULL;
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
			view_fill_count(&w->second, TN(v, "has {n} place left", "has {n} places left", r->other_places), r->other_places);
		} else {
			say(&w->second, T(v, "has places left"));
		}
		w->card = r->other;
	} else {
		say(&w->loud, T(v, "Please see our staff"));
		w->help = RESULT_HELP_WAYS;
	}
}

static void say_given(const struct view *v, const struct desk_message *r, struct result_words *w) {
	char had[24], times[24];
	say_of_point(v, T(v, "{point}: here you are"), &w->greeting);
	say_name(r, w, T(v, "Welcome!"));
	if (r->times > 1) {
		snprintf(had, sizeof had, "%d", r->had);
		snprintf(times, sizeof times, "%d", r->times);
		struct word_value values[] = {{"n", had}, {"all", times}};
		strbuf_reset(&w->second);
		words_fill(&w->second, T(v, "{n} of {all}"), values, COUNT_OF(values));
	}
}

static void say_used_up(const struct view *v, const struct desk_message *r, struct result_words *w) {
	say_of_point(v, T(v, "{point}: already received"), &w->greeting);
	say(&w->loud, T(v, "Please see our staff"));
	if (r->first.v != 0 && clock_is_set(r->first)) {
		struct strbuf time = {0}, at = {0};
		date_clock_about(&time, v->model->event->tz, r->first, r->first_approximate);
		date_at(&at, &v->tongue, strbuf_str(&time));
		words_fill_one(&w->second, T(v, "Received {at_time}"), "at_time", strbuf_str(&at));
		strbuf_fini(&time);
		strbuf_fini(&at);
	}
	w->help = RESULT_HELP_WAYS;
}

static void say_not_entitled(const struct view *v, struct result_words *w) {
	if (v->model->event->handout >= 0) {
		say_of_point(v, T(v, "{point}: not included with your badge"), &w->greeting);
	} else {
		say(&w->greeting, T(v, "Your badge does not open this door"));
	}
	say(&w->loud, T(v, "Please see our staff"));
	say(&w->second, T(v, "They will sort it out with you"));
	w->help = RESULT_HELP_WAYS;
}

static void say_left(const struct view *v, const struct desk_message *r, struct result_words *w) {
	int session = view_session_by_id(v, r->session);
	say(&w->greeting, T(v, "Goodbye!"));
	say_name(r, w, T(v, "See you again!"));
	if (session >= 0) {
		const struct session *s = view_session_at(v, session);
		strbuf_reset(&w->second);
		utf8_add_isolated(&w->second, session_text(s, SESSION_TITLE));
	}
}

/* What a hand scanner made of the code, where that can be told; NULL: it came whole. */
static const char *delivery_words(const struct view *v) {
	switch (v->model->delivery) {
	case DELIVERY_LETTERS: return T(v, "The scanner cannot type some letters of this code");
	case DELIVERY_LAYOUT: return T(v, "The scanner has another keyboard layout: staff can set it to US English");
	case DELIVERY_SHORT: return T(v, "Some of the code got lost between scanner and box. Please scan it again");
	case DELIVERY_CONTROLS: return T(v, "The scanner sends signs that no code has: staff can check its settings");
	case DELIVERY_WHOLE: break;
	}
	return NULL;
}

static void say_refused(const struct view *v, const struct desk_message *r, struct result_words *w) {
	const char *garbled = NULL;
	w->help = RESULT_HELP_WAYS;
	if (!r->kept && r->standing == STATION_RETIRED) {
		say(&w->greeting, T(v, "This box is out of use"));
		say(&w->loud, T(v, "Please see our staff"));
		say(&w->second, T(v, "Another box will sign you in"));
		w->help = RESULT_HELP_NONE; /* and the staff, not a code, are what helps */
	} else if (!r->kept && r->standing == STATION_LOST) {
		say(&w->greeting, T(v, "This box cannot save anything now"));
		say(&w->loud, T(v, "Please see our staff"));
		say(&w->second, T(v, "Its event file was moved or replaced"));
		w->help = RESULT_HELP_NONE;
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
	} else if (is_pending(r) && r->unnamed) { /* there is nothing that anybody could check */
		say(&w->greeting, T(v, "You have been counted without a name"));
		say(&w->loud, T(v, "Please see our staff"));
		say(&w->second, T(v, "They will sort it out with you"));
	} else if (is_pending(r)) {
		say(&w->greeting, T(v, "Your registration is still being checked"));
		say(&w->loud, T(v, "Please see our staff"));
	} else if (r->outcome == OUTCOME_NOT_EXPECTED && r->not_listed) {
		say(&w->greeting, T(v, "You are not on the list for this session"));
		say(&w->loud, T(v, "Please see our staff"));
		say(&w->second, T(v, "They will sort it out with you"));
	} else if (r->outcome == OUTCOME_NOT_EXPECTED) {
		say(&w->greeting, T(v, "Your registration is not confirmed"));
		say(&w->loud, T(v, "Please see our staff"));
		say(&w->second, T(v, "They will sort it out with you"));
	} else if (r->outcome == OUTCOME_WRONG_EVENT) {
		say(&w->greeting, T(v, "This badge belongs to another event"));
		say(&w->loud, T(v, "We will help"));
	} else {
		say(&w->greeting, T(v, "We don't know this badge"));
		say(&w->loud, T(v, "We will help"));
		garbled = delivery_words(v);
		say(&w->second, garbled != NULL ? garbled : T(v, "Show it again, or choose:"));
	}
	if (w->help != RESULT_HELP_NONE && v->model->refusals >= 2 && garbled == NULL) { /* no dead end */
		strbuf_reset(&w->second);
		say(&w->second, T(v, "Touch “Call for help”: our staff will help you"));
	}
}

/* It is saved and will count once the organiser has let this box in: nobody is sent away, but staff should know. */
static void say_outsider(const struct view *v, const struct desk_message *r, struct result_words *w) {
	say(&w->greeting, T(v, "Saved, but this box is not approved yet"));
	say(&w->loud, T(v, "Please see our staff"));
	say(&w->second, has_name(r) ? r->name : "");
}

static const char *code_words(const struct view *v, const struct desk_message *r) {
	if (result_admits(r) && !r->outsider) {
		return T(v, "Please take a photo of your code, or write it down. It will let you in next time");
	}
	if (is_pending(r) && r->unnamed) {
		return T(v, "You did not agree to your data being kept, so our staff decide whether you can come in. Please show them this "
			    "code:");
	}
	return is_pending(r) ? T(v, "Please take a photo of your code, or write it down. It will let you in once you are confirmed")
			     : T(v, "Please take a photo of your code, or write it down. Our staff will need it");
}

/* The code itself stands where the sign would. */
static void say_code(const struct view *v, const struct desk_message *r, struct result_words *w) {
	strbuf_reset(&w->second);
	say(&w->second, code_words(v, r));
	w->code = r->code;
	w->aloud = r->aloud;
	w->card = -1;
	/* Who only waits has failed at nothing. Whom staff are to let in calls them. */
	bool fine = (result_admits(r) && !r->outsider) || (is_pending(r) && !r->unnamed);
	w->help = fine ? RESULT_HELP_NONE : RESULT_HELP_ALONE;
}

static void say_outcome(const struct view *v, const struct desk_message *r, struct result_words *w) {
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
		say(&w->greeting, has_name(r) || r->unnamed ? T(v, "Welcome!") : T(v, "Signed in"));
		say_name(r, w, r->unnamed ? T(v, "We are glad you are here!") : T(v, "Welcome!"));
		if (r->outcome == OUTCOME_UNVERIFIED) {
			strbuf_reset(&w->second);
			say(&w->second, T(v, "Your badge was issued at another box; your name will follow"));
		}
		if (r->label && model_prints(v->model)) {
			strbuf_reset(&w->second);
			say(&w->second, T(v, "Please take your label"));
		}
		w->card = session_for(v, r);
		break;
	case OUTCOME_DUPLICATE: say_duplicate(v, r, w); break;
	case OUTCOME_LATE: say_late(v, r, w); break;
	case OUTCOME_WRONG_DAY: say_wrong_day(v, r, w); break;
	case OUTCOME_FULL: say_full(v, r, w); break;
	case OUTCOME_CLOSED: say_closed(v, r, w); break;
	case OUTCOME_GIVEN: say_given(v, r, w); break;
	case OUTCOME_USED_UP: say_used_up(v, r, w); break;
	case OUTCOME_NOT_ENTITLED: say_not_entitled(v, w); break;
	case OUTCOME_LEFT: say_left(v, r, w); break;
	default: say_refused(v, r, w);
	}
}

/* Their name and their code say no more than what was found of them, or what could not be saved cannot be saved by them: somebody is to help. */
static bool is_of_no_use_again(const struct desk_message *r) {
	static const enum outcome of_known[] = {OUTCOME_WRONG_DAY, OUTCOME_FULL, OUTCOME_CLOSED, OUTCOME_USED_UP, OUTCOME_NOT_ENTITLED};
	bool known = r->person[0] != '\0', found = !r->kept || r->outcome == OUTCOME_NOT_EXPECTED;
	for (size_t i = 0; r->kept && known && i < COUNT_OF(of_known); i++) {
		found = found || r->outcome == of_known[i];
	}
	return found;
}

void result_words_find(const struct view *v, const struct desk_message *r, struct result_words *out) {
	*out = (struct result_words){.card = -1};
	say_outcome(v, r, out);
	if (out->help == RESULT_HELP_WAYS && is_of_no_use_again(r)) {
		out->help = RESULT_HELP_ALONE;
	}
	if (result_shows_code(r)) {
		say_code(v, r, out);
	}
}

void result_words_fini(struct result_words *words) {
	strbuf_fini(&words->greeting);
	strbuf_fini(&words->loud);
	strbuf_fini(&words->second);
}
