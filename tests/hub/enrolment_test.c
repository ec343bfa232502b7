/* The door: who guesses is stopped, and stops nobody else. On both stores (hub/db_suite.h). */
#include "hub/enrolment.h"

#include "hub/db_suite.h"

#include "base/alloc.h"
#include "base/str.h"
#include "hub/hub.h"
#include "sync/enrolment.h"

struct door {
	struct hub *hub;
	struct hub_token token;
};

/* Tries are counted by windows; a test begins where there is some time left in one. */
#define ROOM_MS (60 * 1000)

static void open_door(struct suite *suite, struct door *d) {
	struct err err = {0};
	char text[TOKEN_TEXT_MAX];
	while (HUB_CODE_MS - clock_utc().v % HUB_CODE_MS < ROOM_MS) {
		clock_sleep_ms(1000);
	}
	assert_ok(hub_open(&suite->db, &d->hub, &err));
	suite->db = (struct hub_db){.ops = NULL}; /* the hub's now */
	assert_ok(hub_begin(d->hub, text, &err));
	assert_ok(hub_token_parse(text, &d->token, &err));
}

static void box(const struct door *d, const struct key_pair *reply_to, const struct strbuf *lines, struct strbuf *body) {
	struct strbuf text = {0};
	enrolment_put_octets(&text, "reply-to", reply_to->public_key.b, KEY_LEN);
	strbuf_add(&text, lines->data, lines->len);
	assert_true(enrolment_close(hub_key(d->hub), &text, body));
	strbuf_fini(&text);
}

/* Says a boxed message from an address; what the hub's answer begins with goes to `how`: "ok", "no", "wait". */
static void say(const struct door *d, const struct key_pair *reply_to, const struct strbuf *body, const char *client, char how[8]) {
	struct err err = {0};
	struct http_answer answer = {.status = 0};
	struct enrolment_lines said = {.count = 0};
	struct http_request request = {
		.method = "POST", .path = ENROLMENT_PATH, .query = "", .client = client, .body = body->data, .body_len = body->len};
	hub_serve(d->hub, &request, &answer);
	assert_int_equal(answer.status, 200);
	assert_ok(enrolment_open(reply_to, (struct octets){answer.body.data, answer.body.len}, &said, &err));
	str_copy(how, 8, str_or_empty(enrolment_get(&said, "door")));
	enrolment_lines_fini(&said);
	strbuf_fini(&answer.body);
}

/* A wrong code, another one each time. */
static const char *guess_code(const struct door *d, const char *client) {
	static char how[8];
	struct key_pair reply_to;
	struct strbuf lines = {0}, body = {0};
	uint8_t secret[PAIR_SECRET_LEN];
	crypto_key_new(&reply_to);
	crypto_random(secret, sizeof secret);
	enrolment_put(&lines, "door", "enroll");
	enrolment_put_octets(&lines, "code", secret, sizeof secret);
	box(d, &reply_to, &lines, &body);
	say(d, &reply_to, &body, client, how);
	strbuf_fini(&lines);
	strbuf_fini(&body);
	return how;
}

/* Asks as an administrator for a station's code of an event; which is not there, so a right token gets "no" for that, whatever a wrong one gets. */
static const char *ask_with_token(const struct door *d, const uint8_t *secret, const char *client) {
	static char how[8];
	struct key_pair reply_to;
	struct strbuf lines = {0}, body = {0};
	struct hash event = {{1}};
	crypto_key_new(&reply_to);
	enrolment_put(&lines, "door", "pair");
	enrolment_put_octets(&lines, "token", secret, TOKEN_SECRET_LEN);
	enrolment_put_octets(&lines, "event", event.b, HASH_LEN);
	box(d, &reply_to, &lines, &body);
	say(d, &reply_to, &body, client, how);
	strbuf_fini(&lines);
	strbuf_fini(&body);
	return how;
}

static const char *guess_token(const struct door *d, const char *client) {
	uint8_t secret[TOKEN_SECRET_LEN];
	crypto_random(secret, sizeof secret);
	return ask_with_token(d, secret, client);
}

static void who_guesses_codes_bars_no_administrator(void **state) {
	struct door d;
	open_door(*state, &d);
	for (int i = 0; i < HUB_TRIES; i++) {
		assert_string_equal(guess_code(&d, "192.0.2.1"), "no");
	}
	assert_string_equal(guess_code(&d, "192.0.2.1"), "wait");
	assert_string_equal(ask_with_token(&d, d.token.secret, "192.0.2.1"), "no");
	assert_string_equal(guess_token(&d, "192.0.2.1"), "no");
	assert_string_equal(guess_code(&d, "192.0.2.2"), "no"); /* nor anybody else */
	hub_close(d.hub);
}

