#include "fuzz/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "fuzz/fill.h"
#include "store/create.h"
#include "store/read/audit.h"
#include "store/view/roles.h"
#include "sync/replica_store.h"

_Noreturn void fuzz_fail(const char *file, int line, const char *what) {
	fprintf(stderr, "%s:%d: this does not hold: %s\n", file, line, what);
	abort();
}

static void must(bool ok, const struct err *err) {
	if (!ok) {
		fprintf(stderr, "%s\n", err->text);
		abort();
	}
}

/* --- the event ------------------------------------------------------------------------------------------------------------------------------- */

/* Its logs, in the order in which they are taken. The organiser's first record is the event's genesis: its hash is the event's id, which the
 * rest speaks of, so that comes in a second text. */
static const char GENESIS[] = ">\t%0\t%o\t1\t%0\n"
			      "genesis\t0\t1778745600000\t\t{\"turnout\":1,\"organiser\":\"%o\",\"random\":\"00\"}\n=\t%S\n";
static const char EVENT[] =
	">\t%0\t%o\t2\t%0\n"
	"invite\t1\t1778745600000\t\t{\"key\":\"%i\",\"role\":\"station\"}\n"
	"event\t2\t1778745600000\t\t{\"set\":{\"title\":\"Ярмарок\",\"timezone\":\"Europe/Kyiv\",\"languages\":\"uk,en\"}}\n"
	"role\t3\t1778745600000\t\t{\"key\":\"%h\",\"role\":\"hub\",\"name\":\"\"}\n"
	"role\t4\t1778745600000\t\t{\"key\":\"%d\",\"role\":\"editor\",\"name\":\"Ed\"}\n"
	"person\t5\t1778745600000\taa01\t{\"id\":\"000000000000000000aa\",\"set\":{\"name\":\"Ann\",\"code\":\"A\"},\"salt\":\"00\"}\n"
	"person\t6\t1778745600000\tbb02\t{\"id\":\"000000000000000000bb\",\"set\":{\"name\":\"Bo\",\"code\":\"B\"},\"salt\":\"00\"}\n"
	"session\t7\t1778745600000\t\t{\"id\":\"00000000000000000011\",\"set\":{\"title\":\"Мед\",\"when\":{\"start\":1778745600000,"
	"\"end\":1778749200000,\"offset\":180,\"room\":\"A\",\"capacity\":2}}}\n"
	"badge\t8\t1778745600000\t\t{\"code\":\"TO0ZZTBRP1RMUVH\",\"person\":\"000000000000000000aa\",\"aloud\":\"XEQW-N2XJ\"}\n=\t%S\n"
	">\t%0\t%s\t1\t%0\n"
	"log\t1000\t1778745600000\t\t{\"event\":\"%e\",\"key\":\"%s\",\"certificate\":{\"invitation\":\"%i\",\"signature\":\"%c\"}}\n"
	"anchor\t1001\t1778745600000\t\t{\"rank\":\"ntp\"}\n=\t%S\n"
	"checkin\t2000\t1778745601000\t\t{\"code\":\"A\",\"point\":\"arrival\",\"shown\":\"accepted\",\"how\":\"camera\"}\n"
	"walkin\t3000\t1778745602000\tcc03\t{\"id\":\"000000000000000000cc\",\"set\":{\"name\":\"Cy\"},\"code\":\"TO0ZZTBRP1RMUVH\","
	"\"salt\":\"00\"}\n"
	"checkin\t4000\t1778745603000\t\t{\"code\":\"B\",\"point\":\"00000000000000000011\",\"shown\":\"accepted\",\"how\":\"wedge\"}\n=\t%"
	"S\n";
static const char RETIRED[] = ">\t%0\t%r\t1\t%0\n"
			      "log\t1000\t1778745600000\t\t{\"event\":\"%e\",\"key\":\"%r\",\"certificate\":{\"invitation\":\"%i\","
			      "\"signature\":\"%c\"}}\n=\t%S\n"
			      ">\t%0\t%o\t10\t%0\n"
			      "retire\t9\t1778745600000\t\t{\"key\":\"%r\",\"logs\":{\"%R\":1}}\n"
			      "erase\t10\t1778745600000\t\t{\"subject\":\"bb02\"}\n=\t%S\n";

