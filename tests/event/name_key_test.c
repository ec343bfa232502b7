/* How names sound: spellings that meet, others that do not, and words of which only the beginning is there. */
#include "event/name_key.h"

#include "lib/testing.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "event/fold.h"

static struct name_sounds sounds_of(const char *word) {
	struct name_sounds sounds;
	char *folded = fold_text(word);
	name_sounds_read(folded, &sounds);
	free(folded);
	return sounds;
}

static void sounds_are(const char *word, const char *wanted, const char *wanted_key) {
	char key[NAME_SOUNDS_MAX + 1];
	struct name_sounds sounds = sounds_of(word);
	name_key_of(&sounds, key);
	if (!str_eq(sounds.text, wanted) || !str_eq(key, wanted_key)) {
		fail_msg("%s: sounds \"%s\", key \"%s\"", word, sounds.text, key);
	}
}

static bool same_key(const char *a, const char *b) {
	char x[NAME_SOUNDS_MAX + 1], y[NAME_SOUNDS_MAX + 1];
	struct name_sounds s = sounds_of(a), t = sounds_of(b);
	name_key_of(&s, x);
	name_key_of(&t, y);
	return str_eq(x, y);
}

static bool fit_whole(const char *a, const char *b) {
	struct name_sounds s = sounds_of(a), t = sounds_of(b);
	bool there = name_sounds_fit(&s, &t, true);
	assert_int_equal(there, name_sounds_fit(&t, &s, true)); /* either way round */
	return there;
}

static void words_and_their_sounds(void **state) {
	(void)state;
	static const struct {
		const char *word, *sounds, *key;
	} cases[] = {
		{"Юлія", "iulia", "ula"},
		{"Юлия", "iulia", "ula"},
		{"Щербак", "werbak", "sirbak"},
		{"Szczerbak", "werbak", "sirbak"},
		{"Згурський", "zhurski", "zhurski"},
		{"Zghurskyi", "zhurski", "zhurski"},
		{"Луцький", "lutski", "luqki"},
		{"Жанна", "jana", "zana"},
		{"Zhanna", "jana", "zana"},
		{"Чайка", "caika", "caka"},
		{"Олександр", "oleksandr", "olixandr"},
		{"Alexander", "aleksander", "alixandir"},
		{"Quinn", "kvin", "kvin"},
		{"Марʼяна", "mariana", "marana"},
		{"Œuvre", "oeuvre", "ouvri"},
		/* What is in no table stays as it is, and signs are none. */
		{"Σωκράτης", "σωκρατησ", "σωκρατησ"},
		{"王伟", "王伟", "王伟"},
		{"7", "7", "7"},
		{"ьъ", "", ""},
		{"", "", ""},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		if (cases[i].key != NULL) {
			sounds_are(cases[i].word, cases[i].sounds, cases[i].key);
		}
	}
}

/* Each row is one name. */
#define SPELLINGS_MAX 8
static const char *const SPELLINGS[][SPELLINGS_MAX] = {
	{"Юлія", "Юлия", "Yuliia", "Yulia", "Julia", "Iuliia", "Yuliya"},
	{"Сергій", "Serhii", "Sergiy", "Sergii", "Serhiy"},
	{"Сергей", "Sergei", "Sergey"},
	{"Щербак", "Shcherbak", "Scherbak", "Szczerbak", "Sherbak"},
	{"Згурський", "Zghurskyi", "Zgurskyi", "Zgurskiy"},
	{"Луцький", "Lutskyi", "Lutsky", "Lutzki"},
	{"Ґалаґан", "Галаган", "Galagan", "Halahan", "Khalahan"},
	{"Артём", "Артем", "Artem"},
	{"Наталія", "Наталья", "Nataliia", "Natalia", "Natalya"},
	{"Хмельницький", "Khmelnytskyi", "Khmelnitsky", "Hmelnytskiy"},
	{"Дем’ян", "Демьян", "Demian", "Dem'yan", "Демʼян"},
	{"Філіп", "Filip", "Philip", "Phillip"},
	{"Чайковський", "Chaikovskyi", "Czajkowski", "Tschaikowski"},
};

static void spellings_of_one_name_sound_the_same(void **state) {
	(void)state;
	for (size_t i = 0; i < COUNT_OF(SPELLINGS); i++) {
		for (size_t k = 1; k < SPELLINGS_MAX && SPELLINGS[i][k] != NULL; k++) {
			const char *one = SPELLINGS[i][0], *other = SPELLINGS[i][k];
			if (!same_key(one, other)) {
				fail_msg("%s and %s have other keys", one, other);
			}
		}
	}
}

