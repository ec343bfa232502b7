/* An iCalendar file's bytes made a text that libical can be given: lines joined, quoted-printable decoded, in UTF-8, not nested too deeply. */
#ifndef TURNOUT_IMPORT_AGENDA_ICAL_TEXT_H
#define TURNOUT_IMPORT_AGENDA_ICAL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"

struct ical_text { /* a zeroed struct is empty */
	struct strbuf text;
	size_t *lines; /* of the file, from 1: where each VEVENT begins, in order */
	size_t count, cap;
};

/* Reads also values of vCalendar 1.0 in quoted-printable, with the character set that they name. ERR_INPUT with the line. */
bool ical_text_read(const char *bytes, size_t n, struct ical_text *out, struct err *err) TURNOUT_MUST_CHECK;
void ical_text_fini(struct ical_text *text);

#endif
