#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "store/log/erasure.h"
#include "store/log/share.h"
#include "store/store_private.h"

static const struct key_pair *author_key(const struct store *store, enum author author) {
	return author == AUTHOR_ORGANISER ? &store->organiser_key : identity_station(store->identity);
}

bool record_insert(struct store *store, int64_t id, const struct record *r, const char *body, const struct hash *hash, struct err *err) {
	struct stmt *s = store->sql[SQL_RECORD_INSERT];
	stmt_int(s, 1, id);
	stmt_text(s, 2, r->kind);
	stmt_int(s, 3, r->mono.v);
	stmt_int(s, 4, r->utc.v);
	stmt_text(s, 5, r->subject);
	stmt_text(s, 6, body);
	stmt_blob(s, 7, r->body_sha256.b, HASH_LEN);
	stmt_blob(s, 8, hash->b, HASH_LEN);
	return stmt_run(s, err);
}

static bool show_to_views(struct store *store, const struct view_record *seen, const char *body, struct err *err) {
	if (seen->checkin != NULL || seen->fresh != NULL) {
		return view_apply(store, seen, err);
	}
	struct json *parsed = json_parse(body, strlen(body), err);
	if (parsed == NULL) {
		return err_wrap(err, "a record's own body");
	}
	struct view_record r = *seen;
	r.body = parsed;
	bool ok = view_apply(store, &r, err);
	json_free(parsed);
	return ok;
}

static struct record make_record(struct store *store, const struct chain *chain, const struct draft *draft) {
	struct record r = {
		.seq = chain->seq + 1,
		.kind = draft->kind,
		.mono = clock_mono(),
		.utc = store_now(store),
		.subject = draft->subject,
		.body_sha256 = crypto_sha256(draft->body, strlen(draft->body)),
	};
	return r;
}

/* The first record of a log: its hash is the log's id, so the log's row comes after it is known. */
static bool begin_log(struct store *store, struct chain *chain, const struct draft *draft, const struct key_pair *key, struct err *err) {
	*chain = (struct chain){0};
	struct record r = make_record(store, chain, draft);
	struct hash hash = record_hash(&r, NULL);
	struct stmt *s = store->sql[SQL_LOG_INSERT];
	stmt_blob(s, 1, hash.b, HASH_LEN);
	stmt_blob(s, 2, key->public_key.b, KEY_LEN);
	bool ok = stmt_row(s);
	chain->log_id = ok ? stmt_col_int(s, 0) : 0;
	if (!stmt_done(s, err)) {
		return false;
	}
	if (!ok) {
		return err_set(err, ERR_CORRUPT, "a new log could not be begun");
	}
	chain->log = hash;
	chain->seq = 1;
	chain->open = true;
	int64_t id = chain->log_id << SEQ_BITS | 1;
	struct view_record seen = {.id = id,
				   .kind = r.kind,
				   .subject = "",
				   .mono_ms = r.mono.v,
				   .utc_ms = r.utc.v,
				   .hash = hash,
				   .log = hash,
				   .seq = 1,
				   .author = key->public_key};
	chain->head = hash;
	return record_insert(store, id, &r, draft->body, &hash, err) && show_to_views(store, &seen, draft->body, err);
}

bool chain_genesis(struct store *store, const struct key_pair *organiser, struct err *err) {
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	char hex[2 * KEY_LEN + 1];
	uint8_t random[16];
	crypto_random(random, sizeof random);
	json_open(&w, NULL, '{');
	json_put_int(&w, "turnout", 1);
	str_hex(organiser->public_key.b, KEY_LEN, hex);
	json_put_text(&w, "organiser", hex);
	str_hex(random, sizeof random, hex);
	json_put_text(&w, "random", hex);
	json_close(&w, '}');
	struct draft draft = {.kind = "genesis", .author = AUTHOR_ORGANISER, .subject = "", .body = body.data};
	store->organiser = organiser->public_key;
	bool ok = begin_log(store, &store->chains[AUTHOR_ORGANISER], &draft, organiser, err);
	store->event = store->chains[AUTHOR_ORGANISER].log;
	strbuf_fini(&body);
	return ok;
}

