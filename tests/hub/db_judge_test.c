/* Who may take part in an event at a hub: both stores judge alike, at once after a right was given or taken, and who may not gets and leaves
 * nothing. */
#include "hub/db_suite.h"

#include "base/alloc.h"
#include "base/str.h"
#include "lib/craft.h"
#include "store/read/settings.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"
#include "sync/replica_store.h"
#include "sync/respond.h"

/* Somebody, and whether they bring a certificate. */
static enum standing judge_by(const struct suite *suite, const struct hub_db *db, const struct hash *event, const struct public_key *key,
			      const struct certificate *certificate) {
	struct err err = {0};
	struct hub_loan loan;
	enum standing standing = STANDING_UNKNOWN;
	bool keeper = false;
	(void)suite;
	assert_ok(db->ops->lend(db->self, event, &loan, &err));
	assert_ok(loan.replica.ops->judge(loan.replica.self, key, certificate, &standing, &keeper, &err));
	db->ops->give_back(db->self, &loan);
	return standing;
}

static enum standing judge(const struct suite *suite, struct store *of, const struct public_key *key,
			   const struct certificate *certificate) {
	return judge_by(suite, &suite->db, store_event(of), key, certificate);
}

static bool keeps(const struct suite *suite, struct store *of, const struct public_key *key) {
	struct err err = {0};
	struct hub_loan loan;
	enum standing standing;
	bool keeper = false;
	suite_lend(suite, store_event(of), &loan);
	assert_ok(loan.replica.ops->judge(loan.replica.self, key, NULL, &standing, &keeper, &err));
	suite_give_back(suite, &loan);
	return keeper;
}

static struct public_key fresh_key(void) {
	struct key_pair pair;
	crypto_key_new(&pair);
	return pair.public_key;
}

/* The organiser says something, and the hub hears of it. */
#define ORGANISE(suite, store, call)                                                            \
	do {                                                                                    \
		struct exchange_report said;                                                    \
		assert_ok(store_begin((store), &err) && (call) && store_commit((store), &err)); \
		suite_sync((suite), (store), &said);                                            \
	} while (0)

static void everybody_has_their_standing(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct store *laptop = suite_event(suite, "a.turnout");
	struct craft_member member = craft_member_of(laptop), other = craft_member_of(laptop);
	struct public_key editor = fresh_key(), named = fresh_key(), nobody = fresh_key(), second_hub = fresh_key();
	struct public_key organiser = *store_organiser(laptop);
	ORGANISE(suite, laptop,
		 role_give(laptop, &editor, "editor", "", &err) && role_give(laptop, &named, "station", "", &err) &&
			 role_give(laptop, &second_hub, "hub", "", &err));
	assert_int_equal(judge(suite, laptop, &organiser, NULL), STANDING_MEMBER);
	assert_int_equal(judge(suite, laptop, &editor, NULL), STANDING_MEMBER);
	assert_int_equal(judge(suite, laptop, &named, NULL), STANDING_MEMBER);
	assert_int_equal(judge(suite, laptop, &suite->hub.public_key, NULL), STANDING_MEMBER);
	assert_int_equal(judge(suite, laptop, &nobody, NULL), STANDING_UNKNOWN);
	assert_int_equal(judge(suite, laptop, &member.key.public_key, NULL), STANDING_UNKNOWN);
	assert_int_equal(judge(suite, laptop, &member.key.public_key, &member.certificate), STANDING_MEMBER);
	assert_int_equal(judge(suite, laptop, &member.key.public_key, &other.certificate), STANDING_CLOSED);
	assert_true(keeps(suite, laptop, &organiser) && keeps(suite, laptop, &suite->hub.public_key) && keeps(suite, laptop, &second_hub));
	assert_false(keeps(suite, laptop, &editor) || keeps(suite, laptop, &named) || keeps(suite, laptop, &nobody));
	ORGANISE(suite, laptop, role_retire(laptop, &second_hub, &err) && role_retire(laptop, &named, &err));
	assert_int_equal(judge(suite, laptop, &second_hub, NULL), STANDING_RETIRED);
	assert_int_equal(judge(suite, laptop, &named, NULL), STANDING_RETIRED);
	assert_false(keeps(suite, laptop, &second_hub));
	ORGANISE(suite, laptop, role_retire(laptop, &member.key.public_key, &err));
	assert_int_equal(judge(suite, laptop, &member.key.public_key, &member.certificate), STANDING_RETIRED);
	suite_restart(suite);
	assert_int_equal(judge(suite, laptop, &named, NULL), STANDING_RETIRED);
	assert_int_equal(judge(suite, laptop, &editor, NULL), STANDING_MEMBER);
	store_close(laptop);
}

