#include "import/places_say.h"

#include "base/str.h"

static void say_names(const char *pattern, const struct strbuf *list, const struct tongue *t, struct strbuf *out) {
	struct strbuf names = {0};
	fault_say_names(strbuf_str(list), t, &names);
	if (names.len != 0) {
		strbuf_adds(out, out->len != 0 ? "; " : "");
		words_fill_one(out, pattern, "columns", strbuf_str(&names));
	}
	strbuf_fini(&names);
}

void places_say_found(const struct places *places, const struct tongue *tongue, struct strbuf *out) {
	if (places->official) {
		strbuf_adds(out, tongue_get_in(tongue, "an import",
					       "the official list of Ukraine's places (KATOTTH); districts of cities are left out"));
	}
	say_names(tongue_get_in(tongue, "an import", "an empty cell in {columns} means the same as above"), &places->carried, tongue, out);
	say_names(tongue_get_in(tongue, "an import", "columns that were not understood: {columns} (--map FIELD=HEADER says what one is)"),
		  &places->unused, tongue, out);
}

static void say_count(const char *pattern, size_t n, const char *before, struct strbuf *out) {
	strbuf_adds(out, before);
	words_fill_number(out, pattern, (int64_t)n);
}

void places_say_done(const struct places *places, const struct places_replaced *done, bool dry_run, const struct tongue *tongue,
		     struct strbuf *out) {
	const struct places *p = places;
	if (dry_run) {
		strbuf_addf(out, "%s: ", tongue_get_in(tongue, "an import", "dry run, nothing was written"));
	}
	say_count(tongue_get_n(tongue, "{n} region", "{n} regions", (long)p->regions), p->regions, "", out);
	say_count(tongue_get_n(tongue, "{n} district", "{n} districts", (long)p->districts), p->districts, ", ", out);
	say_count(tongue_get_n(tongue, "{n} community", "{n} communities", (long)p->communities), p->communities, ", ", out);
	say_count(tongue_get_n(tongue, "{n} settlement", "{n} settlements", (long)p->settlements), p->settlements, ", ", out);
	const char *changed =
		dry_run ? tongue_get_n(tongue, "{n} list of a district would be changed", "{n} lists of districts would be changed",
				       (long)done->changed)
			: tongue_get_n(tongue, "{n} list of a district changed", "{n} lists of districts changed", (long)done->changed);
	say_count(changed, done->changed, "; ", out);
	say_count(tongue_get_in(tongue, "an import", "{n} unchanged"), done->unchanged, ", ", out);
	const char *removed = dry_run ? tongue_get_in(tongue, "an import", "{n} would be taken away")
				      : tongue_get_in(tongue, "an import", "{n} taken away");
	if (done->removed != 0) {
		say_count(removed, done->removed, ", ", out);
	}
}
