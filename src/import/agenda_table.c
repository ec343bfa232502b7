#include "import/agenda_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/agenda_build.h"
#include "import/alias.h"
#include "import/fault.h"
#include "import/time_text.h"

#define LOOK_ROWS 50 /* the header stands in the first so many */

/* What a column can mean: an enum session_field, or one of these. */
enum { TO_START = SESSION_FIELD_COUNT, TO_END, TO_DATE, TO_ROOM, TO_UID, TO_CAPACITY, TO_DURATION, TO_STATUS, TO_COUNT };

static const char *const TARGET_KEYS[] = {"start", "end", "date", "room", "id", "capacity", "duration", "status"};
_Static_assert(COUNT_OF(TARGET_KEYS) == TO_COUNT - SESSION_FIELD_COUNT, "every target has a key");

static const struct alias ALIASES[] = {
	{"Назва", SESSION_TITLE, 1},
	{"Назва заходу", SESSION_TITLE, 1},
	{"Назва сесії", SESSION_TITLE, 1},
	{"Назва доповіді", SESSION_TITLE, 1},
	{"Захід", SESSION_TITLE, 1},
	{"Подія", SESSION_TITLE, 1},
	{"Тема", SESSION_TITLE, 1},
	{"Тема доповіді", SESSION_TITLE, 1},
	{"Сесія", SESSION_TITLE, 1},
	{"Доповідь", SESSION_TITLE, 1},
	{"Заголовок", SESSION_TITLE, 1},
	{"Название", SESSION_TITLE, 1},
	{"Название доклада", SESSION_TITLE, 1},
	{"Мероприятие", SESSION_TITLE, 1},
	{"Событие", SESSION_TITLE, 1},
	{"Сессия", SESSION_TITLE, 1},
	{"Доклад", SESSION_TITLE, 1},
	{"Тема доклада", SESSION_TITLE, 1},
	{"Title", SESSION_TITLE, 1},
	{"Session", SESSION_TITLE, 1},
	{"Session title", SESSION_TITLE, 1},
	{"Proposal title", SESSION_TITLE, 1},
	{"Talk", SESSION_TITLE, 1},
	{"Talk title", SESSION_TITLE, 1},
	{"Name", SESSION_TITLE, 1},
	{"Topic", SESSION_TITLE, 1},
	{"Subject", SESSION_TITLE, 1},
	{"Summary", SESSION_TITLE, 1},
	{"Event", SESSION_TITLE, 1},
	{"Підзаголовок", SESSION_SUBTITLE, 1},
	{"Подзаголовок", SESSION_SUBTITLE, 1},
	{"Subtitle", SESSION_SUBTITLE, 1},
	{"Трек", SESSION_TRACK, 1},
	{"Потік", SESSION_TRACK, 1},
	{"Секція", SESSION_TRACK, 1},
	{"Напрям", SESSION_TRACK, 1},
	{"Поток", SESSION_TRACK, 1},
	{"Секция", SESSION_TRACK, 1},
	{"Направление", SESSION_TRACK, 1},
	{"Track", SESSION_TRACK, 1},
	{"Stream", SESSION_TRACK, 1},
	{"Спікер", SESSION_SPEAKERS, 1},
	{"Спікери", SESSION_SPEAKERS, 1},
	{"Доповідач", SESSION_SPEAKERS, 1},
	{"Доповідачі", SESSION_SPEAKERS, 1},
	{"Ведучий", SESSION_SPEAKERS, 1},
	{"Ведучі", SESSION_SPEAKERS, 1},
	{"Модератор", SESSION_SPEAKERS, 0},
	{"Виступає", SESSION_SPEAKERS, 1},
	{"Спикер", SESSION_SPEAKERS, 1},
	{"Спикеры", SESSION_SPEAKERS, 1},
	{"Докладчик", SESSION_SPEAKERS, 1},
	{"Докладчики", SESSION_SPEAKERS, 1},
	{"Ведущий", SESSION_SPEAKERS, 1},
	{"Ведущие", SESSION_SPEAKERS, 1},
	{"Speaker", SESSION_SPEAKERS, 1},
	{"Speakers", SESSION_SPEAKERS, 1},
	{"Speaker names", SESSION_SPEAKERS, 1},
	{"Speaker name", SESSION_SPEAKERS, 1},
	{"Presenter", SESSION_SPEAKERS, 1},
	{"Presenters", SESSION_SPEAKERS, 1},
	{"Host", SESSION_SPEAKERS, 0},
	{"Опис", SESSION_ABSTRACT, 1},
	{"Анотація", SESSION_ABSTRACT, 1},
	{"Тези", SESSION_ABSTRACT, 1},
	{"Описание", SESSION_ABSTRACT, 1},
	{"Аннотация", SESSION_ABSTRACT, 1},
	{"Тезисы", SESSION_ABSTRACT, 1},
	{"Abstract", SESSION_ABSTRACT, 2},
	{"Description", SESSION_ABSTRACT, 1},
	{"Мова", SESSION_LANGUAGE, 1},
	{"Язык", SESSION_LANGUAGE, 1},
	{"Language", SESSION_LANGUAGE, 1},
	{"Locale", SESSION_LANGUAGE, 1},
	{"Тип", SESSION_KIND, 1},
	{"Вид", SESSION_KIND, 1},
	{"Формат", SESSION_KIND, 1},
	{"Тип сесії", SESSION_KIND, 1},
	{"Type", SESSION_KIND, 1},
	{"Kind", SESSION_KIND, 1},
	{"Format", SESSION_KIND, 1},
	{"Session type", SESSION_KIND, 1},
	{"Submission type", SESSION_KIND, 1},
	{"Колір", SESSION_COLOUR, 1},
	{"Цвет", SESSION_COLOUR, 1},
	{"Colour", SESSION_COLOUR, 1},
	{"Color", SESSION_COLOUR, 1},
	{"Початок", TO_START, 1},
	{"Час", TO_START, 1},
	{"Час початку", TO_START, 1},
	{"Дата і час", TO_START, 1},
	{"Дата та час", TO_START, 1},
	{"Дата й час", TO_START, 1},
	{"Дата і час початку", TO_START, 1},
	{"Час проведення", TO_START, 1},
	{"Коли", TO_START, 1},
	{"Від", TO_START, 1},
	{"Начало", TO_START, 1},
	{"Время", TO_START, 1},
	{"Время начала", TO_START, 1},
	{"Дата и время", TO_START, 1},
	{"Дата и время начала", TO_START, 1},
	{"Когда", TO_START, 1},
	{"Start", TO_START, 1},
	{"Starts", TO_START, 1},
	{"Starts at", TO_START, 1},
	{"Start time", TO_START, 1},
	{"Start date and time", TO_START, 1},
	{"Begin", TO_START, 1},
	{"Time", TO_START, 1},
	{"When", TO_START, 1},
	{"From", TO_START, 1},
	{"Date and time", TO_START, 1},
	{"Date/time", TO_START, 1},
	{"Кінець", TO_END, 1},
	{"Час закінчення", TO_END, 1},
	{"Закінчення", TO_END, 1},
	{"Завершення", TO_END, 1},
	{"До", TO_END, 1},
	{"Дата і час закінчення", TO_END, 1},
	{"Час завершення", TO_END, 1},
	{"Конец", TO_END, 1},
	{"Окончание", TO_END, 1},
	{"Время окончания", TO_END, 1},
	{"Завершение", TO_END, 1},
	{"End", TO_END, 1},
	{"Ends", TO_END, 1},
	{"Ends at", TO_END, 1},
	{"End time", TO_END, 1},
	{"Finish", TO_END, 1},
	{"Until", TO_END, 1},
	{"To", TO_END, 1},
	{"Дата", TO_DATE, 1},
	{"День", TO_DATE, 1},
	{"Дата проведення", TO_DATE, 1},
	{"Дата проведения", TO_DATE, 1},
	{"Дата початку", TO_DATE, 1},
	{"Дата начала", TO_DATE, 1},
	{"Date", TO_DATE, 1},
	{"Day", TO_DATE, 1},
	{"Start date", TO_DATE, 1},
	{"Зала", TO_ROOM, 1},
	{"Зал", TO_ROOM, 1},
	{"Місце", TO_ROOM, 1},
	{"Локація", TO_ROOM, 1},
	{"Приміщення", TO_ROOM, 1},
	{"Кімната", TO_ROOM, 1},
	{"Аудиторія", TO_ROOM, 1},
	{"Місце проведення", TO_ROOM, 1},
	{"Сцена", TO_ROOM, 1},
	{"Место", TO_ROOM, 1},
	{"Место проведения", TO_ROOM, 1},
	{"Помещение", TO_ROOM, 1},
	{"Комната", TO_ROOM, 1},
	{"Аудитория", TO_ROOM, 1},
	{"Локация", TO_ROOM, 1},
	{"Room", TO_ROOM, 1},
	{"Location", TO_ROOM, 1},
	{"Place", TO_ROOM, 1},
	{"Venue", TO_ROOM, 1},
	{"Hall", TO_ROOM, 1},
	{"Stage", TO_ROOM, 1},
	{"ID", TO_UID, 1},
	{"UID", TO_UID, 1},
	{"GUID", TO_UID, 1},
	{"Код", TO_UID, 1},
	{"Code", TO_UID, 1},
	{"Session ID", TO_UID, 1},
	{"Номер", TO_UID, 1},
	{"Proposal ID", TO_UID, 1},
	{"Місць", TO_CAPACITY, 1},
	{"Кількість місць", TO_CAPACITY, 1},
	{"Місткість", TO_CAPACITY, 1},
	{"Мест", TO_CAPACITY, 1},
	{"Количество мест", TO_CAPACITY, 1},
	{"Вместимость", TO_CAPACITY, 1},
	{"Capacity", TO_CAPACITY, 1},
	{"Seats", TO_CAPACITY, 1},
	{"Тривалість", TO_DURATION, 1},
	{"Длительность", TO_DURATION, 1},
	{"Продолжительность", TO_DURATION, 1},
	{"Duration", TO_DURATION, 1},
	{"Length", TO_DURATION, 1},
	{"Duration (minutes)", TO_DURATION, 1},
	{"Статус", TO_STATUS, 1},
	{"Стан", TO_STATUS, 1},
	{"Состояние", TO_STATUS, 1},
	{"Status", TO_STATUS, 1},
	{"State", TO_STATUS, 1},
};

