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
