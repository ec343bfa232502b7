#include "hub/enrolment.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "hub/hub_private.h"
#include "store/create.h"
#include "store/log/certificate.h"
#include "sync/enrolment.h"
#include "sync/http_transport.h"

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

static bool answer(struct enrolment *k, const char *how, const char *sentence) {
	enrolment_put(&k->answer, "door", how);
	enrolment_put(&k->answer, "say", sentence);
	return true;
}

static bool refuse(struct enrolment *k, const char *sentence) { return answer(k, "no", sentence); }

/* --- who guesses ---------------------------------------------------------------------------------------------------------------------------- */

/* *stop: there were too many wrong tries, from this address or in all. */
static bool too_many(struct enrolment *k, int add, bool *stop, struct err *err) {
	const struct hub_db *db = &k->hub->db;
	int64_t window = k->now.v / WINDOW_MS;
	int64_t own = 0;
	int64_t all = 0;
	bool ok = db->ops->tries(db->self, k->request->client, window, add, &own, err) &&
		  db->ops->tries(db->self, "*", window, add, &all, err);
	*stop = own >= HUB_TRIES || all >= 100 * HUB_TRIES;
	return ok;
}

static bool wrong(struct enrolment *k, const char *sentence, struct err *err) {
	bool stop;
	atomic_fetch_add(&k->hub->counts.denied, 1);
	log_warn("hub", "door denied client=%s: %s", k->request->client, sentence);
	return too_many(k, 1, &stop, err) && refuse(k, sentence);
}

/* True when it may go on; else *answered says that the answer is there already. */
static bool is_administrator(struct enrolment *k, bool *answered, struct err *err) {
	uint8_t secret[TOKEN_SECRET_LEN];
	*answered = false;
	if (enrolment_get_octets(&k->said, "token", secret, sizeof secret)) {
		struct hash hash = crypto_sha256(secret, sizeof secret);
		if (crypto_same(hash.b, k->hub->token.b, HASH_LEN)) {
			return true;
		}
	}
	*answered = wrong(k, "the administrator's token is not this hub's", err);
	return false;
}

/* Lends the event that an administrator speaks of; else *answered says that the answer is there already. */
static bool lend_administrator(struct enrolment *k, struct hash *event, struct hub_loan *loan, bool *answered, struct err *err) {
	struct err why = {0};
	if (!is_administrator(k, answered, err)) {
		return false;
	}
	if (!enrolment_get_octets(&k->said, "event", event->b, HASH_LEN)) {
		*answered = refuse(k, "which event?");
		return false;
	}
	if (k->hub->db.ops->lend(k->hub->db.self, event, loan, &why)) {
		return true;
	}
	*err = why;
	*answered = why.kind == ERR_NOT_FOUND && refuse(k, "this hub does not hold that event yet; publish it first");
	return false;
}

/* --- what can be asked ---------------------------------------------------------------------------------------------------------------------- */

