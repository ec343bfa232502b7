/* Loads and peers for sync.bench. The machine's clock is this program's own, so that check-ins come some seconds apart as they do at a door.
 *
 *     sync_load fill EVENT N           N check-ins of signed badges into the event file
 *     sync_load wire EVENT             bytes a check-in in bundles of a thousand
 *     sync_load bare EVENT FILE        seconds a bare SQLite program takes to write the same rows, in one transaction
 *     sync_load copy EVENT CONNINFO    seconds PostgreSQL's COPY takes for the same rows
 *     sync_load idle EVENT URL N       milliseconds of an exchange with nothing new, median of N
 *     sync_load bursts EVENT URL K N   K stations, each sending N bursts of 10 check-ins: check-ins a second */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/str.h"
#include "hub/pg.h"
#include "store/log/ends.h"
#include "store/log/share.h"
#include "store/read/checkins.h"
#include "store/store.h"
#include "sync/http_transport.h"
#include "sync/offer.h"
#include "sync/pack.h"
#include "sync/replica_store.h"

#undef clock_gettime /* it is given another meaning here */

static struct {
	bool turned;
	int64_t ms; /* since some start */
} door;

int clock_gettime(clockid_t id, struct timespec *ts);
int clock_gettime(clockid_t id, struct timespec *ts) {
	if (!door.turned || id == CLOCK_MONOTONIC) {
		return (int)syscall(SYS_clock_gettime, id, ts);
	}
	int64_t ms = door.ms + (id == CLOCK_REALTIME ? INT64_C(1778745600000) : 86400000);
	ts->tv_sec = ms / 1000;
	ts->tv_nsec = (long)(ms % 1000) * 1000000;
	return 0;
}

static double now_s(void) {
	struct timespec ts;
	syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void must(bool ok, const struct err *err) {
	if (!ok) {
		fprintf(stderr, "sync_load: %s\n", err->text);
		exit(1);
	}
}

static struct store *open_event(const char *path, enum store_mode mode) {
	struct err err = {0};
	struct store *store = store_open(path, mode, "sync_load", &err);
	must(store != NULL, &err);
	return store;
}

/* --- check-ins ------------------------------------------------------------------------------------------------------------------------------ */

static void make_code(const struct store *store, char code[CODE_TEXT_MAX]) {
	static struct key_pair any;
	static bool made;
	if (!made) { /* only the length and the randomness of a signature count here */
		crypto_key_new(&any);
		made = true;
	}
	code_make_signed(store_event(store), &any, 1, code);
}

static void pass_time(void) {
	uint16_t random;
	crypto_random(&random, sizeof random);
	door.ms += 3000 + random % 17000;
}

static int fill(const char *path, int64_t count) {
	struct err err = {0};
	struct store *store = open_event(path, STORE_WRITE);
	door.turned = true;
	for (int64_t i = 0; i < count;) {
		must(store_begin(store, &err), &err);
		for (int k = 0; k < 1000 && i < count; k++, i++) {
			char code[CODE_TEXT_MAX];
			struct checkin_draft draft = {.code = code, .point = POINT_ARRIVAL, .shown = OUTCOME_ACCEPTED, .how = "camera"};
			make_code(store, code);
			pass_time();
			must(checkin_append(store, &draft, NULL, &err), &err);
		}
		must(store_commit(store, &err), &err);
	}
	store_close(store);
	return 0;
}

/* --- the same rows in memory ---------------------------------------------------------------------------------------------------------------- */

struct rows {
	struct row {
		struct run_record record;
		uint64_t seq;
		int64_t log;
	} * items;
	size_t count, cap;
	int64_t log;
};

static bool keep_row(void *context, uint64_t seq, const struct run_record *record) {
	struct rows *rows = context;
	ARRAY_GROW(rows, items);
	struct row *row = &rows->items[rows->count++];
	*row = (struct row){.record = *record, .seq = seq, .log = rows->log};
	row->record.kind = xstrdup(record->kind);
	row->record.subject = xstrdup(record->subject);
	row->record.body = xstrdup(str_or_empty(record->body));
	return true;
}

static bool keep_signature(void *context, uint64_t seq, const struct signature *signature) {
	(void)context;
	(void)seq;
	(void)signature;
	return true;
}

static void read_rows(const char *path, struct rows *out) {
	struct err err = {0};
	struct heads heads;
	struct store *store = open_event(path, STORE_READ);
	struct run_visitor visitor = {keep_row, keep_signature, out};
	must(store_heads(store, &heads, &err), &err);
	for (size_t i = 0; i < heads.count; i++) {
		out->log = (int64_t)i;
		must(store_read(store, &heads.items[i], 1, &visitor, &err), &err);
	}
	heads_fini(&heads);
	store_close(store);
}

static int sqlite_failed(sqlite3 *db) {
	fprintf(stderr, "sync_load: %s\n", sqlite3_errmsg(db));
	return 1;
}

static void bind_row(sqlite3_stmt *s, const struct row *row) {
	const struct run_record *r = &row->record;
	sqlite3_bind_int64(s, 1, row->log << 40 | (int64_t)row->seq);
	sqlite3_bind_text(s, 2, r->kind, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 3, r->mono_ms);
	sqlite3_bind_int64(s, 4, r->utc_ms);
	sqlite3_bind_text(s, 5, r->subject, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 6, r->body, -1, SQLITE_STATIC);
	sqlite3_bind_blob(s, 7, r->body_sha256.b, HASH_LEN, SQLITE_STATIC);
	sqlite3_bind_blob(s, 8, r->body_sha256.b, HASH_LEN, SQLITE_STATIC); /* of a hash's size */
}

static int bare(const char *event, const char *path) {
	struct rows rows = {0};
	sqlite3 *db = NULL;
	sqlite3_stmt *insert = NULL;
	read_rows(event, &rows);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db,
			 "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE record (id INTEGER PRIMARY KEY, kind TEXT, mono "
			 "INTEGER, utc INTEGER, subject TEXT, body TEXT, body_sha256 BLOB, hash BLOB); BEGIN",
			 NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "INSERT INTO record VALUES (?1,?2,?3,?4,?5,?6,?7,?8)", -1, &insert, NULL) != SQLITE_OK) {
		return sqlite_failed(db);
	}
	double from = now_s();
	for (size_t i = 0; i < rows.count; i++) {
		bind_row(insert, &rows.items[i]);
		if (sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK) {
			return sqlite_failed(db);
		}
	}
	if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
		return sqlite_failed(db);
	}
	printf("%.4f\n", now_s() - from);
	sqlite3_finalize(insert);
	return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}

