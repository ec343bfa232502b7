/* What goes over the wire, and those on it who mean no good. */
#include "sim/fleet.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/deflate.h"
#include "sync/respond.h"

static void send(struct fleet *f, struct message_in_flight *m) {
	bool lost = f->cut[m->from][m->to] || dice_chance(&world.dice, f->loss);
	int copies = lost ? 0 : dice_chance(&world.dice, f->repeat) ? 2 : 1;
	for (int i = 0; i < copies; i++) {
		ARRAY_GROW(&f->wire, items);
		struct message_in_flight *copy = &f->wire.items[f->wire.count++];
		*copy = *m;
		copy->bytes = (struct strbuf){0};
		strbuf_add(&copy->bytes, m->bytes.data, m->bytes.len);
		copy->at = world.now_ms + 5 + dice_below(&world.dice, dice_chance(&world.dice, 10) ? 20000 : 300);
		if (dice_chance(&world.dice, 2) && copy->bytes.len != 0) { /* a bit flips on the way */
			copy->bytes.data[dice_below(&world.dice, (int64_t)copy->bytes.len)] ^= (char)(1 << dice_below(&world.dice, 8));
		}
	}
	strbuf_fini(&m->bytes);
}

static void keep_old(struct fleet *f, const struct strbuf *request) {
	struct strbuf *slot = &f->old_requests[dice_below(&world.dice, 8)];
	strbuf_reset(slot);
	strbuf_add(slot, request->data, request->len);
}

/* The next request of an exchange goes out, or it is at its end. */
static void go_on(struct fleet *f, int from, int to) {
	struct node *node = &f->nodes[from];
	struct exchange *x = node->exchange[to];
	struct err err = {0};
	struct message_in_flight m = {.from = from, .to = to, .number = ++node->asked[to]};
	machine_enter(&node->machine);
	bool ok = exchange_request(x, &m.bytes, &err);
	if (ok && exchange_state(x) == EXCHANGE_ASKED) {
		keep_old(f, &m.bytes);
		send(f, &m);
		if (dice_chance(&world.dice, 50) && !exchange_ahead(x, &err)) {
			fleet_say(f, "%s cannot prepare its next request: %s", node_name(from), err.text);
		}
	}
	if (!ok) {
		fleet_say(f, "%s gives up on %s: %s", node_name(from), node_name(to), err.text);
	}
	strbuf_fini(&m.bytes);
	node_gone(f, from);
}

void wire_ask(struct fleet *f, int from, int to) {
	struct node *node = &f->nodes[from];
	if (node->store == NULL) {
		return;
	}
	machine_enter(&node->machine);
	if (node->exchange[to] == NULL) {
		node->exchange[to] = exchange_open(&node->replica);
	}
	fleet_say(f, "%s begins an exchange with %s", node_name(from), node_name(to));
	exchange_begin(node->exchange[to], dice_chance(&world.dice, 70));
	go_on(f, from, to);
}

static void deliver_request(struct fleet *f, struct message_in_flight *m) {
	struct node *node = &f->nodes[m->to];
	struct message_in_flight answer = {.from = m->from, .to = m->to, .answer = true, .number = m->number};
	struct respond_note note;
	struct err err = {0};
	if (node->store == NULL) {
		return;
	}
	machine_enter(&node->machine);
	if (respond(&node->replica, (struct octets){m->bytes.data, m->bytes.len}, &answer.bytes, &note, &err)) {
		send(f, &answer);
	} else {
		fleet_say(f, "%s does not answer %s: %s", node_name(m->to), node_name(m->from), err.text);
	}
	strbuf_fini(&answer.bytes);
	node_gone(f, m->to);
}

static void deliver_answer(struct fleet *f, struct message_in_flight *m) {
	struct node *node = &f->nodes[m->from];
	struct exchange *x = node->exchange[m->to];
	struct err err = {0};
	if (node->store == NULL || x == NULL || exchange_state(x) != EXCHANGE_ASKED || node->asked[m->to] != m->number) {
		return;
	}
	machine_enter(&node->machine);
	bool ok = exchange_answer(x, (struct octets){m->bytes.data, m->bytes.len}, &err);
	if (!ok) {
		fleet_say(f, "%s does not take what %s answers: %s", node_name(m->from), node_name(m->to), err.text);
	}
	node_gone(f, m->from);
	if (ok && node->store != NULL) {
		go_on(f, m->from, m->to);
	}
}

void wire_deliver(struct fleet *f, int64_t until) {
	for (;;) {
		size_t next = f->wire.count;
		for (size_t i = 0; i < f->wire.count; i++) {
			if (f->wire.items[i].at <= until && (next == f->wire.count || f->wire.items[i].at < f->wire.items[next].at)) {
				next = i;
			}
		}
		if (next == f->wire.count) {
			break;
		}
		struct message_in_flight m = f->wire.items[next];
		f->wire.items[next] = f->wire.items[--f->wire.count];
		world.now_ms = m.at > world.now_ms ? m.at : world.now_ms;
		if (!f->cut[m.from][m.to]) {
			if (m.answer) {
				deliver_answer(f, &m);
			} else {
				deliver_request(f, &m);
			}
		}
		strbuf_fini(&m.bytes);
	}
	world.now_ms = until > world.now_ms ? until : world.now_ms;
}

