/* What a code is (judge_scan), whose (load_person), and what else matters here and now (gather) become facts, from which event/admission.h
 * decides. All of it and the record are one transaction, so nothing changes between the answer and what is recorded. */
#include "station/desk.h"

#include <stdlib.h>
#include <string.h>

#include "badge/code.h"
#include "badge/pretix.h"
#include "base/alloc.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/code_form.h"
#include "event/form.h"
#include "event/registration.h"
#include "event/session_list.h"
#include "store/read/badges.h"
#include "store/read/calendar.h"
#include "store/read/checkins.h"
#include "store/read/presence.h"
#include "store/read/settings.h"
#include "store/read/signatures.h"
#include "store/view/roles.h"
#include "store/write/walkins.h"

#define MINUTE_MS INT64_C(60000)
#define LATE_MINUTES 5
#define PRETIX_KEYS_MAX 8
#define FOREIGN_CODE_MAX 64 /* characters that another system's code may plausibly have */

struct desk {
	struct store *store;
	struct session_row session;
	bool at_session;
	char point[SESSION_ID_LEN + 1];
	struct event_calendar calendar;
	int64_t late_after_ms;
	bool welcome_unverified;
	bool registered; /* who walks in waits until somebody has confirmed them */
	bool signatures; /* are asked for */
	struct public_key pretix_keys[PRETIX_KEYS_MAX];
	size_t pretix_key_count;
};

static void read_pretix_keys(struct desk *desk) {
	char *text = setting_get(desk->store, "pretix_keys");
	char *parts[PRETIX_KEYS_MAX];
	size_t n = str_empty(text) ? 0 : str_split(text, ',', parts, COUNT_OF(parts));
	for (size_t i = 0; i < n; i++) {
		struct err wrong = {0};
		/* One that cannot be read is passed over: the others may be good. */
		if (pretix_key_read(parts[i], &desk->pretix_keys[desk->pretix_key_count], &wrong)) {
			desk->pretix_key_count++;
		}
	}
	free(text);
}

static void read_settings(struct desk *desk) {
	desk->late_after_ms = setting_number(desk->store, "late_minutes", LATE_MINUTES) * MINUTE_MS;
	char *unverified = setting_get(desk->store, "unverified");
	char *signature = setting_get(desk->store, "signature");
	char *admission = setting_get(desk->store, "admission");
	desk->registered = str_eq(admission, "registered");
	/* Codes of walk-ins at other boxes are short ones: whether they are confirmed nobody knows here. */
	desk->welcome_unverified = str_eq(unverified, "welcome") && !desk->registered;
	desk->signatures = !str_empty(signature) && !str_eq(signature, "off");
	free(unverified);
	free(admission);
	free(signature);
	read_pretix_keys(desk);
}

struct desk *desk_open(struct store *store, const char *point, struct err *err) {
	struct desk *desk = xcalloc(1, sizeof *desk);
	desk->store = store;
	read_settings(desk);
	if (!calendar_load(store, &desk->calendar, err) || !desk_set_point(desk, point, err)) {
		desk_close(desk);
		return NULL;
	}
	return desk;
}

void desk_close(struct desk *desk) {
	if (desk != NULL) {
		session_row_fini(&desk->session);
		event_calendar_fini(&desk->calendar);
		free(desk);
	}
}

static bool find_session(struct store *store, const char *text, char id[SESSION_ID_LEN + 1], struct err *err) {
	struct sessions list;
	if (!sessions_load(store, &list, err)) {
		return false;
	}
	const struct session_row *row = sessions_find(&list, text, err);
	bool ok = row != NULL;
	if (ok && row->session.cancelled) {
		ok = err_set(err, ERR_REFUSED, "the session \"%s\" is cancelled", session_text(&row->session, SESSION_TITLE));
	}
	if (ok) {
		str_copy(id, SESSION_ID_LEN + 1, row->id);
	}
	sessions_fini(&list);
	return ok;
}

