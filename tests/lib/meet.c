#include "lib/meet.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "station/desk.h"
#include "store/create.h"
#include "store/log/ends.h"
#include "store/log/share.h"
#include "store/read/audit.h"
#include "store/read/checkins.h"
#include "store/write/erasing.h"
#include "store/write/sign.h"
#include "sync/offer.h"
#include "sync/pack.h"
#include "sync/replica_store.h"
#include "sync/respond.h"

#define ROUNDS_MAX 1000

bool meet_talk(struct exchange *x, const struct replica *other, struct exchange_report *report, struct err *err) {
	bool ok = true;
	exchange_begin(x, true);
	for (int i = 0; ok && exchange_state(x) != EXCHANGE_DONE; i++) {
		struct strbuf request = {0}, answer = {0};
		struct respond_note note;
		ok = exchange_request(x, &request, err);
		if (ok && exchange_state(x) == EXCHANGE_ASKED) {
			ok = (i < ROUNDS_MAX && request.len <= PACK_MAX) ||
			     err_set(err, ERR_INPUT, "round %d, a request of %zu bytes", i, request.len);
			ok = ok && respond(other, (struct octets){request.data, request.len}, &answer, &note, err) &&
			     exchange_answer(x, (struct octets){answer.data, answer.len}, err);
		}
		strbuf_fini(&request);
		strbuf_fini(&answer);
	}
	exchange_report(x, report);
	return ok;
}

void meet_stores(struct store *a, struct store *b, struct exchange_report *report) {
	struct err err = {0};
	struct replica ra, rb;
	assert_ok(replica_of_store(a, &ra, &err) && replica_of_store(b, &rb, &err));
	struct exchange *x = exchange_open(&ra);
	assert_ok(meet_talk(x, &rb, report, &err));
	exchange_close(x);
	replica_fini(&ra);
	replica_fini(&rb);
}

void meet_assert_same(struct store *a, struct store *b) {
	struct err err = {0};
	struct hash da, db;
	struct heads ha, hb;
	assert_ok(audit_digest(a, &da, &err) && audit_digest(b, &db, &err));
	assert_true(crypto_hash_eq(&da, &db));
	assert_ok(store_heads(a, &ha, &err) && store_heads(b, &hb, &err));
	assert_true(heads_equal(&ha, &hb));
	heads_fini(&ha);
	heads_fini(&hb);
}

static void show_fault(void *context, const char *sentence) {
	(void)context;
	print_error("%s\n", sentence);
}

void meet_assert_sound(struct store *store) {
	struct err err = {0};
	struct audit audit;
	assert_ok(audit_verify(store, &audit, show_fault, NULL, &err));
	assert_int_equal(audit.faults, 0);
}

void meet_copy(const char *from, const char *to) {
	struct err err = {0};
	struct store *store = store_open(from, STORE_READ, "test", &err);
	assert_ok(store != NULL);
	assert_ok(store_copy(store, to, &err));
	store_close(store);
}

struct store *meet_adopt(const struct scratch *s, struct store *from, const char *name, int device) {
	struct err err = {0};
	struct store_origin origin;
	char *path = scratch_path(s, name);
	assert_ok(store_origin(from, &origin, &err));
	assert_ok(store_adopt(path, &origin, &err));
	event_sample_device(s, device);
	struct store *store = event_sample_open(path);
	free(path);
	return store;
}

void meet_check_in(struct store *store, const char *code) {
	struct err err = {0};
	struct desk_answer answer;
	struct desk *desk = desk_open(store, "arrival", &err);
	assert_ok(desk != NULL);
	assert_ok(desk_take(desk, &(struct desk_scan){.text = code, .len = strlen(code), .how = "camera"}, &answer, &err));
	desk_answer_fini(&answer);
	desk_close(desk);
}

bool meet_let_in(struct store *store, const char *code, struct err *err) {
	struct checkin_draft draft = {.code = code, .point = POINT_ARRIVAL, .shown = OUTCOME_ACCEPTED, .how = "camera"};
	if (!store_begin(store, err)) {
		return false;
	}
	if (!checkin_append(store, &draft, NULL, err)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, err);
}

void meet_copy_bytes(const char *from, const char *to) {
	struct strbuf bytes = {0};
	struct err err = {0};
	assert_ok(file_read(from, 100 << 20, &bytes, &err) && file_write(to, strbuf_str(&bytes), bytes.len, &err));
	strbuf_fini(&bytes);
}

void meet_walk_in(struct store *store, const char *name, char id[PERSON_ID_LEN + 1]) {
	struct err err = {0};
	struct desk_answer answer;
	struct desk *desk = desk_open(store, "arrival", &err);
	char *set = xasprintf("{\"name\":\"%s\"}", name);
	assert_ok(desk != NULL);
	assert_ok(desk_walk_in(desk, set, &(struct desk_scan){.how = "walk-in"}, &answer, &err));
	str_copy(id, PERSON_ID_LEN + 1, answer.person.id);
	desk_answer_fini(&answer);
	desk_close(desk);
	free(set);
}

void meet_erase(struct store *store, const char *id) {
	struct err err = {0};
	int subjects = 0;
	assert_ok(store_begin(store, &err));
	assert_ok(erasure_of_person(store, id, &subjects, &err));
	assert_ok(store_commit(store, &err));
	assert_true(subjects > 0);
}

void meet_read_runs(const struct replica *replica, const struct head *head, uint64_t from, struct message *out) {
	struct err err = {0};
	struct strbuf text = {0};
	struct offer offer = {.head = *head, .from = from};
	struct offering offering = {.cap = PACK_TEXT_MAX};
	message_begin(&text, MESSAGE_STICK);
	assert_ok(offer_write(replica, &offer, &offering, &text, &err));
	assert_false(offering.left);
	assert_ok(message_read(&text, out, &err));
}

struct head meet_head_of(const struct replica *replica, const struct public_key *author) {
	struct err err = {0};
	struct heads heads;
	struct head found = {.seq = 0};
	size_t count = 0;
	assert_ok(replica->ops->heads(replica->self, &heads, &err));
	for (size_t i = 0; i < heads.count; i++) {
		if (crypto_key_eq(&heads.items[i].author, author)) {
			found = heads.items[i];
			count++;
		}
	}
	heads_fini(&heads);
	assert_int_equal(count, 1);
	return found;
}

void meet_acknowledge_all(struct store *store) {
	struct err err = {0};
	struct heads heads;
	assert_ok(store_sign(store, &err) && store_heads(store, &heads, &err) && store_begin(store, &err));
	for (size_t i = 0; i < heads.count; i++) {
		struct ack ack = {.chain = heads.items[i].chain, .keeper = {{1}}, .seq = heads.items[i].seq, .at = {1}};
		assert_ok(store_ack(store, &ack, &err));
	}
	assert_ok(store_commit(store, &err));
	heads_fini(&heads);
}
