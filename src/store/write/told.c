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
	struct told told = {0};
	store->told_retired = load(store, &told);
	store->told_by = told.keeper;
}

/* Who said it last counts: of two keepers both may have said so. The organiser knows best. */
static bool is_news(const struct store *store, const struct public_key *keeper, bool retired) {
	bool same = store->told_retired && crypto_key_eq(&store->told_by, keeper);
	return retired ? !same : same || (store->told_retired && crypto_key_eq(keeper, &store->organiser));
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
	store->told_by = *keeper;
	return true;
}
