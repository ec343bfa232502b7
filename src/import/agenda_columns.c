#include "import/agenda_columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/alias.h"
#include "import/fault.h"

#define LOOK_ROWS 50 /* the header stands in the first so many */

static const char *const TARGET_KEYS[] = {"start", "end", "date", "end_date", "room", "id", "capacity", "duration", "status", "all_day"};
_Static_assert(COUNT_OF(TARGET_KEYS) == TO_COUNT - SESSION_FIELD_COUNT, "every target has a key");

/* Rank 0: the column may be the title where there is no other. */
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
	{"Назва лекції", SESSION_TITLE, 1},
	{"Назва події", SESSION_TITLE, 1},
	{"Назва майстер-класу", SESSION_TITLE, 1},
	{"Назва заняття", SESSION_TITLE, 1},
	{"Програма", SESSION_TITLE, 1},
	{"Активність", SESSION_TITLE, 1},
	{"Заняття", SESSION_TITLE, 1},
	{"Лекція", SESSION_TITLE, 1},
	{"Зміст", SESSION_TITLE, 1},
	{"Название мероприятия", SESSION_TITLE, 1},
	{"Название сессии", SESSION_TITLE, 1},
	{"Название лекции", SESSION_TITLE, 1},
	{"Название события", SESSION_TITLE, 1},
	{"Программа", SESSION_TITLE, 1},
	{"Активность", SESSION_TITLE, 1},
	{"Занятие", SESSION_TITLE, 1},
	{"Лекция", SESSION_TITLE, 1},
	{"Session name", SESSION_TITLE, 1},
	{"Event name", SESSION_TITLE, 1},
	{"Event title", SESSION_TITLE, 1},
	{"Activity", SESSION_TITLE, 1},
	{"Напрямок", SESSION_TRACK, 1},
	{"Модуль", SESSION_TRACK, 0},
	{"Блок", SESSION_TRACK, 0},
	{"Тематичний блок", SESSION_TRACK, 0},
	{"Тематический блок", SESSION_TRACK, 0},
	{"Module", SESSION_TRACK, 0},
	{"Block", SESSION_TRACK, 0},
	{"Section", SESSION_TRACK, 1},
	{"Track name", SESSION_TRACK, 1},
	{"Лектор", SESSION_SPEAKERS, 1},
	{"Лектори", SESSION_SPEAKERS, 1},
	{"Викладач", SESSION_SPEAKERS, 1},
	{"Викладачі", SESSION_SPEAKERS, 1},
	{"Тренер", SESSION_SPEAKERS, 1},
	{"Тренери", SESSION_SPEAKERS, 1},
	{"Експерт", SESSION_SPEAKERS, 1},
	{"Експерти", SESSION_SPEAKERS, 1},
	{"Хто", SESSION_SPEAKERS, 1},
	{"Лекторы", SESSION_SPEAKERS, 1},
	{"Преподаватель", SESSION_SPEAKERS, 1},
	{"Преподаватели", SESSION_SPEAKERS, 1},
	{"Тренеры", SESSION_SPEAKERS, 1},
	{"Эксперт", SESSION_SPEAKERS, 1},
	{"Эксперты", SESSION_SPEAKERS, 1},
	{"Кто", SESSION_SPEAKERS, 1},
	{"Lecturer", SESSION_SPEAKERS, 1},
	{"Trainer", SESSION_SPEAKERS, 1},
	{"Moderator", SESSION_SPEAKERS, 0},
	{"Короткий опис", SESSION_ABSTRACT, 1},
	{"Краткое описание", SESSION_ABSTRACT, 1},
	{"Details", SESSION_ABSTRACT, 1},
	{"Session format", SESSION_KIND, 1},
	{"З", TO_START, 1},
	{"Починається", TO_START, 1},
	{"Дата й час початку", TO_START, 1},
	{"Дата та час початку", TO_START, 1},
	{"С", TO_START, 1},
	{"Начинается", TO_START, 1},
	{"Время проведения", TO_START, 1},
	{"Scheduled at", TO_START, 1},
	{"Scheduled", TO_START, 1},
	{"Starts on", TO_START, 1},
	{"Start at", TO_START, 1},
	{"Begins", TO_START, 1},
	{"Begins at", TO_START, 1},
	{"Start datetime", TO_START, 1},
	{"Start date/time", TO_START, 1},
	{"Session start", TO_START, 1},
	{"Session start time", TO_START, 1},
	{"Time slot", TO_START, 1},
	{"По", TO_END, 1},
	{"Час кінця", TO_END, 1},
	{"Закінчується", TO_END, 1},
	{"Время конца", TO_END, 1},
	{"Заканчивается", TO_END, 1},
	{"Время завершения", TO_END, 1},
	{"Дата и время окончания", TO_END, 1},
	{"Ends on", TO_END, 1},
	{"End at", TO_END, 1},
	{"End datetime", TO_END, 1},
	{"End date/time", TO_END, 1},
	{"End date and time", TO_END, 1},
	{"Session end", TO_END, 1},
	{"Session end time", TO_END, 1},
	{"Finish time", TO_END, 1},
	{"Дата заходу", TO_DATE, 1},
	{"Дата сесії", TO_DATE, 1},
	{"Дата мероприятия", TO_DATE, 1},
	{"Session date", TO_DATE, 1},
	{"Event date", TO_DATE, 1},
	{"Дата закінчення", TO_END_DATE, 1},
	{"Дата завершення", TO_END_DATE, 1},
	{"Кінцева дата", TO_END_DATE, 1},
	{"Дата окончания", TO_END_DATE, 1},
	{"Дата завершения", TO_END_DATE, 1},
	{"End date", TO_END_DATE, 1},
	{"Finish date", TO_END_DATE, 1},
	{"Де", TO_ROOM, 1},
	{"Майданчик", TO_ROOM, 1},
	{"Где", TO_ROOM, 1},
	{"Площадка", TO_ROOM, 1},
	{"Where", TO_ROOM, 1},
	{"Room name", TO_ROOM, 1},
	{"Session code", TO_UID, 1},
	{"К-сть місць", TO_CAPACITY, 1},
	{"К-ть місць", TO_CAPACITY, 1},
	{"Кіл-ть місць", TO_CAPACITY, 1},
	{"Кількість учасників", TO_CAPACITY, 1},
	{"Ліміт", TO_CAPACITY, 1},
	{"Ліміт місць", TO_CAPACITY, 1},
	{"Ліміт учасників", TO_CAPACITY, 1},
	{"Максимум учасників", TO_CAPACITY, 1},
	{"Кол-во мест", TO_CAPACITY, 1},
	{"Количество участников", TO_CAPACITY, 1},
	{"Лимит", TO_CAPACITY, 1},
	{"Лимит мест", TO_CAPACITY, 1},
	{"Лимит участников", TO_CAPACITY, 1},
	{"Places", TO_CAPACITY, 1},
	{"Max attendees", TO_CAPACITY, 1},
	{"Max participants", TO_CAPACITY, 1},
	{"Limit", TO_CAPACITY, 1},
	{"Scheduled duration", TO_DURATION, 1},
	{"Тривалість (хв)", TO_DURATION, 1},
	{"Хвилин", TO_DURATION, 1},
	{"Минут", TO_DURATION, 1},
	{"Minutes", TO_DURATION, 1},
	{"Весь день", TO_ALL_DAY, 1},
	{"Увесь день", TO_ALL_DAY, 1},
	{"Цілий день", TO_ALL_DAY, 1},
	{"Целый день", TO_ALL_DAY, 1},
	{"All day event", TO_ALL_DAY, 1},
	{"All day", TO_ALL_DAY, 1},
};

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