static void a_closed_invitation_lets_in_whom_it_knew(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	size_t kept = 0;
	struct store *laptop = suite_event(suite, "a.turnout");
	struct craft_member early = craft_member_of(laptop), late = craft_member_of(laptop);
	struct strbuf text = {0};
	struct craft c;
	suite_sync(suite, laptop, &report);
	craft_join(&c, &early, laptop, 1, &text);
	craft_give(laptop, &text);
	ORGANISE(suite, laptop, invitation_close(laptop, &kept, &err));
	assert_int_equal(judge(suite, laptop, &early.key.public_key, NULL), STANDING_MEMBER);
	assert_int_equal(judge(suite, laptop, &late.key.public_key, &late.certificate), STANDING_CLOSED);
	assert_int_equal(judge(suite, laptop, &late.key.public_key, NULL), STANDING_UNKNOWN);
	/* By another that is open, and by name. */
	ORGANISE(suite, laptop, invitation_open_new(laptop, &err));
	struct craft_member newer = craft_member_of(laptop);
	assert_int_equal(judge(suite, laptop, &newer.key.public_key, &newer.certificate), STANDING_MEMBER);
	assert_int_equal(judge(suite, laptop, &late.key.public_key, &late.certificate), STANDING_CLOSED);
	ORGANISE(suite, laptop, role_give(laptop, &late.key.public_key, "station", "", &err));
	assert_int_equal(judge(suite, laptop, &late.key.public_key, &late.certificate), STANDING_MEMBER);
	/* One that wrote a log although nothing let it. */
	struct key_pair stranger;
	crypto_key_new(&stranger);
	craft_begin(&c, &stranger, &(struct craft_begin){.event = store_event(laptop), .number = 2}, &text);
	craft_give(laptop, &text);
	suite_sync(suite, laptop, &report);
	assert_int_equal(judge(suite, laptop, &stranger.public_key, NULL), STANDING_CLOSED);
	strbuf_fini(&text);
	store_close(laptop);
}

/* One of several invitations is closed: who came by another, or was kept, takes part, and a newcomer by the other may. */
static void one_closed_invitation_of_two(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	struct store *laptop = suite_event(suite, "a.turnout");
	struct craft_member plain = craft_member_of(laptop);
	struct invitation invitation;
	struct craft_member kept = plain, left = plain, late = plain;
	struct craft_member *stolen[] = {&kept, &left, &late};
	struct strbuf text = {0};
	struct craft c;
	suite_sync(suite, laptop, &report);
	ORGANISE(suite, laptop, invitation_make(laptop, "Вхід Б", &invitation, &err));
	for (size_t i = 0; i < COUNT_OF(stolen); i++) {
		struct key_pair pair;
		crypto_key_from_seed(&pair, invitation.seed);
		crypto_key_new(&stolen[i]->key);
		certificate_make(&pair, store_event(laptop), &stolen[i]->key.public_key, &stolen[i]->certificate);
		assert_int_equal(judge(suite, laptop, &stolen[i]->key.public_key, &stolen[i]->certificate), STANDING_MEMBER);
	}
	craft_join(&c, &kept, laptop, 1, &text);
	craft_give(laptop, &text);
	craft_join(&c, &left, laptop, 2, &text);
	craft_give(laptop, &text);
	struct invitation_closing how = {.keep = &kept.key.public_key, .keep_count = 1};
	ORGANISE(suite, laptop, invitation_close_one(laptop, &invitation.key, &how, &err));
	assert_int_equal(judge(suite, laptop, &kept.key.public_key, NULL), STANDING_MEMBER);
	assert_int_equal(judge(suite, laptop, &kept.key.public_key, &kept.certificate), STANDING_MEMBER);
	assert_int_equal(judge(suite, laptop, &left.key.public_key, &left.certificate), STANDING_CLOSED);
	assert_int_equal(judge(suite, laptop, &late.key.public_key, &late.certificate), STANDING_CLOSED);
	assert_int_equal(judge(suite, laptop, &plain.key.public_key, &plain.certificate), STANDING_MEMBER);
	strbuf_fini(&text);
	store_close(laptop);
}