/* The organiser, whom the token lets in, proves to be the event's: nobody can put another's event here. */
static bool publish(struct enrolment *k, struct err *err) {
	struct store_origin origin;
	struct signature signature;
	char text[PUBLISH_TEXT_MAX];
	bool answered;
	if (!is_administrator(k, &answered, err)) {
		return answered;
	}
	struct err why = {0};
	if (!enrolment_get_origin(&k->said, &origin, &why)) {
		return refuse(k, why.text);
	}
	size_t n = enrolment_publish_text(&origin.event, &k->hub->key.public_key, text);
	bool ok = enrolment_get_octets(&k->said, "signature", signature.b, SIG_LEN) &&
		  public_key_verify(&origin.organiser, text, n, &signature);
	if (!ok) {
		return refuse(k, "the event's organiser did not sign this");
	}
	if (!k->hub->db.ops->add(k->hub->db.self, &origin, &why)) {
		*err = why;
		return why.kind == ERR_REFUSED ? refuse(k, why.text) : false;
	}
	crypto_wipe(&origin, sizeof origin);
	return answer(k, "ok", "the event is here");
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

static bool pair(struct enrolment *k, struct err *err) {
	struct pair_code code;
	struct hub_code row = {.until = {k->now.v + HUB_CODE_MS}};
	struct hub_loan loan;
	bool answered;
	if (!lend_administrator(k, &row.event, &loan, &answered, err)) {
		return answered;
	}
	bool opens = false;
	bool ok = invites(&loan, &opens, err);
	k->hub->db.ops->give_back(k->hub->db.self, &loan);
	if (!ok || !opens) {
		return ok &&
		       refuse(k,
			      "the invitation for stations that was published is closed; \"turnout station EVENT invite\" makes a new one, "
			      "and \"turnout publish\" brings it here");
	}
	memcpy(code.fingerprint, k->hub->pair_fingerprint, sizeof code.fingerprint);
	crypto_random(code.secret, sizeof code.secret);
	row.code = crypto_sha256(code.secret, sizeof code.secret);
	char text[PAIR_TEXT_MAX];
	pair_code_text(&code, text);
	enrolment_put(&k->answer, "code", text);
	crypto_wipe(&code, sizeof code);
	return k->hub->db.ops->code_put(k->hub->db.self, &row, err) && answer(k, "ok", "good once, for ten minutes");
}

static bool enroll(struct enrolment *k, struct err *err) {
	uint8_t secret[PAIR_SECRET_LEN];
	struct hash event;
	struct hub_loan loan;
	bool stop = false;
	bool found = false;
	if (!too_many(k, 0, &stop, err)) {
		return false;
	}
	if (stop) {
		return answer(k, "wait", "too many wrong codes; wait ten minutes");
	}
	if (!enrolment_get_octets(&k->said, "code", secret, sizeof secret)) {
		return refuse(k, "which code?");
	}
	struct hash code = crypto_sha256(secret, sizeof secret);
	struct hash by = crypto_sha256(k->reply_to.b, KEY_LEN);
	if (!k->hub->db.ops->code_take(k->hub->db.self, &code, &by, k->now, &event, &found, err)) {
		return false;
	}
	if (!found) {
		return wrong(k, "this code is wrong, was used already, or is older than ten minutes; ask for another", err);
	}
	if (!k->hub->db.ops->lend(k->hub->db.self, &event, &loan, err)) {
		return false;
	}
	enrolment_put_origin(&k->answer, &loan.origin);
	k->hub->db.ops->give_back(k->hub->db.self, &loan);
	atomic_fetch_add(&k->hub->counts.enrolled, 1);
	char hex[17];
	str_hex(event.b, 8, hex);
	log_info("hub", "enrolled event=%s client=%s", hex, k->request->client);
	return answer(k, "ok", "welcome");
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

static bool put_station(struct enrolment *k, const struct replica *replica, const struct held *held, struct err *err) {
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
	enrolment_put(&k->answer, "station", line);
	free(line);
	return true;
}

static bool list_stations(struct enrolment *k, const struct replica *replica, struct err *err) {
	struct public_key after = {{0}};
	struct held_list list = {.count = 0};
	(void)enrolment_get_octets(&k->said, "after", after.b, KEY_LEN);
	bool ok = read_held(replica, &after, &list, err);
	for (size_t i = 0; ok && i < list.count && i < STATIONS_AT_ONCE; i++) {
		ok = put_station(k, replica, &list.items[i], err);
	}
	const char *say_more = list.count > STATIONS_AT_ONCE ? "more" : "that is all";
	free(list.items);
	return ok && answer(k, "ok", say_more);
}

static bool stations(struct enrolment *k, struct err *err) {
	struct hub_loan loan;
	struct hash event;
	bool answered;
	if (!lend_administrator(k, &event, &loan, &answered, err)) {
		return answered;
	}
	bool ok = list_stations(k, &loan.replica, err);
	k->hub->db.ops->give_back(k->hub->db.self, &loan);
	return ok;
}

/* --- one request ------------------------------------------------------------------------------------------------------------------------------- */

static bool enrolment(struct enrolment *k, struct err *err) {
	static const struct {
		const char *verb;
		bool (*answer)(struct enrolment *k, struct err *err);
	} verbs[] = {{"publish", publish}, {"pair", pair}, {"enroll", enroll}, {"stations", stations}};
	bool stop = false;
	if (!too_many(k, 0, &stop, err)) {
		return false;
	}
	if (stop) {
		return answer(k, "wait", "too many wrong tries; wait ten minutes");
	}
	for (size_t i = 0; i < COUNT_OF(verbs); i++) {
		if (str_eq(enrolment_get(&k->said, "door"), verbs[i].verb)) {
			return verbs[i].answer(k, err);
		}
	}
	return refuse(k, "this hub does not know what that is; it may be older than the program that asks");
}

void hub_enrolment(struct hub *hub, const struct http_request *request, struct http_answer *answer) {
	struct enrolment k = {.hub = hub, .request = request, .now = clock_utc()};
	struct err err = {0};
	k.request_hash = crypto_sha256(request->body, request->body_len);
	if (!enrolment_open(&hub->key, (struct octets){request->body, request->body_len}, &k.said, &err)) {
		http_answer_say(answer, 400, err.text);
		log_warn("hub", "door refused client=%s: %s", request->client, err.text);
	} else if (!enrolment_get_octets(&k.said, "reply-to", k.reply_to.b, KEY_LEN)) {
		http_answer_say(answer, 400, "to whom is the answer?");
	} else if (!enrolment(&k, &err)) {
		log_warn("hub", "the store failed: %s", err.text);
		http_answer_header(answer, "Retry-After", "10");
		http_answer_say(answer, 503, "this hub cannot reach its store now; try again later");
	} else {
		enrolment_put_octets(&k.answer, "reply", k.request_hash.b, HASH_LEN);
		answer->status = 200;
		answer->type = EXCHANGE_TYPE;
		if (!enrolment_close(&k.reply_to, &k.answer, &answer->body)) {
			strbuf_reset(&answer->body);
			http_answer_say(answer, 400, "the answer's key is none");
		}
	}
	if (k.answer.data != NULL) {
		crypto_wipe(k.answer.data, k.answer.len);
	}
	strbuf_fini(&k.answer);
	enrolment_lines_fini(&k.said);
}
