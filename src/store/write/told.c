#include "store/write/told.h"

#include "store/file/meta.h"
#include "store/file/state.h"
#include "store/log/keys.h"
#include "store/write/transaction.h"

/* What can be said, and where it is kept: in the file, and in memory. */
struct word {
	const char *name;
	bool *said;
	struct public_key *by;
};

static struct word retired_word(struct store *store) { return (struct word){"told_retired", &store->told_retired, &store->told_by}; }

static struct word closed_word(struct store *store) { return (struct word){"told_closed", &store->told_closed, &store->told_closed_by}; }

struct told {
	struct public_key station, keeper; /* another device's copy of the file is not meant */
};

static void load(struct store *store, struct word word) {
	struct told told = {0};
	*word.said = meta_get_blob(store, word.name, &told, sizeof told) && crypto_key_eq(&told.station, store_station(store));
	*word.by = told.keeper;
}

void told_load(struct store *store) {
	load(store, retired_word(store));
	load(store, closed_word(store));
}

/* Who said it last counts: of two keepers both may have said so. The organiser knows best. */
static bool is_news(const struct store *store, struct word word, const struct public_key *keeper, bool now) {
	bool same = *word.said && crypto_key_eq(word.by, keeper);
	return now ? !same : same || (*word.said && crypto_key_eq(keeper, &store->organiser));
}

static bool tell(struct store *store, struct word word, const struct public_key *keeper, bool now, struct err *err) {
	if (!is_news(store, word, keeper, now)) {
		return true;
	}
	if (!store_begin(store, err)) {
		return false;
	}
	const struct told told = {*store_station(store), *keeper};
	if (!(now ? meta_put_blob(store, word.name, &told, sizeof told, err) : meta_drop(store, word.name, err))) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, err)) {
		return false;
	}
	*word.said = now;
	*word.by = *keeper;
	return true;
}

bool told_retired(struct store *store, const struct public_key *keeper, bool retired, struct err *err) {
	return tell(store, retired_word(store), keeper, retired, err);
}

bool told_closed(struct store *store, const struct public_key *keeper, bool closed, struct err *err) {
	return tell(store, closed_word(store), keeper, closed, err);
}
