#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/lacking_words.h"
#include "cli/put_members.h"
#include "cli/verbs.h"
#include "paper/logo.h"
#include "paper/picture.h"
#include "store/read/assets.h"
#include "store/read/credits.h"
#include "store/read/settings.h"
#include "store/write/assets.h"
#include "sync/media.h"
#include "words/words.h"

static const struct option_spec OPTIONS[] = {
	{"group", 0, "GROUP", "funder, implementer or partner"},
	{"name", 0, "[LANG=]TEXT", "who they are: uk=…, once a language"},
	{"logo", 0, "FILE", "an SVG or a PNG; it is kept in the event file; \"\" takes it away"},
	{"sentence", 0, "[LANG=]TEXT", "what they want to be said: en=Funded by …"},
	{"disclaimer", 0, "[LANG=]TEXT", "what they do not want to be held to"},
	{"min-width", 0, "MM", "the logo is never shown narrower"},
	{"min-height", 0, "MM", "nor lower"},
	{"clear", 0, "PERCENT", "of its height: what stays free around it (25)"},
	{"order", 0, "N", "they stand by group, then by their numbers"},
	{"output", 'o', "FILE", "of \"logo\": where to (\"-\": standard output)"},
	{"json", 0, NULL, "list as a JSON array"},
	{"csv", 0, NULL, "list as CSV"},
	{0},
};

#define LOGO_READ_MAX (64u << 20) /* bytes; what is too large is to be told, not only refused */
#define PRINT_DPI 300

/* --- what is set ---------------------------------------------------------------------------------------------------------------------------- */

static void say_of_logo(const char *path, const struct logo_look *look) {
	if (look->has_text) {
		cli_say("%s has letters as text: they look as the fonts of each box have them; save it with its text as outlines (paths)",
			path);
	}
	if (look->is_pale) {
		cli_say("%s is white or pale: on paper and on screens, which are white behind logos, it is hardly seen; ask for the one "
			"for white "
			"ground",
			path);
	}
	if (look->pixels != 0) {
		cli_say("%s has %d pixels across: it is sharp on paper up to %d mm%s", path, look->pixels,
			(int)(look->pixels * 25.4 / PRINT_DPI), look->pixels < 400 ? "; an SVG is always sharp" : "");
	}
}

/* The same as a PNG no larger than screens need; what is one already is taken as it is. */
static bool put_screen(struct store *store, const struct strbuf *file, char id[ASSET_ID_TEXT], struct err *err) {
	uint32_t width, height;
	struct picture *picture = NULL;
	struct raster raster = {0};
	struct strbuf png = {0};
	if (picture_is_png(strbuf_str(file), file->len, &width, &height) && width <= CREDIT_SCREEN_WIDE && height <= CREDIT_SCREEN_HIGH) {
		return asset_put(store, strbuf_str(file), file->len, id, err);
	}
	bool ok = picture_read(strbuf_str(file), file->len, &picture, err) &&
		  picture_raster(picture, CREDIT_SCREEN_WIDE, CREDIT_SCREEN_HIGH, &raster, err) && raster_png(&raster, &png, err) &&
		  asset_put(store, strbuf_str(&png), png.len, id, err);
	strbuf_fini(&png);
	raster_fini(&raster);
	picture_close(picture);
	return ok;
}

/* *look stays as it is where no logo was given. */
static bool put_logo(struct store *store, const struct args *args, struct logo_look *look, struct json_writer *w, struct err *err) {
	const char *path = args_value(args, "logo");
	struct strbuf file = {0};
	char id[ASSET_ID_TEXT] = "", screen[ASSET_ID_TEXT] = "";
	bool ok = true;
	if (path == NULL) {
		return true;
	}
	if (path[0] != '\0') {
		ok = file_read(path, LOGO_READ_MAX, &file, err) &&
		     (logo_check(strbuf_str(&file), file.len, look, err) || err_wrap(err, "%s", path)) &&
		     asset_put(store, strbuf_str(&file), file.len, id, err) && put_screen(store, &file, screen, err);
	}
	json_put_text(w, "logo", id);
	json_put_text(w, "screen", screen);
	strbuf_fini(&file);
	return ok;
}