static int copy(const char *event, const char *conninfo) {
	struct rows rows = {0};
	struct strbuf out = {0};
	struct pg *pg = NULL;
	struct err err = {0};
	read_rows(event, &rows);
	must(pg_open(conninfo, &pg, &err) && pg_exec(pg,
						     "DROP TABLE IF EXISTS bare; CREATE TABLE bare (log bigint, seq bigint, kind text, "
						     "mono_ms bigint, utc_ms bigint, "
						     "subject text, body text, body_sha256 bytea, hash bytea, PRIMARY KEY (log, seq))",
						     &err),
	     &err);
	double from = now_s();
	pg_copy_begin(&out);
	for (size_t i = 0; i < rows.count; i++) {
		const struct run_record *r = &rows.items[i].record;
		pg_copy_row(&out, 9);
		pg_copy_int(&out, rows.items[i].log);
		pg_copy_int(&out, (int64_t)rows.items[i].seq);
		pg_copy_value(&out, r->kind, strlen(r->kind));
		pg_copy_int(&out, r->mono_ms);
		pg_copy_int(&out, r->utc_ms);
		pg_copy_value(&out, r->subject, strlen(r->subject));
		pg_copy_value(&out, r->body, strlen(r->body));
		pg_copy_value(&out, r->body_sha256.b, HASH_LEN);
		pg_copy_value(&out, r->body_sha256.b, HASH_LEN);
	}
	must(pg_copy(pg, "COPY bare FROM STDIN (FORMAT binary)", &out, &err), &err);
	printf("%.4f\n", now_s() - from);
	pg_close(pg);
	strbuf_fini(&out);
	return 0;
}

/* --- on the wire ---------------------------------------------------------------------------------------------------------------------------- */

#define BUNDLE 1000

struct bundle {
	const struct replica *replica;
	struct offer offer;
	size_t records;
};

struct counting {
	struct strbuf *text;
	size_t records, signed_len, signed_records;
};

