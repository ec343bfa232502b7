#include "import/people_footer.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "event/fold.h"

/* All phrases below are folded (event/fold.h). */
static bool begins_with(const char *folded, const char *const *phrases) {
	for (; *phrases != NULL; phrases++) {
		size_t length = strlen(*phrases);
		if (str_starts(folded, *phrases) && (folded[length] == '\0' || folded[length] == ' ')) {
			return true;
		}
	}
	return false;
}

bool people_footer_text(const char *text) {
	static const char *const sums[] = {"всього", "усього", "разом", "загалом", "підсумок", "підсумки", "итого",
					   "всего",  "итог",   "итоги", "total",   "totals",   NULL};
	static const char *const phrases[] = {"загальна кількість",
					      "кількість учасників",
					      "количество участников",
					      "число участников",
					      "общее количество",
					      "список склав",
					      "список склала",
					      "список составил",
					      "список составила",
					      "grand total",
					      "sum total",
					      "number of participants",
					      "prepared by",
					      "compiled by",
					      "затверджую",
					      "утверждаю",
					      NULL};
	static const char *const signs[] = {
		"контактна особа", "контактное лицо", "примітка",      "примечание",     "note",          "склав",
		"склала",          "підпис",          "підписи",       "відповідальнии", "відповідальна", "виконавець",
		"виконавиця",      "погоджено",       "перевірив",     "перевірила",     "дата",          "составил",
		"составила",       "подпись",         "ответственныи", "ответственная",  "исполнитель",   "проверил",
		"проверила",       "approved by",     "signature",     "signed",         "date",          NULL};
	char *folded = fold_text(text);
	bool marked = strpbrk(text, ":_") != NULL || strstr(text, "(ла)") != NULL || strstr(text, "(а)") != NULL;
	bool alone = strchr(folded, ' ') == NULL;
	bool counts = marked || alone || strpbrk(text, "0123456789") != NULL;
	bool footer = (counts && begins_with(folded, sums)) || begins_with(folded, phrases) || (marked && begins_with(folded, signs));
	free(folded);
	return footer;
}

/* ---- what is no person where it stands alone ---- */

static const char *const OF[] = {"of", "from", "з", "із", "из", NULL};

static bool is_number(const char *word) { return word != NULL && *word != '\0' && word[strspn(word, "0123456789")] == '\0'; }

static bool is_one_of(const char *word, const char *const *words) {
	while (*words != NULL && !str_eq(word, *words)) {
		words++;
	}
	return *words != NULL;
}

/* A line has few words: a longer one is none of these. */
#define WORDS_MAX 8

struct words {
	char *at[WORDS_MAX];
	size_t count;
};

/* Every word from `first` on is a number or one of these. */
static bool only(const struct words *w, size_t first, const char *const *words) {
	for (size_t i = first; i < w->count; i++) {
		if (!is_number(w->at[i]) && !is_one_of(w->at[i], words)) {
			return false;
		}
	}
	return true;
}

/* "Page 1 of 2", "Стор. 1", "1 з 2"; somebody may be called Page, and has another name then. */
static bool is_page(const struct words *w) {
	static const char *const pages[] = {"page", "pages", "стор", "сторінка", "стр", "страница", "аркуш", "лист", "sheet", NULL};
	if (w->count >= 2 && is_one_of(w->at[0], pages)) {
		return is_number(w->at[1]) && only(w, 2, OF);
	}
	return w->count == 3 && is_number(w->at[0]) && is_one_of(w->at[1], OF) && is_number(w->at[2]);
}

/* "26 people", "26 осіб у списку", "Учасників: 26". "Guest 26" is somebody whose name follows. */
static bool is_count(const struct words *w, bool colon) {
	static const char *const counted[] = {
		"people",   "persons",  "person",    "participants", "attendees",  "guests",    "registrations", "names",  "entries",
		"rows",     "records",  "осіб",      "особи",        "особа",      "людина",    "людини",        "людеи",  "учасник",
		"учасника", "учасники", "учасників", "учасниць",     "гостеи",     "записів",   "записи",        "рядків", "чоловік",
		"чоловіка", "человек",  "человека",  "участник",     "участника",  "участники", "участников",    "гости",  "гості",
		"записеи",  "строк",    "count",     "кількість",    "количество", NULL};
	static const char *const one[] = {"person", "особа", "учасник", "участник", NULL}; /* "Учасник: 26" is somebody, too */
	static const char *const said[] = {
		"people",     "persons",       "participants",     "registered", "total", "in",      "the", "list", "осіб",   "людеи",
		"учасників",  "зареєстровано", "всього",           "усього",     "разом", "загалом", "у",   "в",    "списку", "людина",
		"участников", "человек",       "зарегистрировано", "итого",      "всего", "списке",  NULL};
	if (w->count >= 2 && is_number(w->at[0])) {
		return is_one_of(w->at[1], counted) && only(w, 2, said);
	}
	return colon && w->count == 2 && is_one_of(w->at[0], counted) && !is_one_of(w->at[0], one) && is_number(w->at[1]);
}

/* "* VIP", "** — speakers": what a mark in the list means. Behind a mark may stand somebody's name as well. */
static bool is_legend(const char *text, const struct words *w) {
	static const char *const dashes[] = {"-", "–", "—", ":", "=", NULL};
	static const char *const roles[] = {"vip",       "vips",       "віп",    "вип",      "speaker",   "speakers",  "guest",   "guests",
					    "volunteer", "volunteers", "online", "спікер",   "спікери",   "спикер",    "спикеры", "гість",
					    "гості",     "гость",      "гости",  "волонтер", "волонтери", "волонтеры", "онлаин",  NULL};
	const char *rest = text + strspn(text, "* ");
	if (text[0] != '*') {
		return false;
	}
	for (size_t i = 0; dashes[i] != NULL; i++) {
		if (str_starts(rest, dashes[i])) {
			return true;
		}
	}
	return w->count == 1 && is_one_of(w->at[0], roles);
}

/* "Organiser: …", "Printed on 12.05.2026". */
static bool is_note(const char *folded, const char *text) {
	static const char *const headed[] = {
		"organiser",   "organisers",  "organizer",    "organizers",    "організатор", "організатори",     "організаторка",
		"організація", "организатор", "организаторы", "contact",       "contacts",    "контакт",          "контакти",
		"контакты",    "coordinator", "координатор",  "координаторка", "venue",       "місце проведення", "место проведения",
		NULL};
	static const char *const printed[] = {"printed",      "generated",   "exported",   "роздруковано", "надруковано",    "сформовано",
					      "експортовано", "распечатано", "напечатано", "сформировано", "экспортировано", NULL};
	static const char *const ends[] = {"end of list", "end of report", "кінець списку", "конец списка", NULL};
	bool colon = strchr(text, ':') != NULL;
	return (colon && begins_with(folded, headed)) || ((colon || strpbrk(text, "0123456789") != NULL) && begins_with(folded, printed)) ||
	       is_one_of(folded, ends);
}

bool people_footer_line(const char *text) {
	char *folded = fold_text(text), *split = fold_text(text);
	struct words w = {.count = str_split(split, ' ', w.at, WORDS_MAX)};
	bool few = w.count < WORDS_MAX;
	bool seal = str_eq(folded, "м п") && strchr(text, '.') != NULL;
	bool footer =
		seal || is_legend(text, &w) || is_note(folded, text) || (few && (is_page(&w) || is_count(&w, strchr(text, ':') != NULL)));
	free(split);
	free(folded);
	return footer;
}
