#include "import/agenda_zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "import/zone_names.h"

struct tz *agenda_zone(const char *name) {
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/:";
	size_t n = strlen(name);
	struct err ignored = {0};
	if (n == 0 || n > 60 || *name == '/' || strspn(name, allowed) != n) {
		return NULL; /* GLib takes a name with a slash in front for a file's path; "." cannot occur, so ".." neither */
	}
	/* Nor for a rule of POSIX's, which it would take "UTC+3" or "Hall5" for: digits stand in offsets and in Etc/GMT+3 alone. */
	bool digits = strpbrk(name, "0123456789") != NULL && *name != '+' && *name != '-' && !str_starts(name, "Etc/");
	struct tz *tz = digits ? NULL : tz_open(name, &ignored);
	const char *other = tz == NULL ? zone_renamed(name) : NULL;
	return other ? tz_open(other, &ignored) : tz;
}

/* One or two digits; -1 where there are none. */
static int take_digits(const char **at) {
	int value = -1;
	for (int i = 0; i < 2 && str_is_digit(**at); i++) {
		value = (value < 0 ? 0 : value * 10) + (*(*at)++ - '0');
	}
	return value;
}

/* "UTC+3", "GMT-05:30", "+0300". POSIX means the opposite by the first, and so do the libraries that read it as POSIX does. */
static struct tz *offset_zone(const char *name) {
	char text[32];
	const char *sign = str_starts(name, "UTC") || str_starts(name, "GMT") ? name + 3 : name;
	if (*sign != '+' && *sign != '-') {
		return NULL;
	}
	const char *at = sign + 1;
	int hour = take_digits(&at);
	at += *at == ':';
	int minute = *at != '\0' ? take_digits(&at) : 0;
	if (*at != '\0' || hour < 0 || hour > 14 || minute < 0 || minute > 59) {
		return NULL;
	}
	snprintf(text, sizeof text, "%c%02d:%02d", *sign, hour, minute);
	return agenda_zone(text);
}

/* "/freeassociation.sourceforge.net/Europe/Kyiv" and the like: the name may stand behind any number of parts. */
struct tz *agenda_zone_named(const char *name) {
	struct tz *tz = offset_zone(name);
	tz = tz ? tz : agenda_zone(name);
	for (const char *at = name; tz == NULL && (at = strchr(at, '/')) != NULL;) {
		at++;
		tz = strchr(at, '/') != NULL || *name == '/' ? agenda_zone(at) : NULL;
	}
	const char *iana = tz == NULL ? zone_of_windows(name) : NULL;
	return iana ? agenda_zone(iana) : tz;
}

/* ---- as people write them ---- */

/* "UTC − 4" as "UTC-4": of an offset without spaces, in capitals, with the minus of a keyboard; other names as they are. */
static char *plain_name(const char *text) {
	char head[4];
	struct strbuf out = {0};
	str_copy(head, sizeof head, text);
	bool named = str_eq_nocase(head, "UTC") || str_eq_nocase(head, "GMT");
	const char *rest = text + (named ? 3 : 0);
	rest += strspn(rest, " ");
	/* "GMT Standard Time" is a name. */
	bool sign = *rest == '+' || *rest == '-' || str_starts(rest, "−") || str_starts(rest, "–");
	bool offset = sign || (named && *rest == '\0');
	for (const char *at = text; offset && *at != '\0';) {
		uint32_t c = utf8_next(&at);
		bool minus = c == 0x2212 || c == 0x2013; /* that of typesetting, and the dash that is taken for it */
		c = c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
		if (c != ' ') {
			utf8_append(&out, minus ? '-' : c);
		}
	}
	return offset ? strbuf_detach(&out) : xstrdup(text);
}

static bool is_utc(const char *name) {
	static const char *const names[] = {"UTC", "GMT", "Z", "Etc/UTC", "Etc/GMT"};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (str_eq_nocase(names[i], name)) {
			return true;
		}
	}
	return false;
}

struct agenda_zone_entry {
	struct tz *tz;
	bool utc;
};

static struct agenda_zone_entry open_entry(const char *text) {
	char *name = plain_name(text);
	struct agenda_zone_entry entry = {.utc = is_utc(name)};
	entry.tz = agenda_zone_named(entry.utc ? "UTC" : name);
	const char *iana = entry.tz == NULL ? zone_of_places(name) : NULL;
	entry.tz = iana != NULL ? agenda_zone(iana) : entry.tz;
	free(name);
	return entry;
}

/* "Europe/Kyiv (EEST)": what stands in brackets behind a name says no more. */
static struct agenda_zone_entry open_named(const char *name) {
	struct agenda_zone_entry entry = open_entry(name);
	const char *bracket = strchr(name, '(');
	if (entry.tz == NULL && bracket != NULL && bracket != name) {
		char *head = xstrndup(name, (size_t)(bracket - name));
		entry = open_entry(str_trim(head));
		free(head);
	}
	return entry;
}

struct agenda_named_zone agenda_zones_find(struct agenda_zones *zones, const char *name) {
	const int64_t *place = mapstr_find(&zones->by_name, name);
	if (place == NULL && zones->count < AGENDA_ZONES_MAX) {
		bool made = false;
		int64_t *added = mapstr_place(&zones->by_name, name, &made);
		ARRAY_GROW(zones, items);
		zones->items[zones->count++] = open_named(name);
		*added = (int64_t)zones->count;
		place = added;
	}
	const struct agenda_zone_entry *entry = place != NULL ? &zones->items[*place - 1] : NULL;
	return entry != NULL ? (struct agenda_named_zone){entry->tz, entry->utc} : (struct agenda_named_zone){0};
}

void agenda_zones_fini(struct agenda_zones *zones) {
	for (size_t i = 0; i < zones->count; i++) {
		tz_close(zones->items[i].tz);
	}
	free(zones->items);
	mapstr_fini(&zones->by_name);
	*zones = (struct agenda_zones){0};
}