struct reader {
	const struct table *t;
	const struct tz *zone;
	struct agenda *out;
	int target[TABLE_COLUMNS_MAX];
	size_t header, width;
	size_t row;
	const char *value[TO_COUNT]; /* of this row; "" for none */
	size_t column[TO_COUNT];     /* that gave it, from 1 */
	char *speakers;              /* several columns in one */
	bool has_day;
	int64_t day; /* the last one named */
};

/* ---- columns ---- */

static int target_find(const char *key) {
	for (int i = 0; i < TO_COUNT; i++) {
		const char *here =
			i < SESSION_FIELD_COUNT ? session_field_key((enum session_field)i) : TARGET_KEYS[i - SESSION_FIELD_COUNT];
		if (str_eq(here, key)) {
			return i;
		}
	}
	return -1;
}

/* "Speaker 2": the number of a repeated column does not matter. */
static int find_target(const struct mapstr *aliases, const char *header) {
	int target = alias_find(aliases, header, NULL);
	size_t n = strlen(header);
	while (n > 0 && (str_is_digit(header[n - 1]) || header[n - 1] == ' ')) {
		n--;
	}
	if (target < 0 && n > 0 && header[n] != '\0') {
		char *head = xstrndup(header, n);
		target = alias_find(aliases, head, NULL);
		target = target == SESSION_SPEAKERS ? target : -1;
		free(head);
	}
	return target;
}

