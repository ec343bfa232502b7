#include "kiosk/ui/letters.h"

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
	int count = put_letters(LAYOUTS[l->layout].alphabet, l->key, keys);
	count += put_change(l, &keys[count]);
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
		int count = put_letters(LAYOUTS[l->layout].rows[i], l->key, keys[i]);
		rows[i] = (struct key_row){keys[i], count};
	}
	int last = put_change(l, keys[ROWS]);
	keys[ROWS][last++] = (struct key){.text = " ", .action = l->key, .argument = ' ', .places = SPACE_PLACES};
	keys[ROWS][last++] = (struct key){.kind = KEY_ERASE, .action = l->erase, .places = 2};
	rows[ROWS] = (struct key_row){keys[ROWS], last};
	struct key_rows all = {.rows = rows, .count = ROWS + 1, .gap = FIND_KEY_GAP, .high = FIND_KEY_HIGH, .wide = FIND_KEY_WIDE};
	keyboard_draw_rows(pen, room, &all);
}

void letters_draw(const struct pen *pen, struct box room, const struct letters *l) {
	bool narrow = pen->theme->width / pen->theme->px_per_mm < NARROW_MM;
	(narrow ? draw_narrow : draw_wide)(pen, room, l);
}
