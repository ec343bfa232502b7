#include "fuzz/fill.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

#define FIELDS_MAX 6
#define OUT_MAX (2 * ENVELOPE_TEXT_MAX) /* a text beyond this is too large for every reader */

void fuzz_chains_fini(struct fuzz_chains *chains) {
	for (size_t i = 0; i < chains->count; i++) {
		free(chains->items[i].hashes);
	}
	free(chains->items);
	*chains = (struct fuzz_chains){.count = 0};
}

/* --- tokens ---------------------------------------------------------------------------------------------------------------------------------- */

static void put_hex(struct strbuf *out, const void *data, size_t n) {
	char hex[2 * SIG_LEN + 1];
	str_hex(data, n, hex);
	strbuf_adds(out, hex);
}

static const struct hash *last_of(const struct fuzz_chain *c, struct hash *none) {
	memset(none, 0, sizeof *none);
	return c->count == 0 ? none : &c->hashes[c->count - 1];
}

static bool put_token(const struct fuzz_world *w, char token, enum fuzz_key signer, struct strbuf *out) {
	static const char keys[FUZZ_KEYS + 1] = "oshdrmxi";
	static const struct hash zeros[2];
	struct hash none;
	const char *key = token == '\0' ? NULL : strchr(keys, token);
	if (key != NULL) {
		put_hex(out, w->keys[key - keys].public_key.b, KEY_LEN);
		return true;
	}
	switch (token) {
	case 'e': put_hex(out, w->origin.event.b, HASH_LEN); return true;
	case 'O': put_hex(out, w->chains[FUZZ_ORGANISER].log.b, HASH_LEN); return true;
	case 'L': put_hex(out, w->chains[FUZZ_STATION].log.b, HASH_LEN); return true;
	case 'R': put_hex(out, w->chains[FUZZ_RETIRED].log.b, HASH_LEN); return true;
	case 'G': put_hex(out, last_of(&w->chains[FUZZ_ORGANISER], &none)->b, HASH_LEN); return true;
	case 'H': put_hex(out, last_of(&w->chains[FUZZ_STATION], &none)->b, HASH_LEN); return true;
	case 'c': put_hex(out, w->certificates[signer].signature.b, SIG_LEN); return true;
	case '0': put_hex(out, zeros, HASH_LEN); return true;
	case 'S': put_hex(out, zeros, SIG_LEN); return true;
	case 'b':
		for (int i = 0; i < 100; i++) {
			strbuf_adds(out, "abcdefghij");
		}
		return true;
	case '%': strbuf_addc(out, '%'); return true;
	default: return false;
	}
}

void fuzz_expand_in(const struct fuzz_world *w, struct octets text, enum fuzz_key signer, struct strbuf *out) {
	const char *data = text.data;
	for (size_t i = 0; i < text.n && out->len < OUT_MAX; i++) {
		if (data[i] == '%' && i + 1 < text.n && put_token(w, data[i + 1], signer, out)) {
			i++;
		} else {
			strbuf_addc(out, data[i]);
		}
	}
}

/* --- runs ------------------------------------------------------------------------------------------------------------------------------------ */

struct filling {
	const struct fuzz_world *w;
	struct fuzz_chains *chains;
	struct strbuf *out;
	bool open;       /* inside a piece of a known key: */
	bool begins;     /* its log's id is not known before its first record */
	char mark;       /* of the piece's first line, which waits until then */
	size_t seq;      /* of the last record */
	size_t chain;    /* in chains->items */
	struct hash log; /* as it is written */
	struct hash before;
};

static bool is_zero(const void *data, size_t n) {
	const uint8_t *b = data;
	for (size_t i = 0; i < n; i++) {
		if (b[i] != 0) {
			return false;
		}
	}
	return true;
}

/* Splits a line at its tabs; the last field keeps the rest. The line is changed. */
static size_t split(char *line, char *fields[FIELDS_MAX], size_t max) {
	size_t count = 0;
	fields[count++] = line;
	for (char *tab = strchr(line, '\t'); tab != NULL && count < max; tab = strchr(tab + 1, '\t')) {
		*tab = '\0';
		fields[count++] = tab + 1;
	}
	return count;
}

static bool find_key(const struct fuzz_world *w, const struct public_key *key, enum fuzz_key *out) {
	for (int k = 0; k < FUZZ_KEYS; k++) {
		if (crypto_key_eq(&w->keys[k].public_key, key)) {
			*out = (enum fuzz_key)k;
			return true;
		}
	}
	return false;
}

/* The chain that a piece goes on with: the last one of the key that has that log (any, when the text leaves it open). */
static const struct fuzz_chain *find_chain(const struct filling *f, enum fuzz_key key, const struct hash *log) {
	bool any = is_zero(log->b, HASH_LEN);
	for (size_t i = f->chains->count; i > 0; i--) {
		const struct fuzz_chain *c = &f->chains->items[i - 1];
		if (c->key == key && (any || crypto_hash_eq(&c->log, log))) {
			return c;
		}
	}
	const struct fuzz_chain *known = &f->w->chains[key];
	return known->count != 0 && (any || crypto_hash_eq(&known->log, log)) ? known : NULL;
}

