#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "badge/code.h"
#include "badge/sheet.h"
#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "event/fold.h"
#include "store/read/badges.h"
#include "store/read/people.h"
#include "store/read/settings.h"
#include "words/dates.h"

static const struct option_spec OPTIONS[] = {
	{"output", 'o', "FILE", "where to (\"-\": standard output); several pages of png or svg become FILE-001.png and so on"},
	{"layout", 0, "NAME", "a4 (ten badges of 85x54 mm a page, cut marks), a6 (lanyard), label62 (62 mm tape)"},
	{"codes", 0, "KIND", "of new badges: signed (known at every station at once), or short (for tiny labels)"},
	{"format", 0, "NAME", "pdf, png or svg; without it what FILE ends with"},
	{"only", 0, "QUERY", "people that hold all these words"},
	{"reissue", 0, NULL, "revoke the badges they have and make new ones"},
	{"dpi", 0, "N", "of a png (300)"},
	{0},
};

static const char *const LAYOUTS[] = {"a4", "a6", "label62", NULL};
static const char *const CODES[] = {"signed", "short", NULL};
static const char *const FORMATS[] = {"pdf", "png", "svg", NULL};
_Static_assert(BADGE_A4 == 0 && BADGE_A6 == 1 && BADGE_LABEL62 == 2, "LAYOUTS has the order of enum badge_layout");
_Static_assert(CANVAS_PDF == 0 && CANVAS_PNG == 1 && CANVAS_SVG == 2, "FORMATS has the order of enum canvas_format");

struct badges_wish {
	const char *path;
	const char *query;
	bool short_codes;
	bool reissue;
	struct badge_sheet_options sheet;
};

/* One who gets a badge; texts are owned. */
struct holder {
	char id[PERSON_ID_LEN + 1];
	char *name, *position, *organisation, *community, *region, *category;
	char *code; /* NULL: one must be issued */
	char *old;  /* to be revoked; NULL */
};

struct holders {
	struct holder *items;
	size_t count, cap;
	size_t lacking; /* how many must get a new code */
	bool reissue;
};

static void holders_fini(struct holders *list) {
	for (size_t i = 0; i < list->count; i++) {
		struct holder *h = &list->items[i];
		free(h->name);
		free(h->position);
		free(h->organisation);
		free(h->community);
		free(h->region);
		free(h->category);
		free(h->code);
		free(h->old);
	}
	free(list->items);
	*list = (struct holders){.reissue = list->reissue};
}

static bool add_holder(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	struct holders *list = context;
	ARRAY_GROW(list, items);
	struct holder *h = &list->items[list->count++];
	const struct person *p = &row->person;
	*h = (struct holder){.name = xstrdup(person_text(p, PERSON_NAME)),
			     .position = xstrdup(person_text(p, PERSON_POSITION)),
			     .organisation = xstrdup(person_text(p, PERSON_ORGANISATION)),
			     .community = xstrdup(person_text(p, PERSON_COMMUNITY)),
			     .region = xstrdup(person_text(p, PERSON_REGION)),
			     .category = xstrdup(person_text(p, PERSON_CATEGORY))};
	str_copy(h->id, sizeof h->id, row->id);
	bool valid = row->badge == BADGE_STATUS_VALID;
	if (valid && !list->reissue) {
		h->code = xstrdup(row->code);
	} else {
		h->old = valid ? xstrdup(row->code) : NULL;
		list->lacking++;
	}
	return true;
}

/* The byte that a signed code carries: 0 without a category, else 1 to 255 by its name, so that it is the same on every machine. */
static uint8_t category_byte(const char *category) {
	char *folded = fold_text(category);
	struct hash h = crypto_sha256(folded, strlen(folded));
	uint8_t byte = folded[0] == '\0' ? 0 : (uint8_t)(1 + h.b[0] % 255);
	free(folded);
	return byte;
}

