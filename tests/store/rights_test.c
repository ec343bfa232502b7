/* Judging who takes part without an event file: the same records, the same verdicts, in any order. */
#include "store/rights.h"

#include "lib/event_sample.h"

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/log/keys.h"
#include "store/store.h"
#include "store/view/role.h"
#include "store/view/view.h"

struct given {
	struct rights *rights;
	int64_t chain;
};

static void add(struct rights *rights, const struct public_key *author, int64_t chain, uint64_t seq, const char *kind, const char *body) {
	struct err err = {0};
	struct rights_record r = {.chain = chain, .log = {{(uint8_t)chain}}, .author = *author, .seq = seq, .kind = kind, .body = body};
	assert_ok(rights_add(rights, &r, &err));
}

static char *role_body(const struct public_key *key, const char *more) {
	char hex[2 * KEY_LEN + 1];
	str_hex(key->b, KEY_LEN, hex);
	return xasprintf("{\"key\":\"%s\"%s}", hex, more);
}

static struct rights_verdict judged(struct rights *rights, const struct public_key *key, const struct certificate *certificate) {
	struct err err = {0};
	struct rights_verdict verdict;
	assert_ok(rights_judge(rights, key, certificate, &verdict, &err));
	return verdict;
}

static void roles_given_and_taken(void **state) {
	(void)state;
	struct err err = {0};
	assert_ok(crypto_init(&err));
	struct key_pair organiser = key_of_number(1), invitation = key_of_number(2);
	struct public_key hub = {{3}}, station = key_of_number(4).public_key, stranger = {{5}};
	struct run_event event = {.event = {{7}}, .organiser = organiser.public_key};
	struct certificate certificate;
	struct rights *rights;
	char *bodies[] = {role_body(&invitation.public_key, ",\"role\":\"station\""), role_body(&hub, ",\"role\":\"hub\",\"name\":\"Hub\""),
			  role_body(&hub, ""), role_body(&invitation.public_key, ",\"keep\":[]")};
	certificate_make(&invitation, &event.event, &station, &certificate);
	assert_ok(rights_open(&event, &rights, &err));
	assert_int_equal(judged(rights, &organiser.public_key, NULL).station, VERDICT_ORGANISER);
	assert_true(judged(rights, &organiser.public_key, NULL).keeper);
	assert_int_equal(judged(rights, &hub, NULL).station, VERDICT_UNKNOWN);
	assert_false(judged(rights, &station, &certificate).opens);  /* that invitation was never given */
	add(rights, &organiser.public_key, 1, 2, "role", bodies[1]); /* the second comes before the first */
	add(rights, &organiser.public_key, 1, 1, "invite", bodies[0]);
	assert_true(judged(rights, &hub, NULL).keeper);
	assert_int_equal(judged(rights, &hub, NULL).station, VERDICT_HUB);
	assert_true(judged(rights, &station, &certificate).opens);
	assert_false(judged(rights, &stranger, &certificate).opens);
	add(rights, &stranger, 2, 1, "role", bodies[1]); /* nobody's word */
	assert_int_equal(judged(rights, &stranger, NULL).station, VERDICT_OUTSIDER);
	add(rights, &organiser.public_key, 1, 3, "retire", bodies[2]);
	add(rights, &organiser.public_key, 1, 4, "close", bodies[3]);
	assert_int_equal(judged(rights, &hub, NULL).station, VERDICT_RETIRED);
	assert_false(judged(rights, &hub, NULL).keeper);
	assert_false(judged(rights, &station, &certificate).opens);
	rights_close(rights);
	rights_close(NULL);
	for (size_t i = 0; i < COUNT_OF(bodies); i++) {
		free(bodies[i]);
	}
}

/* The list for SQL names the kinds that the view is made of, all of them and no others. */
static void kinds_that_count(void **state) {
	(void)state;
	struct strbuf kinds = {0};
	for (size_t i = 0; i < VIEW_KINDS_MAX && view_role.kinds[i].name != NULL; i++) {
		strbuf_addf(&kinds, "%s'%s'", i == 0 ? "" : ",", view_role.kinds[i].name);
	}
	assert_string_equal(RIGHTS_KINDS, strbuf_str(&kinds));
	strbuf_fini(&kinds);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles_given_and_taken),
		cmocka_unit_test(kinds_that_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
