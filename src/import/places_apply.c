#include "import/places_apply.h"

#include <stdlib.h>

#include "base/str.h"

static bool refuse(const struct places *places, struct err *err) {
	struct fault first = places->bad.items[0];
	first.refused = places->bad.total;
	return fault_fail(err, &first);
}

bool places_apply(struct store *store, const struct places *places, const struct places_apply_options *opt, struct places_replaced *out,
		  struct err *err) {
	if (str_empty(opt->source)) {
		return fault_fail(err, &(struct fault){.kind = FAULT_NO_SOURCE});
	}
	if (opt->strict && places->bad.total != 0) {
		return refuse(places, err);
	}
	if (!opt->dry_run && !store_begin(store, err)) {
		return false;
	}
	struct place_list *lists = places_lists(places);
	bool ok = places_replace(store, opt->source, lists, places->blocks.count, opt->dry_run, out, err) &&
		  (opt->dry_run || opt->memory == NULL || source_memory_save(store, "places", opt->file, opt->memory, err));
	free(lists);
	if (opt->dry_run) {
		return ok;
	}
	if (!ok) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, err);
}
