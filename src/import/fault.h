/* What is wrong with something from outside, as data: a kind, a place, and what else its sentence names. The sentences are in the
 * catalogues, so a box can tell a fault in its volunteers' language.
 *
 * A reader reports what stops it by
 *
 *	return fault_fail(err, &(struct fault){.kind = FAULT_NO_TIME, .at = {.line = 12, .column = 4}, .value = cell});
 *
 * which makes the English sentence the text of `err`. Callers that know the place better add it on the way out (fault_wrap). Who wants
 * the fault itself lets err->fault point to a zeroed struct fault beforehand. What stops nothing goes into a fault_list.
 *
 * A new kind is a line in the enum and one in the table of fault.c. */
#ifndef TURNOUT_IMPORT_FAULT_H
#define TURNOUT_IMPORT_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "words/words.h"

enum fault_kind {
	FAULT_NONE,
	/* files and texts */
	FAULT_FILE_MISSING,
	FAULT_UNREADABLE,
	FAULT_FILE_LARGE,
	FAULT_ZERO_BYTE,
	FAULT_ZERO_CHARACTER,
	FAULT_NOT_UTF8,
	FAULT_NOT_IN_ENCODING,
	FAULT_ENCODING_UNKNOWN,
	FAULT_ENCODING_LONG,
	/* tables */
	FAULT_IS_OLD_EXCEL,
	FAULT_IS_LOCKED_BOOK,
	FAULT_IS_BINARY_BOOK,
	FAULT_IS_OPEN_DOCUMENT,
	FAULT_IS_NUMBERS,
	FAULT_IS_WORD,
	FAULT_IS_SHORTCUT,
	FAULT_IS_CONTACTS,
	FAULT_IS_PDF,
	FAULT_IS_PICTURE,
	FAULT_IS_JSON,
	FAULT_IS_WEB_PAGE,
	FAULT_IS_XML,
	FAULT_IS_CALENDAR,
	FAULT_IS_DATABASE,
	FAULT_TABLE_EMPTY,
	FAULT_ROWS_MANY,
	FAULT_CELLS_MANY,
	FAULT_COLUMNS_MANY,
	FAULT_CELL_LONG,
	FAULT_CELL_ERROR,
	FAULT_NO_SHEETS,
	FAULT_QUOTE_OPEN,
	FAULT_BEYOND_HEADERS,
	FAULT_ROWS_WIDER,
	/* workbooks */
	FAULT_BOOK_BROKEN,
	FAULT_BOOK_DAMAGED,
	FAULT_BOOK_PART_MISSING,
	FAULT_BOOK_PART_BROKEN,
	FAULT_BOOK_LARGE,
	FAULT_BOOK_NONE,
	FAULT_BOOK_NO_SHEETS,
	FAULT_BOOK_NO_SHEET,
	FAULT_BOOK_SHEET_MISSING,
	FAULT_BOOK_TEXT_LONG,
	FAULT_BOOK_CELL_LONG,
	FAULT_BOOK_TEXTS_MANY,
	FAULT_BOOK_TEXT_MISSING,
	FAULT_BOOK_COLUMNS_MANY,
	FAULT_BOOK_ROW_ORDER,
	FAULT_BOOK_ROW_INSIDE,
	FAULT_BOOK_CELL_ORDER,
	/* XML and JSON */
	FAULT_XML_DOCTYPE,
	FAULT_XML_DEEP,
	FAULT_XML_BROKEN_AT,
	FAULT_XML_BROKEN,
	FAULT_XML_TAG_LONG,
	FAULT_XML_LARGE,
	FAULT_JSON_BROKEN,
	/* columns */
	FAULT_FIELD_UNKNOWN,
	FAULT_SESSION_FIELD_UNKNOWN,
	FAULT_MAPPED_TWICE,
	FAULT_NO_COLUMN,
	FAULT_NO_NAMES,
	FAULT_NO_TITLES,
	FAULT_NO_STARTS,
	FAULT_OTHERS_MANY,
	/* people */
	FAULT_PEOPLE_MANY,
	FAULT_NO_NAME,
	FAULT_NAME_LONG,
	FAULT_VALUE_LONG,
	FAULT_PERSON_LONG,
	FAULT_NO_EMAIL,
	FAULT_EMAIL_MORE,
	FAULT_NO_YEAR,
	FAULT_NO_PHONE,
	FAULT_NO_SEX,
	FAULT_NO_LANGUAGE,
	FAULT_LANGUAGE_MORE,
	FAULT_NAME_STANDS_IN,
	FAULT_REGISTRATION_UNKNOWN,
	FAULT_STATUSES_UNUSED,
	FAULT_NO_PERSON,
	FAULT_CODE_TAKEN,
	FAULT_KEY_TAKEN,
	FAULT_CODE_OTHERS,
	FAULT_LOOKS_LIKE,
	/* places in a table */
	FAULT_NO_PLACES,
	FAULT_NO_PLACE,
	FAULT_PLACE_FIELD_UNKNOWN,
	FAULT_PLACE_LONG,
	FAULT_ROW_NO_PLACE,
	FAULT_CODE_NO_PARENT,
	FAULT_CATEGORY_UNKNOWN,
	/* an agenda in a table */
	FAULT_NO_TIME,
	FAULT_NO_DATE,
	FAULT_NO_DURATION,
	FAULT_NO_SEATS,
	FAULT_NO_YES_OR_NO,
	FAULT_ZONE_UNKNOWN,
	FAULT_BEFORE_START,
	FAULT_START_NO_TIME,
	FAULT_START_NO_DATE,
	FAULT_DATE_NO_YEAR,
	FAULT_START_NO_TITLE,
	/* a schedule of frab's or pretalx's */
	FAULT_SCHEDULE_NO_JSON,
	FAULT_SCHEDULE_NO_XML,
	FAULT_SCHEDULE_ROOMS,
	FAULT_SCHEDULE_ENTRIES,
	FAULT_SCHEDULE_ENTRY,
	FAULT_DAY_DATE,
	FAULT_ENTRY_NO_TITLE,
	FAULT_ENTRY_NO_DATE,
	FAULT_ENTRY_DATE,
	FAULT_ENTRY_START,
	FAULT_ENTRY_END,
	FAULT_ENTRY_END_BEFORE,
	FAULT_ENTRY_DURATION,
	/* iCalendar */
	FAULT_ICAL_NONE,
	FAULT_ICAL_DEEP,
	FAULT_ICAL_END,
	FAULT_ICAL_NO_TIME,
	FAULT_ICAL_NO_START,
	FAULT_ICAL_END_BEFORE,
	FAULT_ICAL_RULE,
	FAULT_ICAL_RULE_FAST,
	FAULT_ICAL_DATES_MANY,
	/* what was decided in an agenda, and is told */
	FAULT_RULE_FOR_EVENT,
	FAULT_RULE_FOR_YEAR,
	FAULT_ZONE_IGNORED,
	FAULT_HOUR_TWICE,
	FAULT_HOUR_NEVER,
	FAULT_DAY_FIRST,
	FAULT_DATES_MIXED,
	/* any agenda, any import */
	FAULT_NO_SESSIONS,
	FAULT_SESSIONS_MANY,
	FAULT_NO_SOURCE,
	FAULT_OTHER_EDITION,
	FAULT_KIND_COUNT
};

