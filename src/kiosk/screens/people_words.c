#include "kiosk/screens/people_words.h"

#include "base/utf8.h"

enum ticking part_ticking(const struct model *m) {
	return m->event->leaves ? TICKING_OUT : m->event->stand == STAND_POINT ? TICKING_HANDS : TICKING_IN;
}

void part_presence_words(const struct view *v, const struct people_presence *presence, struct strbuf *out) {
	struct strbuf time = {0}, at = {0}, box = {0};
	if (!presence->in) {
		strbuf_adds(out, TC(v, "whether somebody is in", "Not signed in yet"));
		return;
	}
	date_clock_about(&time, v->model->event->tz, presence->since, presence->approximate);
	date_at(&at, &v->tongue, strbuf_str(&time));
	utf8_add_isolated(&box, presence->box);
	struct word_value values[] = {{"at_time", strbuf_str(&at)}, {"box", strbuf_str(&box)}};
	words_fill(out,
		   !clock_is_set(presence->since) ? TC(v, "whether somebody is in", "Signed in")
		   : presence->box[0] != '\0'     ? TC(v, "whether somebody is in", "Signed in {at_time}, box: {box}")
						  : TC(v, "whether somebody is in", "Signed in {at_time}"),
		   values, 2);
	strbuf_fini(&time);
	strbuf_fini(&at);
	strbuf_fini(&box);
}

const char *part_registration_words(const struct view *v, enum registration registration) {
	switch (registration) {
	case REGISTRATION_PENDING: return TC(v, "why somebody is not signed in", "Registration is not confirmed yet");
	case REGISTRATION_WAITING: return TC(v, "why somebody is not signed in", "On the waiting list");
	case REGISTRATION_DECLINED: return TC(v, "why somebody is not signed in", "Registration was declined");
	case REGISTRATION_CANCELLED: return TC(v, "why somebody is not signed in", "Registration was cancelled");
	default: return "";
	}
}

const char *part_refusal_words(const struct view *v, const struct group_answer *answer) {
	if (!answer->kept) {
		return answer->gone ? TC(v, "why somebody is not signed in", "No longer on the list")
				    : TC(v, "why somebody is not signed in", "That could not be saved");
	}
	switch (answer->outcome) {
	case OUTCOME_NOT_EXPECTED:
		return answer->not_listed ? TC(v, "why somebody is not signed in", "Not on the list of this session")
					  : part_registration_words(v, answer->registration);
	case OUTCOME_FULL: return TC(v, "why somebody is not signed in", "No places left");
	case OUTCOME_CLOSED: return TC(v, "why somebody is not signed in", "The session is not open now");
	case OUTCOME_WRONG_DAY: return TC(v, "why somebody is not signed in", "Not a day of the event");
	case OUTCOME_USED_UP: return TC(v, "why somebody is not signed in", "Has had it already");
	case OUTCOME_NOT_ENTITLED: return TC(v, "why somebody is not signed in", "A rule says no");
	default: return TC(v, "why somebody is not signed in", "No longer on the list"); /* taken off it: their badge is as a revoked one */
	}
}
