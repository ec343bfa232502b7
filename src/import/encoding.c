/* Every guess is followed by a strict conversion, so a wrong one that does not fit the bytes is an error that names the place. */
#include "import/encoding.h"

#include <stdint.h>
#include <string.h>
#include <uchardet/uchardet.h>

#include "base/alloc.h"
#include "base/charset.h"
#include "base/str.h"
#include "base/utf8.h"
#include "import/fault.h"

#define SAMPLE_MAX 65536 /* bytes looked at when guessing */

/* How often each letter stands in running text, per mille, the mean of Ukrainian and Russian newspaper counts (rounded); in the order
 * а…я. Only the ratio of the candidates' sums matters. */
static const unsigned char FREQUENCY[32] = {
	85, 16, 48, 16, 32, 60, 8, 21, 65, 12, 36, 36, 31, 67, 95, 28, /* а б в г д е ж з и й к л м н о п */
	47, 47, 57, 31, 3,  10, 7, 14, 7,  6,  2,  12, 17, 3,  7,  22, /* р с т у ф х ц ч ш щ ъ ы ь э ю я */
};

/* Line and column (in characters) of the place behind the n bytes of good UTF-8. CR, LF and CRLF end a line. */
static void locate(const char *text, size_t n, size_t *line, size_t *column) {
	*line = 1;
	*column = 1;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == '\n' || (c == '\r' && (i + 1 >= n || text[i + 1] != '\n'))) {
			(*line)++;
			*column = 1;
		} else if ((c & 0xC0) != 0x80 && c != '\r') {
			(*column)++;
		}
	}
}

static bool fail_at(const char *text, size_t n, struct fault *fault, struct err *err) {
	locate(text, n, &fault->at.line, &fault->at.column);
	return fault_fail(err, fault);
}

/* How many bytes of text without NUL stand at the start as valid UTF-8 (RFC 3629, section 4). The plain loop over words makes a file of
 * ASCII as cheap as a copy. */
static size_t valid_prefix(const unsigned char *s, size_t n) {
	size_t i = 0;
	while (i < n) {
		uint64_t word = 0;
		if (n - i >= 8) {
			memcpy(&word, s + i, 8);
			/* No byte with its high bit set, and no NUL: taking 1 from every byte sets the high bit of one that was 0. */
			if ((word & UINT64_C(0x8080808080808080)) == 0 &&
			    ((word - UINT64_C(0x0101010101010101)) & ~word & UINT64_C(0x8080808080808080)) == 0) {
				i += 8;
				continue;
			}
		}
		unsigned char c = s[i];
		if (c == 0) {
			return i;
		}
		if (c < 0x80) {
			i++;
			continue;
		}
		size_t more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
		if (c < 0xC2 || c > 0xF4 || n - i <= more) {
			return i;
		}
		/* The second byte's range keeps out overlong forms (E0, F0), surrogates (ED) and what lies beyond U+10FFFF (F4). */
		unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
		unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
		if (s[i + 1] < low || s[i + 1] > high) {
			return i;
		}
		for (size_t k = 2; k <= more; k++) {
			if ((s[i + k] & 0xC0) != 0x80) {
				return i;
			}
		}
		i += more + 1;
	}
	return i;
}

static bool is_cyrillic(uint32_t c) { return (c >= 0x410 && c <= 0x44F) || (c >= 0x401 && c <= 0x45F) || c == 0x490 || c == 0x491; }

static int letter_points(uint32_t c) {
	if (c >= 0x410 && c <= 0x44F) {
		return FREQUENCY[(c - 0x410) % 32];
	}
	switch (c) {
	case 0x406:
	case 0x456: return 55; /* і */
	case 0x404:
	case 0x454:
	case 0x407:
	case 0x457:
	case 0x401:
	case 0x451: return 6; /* є ї ё */
	case 0x490:
	case 0x491:
	case 0x40E:
	case 0x45E: return 1; /* ґ, Belarusian ў */
	default: return -60;  /* Serbian and Macedonian letters: in these files a sign of the wrong table */
	}
}

static int symbol_points(uint32_t c, bool in_word) {
	if (c == 0xAB || c == 0xBB || c == 0x2116 || c == 0x2013 || c == 0x2014 || c == 0x2019 || c == 0x201C || c == 0x201D ||
	    c == 0x201E || c == 0xA0 || c == 0x2026) {
		return c == 0x2019 || !in_word ? 20 : -20; /* what Ukrainian typography really uses */
	}
	return in_word ? -120 : -60;
}

/* Points per character beyond ASCII for reading as Ukrainian or Russian: common letters count for, letters of Latin and Cyrillic in one
 * word, capitals after small letters and odd symbols count against. *many is how many such characters there were. */
