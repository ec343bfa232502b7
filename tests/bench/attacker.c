/* For attack.bench: somebody who holds a copy of an event and brings a hub as much as it takes, and the clocks that say what others notice of it.
 *
 *     attacker logs EVENT URL N [KEYS]      brings N short logs of one key, or of so many
 *     attacker branches EVENT URL N         brings N branches of one log, all of which leave it at the same record
 *     attacker junk EVENT URL MB            brings large records until they are held back, or so much was brought
 *     attacker flood EVENT URL S CONNS      all of that, made beforehand, over so many connections: says "posting", posts it once, says what came
 *                                           of that, and posts it again and again for S seconds
 *     attacker idle EVENT URL N             N whole rounds with nothing new: "ms µs", the median time and the processor time of one
 *     attacker honest EVENT URL N           N check-ins, a round after each: "ms", the median time of a round
 *
 * Those that bring print "posts sent taken held failed ms": requests, runs in them, records that were taken, runs that were held back, requests
 * that were not answered with 200, and how long the posting took. What is brought is signed before the clock runs. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "lib/craft.h"
#include "lib/meet.h"
#include "sync/http_transport.h"
#include "sync/replica_store.h"

#define TEXT_MOST ((size_t)600 * 1024) /* of a request's text: hexadecimal packs to half of it, and what goes beyond is one run */
#define BODY_BYTES 20000               /* of random bytes in a large record */
#define CONNECTIONS_MOST 64

static void must(bool ok, const struct err *err) {
	if (!ok) {
		fprintf(stderr, "attacker: %s\n", err->text);
		exit(1);
	}
}

static struct http_client *open_client(void) {
	struct err err = {0};
	struct http_client *client = NULL;
	must(http_client_open(&(struct http_client_options){.direct = true}, &client, &err), &err);
	return client;
}

struct side {
	struct store *store;
	struct replica replica;
	const char *url;
};

static void side_open(struct side *side, const char *event, const char *url) {
	struct err err = {0};
	side->url = url;
	side->store = store_open(event, STORE_WRITE, "attacker", &err);
	must(side->store != NULL && replica_of_store(side->store, &side->replica, &err), &err);
}

static void side_close(struct side *side) {
	replica_fini(&side->replica);
	store_close(side->store);
}

/* --- what is brought ------------------------------------------------------------------------------------------------------------------------ */

struct requests {
	struct strbuf *items; /* sealed */
	size_t count, cap;
	size_t runs; /* in all of them */
};

struct attack {
	struct side side;
	struct craft_member member; /* in whose name all is posted */
	struct requests requests;
	struct strbuf runs; /* of the request that is being filled */
};

static void attack_open(struct attack *a, const char *event, const char *url) {
	*a = (struct attack){.requests = {0}};
	side_open(&a->side, event, url);
	a->member = craft_member_of(a->side.store);
}

static void attack_close(struct attack *a) {
	for (size_t i = 0; i < a->requests.count; i++) {
		strbuf_fini(&a->requests.items[i]);
	}
	free(a->requests.items);
	strbuf_fini(&a->runs);
	side_close(&a->side);
}

static void seal(struct attack *a) {
	struct strbuf text = {0};
	ARRAY_GROW(&a->requests, items);
	struct strbuf *request = &a->requests.items[a->requests.count++];
	*request = (struct strbuf){0};
	message_begin(&text, MESSAGE_REQUEST);
	message_put_certificate(&text, &a->member.certificate);
	strbuf_add(&text, a->runs.data, a->runs.len);
	envelope_close(&a->side.replica.keys, &a->member.key, (struct octets){text.data, text.len}, request);
	strbuf_reset(&a->runs);
	strbuf_fini(&text);
}

static void seal_when_full(struct attack *a) {
	a->requests.runs++;
	if (a->runs.len >= TEXT_MOST) {
		seal(a);
	}
}

static void seal_rest(struct attack *a) {
	if (a->runs.len != 0) {
		seal(a);
	}
}

static void make_logs(struct attack *a, int64_t count, int64_t keys) {
	struct craft_member member = a->member;
	for (int64_t i = 0; i < count; i++) {
		struct craft log;
		if (i > 0 && i * keys / count != (i - 1) * keys / count) {
			member = craft_member_of(a->side.store);
		}
		craft_join(&log, &member, a->side.store, (int)i, &a->runs);
		seal_when_full(a);
	}
	seal_rest(a);
}

