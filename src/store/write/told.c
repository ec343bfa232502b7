#include "store/write/told.h"

#include "store/file/meta.h"
#include "store/file/state.h"
#include "store/log/keys.h"
#include "store/write/transaction.h"

#define KEY "told_retired"

struct told {
	struct public_key station, keeper; /* another device's copy of the file is not meant */
};

static bool load(struct store *store, struct told *out) {
	return meta_get_blob(store, KEY, out, sizeof *out) && crypto_key_eq(&out->station, store_station(store));
}

void told_load(struct store *store) {
	struct told told;
	store->told_retired = load(store, &told);
}

static bool is_news(struct store *store, const struct public_key *keeper, bool retired) {
	struct told told;
	return store->told_retired != retired && (retired || (load(store, &told) && crypto_key_eq(&told.keeper, keeper)));
}

bool told_retired(struct store *store, const struct public_key *keeper, bool retired, struct err *err) {
	if (!is_news(store, keeper, retired)) {
		return true;
	}
	if (!store_begin(store, err)) {
		return false;
	}
	const struct told told = {*store_station(store), *keeper};
	if (!(retired ? meta_put_blob(store, KEY, &told, sizeof told, err) : meta_drop(store, KEY, err))) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, err)) {
		return false;
	}
	store->told_retired = retired;
	return true;
}