static int cyrillic_score(const char *utf8, int *many) {
	int64_t points = 0;
	int count = 0;
	uint32_t before = ' ';
	for (uint32_t c = utf8_next(&utf8); c != 0; c = utf8_next(&utf8)) {
		bool latin_before = before < 0x80 && str_lower_char((char)before) >= 'a' && str_lower_char((char)before) <= 'z';
		bool cyrillic_before = is_cyrillic(before);
		if (c >= 0x80) {
			count++;
			points += is_cyrillic(c) ? letter_points(c) : symbol_points(c, cyrillic_before);
			bool capital = c < 0x430;
			bool small_before = cyrillic_before && (before >= 0x430 && before != 0x490);
			points -= is_cyrillic(c) && latin_before ? 150 : 0;
			points -= is_cyrillic(c) && capital && small_before ? 70 : 0;
			points += is_cyrillic(c) && !capital && cyrillic_before ? 10 : 0;
		} else if (cyrillic_before && str_lower_char((char)c) >= 'a' && str_lower_char((char)c) <= 'z') {
			points -= 150;
		}
		before = c;
	}
	*many = count;
	return count == 0 ? -1000 : (int)(points / count);
}

/* The Cyrillic 8-bit encoding that reads best, and its score. */
static const char *best_cyrillic(const char *bytes, size_t n, int *score) {
	static const char *const candidates[] = {"WINDOWS-1251", "KOI8-U", "CP866", "ISO-8859-5", "MAC-CYRILLIC"};
	const char *best = NULL;
	*score = -1000;
	for (size_t i = 0; i < COUNT_OF(candidates); i++) {
		struct strbuf text = {0};
		size_t stop = 0;
		int many = 0;
		bool ok = charset_to_utf8(candidates[i], bytes, n, &text, &stop) && stop == n && strlen(strbuf_str(&text)) == text.len;
		int points = ok ? cyrillic_score(strbuf_str(&text), &many) : -1000;
		if (points > *score) {
			*score = points;
			best = candidates[i];
		}
		strbuf_fini(&text);
	}
	return best;
}

static void ask_uchardet(const char *bytes, size_t n, char name[ENCODING_NAME_MAX]) {
	uchardet_t detector = uchardet_new();
	name[0] = '\0';
	if (detector != NULL && uchardet_handle_data(detector, bytes, n) == 0) {
		uchardet_data_end(detector);
		str_copy(name, ENCODING_NAME_MAX, uchardet_get_charset(detector));
	}
	uchardet_delete(detector);
	bool known = name[0] != '\0' && charset_known(name);
	/* Windows-1252 holds all of ISO-8859-1's printable characters, and is what people's programs really write. */
	if (!known || str_eq(name, "ISO-8859-1") || str_eq(name, "ASCII")) {
		str_copy(name, ENCODING_NAME_MAX, "WINDOWS-1252");
	}
	if (str_eq(name, "KOI8-R")) {
		str_copy(name, ENCODING_NAME_MAX, "KOI8-U"); /* the letters agree; KOI8-U has і ї є ґ where KOI8-R has lines for boxes */
	}
}

static void guess_8bit(const char *bytes, size_t n, char name[ENCODING_NAME_MAX]) {
	/* Threshold, measured on names and headers in the tests: right tables score 40 and more, wrong ones below 25. */
	enum { GOOD = 28 };
	int score = 0;
	const char *cyrillic = best_cyrillic(bytes, n < SAMPLE_MAX ? n : SAMPLE_MAX, &score);
	if (cyrillic != NULL && score >= GOOD) {
		str_copy(name, ENCODING_NAME_MAX, cyrillic);
		return;
	}
	ask_uchardet(bytes, n, name);
}

/* UTF-16 without a mark: high bytes of Latin (00) and Cyrillic (04) letters stand at every second place, and bytes 00 and 04 do not
 * occur in 8-bit text. */
static const char *guess_utf16(const unsigned char *s, size_t n) {
	size_t even = 0;
	size_t odd = 0;
	size_t pairs = (n < SAMPLE_MAX ? n : SAMPLE_MAX) / 2;
	for (size_t i = 0; i < pairs; i++) {
		even += s[2 * i] == 0 || s[2 * i] == 4;
		odd += s[2 * i + 1] == 0 || s[2 * i + 1] == 4;
	}
	if (pairs < 2 || even == odd) {
		return NULL;
	}
	if (odd * 10 >= pairs * 7 && even * 10 <= pairs * 3) {
		return "UTF-16LE";
	}
	return even * 10 >= pairs * 7 && odd * 10 <= pairs * 3 ? "UTF-16BE" : NULL;
}

/* UTF-8 with a few wrong bytes (a cut file, one bad cell) is still UTF-8: better an error that names the place than wrong letters. */
static bool mostly_utf8(const unsigned char *s, size_t n) {
	size_t good = 0;
	size_t bad = 0;
	for (size_t i = 0; i < n && i < SAMPLE_MAX * 16; i++) {
		if (s[i] < 0x80) {
			continue;
		}
		size_t more = s[i] >= 0xF0 ? 3 : s[i] >= 0xE0 ? 2 : 1;
		size_t have = n - i <= more ? 0 : valid_prefix(s + i, more + 1);
		good += have == more + 1;
		bad += have != more + 1;
		i += have == more + 1 ? more : 0;
	}
	return good >= 4 && bad * 10 <= good;
}