/* ---- one header ---- */

/* What parts the ways in which a header names one thing. */
static const char *const SEPARATORS[] = {"/", "|", ";", "(", ")", "[", "]", "\n", " або ", " чи ", " или ", " or ", " – ", " — ", " - "};

static size_t next_separator(const char *text, size_t *length) {
	size_t first = strlen(text);
	*length = 0;
	for (size_t i = 0; i < COUNT_OF(SEPARATORS); i++) {
		const char *at = strstr(text, SEPARATORS[i]);
		if (at != NULL && (size_t)(at - text) < first) {
			first = (size_t)(at - text);
			*length = strlen(SEPARATORS[i]);
		}
	}
	return first;
}

/* "Speaker 2": the number of a repeated column does not matter. */
static int find_numbered(const struct mapstr *aliases, const char *header) {
	size_t n = strlen(header);
	while (n > 0 && (str_is_digit(header[n - 1]) || header[n - 1] == ' ')) {
		n--;
	}
	if (n == 0 || header[n] == '\0') {
		return -1;
	}
	char *head = xstrndup(header, n);
	int target = alias_find(aliases, head, NULL);
	free(head);
	return target == SESSION_SPEAKERS ? target : -1;
}

static int find_target(const struct mapstr *aliases, const char *header, int *rank) {
	int target = alias_find(aliases, header, rank);
	target = target < 0 ? find_numbered(aliases, header) : target;
	for (const char *at = header; target < 0 && *at != '\0';) {
		size_t length;
		size_t n = next_separator(at, &length);
		char *part = xstrndup(at, n);
		target = alias_find(aliases, part, rank);
		free(part);
		at += n + length;
	}
	return target;
}