static bool count_record(void *context, uint64_t seq, const struct run_record *record) {
	struct counting *c = context;
	(void)seq;
	message_put_record(c->text, record);
	c->records++;
	return true;
}

static bool count_signature(void *context, uint64_t seq, const struct signature *signature) {
	struct counting *c = context;
	(void)seq;
	message_put_signature(c->text, signature);
	c->signed_len = c->text->len;
	c->signed_records = c->records;
	return c->records < BUNDLE;
}

static bool build_bundle(void *context, size_t cap, struct strbuf *text, struct err *err) {
	struct bundle *b = context;
	struct counting c = {.text = text};
	struct run_visitor visitor = {count_record, count_signature, &c};
	struct run piece = {.log = b->offer.head.log, .author = b->offer.head.author, .from = b->offer.from};
	(void)cap;
	message_begin(text, MESSAGE_REQUEST);
	message_put_piece(text, '>', &piece);
	if (!store_read(b->replica->self, &b->offer.head, b->offer.from, &visitor, err)) {
		return false;
	}
	strbuf_truncate(text, c.signed_len);
	b->records = c.signed_records;
	return true;
}

static int wire(const char *path) {
	struct err err = {0};
	struct replica replica;
	struct heads heads;
	size_t bytes = 0, records = 0;
	struct store *store = open_event(path, STORE_WRITE);
	must(replica_of_store(store, &replica, &err) && store_heads(store, &heads, &err), &err);
	struct bundle b = {.replica = &replica};
	for (size_t i = 0; i < heads.count; i++) { /* the longest log is the one of the check-ins */
		b.offer.head = heads.items[i].seq > b.offer.head.seq ? heads.items[i] : b.offer.head;
	}
	for (b.offer.from = 2; b.offer.from + BUNDLE <= b.offer.head.seq; b.offer.from += b.records) {
		struct strbuf out = {0};
		must(pack_message(&replica, build_bundle, &b, &out, &err), &err);
		bytes += out.len;
		records += b.records;
		strbuf_fini(&out);
	}
	printf("%.1f\n", (double)bytes / (double)records);
	heads_fini(&heads);
	replica_fini(&replica);
	store_close(store);
	return 0;
}

/* --- nothing new ---------------------------------------------------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b) {
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int idle(const char *path, const char *url, int64_t times) {
	struct err err = {0};
	struct replica replica;
	struct http_client *client;
	struct http_client_answer answer = {.status = 0};
	double *spans = xcalloc((size_t)times + 1, sizeof *spans);
	struct store *store = open_event(path, STORE_WRITE);
	must(replica_of_store(store, &replica, &err) && http_client_open(&(struct http_client_options){.direct = true}, &client, &err),
	     &err);
	struct exchange *x = exchange_open(&replica);
	for (int64_t i = 0; i <= times; i++) {
		double from = now_s();
		exchange_begin(x, true);
		must(http_transport_run(x, client, url, &answer, &err), &err);
		spans[i] = (now_s() - from) * 1000;
	}
	qsort(spans + 1, (size_t)times, sizeof *spans, by_size);
	printf("%.3f\n", spans[1 + times / 2]);
	exchange_close(x);
	http_client_answer_fini(&answer);
	http_client_close(client);
	replica_fini(&replica);
	store_close(store);
	free(spans);
	return 0;
}

/* --- many stations ---------------------------------------------------------------------------------------------------------------------------- */

#define BURST 10

struct station {
	struct key_pair key;
	struct strbuf *requests; /* sealed, whole HTTP requests */
	size_t count;
	struct sockaddr_in to;
	pthread_t thread;
	bool failed;
};

struct burst {
	struct station *station;
	const struct store *store;
	struct run run; /* of this burst */
	struct run_record records[BURST + 1];
	char bodies[BURST + 1][600];
};

static bool build_burst(void *context, size_t cap, struct strbuf *text, struct err *err) {
	struct burst *b = context;
	(void)cap;
	(void)err;
	message_begin(text, MESSAGE_REQUEST);
	message_put_piece(text, '>', &b->run);
	for (size_t i = 0; i < b->run.count; i++) {
		message_put_record(text, &b->run.records[i]);
	}
	message_put_signature(text, &b->run.signature);
	return true;
}