bool store_certificate(struct store *store, const struct public_key *station, struct certificate *out) {
	uint8_t seed[KEY_LEN];
	struct key_pair invitation;
	bool ok = meta_get_blob(store, "invitation_seed", seed, sizeof seed);
	if (ok) {
		crypto_key_from_seed(&invitation, seed);
		certificate_make(&invitation, &store->event, station, out);
		crypto_wipe(&invitation, sizeof invitation);
	}
	crypto_wipe(seed, sizeof seed);
	return ok;
}

static bool write_certificate(struct store *store, const struct public_key *station, struct json_writer *w) {
	struct certificate certificate;
	char hex[2 * SIG_LEN + 1];
	if (!store_certificate(store, station, &certificate)) {
		return false;
	}
	json_open(w, "certificate", '{');
	str_hex(certificate.invitation.b, KEY_LEN, hex);
	json_put_text(w, "invitation", hex);
	str_hex(certificate.signature.b, SIG_LEN, hex);
	json_put_text(w, "signature", hex);
	json_close(w, '}');
	return true;
}

static bool append_to(struct store *store, const struct draft *draft, struct record_ref *ref, struct err *err);

/* A hub's word comes over a network: what moved by less is no other time. */
#define HUB_SLACK_MS 2000

static bool has_hub_anchor(const struct chain *chain, int64_t ahead_ms) {
	return chain->anchored_hub && ahead_ms - chain->hub_ahead_ms <= HUB_SLACK_MS && chain->hub_ahead_ms - ahead_ms <= HUB_SLACK_MS;
}

/* The anchor that the log lacks, as a record's body; false when it lacks none. */
static bool missing_anchor(const struct store *store, const struct chain *chain, char body[80]) {
	const struct set_clock *clock = &store->clock;
	if (!clock->set) {
		snprintf(body, 80, "{\"rank\":\"ntp\"}");
		return !chain->anchored_ntp && clock_is_synchronised();
	}
	if (clock->by_hub) {
		snprintf(body, 80, "{\"rank\":\"hub\",\"ahead_ms\":%" PRId64 "}", clock->ahead_ms);
		return !has_hub_anchor(chain, clock->ahead_ms);
	}
	snprintf(body, 80, "{\"rank\":\"staff\"}");
	return !chain->anchored_set || chain->anchored_ahead_ms != clock->ahead_ms;
}

/* Says what UTC this boot's clock stands for, where somebody knows it: the kernel's NTP, a hub, or staff who set the time. Once a log for
 * each, and again when the clock is set anew. */
bool chain_anchor(struct store *store, enum author author, struct err *err) {
	struct chain *chain = &store->chains[author];
	char body[80];
	store_now(store); /* a clock that was set may have given way to the machine's */
	if (!missing_anchor(store, chain, body)) {
		return true;
	}
	struct draft draft = {.kind = "anchor", .author = author, .subject = "", .body = body};
	if (!append_to(store, &draft, NULL, err)) {
		return false;
	}
	const struct set_clock *clock = &store->clock;
	if (!clock->set) {
		chain->anchored_ntp = true;
	} else if (clock->by_hub) {
		chain->anchored_hub = true;
		chain->hub_ahead_ms = clock->ahead_ms;
	} else {
		chain->anchored_set = true;
		chain->anchored_ahead_ms = clock->ahead_ms;
	}
	return true;
}

bool chain_anchor_now(struct store *store, struct err *err) {
	if (!store_begin(store, err)) {
		return false;
	}
	if (!chain_anchor(store, AUTHOR_STATION, err)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, err);
}

/* The last anchor of that rank in a continued log. What cannot be read is written once more, which says the same. */
static bool read_anchor(struct store *store, const struct chain *chain, enum anchor_rank rank, int64_t *ahead_ms) {
	char sql[200];
	struct err ignored;
	int64_t found = -1;
	snprintf(sql, sizeof sql,
		 "SELECT delta_ms FROM view_anchor WHERE rank = %d AND record BETWEEN %" PRId64 " AND %" PRId64
		 " ORDER BY record DESC LIMIT 1",
		 (int)rank, chain->log_id << SEQ_BITS, (chain->log_id + 1) << SEQ_BITS);
	bool ok = db_number(store->db, sql, &found, &ignored) && found >= 0; /* UTC is never behind the boot clock */
	*ahead_ms = ok ? found : 0;
	return ok;
}