/* What one hub was told counts at the other from then on, whatever that has in memory. */
static void two_hubs_judge_alike(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct hub_db second;
	struct store *laptop = suite_event(suite, "a.turnout");
	struct public_key editor = fresh_key();
	assert_ok(suite_open_db(suite, &second, &err));
	ORGANISE(suite, laptop, setting_put(laptop, "title", "Another", &err));
	assert_int_equal(judge_by(suite, &second, store_event(laptop), &editor, NULL), STANDING_UNKNOWN);
	ORGANISE(suite, laptop, role_give(laptop, &editor, "editor", "", &err));
	assert_int_equal(judge_by(suite, &second, store_event(laptop), &editor, NULL), STANDING_MEMBER);
	ORGANISE(suite, laptop, role_retire(laptop, &editor, &err));
	assert_int_equal(judge_by(suite, &second, store_event(laptop), &editor, NULL), STANDING_RETIRED);
	second.ops->close(second.self);
	store_close(laptop);
}

/* --- what is refused ------------------------------------------------------------------------------------------------------------------------- */

/* A request with records, by whoever has the key; the answer's refusal, "" when there is none. */
static void ask(const struct suite *suite, struct store *of, const struct key_pair *key, const struct strbuf *lines, char word[24]) {
	struct err err = {0};
	struct hub_loan loan;
	struct respond_note note;
	struct strbuf text = {0}, request = {0}, answer = {0};
	struct message m;
	struct public_key sender;
	message_begin(&text, MESSAGE_REQUEST);
	strbuf_adds(&text, "list\n");
	strbuf_add(&text, lines->data, lines->len);
	suite_lend(suite, store_event(of), &loan);
	envelope_close(&loan.replica.keys, key, (struct octets){text.data, text.len}, &request);
	assert_ok(respond(&loan.replica, (struct octets){request.data, request.len}, &answer, &note, &err));
	strbuf_reset(&text);
	assert_ok(envelope_open(&loan.replica.keys, (struct octets){answer.data, answer.len}, &sender, &text, &err));
	assert_true(crypto_key_eq(&sender, &suite->hub.public_key));
	assert_ok(message_read(&text, &m, &err));
	str_copy(word, 24, str_or_empty(m.refuse_word));
	assert_true(str_eq(note.refused, m.refuse_word));
	if (m.refuse_word != NULL) {
		assert_true(m.run_count == 0 && m.have.count == 0 && !m.has_digest && note.taken == 0 && note.given == 0);
		assert_true(strlen(m.refuse_text) > 20);
	}
	message_fini(&m);
	suite_give_back(suite, &loan);
	strbuf_fini(&request);
	strbuf_fini(&answer);
}