static void log_body(struct store *store, const struct public_key *key, char *body, size_t cap) {
	struct certificate certificate;
	struct err err = {0};
	char event[2 * HASH_LEN + 1], hex[2 * KEY_LEN + 1], invitation[2 * KEY_LEN + 1], signature[2 * SIG_LEN + 1];
	must(store_certificate(store, key, &certificate) || err_set(&err, ERR_REFUSED, "the file carries no invitation"), &err);
	str_hex(store_event(store)->b, HASH_LEN, event);
	str_hex(key->b, KEY_LEN, hex);
	str_hex(certificate.invitation.b, KEY_LEN, invitation);
	str_hex(certificate.signature.b, SIG_LEN, signature);
	snprintf(body, cap,
		 "{\"event\":\"%s\",\"key\":\"%s\",\"boot\":\"0\",\"random\":\"0\",\"certificate\":{\"invitation\":\"%s\",\"signature\":\"%"
		 "s\"}}",
		 event, hex, invitation, signature);
}

static void checkin_body(const struct store *store, char *body, size_t cap) {
	char code[CODE_TEXT_MAX], stub[BADGE_CODE_MAX + 1];
	make_code(store, code);
	snprintf(body, cap, "{\"code\":\"%s\",\"point\":\"arrival\",\"shown\":\"accepted\",\"how\":\"camera\"}", checkin_stub(code, stub));
}

/* The next burst of a log, signed. */
static void make_burst(struct store *store, struct burst *b, bool first) {
	struct run *run = &b->run;
	struct hash head = run->before;
	run->count = first ? 1 : BURST;
	run->records = b->records;
	for (size_t i = 0; i < run->count; i++) {
		pass_time();
		if (first) {
			log_body(store, &b->station->key.public_key, b->bodies[i], sizeof b->bodies[i]);
		} else {
			checkin_body(store, b->bodies[i], sizeof b->bodies[i]);
		}
		b->records[i] = (struct run_record){.kind = first ? "log" : "checkin",
						    .mono_ms = door.ms,
						    .utc_ms = INT64_C(1778745600000) + door.ms,
						    .subject = "",
						    .body = b->bodies[i]};
		struct record r = {.seq = run->from + i,
				   .kind = b->records[i].kind,
				   .mono = {b->records[i].mono_ms},
				   .utc = {b->records[i].utc_ms},
				   .subject = "",
				   .body_sha256 = crypto_sha256(b->bodies[i], strlen(b->bodies[i]))};
		head = record_hash(&r, r.seq == 1 ? NULL : &head);
	}
	if (first) {
		run->log = head;
	}
	char text[RECORD_HEAD_TEXT];
	size_t n = record_head_text(&run->log, run->from + run->count - 1, &head, text);
	key_pair_sign(&b->station->key, text, n, &run->signature);
	b->run.before = first ? (struct hash){{0}} : run->before;
}

static struct hash head_after(const struct burst *b) {
	struct hash head = b->run.before;
	for (size_t i = 0; i < b->run.count; i++) {
		const struct run_record *from = &b->records[i];
		struct record r = {.seq = b->run.from + i,
				   .kind = from->kind,
				   .mono = {from->mono_ms},
				   .utc = {from->utc_ms},
				   .subject = "",
				   .body_sha256 = crypto_sha256(from->body, strlen(from->body))};
		head = record_hash(&r, r.seq == 1 ? NULL : &head);
	}
	return head;
}

/* All requests of a station are made before anything is timed. */
static void prepare_station(struct store *store, const struct replica *like, struct station *s, size_t bursts) {
	struct err err = {0};
	struct burst *b = xcalloc(1, sizeof *b);
	struct replica replica = *like;
	crypto_key_new(&s->key);
	replica.signer = s->key;
	s->requests = xcalloc(bursts + 1, sizeof *s->requests);
	b->station = s;
	b->run = (struct run){.author = s->key.public_key, .from = 1};
	for (s->count = 0; s->count <= bursts; s->count++) {
		struct strbuf body = {0};
		make_burst(store, b, s->count == 0);
		if (s->count == 0) {
			must(store_certificate(store, &s->key.public_key, &replica.certificate), &err);
		}
		must(pack_message(&replica, build_burst, b, &body, &err), &err);
		strbuf_addf(
			&s->requests[s->count],
			"POST /v1/exchange HTTP/1.1\r\nHost: hub\r\nContent-Type: application/octet-stream\r\nContent-Length: %zu\r\n\r\n",
			body.len);
		strbuf_add(&s->requests[s->count], body.data, body.len);
		strbuf_fini(&body);
		b->run.before = head_after(b);
		b->run.from += b->run.count;
	}
	free(b);
}