static void make_branches(struct attack *a, int64_t count) {
	struct craft trunk;
	craft_join(&trunk, &a->member, a->side.store, -1, &a->runs);
	craft_notes(&trunk, "trunk", 1, &a->runs);
	a->requests.runs++;
	seal_when_full(a);
	for (int64_t i = 0; i < count; i++) {
		struct craft branch = trunk;
		char word[32];
		snprintf(word, sizeof word, "branch %lld", (long long)i);
		craft_notes(&branch, word, 1, &a->runs);
		seal_when_full(a);
	}
	seal_rest(a);
}

static void add_large(struct craft *log, struct strbuf *text) {
	static uint8_t random[BODY_BYTES];
	static char hex[2 * BODY_BYTES + 1];
	crypto_random(random, sizeof random);
	str_hex(random, sizeof random, hex);
	char *body = xasprintf("{\"note\":\"%s\"}", hex);
	craft_piece(log, '>', text);
	craft_add(log, &(struct craft_record){.kind = "note", .subject = "", .body = body}, text);
	craft_sign(log, text);
	free(body);
}

static void make_junk(struct attack *a, int64_t mb) {
	struct craft log;
	craft_join(&log, &a->member, a->side.store, -2, &a->runs);
	a->requests.runs++;
	for (int64_t bytes = 0; bytes < mb * 1024 * 1024; bytes += INT64_C(2) * BODY_BYTES) {
		add_large(&log, &a->runs);
		seal_when_full(a);
	}
	seal_rest(a);
}

/* --- posting it ----------------------------------------------------------------------------------------------------------------------------- */

struct tally {
	size_t posts, taken, held, failed;
};

/* What a hub said: how many runs it held back. What it has of each log is said by the log, not by the record: that is counted by its own figures. */
static void count_answer(struct attack *a, const struct http_client_answer *answer, struct tally *tally) {
	struct err err = {0};
	struct strbuf text = {0};
	struct message message = {0};
	struct public_key sender;
	tally->posts++;
	if (answer->status != 200) {
		tally->failed++;
		return;
	}
	must(envelope_open(&a->side.replica.keys, (struct octets){answer->body.data, answer->body.len}, &sender, &text, &err) &&
		     message_read(&text, &message, &err),
	     &err);
	if (message.refuse_word != NULL) {
		fprintf(stderr, "attacker: refused: %s\n", message.refuse_word);
		tally->failed++;
	}
	tally->taken += message.have.count;
	tally->held += message.later.count;
	message_fini(&message);
	strbuf_fini(&text);
}

struct posting {
	struct attack *attack;
	atomic_size_t next;
	int64_t until_us; /* 0: each request once */
	pthread_mutex_t busy;
	struct tally tally; /* guarded by `busy` */
};

static bool goes_on(struct posting *p, size_t turn) {
	return p->until_us == 0 ? turn < p->attack->requests.count : clock_span_us() < p->until_us;
}

static void *post_all(void *context) {
	struct posting *p = context;
	struct http_client_answer answer = {.status = 0};
	struct http_client *client = open_client();
	char *url = xasprintf("%s" EXCHANGE_PATH, p->attack->side.url);
	for (size_t turn; goes_on(p, turn = atomic_fetch_add(&p->next, 1));) {
		struct err err = {0};
		const struct strbuf *request = &p->attack->requests.items[turn % p->attack->requests.count];
		bool answered = http_client_post(client, url, request->data, request->len, &answer, &err);
		answer.status = answered ? answer.status : 0;
		pthread_mutex_lock(&p->busy);
		count_answer(p->attack, &answer, &p->tally);
		pthread_mutex_unlock(&p->busy);
	}
	free(url);
	http_client_answer_fini(&answer);
	http_client_close(client);
	return NULL;
}

