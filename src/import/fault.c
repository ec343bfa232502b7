#include "import/fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"

#define VALUE_LONG 119 /* bytes of a person's value */
#define LIST_LONG 500  /* bytes of a list after which nothing is added */
#define LIST_NAME 80   /* bytes of a name in it */
#define TEXT_MAX 2000  /* bytes of a text that its kind does not cut shorter */

/* A sentence says a limit in words that fit any limit there is; where they would depend on a number it has a form for each. */
static const struct kind {
	const char *message;
	size_t value_max;  /* bytes of the value that are said; 0: TEXT_MAX */
	enum err_kind err; /* ERR_NONE: ERR_INPUT */
} KINDS[] = {
	[FAULT_NONE] = {""},
	[FAULT_FILE_MISSING] = {MARK("a fault", "there is no such file")},
	[FAULT_UNREADABLE] = {MARK("a fault", "the file cannot be read: {reason}")},
	[FAULT_FILE_LARGE] = {MARK("a fault", "larger than {limit} MiB, the most this program takes")},
	[FAULT_ZERO_BYTE] = {MARK("a fault", "a zero byte, which no text holds")},
	[FAULT_ZERO_CHARACTER] = {MARK("a fault", "a zero character, which no text holds")},
	[FAULT_NOT_UTF8] = {MARK("a fault", "these bytes are no UTF-8")},
	[FAULT_NOT_IN_ENCODING] = {MARK("a fault", "these bytes are no text in {value}"), .value_max = 32},
	[FAULT_ENCODING_UNKNOWN] = {MARK("a fault", "unknown encoding \"{value}\" (names like UTF-8, Windows-1251 or KOI8-U are wanted)"),
				    .err = ERR_USAGE},
	[FAULT_ENCODING_LONG] = {MARK("a fault", "unknown encoding \"{value}\""), .value_max = 40, .err = ERR_USAGE},
	[FAULT_IS_OLD_EXCEL] = {MARK("a fault",
				     "this is an old Excel workbook (.xls): open it in Excel or LibreOffice and save it as .xlsx "
				     "or CSV (File, Save As)")},
	[FAULT_IS_LOCKED_BOOK] = {MARK("a fault",
				       "this workbook has a password: open it in Excel or LibreOffice and save it as .xlsx without "
				       "one, or as CSV")},
	[FAULT_IS_BINARY_BOOK] = {MARK("a fault",
				       "this is a binary Excel workbook (.xlsb): open it in Excel and save it as .xlsx or CSV (File, "
				       "Save As)")},
	[FAULT_IS_OPEN_DOCUMENT] = {MARK("a fault",
					 "this is an OpenDocument file (.ods): open it in LibreOffice and save it as .xlsx or CSV "
					 "(File, Save As)")},
	[FAULT_IS_NUMBERS] = {MARK("a fault",
				   "this is a Numbers document: open it in Numbers and export it as Excel or CSV (File, Export To)")},
	[FAULT_IS_WORD] = {MARK("a fault",
				"this is a text document, no table: copy its table into a spreadsheet and save that as .xlsx or CSV")},
	[FAULT_IS_SHORTCUT] = {MARK("a fault",
				    "this is a shortcut that only names a page on the web: open the table there and download it as "
				    ".xlsx or CSV (in Google Sheets: File, Download)")},
	[FAULT_IS_CONTACTS] = {MARK("a fault",
				    "these are contacts (vCard), no table: export them as CSV from the program that keeps them")},
	[FAULT_IS_PDF] = {MARK("a fault", "this is a PDF, no table: ask for the spreadsheet it was made of and save that as .xlsx or CSV")},
	[FAULT_IS_PICTURE] = {MARK("a fault", "this is a picture, no table: CSV and Excel (.xlsx) are taken")},
	[FAULT_IS_JSON] = {MARK("a fault", "this is JSON, no table: CSV and Excel (.xlsx) are taken")},
	[FAULT_IS_WEB_PAGE] = {MARK("a fault", "this is a web page, whatever its name ends in: open it in Excel or LibreOffice and save it "
					       "as .xlsx or CSV (File, Save As)")},
	[FAULT_IS_XML] = {MARK("a fault", "this is XML, no table: CSV and Excel (.xlsx) are taken")},
	[FAULT_IS_CALENDAR] = {MARK("a fault", "this is a calendar, no table: CSV and Excel (.xlsx) are taken")},
	[FAULT_IS_DATABASE] = {MARK("a fault", "this is a database, no table: CSV and Excel (.xlsx) are taken")},
	[FAULT_TABLE_EMPTY] = {MARK("a fault", "the table is empty")},
	[FAULT_ROWS_MANY] = {MARK("a fault", "more than {limit} rows, the most this program takes")},
	[FAULT_CELLS_MANY] = {MARK("a fault", "more than {limit} cells, the most this program takes")},
	[FAULT_COLUMNS_MANY] = {MARK("a fault", "more than {limit} columns, the most this program takes")},
	[FAULT_CELL_LONG] = {MARK("a fault", "a cell longer than {limit} characters")},
	[FAULT_CELL_ERROR] = {MARK("a fault", "the formula came to nothing (\"{value}\"): the cell counts as empty"), .value_max = 20},
	[FAULT_NO_SHEETS] = {MARK("a fault", "this file has no sheets whose names could fill a column"), .err = ERR_USAGE},
	[FAULT_QUOTE_OPEN] = {MARK("a fault", "the quotation mark that opens here is never closed")},
	[FAULT_BEYOND_HEADERS] = {MARK("a fault",
				       "the row has more cells than there are headers (\"{value}\" stands beyond them): a cell that "
				       "holds the separator needs quotation marks, and every column a header"),
				  .value_max = 40},
	[FAULT_ROWS_WIDER] = {MARK("a fault", "most rows have more cells than there are headers: is the separator in the data, or at the "
					      "end of the rows? A cell that holds it needs quotation marks, and every column a header")},
	[FAULT_BOOK_BROKEN] = {MARK("a fault", "the workbook is broken ({reason}): copy or download it again")},
	[FAULT_BOOK_DAMAGED] = {MARK("a fault", "the workbook is broken ({reason})")},
	[FAULT_BOOK_PART_MISSING] = {MARK("a fault", "the workbook is broken: its part {value} is missing"), .value_max = 100},
	[FAULT_BOOK_PART_BROKEN] = {MARK("a fault", "the workbook is broken: its part {value} cannot be read ({reason})"),
				    .value_max = 100},
	[FAULT_BOOK_LARGE] = {MARK("a fault", "the workbook unpacks to more than {limit} MiB, the most this program takes")},
	[FAULT_BOOK_NONE] = {MARK("a fault", "this ZIP file is no Excel workbook (.xlsx): save the table as .xlsx or as CSV")},
	[FAULT_BOOK_NO_SHEETS] = {MARK("a fault", "the workbook has no sheets")},
	[FAULT_BOOK_NO_SHEET] = {MARK("a fault", "there is no sheet \"{value}\"; there are: {list}"), .value_max = 100,
				 .err = ERR_NOT_FOUND},
	[FAULT_BOOK_SHEET_MISSING] = {MARK("a fault", "the workbook is broken: sheet \"{value}\" is not in it"), .value_max = 100},
	[FAULT_BOOK_TEXT_LONG] = {MARK("a fault", "a text longer than {limit} characters")},
	[FAULT_BOOK_CELL_LONG] = {MARK("a fault", "a text longer than Excel itself allows")},
	[FAULT_BOOK_TEXTS_MANY] = {MARK("a fault", "more than {limit} texts in the workbook")},
	[FAULT_BOOK_TEXT_MISSING] = {MARK("a fault", "its text is missing in the workbook")},
	[FAULT_BOOK_COLUMNS_MANY] = {MARK("a fault", "there are more columns than the {limit} this program takes")},
	[FAULT_BOOK_ROW_ORDER] = {MARK("a fault", "the row after {number} calls itself \"{value}\"")},
	[FAULT_BOOK_ROW_INSIDE] = {MARK("a fault", "a row inside a row")},
	[FAULT_BOOK_CELL_ORDER] = {MARK("a fault", "a cell calls itself \"{value}\"")},
	[FAULT_XML_DOCTYPE] = {MARK("a fault", "a document type (<!DOCTYPE …>) is not taken here")},
	[FAULT_XML_DEEP] = {MARK("a fault", "elements are nested too deeply")},
	[FAULT_XML_BROKEN_AT] = {MARK("a fault", "this is no well-formed XML: {reason}")},
	[FAULT_XML_BROKEN] = {MARK("a fault", "this is no well-formed XML")},
	[FAULT_XML_TAG_LONG] = {MARK("a fault", "a tag longer than {limit} KiB")},
	[FAULT_XML_LARGE] = {MARK("a fault", "more than {limit} elements, the most this program takes")},
	[FAULT_JSON_BROKEN] = {MARK("a fault", "{reason}")},
	[FAULT_FIELD_UNKNOWN] = {MARK("a fault", "there is no field \"{value}\" to map a column to"), .value_max = 60, .err = ERR_USAGE},
	[FAULT_SESSION_FIELD_UNKNOWN] = {MARK("a fault", "a session has no field \"{value}\" to map a column to"), .value_max = 60,
					 .err = ERR_USAGE},
	[FAULT_MAPPED_TWICE] = {MARK("a fault", "column \"{value}\" is mapped twice"), .value_max = 100, .err = ERR_USAGE},
	[FAULT_NO_COLUMN] = {MARK("a fault", "no column \"{value}\"; there are: {list}"), .value_max = 150},
	[FAULT_NO_NAMES] = {MARK("a fault",
				 "no column with the people's names; there are: {list} (--map name=HEADER says which one it is)")},
	[FAULT_NO_TITLES] = {MARK("a fault", "no column with the sessions' titles; there are: {list}")},
	[FAULT_NO_STARTS] = {MARK("a fault", "no column with the sessions' start; there are: {list}")},
	[FAULT_OTHERS_MANY] = {MARK("a fault", "more than {limit} other columns")},
	[FAULT_PEOPLE_MANY] = {MARK("a fault", "more than {limit} people, the most this program takes")},
	[FAULT_NO_NAME] = {MARK("a fault", "no name")},
	[FAULT_NAME_LONG] = {MARK("a fault", "\"{value}\" … is longer than a name may be (2000 bytes)"), .value_max = VALUE_LONG},
	[FAULT_VALUE_LONG] = {MARK("a fault", "\"{value}\" … is longer than a field may be (2000 bytes)"), .value_max = VALUE_LONG},
	[FAULT_PERSON_LONG] = {MARK("a fault", "its cells together are longer than one person's data may be (48 KiB)")},
	[FAULT_NO_EMAIL] = {MARK("a fault", "\"{value}\" is no e-mail address"), .value_max = VALUE_LONG},
	[FAULT_EMAIL_MORE] = {MARK("a fault", "\"{value}\" holds more than one e-mail address: the first is taken"),
			      .value_max = VALUE_LONG},
	[FAULT_NAME_STANDS_IN] = {MARK("a fault", "no name: \"{value}\" stands for it"), .value_max = VALUE_LONG},
	[FAULT_REGISTRATION_UNKNOWN] = {MARK("a fault", "\"{value}\" is no status that is known here: the person is let in"),
					.value_max = VALUE_LONG},
	[FAULT_STATUSES_UNUSED] =
		{MARK("a fault", "column \"{value}\" holds statuses that nobody goes by: --map registration=HEADER makes them count"),
		 .value_max = 100},
	[FAULT_NO_PERSON] = {MARK("a fault", "\"{value}\" is no person: the line is passed over"), .value_max = VALUE_LONG},
	[FAULT_NO_YEAR] = {MARK("a fault", "\"{value}\" has no year of birth (like 1984)"), .value_max = VALUE_LONG},
	[FAULT_NO_PHONE] = {MARK("a fault", "\"{value}\" is no telephone number"), .value_max = VALUE_LONG},
	[FAULT_NO_SEX] = {MARK("a fault", "\"{value}\" does not tell a sex (like f or m)"), .value_max = VALUE_LONG},
	[FAULT_NO_LANGUAGE] = {MARK("a fault", "\"{value}\" is no language that is known here (like uk or Ukrainian)"),
			       .value_max = VALUE_LONG},
	[FAULT_LANGUAGE_MORE] = {MARK("a fault", "\"{value}\" names more than one language: the first is taken"), .value_max = VALUE_LONG},
	[FAULT_CODE_TAKEN] = {MARK("a fault", "\"{value}\" is the code of {name} in line {number} already"), .value_max = VALUE_LONG},
	[FAULT_KEY_TAKEN] = {MARK("a fault", "\"{value}\" tells {name} in line {number} from others already: this row does without it"),
			     .value_max = VALUE_LONG},
	[FAULT_CODE_OTHERS] = {MARK("a fault", "\"{value}\" is the code of {name}, who is on the roster already: it was left out"),
			       .value_max = VALUE_LONG},
	[FAULT_LOOKS_LIKE] = {MARK("a fault", "\"{value}\" looks like {name}, who is there already"), .value_max = VALUE_LONG},
	[FAULT_NO_PLACES] = {MARK("a fault",
				  "no column with communities or settlements; there are: {list} (--map settlement=HEADER says which one "
				  "it is)")},
	[FAULT_NO_PLACE] = {MARK("a fault", "there is no place in it: below its headers each row names a community or a settlement")},
	[FAULT_PLACE_FIELD_UNKNOWN] = {MARK("a fault", "a place has no \"{value}\" to map a column to, but region, district, community and "
						       "settlement"),
				       .value_max = 60, .err = ERR_USAGE},
	[FAULT_PLACE_LONG] = {MARK("a fault",
				   "\"{value}\" … is longer than a place's name may be ({limit} characters): is it in its column?"),
			      .value_max = VALUE_LONG},
	[FAULT_ROW_NO_PLACE] = {MARK("a fault", "the row names neither a community nor a settlement")},
	[FAULT_CODE_NO_PARENT] = {MARK("a fault",
				       "\"{name}\" belongs to {value}, which has no row of its own: the list is not whole, download "
				       "it again"),
				  .value_max = 40},
	[FAULT_CATEGORY_UNKNOWN] = {MARK("a fault", "unknown category \"{value}\": the row is left out"), .value_max = 40},
	[FAULT_NO_TIME] = {MARK("a fault", "\"{value}\" is no date or time (wanted are 14.05.2026, 2026-05-14, 10:30, 10:30-11:00)"),
			   .value_max = 80},
	[FAULT_NO_DATE] = {MARK("a fault", "\"{value}\" is no date (wanted are 14.05.2026, 2026-05-14)"), .value_max = 80},
	[FAULT_NO_DURATION] = {MARK("a fault", "\"{value}\" is no duration (wanted are 45, 1:30, 90 min)"), .value_max = 80},
	[FAULT_NO_SEATS] = {MARK("a fault", "\"{value}\" is no number of seats"), .value_max = 80},
	[FAULT_NO_YES_OR_NO] = {MARK("a fault", "\"{value}\" is neither yes nor no"), .value_max = 80},
	[FAULT_ZONE_UNKNOWN] = {MARK("a fault", "unknown time zone \"{value}\": its times were read as if they named none"),
				.value_max = 100},
	[FAULT_BEFORE_START] = {MARK("a fault", "\"{value}\" is before the start"), .value_max = 80},
	[FAULT_START_NO_TIME] = {MARK("a fault", "\"{value}\" has no time of its start"), .value_max = 80},
	[FAULT_START_NO_DATE] = {MARK("a fault", "\"{value}\" has no date, and no row above it either"), .value_max = 80},
	[FAULT_DATE_NO_YEAR] = {MARK("a fault", "\"{value}\" has no year, and the event has no dates that would tell it"), .value_max = 80},
	[FAULT_START_NO_TITLE] = {MARK("a fault", "a start without a title")},
	[FAULT_SCHEDULE_NO_JSON] = {MARK("a fault", "this JSON is no schedule: schedule > conference > days is not there")},
	[FAULT_SCHEDULE_NO_XML] = {MARK("a fault", "this XML is no schedule: it begins with <{value}>, not <schedule>"), .value_max = 40},
	[FAULT_SCHEDULE_ROOMS] = {MARK("a fault", "its \"rooms\" is no object")},
	[FAULT_SCHEDULE_ENTRIES] = {MARK("a fault", "there is no list of entries")},
	[FAULT_SCHEDULE_ENTRY] = {MARK("a fault", "an entry is no JSON object")},
	[FAULT_DAY_DATE] = {MARK("a fault", "a day's date is wanted like 2026-05-14, not \"{value}\""), .value_max = 40},
	[FAULT_ENTRY_NO_TITLE] = {MARK("a fault", "an entry without a title")},
	[FAULT_ENTRY_NO_DATE] = {MARK("a fault", "neither it nor its day has a date")},
	[FAULT_ENTRY_DATE] = {MARK("a fault", "its date \"{value}\" cannot be read"), .value_max = 40},
	[FAULT_ENTRY_START] = {MARK("a fault", "its start is wanted like 09:30, not \"{value}\""), .value_max = 40},
	[FAULT_ENTRY_END] = {MARK("a fault", "its end \"{value}\" cannot be read"), .value_max = 40},
	[FAULT_ENTRY_END_BEFORE] = {MARK("a fault", "its end \"{value}\" does not fit its start"), .value_max = 40},
	[FAULT_ENTRY_DURATION] = {MARK("a fault", "its duration is wanted like 00:45, not \"{value}\""), .value_max = 40},
	[FAULT_ICAL_NONE] = {MARK("a fault", "this is no iCalendar file that can be read")},
	[FAULT_ICAL_DEEP] = {MARK("a fault", "the calendar's parts are nested too deeply")},
	[FAULT_ICAL_END] = {MARK("a fault", "an END without its BEGIN")},
	[FAULT_ICAL_NO_TIME] = {MARK("a fault", "there is no time that can be read in {value}")},
	[FAULT_ICAL_NO_START] = {MARK("a fault", "\"{value}\" has no start (DTSTART) that can be read"), .value_max = 80},
	[FAULT_ICAL_END_BEFORE] = {MARK("a fault", "\"{value}\" ends before it starts"), .value_max = 80},
	[FAULT_ICAL_RULE] = {MARK("a fault", "its recurrence rule cannot be read")},
	[FAULT_ICAL_RULE_FAST] = {MARK("a fault", "a recurrence by hours, minutes or seconds is not taken")},
	[FAULT_ICAL_DATES_MANY] = {MARK("a fault",
					"the file's recurrence rules have more than {limit} dates, the most this program looks at")},
	[FAULT_RULE_FOR_EVENT] = {MARK("a fault", "\"{value}\" repeats without an end: taken are the dates of the event"), .value_max = 80},
	[FAULT_RULE_FOR_YEAR] = {MARK("a fault", "\"{value}\" repeats without an end, and the event has no dates: taken is the first year"),
				 .value_max = 80},
	[FAULT_ZONE_IGNORED] = {MARK("a fault", "unknown time zone \"{value}\": times that name none were taken in the event's"),
				.value_max = 100},
	[FAULT_HOUR_TWICE] = {MARK("a fault", "{value} comes twice that day, for the clocks go back: the first was taken"),
			      .value_max = 40},
	[FAULT_HOUR_NEVER] = {MARK("a fault", "{value} does not exist, for the clocks go forward that day: {name} was taken"),
			      .value_max = 40},
	[FAULT_DAY_FIRST] = {MARK("a fault", "in \"{value}\" and the like the day was taken to come first; --month-first takes the month"),
			     .value_max = 40},
	[FAULT_DATES_MIXED] = {MARK("a fault", "\"{value}\" has the month first and \"{name}\" the day: both cannot be right in one table"),
			       .value_max = 40},
	[FAULT_NO_SESSIONS] = {MARK("a fault", "there is no session in it")},
	[FAULT_SESSIONS_MANY] = {MARK("a fault", "more than {limit} sessions, the most this program takes")},
	[FAULT_NO_SOURCE] = {MARK("a fault", "an import needs a name for its source"), .err = ERR_USAGE},
	[FAULT_OTHER_EDITION] =
		{MARK("a fault", "these sessions stand in the event already, by the list \"{value}\", and would be there twice; nothing "
				 "was changed: a new edition of it is imported with --source \"{value}\", another list with --source and a "
				 "name of its own"),
		 .value_max = VALUE_LONG, .err = ERR_REFUSED},
};
_Static_assert(COUNT_OF(KINDS) == FAULT_KIND_COUNT, "every kind has its words");

