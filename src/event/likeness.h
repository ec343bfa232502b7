/* May two names be one person's? For a row of a list that was corrected at its source, and for somebody who is on the roster already.
 *
 * Names are compared as folded words (event/fold.h): titles are passed over ("Dr.", "проф.", "пані"), and Latin letters in a Cyrillic name, or
 * Cyrillic ones in a Latin name, are taken for those that look like them. A slip of the finger is one letter left out, doubled, changed or
 * swapped with its neighbour (Damerau 1964), inside a word of at least five letters: its first letter tells Марія from Дарія, its last one
 * Валентин from Валентина and Іванов from Іванова. */
#ifndef TURNOUT_EVENT_LIKENESS_H
#define TURNOUT_EVENT_LIKENESS_H

#include <stdbool.h>
#include <stddef.h>

enum likeness {
	LIKENESS_NONE,
	LIKENESS_NEAR,  /* one has a name more, or an initial where the other has a name: perhaps */
	LIKENESS_SLIP,  /* one slip apart */
	LIKENESS_ALIKE, /* the same names in any order; one may have a patronymic or a middle initial more */
};

#define LIKENESS_WORDS_MAX 8 /* further ones are not looked at */

struct name_words {
	char *text; /* what the words point into */
	const char *words[LIKENESS_WORDS_MAX];
	size_t count;
	bool cyrillic; /* written in that alphabet, as far as its letters tell */
};

/* Sorted, in the form in which they are compared. A name of titles or signs alone has none. */
void name_words_read(const char *name, struct name_words *out);
void name_words_fini(struct name_words *words);

/* Проф., пані, Dr; "д р" is д-р. Folded, as below. */
bool name_is_title(const char *folded);
/* By its end: Петрівна, Петрович. `word` is folded (event/fold.h). */
bool name_is_patronymic(const char *word);

/* Symmetric. Names without words are like none. */
enum likeness name_words_compare(const struct name_words *a, const struct name_words *b);

#endif