static void so_do_the_words_letter_by_letter(void **state) {
	(void)state;
	static const char *const pairs[][2] = {
		{"Юлія", "Yuliia"},         {"Юлія", "Julia"},     {"Сергій", "Serhiy"}, {"Щербак", "Szczerbak"},
		{"Згурський", "Zghurskyi"}, {"Луцький", "Lutsky"}, {"Софія", "Sofiya"},  {"Наталія", "Natalya"},
		{"Євген", "Evgen"},         {"Yevhen", "Евген"},   {"Майя", "Maya"},     {"Таїсія", "Taisiya"},
		{"Андрій", "Andriy"},       {"ґанок", "ганок"},    {"Артём", "Артем"},   {"Їжакевич", "Izhakevych"},
		{"Надія", "Nadya"},
	};
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		if (!fit_whole(pairs[i][0], pairs[i][1])) {
			fail_msg("%s does not sound like %s", pairs[i][0], pairs[i][1]);
		}
	}
}

/* As German is spelt where its letters are missing: roughly the same. */
static void some_only_have_one_key(void **state) {
	(void)state;
	static const char *const pairs[][2] = {
		{"Müller", "Mueller"}, {"Søren", "Soeren"}, {"Сергій", "Сергей"}, {"Подъячий", "Podieiachii"}};
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		if (!same_key(pairs[i][0], pairs[i][1]) || fit_whole(pairs[i][0], pairs[i][1])) {
			fail_msg("%s, %s: key %d, sounds %d", pairs[i][0], pairs[i][1], same_key(pairs[i][0], pairs[i][1]),
				 fit_whole(pairs[i][0], pairs[i][1]));
		}
	}
}

static void other_names_do_not(void **state) {
	(void)state;
	static const char *const pairs[][2] = {
		{"Олена", "Алина"},   {"Марія", "Дарія"},     {"Олександр", "Олександра"}, {"Іван", "Іванна"},
		{"Тарас", "Тарасій"}, {"Лисенко", "Лищенко"}, {"Шевчук", "Шевченко"},      {"Коваль", "Ковальчук"},
		{"Юлія", "Юліан"},    {"王伟", "王芳"},       {"Σωκράτης", "Сократес"},    {"Олена", ""},
	};
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		if (fit_whole(pairs[i][0], pairs[i][1])) {
			fail_msg("%s sounds like %s", pairs[i][0], pairs[i][1]);
		}
	}
	assert_false(same_key("Олена", "Алина"));
	assert_false(same_key("Марія", "Дарія"));
}