static bool put_options(const struct args *args, int64_t order, struct json_writer *w, struct err *err) {
	put_plain(args, "group", "group", w);
	put_plain(args, "min-width", "min_width", w);
	put_plain(args, "min-height", "min_height", w);
	put_plain(args, "clear", "clear", w);
	static const struct words_option words[] = {
		{"name", CREDIT_NAME_MAX, '\0'}, {"sentence", CREDIT_SENTENCE_MAX, '\0'}, {"disclaimer", CREDIT_DISCLAIMER_MAX, '\0'}};
	bool ok = put_order(args, order, w, err);
	for (size_t i = 0; ok && i < COUNT_OF(words); i++) {
		ok = put_words(args, &words[i], w, err);
	}
	return ok;
}

static bool change(struct store *store, const struct args *args, struct out *out, struct err *err) {
	const char *key = args_operand(args, 2);
	bool fresh = str_eq(args_operand(args, 1), "add");
	struct credits credits = {0};
	struct strbuf set = {0};
	struct logo_look look = {0};
	struct json_writer w = {.out = &set};
	bool ok = ((!args_has(args, "json") && !args_has(args, "csv")) || err_set(err, ERR_USAGE, "only a list has --json and --csv")) &&
		  credit_key_check(key, err) && credits_load(store, &credits, NULL, err);
	bool there = ok && credits_find(&credits, key) >= 0;
	int64_t order = fresh ? credits_next_order(&credits) : 0;
	credits_fini(&credits);
	ok = ok && (fresh || args->count != 0 || err_set(err, ERR_USAGE, "nothing to change was given")) &&
	     (fresh != there || (fresh ? err_set(err, ERR_REFUSED, "\"%s\" is thanked already; \"edit\" changes it", key)
				       : err_set(err, ERR_NOT_FOUND, "nobody is thanked as \"%s\"; \"add\" puts them there", key)));
	json_open(&w, NULL, '{');
	ok = ok && put_options(args, order, &w, err) && put_logo(store, args, &look, &w, err);
	json_close(&w, '}');
	ok = ok && credit_put(store, key, set.data, err) && credits_load(store, &credits, NULL, err);
	if (ok) {
		say_of_logo(args_value(args, "logo"), &look);
		char *languages = setting_get(store, "languages");
		credit_say_lacking(&credits.items[credits_find(&credits, key)], languages);
		free(languages);
		strbuf_addf(&out->text, "%s %s\n", fresh ? "added" : "changed", key);
	}
	credits_fini(&credits);
	strbuf_fini(&set);
	return ok;
}

static bool take_away(struct store *store, const struct args *args, struct out *out, struct err *err) {
	bool ok = credit_remove(store, args_operand(args, 2), err);
	if (ok) {
		strbuf_addf(&out->text, "removed %s\n", args_operand(args, 2));
	}
	return ok;
}

/* --- what is there -------------------------------------------------------------------------------------------------------------------------- */

static bool write_logo(struct store *store, const struct args *args, struct out *out, struct err *err) {
	const char *key = args_operand(args, 2), *path = args_value(args, "output");
	struct credits credits = {0};
	struct strbuf file = {0};
	bool whole = false, ok = credits_load(store, &credits, NULL, err);
	int at = ok ? credits_find(&credits, key) : -1;
	const char *logo = at < 0 ? NULL : credits.items[at].logo;
	ok = ok && (at >= 0 || err_set(err, ERR_NOT_FOUND, "nobody is thanked as \"%s\"", key)) &&
	     (logo != NULL || err_set(err, ERR_NOT_FOUND, "%s has no logo", key)) &&
	     (!str_empty(path) || err_set(err, ERR_USAGE, "where to? -o FILE")) && asset_read(store, logo, &file, &whole, err) &&
	     (whole || err_set(err, ERR_NOT_FOUND, "the logo of %s is not here yet: exchange with the others first", key)) &&
	     (str_eq(path, "-") || file_new_check(path, err)) && media_may_write(path, err) &&
	     file_write(path, strbuf_str(&file), file.len, err);
	if (ok && !str_eq(path, "-")) {
		strbuf_addf(&out->text, "the logo of %s in %s\n", key, path);
	}
	strbuf_fini(&file);
	credits_fini(&credits);
	return ok;
}

