#include "lib/kiosk_visit.h"

#include "lib/testing.h"

#include "base/alloc.h"

enum { AGENDA = 1 }; /* the state kiosk_state_name(1) */

int visit_open(void **state) {
	static struct kiosk_fixture f;
	kiosk_fixture_open(&f, AGENDA, "uk");
	*state = &f;
	return 0;
}

int visit_close(void **state) {
	kiosk_fixture_close(*state);
	return 0;
}

struct model *visit_model(void **state) {
	return &((struct kiosk_fixture *)*state)->model;
}

struct effects visit_touch(struct model *m, int action, int64_t argument) {
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_ACTION, .action = action, .argument = argument});
}

void visit_type(struct model *m, const char *text) {
	kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = text, .n = strlen(text)});
}

void visit_answer(struct model *m, enum outcome outcome, const char *name) {
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = kiosk_fixture_answer(outcome, name)});
}

void visit_exchange(struct model *m, enum transport transport, enum sync_message_kind kind, size_t received) {
	struct sync_message *s = xcalloc(1, sizeof *s + sizeof s->peers[0]);
	s->kind = kind;
	s->peer_count = 1;
	s->peers[0].up = true;
	s->received = received;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_SYNC, .transport = transport, .sync = s});
}

void visit_pin(struct model *m) {
	visit_touch(m, TOUCH_STAFF, 0);
	kiosk_fixture_wait(m, TIMING.hold_ms);
	assert_int_equal(model_top(m), SCREEN_PIN);
}

void visit_staff(struct model *m) {
	visit_pin(m);
	visit_type(m, "2468\n");
	assert_int_equal(model_top(m), SCREEN_STAFF);
}