/* Titles and notes may stand above the header: it is the first row that names a title and a time, or all headers that the caller named. */
static bool find_header(struct reader *r, const struct mapstr *aliases, const struct agenda_options *opt) {
	for (size_t row = 0; row < r->t->count && row < LOOK_ROWS; row++) {
		bool title = false;
		bool when = false;
		size_t mapped = 0;
		for (size_t c = 0; c < r->t->rows[row].count; c++) {
			const char *cell = table_cell(r->t, row, c);
			int target = alias_find(aliases, cell, NULL);
			title = title || target == SESSION_TITLE;
			when = when || target == TO_START || target == TO_DATE;
			for (size_t m = 0; opt != NULL && m < opt->map_count; m++) {
				mapped += str_eq_nocase(opt->maps[m].header, cell);
			}
		}
		if ((title && when) || (opt != NULL && opt->map_count != 0 && mapped >= opt->map_count)) {
			r->header = row;
			return true;
		}
	}
	return false;
}

static bool no_column(const struct reader *r, enum fault_kind kind, const char *wanted, struct err *err) {
	struct strbuf names = {0};
	for (size_t c = 0; c < r->t->rows[r->header].count; c++) {
		fault_add_name(&names, table_cell(r->t, r->header, c));
	}
	fault_fail(err, &(struct fault){.kind = kind, .at.line = r->t->rows[r->header].line, .value = wanted, .other = strbuf_str(&names)});
	strbuf_fini(&names);
	return false;
}