static void add_hash(struct fuzz_chain *c, const struct hash *hash) {
	ARRAY_GROW(c, hashes);
	c->hashes[c->count++] = *hash;
}

/* A copy of what stands before the piece; the piece's own records are added to it. */
static void start_chain(struct filling *f, enum fuzz_key key, const struct fuzz_chain *from, size_t shared) {
	struct fuzz_chain made = {.key = key};
	if (from != NULL) {
		made.log = from->log;
		for (size_t i = 0; i < shared; i++) {
			struct hash hash = from->hashes[i]; /* `from` may lie in the list that grows */
			add_hash(&made, &hash);
		}
	}
	ARRAY_GROW(f->chains, items);
	f->chains->items[f->chains->count] = made;
	f->chain = f->chains->count++;
}

static void put_piece(const struct filling *f) {
	struct run run = {
		.log = f->log, .author = f->w->keys[f->chains->items[f->chain].key].public_key, .from = f->seq + 1, .before = f->before};
	message_put_piece(f->out, f->mark, &run);
}

/* False when the line is to be written as it is. */
static bool open_piece(struct filling *f, char *line) {
	char *fields[FIELDS_MAX];
	struct public_key author;
	enum fuzz_key key;
	int64_t from = 0;
	f->open = false;
	f->mark = line[0];
	if (split(line, fields, FIELDS_MAX) != 5 || !str_unhex(fields[1], f->log.b, HASH_LEN) || !str_unhex(fields[2], author.b, KEY_LEN) ||
	    !str_to_i64(fields[3], &from) || from < 1 || !str_unhex(fields[4], f->before.b, HASH_LEN) || !find_key(f->w, &author, &key)) {
		return false;
	}
	const struct fuzz_chain *chain = from == 1 && is_zero(f->log.b, HASH_LEN) ? NULL : find_chain(f, key, &f->log);
	f->begins = chain == NULL && from == 1 && is_zero(f->log.b, HASH_LEN);
	if (chain == NULL && !f->begins) {
		return false;
	}
	size_t shared = chain == NULL ? 0 : chain->count < (size_t)from - 1 ? chain->count : (size_t)from - 1;
	if (chain != NULL) {
		f->log = chain->log;
		if (is_zero(f->before.b, HASH_LEN) && shared == (size_t)from - 1 && shared > 0) {
			f->before = chain->hashes[shared - 1];
		}
	}
	start_chain(f, key, chain, shared);
	f->open = true;
	f->seq = (size_t)from - 1;
	if (!f->begins) {
		put_piece(f);
	}
	return true;
}

static void add_record(struct filling *f, char *line, size_t len) {
	char *fields[FIELDS_MAX];
	char *copy = xstrndup(line, len);
	struct record r = {.seq = f->seq + 1};
	if (split(copy, fields, 5) == 5 && str_to_i64(fields[1], &r.mono.v) && str_to_i64(fields[2], &r.utc.v)) {
		r.kind = fields[0];
		r.subject = fields[3];
		if (!str_starts(fields[4], "-\t") || !str_unhex(fields[4] + 2, r.body_sha256.b, HASH_LEN)) {
			r.body_sha256 = crypto_sha256(fields[4], strlen(fields[4]));
		}
		struct hash hash = record_hash(&r, r.seq == 1 ? NULL : &f->before);
		if (f->begins) {
			f->log = f->chains->items[f->chain].log = hash;
			put_piece(f);
			f->begins = false;
		}
		add_hash(&f->chains->items[f->chain], &hash);
		f->before = hash;
		f->seq++;
	}
	strbuf_add(f->out, line, len);
	free(copy);
}

static void close_run(struct filling *f, const char *line, size_t len) {
	struct signature signature;
	char head[RECORD_HEAD_TEXT];
	if (!str_unhex(line + 2, signature.b, SIG_LEN) || !is_zero(signature.b, SIG_LEN)) {
		strbuf_add(f->out, line, len);
		strbuf_addc(f->out, '\n');
		return;
	}
	size_t n = record_head_text(&f->log, f->seq, &f->before, head);
	key_pair_sign(&f->w->keys[f->chains->items[f->chain].key], head, n, &signature);
	message_put_signature(f->out, &signature);
}

void fuzz_fill(const struct fuzz_world *w, struct fuzz_chains *chains, const struct strbuf *text, struct strbuf *out) {
	struct filling f = {.w = w, .chains = chains, .out = out};
	const char *at = strbuf_str(text);
	const char *end = at + text->len;
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t n = newline == NULL ? (size_t)(end - at) : (size_t)(newline - at);
		char *line = xmalloc(n + 1);
		memcpy(line, at, n);
		line[n] = '\0';
		if (strlen(line) != n || newline == NULL) {
			strbuf_add(out, at, n + (newline != NULL));
		} else if (str_starts(line, ">\t") || str_starts(line, "!\t")) {
			if (!open_piece(&f, line)) {
				strbuf_add(out, at, n + 1);
			}
		} else if (f.open && str_starts(line, "=\t")) {
			close_run(&f, line, n);
		} else if (f.open) {
			add_record(&f, line, n);
			strbuf_addc(out, '\n');
		} else {
			strbuf_add(out, at, n + 1);
		}
		free(line);
		at += n + (newline != NULL);
	}
}
