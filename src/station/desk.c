/* What a code is (judge.h), whose (load_person), and what else matters here and now (gather) become facts, from which event/admission.h
 * decides. All of it and the record are one transaction, so nothing changes between the answer and what is recorded. */
#include "station/desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/condition.h"
#include "event/form.h"
#include "event/registration.h"
#include "event/room.h"
#include "event/rule.h"
#include "event/session_list.h"
#include "station/judge.h"
#include "store/read/calendar.h"
#include "store/read/checkins.h"
#include "store/read/notes.h"
#include "store/read/overrides.h"
#include "store/read/points.h"
#include "store/read/presence.h"
#include "store/read/settings.h"
#include "store/read/signatures.h"
#include "store/view/roles.h"
#include "store/write/walkins.h"

#define MINUTE_MS INT64_C(60000)
#define LATE_MINUTES 5

struct desk {
	struct store *store;
	struct stand stand;
	struct rules rules;
	struct event_calendar calendar;
	int64_t late_after_ms;
	int64_t doors_ms; /* how early anybody may enter a session that is to come, by any rule */
	bool welcome_unverified;
	bool registered; /* who walks in waits until somebody has confirmed them */
	bool signatures; /* are asked for */
	struct judge judge;
	struct {
		char session[SESSION_ID_LEN + 1];
		int inside;
		int64_t changes; /* of the connection, when that was so; -1: nothing is known */
	} room;                  /* counted last: in a large room from which many left that takes a while (store/read/presence.h) */
};

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
	judge_init(&desk->judge, desk->store);
}

static bool read_rules(struct desk *desk, struct err *err) {
	desk->doors_ms = ROOM_DOORS_MS;
	bool ok = rules_load(desk->store, &desk->rules, err);
	for (size_t i = 0; ok && i < desk->rules.count; i++) {
		int64_t early = desk->rules.items[i].early_min * MINUTE_MS;
		desk->doors_ms = early > desk->doors_ms ? early : desk->doors_ms;
	}
	return ok;
}

struct desk *desk_open(struct store *store, const char *point, struct err *err) {
	struct desk *desk = xcalloc(1, sizeof *desk);
	desk->store = store;
	desk->room.changes = -1;
	read_settings(desk);
	if (!calendar_load(store, &desk->calendar, err) || !read_rules(desk, err) || !desk_set_point(desk, point, err)) {
		desk_close(desk);
		return NULL;
	}
	return desk;
}

void desk_close(struct desk *desk) {
	if (desk != NULL) {
		stand_fini(&desk->stand);
		rules_fini(&desk->rules);
		event_calendar_fini(&desk->calendar);
		free(desk);
	}
}

bool desk_set_point(struct desk *desk, const char *point, struct err *err) {
	struct stand stand;
	if (!stand_find(desk->store, point, &stand, err)) {
		return false;
	}
	stand_fini(&desk->stand);
	desk->stand = stand;
	return true;
}

const struct stand *desk_stand(const struct desk *desk) { return &desk->stand; }

static void find_point(const struct desk *desk, struct utc_ms now, char point[POINT_MAX + 1]) {
	struct door doors[DOORS_MAX];
	stand_doors(&desk->stand, now, desk->doors_ms, doors);
	str_copy(point, POINT_MAX + 1, doors[0].point);
}

void desk_point_now(const struct desk *desk, char point[POINT_MAX + 1]) { find_point(desk, store_now(desk->store), point); }

/* --- the facts around it --------------------------------------------------------------------------------------------------------- */

/* What there was of somebody at one door before. */
struct earlier {
	const struct desk *desk;
	bool clock_set, any_day;
	int64_t today; /* the day of the event */
	bool in, out;  /* they came once, left once */
	int times;     /* that they came */
	struct presence first, last;
	int64_t last_out;
};

enum { ASKED_IN, ASKED_OUT, ASKED_OUT_OF_ALL };

static int64_t day_of(const struct desk *desk, struct utc_ms moment) {
	return event_day_of(&desk->calendar, moment, tz_local_day(store_tz(desk->store), moment));
}

/* The earliest of those whose time is sure; only where there is none, the earliest of the others. */
static bool is_before(const struct presence *p, const struct presence *than) {
	return (than->approximate && !p->approximate) || (than->approximate == p->approximate && p->utc.v < than->utc.v);
}

static void note_presence(void *context, const struct presence *p) {
	struct earlier *e = context;
	if (!e->any_day) {
		bool set = clock_is_set(p->utc);
		/* Without a clock, those who came in while it stood unset too are in. */
		if (e->clock_set ? !set || day_of(e->desk, p->utc) != e->today : set) {
			return;
		}
	}
	if (p->point != ASKED_IN) {
		e->last_out = !e->out || p->utc.v > e->last_out ? p->utc.v : e->last_out;
		e->out = true;
		return;
	}
	e->first = !e->in || is_before(p, &e->first) ? *p : e->first;
	e->last = !e->in || p->utc.v > e->last.utc.v ? *p : e->last;
	e->in = true;
	e->times++;
}