static bool issue_one(struct store *store, struct holder *h, bool short_code, struct err *err) {
	char code[CODE_TEXT_MAX];
	char aloud[CODE_ALOUD_MAX];
	if (short_code) {
		code_make_short(code);
	} else {
		const struct key_pair *key = store_organiser_key(store, err);
		if (key == NULL) {
			return false;
		}
		code_make_signed(store_event(store), key, category_byte(h->category), code);
	}
	code_read_aloud(code, aloud);
	h->code = xstrdup(code);
	return (h->old == NULL || badge_revoke(store, h->old, err)) && badge_issue(store, code, h->id, aloud, err);
}

/* All new codes in one transaction: after true they are on disk, and only then they are printed. */
static bool issue(struct store *store, struct holders *list, const struct badges_wish *wish, struct err *err) {
	bool ok = store_begin(store, err);
	if (!ok) {
		return false;
	}
	for (size_t i = 0; ok && i < list->count; i++) {
		ok = list->items[i].code != NULL || issue_one(store, &list->items[i], wish->short_codes, err);
	}
	return cli_end(store, ok, err);
}

static bool gather(struct store *store, struct holders *list, const struct badges_wish *wish, struct err *err) {
	if (!people_each(store, wish->query, add_holder, list, err)) {
		return false;
	}
	return list->count != 0 ||
	       err_set(err, ERR_NOT_FOUND, wish->query ? "%s: nobody on the roster matches \"%s\"" : "%s: nobody is on the roster",
		       store_path(store), str_or_empty(wish->query));
}

/* What stands on every badge. A logo's path counts from the event file's folder. */
struct event_texts {
	char *title, *dates, *logo;
};

/* In the event's first language. */
static char *dates_text(const int64_t *days, size_t count, const char *languages) {
	struct words *words = words_open_installed();
	char first[WORDS_CODE_MAX];
	struct strbuf out = {0};
	str_copy(first, sizeof first, str_or_empty(languages));
	first[strcspn(first, ",")] = '\0';
	int language = words_language(words, first);
	struct tongue tongue = {words, language < 0 ? words_language(words, "en") : language};
	date_range_year(&out, &tongue, days, count);
	words_close(words);
	return strbuf_detach(&out);
}

static void event_texts_read(struct store *store, struct event_texts *t) {
	int64_t days[EVENT_DAYS_MAX];
	size_t count = setting_days(store, days, COUNT_OF(days));
	char *languages = setting_get(store, "languages");
	char *logo = setting_get(store, "logo");
	t->title = setting_get(store, "title");
	t->dates = dates_text(days, count, languages);
	t->logo = str_empty(logo) ? NULL : setting_logo_path(store, logo);
	free(languages);
	free(logo);
}

static void event_texts_fini(struct event_texts *t) {
	free(t->title);
	free(t->dates);
	free(t->logo);
}

static bool print(const struct holders *list, const struct event_texts *texts, const struct badges_wish *wish, struct err *err) {
	struct badge *badges = xcalloc(list->count, sizeof *badges);
	struct badge_sheet_options options = wish->sheet;
	struct progress progress = {.what = "badges"};
	options.event_title = texts->title;
	options.dates = texts->dates;
	options.logo = texts->logo;
	options.created = clock_utc();
	options.progress = progress_show;
	options.context = &progress;
	for (size_t i = 0; i < list->count; i++) {
		const struct holder *h = &list->items[i];
		badges[i] = (struct badge){.name = h->name,
					   .position = h->position,
					   .organisation = h->organisation,
					   .community = h->community,
					   .region = h->region,
					   .category = h->category,
					   .code = h->code};
	}
	char unknown[100] = "";
	options.unknown = unknown;
	bool ok = sheet_write(wish->path, badges, list->count, &options, err);
	progress_end(&progress);
	if (ok && unknown[0] != '\0') {
		fprintf(stderr, "warning: no font here draws all of \"%s\": boxes are printed; install a font for its script\n", unknown);
	}
	free(badges);
	return ok;
}