static void take(struct store *store, const struct strbuf *lines) {
	struct err err = {0};
	struct strbuf text = {0};
	struct message message;
	message_begin(&text, MESSAGE_STICK);
	strbuf_add(&text, lines->data, lines->len);
	must(message_read(&text, &message, &err), &err);
	struct intake intake = {.runs = message.runs, .count = message.run_count};
	intake.fates = xcalloc(intake.count, sizeof *intake.fates);
	must(replica_store_ops.take(store, &intake, &err), &err);
	for (size_t i = 0; i < intake.count; i++) {
		if (intake.fates[i].wrong || intake.fates[i].result.outcome != MERGE_ADDED) {
			fprintf(stderr, "the event's own run %zu: %s\n", i, intake.fates[i].why);
			abort();
		}
	}
	free(intake.fates);
	message_fini(&message);
}

static void remember(struct fuzz_world *w, const struct fuzz_chains *made) {
	for (size_t i = 0; i < made->count; i++) {
		struct fuzz_chain *known = &w->chains[made->items[i].key];
		free(known->hashes);
		*known = made->items[i];
	}
}

static void make_logs(struct fuzz_world *w, struct strbuf *out) {
	static const struct {
		const char *text;
		enum fuzz_key signer;
	} parts[] = {{GENESIS, FUZZ_ORGANISER}, {EVENT, FUZZ_STATION}, {RETIRED, FUZZ_RETIRED}};
	struct fuzz_chains chains = {.count = 0};
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		struct strbuf plain = {0};
		fuzz_expand_in(w, (struct octets){parts[i].text, strlen(parts[i].text)}, parts[i].signer, &plain);
		if (i == 2) { /* the retired key's log id is known once it is filled in: twice, then */
			struct strbuf dry = {0};
			struct fuzz_chains first = {.count = 0};
			fuzz_fill(w, &first, &plain, &dry);
			w->chains[FUZZ_RETIRED].log = first.items[0].log;
			fuzz_chains_fini(&first);
			strbuf_fini(&dry);
			strbuf_reset(&plain);
			fuzz_expand_in(w, (struct octets){parts[i].text, strlen(parts[i].text)}, parts[i].signer, &plain);
		}
		fuzz_fill(w, &chains, &plain, out);
		if (i == 0) {
			w->origin.event = chains.items[0].log;
			for (int k = 0; k < FUZZ_KEYS; k++) {
				certificate_make(&w->keys[FUZZ_INVITATION], &w->origin.event, &w->keys[k].public_key, &w->certificates[k]);
			}
		}
		strbuf_fini(&plain);
	}
	remember(w, &chains);
	free(chains.items);
}

static void check_roles(struct store *store, const struct fuzz_world *w) {
	static const enum station_verdict wanted[FUZZ_KEYS] = {[FUZZ_ORGANISER] = VERDICT_ORGANISER,
							       [FUZZ_STATION] = VERDICT_STATION,
							       [FUZZ_HUB] = VERDICT_HUB,
							       [FUZZ_EDITOR] = VERDICT_EDITOR,
							       [FUZZ_RETIRED] = VERDICT_RETIRED};
	struct err err = {0};
	for (int k = 0; k < FUZZ_KEYS; k++) {
		enum station_verdict verdict;
		must(role_verdict(store, &w->keys[k].public_key, &verdict, &err), &err);
		fuzz_assert(verdict == wanted[k]);
	}
}

static struct fuzz_world *make_world(void) {
	struct fuzz_world *w = xcalloc(1, sizeof *w);
	struct err err = {0};
	struct strbuf logs = {0};
	char folder[] = "/dev/shm/turnout-fuzz-XXXXXX";
	char other[] = "/tmp/turnout-fuzz-XXXXXX";
	must(crypto_init(&err), &err);
	const char *made = mkdtemp(file_is_dir("/dev/shm") ? folder : other);
	fuzz_assert(made != NULL);
	w->folder = xstrdup(made);
	setenv("XDG_STATE_HOME", w->folder, 1);
	for (int k = 0; k < FUZZ_KEYS; k++) {
		uint8_t seed[KEY_LEN];
		memset(seed, k + 1, sizeof seed);
		crypto_key_from_seed(&w->keys[k], seed);
	}
	w->origin.organiser = w->keys[FUZZ_ORGANISER].public_key;
	w->origin.has_invitation = true;
	memset(w->origin.invitation_seed, FUZZ_INVITATION + 1, KEY_LEN);
	memset(w->origin.event_key, 99, KEY_LEN);
	make_logs(w, &logs);
	w->template = file_join(w->folder, "template");
	must(store_adopt(w->template, &w->origin, &err), &err);
	struct store *store = store_open(w->template, STORE_WRITE, "fuzz", &err);
	must(store != NULL, &err);
	take(store, &logs);
	check_roles(store, w);
	fuzz_check_views(store);
	store_close(store);
	strbuf_fini(&logs);
	return w;
}

