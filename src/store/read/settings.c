#include "store/read/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/colour.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/tz.h"
#include "base/utf8.h"
#include "event/retention.h"
#include "store/file/state.h"
#include "store/write/edit.h"

int64_t setting_number(struct store *store, const char *key, int64_t otherwise) {
	char *text = setting_get(store, key);
	int64_t value = otherwise;
	if (text == NULL || !str_to_i64(text, &value)) {
		value = otherwise;
	}
	free(text);
	return value;
}

/* "2026-05-14", "2026-05-14..2026-05-16", several separated by commas. */
static bool parse_days(const char *text, int64_t *days, size_t cap, size_t *count) {
	char *work = xstrdup(text);
	char *parts[EVENT_DAYS_MAX];
	size_t n = str_split(work, ',', parts, COUNT_OF(parts));
	bool ok = true;
	*count = 0;
	for (size_t i = 0; ok && i < n; i++) {
		char *dots = strstr(parts[i], "..");
		if (dots != NULL) {
			*dots = '\0';
		}
		int64_t from = 0;
		int64_t to = 0;
		ok = tz_parse_date(str_trim(parts[i]), &from) && tz_parse_date(dots ? str_trim(dots + 2) : parts[i], &to) && from <= to &&
		     (size_t)(to - from) < cap - *count;
		for (int64_t day = from; ok && day <= to; day++) {
			days[(*count)++] = day;
		}
	}
	free(work);
	return ok;
}

size_t setting_days(struct store *store, int64_t *days, size_t cap) {
	char *text = setting_get(store, "dates");
	size_t count = 0;
	if (str_empty(text) || !parse_days(text, days, cap, &count)) {
		count = 0;
	}
	free(text);
	return count;
}

void setting_first_language(struct store *store, char *out, size_t cap) {
	char *languages = setting_get(store, "languages");
	str_copy(out, cap, str_or_empty(languages));
	out[strcspn(out, ",")] = '\0';
	free(languages);
}

static bool check_timezone(const char *value, struct err *err) {
	struct tz *tz = tz_open(value, err);
	tz_close(tz);
	return tz != NULL;
}

static bool check_moment(const char *value, struct err *err) {
	return tz_is_time(value) ||
	       err_set(err, ERR_USAGE, "a day or a time is wanted, like 2026-05-13 or 2026-05-13 18:00, not \"%s\"", value);
}

static bool check_erase_after(const char *value, struct err *err) {
	int64_t days = 0;
	return retention_parse(value, &days) || err_set(err, ERR_USAGE, "a number of days from %d to %d is wanted, like 90d, not \"%s\"",
							RETENTION_DAYS_MIN, RETENTION_DAYS_MAX, value);
}

static bool check_quota(const char *value, struct err *err) {
	struct quota quota = quota_default();
	return quota_read(value, &quota, err);
}

static bool check_dates(const char *value, struct err *err) {
	int64_t days[EVENT_DAYS_MAX];
	size_t count = 0;
	return parse_days(value, days, COUNT_OF(days), &count) ||
	       err_set(err, ERR_USAGE,
		       "dates are wanted like 2026-05-14, 2026-05-14..2026-05-16, or several separated by commas, not \"%s\"", value);
}

/* Countries that are no languages (ISO 3166, ISO 639-1): what a hand writes by mistake. Those that are both (se, am, br, …) are taken as they stand. */
static bool check_no_country(const char *code, struct err *err) {
	static const struct {
		const char country[3], language[3], *name;
	} countries[] = {
		{"ua", "uk", "Ukrainian"}, {"cz", "cs", "Czech"},      {"gr", "el", "Greek"},  {"jp", "ja", "Japanese"},
		{"cn", "zh", "Chinese"},   {"kr", "ko", "Korean"},     {"dk", "da", "Danish"}, {"by", "be", "Belarusian"},
		{"ge", "ka", "Georgian"},  {"rs", "sr", "Serbian"},    {"kz", "kk", "Kazakh"}, {"md", "ro", "Romanian"},
		{"al", "sq", "Albanian"},  {"vn", "vi", "Vietnamese"}, {"il", "he", "Hebrew"}, {"ir", "fa", "Persian"},
		{"us", "en", "English"},   {"gb", "en", "English"},    {"at", "de", "German"}, {"mx", "es", "Spanish"},
	};
	for (size_t i = 0; i < COUNT_OF(countries); i++) {
		if (strncmp(code, countries[i].country, 2) == 0) {
			return err_set(err, ERR_USAGE, "\"%s\" is no language: %s is %s", countries[i].country, countries[i].language,
				       countries[i].name);
		}
	}
	return true;
}

