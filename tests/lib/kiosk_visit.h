/* Visits to the kiosk: at the first screen, in Ukrainian, and what visitors and staff do from there. */
#ifndef TURNOUT_TESTS_LIB_KIOSK_VISIT_H
#define TURNOUT_TESTS_LIB_KIOSK_VISIT_H

#include "lib/kiosk_fixture.h"

#include "sync/worker.h"

/* cmocka's set-up and tear-down; the model is at the agenda. */
int visit_open(void **state);
int visit_close(void **state);
struct model *visit_model(void **state);

/* Effects are good until the next message. */
struct effects visit_touch(struct model *m, int action, int64_t argument);
void visit_type(struct model *m, const char *text);
/* The store thread answers a scan. */
void visit_answer(struct model *m, enum outcome outcome, const char *name);
/* The exchange tells of its one peer, who is there. */
void visit_exchange(struct model *m, enum transport transport, enum sync_message_kind kind, size_t received);
/* A finger stays on the way in: the PIN is asked for. And it is typed. */
void visit_pin(struct model *m);
void visit_staff(struct model *m);

#endif