/* `whole` false: the word may go on, what is there may not be another. */
static void beginnings_of_a_word(void **state) {
	(void)state;
	static const struct {
		const char *part, *word;
		bool fits;
	} cases[] = {
		{"Шев", "Shevchenko", true}, {"Shev", "Шевченко", true},   {"Yul", "Юлія", true},  {"Юл", "Julia", true},
		{"Шевченко", "Шев", false},  {"Шаф", "Shevchenko", false}, {"Мая", "Maiia", true}, {"Євг", "Evhen", true},
		{"Ли", "Ліна", true},        {"", "Ліна", true},           {"Юлі", "Юл", false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct name_sounds part = sounds_of(cases[i].part), word = sounds_of(cases[i].word);
		if (name_sounds_fit(&part, &word, false) != cases[i].fits) {
			fail_msg("%s, %s", cases[i].part, cases[i].word);
		}
	}
}

static void very_long_words(void **state) {
	(void)state;
	char key[NAME_SOUNDS_MAX + 1], keys[NAME_KEY_OPEN_MAX][NAME_SOUNDS_MAX + 1];
	static const char *const repeated[] = {"ба", "щі", "ts", "цц", "shch", "王", "σa", "ie"};
	for (size_t i = 0; i < COUNT_OF(repeated); i++) {
		struct strbuf word = {0};
		struct name_sounds sounds, open[NAME_OPEN_MAX];
		for (int k = 0; k < 200; k++) {
			strbuf_adds(&word, repeated[i]);
		}
		name_sounds_read(word.data, &sounds);
		name_key_of(&sounds, key);
		assert_true(strlen(sounds.text) <= NAME_SOUNDS_MAX && strlen(key) <= strlen(sounds.text));
		assert_true(utf8_valid(sounds.text, strlen(sounds.text), NULL)); /* no letter is cut */
		size_t n = name_sounds_open(word.data, open);
		assert_in_range(n, 1, NAME_OPEN_MAX);
		assert_in_range(name_key_open(open, n, keys), 1, NAME_KEY_OPEN_MAX);
		strbuf_fini(&word);
	}
}

/* --- as spelling tables have it ----------------------------------------------------------------------------------------------------------- */

struct table {
	const char *letters[32];                                         /* а to я */
	const char *ie, *i, *yi, *e_russian;                             /* є і ї ё */
	const char *ye_first, *yi_first, *i_first, *iu_first, *ia_first; /* є ї й ю я as a word's first letter */
};
/* Cabinet of Ministers of Ukraine, resolution 55 of 2010; of letters that Ukrainian has not, as usual. */
static const struct table KMU = {{"a", "b", "v", "h", "d", "e",  "zh", "z",  "y",  "i",    "k", "l", "m", "n", "o",  "p",
				  "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "",  "y", "",  "e", "iu", "ia"},
				 "ie",
				 "i",
				 "i",
				 "e",
				 "ye",
				 "yi",
				 "y",
				 "yu",
				 "ya"};
/* ICAO Doc 9303-3, section 6, as in Russian passports; of Ukrainian letters likewise. Without ъ as "ie", which has only its key (above). */
static const struct table ICAO = {{"a", "b", "v", "g", "d", "e",  "zh", "z",  "i",  "i",    "k", "l", "m", "n", "o",  "p",
				   "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "",  "y", "",  "e", "iu", "ia"},
				  "ie",
				  "i",
				  "i",
				  "e",
				  "ie",
				  "i",
				  "i",
				  "iu",
				  "ia"};

static uint32_t lower(uint32_t c) {
	return c >= 0x410 && c <= 0x42F ? c + 0x20 : c >= 0x400 && c <= 0x40F ? c + 0x50 : c == 0x490 ? 0x491 : c;
}

static const char *letter_in(const struct table *table, uint32_t c, bool first) {
	switch (c) {
	case 0x439: return first ? table->i_first : table->letters[c - 0x430];
	case 0x44E: return first ? table->iu_first : table->letters[c - 0x430];
	case 0x44F: return first ? table->ia_first : table->letters[c - 0x430];
	case 0x451: return table->e_russian;
	case 0x454: return first ? table->ye_first : table->ie;
	case 0x456: return table->i;
	case 0x457: return first ? table->yi_first : table->yi;
	case 0x491: return "g";
	default: return c >= 0x430 && c < 0x450 ? table->letters[c - 0x430] : "";
	}
}

/* For free(). */
static char *spell(const struct table *table, const char *word) {
	struct strbuf out = {0};
	uint32_t before = 0;
	for (uint32_t c = lower(utf8_next(&word)); c != 0; before = c, c = lower(utf8_next(&word))) {
		bool zgh = table == &KMU && before == 0x437 && c == 0x433; /* зг is zgh: zh is ж */
		strbuf_adds(&out, zgh ? "gh" : letter_in(table, c, before == 0));
	}
	return strbuf_detach(&out);
}

/* --- words that go on ---------------------------------------------------------------------------------------------------------------------- */

static bool begins_so(const char *part, const struct name_sounds *whole) {
	struct name_sounds open[NAME_OPEN_MAX];
	char keys[NAME_KEY_OPEN_MAX][NAME_SOUNDS_MAX + 1], key[NAME_SOUNDS_MAX + 1];
	size_t n = name_sounds_open(part, open), m = name_key_open(open, n, keys);
	bool fits = false, begins = false;
	assert_in_range(n, 1, NAME_OPEN_MAX);
	assert_in_range(m, 1, NAME_KEY_OPEN_MAX);
	name_key_of(whole, key);
	for (size_t i = 0; i < n; i++) {
		fits = fits || name_sounds_fit(&open[i], whole, false);
	}
	for (size_t i = 0; i < m; i++) {
		begins = begins || str_starts(key, keys[i]);
	}
	if (!fits || !begins) {
		print_error("\"%s\" of %s, key %s:%s%s\n", part, whole->text, key, fits ? "" : " sounds do not fit",
			    begins ? "" : " no key begins it");
	}
	return fits && begins;
}

struct checked {
	size_t parts, failed;
};

/* Every beginning of `spelling` of two letters or more finds the word, in whatever letters that is written. */
static void look_at_beginnings(struct checked *checked, const char *spelling, const char *word) {
	struct name_sounds whole = sounds_of(word);
	char *folded = fold_text(spelling);
	const char *at = folded;
	utf8_next(&at);
	while (*at != '\0') {
		utf8_next(&at);
		char *part = xasprintf("%.*s", (int)(at - folded), folded);
		checked->parts++;
		checked->failed += !begins_so(part, &whole);
		free(part);
	}
	free(folded);
}

static void look_at_word(struct checked *checked, const char *word) {
	const char *at = word;
	look_at_beginnings(checked, word, word);
	if (utf8_next(&at) < 0x400) {
		return;
	}
	char *ukrainian = spell(&KMU, word), *russian = spell(&ICAO, word);
	look_at_beginnings(checked, ukrainian, word);
	look_at_beginnings(checked, russian, word);
	look_at_beginnings(checked, word, ukrainian);
	look_at_beginnings(checked, word, russian);
	free(ukrainian);
	free(russian);
}

static const char *const SURNAMES[] = {
	"Щербак",        "Згурський", "Розгон",     "Луцький",    "Цюцюра",     "Підгаєцький",  "Каменецький", "Тищенко",   "Кучма",
	"Хмельницький",  "Жижченко",  "Чхеїдзе",    "Шухевич",    "Сцибор",     "Тшебінський",  "Батшев",      "Юзефович",  "Якущенко",
	"Їжакевич",      "Єщенко",    "Євтушенко",  "Йовенко",    "Лук'яненко", "Знам’янський", "Соловйов",    "Мазепа",    "Скоцень",
	"Ксьондз",       "Бойко",     "Ткач",       "Тхорик",     "Ґалаґан",    "Шмигаль",      "Кац",         "Кацман",    "Пчілка",
	"Пшеничний",     "Пхакадзе",  "Косцюшко",   "Мицик",      "Дзюба",      "Дзвін",        "Джус",        "Заєць",     "Ящук",
	"Аксьонов",      "Цеслюк",    "Шкляр",      "Кшиштоф",    "Хахула",     "Щукин",        "Сычёв",       "Эйхенбаум", "Объедков",
	"Подъячев",      "Ыхынов",    "Жуковский",  "Ельцин",     "Цветаева",   "Чичиков",      "Müller",      "Sørensen",  "Szczerbiński",
	"Wojciechowski", "Scherbak",  "Czechowicz", "Nascimento", "Schmidt",    "Tschaikowski", "Kaczmarek",   "Jackson",   "Phillips",
	"Quinn",         "Xavier",    "Metzger",    "Katz",       "McCarthy",   "Zhang",        "Thatcher",    "Krawczyk",  "Rutsch",
	"Dutschke",      "Tscherny",  "Watzlawick", "Pasztor",    "Ascencio",   "Batcelor",     "Macintosh",   "Bach",      "Beckham",
	"Haydn",         "Bosch",     "Raszczyk",   "Tsherbak",   "Matschke",   "Otcenas",      "Sciarra",     "Ptscelkin",
};

/* All forms of all given names, as well: the words of assets/names/given.tsv that are no languages. */
static void look_at_given_names(struct checked *checked) {
	char *line = NULL;
	size_t cap = 0;
	FILE *f = fopen("assets/names/given.tsv", "r");
	assert_non_null(f);
	while (getline(&line, &cap, f) > 0) {
		char *words = line[0] == '#' ? NULL : strchr(line, '\t'), *next = NULL;
		for (char *word = words == NULL ? NULL : strtok_r(words, "\t \n", &next); word != NULL;
		     word = strtok_r(NULL, "\t \n", &next)) {
			look_at_word(checked, word);
		}
	}
	free(line);
	fclose(f);
}

static void every_beginning_finds_its_word(void **state) {
	(void)state;
	struct checked checked = {0};
	for (size_t i = 0; i < COUNT_OF(SURNAMES); i++) {
		look_at_word(&checked, SURNAMES[i]);
	}
	look_at_given_names(&checked);
	assert_true(checked.parts > 50000);
	if (checked.failed != 0) {
		fail_msg("%zu of %zu beginnings", checked.failed, checked.parts);
	}
}

/* So few that an index is asked rarely, and none that says less than another. */
static void what_a_beginning_may_become(void **state) {
	(void)state;
	static const struct {
		const char *part;
		size_t sounds, keys;
	} cases[] = {{"ma", 1, 1}, {"mi", 1, 4}, {"mas", 2, 1}, {"mac", 3, 4}, {"mat", 2, 3}, {"мат", 1, 2}, {"мак", 1, 2}, {"ма", 1, 1}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct name_sounds open[NAME_OPEN_MAX];
		char keys[NAME_KEY_OPEN_MAX][NAME_SOUNDS_MAX + 1];
		size_t n = name_sounds_open(cases[i].part, open), m = name_key_open(open, n, keys);
		if (n != cases[i].sounds || m != cases[i].keys) {
			fail_msg("%s: %zu sounds, %zu keys", cases[i].part, n, m);
		}
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_their_sounds),
		cmocka_unit_test(spellings_of_one_name_sound_the_same),
		cmocka_unit_test(so_do_the_words_letter_by_letter),
		cmocka_unit_test(some_only_have_one_key),
		cmocka_unit_test(other_names_do_not),
		cmocka_unit_test(beginnings_of_a_word),
		cmocka_unit_test(very_long_words),
		cmocka_unit_test(every_beginning_finds_its_word),
		cmocka_unit_test(what_a_beginning_may_become),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