static bool check_languages(const char *value, struct err *err) {
	size_t run = 0;
	for (const char *p = value;; p++) {
		if (*p >= 'a' && *p <= 'z') {
			run++;
		} else if ((*p == ',' || *p == '\0') && run == 2) {
			run = 0;
			if (!check_no_country(p - 2, err)) {
				return false;
			}
		} else {
			return err_set(err, ERR_USAGE,
				       "languages are wanted as two-letter codes separated by commas, like uk,en, not \"%s\"", value);
		}
		if (*p == '\0') {
			return true;
		}
	}
}

/* `most`: the greatest byte there may be. */
static bool is_url(const char *value, unsigned char most) {
	const char *rest = str_starts(value, "http://")    ? value + strlen("http://")
			   : str_starts(value, "https://") ? value + strlen("https://")
							   : "";
	bool plain = rest[0] != '\0' && rest[0] != '/' && rest[0] != ':';
	for (const unsigned char *p = (const unsigned char *)rest; *p != '\0'; p++) {
		plain = plain && *p > ' ' && *p <= most && *p != 0x7f;
	}
	return plain;
}

static bool check_url(const char *value, struct err *err) {
	return is_url(value, 0x7e) ||
	       err_set(err, ERR_USAGE, "\"%s\" is no address like http://10.0.0.2:8080 or https://hub.example", value);
}

/* As it stands in a browser's line, in whatever letters: telephones open those, too. */
static bool check_page(const char *value, struct err *err) {
	return is_url(value, 0xff) || err_set(err, ERR_USAGE, "\"%s\" is no address like https://fair.example/programme", value);
}

static bool check_colour(const char *value, struct err *err) {
	uint32_t colour;
	return colour_parse(value, &colour) || err_set(err, ERR_USAGE, "a colour is wanted, like #0a6b5e, not \"%s\"", value);
}

static bool check_number(const char *value, struct err *err) {
	int64_t number = 0;
	return (str_to_i64(value, &number) && number >= 0 && number <= 100000) ||
	       err_set(err, ERR_USAGE, "a whole number from 0 on is wanted, not \"%s\"", value);
}

static bool check_unverified(const char *value, struct err *err) {
	return str_eq(value, "welcome") || str_eq(value, "ask") ||
	       err_set(err, ERR_USAGE, "\"welcome\" or \"ask\" is wanted, not \"%s\"", value);
}

static bool check_admission(const char *value, struct err *err) {
	return str_eq(value, "open") || str_eq(value, "registered") ||
	       err_set(err, ERR_USAGE, "\"open\" or \"registered\" is wanted, not \"%s\"", value);
}

static bool check_family(const char *value, struct err *err) {
	return str_eq(value, "first") || str_eq(value, "last") ||
	       err_set(err, ERR_USAGE, "\"first\" or \"last\" is wanted, not \"%s\"", value);
}

static bool check_pin(const char *value, struct err *err) {
	size_t n = strlen(value);
	return (n >= STAFF_PIN_MIN && n <= STAFF_PIN_MAX && strspn(value, "0123456789") == n) ||
	       err_set(err, ERR_USAGE, "%d to %d digits are wanted, not \"%s\"", STAFF_PIN_MIN, STAFF_PIN_MAX, value);
}

static bool check_on(const char *value, struct err *err) {
	return str_eq(value, "on") || str_eq(value, "off") || err_set(err, ERR_USAGE, "\"on\" or \"off\" is wanted, not \"%s\"", value);
}

static bool check_signature(const char *value, struct err *err) {
	return str_eq(value, "required") || str_eq(value, "asked") || str_eq(value, "off") ||
	       err_set(err, ERR_USAGE, "\"required\", \"asked\" or \"off\" is wanted, not \"%s\"", value);
}

