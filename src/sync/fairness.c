#include "sync/fairness.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define SLOTS 4096 /* senders that are remembered; more than any event has stations that ask within seconds */
#define WAYS 8     /* slots that a sender may have */
#define SEEN 8192  /* requests that are remembered, about: more than one sender's share of the time is enough for while a replay matters */
#define BUSY_WAIT_MS 1000             /* for who has too many requests worked for at once */
#define FORGOTTEN_MS (10 * 60 * 1000) /* who is known and asked nothing for so long may give way to others */

struct bucket {
	int64_t debt_us;   /* at `at` */
	struct mono_ms at; /* when it was last counted */
};

struct sender {
	struct public_key key; /* zeros: the slot is free */
	struct bucket bucket;
	unsigned working;
	bool known; /* a member: a request of theirs was answered before */
};

struct fairness {
	bool owner_works;
	uint64_t seed;        /* of where senders and requests stand: nobody can choose a key to push another out */
	pthread_mutex_t busy; /* guards what follows */
	struct sender slots[SLOTS];
	struct bucket newcomers;
	uint8_t seen[SEEN][ENVELOPE_ONCE_LEN];
	struct {
		struct public_key key;
		struct mono_ms at;
		bool any;
	} last[2]; /* the two senders that asked last, the latest first */
};

struct fairness *fairness_open(bool owner_works) {
	struct fairness *f = xcalloc(1, sizeof *f);
	f->owner_works = owner_works;
	crypto_random(&f->seed, sizeof f->seed);
	pthread_mutex_init(&f->busy, NULL);
	return f;
}

void fairness_close(struct fairness *f) {
	if (f != NULL) {
		pthread_mutex_destroy(&f->busy);
		free(f);
	}
}

int64_t fairness_cost_us(size_t text, size_t answer) { return 300 + (int64_t)text / 4 + (int64_t)answer / 8; }

/* --- one bucket ------------------------------------------------------------------------------------------------------------------------------ */

/* The share of a millisecond is as many microseconds of debt. */
#define PAID_US_A_MS (1000 * FAIRNESS_SHARE_PERCENT / 100)

static int64_t debt_now(const struct bucket *b, struct mono_ms now) {
	int64_t paid = (now.v - b->at.v) * PAID_US_A_MS;
	return b->debt_us > paid ? b->debt_us - paid : 0;
}

static void charge(struct bucket *b, int64_t cost_us, int64_t most_us, struct mono_ms now) {
	int64_t debt = debt_now(b, now) + cost_us;
	b->debt_us = debt < most_us ? debt : most_us;
	b->at = now;
}

static int64_t wait_ms(const struct bucket *b, int64_t burst_us, struct mono_ms now) {
	int64_t beyond = debt_now(b, now) - burst_us;
	return beyond > 0 ? beyond / PAID_US_A_MS : 0;
}

/* --- who asks -------------------------------------------------------------------------------------------------------------------------------- */

/* FNV-1a, begun at the seed. */
static size_t place_of(const struct fairness *f, const uint8_t *bytes, size_t n) {
	uint64_t hash = f->seed;
	for (size_t i = 0; i < n; i++) {
		hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
	}
	return (size_t)(hash >> 20);
}

static uint8_t *seen_at(struct fairness *f, const struct fairness_asker *asker) {
	return f->seen[place_of(f, asker->once, ENVELOPE_ONCE_LEN) % SEEN];
}

/* To whom a request is put down. Nobody's key has all bits set: it is no point of the curve. */
static struct public_key whose(struct fairness *f, const struct fairness_asker *asker) {
	struct public_key again;
	memset(again.b, 0xff, sizeof again.b);
	return memcmp(seen_at(f, asker), asker->once, ENVELOPE_ONCE_LEN) == 0 ? again : asker->sender;
}

static struct sender *find(struct fairness *f, const struct public_key *key) {
	size_t first = place_of(f, key->b, KEY_LEN) % SLOTS;
	for (size_t i = 0; i < WAYS; i++) {
		struct sender *s = &f->slots[(first + i) % SLOTS];
		if (crypto_key_eq(&s->key, key)) {
			return s;
		}
	}
	return NULL;
}

/* The one that is not known, then the one less in debt, then the one that asked longer ago; a free slot never did. */
static bool gives_way_before(const struct sender *a, const struct sender *b, struct mono_ms now) {
	int64_t ours = debt_now(&a->bucket, now), theirs = debt_now(&b->bucket, now);
	if (a->known != b->known) {
		return !a->known;
	}
	return ours != theirs ? ours < theirs : a->bucket.at.v < b->bucket.at.v;
}