static void read_anchors(struct store *store, struct chain *chain) {
	int64_t ntp;
	chain->anchored_ntp = read_anchor(store, chain, ANCHOR_NTP, &ntp);
	chain->anchored_hub = read_anchor(store, chain, ANCHOR_HUB, &chain->hub_ahead_ms);
}

/* Notes outside the file which log is being written. Without a place for notes the log is written all the same. */
static void note_open(const struct store *store, enum author author) {
	struct err err;
	if (!identity_note_open(store->identity, &author_key(store, author)->public_key, &store->chains[author].log, &err)) {
		log_warn("store", "%s; should this box lose power, the end of its log stays unsigned", err.text);
	}
}

static bool sign_head(struct store *store, const struct key_pair *key, struct chain *chain, struct err *err) {
	char text[RECORD_HEAD_TEXT];
	size_t n = record_head_text(&chain->log, chain->seq, &chain->head, text);
	struct signature sig;
	key_pair_sign(key, text, n, &sig);
	struct stmt *s = store->sql[SQL_SIGNATURE_INSERT];
	stmt_int(s, 1, chain->log_id);
	stmt_int(s, 2, (int64_t)chain->seq);
	stmt_blob(s, 3, sig.b, SIG_LEN);
	if (!stmt_run(s, err)) {
		return false;
	}
	chain->signed_seq = chain->seq;
	chain->unsigned_bytes = 0;
	return true;
}

/* --- what a killed writer left ---------------------------------------------------------------------------------------------------- */

/* The organiser's word may have come in before the end of the log was signed. The hash that is left stands for the body. */
static bool erased(struct store *store, struct stmt *row, struct record *r) {
	struct err ignored;
	bool known = false;
	size_t n = 0;
	const void *hash = stmt_col_blob(row, 7, &n);
	memcpy(r->body_sha256.b, hash, n == HASH_LEN ? n : 0);
	return n == HASH_LEN && r->subject[0] != '\0' && erasure_known(store, r->subject, &known, &ignored) && known;
}

/* Walks the records after the last signature; false when one does not follow from the one before: that must not be signed. */
static bool follow_tail(struct store *store, struct chain *tail) {
	struct stmt *s = store->sql[SQL_LOG_TAIL];
	struct err ignored;
	bool sound = true;
	stmt_int(s, 1, tail->log_id << SEQ_BITS | (int64_t)tail->signed_seq);
	stmt_int(s, 2, (tail->log_id + 1) << SEQ_BITS);
	tail->seq = tail->signed_seq;
	while (sound && stmt_row(s)) {
		size_t n = 0;
		struct record r = record_of_row(s);
		const char *body = stmt_col_text(s, 5);
		if (r.seq == tail->signed_seq && r.seq != 0) { /* the signed one itself: where the tail begins */
			const void *head = stmt_col_blob(s, 6, &n);
			sound = n == HASH_LEN;
			memcpy(tail->head.b, head, sound ? n : 0);
			continue;
		}
		sound = body != NULL || erased(store, s, &r);
		if (body != NULL) {
			r.body_sha256 = crypto_sha256(body, strlen(body));
		}
		struct hash hash = record_hash(&r, r.seq == 1 ? NULL : &tail->head);
		const void *stored = stmt_col_blob(s, 6, &n);
		sound = sound && r.seq == tail->seq + 1 && n == HASH_LEN && memcmp(stored, hash.b, HASH_LEN) == 0;
		tail->head = hash;
		tail->seq = r.seq;
	}
	return stmt_done(s, &ignored) && sound;
}

/* How far a log of this author may be signed; 0: not at all. */
static uint64_t may_be_signed(const void *log, const struct noted_log *logs, size_t count) {
	for (size_t i = 0; i < count; i++) {
		if (memcmp(log, logs[i].log.b, HASH_LEN) == 0) {
			return logs[i].closed_at == 0 ? UINT64_MAX : logs[i].closed_at;
		}
	}
	return 0;
}

/* Signs the ends of the logs that this author was writing on this device when it was cut off: without it nobody would take those records.
 * Which logs those were stands outside the file, so that nobody gets signed what they put into it. */