/* They came, and have not left since. */
static bool is_in(const struct earlier *e) { return e->in && !(e->out && e->last_out >= e->last.utc.v); }

static bool find_earlier(struct desk *desk, const struct judged *judged, const struct door *door, struct earlier *e, struct err *err) {
	char out[POINT_MAX + 8];
	const char *in = desk->stand.leaves ? point_exit_session(door->point) : door->point;
	snprintf(out, sizeof out, "%s%s", POINT_EXIT_OF, in);
	struct presence_query query = {
		.points = {in[0] == '\0' ? POINT_ARRIVAL : in, out, POINT_EXIT}, .count = 3, .each = note_presence, .context = e};
	/* The states below are refused whoever is in; the enum rises from what is none of ours to a good badge. */
	return judged->state < BADGE_SHORT_UNHEARD || checkin_presence(desk->store, &judged->badge, &query, err);
}

static bool put_point(struct desk *desk, const struct desk_answer *answer, const struct earlier *e, struct admission_facts *facts,
		      struct err *err) {
	const struct event_point *point = &desk->stand.points.items[0];
	facts->at_point = true;
	facts->entitled = condition_holds(point_for(point), answer->known ? &answer->person.person : NULL);
	facts->times = point->often.times;
	facts->had = e->times;
	facts->stock = point->stock;
	return point->stock < 0 || checkin_given(desk->store, point->key, &facts->given, err);
}

/* Counted again only when something else than this desk wrote since. */
static bool count_inside(struct desk *desk, const char *session, int *inside, struct err *err) {
	int64_t changes = checkin_changes(desk->store);
	if (desk->room.changes != changes || !str_eq(desk->room.session, session)) {
		if (!checkin_inside(desk->store, session, &desk->room.inside, err)) {
			desk->room.changes = -1;
			return false;
		}
		str_copy(desk->room.session, sizeof desk->room.session, session);
		desk->room.changes = changes;
	}
	*inside = desk->room.inside;
	return true;
}

/* `first`: it is not the door of a session that is still to come while another one is on. */
static bool put_session(struct desk *desk, const struct door *door, bool first, const struct rule_verdict *rule,
			struct admission_facts *facts, struct err *err) {
	admission_put_session(facts, &door->session->session.when, store_tz(desk->store));
	facts->though_full = rule->though_full;
	facts->has_early = rule->early_min >= 0 || !first;
	facts->early_ms = rule->early_min >= 0 ? rule->early_min * MINUTE_MS : ROOM_DOORS_MS;
	return facts->capacity == 0 || facts->leaves || count_inside(desk, door->session->id, &facts->inside, err);
}

/* Somebody before a door. */
struct caller {
	const struct judged *judged;
	const struct door *door;
	bool first;
};

static bool gather(struct desk *desk, const struct caller *c, const struct desk_answer *answer, struct earlier *e,
		   struct admission_facts *facts, struct err *err) {
	const struct session *session = c->door->session == NULL ? NULL : &c->door->session->session;
	const struct person *person = answer->known ? &answer->person.person : NULL;
	bool at_point = desk->stand.at == STAND_POINT, clock_set = clock_is_set(answer->now);
	*e = (struct earlier){.desk = desk, .clock_set = clock_set, .today = day_of(desk, answer->now)};
	e->any_day = session != NULL || (at_point && !desk->stand.points.items[0].often.daily);
	if (!find_earlier(desk, c->judged, c->door, e, err)) {
		return false;
	}
	const char *id = session == NULL ? c->door->point : c->door->session->id;
	struct rule_verdict rule = rules_judge(&desk->rules, &(struct rule_where){session, id}, person);
	*facts = (struct admission_facts){
		.badge = c->judged->state,
		.welcome_unverified = desk->welcome_unverified,
		.not_expected = c->judged->not_expected,
		.not_listed = session != NULL && session_is_listed(session) && !(person != NULL && session_list_has(id, person)),
		.denied = rule.denied,
		.already = is_in(e),
		.returns = e->in,
		.clock_set = clock_set,
		.event_day = event_calendar_has(&desk->calendar, e->today),
		.now = answer->now,
		.late_after_ms = desk->late_after_ms,
		.leaves = desk->stand.leaves,
	};
	return at_point ? put_point(desk, answer, e, facts, err)
			: session == NULL || put_session(desk, c->door, c->first, &rule, facts, err);
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
				      .point = answer->point,
				      .shown = answer->outcome,
				      .how = scan->how,
				      .by = scan->by,
				      .has_at = scan->has_at,
				      .at = scan->at,
				      .clock_unsure = answer->clock_unsure,
				      .valid_from = answer->valid_from,
				      .valid_until = answer->valid_until};
	answer->recorded = true;
	return checkin_append(desk->store, &draft, &answer->ref, err) &&
	       (answer->refused == OUTCOME_COUNT ||
		override_append(desk->store,
				&(struct override_draft){.checkin = &answer->ref,
							 .person = answer->known ? answer->person.id : NULL,
							 .refused = answer->refused,
							 .reason = scan->although,
							 .by = scan->by},
				err));
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
	return judged->wrong_day && facts->clock_set && !judged->not_expected && !facts->not_listed && !facts->leaves
		       ? OUTCOME_WRONG_DAY
		       : admission_decide(facts);
}