/* The texts of a fault, and how many bytes of each are kept. */
static const struct {
	size_t offset, max;
} TEXTS[] = {
	{offsetof(struct fault, at.file), 255},    {offsetof(struct fault, at.sheet), 100}, {offsetof(struct fault, at.part), 100},
	{offsetof(struct fault, at.room), 80},     {offsetof(struct fault, at.title), 80},  {offsetof(struct fault, value), TEXT_MAX},
	{offsetof(struct fault, other), TEXT_MAX},
};

const char *fault_pattern(enum fault_kind kind) { return KINDS[kind].message; }

/* --- keeping -------------------------------------------------------------------------------------------------------------------------- */

static const char **text_at(struct fault *f, size_t i) { return (const char **)((char *)f + TEXTS[i].offset); }

void fault_keep(struct fault *to, const struct fault *from) {
	struct fault copy = *from;
	size_t lengths[COUNT_OF(TEXTS)] = {0};
	size_t total = 1;
	for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
		const char *text = *text_at(&copy, i);
		bool own = TEXTS[i].offset == offsetof(struct fault, value) && KINDS[from->kind].value_max != 0;
		lengths[i] = text == NULL ? 0 : utf8_cut(text, own ? KINDS[from->kind].value_max : TEXTS[i].max);
		total += lengths[i] + 1;
	}
	char *at = copy.memory = xmalloc(total);
	for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
		const char **text = text_at(&copy, i);
		if (*text != NULL) {
			memcpy(at, *text, lengths[i]);
			at[lengths[i]] = '\0';
			*text = at;
			at += lengths[i] + 1;
		}
	}
	free(to->memory); /* at the end: `from` may borrow from it */
	*to = copy;
}

