#include "scan/hand/delivery.h"

#include <stdbool.h>
#include <string.h>

#define SIGNED_CHARACTERS 120 /* of TO1, with it (badge/code.h) */
#define SHORT_CHARACTERS 15   /* of TO0 */
#define LOST "\xEF\xBF\xBD"

/* Base45 (RFC 9285). */
static bool is_ours(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c != '\0' && strchr(" $%*+-./:", c) != NULL); }

/* Group, record and end are in the codes of driving licences and goods. */
static bool is_control(char c) { return (c >= 0 && c < ' ' && c != 0x1D && c != 0x1E && c != 0x04) || c == 0x7F; }

/* "TO1" and "TO0" keep their letters in most layouts; the digit may come as the sign that shares its key. */
static enum delivery judge_ours(const char *text, size_t n) {
	size_t wanted = text[2] == '1' ? SIGNED_CHARACTERS : SHORT_CHARACTERS;
	for (size_t i = 2; i < n; i++) {
		if (!is_ours(text[i])) {
			return DELIVERY_LAYOUT;
		}
	}
	if (text[2] != '1' && text[2] != '0') {
		return DELIVERY_WHOLE; /* a word that begins so */
	}
	return n < wanted ? DELIVERY_SHORT : DELIVERY_WHOLE;
}

/* What scanners put for what they cannot type. */
static bool is_of_question_marks(const char *text, size_t n) {
	size_t marks = 0;
	for (size_t i = 0; i < n; i++) {
		marks += text[i] == '?';
	}
	return marks >= 2 && 2 * marks >= n;
}

enum delivery delivery_judge(const char *text, size_t n) {
	for (size_t i = 0; i < n; i++) {
		if (is_control(text[i])) {
			return DELIVERY_CONTROLS;
		}
	}
	if (memmem(text, n, LOST, strlen(LOST)) != NULL || is_of_question_marks(text, n)) {
		return DELIVERY_LETTERS;
	}
	return n >= 4 && memcmp(text, "TO", 2) == 0 ? judge_ours(text, n) : DELIVERY_WHOLE;
}