static bool sign_leftovers(struct store *store, enum author author, struct err *err) {
	const struct key_pair *key = author_key(store, author);
	struct {
		struct chain *items;
		size_t count, cap;
	} tails = {0};
	struct stmt *s = store->sql[SQL_LOGS_UNSIGNED];
	struct noted_log noted[IDENTITY_LOGS_MAX];
	size_t noted_count = identity_logs(store->identity, &key->public_key, noted);
	stmt_blob(s, 1, key->public_key.b, KEY_LEN);
	while (stmt_row(s)) {
		size_t n = 0;
		const void *log = stmt_col_blob(s, 1, &n);
		uint64_t upto = n == HASH_LEN ? may_be_signed(log, noted, noted_count) : 0;
		if (upto < (uint64_t)stmt_col_int(s, 3)) {
			continue;
		}
		ARRAY_GROW(&tails, items);
		struct chain *tail = &tails.items[tails.count++];
		*tail = (struct chain){.log_id = stmt_col_int(s, 0), .signed_seq = (uint64_t)stmt_col_int(s, 2)};
		memcpy(tail->log.b, log, n == HASH_LEN ? n : 0);
	}
	bool ok = stmt_done(s, err);
	for (size_t i = 0; ok && i < tails.count; i++) {
		ok = !follow_tail(store, &tails.items[i]) || sign_head(store, key, &tails.items[i], err);
	}
	free(tails.items);
	return ok;
}

static bool begin_new(struct store *store, enum author author, struct err *err) {
	const struct key_pair *key = author_key(store, author);
	char hex[2 * HASH_LEN + 1];
	char boot[37];
	uint8_t random[16];
	struct strbuf body = {0};
	struct json_writer w = {.out = &body};
	clock_boot_id(boot);
	crypto_random(random, sizeof random);
	json_open(&w, NULL, '{');
	str_hex(store->event.b, HASH_LEN, hex);
	json_put_text(&w, "event", hex);
	str_hex(key->public_key.b, KEY_LEN, hex);
	json_put_text(&w, "key", hex);
	json_put_text(&w, "boot", boot);
	str_hex(random, sizeof random, hex);
	json_put_text(&w, "random", hex);
	bool ok = author == AUTHOR_ORGANISER || write_certificate(store, &key->public_key, &w) ||
		  err_set(err, ERR_REFUSED, "this copy of the file carries no invitation for stations; take a copy from the organiser");
	json_close(&w, '}');
	struct draft draft = {.kind = "log", .author = author, .subject = "", .body = body.data};
	ok = ok && begin_log(store, &store->chains[author], &draft, key, err);
	if (ok) {
		note_open(store, author);
	}
	strbuf_fini(&body);
	return ok;
}

/* True when the log is here and ends as the marker says. */
static bool find_log(struct store *store, const struct marker *marker, struct chain *chain) {
	struct stmt *s = store->sql[SQL_LOG_FIND];
	struct err ignored;
	stmt_blob(s, 1, marker->log.b, HASH_LEN);
	bool found = false;
	if (stmt_row(s)) {
		size_t n = 0;
		const void *head = stmt_col_blob(s, 2, &n);
		found = stmt_col_int(s, 1) == (int64_t)marker->seq && n == HASH_LEN && memcmp(head, marker->head.b, HASH_LEN) == 0;
		if (found) {
			*chain = (struct chain){.open = true,
						.log_id = stmt_col_int(s, 0),
						.log = marker->log,
						.seq = marker->seq,
						.head = marker->head,
						.signed_seq = marker->seq};
		}
	}
	return stmt_done(s, &ignored) && found;
}

/* Goes on with the log that this device wrote in this boot, when it left one; begins none. */
static bool resume(struct store *store, enum author author) {
	struct chain *chain = &store->chains[author];
	struct marker marker;
	if (!identity_claim(store->identity, &author_key(store, author)->public_key, &marker) || !find_log(store, &marker, chain)) {
		return false;
	}
	/* A continued log was signed when its marker was left. */
	read_anchors(store, chain);
	note_open(store, author);
	return true;
}

bool chain_open(struct store *store, enum author author, struct err *err) {
	return store->chains[author].open || resume(store, author) || (sign_leftovers(store, author, err) && begin_new(store, author, err));
}

/* As `resume`, between transactions. */
static bool resume_now(struct store *store, enum author author, struct err *err) {
	if (store->chains[author].open || store->purged) {
		return true;
	}
	if (!store_begin(store, err)) {
		return false;
	}
	resume(store, author);
	return store_commit(store, err); /* with it the log stays open */
}