static bool apply_maps(struct reader *r, const struct agenda_options *opt, struct err *err) {
	for (size_t m = 0; opt != NULL && m < opt->map_count; m++) {
		int target = target_find(opt->maps[m].field);
		if (target < 0) {
			return fault_fail(err, &(struct fault){.kind = FAULT_SESSION_FIELD_UNKNOWN, .value = opt->maps[m].field});
		}
		char *wanted = alias_fold(opt->maps[m].header);
		size_t found = SIZE_MAX;
		for (size_t c = 0; c < r->width; c++) {
			char *here = alias_fold(table_cell(r->t, r->header, c));
			found = found == SIZE_MAX && *wanted != '\0' && str_eq(here, wanted) ? c : found;
			/* The named column is the only one for its field. */
			r->target[c] = r->target[c] == target ? -1 : r->target[c];
			free(here);
		}
		free(wanted);
		if (found == SIZE_MAX) {
			return no_column(r, FAULT_NO_COLUMN, opt->maps[m].header, err);
		}
		r->target[found] = target;
	}
	return true;
}

static bool find_columns(struct reader *r, const struct agenda_options *opt, struct err *err) {
	struct mapstr aliases = alias_table(ALIASES, COUNT_OF(ALIASES));
	bool found = find_header(r, &aliases, opt);
	r->width = r->t->rows[r->header].count;
	for (size_t c = 0; c < r->width; c++) {
		r->target[c] = find_target(&aliases, table_cell(r->t, r->header, c));
	}
	mapstr_fini(&aliases);
	if (!apply_maps(r, opt, err)) {
		return false;
	}
	bool title = false;
	bool when = false;
	for (size_t c = 0; c < r->width; c++) {
		title = title || r->target[c] == SESSION_TITLE;
		when = when || r->target[c] == TO_START;
	}
	if (!found || !title || !when) {
		return no_column(r, title ? FAULT_NO_STARTS : FAULT_NO_TITLES, NULL, err);
	}
	return true;
}

/* ---- rows ---- */