void fault_fini(struct fault *fault) {
	free(fault->memory);
	*fault = (struct fault){0};
}

void fault_list_add(struct fault_list *list, const struct fault *fault) {
	list->total++;
	if (list->count == FAULT_LIST_MAX) {
		return;
	}
	ARRAY_GROW(list, items);
	list->items[list->count] = (struct fault){0};
	fault_keep(&list->items[list->count++], fault);
}

void fault_list_fini(struct fault_list *list) {
	for (size_t i = 0; i < list->count; i++) {
		fault_fini(&list->items[i]);
	}
	free(list->items);
	*list = (struct fault_list){0};
}

/* A name a line; which quotation marks stand around them is said by the catalogues. */
void fault_add_name(struct strbuf *list, const char *name) {
	if (list->len >= LIST_LONG) {
		return;
	}
	strbuf_adds(list, list->len != 0 ? "\n" : "");
	size_t begin = list->len;
	strbuf_add(list, name, utf8_cut(name, LIST_NAME));
	for (size_t i = begin; i < list->len; i++) {
		list->data[i] = list->data[i] == '\n' ? ' ' : list->data[i];
	}
}

void fault_say_names(const char *list, const struct tongue *tongue, struct strbuf *out) {
	for (const char *at = list; *at != '\0';) {
		size_t n = strcspn(at, "\n");
		char *name = xstrndup(at, n);
		strbuf_adds(out, at != list ? ", " : "");
		words_fill_one(out, tongue_get_in(tongue, "a list", "\"{name}\""), "name", name);
		free(name);
		at += at[n] != '\0' ? n + 1 : n;
	}
}