static void post(struct attack *a, int64_t seconds, int64_t connections) {
	struct posting p = {.attack = a};
	pthread_t threads[CONNECTIONS_MOST];
	int64_t from = clock_span_us();
	pthread_mutex_init(&p.busy, NULL);
	p.until_us = seconds == 0 ? 0 : from + seconds * 1000000;
	for (int64_t i = 0; i < connections; i++) {
		if (pthread_create(&threads[i], NULL, post_all, &p) != 0) {
			fputs("attacker: no thread\n", stderr);
			exit(1);
		}
	}
	for (int64_t i = 0; i < connections; i++) {
		pthread_join(threads[i], NULL);
	}
	printf("%zu %zu %zu %zu %zu %.1f\n", p.tally.posts, a->requests.runs, p.tally.taken, p.tally.held, p.tally.failed,
	       (double)(clock_span_us() - from) / 1000);
	pthread_mutex_destroy(&p.busy);
}

static void flood(struct attack *a, int64_t seconds, int64_t connections) {
	make_logs(a, 1500, 1);
	make_branches(a, 500);
	make_junk(a, 72);
	puts("posting");
	fflush(stdout);
	post(a, 0, connections); /* as much as is taken */
	fflush(stdout);
	post(a, seconds, connections);
}

/* --- what others notice --------------------------------------------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b) {
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double processor_us(void) {
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

struct rounds_made {
	double *ms;
	size_t count;
	double processor_us; /* of all */
};

static void check_in(struct store *store, int64_t number) {
	struct err err = {0};
	char code[32];
	snprintf(code, sizeof code, "P%lld", (long long)number);
	must(meet_let_in(store, code, &err), &err);
}

/* The first round, in which both sides learn of each other, is not counted. */
static void go_rounds(struct side *side, int64_t count, bool news, struct rounds_made *out) {
	struct err err = {0};
	struct http_client_answer answer = {.status = 0};
	struct http_client *client = open_client();
	struct exchange *x = exchange_open(&side->replica);
	*out = (struct rounds_made){.ms = xcalloc((size_t)count + 1, sizeof *out->ms)};
	for (int64_t i = 0; i <= count; i++) {
		if (news) {
			check_in(side->store, i);
			clock_sleep_ms(20);
		}
		double used = processor_us();
		int64_t from = clock_span_us();
		exchange_begin(x, true);
		must(http_transport_run(x, client, side->url, &answer, &err), &err);
		if (i > 0) {
			out->ms[out->count++] = (double)(clock_span_us() - from) / 1000;
			out->processor_us += processor_us() - used;
		}
	}
	qsort(out->ms, out->count, sizeof *out->ms, by_size);
	exchange_close(x);
	http_client_answer_fini(&answer);
	http_client_close(client);
}

static int measure(const char *mode, const char *event, const char *url, int64_t count) {
	struct side side;
	struct rounds_made made;
	bool news = str_eq(mode, "honest");
	side_open(&side, event, url);
	go_rounds(&side, count, news, &made);
	printf("%.3f", made.ms[made.count / 2]);
	if (!news) {
		printf(" %.0f", made.processor_us / (double)made.count);
	}
	putchar('\n');
	free(made.ms);
	side_close(&side);
	return 0;
}

static int usage(void) {
	fputs("attacker: see the top of tests/bench/attacker.c\n", stderr);
	return 2;
}

int main(int argc, char **argv) {
	struct err err = {0};
	struct attack a;
	int64_t n = 0;
	int64_t more = 1;
	must(crypto_init(&err), &err);
	if (argc < 5 || argc > 6 || !str_to_i64(argv[4], &n) || n < 1 || (argc == 6 && !str_to_i64(argv[5], &more)) || more < 1) {
		return usage();
	}
	const char *mode = argv[1];
	if (str_eq(mode, "idle") || str_eq(mode, "honest")) {
		return measure(mode, argv[2], argv[3], n);
	}
	attack_open(&a, argv[2], argv[3]);
	if (str_eq(mode, "flood") && more <= CONNECTIONS_MOST) {
		flood(&a, n, more);
	} else if (str_eq(mode, "logs") || str_eq(mode, "branches") || str_eq(mode, "junk")) {
		if (str_eq(mode, "logs")) {
			make_logs(&a, n, more);
		} else if (str_eq(mode, "branches")) {
			make_branches(&a, n);
		} else {
			make_junk(&a, n);
		}
		post(&a, 0, 1);
	} else {
		attack_close(&a);
		return usage();
	}
	attack_close(&a);
	return 0;
}