/* What one door says. */
struct verdict {
	struct admission_facts facts;
	struct earlier earlier;
	enum outcome outcome;
	bool clock_unsure;
	bool relaxed; /* its date would have refused them, and no clock vouches for that */
};

static bool ask_door(struct desk *desk, const struct desk_scan *scan, const struct caller *c, const struct desk_answer *answer,
		     struct verdict *out, struct err *err) {
	bool sure = scan->has_at; /* staff say when it was */
	if (!gather(desk, c, answer, &out->earlier, &out->facts, err)) {
		return false;
	}
	out->outcome = outcome_of(c->judged, &out->facts);
	out->clock_unsure = !sure && !out->facts.clock_set;
	/* A clock that nobody vouches for refuses nobody for a date; only where a date decides is it asked who does. */
	if (admission_is_by_clock(out->outcome) && !sure && !store_clock_is_sure(desk->store)) {
		out->facts.clock_set = false;
		out->clock_unsure = out->relaxed = true;
		out->outcome = outcome_of(c->judged, &out->facts);
	}
	return true;
}

/* Of two doors of one room: who is in at the one, or may not go in there, takes the other, when that lets them in; who leaves, that where they are. */
static bool takes_second(const struct desk *desk, const struct verdict *first, const struct verdict *second) {
	if (desk->stand.leaves) {
		return !is_in(&first->earlier) && is_in(&second->earlier);
	}
	bool stays_out = first->outcome == OUTCOME_DUPLICATE || admission_may_overrule(first->outcome);
	/* Whoever comes late to the one is early for the other. */
	bool late = first->outcome == OUTCOME_LATE && !first->earlier.in && second->outcome != OUTCOME_LATE;
	return (stays_out || late) && outcome_admits(second->outcome) && second->outcome != OUTCOME_DUPLICATE && !second->relaxed;
}

static void tell(const struct desk *desk, const struct judged *judged, const struct door *door, const struct verdict *v,
		 struct desk_answer *answer) {
	bool at_point = desk->stand.at == STAND_POINT;
	const struct presence *before = at_point ? &v->earlier.last : &v->earlier.first;
	str_copy(answer->point, sizeof answer->point, door->point);
	str_copy(answer->session, sizeof answer->session, door->session == NULL ? "" : door->session->id);
	answer->outcome = v->outcome;
	answer->not_listed = v->outcome == OUTCOME_NOT_EXPECTED && !v->facts.not_expected;
	answer->clock_unsure = v->clock_unsure;
	answer->returns = v->facts.returns;
	answer->times = v->facts.times;
	answer->had = v->facts.had + (v->outcome == OUTCOME_GIVEN);
	if (v->earlier.in && (v->facts.already || at_point)) {
		answer->first = before->utc;
		answer->first_record = before->ref.id;
		answer->first_approximate = before->approximate;
	}
	answer->done = at_point && !v->facts.leaves ? v->outcome == OUTCOME_USED_UP : v->facts.already != v->facts.leaves;
	answer->roster = judged->badge.roster;
	answer->valid_from = judged->valid_from;
	answer->valid_until = judged->valid_until;
}

/* The reason of staff, who let in although. */
static void overrule(const struct desk_scan *scan, const struct verdict *v, struct desk_answer *answer) {
	answer->refused = OUTCOME_COUNT;
	if (scan->although != NULL && admission_may_overrule(answer->outcome)) {
		answer->refused = answer->outcome;
		answer->outcome = admission_overrule(&v->facts);
		answer->had += answer->outcome == OUTCOME_GIVEN;
	}
}

static bool find_whose(struct desk *desk, const struct desk_scan *scan, struct judged *judged, struct desk_answer *answer,
		       struct err *err) {
	if (scan->person != NULL) {
		str_copy(judged->badge.person, sizeof judged->badge.person, scan->person);
	}
	return load_person(desk, judged, answer, err) &&
	       (scan->person == NULL || answer->known || err_set(err, ERR_NOT_FOUND, "whoever was found is not on the roster any more"));
}

