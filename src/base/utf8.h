/* Unicode text, through utf8proc. Everything inside Turnout is valid UTF-8 in form NFC: text is brought into that form at the door. */
#ifndef TURNOUT_BASE_UTF8_H
#define TURNOUT_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* True when the n bytes are valid UTF-8 without NUL; else *bad (may be NULL) is the offset of the first wrong byte. */
bool utf8_valid(const char *text, size_t n, size_t *bad);

/* The character at *at, which moves past it; 0 at the end. Wrong bytes give U+FFFD, one byte each. */
uint32_t utf8_next(const char **at);

/* Writes one character, at most 4 bytes, no NUL; returns how many. */
size_t utf8_put(uint32_t character, char out[4]);
struct strbuf;
void utf8_append(struct strbuf *out, uint32_t character);

/* One of the later bytes of a character, 10xxxxxx (RFC 3629): no character begins with it. */
static inline bool utf8_is_later(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

/* How many bytes of the text are to be kept where there is room for `max`: whole characters only. */
size_t utf8_cut(const char *text, size_t max);

/* How many characters (code points) the text has. */
size_t utf8_length(const char *text);

/* How many of the n bytes are the first grapheme cluster (UAX #29): what a reader takes for one letter, with its marks. 0 when n is. */
size_t utf8_cluster(const char *text, size_t n);

/* Nothing to see, whatever font there is: joiners, marks of direction, selectors of a variant. */
bool utf8_is_unseen(uint32_t character);
/* A mark that stands on, under or around the letter before it. */
bool utf8_is_mark(uint32_t character);

/* Adds the text; one that has letters from the right to the left goes between U+2068 and U+2069, so that what follows it (a time, a number) keeps
 * its place and order. For texts that are drawn, by whoever knows these marks. */
void utf8_add_isolated(struct strbuf *out, const char *text);

/* Columns that the text takes in a terminal: East Asian wide characters two, combining marks none. */
size_t utf8_width(const char *text);

/* The text as it is kept: NFC, control characters turned into spaces (but \n kept when `lines`), runs of white space and the
 * unbreakable space folded into one space, ends trimmed. Input must be valid UTF-8. Returns new memory for free(). */
char *utf8_clean(const char *text, bool lines);

/* The characters of the text case-folded and decomposed (NFKD) with combining marks dropped: й and и, ї and і, ё and е, é and e
 * become one letter. Returns new memory for free(). Unicode 15, full case folding. */
char *utf8_fold_marks(const char *text);

uint32_t utf8_lower(uint32_t character);

/* The text in upper case, for initials and short labels; new memory for free(). */
char *utf8_upper(const char *text);
/* With its first letter in upper case, for what begins a line; new memory for free(). */
char *utf8_capital(const char *text);

bool utf8_is_letter(uint32_t character);
bool utf8_has_letter(const char *text); /* of any script: without one it is nobody's name */
bool utf8_is_digit(uint32_t character); /* any script's decimal digit */

#endif