static const struct verb VERBS[] = {
	{"add", 3, "KEY", VERB_OPTIONS, change},
	{"edit", 3, "KEY", VERB_OPTIONS, change},
	{"remove", 3, "KEY", VERB_PLAIN, take_away},
	{"logo", 3, "KEY", VERB_READS, write_logo},
	{0},
};

static const struct column COLUMNS[] = {
	{"group", NULL, 0},     {"order", NULL, 0},      {"key", NULL, 0},   {"name", NULL, 0},     {"logo", NULL, 0},
	{"min_width", NULL, 0}, {"min_height", NULL, 0}, {"clear", NULL, 0}, {"sentence", NULL, 0}, {"disclaimer", NULL, 0},
};

/* "svg", "png 800 x 250", "missing", "". */
static bool describe_logo(struct store *store, const struct credit *credit, struct strbuf *text, struct err *err) {
	struct strbuf file = {0};
	uint32_t width, height;
	bool whole = false, ok = credit->logo == NULL || asset_read(store, credit->logo, &file, &whole, err);
	if (ok && credit->logo != NULL && !whole) {
		strbuf_adds(text, "missing");
	} else if (ok && whole && picture_is_png(strbuf_str(&file), file.len, &width, &height)) {
		strbuf_addf(text, "png %u x %u", width, height);
	} else if (ok && whole) {
		strbuf_adds(text, "svg");
	}
	strbuf_fini(&file);
	return ok;
}

static void put_number(struct listing *l, double value) {
	char text[32] = "";
	if (value > 0) {
		snprintf(text, sizeof text, "%g", value);
	}
	listing_text(l, text);
}

static bool put_row(struct store *store, struct listing *l, const struct credit *c, const char *language, struct err *err) {
	struct strbuf logo = {0};
	bool ok = describe_logo(store, c, &logo, err);
	listing_text(l, credit_group_word(c->group));
	listing_text(l, str_number(c->order).text);
	listing_text(l, c->key);
	listing_text(l, str_or_empty(credit_words(c, "name", language)));
	listing_text(l, strbuf_str(&logo));
	put_number(l, c->min_w);
	put_number(l, c->min_h);
	put_number(l, c->clear * 100);
	listing_text(l, str_or_empty(credit_words(c, "sentence", language)));
	listing_text(l, str_or_empty(credit_words(c, "disclaimer", language)));
	strbuf_fini(&logo);
	return listing_row(l, err) && ok;
}

static bool list(const struct args *args, struct out *out, struct err *err) {
	struct listing_options options = {.columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
	struct credits credits = {0};
	size_t left_out = 0;
	char language[WORDS_CODE_MAX] = "";
	if (!cli_form(args, &options.form, err)) {
		return false;
	}
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && credits_load(store, &credits, &left_out, err);
	struct listing *l = ok ? listing_open(out, &options) : NULL;
	if (ok) {
		setting_first_language(store, language, sizeof language);
	}
	for (size_t i = 0; ok && i < credits.count; i++) {
		ok = put_row(store, l, &credits.items[i], language, err);
	}
	ok = ok && listing_finish(l, err);
	if (ok && left_out > 0) {
		cli_say("%zu more are shown nowhere, as an event has %d at most: remove some", left_out, CREDITS_MAX);
	}
	listing_close(l);
	credits_fini(&credits);
	store_close(store);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	return args->operand_count == 1 ? list(args, out, err) : verbs_exec(VERBS, args, out, err);
}

const struct command cmd_credits = {
	.name = "credits",
	.summary = "whom the event thanks: logos, sentences and disclaimers, on the kiosk, badges and papers; without a verb lists them",
	.usage = "EVENT [--json | --csv]\nEVENT add KEY --group GROUP --name [LANG=]TEXT… [--logo FILE] [--sentence [LANG=]TEXT]… "
		 "[--OPTION …]\n"
		 "EVENT edit KEY --OPTION …      (\"\" clears)\nEVENT remove KEY\nEVENT logo KEY -o FILE",
	.details = "KEY is yours to choose, of a-z, 0-9 and \"-\": eu, city-council. A logo is an SVG or a PNG; it is never cropped, never "
		   "shown\n"
		   "smaller than its least size, and what it wants free around it stays free. Where there is no room for all of them they "
		   "take turns,\n"
		   "funders first.",
	.operands = {"EVENT"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