bool desk_set_point(struct desk *desk, const char *point, struct err *err) {
	char id[SESSION_ID_LEN + 1] = POINT_ARRIVAL;
	struct session_row session = {0};
	bool found = false;
	bool at_session = !str_eq(point, POINT_ARRIVAL);
	if (at_session && (!find_session(desk->store, point, id, err) || !session_get(desk->store, id, &session, &found, err))) {
		return false;
	}
	session_row_fini(&desk->session);
	desk->session = session;
	desk->at_session = at_session;
	str_copy(desk->point, sizeof desk->point, id);
	return true;
}

const struct session_row *desk_session(const struct desk *desk) { return desk->at_session ? &desk->session : NULL; }

/* --- what is this code? ---------------------------------------------------------------------------------------------------------- */

/* Text that a QR with an address, a contact or a network would carry, or that no ticket system prints. */
static bool looks_like_no_code(const char *text) {
	return strlen(text) > FOREIGN_CODE_MAX || strstr(text, "://") != NULL || strpbrk(text, " \t\n") != NULL;
}

struct judged {
	enum badge_state state;
	struct badge_row badge;
	bool wrong_day;                  /* the code itself says so */
	int64_t valid_from, valid_until; /* what it says; as in struct checkin_draft */
	bool not_expected;               /* its holder's registration says so */
};

static enum badge_state judge_pretix(const struct desk *desk, const struct pretix_ticket *ticket, struct utc_ms now, struct judged *out) {
	if (!pretix_verify(ticket, desk->pretix_keys, desk->pretix_key_count, NULL)) {
		return BADGE_UNKNOWN;
	}
	out->valid_from = ticket->valid_from;
	out->valid_until = ticket->valid_until;
	out->wrong_day = clock_is_set(now) && ((ticket->valid_from != 0 && now.v < ticket->valid_from * 1000) ||
					       (ticket->valid_until != 0 && now.v > ticket->valid_until * 1000));
	return BADGE_VALID;
}

/* Looking for a code of another system by its spoken form. */
struct spoken {
	const char *aloud;
	char code[BADGE_CODE_MAX + 1];
	int different; /* codes of that form */
};

static bool compare_spoken(void *context, const char *code, bool *enough, struct err *err) {
	struct spoken *spoken = context;
	char aloud[CODE_ALOUD_MAX];
	(void)err;
	code_read_aloud(code, aloud);
	if (str_eq(aloud, spoken->aloud) && !str_eq(code, spoken->code)) {
		str_copy(spoken->code, sizeof spoken->code, code);
		*enough = ++spoken->different > 1;
	}
	return true;
}

/* The spoken form of issued codes is kept; that of the roster's is computed of each of them, as they are asked for by hand only: some 50 ms for
 * 100,000 people. Two badges of one form are none: nobody can tell which. */
static bool find_spoken(struct desk *desk, const char *aloud, char code[BADGE_CODE_MAX + 1], bool *found, struct err *err) {
	struct spoken spoken = {.aloud = aloud};
	bool ok = badge_by_aloud(desk->store, aloud, code, found, err);
	if (!ok || *found) {
		return ok;
	}
	if (!roster_codes_each(desk->store, compare_spoken, &spoken, err)) {
		return false;
	}
	*found = spoken.different == 1;
	str_copy(code, BADGE_CODE_MAX + 1, spoken.code);
	return true;
}

/* As another reader would give it, the roster has it perhaps. */
static bool find_form(struct desk *desk, const char *text, char code[BADGE_CODE_MAX + 1], bool *found, struct err *err) {
	char form[BADGE_CODE_MAX + 1];
	struct badge_row badge;
	if (code_form(text, form)) {
		str_copy(code, BADGE_CODE_MAX + 1, form);
		if (!badge_get(desk->store, form, &badge, found, err)) {
			return false;
		}
		if (*found) {
			return true;
		}
	}
	return badge_by_form(desk->store, form, code, found, err);
}