static size_t find_mark(const unsigned char *s, size_t n, const char **encoding) {
	if (n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
		*encoding = "UTF-8";
		return 3;
	}
	/* Before UTF-16, whose mark begins alike. */
	if (n >= 4 && memcmp(s, "\xFF\xFE\0\0", 4) == 0) {
		*encoding = "UTF-32LE";
		return 4;
	}
	if (n >= 2 && s[0] == 0xFF && s[1] == 0xFE) {
		*encoding = "UTF-16LE";
		return 2;
	}
	if (n >= 2 && s[0] == 0xFE && s[1] == 0xFF) {
		*encoding = "UTF-16BE";
		return 2;
	}
	return 0;
}

/* The names that the web and Macs give to encodings which iconv knows under others. */
static const struct { const char *said, *iconv; } ALSO[] = {{"x-mac-cyrillic", "MAC-CYRILLIC"}, {"x-mac-ukrainian", "MAC-CYRILLIC"}};

static const char *iconv_name(const char *said) {
	for (size_t i = 0; i < COUNT_OF(ALSO); i++) {
		if (str_eq_nocase(said, ALSO[i].said)) {
			return ALSO[i].iconv;
		}
	}
	return said;
}

static void show_name(char name[ENCODING_NAME_MAX]) {
	if (strncmp(name, "WINDOWS-", 8) == 0) {
		memcpy(name, "Windows", 7);
	}
	if (str_eq(name, "MAC-CYRILLIC")) {
		str_copy(name, ENCODING_NAME_MAX, "x-mac-cyrillic");
	}
	if (str_eq_nocase(name, "utf8") || str_eq_nocase(name, "utf-8")) {
		str_copy(name, ENCODING_NAME_MAX, "UTF-8");
	}
}

static bool take_utf8(const char *bytes, size_t n, struct strbuf *out, struct err *err) {
	size_t good = valid_prefix((const unsigned char *)bytes, n);
	if (good < n) {
		struct fault fault = {.kind = bytes[good] == '\0' ? FAULT_ZERO_BYTE : FAULT_NOT_UTF8};
		return fail_at(bytes, good, &fault, err);
	}
	strbuf_add(out, bytes, n);
	return true;
}

static bool take_other(const char *bytes, size_t n, const char *encoding, struct strbuf *out, struct err *err) {
	size_t start = out->len;
	size_t stop = 0;
	bool ok = false;
	if (!charset_to_utf8(encoding, bytes, n, out, &stop)) {
		return fault_fail(err, &(struct fault){.kind = FAULT_ENCODING_UNKNOWN, .value = encoding});
	}
	/* A stateful encoding may give something that iconv calls good and NUL-terminated text cannot hold. */
	size_t good = valid_prefix((const unsigned char *)out->data + start, out->len - start);
	if (good < out->len - start) {
		fail_at(out->data + start, good, &(struct fault){.kind = FAULT_ZERO_CHARACTER}, err);
	} else if (stop < n) {
		fail_at(out->data + start, good, &(struct fault){.kind = FAULT_NOT_IN_ENCODING, .value = encoding}, err);
	} else {
		ok = true;
	}
	if (!ok) {
		strbuf_truncate(out, start);
	} else if (good >= 3 && memcmp(out->data + start, "\xEF\xBB\xBF", 3) == 0) {
		memmove(out->data + start, out->data + start + 3, good - 3);
		strbuf_truncate(out, out->len - 3);
	}
	return ok;
}

bool encoding_to_utf8(const char *bytes, size_t n, const char *forced, struct strbuf *out, char name[ENCODING_NAME_MAX], struct err *err) {
	const unsigned char *s = (const unsigned char *)bytes;
	const char *found = NULL;
	size_t skip = find_mark(s, n, &found);
	if (!str_empty(forced)) {
		if (strlen(forced) >= ENCODING_NAME_MAX) {
			return fault_fail(err, &(struct fault){.kind = FAULT_ENCODING_LONG, .value = forced});
		}
		skip = str_eq(found, "UTF-8") && !str_eq_nocase(forced, "utf-8") ? 0 : skip;
		found = iconv_name(forced);
	}
	if (found == NULL) {
		found = guess_utf16(s, n);
	}
	/* A NUL byte has no place in an 8-bit text either: taken for UTF-8 it is refused with its line and column. */
	if (found == NULL && (valid_prefix(s, n) == n || memchr(s, 0, n) != NULL || mostly_utf8(s, n))) {
		found = "UTF-8";
	}
	if (found != NULL) {
		str_copy(name, ENCODING_NAME_MAX, found);
	} else {
		guess_8bit(bytes, n, name);
	}
	bool utf8 = str_eq_nocase(name, "utf-8") || str_eq_nocase(name, "utf8");
	bool ok = utf8 ? take_utf8(bytes + skip, n - skip, out, err) : take_other(bytes + skip, n - skip, name, out, err);
	show_name(name);
	return ok;
}
