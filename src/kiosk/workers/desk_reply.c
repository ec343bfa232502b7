#include "kiosk/workers/desk_reply.h"

#include "base/alloc.h"
#include "base/str.h"
#include "store/read/labels.h"
#include "store/read/presence.h"

void desk_reply_other(struct desk_message *m, struct store *store, const struct desk_answer *answer, const struct sessions *sessions) {
	const struct session_row *full = sessions_by_id(sessions, answer->session);
	for (size_t i = 0; full != NULL && i < sessions->count; i++) {
		const struct session_row *row = &sessions->items[i];
		const struct session_when *when = &row->session.when;
		struct err ignored = {0};
		int inside = 0;
		if (row->session.cancelled || str_eq(row->id, full->id) || when->start.v >= full->session.when.end.v ||
		    when->end.v <= m->now.v ||
		    (when->capacity > 0 && (!checkin_inside(store, row->id, &inside, &ignored) || inside >= when->capacity))) {
			continue;
		}
		m->other = (int)i;
		m->other_places = when->capacity > 0 ? when->capacity - inside : 0;
		return;
	}
}

static char *known_text(const struct desk_answer *answer, enum person_field field) {
	const char *text = answer->known ? person_text(&answer->person.person, field) : "";
	return str_empty(text) ? NULL : xstrdup(text);
}

void desk_reply_fill(struct desk_message *m, const struct desk_answer *answer) {
	m->kept = true;
	m->outcome = answer->outcome;
	m->registration = answer->registration;
	m->not_listed = answer->not_listed;
	m->unnamed = answer->unnamed;
	m->now = answer->now;
	m->first = answer->first;
	m->first_approximate = answer->first_approximate;
	m->name = known_text(answer, PERSON_NAME);
	m->organisation = known_text(answer, PERSON_ORGANISATION);
	m->community = known_text(answer, PERSON_COMMUNITY);
	m->language = known_text(answer, PERSON_LANGUAGE);
	m->unsigned_yet = answer->unsigned_yet;
	m->minor = answer->minor;
	str_copy(m->person, sizeof m->person, answer->known ? answer->person.id : "");
	str_copy(m->session, sizeof m->session, answer->session);
	m->returns = answer->returns;
	m->times = answer->times;
	m->had = answer->had;
	m->overruled = answer->refused != OUTCOME_COUNT;
	m->notes = answer->notes == NULL ? NULL : xstrdup(answer->notes);
	m->recorded = answer->recorded;
	m->outsider = answer->outsider;
}

/* Who is in already and has none gets it too: their first try met a printer without paper. */
void desk_reply_label(struct desk_message *m, struct store *store, const struct kiosk_event *event) {
	struct err ignored = {0};
	int64_t printed = 0;
	bool wanted = event->labels && event->stand == STAND_ARRIVAL && !event->leaves && outcome_admits(m->outcome) &&
		      m->person[0] != '\0' && !m->unnamed;
	m->label = wanted && labels_count(store, m->person, NULL, &printed, &ignored) && printed == 0;
}

void desk_reply_code(struct desk_message *m, const struct desk_answer *answer) {
	m->walk_in = true;
	str_copy(m->code, sizeof m->code, answer->code);
	code_read_aloud(answer->code, m->aloud);
}
