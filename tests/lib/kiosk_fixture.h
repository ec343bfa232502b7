/* The kiosk in every state that its pictures are kept of: an invented event, brought there by the messages that would bring it there. */
#ifndef TURNOUT_TESTS_LIB_KIOSK_FIXTURE_H
#define TURNOUT_TESTS_LIB_KIOSK_FIXTURE_H

#include "kiosk/model.h"

/* The states, by name; NULL at the end. */
const char *kiosk_state_name(size_t index);

struct kiosk_fixture {
	struct words *words;
	struct model model;
};

/* `language`: the station's. The catalogues come from BUILD's share/locale. */
void kiosk_fixture_open(struct kiosk_fixture *f, size_t state, const char *language);
void kiosk_fixture_close(struct kiosk_fixture *f);

/* An event with three tracks and two days, 14 and 15 May 2026 in Kyiv; `sessions` false: without an agenda. */
struct kiosk_event *kiosk_fixture_event(bool sessions);
/* A local time of those days. */
struct utc_ms kiosk_fixture_time(const char *local);

/* One message, its effects thrown away or returned. */
struct effects kiosk_fixture_send(struct model *m, struct msg msg);
/* Time passes. */
struct effects kiosk_fixture_wait(struct model *m, int64_t ms);
/* An answer of the store thread, for model_update. */
struct desk_message *kiosk_fixture_answer(enum outcome outcome, const char *name);

#endif