enum fault_form {                /* how line and column are said */
		  FAULT_AT_LINE, /* "line 12, column 4", "line 12" */
		  FAULT_AT_ROW,  /* "row 12", of a workbook */
		  FAULT_AT_CELL, /* "cell D12" */
};

struct fault_place {       /* from the outside in; what is not known or says nothing is zero */
	const char *file;  /* its base name; "-": standard input */
	const char *sheet; /* of a workbook */
	const char *part;  /* of a workbook's package */
	bool texts;        /* among the texts that a workbook's cells share */
	size_t line;       /* from 1, of a text or a table */
	size_t column;     /* from 1: of a table, or of a text in characters */
	enum fault_form form;
	size_t day, entry; /* of a schedule, from 1 */
	const char *room;  /* of a schedule */
	const char *title; /* of a session */
};

struct fault {
	enum fault_kind kind;
	struct fault_place at;
	const char *value; /* {value}: what stands there, or what was asked for */
	const char *other; /* {name}, {list} or {reason}: whose it is, what there is instead, a library's own words */
	int64_t number;    /* {limit}, {number} */
	size_t refused;    /* it is the first of so many rows, for which nothing at all was taken; 0: it stands for itself */
	char *memory;      /* of a kept fault: what its texts point into; of others the texts are borrowed and this is NULL */
};

/* Fills `err` with the fault's kind of error and its English sentence, and *err->fault, where somebody asks, with the fault. False. */
bool fault_fail(struct err *err, const struct fault *fault);
/* Adds the places that are set in `at` to the fault in `err`, before what is there; to an error that is none, to its text alone. False. */
bool fault_wrap(struct err *err, const struct fault_place *at);
/* After file_read failed: says the same as data. `cap` is what file_read was given. False. */
bool fault_of_file(struct err *err, const char *path, size_t cap);

/* The fault as one sentence without a full stop, after its places. `tongue` NULL: in English. */
void fault_say(const struct fault *fault, const struct tongue *tongue, struct strbuf *out);

/* Makes *to, which is zeroed or kept, a copy that owns its texts; long ones are cut as they are in sentences. fault_fini frees it. */
void fault_keep(struct fault *to, const struct fault *from);
void fault_fini(struct fault *fault);

/* For {list}: appends the name, of a long one its beginning; nothing when the list is long enough for a sentence. */
void fault_add_name(struct strbuf *list, const char *name);
/* Such a list in the quotation marks of its language. */
void fault_say_names(const char *list, const struct tongue *tongue, struct strbuf *out);

/* The English pattern of a kind; for tests. */
const char *fault_pattern(enum fault_kind kind);

#define FAULT_LIST_MAX 1000 /* faults described; further ones are only counted */

struct fault_list { /* a zeroed struct is empty */
	struct fault *items;
	size_t count, cap;
	size_t total; /* all there were */
};
void fault_list_add(struct fault_list *list, const struct fault *fault);
void fault_list_fini(struct fault_list *list);

#endif