static bool look_up(struct desk *desk, const char *text, struct judged *out, bool *found, struct err *err) {
	char aloud[CODE_ALOUD_MAX];
	char code[BADGE_CODE_MAX + 1];
	struct code parsed;
	if (!badge_get(desk->store, text, &out->badge, found, err)) {
		return false;
	}
	bool exact = *found;
	bool ok = exact || !code_normalise_read_aloud(text, aloud) || find_spoken(desk, aloud, code, found, err);
	ok = ok && (*found || code_parse(text, &parsed) != CODE_FOREIGN || find_form(desk, text, code, found, err));
	if (!ok || (*found && !exact && !badge_get(desk->store, code, &out->badge, found, err))) {
		return false;
	}
	out->state = out->badge.revoked ? BADGE_REVOKED : BADGE_VALID;
	return true;
}

/* First what the file knows of the text, whatever it looks like: a revoked badge of ours must not count by its signature, and other
 * systems' codes stand on the roster. */
static bool judge_scan(struct desk *desk, const char *text, const struct desk_answer *answer, struct judged *out, struct err *err) {
	bool found = false;
	if (!look_up(desk, text, out, &found, err)) {
		return false;
	}
	if (found) {
		return true;
	}
	str_copy(out->badge.code, sizeof out->badge.code, text);
	struct code code;
	struct pretix_ticket ticket;
	switch (code_parse(text, &code)) {
	case CODE_SIGNED:
		switch (code_verify(&code, store_event(desk->store), store_organiser(desk->store))) {
		case CODE_OK: out->state = BADGE_VALID; break;
		case CODE_WRONG_EVENT: out->state = BADGE_OTHER_EVENT; break;
		case CODE_FORGED: out->state = BADGE_UNKNOWN; break;
		}
		break;
	case CODE_SHORT: out->state = BADGE_SHORT_UNHEARD; break;
	case CODE_MALFORMED: out->state = BADGE_NOT_OURS; break;
	case CODE_FOREIGN:
		if (pretix_parse(text, &ticket)) {
			out->state = judge_pretix(desk, &ticket, answer->now, out);
		} else {
			out->state = looks_like_no_code(text) || !roster_has_foreign_codes(desk->store) ? BADGE_NOT_OURS : BADGE_UNKNOWN;
		}
		break;
	}
	return true;
}

/* --- the facts around it --------------------------------------------------------------------------------------------------------- */

struct earlier {
	const struct desk *desk;
	bool clock_set;
	int64_t today; /* the day of the event */
	bool already;
	struct presence first;
};

static int64_t day_of(const struct desk *desk, struct utc_ms moment) {
	return event_day_of(&desk->calendar, moment, tz_local_day(store_tz(desk->store), moment));
}

static void note_presence(void *context, const struct presence *p) {
	struct earlier *e = context;
	if (!e->desk->at_session) {
		bool set = clock_is_set(p->utc);
		/* Without a clock, those who came in while it stood unset too are in. */
		if (e->clock_set ? !set || day_of(e->desk, p->utc) != e->today : set) {
			return;
		}
	}
	/* The earliest of those whose time is sure; only where there is none, the earliest of the others. */
	bool better = !e->already || (e->first.approximate && !p->approximate) ||
		      (e->first.approximate == p->approximate && p->utc.v < e->first.utc.v);
	if (better) {
		e->first = *p;
	}
	e->already = true;
}

static bool gather(struct desk *desk, const struct judged *judged, struct desk_answer *answer, struct admission_facts *facts,
		   struct err *err) {
	bool clock_set = clock_is_set(answer->now);
	int64_t today = day_of(desk, answer->now);
	struct earlier earlier = {.desk = desk, .clock_set = clock_set, .today = today};
	/* The states below are refused whoever is in; the enum rises from what is none of ours to a good badge. */
	if (judged->state >= BADGE_SHORT_UNHEARD &&
	    !checkin_presence(desk->store, &judged->badge, desk->point, note_presence, &earlier, err)) {
		return false;
	}
	*facts = (struct admission_facts){
		.badge = judged->state,
		.welcome_unverified = desk->welcome_unverified,
		.not_expected = judged->not_expected,
		.not_listed = desk->at_session && session_is_listed(&desk->session.session) &&
			      !(answer->known && session_list_has(desk->point, &answer->person.person)),
		.already = earlier.already,
		.clock_set = clock_set,
		.event_day = event_calendar_has(&desk->calendar, today),
		.now = answer->now,
		.late_after_ms = desk->late_after_ms,
	};
	if (earlier.already) {
		answer->first = earlier.first.utc;
		answer->first_approximate = earlier.first.approximate;
	}
	if (desk->at_session) {
		admission_put_session(facts, &desk->session.session.when, store_tz(desk->store));
		return facts->capacity == 0 || checkin_inside(desk->store, desk->point, &facts->inside, err);
	}
	return true;
}