static bool talk(int fd, const struct strbuf *request) {
	char answer[65536];
	size_t have = 0;
	for (size_t at = 0; at < request->len;) {
		ssize_t n = send(fd, request->data + at, request->len - at, MSG_NOSIGNAL);
		if (n <= 0) {
			return false;
		}
		at += (size_t)n;
	}
	for (;;) {
		ssize_t n = recv(fd, answer + have, sizeof answer - 1 - have, 0);
		if (n <= 0) {
			return false;
		}
		have += (size_t)n;
		answer[have] = '\0';
		char *end = strstr(answer, "\r\n\r\n");
		char *length = strcasestr(answer, "content-length:");
		if (end != NULL && length != NULL) {
			size_t body = strtoul(length + 15, NULL, 10);
			if (have >= (size_t)(end + 4 - answer) + body) {
				return str_starts(answer, "HTTP/1.1 200");
			}
		}
	}
}

static void *run_station(void *context) {
	struct station *s = context;
	int one = 1;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	s->failed = fd < 0 || connect(fd, (struct sockaddr *)&s->to, sizeof s->to) != 0;
	for (size_t i = 1; i < s->count && !s->failed; i++) {
		s->failed = !talk(fd, &s->requests[i]);
	}
	if (fd >= 0) {
		close(fd);
	}
	return NULL;
}

static bool first_requests(struct station *stations, size_t count) {
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	bool ok = fd >= 0 && connect(fd, (struct sockaddr *)&stations[0].to, sizeof stations[0].to) == 0;
	for (size_t i = 0; ok && i < count; i++) {
		ok = talk(fd, &stations[i].requests[0]);
	}
	close(fd);
	return ok;
}

static int bursts(const char *path, const char *url, int64_t count, int64_t each) {
	struct err err = {0};
	struct replica replica;
	int64_t port = 0;
	const char *colon = strrchr(url, ':');
	struct store *store = open_event(path, STORE_WRITE);
	must(colon != NULL && str_to_i64(colon + 1, &port) && replica_of_store(store, &replica, &err), &err);
	replica.has_certificate = true;
	struct station *stations = xcalloc((size_t)count, sizeof *stations);
	for (int64_t i = 0; i < count; i++) {
		stations[i].to = (struct sockaddr_in){
			.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
		prepare_station(store, &replica, &stations[i], (size_t)each);
	}
	bool failed = !first_requests(stations, (size_t)count);
	double from = now_s();
	for (int64_t i = 0; i < count && !failed; i++) {
		pthread_create(&stations[i].thread, NULL, run_station, &stations[i]);
	}
	for (int64_t i = 0; i < count && !failed; i++) {
		pthread_join(stations[i].thread, NULL);
	}
	double span = now_s() - from;
	for (int64_t i = 0; i < count; i++) {
		failed = failed || stations[i].failed;
	}
	if (failed) {
		fputs("sync_load: the hub refused something\n", stderr);
		return 1;
	}
	printf("%.0f\n", (double)(count * each * BURST) / span);
	store_close(store);
	return 0;
}

int main(int argc, char **argv) {
	int64_t a = 0;
	int64_t b = 0;
	struct err err = {0};
	must(crypto_init(&err), &err);
	const char *mode = argc > 2 ? argv[1] : "";
	if (str_eq(mode, "fill") && argc == 4 && str_to_i64(argv[3], &a)) {
		return fill(argv[2], a);
	}
	if (str_eq(mode, "wire") && argc == 3) {
		return wire(argv[2]);
	}
	if (str_eq(mode, "bare") && argc == 4) {
		return bare(argv[2], argv[3]);
	}
	if (str_eq(mode, "copy") && argc == 4) {
		return copy(argv[2], argv[3]);
	}
	if (str_eq(mode, "idle") && argc == 5 && str_to_i64(argv[4], &a)) {
		return idle(argv[2], argv[3], a);
	}
	if (str_eq(mode, "bursts") && argc == 6 && str_to_i64(argv[4], &a) && str_to_i64(argv[5], &b)) {
		return bursts(argv[2], argv[3], a, b);
	}
	fputs("sync_load: see the top of tests/bench/sync_load.c\n", stderr);
	return 2;
}