static void who_is_refused_leaves_nothing(void **state) {
	struct suite *suite = *state;
	struct err err = {0};
	struct exchange_report report;
	char word[24];
	struct store *laptop = suite_event(suite, "a.turnout");
	struct craft_member retired = craft_member_of(laptop), welcome = craft_member_of(laptop);
	struct key_pair stranger;
	struct craft c;
	suite_sync(suite, laptop, &report);
	ORGANISE(suite, laptop, role_retire(laptop, &retired.key.public_key, &err));
	int64_t records = suite_figures(suite).records;
	crypto_key_new(&stranger);
	const struct {
		const struct key_pair *key;
		const struct certificate *certificate;
		const char *word;
		int64_t added;
	} asking[] = {{&retired.key, &retired.certificate, "retired", 0},
		      {&stranger, NULL, "unknown", 0},
		      {&stranger, &welcome.certificate, "closed", 0},
		      {&welcome.key, &welcome.certificate, "", 4}};
	for (size_t i = 0; i < COUNT_OF(asking); i++) {
		struct strbuf lines = {0};
		if (asking[i].certificate != NULL) {
			message_put_certificate(&lines, asking[i].certificate);
		}
		craft_begin(&c, asking[i].key, &(struct craft_begin){.event = store_event(laptop), .certificate = asking[i].certificate},
			    &lines);
		craft_notes(&c, "x", 3, &lines);
		ask(suite, laptop, asking[i].key, &lines, word);
		assert_string_equal(word, asking[i].word);
		assert_int_equal(suite_figures(suite).records, records + asking[i].added);
		strbuf_fini(&lines);
	}
	suite_sync(suite, laptop, &report);
	suite_assert_holds(suite, laptop, "b.turnout");
	store_close(laptop);
}

/* A station that says what only the organiser may: nobody stops its log, it is kept and given on, and it counts for nothing. */
static void what_one_may_not_say_is_kept_and_does_not_count(void **state) {
	struct suite *suite = *state;
	struct exchange_report report;
	char word[24];
	struct store *laptop = suite_event(suite, "a.turnout");
	struct craft_member m = craft_member_of(laptop);
	struct strbuf lines = {0};
	struct craft c;
	char hex[2 * KEY_LEN + 1];
	suite_sync(suite, laptop, &report);
	str_hex(m.key.public_key.b, KEY_LEN, hex);
	message_put_certificate(&lines, &m.certificate);
	craft_join(&c, &m, laptop, 1, &lines);
	craft_piece(&c, '>', &lines);
	char *editor = xasprintf("{\"key\":\"%s\",\"role\":\"editor\",\"name\":\"me\"}", hex);
	craft_add(&c, &(struct craft_record){.kind = "role", .subject = "", .body = editor}, &lines);
	craft_add(&c, &(struct craft_record){.kind = "event", .subject = "", .body = "{\"set\":{\"title\":\"Mine\"}}"}, &lines);
	craft_add(&c, &(struct craft_record){.kind = "revoke", .subject = "", .body = "{\"code\":\"CODE-A\"}"}, &lines);
	craft_add(&c, &(struct craft_record){.kind = "erase", .subject = "", .body = "{\"subject\":\"00\"}"}, &lines);
	craft_sign(&c, &lines);
	ask(suite, laptop, &m.key, &lines, word);
	assert_string_equal(word, "");
	suite_sync(suite, laptop, &report);
	assert_int_equal(report.received, 5);
	char *title = setting_get(laptop, "title");
	assert_string_equal(title, "Test");
	assert_int_equal(event_sample_number(store_path(laptop), "SELECT count(*) FROM view_ignored"), 4);
	assert_int_equal(judge(suite, laptop, &m.key.public_key, NULL), STANDING_MEMBER);
	assert_false(keeps(suite, laptop, &m.key.public_key));
	suite_assert_holds(suite, laptop, "b.turnout");
	free(title);
	free(editor);
	strbuf_fini(&lines);
	store_close(laptop);
}

int main(void) {
	static const struct CMUnitTest both[] = {
		SUITE_TEST(everybody_has_their_standing),
		SUITE_TEST(a_closed_invitation_lets_in_whom_it_knew),
		SUITE_TEST(one_closed_invitation_of_two),
		SUITE_TEST(who_is_refused_leaves_nothing),
		SUITE_TEST(what_one_may_not_say_is_kept_and_does_not_count),
	};
	static const struct CMUnitTest pg[] = {SUITE_TEST(two_hubs_judge_alike)};
	const struct suite_tests suites[] = {{"who may take part", both, COUNT_OF(both), SUITE_BOTH},
					     {"who may take part, at two hubs", pg, COUNT_OF(pg), SUITE_PG}};
	return suite_run(suites, COUNT_OF(suites));
}