/* They refused that their data are kept, and a signature is one of them. */
static bool is_unnamed(const struct person *person) {
	const char *processing = person_custom(person, FORM_PROCESSING);
	return processing != NULL && !form_consent_given(processing);
}

static bool load_person(struct desk *desk, struct judged *judged, struct desk_answer *answer, struct err *err) {
	if (judged->badge.person[0] == '\0') {
		return true;
	}
	if (!person_get_plain(desk->store, judged->badge.person, &answer->person, &answer->known, err)) {
		return false;
	}
	if (answer->known) {
		/* Somebody who was joined into another is that other from here on (store/view/join.h). */
		str_copy(judged->badge.person, sizeof judged->badge.person, answer->person.id);
		answer->registration = person_registration(&answer->person.person);
		answer->unnamed = is_unnamed(&answer->person.person);
		judged->not_expected = !registration_admits(answer->registration);
		if (answer->person.removed) {
			judged->state = BADGE_REVOKED; /* taken off the roster: staff should know */
		}
	}
	return true;
}

static bool record(struct desk *desk, const struct desk_scan *scan, struct desk_answer *answer, struct err *err) {
	if (!outcome_recorded(answer->outcome)) {
		return store_count_up(desk->store, outcome_word(answer->outcome), err);
	}
	struct checkin_draft draft = {.code = scan->person == NULL ? answer->code : NULL,
				      .person = scan->person == NULL ? NULL : answer->person.id,
				      .whose = answer->known && answer->roster ? answer->person.id : NULL,
				      .point = desk->point,
				      .shown = answer->outcome,
				      .how = scan->how,
				      .has_at = scan->has_at,
				      .at = scan->at,
				      .clock_unsure = answer->clock_unsure,
				      .valid_from = answer->valid_from,
				      .valid_until = answer->valid_until};
	answer->recorded = true;
	return checkin_append(desk->store, &draft, &answer->ref, err);
}

/* The bytes as the text they should be: trimmed; "" when they cannot be a code at all. */
static void clean_text(const struct desk_scan *scan, char out[BADGE_CODE_MAX + 1]) {
	out[0] = '\0';
	if (scan->len > BADGE_CODE_MAX || memchr(scan->text, '\0', scan->len) != NULL || !utf8_valid(scan->text, scan->len, NULL)) {
		return;
	}
	char work[BADGE_CODE_MAX + 1];
	memcpy(work, scan->text, scan->len);
	work[scan->len] = '\0';
	str_copy(out, BADGE_CODE_MAX + 1, str_trim(work));
}

static enum outcome outcome_of(const struct judged *judged, const struct admission_facts *facts) {
	return judged->wrong_day && facts->clock_set && !judged->not_expected && !facts->not_listed ? OUTCOME_WRONG_DAY
												    : admission_decide(facts);
}