static bool fail_cell(const struct reader *r, int target, enum fault_kind kind, struct err *err) {
	struct fault_place at = {.line = r->t->rows[r->row].line, .column = r->column[target]};
	return fault_fail(err, &(struct fault){.kind = kind, .at = at, .value = r->value[target]});
}

static bool fail_row(const struct reader *r, enum fault_kind kind, struct err *err) {
	return fault_fail(err, &(struct fault){.kind = kind, .at.line = r->t->rows[r->row].line, .value = r->value[SESSION_TITLE]});
}

/* Collects this row's values: of several columns for one field the first that is not empty; speakers all. */
static void collect(struct reader *r) {
	struct strbuf speakers = {0};
	for (int i = 0; i < TO_COUNT; i++) {
		r->value[i] = "";
		r->column[i] = 0;
	}
	for (size_t c = 0; c < r->width; c++) {
		int target = r->target[c];
		const char *cell = table_cell(r->t, r->row, c);
		if (target < 0 || *cell == '\0') {
			continue;
		}
		if (target == SESSION_SPEAKERS) {
			strbuf_addf(&speakers, "%s%s", speakers.len ? ", " : "", cell);
		}
		if (r->column[target] == 0) {
			r->value[target] = cell;
			r->column[target] = c + 1;
		}
	}
	free(r->speakers);
	r->speakers = strbuf_detach(&speakers);
	r->value[SESSION_SPEAKERS] = r->speakers;
}

static bool read_when_cell(const struct reader *r, int target, struct time_text *out, struct err *err) {
	*out = (struct time_text){0};
	return *r->value[target] == '\0' || time_text_read(r->value[target], out) || fail_cell(r, target, FAULT_NO_TIME, err);
}

static struct civil civil_of(int64_t day, int minute) {
	struct civil c = {.hour = minute / 60 % 24, .minute = minute % 60};
	tz_from_days(day + minute / 1440, &c.year, &c.month, &c.day);
	return c;
}

/* A time with its own offset, as RFC 3339 has it. */
static bool exact(const struct reader *r, const char *text, struct utc_ms *utc, int *offset_min) {
	size_t n = strlen(text); /* "2026-05-14T10:30" alone has 16 */
	return n > 16 && (text[n - 1] == 'Z' || text[n - 1] == 'z' || text[n - 6] == '+' || text[n - 6] == '-') &&
	       tz_parse(r->zone, text, utc, offset_min);
}

static bool set_end(struct reader *r, struct session *s, const struct time_text *start, struct err *err) {
	struct time_text end;
	int offset_min = 0;
	int minutes = AGENDA_DEFAULT_MINUTES;
	if (exact(r, r->value[TO_END], &s->when.end, &offset_min)) {
		return s->when.end.v >= s->when.start.v || fail_cell(r, TO_END, FAULT_BEFORE_START, err);
	}
	if (!read_when_cell(r, TO_END, &end, err)) {
		return false;
	}
	if (end.has_time || start->has_end) {
		int64_t start_day = (s->when.start.v + s->when.offset_min * INT64_C(60000)) / 86400000;
		struct civil local = civil_of(end.has_day ? end.day : start_day, end.has_time ? end.minute : start->end_minute);
		s->when.end = tz_utc(r->zone, &local);
		/* "23:00-01:00" ends on the next day. */
		if (s->when.end.v < s->when.start.v && !end.has_day) {
			local = civil_of(start_day + 1, end.has_time ? end.minute : start->end_minute);
			s->when.end = tz_utc(r->zone, &local);
		}
		return s->when.end.v >= s->when.start.v || fail_cell(r, TO_END, FAULT_BEFORE_START, err);
	}
	if (*r->value[TO_DURATION] != '\0' && !time_text_duration(r->value[TO_DURATION], &minutes)) {
		return fail_cell(r, TO_DURATION, FAULT_NO_DURATION, err);
	}
	s->when.end.v = s->when.start.v + minutes * INT64_C(60000);
	return true;
}