static void wrong_tokens_are_counted_among_themselves(void **state) {
	struct door d;
	open_door(*state, &d);
	for (int i = 0; i < HUB_TRIES; i++) {
		assert_string_equal(guess_token(&d, "192.0.2.1"), "no");
	}
	assert_string_equal(guess_token(&d, "192.0.2.1"), "wait");
	assert_string_equal(guess_token(&d, "192.0.2.2"), "no");
	assert_string_equal(guess_code(&d, "192.0.2.1"), "no");
	assert_string_equal(ask_with_token(&d, d.token.secret, "192.0.2.1"), "no"); /* the right one goes on */
	hub_close(d.hub);
}

static void a_network_of_ipv6_is_one_address(void **state) {
	struct door d;
	open_door(*state, &d);
	for (int i = 0; i < HUB_TRIES; i++) {
		char *client = xasprintf("2001:db8:1:2:%x::1", i + 1);
		assert_string_equal(guess_code(&d, client), "no");
		free(client);
	}
	assert_string_equal(guess_code(&d, "2001:db8:1:2::ffff"), "wait");
	assert_string_equal(guess_code(&d, "2001:db8:1:3::ffff"), "no");
	hub_close(d.hub);
}

/* An answer that was lost is asked for again with the same bytes; who recorded them and plays them back costs nobody anything either. */
static void the_same_message_counts_once(void **state) {
	struct door d;
	struct key_pair reply_to;
	struct strbuf lines = {0}, body = {0};
	char how[8];
	open_door(*state, &d);
	crypto_key_new(&reply_to);
	enrolment_put(&lines, "door", "enroll");
	enrolment_put(&lines, "code", "0102030405");
	box(&d, &reply_to, &lines, &body);
	for (int i = 0; i < 3 * HUB_TRIES; i++) {
		say(&d, &reply_to, &body, "192.0.2.1", how);
		assert_string_equal(how, "no");
	}
	for (int i = 1; i < HUB_TRIES; i++) {
		assert_string_equal(guess_code(&d, "192.0.2.1"), "no");
	}
	assert_string_equal(guess_code(&d, "192.0.2.1"), "wait"); /* it counted as one of the ten */
	say(&d, &reply_to, &body, "192.0.2.2", how);
	assert_string_equal(how, "no");
	for (int i = 1; i < HUB_TRIES; i++) {
		assert_string_equal(guess_code(&d, "192.0.2.2"), "no");
	}
	assert_string_equal(guess_code(&d, "192.0.2.2"), "wait"); /* and of that one's */
	strbuf_fini(&lines);
	strbuf_fini(&body);
	hub_close(d.hub);
}

static unsigned health(struct hub *hub) {
	struct http_answer answer = {.status = 0};
	struct http_request request = {.method = "GET", .path = "/healthz", .query = "", .client = "192.0.2.1", .body = ""};
	hub_serve(hub, &request, &answer);
	strbuf_fini(&answer.body);
	return answer.status;
}

/* A start that fails behind hub_open (a port that is taken) leaves no token behind that nobody was told. */
static void the_token_is_made_when_the_hub_serves(void **state) {
	struct suite *suite = *state;
	char text[TOKEN_TEXT_MAX];
	for (int start = 1; start <= 3; start++) {
		struct err err = {0};
		struct hub *hub = NULL;
		assert_ok(hub_open(&suite->db, &hub, &err));
		suite->db = (struct hub_db){.ops = NULL}; /* the hub's now */
		assert_int_equal(health(hub), 503);
		if (start > 1) {
			assert_ok(hub_begin(hub, text, &err));
			assert_int_equal(text[0] != '\0', start == 2); /* it is told once */
			assert_int_equal(health(hub), 200);
		}
		hub_close(hub);
		assert_ok(suite_open_db(suite, &suite->db, &err));
	}
}

int main(void) {
	static const struct CMUnitTest both[] = {
		SUITE_TEST(the_token_is_made_when_the_hub_serves),
		SUITE_TEST(who_guesses_codes_bars_no_administrator),
		SUITE_TEST(wrong_tokens_are_counted_among_themselves),
		SUITE_TEST(a_network_of_ipv6_is_one_address),
		SUITE_TEST(the_same_message_counts_once),
	};
	const struct suite_tests suites[] = {{"the door", both, COUNT_OF(both), SUITE_BOTH}};
	return suite_run(suites, COUNT_OF(suites));
}
