#include "office/badge_paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "office/credit_load.h"
#include "store/read/settings.h"
#include "words/dates.h"

/* In the event's first language. */
static char *dates_text(struct store *store, const struct words *words) {
	int64_t days[EVENT_DAYS_MAX];
	size_t count = setting_days(store, days, COUNT_OF(days));
	char first[WORDS_CODE_MAX];
	struct strbuf out = {0};
	setting_first_language(store, first, sizeof first);
	int language = words_language(words, first);
	struct tongue tongue = {words, language < 0 ? words_language(words, "en") : language};
	date_range_year(&out, &tongue, days, count);
	return strbuf_detach(&out);
}

bool badge_texts_read(struct store *store, const struct words *words, struct badge_texts *t, struct err *err) {
	char *logo = setting_get(store, "logo");
	t->title = setting_get(store, "title");
	t->dates = dates_text(store, words);
	t->logo = str_empty(logo) ? NULL : setting_logo_path(store, logo);
	free(logo);
	return credit_prints_load(store, &t->credits, err);
}

void badge_texts_fini(struct badge_texts *t) {
	free(t->title);
	free(t->dates);
	free(t->logo);
	credit_prints_fini(&t->credits);
	*t = (struct badge_texts){0};
}

bool badge_paper_check(const char *path, enum canvas_format format, struct err *err) {
	static const char *const beginnings[] = {"%PDF", "\x89PNG", "<?xml"};
	_Static_assert(COUNT_OF(beginnings) == CANVAS_FORMAT_COUNT, "one for each format");
	struct stat st;
	char head[8] = "";
	if (!file_write_try(path, err)) {
		return false;
	}
	if (str_eq(path, "-") || stat(path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0) {
		return true;
	}
	FILE *f = fopen(path, "rb");
	size_t n = f == NULL ? 0 : fread(head, 1, sizeof head - 1, f);
	if (f != NULL) {
		fclose(f);
	}
	head[n] = '\0';
	/* Only a file of its own kind, or an empty one, is written over. */
	return str_starts(head, beginnings[format]) ||
	       err_set(err, ERR_REFUSED,
		       "%s exists already and is no %s; nothing was changed: choose another name, or move that one away first", path,
		       canvas_format_name(format));
}

bool badge_paper_write(const char *path, const struct issue *list, const struct badge_texts *texts,
		       const struct badge_sheet_options *options, struct err *err) {
	struct badge *badges = xcalloc(list->count, sizeof *badges);
	struct badge_sheet_options how = *options;
	how.event_title = texts->title;
	how.dates = texts->dates;
	how.logo = texts->logo;
	how.credits = texts->credits.credits.count > 0 ? &texts->credits : NULL;
	how.created = clock_utc();
	for (size_t i = 0; i < list->count; i++) {
		const struct issue_holder *h = &list->items[i];
		badges[i] = (struct badge){.name = h->name,
					   .position = h->position,
					   .organisation = h->organisation,
					   .community = h->community,
					   .region = h->region,
					   .category = h->category,
					   .code = h->code};
	}
	bool ok = sheet_write(path, badges, list->count, &how, err);
	free(badges);
	return ok;
}
