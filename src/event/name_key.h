/* How a name sounds, in Cyrillic or Latin letters, so that its usual spellings meet: Юлія, Юлия, Yuliia, Yulia, Julia and Iuliia.
 *
 * Letters become sounds, a small letter each: Cyrillic ones as Ukrainian (Cabinet of Ministers' resolution 55 of 2010) and Russian passports (ICAO Doc
 * 9303-3, section 6) spell them in Latin letters, Latin ones as they are used for that, in English, German and Polish. One sound each are г, ґ and х ("h"); ш and
 * щ ("w"); ж is "j", ц "ts", ч "c", я "ia"; signs are none, double letters one. Other scripts stay as they are.
 *
 * The key is coarser, for an index: e and i are one, w is s, j is z, ts and ks are one each ("q", "x"), and i is left out beside another vowel. So all of
 * the above have the key "ula". */
#ifndef TURNOUT_EVENT_NAME_KEY_H
#define TURNOUT_EVENT_NAME_KEY_H

#include <stdbool.h>
#include <stddef.h>

#define NAME_SOUNDS_MAX 64 /* bytes; further sounds are not looked at */
struct name_sounds {
	char text[NAME_SOUNDS_MAX + 1];
};

/* `word` is one folded word (event/fold.h); "" for one of signs alone. */
void name_sounds_read(const char *word, struct name_sounds *out);
void name_key_of(const struct name_sounds *sounds, char key[NAME_SOUNDS_MAX + 1]);

/* The same sounds? An i beside a vowel may be missing on either side (Yuliia and Юлія); `whole`: else `word` may go on after those of `part`, which ends as it
 * is there. */
bool name_sounds_fit(const struct name_sounds *part, const struct name_sounds *word, bool whole);

/* A word that is still being typed may end in half a digraph: how it may sound when it goes on. Returns how many ways there are. */
#define NAME_OPEN_MAX 4
size_t name_sounds_open(const char *part, struct name_sounds out[NAME_OPEN_MAX]);

/* The key of every word that begins so begins with one of these. */
#define NAME_KEY_OPEN_MAX (4 * NAME_OPEN_MAX)
size_t name_key_open(const struct name_sounds *open, size_t count, char keys[NAME_KEY_OPEN_MAX][NAME_SOUNDS_MAX + 1]);

#endif
