#include "hub/enrolment.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "hub/hub_private.h"
#include "net/address.h"
#include "store/create.h"
#include "store/log/certificate.h"
#include "sync/enrolment.h"
#include "sync/http_transport.h"

/* Wrong tries are counted by windows as long as a code lives. */
#define WINDOW_MS HUB_CODE_MS

struct enrolment {
	struct hub *hub;
	const struct http_request *request;
	struct enrolment_lines said;
	struct public_key reply_to;
	struct hash request_hash;
	struct strbuf answer;
	struct utc_ms now;
};

static bool answer(struct enrolment *e, const char *how, const char *sentence) {
	enrolment_put(&e->answer, "door", how);
	enrolment_put(&e->answer, "say", sentence);
	return true;
}

static bool refuse(struct enrolment *e, const char *sentence) { return answer(e, "no", sentence); }

/* --- who guesses ---------------------------------------------------------------------------------------------------------------------------- */

/* What is guessed, as it is called in the store. Each is counted by itself, so that who guesses codes stands in no administrator's way. */
#define CODES "code"
#define TOKENS "token"

#define WHO_MAX (ADDRESS_TEXT_MAX + 2 * HASH_LEN + 16)

/* Adds to both counts of wrong tries, this address' and that of all, or only asks. *stop: there were too many. */
static bool too_many(struct enrolment *e, const char *what, int add, bool *stop, struct err *err) {
	const struct hub_db *db = &e->hub->db;
	int64_t window = e->now.v / WINDOW_MS;
	int64_t own = 0;
	int64_t all = 0;
	char group[ADDRESS_TEXT_MAX], who[WHO_MAX], everybody[WHO_MAX];
	address_group(e->request->client, group);
	snprintf(who, sizeof who, "%s %s", what, group);
	snprintf(everybody, sizeof everybody, "%s *", what);
	bool ok = db->ops->tries(db->self, who, window, add, &own, err) && db->ops->tries(db->self, everybody, window, add, &all, err);
	*stop = own >= HUB_TRIES || all >= 100 * HUB_TRIES;
	return ok;
}

/* *again: the same bytes came from there in this window already: an answer was lost, or somebody plays them back. */
static bool came_before(struct enrolment *e, bool *again, struct err *err) {
	const struct hub_db *db = &e->hub->db;
	int64_t count = 0;
	char group[ADDRESS_TEXT_MAX], hex[2 * HASH_LEN + 1], who[WHO_MAX];
	address_group(e->request->client, group);
	str_hex(e->request_hash.b, HASH_LEN, hex);
	snprintf(who, sizeof who, "%s %s", hex, group);
	bool ok = db->ops->tries(db->self, who, e->now.v / WINDOW_MS, 1, &count, err);
	*again = count > 1;
	return ok;
}

static bool stopped(struct enrolment *e) { return answer(e, "wait", "too many wrong tries; wait ten minutes"); }

/* Of those who are told to wait nothing is counted or kept, so a flood fills no store. */
static bool wrong(struct enrolment *e, const char *what, const char *sentence, struct err *err) {
	bool stop = false;
	bool again = false;
	atomic_fetch_add(&e->hub->counts.denied, 1);
	log_limit_warn(&e->hub->complaints[COMPLAINT_DOOR], "door denied client=%s: %s", e->request->client, sentence);
	if (!too_many(e, what, 0, &stop, err)) {
		return false;
	}
	if (stop) {
		return stopped(e);
	}
	return came_before(e, &again, err) && (again || too_many(e, what, 1, &stop, err)) && refuse(e, sentence);
}

/* True when it may go on; else *answered says that the answer is there already. */
static bool is_administrator(struct enrolment *e, bool *answered, struct err *err) {
	uint8_t secret[TOKEN_SECRET_LEN];
	*answered = false;
	if (enrolment_get_octets(&e->said, "token", secret, sizeof secret)) {
		struct hash hash = crypto_sha256(secret, sizeof secret);
		/* In constant time: how long it takes must not tell how much was right. */
		if (crypto_same(hash.b, e->hub->token.b, HASH_LEN)) {
			return true;
		}
	}
	*answered = wrong(e, TOKENS, "the administrator's token is not this hub's", err);
	return false;
}