/* --- words ---------------------------------------------------------------------------------------------------------------------------- */

/* One place with its number or name, and what parts it from the next. */
static void put_place(struct strbuf *out, const char *pattern, const char *name, const char *value) {
	words_fill_one(out, pattern, name, value);
	strbuf_adds(out, ": ");
}

/* "D12" */
static void cell_name(const struct fault_place *at, char name[40]) {
	char letters[16];
	size_t i = sizeof letters - 1;
	letters[i] = '\0';
	for (size_t c = at->column; c > 0 && i > 0; c = (c - 1) / 26) {
		letters[--i] = (char)('A' + (c - 1) % 26);
	}
	snprintf(name, 40, "%s%zu", letters + i, at->line);
}

static void put_line(struct strbuf *out, const struct fault_place *at, const struct tongue *t) {
	struct str_number line = str_number((int64_t)at->line);
	struct str_number column = str_number((int64_t)at->column);
	const struct word_value both[] = {{"line", line.text}, {"column", column.text}};
	char cell[40];
	if (at->form == FAULT_AT_CELL) {
		cell_name(at, cell);
		put_place(out, tongue_get_in(t, "the place of a fault", "cell {cell}"), "cell", cell);
	} else if (at->form == FAULT_AT_ROW) {
		put_place(out, tongue_get_in(t, "the place of a fault", "row {row}"), "row", line.text);
	} else if (at->column != 0) {
		words_fill(out, tongue_get_in(t, "the place of a fault", "line {line}, column {column}"), both, COUNT_OF(both));
		strbuf_adds(out, ": ");
	} else {
		put_place(out, tongue_get_in(t, "the place of a fault", "line {line}"), "line", line.text);
	}
}