/* `issued`: the code was made here just now. It is good, whatever the views may say of this station. */
static bool decide(struct desk *desk, const struct desk_scan *scan, const char *text, bool issued, struct desk_answer *answer,
		   struct err *err) {
	struct judged judged = {.state = BADGE_NOT_OURS};
	struct admission_facts facts;
	bool sure = scan->has_at; /* staff say when it was */
	if (text[0] != '\0' && !judge_scan(desk, text, answer, &judged, err)) {
		return false;
	}
	judged.state = issued || scan->person != NULL ? BADGE_VALID : judged.state;
	if (scan->person != NULL) {
		str_copy(judged.badge.person, sizeof judged.badge.person, scan->person);
	}
	if (!load_person(desk, &judged, answer, err)) {
		return false;
	}
	if (scan->person != NULL && !answer->known) {
		return err_set(err, ERR_NOT_FOUND, "whoever was found is not on the roster any more");
	}
	if (!gather(desk, &judged, answer, &facts, err)) {
		return false;
	}
	answer->roster = judged.badge.roster;
	answer->outcome = outcome_of(&judged, &facts);
	answer->not_listed = answer->outcome == OUTCOME_NOT_EXPECTED && !facts.not_expected;
	answer->clock_unsure = !sure && !facts.clock_set;
	answer->valid_from = judged.valid_from;
	answer->valid_until = judged.valid_until;
	/* A clock that nobody vouches for refuses nobody for a date; only where a date decides is it asked who does. */
	if (admission_is_by_clock(answer->outcome) && !sure && !store_clock_is_sure(desk->store)) {
		facts.clock_set = false;
		answer->clock_unsure = true;
		answer->outcome = outcome_of(&judged, &facts);
	}
	if (judged.badge.code[0] != '\0') {
		str_copy(answer->code, sizeof answer->code, judged.badge.code);
	}
	return true;
}

/* --- signatures --------------------------------------------------------------------------------------------------------------------- */

/* The day that somebody signs for; "" where the clock was never set. */
static void find_day(const struct desk *desk, struct utc_ms now, char day[TZ_TEXT_MAX]) {
	day[0] = '\0';
	if (clock_is_set(now)) {
		tz_format_date(day_of(desk, now), day);
	}
}

/* The year in which they are asked; where the clock was never set that of the event. */
static int64_t year_of(const struct desk *desk, struct utc_ms now) {
	int year = 0, month, day;
	int64_t first = desk->calendar.day_count > 0 ? desk->calendar.days[0] : 0;
	tz_from_days(clock_is_set(now) ? day_of(desk, now) : first, &year, &month, &day);
	return year;
}

static bool put_signature(struct desk *desk, const char *person, struct utc_ms now, const struct desk_signature *signature,
			  struct err *err) {
	char day[TZ_TEXT_MAX];
	find_day(desk, now, day);
	return signature_append(desk->store,
				&(struct signature_draft){
					.person = person, .point = desk->point, .day = day, .by = signature->by, .drawn = signature->drawn},
				err);
}

/* Signs, or finds out whether it is still to be done. */
static bool attend_signature(struct desk *desk, const struct desk_scan *scan, struct desk_answer *answer, struct err *err) {
	char day[TZ_TEXT_MAX];
	bool has = false;
	if (scan->signature != NULL && answer->known && answer->outcome != OUTCOME_NOT_EXPECTED) {
		return put_signature(desk, answer->person.id, answer->now, scan->signature, err);
	}
	/* Whoever arrives signs, once; a room's door asks for nothing more. */
	if (!desk->signatures || desk->at_session || !answer->known || !outcome_admits(answer->outcome) || answer->unnamed) {
		return true;
	}
	find_day(desk, answer->now, day);
	bool ok = signature_has(desk->store, answer->person.id, day, &has, err);
	answer->unsigned_yet = !has;
	answer->minor = person_is_minor(&answer->person.person, year_of(desk, answer->now));
	return ok;
}

bool desk_sign(struct desk *desk, const char *person, const struct desk_signature *signature, struct err *err) {
	if (!store_begin(desk->store, err)) {
		return false;
	}
	if (!role_station_check(desk->store, err) || !put_signature(desk, person, store_now(desk->store), signature, err)) {
		store_rollback(desk->store);
		return false;
	}
	return store_commit(desk->store, err);
}

/* Of what was recorded; after the commit, so that nothing that fails here takes back what is durable. */
static bool counts_for_nothing(struct desk *desk) {
	bool counts = true;
	struct err err = {0};
	if (!role_station_counts(desk->store, &counts, &err)) {
		log_warn("desk", "whether this box's check-ins count could not be found out: %s", err.text);
	}
	return !counts;
}

/* The fields with one more: that nobody has looked at the registration yet. One that staff say stays. */
static bool add_pending(const char *set, struct strbuf *out, struct err *err) {
	const char *key = person_field_key(PERSON_REGISTRATION);
	struct json *fields = json_parse(set, strlen(set), err);
	struct json_writer w = {.out = out};
	if (fields == NULL) {
		return err_wrap(err, "a walk-in");
	}
	json_open(&w, NULL, '{');
	json_put_members(&w, fields, NULL, NULL);
	if (json_get(fields, key) == NULL) {
		json_put_text(&w, key, registration_word(REGISTRATION_PENDING));
	}
	json_close(&w, '}');
	json_free(fields);
	return true;
}