/* Lends the event that an administrator speaks of; else *answered says that the answer is there already. */
static bool lend_administrator(struct enrolment *e, struct hash *event, struct hub_loan *loan, bool *answered, struct err *err) {
	struct err why = {0};
	if (!is_administrator(e, answered, err)) {
		return false;
	}
	if (!enrolment_get_octets(&e->said, "event", event->b, HASH_LEN)) {
		*answered = refuse(e, "which event?");
		return false;
	}
	if (e->hub->db.ops->lend(e->hub->db.self, event, loan, &why)) {
		return true;
	}
	err_give(err, &why);
	/* ERR_REFUSED: what is wrong with its file, which is the administrator's to know. */
	*answered = why.kind == ERR_NOT_FOUND ? refuse(e, "this hub does not hold that event yet; publish it first")
					      : why.kind == ERR_REFUSED && refuse(e, why.text);
	return false;
}

/* --- what can be asked ---------------------------------------------------------------------------------------------------------------------- */

/* The organiser, whom the token lets in, proves to be the event's: nobody can put another's event here. */
static bool publish(struct enrolment *e, struct err *err) {
	struct store_origin origin;
	struct signature signature;
	char text[PUBLISH_TEXT_MAX];
	bool answered;
	if (!is_administrator(e, &answered, err)) {
		return answered;
	}
	struct err why = {0};
	if (!enrolment_get_origin(&e->said, &origin, &why)) {
		return refuse(e, why.text);
	}
	/* The text names this hub: what was signed for another is no good here. */
	size_t n = enrolment_publish_text(&origin.event, &e->hub->key.public_key, text);
	bool ok = enrolment_get_octets(&e->said, "signature", signature.b, SIG_LEN) &&
		  public_key_verify(&origin.organiser, text, n, &signature);
	if (!ok) {
		return refuse(e, "the event's organiser did not sign this");
	}
	if (!e->hub->db.ops->add(e->hub->db.self, &origin, &why)) {
		err_give(err, &why);
		return why.kind == ERR_REFUSED ? refuse(e, why.text) : false;
	}
	crypto_wipe(&origin, sizeof origin);
	return answer(e, "ok", "the event is here");
}

/* *opens: whether a station that came by the event's invitation now would count. */
static bool invites(const struct hub_loan *loan, bool *opens, struct err *err) {
	struct key_pair invitation, newcomer;
	struct certificate certificate;
	enum standing standing = STANDING_CLOSED;
	bool keeper;
	if (!loan->origin.has_invitation) {
		*opens = false;
		return true;
	}
	crypto_key_new(&newcomer);
	crypto_key_from_seed(&invitation, loan->origin.invitation_seed);
	certificate_make(&invitation, &loan->origin.event, &newcomer.public_key, &certificate);
	bool ok = loan->replica.ops->judge(loan->replica.self, &newcomer.public_key, &certificate, &standing, &keeper, err);
	crypto_wipe(&invitation, sizeof invitation);
	*opens = standing == STANDING_MEMBER;
	return ok;
}

static bool pair(struct enrolment *e, struct err *err) {
	struct pair_code code;
	struct hub_code row = {.until = {e->now.v + HUB_CODE_MS}};
	struct hub_loan loan;
	bool answered;
	if (!lend_administrator(e, &row.event, &loan, &answered, err)) {
		return answered;
	}
	bool opens = false;
	bool ok = invites(&loan, &opens, err);
	e->hub->db.ops->give_back(e->hub->db.self, &loan);
	if (!ok || !opens) {
		return ok &&
		       refuse(e,
			      "the invitation for stations that was published is closed; \"turnout station EVENT invite\" makes a new one, "
			      "and \"turnout publish\" brings it here");
	}
	memcpy(code.fingerprint, e->hub->pair_fingerprint, sizeof code.fingerprint);
	crypto_random(code.secret, sizeof code.secret);
	row.code = crypto_sha256(code.secret, sizeof code.secret);
	char text[PAIR_TEXT_MAX];
	pair_code_text(&code, text);
	enrolment_put(&e->answer, "code", text);
	crypto_wipe(&code, sizeof code);
	return e->hub->db.ops->code_put(e->hub->db.self, &row, err) && answer(e, "ok", "good once, for ten minutes");
}

static bool no_code(struct enrolment *e, struct err *err) {
	return wrong(e, CODES, "this code is wrong, was used already, or is older than ten minutes; ask for another", err);
}