/* `issued`: the code was made here just now. It is good, whatever the views may say of this station. */
static bool decide(struct desk *desk, const struct desk_scan *scan, const char *text, bool issued, struct desk_answer *answer,
		   struct err *err) {
	struct judged judged = {.state = BADGE_NOT_OURS};
	struct door doors[DOORS_MAX];
	struct verdict verdicts[DOORS_MAX] = {{.outcome = OUTCOME_COUNT}, {.outcome = OUTCOME_COUNT}};
	size_t n = stand_doors(&desk->stand, answer->now, desk->doors_ms, doors), taken = 0;
	if (text[0] != '\0' && !judge_code(&desk->judge, text, answer->now, &judged, err)) {
		return false;
	}
	judged.state = issued || scan->person != NULL ? BADGE_VALID : judged.state;
	bool ok = find_whose(desk, scan, &judged, answer, err);
	for (size_t i = 0; ok && i < n; i++) {
		ok = ask_door(desk, scan, &(struct caller){&judged, &doors[i], i == 0}, answer, &verdicts[i], err);
	}
	if (!ok) {
		return false;
	}
	taken = n > 1 && takes_second(desk, &verdicts[0], &verdicts[1]) ? 1 : 0;
	tell(desk, &judged, &doors[taken], &verdicts[taken], answer);
	overrule(scan, &verdicts[taken], answer);
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
	char day[TZ_TEXT_MAX], point[POINT_MAX + 1];
	find_point(desk, now, point);
	find_day(desk, now, day);
	return signature_append(
		desk->store,
		&(struct signature_draft){.person = person, .point = point, .day = day, .by = signature->by, .drawn = signature->drawn},
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
	if (!desk->signatures || desk->stand.at != STAND_ARRIVAL || desk->stand.leaves || !answer->known ||
	    !outcome_admits(answer->outcome) || answer->unnamed) {
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

static bool add_note(void *context, const struct note *note, struct err *err) {
	struct strbuf *notes = context;
	(void)err;
	if (note->door) {
		strbuf_addf(notes, "%s%s", notes->len > 0 ? "\n" : "", note->text);
	}
	return true;
}

/* What staff are to know of whoever stands here. */
static bool find_notes(struct desk *desk, struct desk_answer *answer, struct err *err) {
	struct strbuf notes = {0};
	bool ok = !answer->known || notes_each(desk->store, answer->person.id, add_note, &notes, err);
	answer->notes = notes.data;
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
	    attend_signature(desk, scan, answer, err) && find_notes(desk, answer, err)) {
		return true;
	}
	desk_answer_fini(answer);
	return false;
}

/* What this desk itself wrote needs not be counted: it knows who came in. `answer` NULL: nobody, but something was written. */
static void keep_room(struct desk *desk, const struct desk_answer *answer) {
	if (desk->room.changes < 0) {
		return;
	}
	bool left = answer != NULL && answer->outcome == OUTCOME_LEFT;
	bool came = answer != NULL && outcome_admits(answer->outcome) && answer->outcome != OUTCOME_DUPLICATE && answer->recorded;
	if (came && str_eq(answer->session, desk->room.session)) {
		desk->room.inside++;
	}
	bool although = answer != NULL && answer->refused != OUTCOME_COUNT; /* they may be in already: who is inside is counted anew */
	desk->room.changes = left || although ? -1 : checkin_changes(desk->store);
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
	desk->room.changes = desk->room.changes == checkin_changes(desk->store) ? desk->room.changes : -1;
	while (ok && taken < n) {
		struct desk_turn *turn = &turns[taken];
		ok = take_scan(desk, set, &turn->scan, &turn->answer, err);
		taken += ok ? 1 : 0;
		if (ok) {
			keep_room(desk, &turn->answer);
		}
		recorded = recorded || (ok && turn->answer.recorded);
	}
	if (!ok) {
		store_rollback(desk->store);
	}
	if (!ok || !store_commit(desk->store, err)) {
		desk->room.changes = -1;
		forget_answers(turns, taken);
		return false;
	}
	keep_room(desk, NULL);
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

bool desk_look(struct desk *desk, const char *person, struct utc_ms now, struct desk_answer *answer, struct err *err) {
	const struct desk_scan scan = {.person = person};
	*answer = (struct desk_answer){.now = now};
	if (!decide(desk, &scan, "", false, answer, err)) {
		desk_answer_fini(answer);
		return false;
	}
	return true;
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
	free(answer->notes);
	*answer = (struct desk_answer){0};
}