static bool issue(struct desk *desk, const char *set, char code[BADGE_CODE_MAX + 1], struct err *err) {
	struct walkin walkin;
	struct strbuf pending = {0};
	bool ok = (!desk->registered || add_pending(set, &pending, err)) &&
		  walkin_append(desk->store, desk->registered ? strbuf_str(&pending) : set, &walkin, err);
	str_copy(code, BADGE_CODE_MAX + 1, ok ? walkin.badge.code : "");
	strbuf_fini(&pending);
	return ok;
}

/* Inside a transaction. `set`: of a walk-in, whose code is made here; else NULL. */
static bool take_scan(struct desk *desk, const char *set, const struct desk_scan *scan, struct desk_answer *answer, struct err *err) {
	char text[BADGE_CODE_MAX + 1] = "";
	*answer = (struct desk_answer){.now = scan->has_at ? scan->at : store_now(desk->store)};
	if (set == NULL && scan->person == NULL) {
		clean_text(scan, text);
	} else if (set != NULL && !issue(desk, set, text, err)) {
		return false;
	}
	str_copy(answer->code, sizeof answer->code, text);
	if (decide(desk, scan, text, set != NULL, answer, err) && record(desk, scan, answer, err) &&
	    attend_signature(desk, scan, answer, err)) {
		return true;
	}
	desk_answer_fini(answer);
	return false;
}

static void forget_answers(struct desk_turn *turns, size_t n) {
	for (size_t i = 0; i < n; i++) {
		desk_answer_fini(&turns[i].answer);
	}
}

/* All or none. */
static bool take_turns(struct desk *desk, const char *set, struct desk_turn *turns, size_t n, struct err *err) {
	size_t taken = 0;
	bool recorded = false;
	if (!store_begin(desk->store, err)) {
		return false;
	}
	bool ok = role_station_check(desk->store, err);
	while (ok && taken < n) {
		struct desk_turn *turn = &turns[taken];
		ok = take_scan(desk, set, &turn->scan, &turn->answer, err);
		taken += ok ? 1 : 0;
		recorded = recorded || (ok && turn->answer.recorded);
	}
	if (!ok) {
		store_rollback(desk->store);
	}
	if (!ok || !store_commit(desk->store, err)) {
		forget_answers(turns, taken);
		return false;
	}
	bool outsider = recorded && counts_for_nothing(desk);
	for (size_t i = 0; i < n; i++) {
		turns[i].answer.outsider = outsider && turns[i].answer.recorded;
	}
	return true;
}

size_t desk_take_together(struct desk *desk, struct desk_turn *turns, size_t n, struct err *err) {
	struct err together = {0};
	size_t taken = 0;
	if (n > 1 && take_turns(desk, NULL, turns, n, &together)) {
		return n;
	}
	/* One that cannot be recorded keeps the others from nothing. */
	while (taken < n && take_turns(desk, NULL, &turns[taken], 1, err)) {
		taken++;
	}
	return taken;
}

static bool take_alone(struct desk *desk, const char *set, const struct desk_scan *scan, struct desk_answer *answer, struct err *err) {
	struct desk_turn turn = {.scan = *scan};
	bool ok = take_turns(desk, set, &turn, 1, err);
	*answer = turn.answer;
	return ok;
}

bool desk_take(struct desk *desk, const struct desk_scan *scan, struct desk_answer *answer, struct err *err) {
	return take_alone(desk, NULL, scan, answer, err);
}

bool desk_walk_in(struct desk *desk, const char *set, const struct desk_scan *scan, struct desk_answer *answer, struct err *err) {
	return take_alone(desk, set, scan, answer, err);
}

void desk_answer_fini(struct desk_answer *answer) {
	person_row_fini(&answer->person);
	*answer = (struct desk_answer){0};
}