/* What an enrolment needs of the event. The loan ends at once: whoever holds one must not wait for another connection to the store. */
static bool read_origin(struct enrolment *e, const struct hash *event, struct store_origin *origin, struct err *err) {
	struct hub_loan loan;
	if (!e->hub->db.ops->lend(e->hub->db.self, event, &loan, err)) {
		return false;
	}
	*origin = loan.origin;
	e->hub->db.ops->give_back(e->hub->db.self, &loan);
	return true;
}

static bool welcome(struct enrolment *e, const struct store_origin *origin) {
	char hex[17];
	enrolment_put_origin(&e->answer, origin);
	atomic_fetch_add(&e->hub->counts.enrolled, 1);
	str_hex(origin->event.b, 8, hex);
	log_info("hub", "enrolled event=%s client=%s", hex, e->request->client);
	return answer(e, "ok", "welcome");
}

/* A code is used up only when what it is for can be given. */
static bool use_code(struct enrolment *e, const struct hub_code_wish *wish, struct hash *event, struct err *err) {
	struct store_origin origin;
	struct err why = {0};
	bool found = false;
	if (!read_origin(e, event, &origin, &why)) {
		err_give(err, &why);
		/* What does not go away by itself is told to whoever has the code: the organiser will hear it from them. */
		return (why.kind == ERR_REFUSED || why.kind == ERR_NOT_FOUND) && refuse(e, why.text);
	}
	bool ok = e->hub->db.ops->code_take(e->hub->db.self, wish, event, &found, err);
	ok = ok && (found ? welcome(e, &origin) : no_code(e, err)); /* not found: somebody else was faster */
	crypto_wipe(&origin, sizeof origin);
	return ok;
}

static bool enroll(struct enrolment *e, struct err *err) {
	uint8_t secret[PAIR_SECRET_LEN];
	struct hash event, only;
	bool stop = false;
	bool found = false;
	/* Before the code is looked up, for right ones too: else a guesser who is stopped would still learn that a guess was right. */
	if (!too_many(e, CODES, 0, &stop, err)) {
		return false;
	}
	if (stop) {
		return stopped(e);
	}
	if (!enrolment_get_octets(&e->said, "code", secret, sizeof secret)) {
		return refuse(e, "which code?");
	}
	/* reply-to is drawn anew for each request, so it tells a request that is sent again (its answer was lost) from another one. */
	struct hub_code_wish wish = {
		.code = crypto_sha256(secret, sizeof secret), .by = crypto_sha256(e->reply_to.b, KEY_LEN), .now = e->now};
	if (!e->hub->db.ops->code_find(e->hub->db.self, &wish, &event, &found, err)) {
		return false;
	}
	if (!found) {
		return no_code(e, err);
	}
	if (enrolment_get_octets(&e->said, "event", only.b, HASH_LEN) && !crypto_hash_eq(&event, &only)) {
		return refuse(e, "this code is for another event than that file; it was not used, and is good for the name of a new file");
	}
	return use_code(e, &wish, &event, err);
}

/* --- stations --------------------------------------------------------------------------------------------------------------------------- */

#define STATIONS_AT_ONCE 100 /* so that an answer keeps to ENROLMENT_MAX */

struct held {
	struct public_key author;
	int64_t logs, records;
};

struct held_list {
	struct held *items;
	size_t count, cap;
};

static int by_author(const void *a, const void *b) {
	return memcmp(((const struct head *)a)->author.b, ((const struct head *)b)->author.b, KEY_LEN);
}

/* What is held of each author, in the order of their keys: of those behind `after`, and no more than one beyond STATIONS_AT_ONCE. */
static bool read_held(const struct replica *replica, const struct public_key *after, struct held_list *out, struct err *err) {
	struct heads heads;
	if (!replica->ops->heads(replica->self, &heads, err)) {
		return false;
	}
	if (heads.count != 0) {
		qsort(heads.items, heads.count, sizeof *heads.items, by_author);
	}
	for (size_t i = 0; i < heads.count; i++) {
		const struct head *head = &heads.items[i];
		if (memcmp(head->author.b, after->b, KEY_LEN) <= 0) {
			continue;
		}
		if (out->count == 0 || !crypto_key_eq(&out->items[out->count - 1].author, &head->author)) {
			if (out->count > STATIONS_AT_ONCE) {
				break;
			}
			ARRAY_GROW(out, items);
			out->items[out->count++] = (struct held){.author = head->author};
		}
		out->items[out->count - 1].logs++;
		out->items[out->count - 1].records += (int64_t)(head->seq - head->after);
	}
	heads_fini(&heads);
	return true;
}