static void put_places(struct strbuf *out, const struct fault_place *at, const struct tongue *t) {
	if (at->file != NULL) {
		bool pipe = str_eq(at->file, "-");
		strbuf_addf(out, "%s: ", pipe ? tongue_get_in(t, "the place of a fault", "standard input") : at->file);
	}
	if (at->sheet != NULL) {
		put_place(out, tongue_get_in(t, "the place of a fault", "sheet \"{sheet}\""), "sheet", at->sheet);
	}
	if (at->part != NULL) {
		strbuf_addf(out, "%s: ", at->part);
	}
	if (at->texts) {
		strbuf_addf(out, "%s: ", tongue_get_in(t, "the place of a fault", "texts of the workbook"));
	}
	if (at->line != 0) {
		put_line(out, at, t);
	}
	if (at->day != 0) {
		put_place(out, tongue_get_in(t, "the place of a fault", "day {day}"), "day", str_number((int64_t)at->day).text);
	}
	if (at->room != NULL) {
		put_place(out, tongue_get_in(t, "the place of a fault", "room \"{room}\""), "room", at->room);
	}
	if (at->entry != 0) {
		put_place(out, tongue_get_in(t, "the place of a fault", "entry {entry}"), "entry", str_number((int64_t)at->entry).text);
	}
	if (at->title != NULL) {
		put_place(out, tongue_get_in(t, "the place of a fault", "\"{title}\""), "title", at->title);
	}
}