static const struct setting {
	const char *key;
	const char *help;
	bool (*check)(const char *value, struct err *err);
} SETTINGS[] = {
	{"title", "what the event is called, on screens and badges", NULL},
	{"place", "where it is, under the title", NULL},
	{"timezone", "of the place, an IANA name like Europe/Kyiv", check_timezone},
	{"languages", "of the kiosk, the first is its own: uk,en,ru", check_languages},
	{"family_name", "where it stands in people's names, for sorting: first or last (first)", check_family},
	{"dates", "days on which badges are good: 2026-05-14..2026-05-15; without it any day is", check_dates},
	{"changes_since",
	 "sessions that are moved or cancelled from then on are marked as changed, like 2026-05-13 18:00 (24 hours before the first day)",
	 check_moment},
	{"late_minutes", "after a session's start that still count as in time (5)", check_number},
	{"unverified", "short codes this station has not heard of: welcome or ask (ask)", check_unverified},
	{"admission", "who comes in: open, or registered: who is on no list waits until their registration is confirmed (open)",
	 check_admission},
	{"hub", "address of the hub that stations send to, http:// or https://", check_url},
	{"agenda_url", "page with the programme, which a code on kiosks opens on telephones, http:// or https://", check_page},
	{"colour", "the event's own, on kiosks: of what is on and what is chosen, #rrggbb; it is made dark enough to be read",
	 check_colour},
	{"panel_colour", "of the panel that asks for a badge, #rrggbb; without it a dark tone of the colour", check_colour},
	{"logo", "path of a picture for badges, SVG or PNG", NULL},
	{"organisers", "who holds the event, on the kiosk's first screen", NULL},
	{"staff_pin", "4 to 8 digits that open the staff's screen on kiosks", check_pin},
	{"find_by_name", "whether visitors may look for themselves by name on kiosks: on or off (on)", check_on},
	{"walk_in", "whether visitors who are on no list may sign themselves in on kiosks: on or off (on)", check_on},
	{"signature", "whether people sign with a finger when they arrive: required, asked or off (off)", check_signature},
	{"labels", "whether a label is printed for whoever signs in at the entrance, once, where a box has a printer: on or off (off)",
	 check_on},
	{"label_again", "whether a label that is printed again says DUPLICATE: on or off (off)", check_on},
	{"erase_after",
	 "so many whole days after the event's last day boxes erase its personal data by themselves, once a hub or the organiser has "
	 "everything, "
	 "like 90d; without it they keep it",
	 check_erase_after},
	{"quota", "how much is taken of one station a day, and in all: " QUOTA_WORDS "; what is beyond waits (bytes=64M all-bytes=192M …)",
	 check_quota},
	{"pretix_keys", "public keys of pretix signed tickets, base64 of their PEM as pretix gives it, separated by commas", NULL},
};

const char *setting_help(size_t index, const char **key) {
	if (index >= COUNT_OF(SETTINGS)) {
		return NULL;
	}
	*key = SETTINGS[index].key;
	return SETTINGS[index].help;
}

bool setting_check(const char *key, const char *value, struct err *err) {
	for (size_t i = 0; i < COUNT_OF(SETTINGS); i++) {
		if (str_eq(SETTINGS[i].key, key)) {
			return value[0] == '\0' || SETTINGS[i].check == NULL || SETTINGS[i].check(value, err);
		}
	}
	struct strbuf keys = {0};
	for (size_t i = 0; i < COUNT_OF(SETTINGS); i++) {
		strbuf_addf(&keys, "%s%s", i ? ", " : "", SETTINGS[i].key);
	}
	err_set(err, ERR_USAGE, "there is no setting \"%s\"; there are: %s", key, strbuf_str(&keys));
	strbuf_fini(&keys);
	return false;
}

char *setting_logo_path(struct store *store, const char *value) {
	const char *path = store->path;
	return value[0] == '/' ? xstrdup(value) : xasprintf("%.*s%s", (int)(file_base_name(path) - path), path, value);
}

static bool check_logo(struct store *store, const char *value, struct err *err) {
	char *path = setting_logo_path(store, value);
	bool ok = value[0] == '\0' || file_exists(path) || err_set(err, ERR_NOT_FOUND, "%s is not there", path);
	free(path);
	return ok;
}

bool setting_put(struct store *store, const char *key, const char *value, struct err *err) {
	if (!utf8_valid(value, strlen(value), NULL)) {
		return err_set(err, ERR_USAGE, "the value of %s is no valid UTF-8", key);
	}
	char *clean = utf8_clean(value, false);
	bool ok = strlen(clean) <= 2000 || err_set(err, ERR_USAGE, "the value of %s is longer than 2000 bytes", key);
	ok = ok && setting_check(key, clean, err) && (!str_eq(key, "logo") || check_logo(store, clean, err));
	struct strbuf set = {0};
	struct json_writer w = {.out = &set};
	json_open(&w, NULL, '{');
	json_put_text(&w, key, clean);
	json_close(&w, '}');
	struct edit_draft draft = {.kind = "event", .id = "", .set = set.data, .subject = ""};
	ok = ok && edit_append(store, &draft, err);
	strbuf_fini(&set);
	free(clean);
	return ok;
}
