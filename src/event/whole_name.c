#include "event/whole_name.h"

#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/str.h"
#include "event/fold.h"

void whole_name_read(const char *name, const struct given_names *given, struct whole_name *out) {
	out->words = fold_text(name);
	name_query_read(name, given, &out->query);
}

void whole_name_fini(struct whole_name *name) {
	crypto_wipe_text(name->words);
	name_query_fini(&name->query);
	*name = (struct whole_name){.words = NULL};
}

static bool word_at(const char *words, size_t at, char out[NAME_SOUNDS_MAX + 1]) {
	for (; at > 0 && words != NULL; at--) {
		words = strchr(words, ' ');
		words = words == NULL ? NULL : words + 1;
	}
	size_t n = words == NULL ? 0 : strcspn(words, " ");
	if (n == 0 || n > NAME_SOUNDS_MAX) {
		return false;
	}
	memcpy(out, words, n);
	out[n] = '\0';
	return true;
}

/* What fits only as a beginning is an initial, or no fit; and two given names that are a slip apart are two: Іван and Іванна. */
static bool is_whole(const struct name_query *query, const struct name_query_word *q, enum name_fit fit, const char *word) {
	char key[NAME_SOUNDS_MAX + 1];
	struct name_sounds sounds;
	struct given_groups groups;
	if (fit == NAME_FIT_EXACT || fit == NAME_FIT_FORM) {
		return true;
	}
	if (fit == NAME_FIT_BEGINNING) {
		return q->letters == 1;
	}
	name_sounds_read(word, &sounds);
	name_key_of(&sounds, key);
	given_names_find(query->given, &sounds, &groups);
	return fit == NAME_FIT_SPELLING ? name_sounds_fit(&q->sounds, &sounds, true) || str_eq(q->key, key)
					: q->groups.count == 0 || groups.count == 0 || given_groups_meet(&q->groups, &groups);
}

/* How a name is within another one. */
struct within {
	size_t letters; /* of the words that fit as such */
	bool initials;  /* others fit as initials */
	bool exact;     /* all stand there as they are */
};

static bool is_within(const struct whole_name *part, const struct whole_name *name, struct within *out) {
	struct name_fits fits;
	*out = (struct within){.exact = true};
	if (part->query.count == 0 || part->query.count > name->query.count || !name_match(&part->query, name->words, 1, &fits)) {
		return false;
	}
	for (size_t i = 0; i < part->query.count; i++) {
		char word[NAME_SOUNDS_MAX + 1];
		if (word_at(name->words, fits.words[i].at, word) &&
		    !is_whole(&part->query, &part->query.words[i], fits.words[i].fit, word)) {
			return false;
		}
		bool initial = fits.words[i].fit == NAME_FIT_BEGINNING;
		out->initials = out->initials || initial;
		out->exact = out->exact && fits.words[i].fit == NAME_FIT_EXACT;
		out->letters += initial ? 0 : part->query.words[i].letters;
	}
	return true;
}

bool whole_names_fit(const struct whole_name *a, const struct whole_name *b) {
	struct within how;
	return is_within(a, b, &how) || is_within(b, a, &how);
}

enum name_claim whole_name_claim(const struct whole_name *said, const struct whole_name *kept) {
	struct within how;
	bool fit = (is_within(said, kept, &how) && !how.initials) || is_within(kept, said, &how);
	if (!fit || how.letters < NAME_CLAIM_LETTERS) {
		return NAME_CLAIM_NONE;
	}
	return !how.exact ? NAME_CLAIM_LIKE : said->query.count == kept->query.count ? NAME_CLAIM_SAME : NAME_CLAIM_PART;
}