static void put_fault(struct strbuf *out, const struct fault *f, const struct tongue *t) {
	struct str_number number = str_number(f->number);
	const char *other = str_or_empty(f->other);
	struct strbuf names = {0};
	fault_say_names(other, t, &names);
	const struct word_value values[] = {{"value", str_or_empty(f->value)},
					    {"name", other},
					    {"list", strbuf_str(&names)},
					    {"reason", other},
					    {"limit", number.text},
					    {"number", number.text}};
	put_places(out, &f->at, t);
	words_fill(out, tongue_get_in(t, "a fault", KINDS[f->kind].message), values, COUNT_OF(values));
	strbuf_fini(&names);
}

void fault_say(const struct fault *fault, const struct tongue *tongue, struct strbuf *out) {
	if (fault->refused == 0) {
		put_fault(out, fault, tongue);
		return;
	}
	struct strbuf first = {0};
	struct str_number count = str_number((int64_t)fault->refused);
	put_fault(&first, fault, tongue);
	const struct word_value values[] = {{"n", count.text}, {"first", strbuf_str(&first)}};
	bool of_table = fault->kind < FAULT_SCHEDULE_NO_JSON; /* schedules and calendars have entries */
	const char *rows = tongue_get_n(tongue, "{n} row or cell cannot be taken, so nothing was; the first: {first}",
					"{n} rows or cells cannot be taken, so nothing was; the first: {first}", (long)fault->refused);
	const char *entries = tongue_get_n(tongue, "{n} entry cannot be taken, so nothing was; the first: {first}",
					   "{n} entries cannot be taken, so nothing was; the first: {first}", (long)fault->refused);
	words_fill(out, of_table ? rows : entries, values, COUNT_OF(values));
	strbuf_fini(&first);
}