void wire_drop(struct fleet *f, int n) {
	for (int i = 0; i < NODES; i++) {
		f->nodes[n].asked[i]++;
	}
}

bool wire_converse(struct exchange *x, struct machine *asking, struct node *answering, int most, struct err *err) {
	bool ok = true, done = false;
	for (int i = 0; ok && !done && i < most; i++) {
		struct strbuf request = {0}, answer = {0};
		struct respond_note note;
		machine_enter(asking);
		ok = exchange_request(x, &request, err);
		done = exchange_state(x) == EXCHANGE_DONE;
		if (ok && !done) {
			ok = dice_chance(&world.dice, 50) || exchange_ahead(x, err);
			machine_enter(&answering->machine);
			ok = ok && respond(&answering->replica, (struct octets){request.data, request.len}, &answer, &note, err);
			machine_enter(asking);
			ok = ok && exchange_answer(x, (struct octets){answer.data, answer.len}, err);
		}
		strbuf_fini(&request);
		strbuf_fini(&answer);
	}
	return ok;
}

#define WITHOUT_END 1000000

bool wire_talk(struct fleet *f, int from, int to) {
	struct node *a = &f->nodes[from];
	struct err err = {0};
	machine_enter(&a->machine);
	struct exchange *x = exchange_open(&a->replica);
	bool ok = wire_converse(x, &a->machine, &f->nodes[to], WITHOUT_END, &err);
	struct exchange_report report;
	exchange_report(x, &report);
	exchange_close(x);
	if (!ok) {
		fleet_wrong(f, "%s and %s cannot agree although everything works: %s", node_name(from), node_name(to), err.text);
	} else if (report.wrong != 0) {
		fleet_wrong(f, "%s got wrong runs from %s: %s", node_name(from), node_name(to), report.why);
	}
	return ok && (report.sent != 0 || report.received != 0);
}

/* --- who means no good ----------------------------------------------------------------------------------------------------------------- */

/* A text in an envelope that opens, signed by nobody we know: what a stolen copy of the file can make. */
static void forge(struct fleet *f, const struct node *victim, struct strbuf *out) {
	static const char *const texts[] = {
		"turnout-exchange-1\trequest\nlist\n",  "turnout-exchange-2\trequest\nlist\n",
		"turnout-exchange-1\tanswer\n",         "turnout-exchange-1\trequest\nask\t00\t1\t00\n",
		"turnout-exchange-1\trequest\n=\tff\n", "no message at all\n",
		"turnout-exchange-1\trequest\n>\tx\n",  "",
	};
	struct key_pair rogue;
	(void)f;
	crypto_key_new(&rogue);
	const char *text = texts[dice_below(&world.dice, (int64_t)COUNT_OF(texts))];
	envelope_close(&victim->replica.keys, &rogue, (struct octets){text, strlen(text)}, out);
}

/* One letter again and again packs into a thousandth: a byte more than anybody unpacks. */
void wire_bomb(const struct replica *member, struct strbuf *out) {
	struct key_pair rogue;
	struct strbuf text = {0};
	crypto_key_new(&rogue);
	strbuf_reserve(&text, ENVELOPE_TEXT_MAX + 1);
	memset(text.data, 'a', ENVELOPE_TEXT_MAX + 1);
	strbuf_grown(&text, ENVELOPE_TEXT_MAX + 1);
	envelope_close(&member->keys, &rogue, (struct octets){text.data, text.len}, out);
	strbuf_fini(&text);
}

void wire_hostile(struct fleet *f) {
	int to = (int)dice_below(&world.dice, NODES);
	struct node *node = &f->nodes[to];
	const struct strbuf *old = &f->old_requests[dice_below(&world.dice, 8)];
	struct strbuf bytes = {0}, answer = {0};
	struct respond_note note;
	struct err err = {0};
	if (node->store == NULL) {
		return;
	}
	machine_enter(&node->machine);
	bool replay = false;
	switch (dice_below(&world.dice, 5)) {
	case 0: forge(f, node, &bytes); break;
	case 1: strbuf_add(&bytes, f->template->bomb.data, f->template->bomb.len); break;
	case 2: /* cut short */ strbuf_add(&bytes, old->data, (size_t)dice_below(&world.dice, (int64_t)old->len)); break;
	case 3: /* changed */
		strbuf_add(&bytes, old->data, old->len);
		if (bytes.len != 0) {
			bytes.data[dice_below(&world.dice, (int64_t)bytes.len)] ^= (char)(1 + dice_below(&world.dice, 255));
		}
		break;
	default: /* said again, to whomever */
		strbuf_add(&bytes, old->data, old->len);
		replay = true;
		break;
	}
	bool answered = respond(&node->replica, (struct octets){strbuf_str(&bytes), bytes.len}, &answer, &note, &err);
	if (answered && !replay && note.refused == NULL) {
		fleet_wrong(f, "%s answered what nobody of the event had said", node_name(to));
	}
	strbuf_fini(&bytes);
	strbuf_fini(&answer);
	node_gone(f, to);
}