/* ---- the table ---- */

/* Titles and notes may stand above the header: it is the first row that names a title and a time, or all headers that the caller named. */
static bool find_header(const struct table *t, const struct mapstr *aliases, const struct agenda_options *opt, struct agenda_columns *out) {
	for (size_t row = 0; row < t->count && row < LOOK_ROWS; row++) {
		bool title = false;
		bool when = false;
		size_t mapped = 0;
		for (size_t c = 0; c < t->rows[row].count; c++) {
			const char *cell = table_cell(t, row, c);
			int rank = 1;
			int target = find_target(aliases, cell, &rank);
			title = title || target == SESSION_TITLE || (target == SESSION_TRACK && rank == 0);
			when = when || target == TO_START || target == TO_DATE;
			for (size_t m = 0; m < opt->map_count; m++) {
				mapped += str_eq_nocase(opt->maps[m].header, cell);
			}
		}
		if ((title && when) || (opt->map_count != 0 && mapped >= opt->map_count)) {
			out->header = row;
			return true;
		}
	}
	return false;
}

static bool no_column(const struct table *t, const struct agenda_columns *cols, const struct fault *what, struct err *err) {
	struct strbuf names = {0};
	struct fault fault = *what;
	for (size_t c = 0; c < t->rows[cols->header].count; c++) {
		fault_add_name(&names, table_cell(t, cols->header, c));
	}
	fault.at.line = t->rows[cols->header].line;
	fault.other = strbuf_str(&names);
	fault_fail(err, &fault);
	strbuf_fini(&names);
	return false;
}

static bool apply_maps(const struct table *t, const struct agenda_options *opt, struct agenda_columns *cols, struct err *err) {
	for (size_t m = 0; m < opt->map_count; m++) {
		int target = target_find(opt->maps[m].field);
		if (target < 0) {
			return fault_fail(err, &(struct fault){.kind = FAULT_SESSION_FIELD_UNKNOWN, .value = opt->maps[m].field});
		}
		char *wanted = alias_fold(opt->maps[m].header);
		size_t found = SIZE_MAX;
		for (size_t c = 0; c < cols->width; c++) {
			char *here = alias_fold(table_cell(t, cols->header, c));
			found = found == SIZE_MAX && *wanted != '\0' && str_eq(here, wanted) ? c : found;
			/* The named column is the only one for its field. */
			cols->target[c] = cols->target[c] == target ? -1 : cols->target[c];
			free(here);
		}
		free(wanted);
		if (found == SIZE_MAX) {
			return no_column(t, cols, &(struct fault){.kind = FAULT_NO_COLUMN, .value = opt->maps[m].header}, err);
		}
		cols->target[found] = target;
	}
	return true;
}

static bool has(const struct agenda_columns *cols, int target) {
	for (size_t c = 0; c < cols->width; c++) {
		if (cols->target[c] == target) {
			return true;
		}
	}
	return false;
}

static void match_headers(const struct table *t, const struct mapstr *aliases, struct agenda_columns *cols) {
	size_t stand_in = SIZE_MAX;
	cols->width = t->rows[cols->header].count;
	for (size_t c = 0; c < cols->width; c++) {
		int rank = 1;
		cols->target[c] = find_target(aliases, table_cell(t, cols->header, c), &rank);
		stand_in = stand_in == SIZE_MAX && cols->target[c] == SESSION_TRACK && rank == 0 ? c : stand_in;
	}
	if (stand_in != SIZE_MAX && !has(cols, SESSION_TITLE)) {
		cols->target[stand_in] = SESSION_TITLE;
	}
}

static void report_unused(const struct table *t, const struct agenda_columns *cols, struct agenda_report *report) {
	for (size_t c = 0; report != NULL && c < cols->width; c++) {
		const char *header = table_cell(t, cols->header, c);
		if (cols->target[c] < 0 && *header != '\0') {
			fault_add_name(&report->unused, header);
		}
	}
}

bool agenda_columns_find(const struct table *t, const struct agenda_options *opt, struct agenda_columns *out, struct err *err) {
	struct mapstr aliases = alias_table(ALIASES, COUNT_OF(ALIASES));
	bool found = find_header(t, &aliases, opt, out);
	match_headers(t, &aliases, out);
	mapstr_fini(&aliases);
	if (!apply_maps(t, opt, out, err)) {
		return false;
	}
	bool title = has(out, SESSION_TITLE);
	if (!found || !title || !has(out, TO_START)) {
		return no_column(t, out, &(struct fault){.kind = title ? FAULT_NO_STARTS : FAULT_NO_TITLES}, err);
	}
	report_unused(t, out, opt->report);
	return true;
}
