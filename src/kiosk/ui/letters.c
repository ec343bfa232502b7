#include "kiosk/ui/letters.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"

#define ROWS 3
#define NARROW_MM 210.0
#define NARROW_COLUMNS 8
#define KEYS_MAX 48
#define SPACE_PLACES 5

static const struct layout {
	const char *language;
	const char *rows[ROWS];
	const char *alphabet;
} LAYOUTS[LETTER_LAYOUTS] = {
	{"uk", {"йцукенгшщзхїґ", "фівапролджє", "ячсмитьбюʼ-"}, "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяʼ-"},
	{"en", {"qwertyuiop", "asdfghjkl'", "zxcvbnm-"}, "abcdefghijklmnopqrstuvwxyz'-"},
	{"ru", {"йцукенгшщзхъё", "фывапролджэ", "ячсмитьбю-"}, "абвгдеёжзийклмнопрстуфхцчшщъыьэюя-"},
};

/* For telephone numbers, addresses and what organisations are called. */
static const struct layout SIGNS = {NULL, {"1234567890", "@._-+()/&", "№«»\"':,"}, "1234567890@._-+()/&№«»\"':,"};
static const struct layout MAIL = {NULL, {"qwertyuiop", "asdfghjkl@", "zxcvbnm._-"}, "abcdefghijklmnopqrstuvwxyz@._-"};
#define SIGNS_SIGN "123"

int letters_layout(const char *language) {
	for (int i = 0; i < LETTER_LAYOUTS; i++) {
		if (str_eq(LAYOUTS[i].language, language)) {
			return i;
		}
	}
	return -1;
}

const char *letters_language(int layout) { return LAYOUTS[layout].language; }

/* In capitals, as names begin. */
static int put_letters(const char *letters, int action, struct key *out) {
	char *upper = utf8_upper(letters);
	int count = keyboard_characters(upper, action, out);
	free(upper);
	return count;
}

static const struct layout *layout_of(const struct letters *l) { return l->shows_signs ? &SIGNS : l->mail ? &MAIL : &LAYOUTS[l->layout]; }

/* The key to digits and signs; from there back to the letters, by the first three of them. */
static int put_signs(const struct letters *l, char back[16], struct key *out) {
	if (l->signs == 0) {
		return 0;
	}
	const char *at = LAYOUTS[l->layout].alphabet;
	for (int i = 0; i < 3; i++) {
		utf8_next(&at);
	}
	char *upper = utf8_upper(LAYOUTS[l->layout].alphabet);
	size_t n = utf8_cut(upper, (size_t)(at - LAYOUTS[l->layout].alphabet));
	memcpy(back, upper, n);
	back[n] = '\0';
	free(upper);
	*out = (struct key){.text = l->shows_signs ? back : SIGNS_SIGN, .kind = KEY_ERASE, .action = l->signs, .places = 2};
	return 1;
}

static int put_change(const struct letters *l, struct key *out) {
	if (l->next == NULL) {
		return 0;
	}
	*out = (struct key){.text = l->next, .kind = KEY_ERASE, .action = l->change, .places = 2};
	return 1;
}

/* Row after row of the alphabet, and the other keys behind it. */
static void draw_narrow(const struct pen *pen, struct box room, const struct letters *l) {
	struct key keys[KEYS_MAX];
	char back[16];
	int count = put_letters(layout_of(l)->alphabet, l->key, keys);
	count += put_change(l, &keys[count]);
	count += put_signs(l, back, &keys[count]);
	keys[count++] = (struct key){.kind = KEY_ERASE, .action = l->erase};
	keys[count++] = (struct key){.text = "␣", .action = l->key, .argument = ' '};
	struct keyboard keyboard = {.keys = keys,
				    .count = count,
				    .columns = NARROW_COLUMNS,
				    .gap = FIND_KEY_GAP,
				    .high = FIND_KEY_HIGH_NARROW,
				    .last_fills = true};
	keyboard_draw(pen, room, &keyboard);
}

static void draw_wide(const struct pen *pen, struct box room, const struct letters *l) {
	struct key keys[ROWS + 1][KEYS_MAX];
	struct key_row rows[ROWS + 1];
	for (int i = 0; i < ROWS; i++) {
		int count = put_letters(layout_of(l)->rows[i], l->key, keys[i]);
		rows[i] = (struct key_row){keys[i], count};
	}
	char back[16];
	int last = put_change(l, keys[ROWS]);
	last += put_signs(l, back, &keys[ROWS][last]);
	keys[ROWS][last++] = (struct key){.text = " ", .action = l->key, .argument = ' ', .places = SPACE_PLACES};
	keys[ROWS][last++] = (struct key){.kind = KEY_ERASE, .action = l->erase, .places = 2};
	rows[ROWS] = (struct key_row){keys[ROWS], last};
	struct key_rows all = {.rows = rows, .count = ROWS + 1, .gap = FIND_KEY_GAP, .high = FIND_KEY_HIGH, .wide = FIND_KEY_WIDE};
	keyboard_draw_rows(pen, room, &all);
}

/* Of four rows as the letters are, so that nothing moves from one question to the next. */
static void draw_digits(const struct pen *pen, struct box room, const struct letters *l) {
	static const char *const digits[ROWS + 1] = {"123", "456", "789", "0"};
	struct key keys[ROWS + 1][3];
	struct key_row rows[ROWS + 1];
	for (int i = 0; i <= ROWS; i++) {
		int count = keyboard_characters(digits[i], l->key, keys[i]);
		rows[i] = (struct key_row){keys[i], count};
	}
	keys[ROWS][rows[ROWS].count++] = (struct key){.kind = KEY_ERASE, .action = l->erase, .places = 2};
	struct key_rows all = {.rows = rows, .count = ROWS + 1, .gap = FIND_KEY_GAP, .high = FIND_KEY_HIGH, .wide = FIND_KEY_WIDE};
	keyboard_draw_rows(pen, room, &all);
}

static bool is_narrow(const struct theme *t) { return t->width / t->px_per_mm < NARROW_MM; }

int letters_least(const struct theme *t, const struct letters *l) {
	int keys = (int)utf8_length(layout_of(l)->alphabet) + (l->next != NULL) + (l->signs != 0) +
		   2; /* with the one that erases, and the blank */
	int rows = is_narrow(t) && !l->digits ? (keys + NARROW_COLUMNS - 1) / NARROW_COLUMNS : ROWS + 1;
	return rows * len(t, FIND_KEY_LEAST) + (rows - 1) * len(t, FIND_KEY_GAP);
}

void letters_draw(const struct pen *pen, struct box room, const struct letters *l) {
	(l->digits ? draw_digits : is_narrow(pen->theme) ? draw_narrow : draw_wide)(pen, room, l);
}