static bool read_wish(const struct args *args, struct badges_wish *wish, struct err *err) {
	size_t layout = 0;
	size_t codes = 0;
	size_t format = 0;
	int64_t dpi = 0;
	wish->path = args_value(args, "output");
	wish->query = args_value(args, "only");
	wish->reissue = args_has(args, "reissue");
	if (wish->path == NULL) {
		return err_set(err, ERR_USAGE, "-o FILE is missing");
	}
	if (!cli_choice(args, "layout", LAYOUTS, &layout, err) || !cli_choice(args, "codes", CODES, &codes, err) ||
	    !cli_choice(args, "format", FORMATS, &format, err) || !args_number(args, "dpi", (struct args_range){36, 2400, 0}, &dpi, err)) {
		return false;
	}
	if (!args_has(args, "format")) {
		format = str_ends_nocase(wish->path, ".png") ? CANVAS_PNG : str_ends_nocase(wish->path, ".svg") ? CANVAS_SVG : CANVAS_PDF;
	}
	wish->short_codes = codes == 1;
	wish->sheet =
		(struct badge_sheet_options){.layout = (enum badge_layout)layout, .format = (enum canvas_format)format, .dpi = (double)dpi};
	return true;
}

static void say_result(const struct holders *list, const struct badges_wish *wish, struct out *out) {
	char count[CLI_COUNT_MAX];
	char fresh[CLI_COUNT_MAX];
	char kept[CLI_COUNT_MAX];
	if (str_eq(wish->path, "-")) {
		return;
	}
	strbuf_addf(&out->text, "%s in %s: %s, %s\n", cli_count(count, (int64_t)list->count, "badge", "badges"), wish->path,
		    cli_count(fresh, (int64_t)list->lacking, "new", "new"),
		    cli_count(kept, (int64_t)(list->count - list->lacking), "as before", "as before"));
}

/* What is there already may be an earlier print; anything else (the event file, its key, a spreadsheet) is not written over. */
static bool check_target(const struct badges_wish *wish, struct err *err) {
	static const char *const beginnings[] = {"%PDF", "\x89PNG", "<?xml"};
	_Static_assert(COUNT_OF(beginnings) == CANVAS_SVG + 1, "one for each format");
	struct stat st;
	char head[8] = "";
	if (str_eq(wish->path, "-") || stat(wish->path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0) {
		return true;
	}
	FILE *f = fopen(wish->path, "rb");
	size_t n = f == NULL ? 0 : fread(head, 1, sizeof head - 1, f);
	if (f != NULL) {
		fclose(f);
	}
	head[n] = '\0';
	return str_starts(head, beginnings[wish->sheet.format]) ||
	       err_set(err, ERR_REFUSED, "%s exists already and is no %s; nothing was changed", wish->path, FORMATS[wish->sheet.format]);
}

/* Reading comes first: where everybody has a badge nothing is written, so reprints need no key and disturb no kiosk. */
static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct badges_wish wish = {0};
	if (!read_wish(args, &wish, err) || !check_target(&wish, err)) {
		return false;
	}
	struct holders list = {.reissue = wish.reissue};
	struct event_texts texts = {0};
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && gather(store, &list, &wish, err);
	if (ok) {
		event_texts_read(store, &texts);
	}
	store_close(store);
	if (ok && list.lacking != 0) {
		holders_fini(&list);
		store = cli_open(args, STORE_WRITE, err);
		ok = store != NULL && gather(store, &list, &wish, err) && issue(store, &list, &wish, err);
		store_close(store);
	}
	ok = ok && print(&list, &texts, &wish, err);
	if (ok) {
		say_result(&list, &wish, out);
	}
	event_texts_fini(&texts);
	holders_fini(&list);
	return ok;
}

const struct command cmd_badges = {
	.name = "badges",
	.summary = "issues badges to those who have none and writes them for the printer",
	.usage = "EVENT -o FILE [--layout NAME] [--codes KIND] [--format NAME] [--only QUERY] [--reissue] [--dpi N]",
	.details = "Who has a badge, or a code of another system on the roster, gets the same code again; that needs no key and changes "
		   "nothing.\n"
		   "New codes are in the event file before they are in FILE. Issuing needs the organiser's key.",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
