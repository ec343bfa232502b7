#include "cli/import_places.h"

#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "import/places.h"
#include "import/places_apply.h"
#include "import/places_katottg.h"
#include "import/places_say.h"

static void places_json(const struct import_run *run, const struct places *places, const struct places_replaced *done) {
	struct json_writer w = {.out = &run->out->text};
	run->out->exact = true;
	json_open(&w, NULL, '{');
	json_put_int(&w, "regions", (int64_t)places->regions);
	json_put_int(&w, "districts", (int64_t)places->districts);
	json_put_int(&w, "communities", (int64_t)places->communities);
	json_put_int(&w, "settlements", (int64_t)places->settlements);
	json_put_int(&w, "lists_changed", (int64_t)done->changed);
	json_put_int(&w, "lists_unchanged", (int64_t)done->unchanged);
	json_put_int(&w, "lists_taken_away", (int64_t)done->removed);
	json_put_int(&w, "bad", (int64_t)places->bad.total);
	json_put_bool(&w, "dry_run", run->dry_run);
	import_run_json(run, "bad_rows", &places->bad, &w);
	json_close(&w, '}');
	strbuf_addc(&run->out->text, '\n');
}

static void say_places_found(const struct import_run *run, const struct places *places) {
	struct strbuf text = {0};
	places_say_found(places, run->tongue, &text);
	if (text.len != 0) {
		log_line("%s: %s", run->path, strbuf_str(&text));
	}
	strbuf_fini(&text);
	import_run_say(run, &places->bad);
}

static bool apply_places(struct import_run *run, struct store *store, const struct places *places, struct err *err) {
	bool named = !str_empty(args_value(run->args, "source"));
	struct places_apply_options apply = {.source = places->official && !named ? KATOTTG_SOURCE : run->source,
					     .file = run->source,
					     .memory = &run->memory,
					     .dry_run = run->dry_run,
					     .strict = args_has(run->args, "strict")};
	struct places_replaced done;
	if (!places_apply(store, places, &apply, &done, err)) {
		return false;
	}
	run->out->left_out = places->bad.total != 0;
	if (run->json) {
		places_json(run, places, &done);
		return true;
	}
	places_say_done(places, &done, run->dry_run, run->tongue, &run->out->text);
	strbuf_addc(&run->out->text, '\n');
	return true;
}

bool import_places(struct import_run *run, struct err *err) {
	struct places places = {0};
	struct store *store = import_run_open(run, err);
	bool ok = store != NULL && import_run_recall(run, store, "places", err);
	struct places_options options = {
		.encoding = run->memory.encoding, .sheet = run->memory.sheet, .maps = run->maps, .map_count = run->map_count};
	ok = ok && places_read(run->path, &options, &places, err);
	if (ok) {
		say_places_found(run, &places);
		ok = apply_places(run, store, &places, err);
	}
	places_fini(&places);
	store_close(store);
	return ok;
}
