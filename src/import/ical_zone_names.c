#include "import/ical_zone_names.h"

#include <stddef.h>

#include "base/alloc.h"
#include "base/str.h"

static const struct {
	const char *windows, *iana;
} ZONES[] = {
	{"UTC", "UTC"},
	{"GMT Standard Time", "Europe/London"},
	{"Greenwich Standard Time", "Atlantic/Reykjavik"},
	{"W. Europe Standard Time", "Europe/Berlin"},
	{"Central Europe Standard Time", "Europe/Budapest"},
	{"Romance Standard Time", "Europe/Paris"},
	{"Central European Standard Time", "Europe/Warsaw"},
	{"FLE Standard Time", "Europe/Kyiv"},
	{"E. Europe Standard Time", "Europe/Chisinau"},
	{"GTB Standard Time", "Europe/Bucharest"},
	{"Turkey Standard Time", "Europe/Istanbul"},
	{"Kaliningrad Standard Time", "Europe/Kaliningrad"},
	{"Belarus Standard Time", "Europe/Minsk"},
	{"Russian Standard Time", "Europe/Moscow"},
	{"Georgian Standard Time", "Asia/Tbilisi"},
	{"Caucasus Standard Time", "Asia/Yerevan"},
	{"Azerbaijan Standard Time", "Asia/Baku"},
	{"Central Asia Standard Time", "Asia/Almaty"},
	{"West Asia Standard Time", "Asia/Tashkent"},
	{"Qyzylorda Standard Time", "Asia/Qyzylorda"},
	{"Israel Standard Time", "Asia/Jerusalem"},
	{"Middle East Standard Time", "Asia/Beirut"},
	{"Egypt Standard Time", "Africa/Cairo"},
	{"South Africa Standard Time", "Africa/Johannesburg"},
	{"Arab Standard Time", "Asia/Riyadh"},
	{"Arabian Standard Time", "Asia/Dubai"},
	{"Iran Standard Time", "Asia/Tehran"},
	{"India Standard Time", "Asia/Kolkata"},
	{"SE Asia Standard Time", "Asia/Bangkok"},
	{"China Standard Time", "Asia/Shanghai"},
	{"Singapore Standard Time", "Asia/Singapore"},
	{"Tokyo Standard Time", "Asia/Tokyo"},
	{"Korea Standard Time", "Asia/Seoul"},
	{"AUS Eastern Standard Time", "Australia/Sydney"},
	{"New Zealand Standard Time", "Pacific/Auckland"},
	{"Atlantic Standard Time", "America/Halifax"},
	{"Eastern Standard Time", "America/New_York"},
	{"Central Standard Time", "America/Chicago"},
	{"Mountain Standard Time", "America/Denver"},
	{"US Mountain Standard Time", "America/Phoenix"},
	{"Pacific Standard Time", "America/Los_Angeles"},
	{"Alaskan Standard Time", "America/Anchorage"},
	{"Hawaiian Standard Time", "Pacific/Honolulu"},
	{"E. South America Standard Time", "America/Sao_Paulo"},
	{"Argentina Standard Time", "America/Argentina/Buenos_Aires"},
};

const char *ical_zone_of_windows(const char *name) {
	for (size_t i = 0; i < COUNT_OF(ZONES); i++) {
		if (str_eq(ZONES[i].windows, name)) {
			return ZONES[i].iana;
		}
	}
	return NULL;
}