static bool set_when(struct reader *r, struct session *s, struct err *err) {
	struct time_text date;
	struct time_text start = {0};
	if (exact(r, r->value[TO_START], &s->when.start, &s->when.offset_min)) {
		return set_end(r, s, &start, err);
	}
	if (!read_when_cell(r, TO_DATE, &date, err) || !read_when_cell(r, TO_START, &start, err)) {
		return false;
	}
	if (*r->value[TO_DATE] != '\0' && !date.has_day) {
		return fail_cell(r, TO_DATE, FAULT_NO_DATE, err);
	}
	if (date.has_day || start.has_day) {
		r->day = start.has_day ? start.day : date.day;
		r->has_day = true;
	}
	/* Both may stand in the date's column. */
	if (!start.has_time && date.has_time) {
		start = date;
	}
	if (!start.has_time) {
		return fail_row(r, FAULT_START_NO_TIME, err);
	}
	if (!r->has_day) {
		return fail_row(r, FAULT_START_NO_DATE, err);
	}
	struct civil local = civil_of(r->day, start.minute);
	agenda_set_start(s, r->zone, &local);
	return set_end(r, s, &start, err);
}

/* A row of nothing but a date, in whatever column. */
static bool is_day_row(struct reader *r) {
	const struct table_row *row = &r->t->rows[r->row];
	const char *only = NULL;
	for (size_t c = 0; c < row->count; c++) {
		const char *cell = r->t->cells[row->first + c];
		if (*cell != '\0' && only != NULL) {
			return false;
		}
		only = *cell != '\0' ? cell : only;
	}
	struct time_text date;
	if (only == NULL || !time_text_read(only, &date) || !date.has_day || date.has_time) {
		return false;
	}
	r->day = date.day;
	r->has_day = true;
	return true;
}

static bool is_cancelled(const char *status) {
	static const char *const words[] = {"cancel", "скасован", "відмінен", "отменен", "отменён", "withdrawn", "rejected"};
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		char *here = alias_fold(status);
		char *word = alias_fold(words[i]);
		bool hit = str_starts(here, word);
		free(here);
		free(word);
		if (hit) {
			return true;
		}
	}
	return false;
}

static bool read_row(struct reader *r, struct err *err) {
	collect(r);
	if (is_day_row(r)) {
		return true;
	}
	if (*r->value[SESSION_TITLE] == '\0') {
		/* Notes beside the table are passed over; a time without a title is a mistake. */
		return *r->value[TO_START] == '\0' || fail_row(r, FAULT_START_NO_TITLE, err);
	}
	struct session *s = agenda_new(r->out, err);
	if (s == NULL || !set_when(r, s, err)) {
		return false;
	}
	for (int i = 0; i < SESSION_FIELD_COUNT; i++) {
		agenda_set_text(s, (enum session_field)i, r->value[i]);
	}
	agenda_set_room(s, r->value[TO_ROOM]);
	int64_t capacity = 0;
	if (*r->value[TO_CAPACITY] != '\0' && (!str_to_i64(r->value[TO_CAPACITY], &capacity) || capacity < 0 || capacity > 1000000)) {
		return fail_cell(r, TO_CAPACITY, FAULT_NO_SEATS, err);
	}
	s->when.capacity = (int)capacity;
	s->cancelled = is_cancelled(r->value[TO_STATUS]);
	agenda_set_uid(s, r->value[TO_UID]);
	return true;
}

bool agenda_from_table(const struct table *t, const struct tz *zone, const struct agenda_options *opt, struct agenda *out,
		       struct err *err) {
	struct reader r = {.t = t, .zone = zone, .out = out};
	bool ok = find_columns(&r, opt, err);
	for (r.row = r.header + 1; ok && r.row < t->count; r.row++) {
		ok = read_row(&r, err);
	}
	free(r.speakers);
	return ok;
}