static struct fuzz_world *the_world(bool end) {
	static struct fuzz_world *world;
	if (world == NULL && !end) {
		world = make_world();
	}
	return world;
}

static void remove_world(void) {
	const struct fuzz_world *w = the_world(true);
	char *command = w == NULL ? NULL : xasprintf("rm -rf %s", w->folder);
	if (command != NULL && system(command) != 0) { /* NOLINT: the words are ours */
		fprintf(stderr, "%s is left over\n", w->folder);
	}
	free(command);
}

const struct fuzz_world *fuzz_world(void) {
	if (the_world(true) == NULL) {
		atexit(remove_world);
	}
	return the_world(false);
}

/* --- files ----------------------------------------------------------------------------------------------------------------------------------- */

static void open_file(struct fuzz_file *f) {
	const struct fuzz_world *w = fuzz_world();
	struct err err = {0};
	struct strbuf bytes = {0};
	must(file_read(w->template, SIZE_MAX, &bytes, &err) && file_write(f->path, bytes.data, bytes.len, &err), &err);
	strbuf_fini(&bytes);
	f->store = store_open(f->path, STORE_WRITE, "fuzz", &err);
	must(f->store != NULL && replica_of_store(f->store, &f->replica, &err), &err);
	f->replica.signer = w->keys[FUZZ_HUB];
	f->replica.has_certificate = false;
}

void fuzz_file_open(struct fuzz_file *f, const char *name) {
	f->path = file_join(fuzz_world()->folder, name);
	open_file(f);
}

void fuzz_file_reset(struct fuzz_file *f) {
	store_close(f->store);
	open_file(f);
}

struct fuzz_file *fuzz_file_fresh(void) {
	static struct fuzz_file file;
	if (file.store == NULL) {
		fuzz_file_open(&file, "event");
	}
	return &file;
}

static void show_fault(void *context, const char *sentence) {
	(void)context;
	fprintf(stderr, "%s\n", sentence);
}

void fuzz_check_views(struct store *store) {
	struct err err = {0};
	struct hash before, after;
	struct audit audit;
	must(audit_digest(store, &before, &err), &err);
	must(store_rebuild(store, &err), &err);
	must(audit_digest(store, &after, &err), &err);
	fuzz_assert(crypto_hash_eq(&before, &after));
	must(audit_verify(store, &audit, show_fault, NULL, &err), &err);
	fuzz_assert(audit.faults == 0);
}

/* --- texts ----------------------------------------------------------------------------------------------------------------------------------- */

void fuzz_expand(const char *data, size_t n, enum fuzz_key signer, struct strbuf *out) {
	fuzz_expand_in(fuzz_world(), (struct octets){data, n}, signer, out);
}

void fuzz_text(const char *data, size_t n, enum fuzz_key signer, struct strbuf *out) {
	const struct fuzz_world *w = fuzz_world();
	struct strbuf plain = {0};
	struct fuzz_chains chains = {.count = 0};
	fuzz_expand_in(w, (struct octets){data, n}, signer, &plain);
	fuzz_fill(w, &chains, &plain, out);
	fuzz_chains_fini(&chains);
	strbuf_fini(&plain);
}

bool fuzz_proves(const struct strbuf *text) { return text->len != 0 && memmem(text->data, text->len, "!\t", 2) != NULL; }

bool fuzz_part(const uint8_t **data, size_t *n, struct octets *part) {
	if (*n == 0) {
		return false;
	}
	const uint8_t *end = memchr(*data, 0x1E, *n);
	size_t len = end == NULL ? *n : (size_t)(end - *data);
	*part = (struct octets){*data, len};
	*data += len + (end != NULL);
	*n -= len + (end != NULL);
	return true;
}