/* --- in errors ------------------------------------------------------------------------------------------------------------------------ */

bool fault_fail(struct err *err, const struct fault *fault) {
	struct fault kept = {0};
	struct strbuf text = {0};
	enum err_kind kind = KINDS[fault->kind].err;
	fault_keep(&kept, fault);
	fault_say(&kept, NULL, &text);
	err_set(err, kind == ERR_NONE ? ERR_INPUT : kind, "%s", strbuf_str(&text));
	strbuf_fini(&text);
	if (err->fault != NULL) {
		fault_fini(err->fault);
		*err->fault = kept;
		err->has_fault = true;
	} else {
		fault_fini(&kept);
	}
	return false;
}

static void add_places(struct fault_place *to, const struct fault_place *at) {
	to->file = at->file ? at->file : to->file;
	to->sheet = at->sheet ? at->sheet : to->sheet;
	to->part = at->part ? at->part : to->part;
	to->room = at->room ? at->room : to->room;
	to->title = at->title ? at->title : to->title;
	to->texts = at->texts || to->texts;
	to->day = at->day ? at->day : to->day;
	to->entry = at->entry ? at->entry : to->entry;
	if (at->line != 0) {
		to->line = at->line;
		to->column = at->column;
		to->form = at->form;
	}
}

bool fault_wrap(struct err *err, const struct fault_place *at) {
	struct fault place = {0};
	struct strbuf text = {0};
	fault_keep(&place, &(struct fault){.at = *at});
	put_places(&text, &place.at, NULL);
	if (text.len != 0) {
		err_wrap(err, "%.*s", (int)(text.len - strlen(": ")), text.data);
	}
	if (err->has_fault) {
		struct fault wrapped = *err->fault;
		add_places(&wrapped.at, &place.at);
		fault_keep(err->fault, &wrapped);
	}
	strbuf_fini(&text);
	fault_fini(&place);
	return false;
}

bool fault_of_file(struct err *err, const char *path, size_t cap) {
	struct fault fault = {.kind = FAULT_UNREADABLE, .other = err->text};
	if (err->kind == ERR_INPUT) {
		fault = (struct fault){.kind = FAULT_FILE_LARGE, .at.file = file_base_name(path), .number = (int64_t)(cap >> 20)};
	} else if (!str_eq(path, "-") && !file_exists(path)) { /* a stick that was taken out */
		fault = (struct fault){.kind = FAULT_FILE_MISSING, .at.file = file_base_name(path)};
	}
	if (err->fault != NULL) {
		fault_keep(err->fault, &fault);
		err->has_fault = true;
	}
	return false;
}