/* NULL when all that could give way are known, or being worked for: then this one's work is put down to the newcomers alone. */
static struct sender *add(struct fairness *f, const struct public_key *key, struct mono_ms now) {
	struct sender *best = NULL;
	size_t first = place_of(f, key->b, KEY_LEN) % SLOTS;
	for (size_t i = 0; i < WAYS; i++) {
		struct sender *s = &f->slots[(first + i) % SLOTS];
		bool may = s->working == 0 && (!s->known || now.v - s->bucket.at.v > FORGOTTEN_MS);
		if (may && (best == NULL || gives_way_before(s, best, now))) {
			best = s;
		}
	}
	if (best != NULL) {
		*best = (struct sender){.key = *key};
	}
	return best;
}

static void note_asking(struct fairness *f, const struct public_key *key, struct mono_ms now) {
	if (!f->last[0].any || !crypto_key_eq(&f->last[0].key, key)) {
		f->last[1] = f->last[0];
	}
	f->last[0].key = *key;
	f->last[0].at = now;
	f->last[0].any = true;
}

static bool others_ask(const struct fairness *f, const struct public_key *key, struct mono_ms now) {
	size_t i = f->last[0].any && crypto_key_eq(&f->last[0].key, key) ? 1 : 0;
	return f->owner_works || (f->last[i].any && now.v - f->last[i].at.v < FAIRNESS_ACTIVE_MS);
}

/* Only what asks for much, and has long to wait, while others ask. */
static int64_t too_long_ms(struct fairness *f, const struct public_key *who, size_t bytes, struct mono_ms now) {
	const struct sender *s = find(f, who);
	int64_t wait =
		s != NULL && s->known ? wait_ms(&s->bucket, FAIRNESS_BURST_US, now) : wait_ms(&f->newcomers, FAIRNESS_NEW_BURST_US, now);
	return bytes > FAIRNESS_SMALL && wait > FAIRNESS_PATIENCE_MS && others_ask(f, who, now) ? wait : 0;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------------- */

int64_t fairness_wait_ms(struct fairness *f, const struct fairness_asker *asker, struct mono_ms now) {
	pthread_mutex_lock(&f->busy);
	struct public_key who = whose(f, asker);
	int64_t wait = too_long_ms(f, &who, asker->bytes, now);
	pthread_mutex_unlock(&f->busy);
	return wait;
}

int64_t fairness_enter(struct fairness *f, const struct fairness_asker *asker, struct public_key *who, struct mono_ms now) {
	pthread_mutex_lock(&f->busy);
	*who = whose(f, asker);
	int64_t wait = too_long_ms(f, who, asker->bytes, now);
	struct sender *s = find(f, who);
	s = s != NULL || wait > 0 ? s : add(f, who, now);
	wait = wait == 0 && s != NULL && s->working >= FAIRNESS_AT_ONCE ? BUSY_WAIT_MS : wait;
	if (wait == 0) {
		note_asking(f, who, now);
		memcpy(seen_at(f, asker), asker->once, ENVELOPE_ONCE_LEN);
	}
	if (wait == 0 && s != NULL) {
		s->working++;
	}
	pthread_mutex_unlock(&f->busy);
	return wait;
}

int64_t fairness_leave(struct fairness *f, const struct public_key *who, bool member, int64_t cost_us, struct mono_ms now) {
	pthread_mutex_lock(&f->busy);
	struct sender *s = find(f, who);
	bool others = others_ask(f, who, now);
	int64_t wait = 0;
	if (s == NULL || !s->known) {
		charge(&f->newcomers, cost_us, FAIRNESS_NEW_BURST_US + FAIRNESS_DEBT_MOST_US, now);
	}
	if (s != NULL) {
		s->known = s->known || member;
		s->working -= s->working > 0;
		/* Who was alone is not turned away when somebody comes. */
		int64_t most = others ? FAIRNESS_DEBT_MOST_US : (int64_t)FAIRNESS_PATIENCE_MS * PAID_US_A_MS;
		charge(&s->bucket, cost_us, FAIRNESS_BURST_US + most, now);
		wait = others ? wait_ms(&s->bucket, FAIRNESS_BURST_US, now) : 0;
	}
	pthread_mutex_unlock(&f->busy);
	return wait < FAIRNESS_KEPT_MOST_MS ? wait : FAIRNESS_KEPT_MOST_MS;
}