bool store_anchor_hub(struct store *store, int64_t ahead_ms, struct err *err) {
	const struct chain *chain = &store->chains[AUTHOR_STATION];
	if (ahead_ms < 0 || ahead_ms > RECORD_INT_MAX || !clock_is_set((struct utc_ms){clock_mono().v + ahead_ms})) {
		return err_set(err, ERR_INPUT, "the hub's clock cannot be right; this box keeps its own");
	}
	store_now(store);
	if (store->clock.forced || clock_is_synchronised()) {
		return true;
	}
	bool known = resume_now(store, AUTHOR_STATION, err);
	/* As the log has it, so that the screen and the books say the same. */
	set_clock_by_hub(&store->clock, has_hub_anchor(chain, ahead_ms) ? chain->hub_ahead_ms : ahead_ms);
	if (!known) {
		return false;
	}
	if (!chain->open || has_hub_anchor(chain, ahead_ms)) {
		return true; /* without a log: with its first record */
	}
	return chain_anchor_now(store, err);
}

bool chain_sign_leftovers(struct store *store, struct err *err) {
	for (int author = 0; author < AUTHOR_COUNT; author++) {
		struct err none;
		bool ours = author == AUTHOR_STATION || store_organiser_key(store, &none) != NULL;
		if (ours && !store->chains[author].open && !sign_leftovers(store, (enum author)author, err)) {
			return false;
		}
	}
	return true;
}

bool chain_sign(struct store *store, enum author author, struct err *err) {
	struct chain *chain = &store->chains[author];
	return !chain->open || chain->signed_seq == chain->seq || sign_head(store, author_key(store, author), chain, err);
}

static bool append_to(struct store *store, const struct draft *draft, struct record_ref *ref, struct err *err) {
	struct chain *chain = &store->chains[draft->author];
	struct record r = make_record(store, chain, draft);
	if (!record_check(&r, draft->body, err)) {
		return false;
	}
	struct hash hash = record_hash(&r, &chain->head);
	int64_t id = chain->log_id << SEQ_BITS | (int64_t)r.seq;
	chain->seq++;
	struct view_record seen = {.id = id,
				   .kind = r.kind,
				   .subject = r.subject,
				   .mono_ms = r.mono.v,
				   .utc_ms = r.utc.v,
				   .hash = hash,
				   .log = chain->log,
				   .seq = r.seq,
				   .author = author_key(store, draft->author)->public_key,
				   .checkin = draft->checkin,
				   .fresh = draft->fresh};
	chain->head = hash;
	if (!record_insert(store, id, &r, draft->body, &hash, err) || !show_to_views(store, &seen, draft->body, err)) {
		return false;
	}
	if (ref != NULL) {
		*ref = (struct record_ref){.id = id, .log = chain->log, .seq = r.seq, .hash = hash};
	}
	chain->unsigned_bytes += strlen(draft->body);
	bool due = chain->seq % RECORD_SIGN_EVERY == 0 || chain->unsigned_bytes >= RUN_SIGN_BYTES;
	return !due || chain_sign(store, draft->author, err);
}

bool store_append(struct store *store, const struct draft *draft, struct record_ref *ref, struct err *err) {
	if (draft->author == AUTHOR_ORGANISER && store_organiser_key(store, err) == NULL) {
		return false;
	}
	if (store->purged) {
		return err_set(err, ERR_REFUSED, "the personal data of this file was purged: nothing is recorded in it any more");
	}
	return chain_open(store, draft->author, err) && chain_anchor(store, draft->author, err) && append_to(store, draft, ref, err);
}

void chain_leave_markers(struct store *store) {
	for (int author = 0; author < AUTHOR_COUNT; author++) {
		const struct chain *chain = &store->chains[author];
		if (!chain->open || chain->signed_seq != chain->seq) {
			continue;
		}
		struct marker marker = {.log = chain->log, .seq = chain->seq, .head = chain->head};
		struct err err = {0};
		if (!identity_leave(store->identity, &author_key(store, (enum author)author)->public_key, &marker, &err)) {
			log_warn("store", "%s; the next start begins a new log", err.text);
		}
	}
}