static bool put_station(struct enrolment *e, const struct replica *replica, const struct held *held, struct err *err) {
	static const char *const words[] = {
		[STANDING_UNKNOWN] = "unknown", [STANDING_MEMBER] = "member", [STANDING_RETIRED] = "retired", [STANDING_CLOSED] = "closed"};
	enum standing standing;
	bool keeper = false;
	if (!replica->ops->judge(replica->self, &held->author, NULL, &standing, &keeper, err)) {
		return false;
	}
	char hex[2 * KEY_LEN + 1];
	str_hex(held->author.b, KEY_LEN, hex);
	char *line = xasprintf("%s %s %" PRId64 " %" PRId64, hex, words[standing], held->logs, held->records);
	enrolment_put(&e->answer, "station", line);
	free(line);
	return true;
}

static bool list_stations(struct enrolment *e, const struct replica *replica, struct err *err) {
	struct public_key after = {{0}};
	struct held_list list = {.count = 0};
	(void)enrolment_get_octets(&e->said, "after", after.b, KEY_LEN);
	bool ok = read_held(replica, &after, &list, err);
	for (size_t i = 0; ok && i < list.count && i < STATIONS_AT_ONCE; i++) {
		ok = put_station(e, replica, &list.items[i], err);
	}
	const char *say_more = list.count > STATIONS_AT_ONCE ? "more" : "that is all";
	free(list.items);
	return ok && answer(e, "ok", say_more);
}

static bool stations(struct enrolment *e, struct err *err) {
	struct hub_loan loan;
	struct hash event;
	bool answered;
	if (!lend_administrator(e, &event, &loan, &answered, err)) {
		return answered;
	}
	bool ok = list_stations(e, &loan.replica, err);
	e->hub->db.ops->give_back(e->hub->db.self, &loan);
	return ok;
}

/* --- one request ------------------------------------------------------------------------------------------------------------------------------- */

static bool enrolment(struct enrolment *e, struct err *err) {
	static const struct {
		const char *verb;
		bool (*answer)(struct enrolment *e, struct err *err);
	} verbs[] = {{"publish", publish}, {"pair", pair}, {"enroll", enroll}, {"stations", stations}};
	for (size_t i = 0; i < COUNT_OF(verbs); i++) {
		if (str_eq(enrolment_get(&e->said, "door"), verbs[i].verb)) {
			return verbs[i].answer(e, err);
		}
	}
	return refuse(e, "this hub does not know what that is; it may be older than the program that asks");
}

void hub_enrolment(struct hub *hub, const struct http_request *request, struct http_answer *answer) {
	struct enrolment e = {.hub = hub, .request = request, .now = clock_utc()};
	struct err err = {0};
	e.request_hash = crypto_sha256(request->body, request->body_len);
	if (!enrolment_open(&hub->key, (struct octets){request->body, request->body_len}, &e.said, &err)) {
		http_answer_say(answer, 400, err.text);
		log_limit_warn(&hub->complaints[COMPLAINT_DOOR], "door refused client=%s: %s", request->client, err.text);
	} else if (!enrolment_get_octets(&e.said, "reply-to", e.reply_to.b, KEY_LEN)) {
		http_answer_say(answer, 400, "to whom is the answer?");
	} else if (!enrolment(&e, &err)) {
		log_limit_warn(&hub->complaints[COMPLAINT_STORE], "the store failed: %s", err.text);
		http_answer_header(answer, "Retry-After", "10");
		http_answer_say(answer, 503, "this hub cannot reach its store now; try again later");
	} else {
		enrolment_put_octets(&e.answer, "reply", e.request_hash.b, HASH_LEN);
		answer->status = 200;
		answer->type = EXCHANGE_TYPE;
		if (!enrolment_close(&e.reply_to, &e.answer, &answer->body)) {
			strbuf_reset(&answer->body);
			http_answer_say(answer, 400, "the answer's key is none");
		}
	}
	if (e.answer.data != NULL) {
		crypto_wipe(e.answer.data, e.answer.len);
	}
	strbuf_fini(&e.answer);
	enrolment_lines_fini(&e.said);
}
