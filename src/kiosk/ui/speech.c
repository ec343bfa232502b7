#include "kiosk/ui/speech.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "words/say_line.h"

/* Letters that only one of the two alphabets has. */
static bool is_ukrainian(uint32_t c) {
	return c == 0x404 || c == 0x406 || c == 0x407 || c == 0x454 || c == 0x456 || c == 0x457 || c == 0x490 || c == 0x491;
}
static bool is_russian(uint32_t c) {
	return c == 0x401 || c == 0x42A || c == 0x42B || c == 0x42D || c == 0x451 || c == 0x44A || c == 0x44B || c == 0x44D;
}
static bool is_cyrillic(uint32_t c) { return c >= 0x400 && c <= 0x52F; }
static bool is_latin(uint32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F); }

/* As far as the alphabet does not change: blanks and signs go with what is before them. */
struct run {
	const char *end;
	int ukrainian, russian;
	bool cyrillic, latin;
};

static struct run run_from(const char *at) {
	struct run run = {.end = at};
	while (*run.end != '\0') {
		const char *next = run.end;
		uint32_t c = utf8_next(&next);
		if ((is_cyrillic(c) && run.latin) || (is_latin(c) && run.cyrillic)) {
			break;
		}
		run.cyrillic = run.cyrillic || is_cyrillic(c);
		run.latin = run.latin || is_latin(c);
		run.ukrainian += is_ukrainian(c);
		run.russian += is_russian(c);
		run.end = next;
	}
	return run;
}

static const char *voice_of(const struct run *run, const struct speech_tongue *tongue) {
	bool screen_is_cyrillic = str_eq(tongue->language, "uk") || str_eq(tongue->language, "ru");
	if (!run->cyrillic) {
		return run->latin ? "en" : screen_is_cyrillic ? tongue->language : "en";
	}
	if (run->ukrainian != run->russian) {
		return run->ukrainian > run->russian ? "uk" : "ru";
	}
	return screen_is_cyrillic ? tongue->language : tongue->cyrillic;
}

static void put(struct speech *s, const char *language, const char *text, size_t n) {
	struct speech_part *last = s->count > 0 ? &s->parts[s->count - 1] : NULL;
	if (last == NULL || !str_eq(last->language, language)) {
		if (s->count == SPEECH_PARTS_MAX) {
			return;
		}
		last = &s->parts[s->count++];
		str_copy(last->language, sizeof last->language, language);
	}
	size_t room = SPEECH_BYTES_MAX - s->bytes;
	n = n > room ? utf8_cut(text, room) : n;
	strbuf_add(&last->text, text, n);
	s->bytes += n;
}

void speech_add(struct speech *s, const struct speech_tongue *tongue, const char *line) {
	struct strbuf said = {0};
	say_line(&said, tongue->language, line);
	const char *language = NULL;
	for (const char *at = strbuf_str(&said); *at != '\0';) {
		struct run run = run_from(at);
		language = voice_of(&run, tongue);
		put(s, language, at, (size_t)(run.end - at));
		at = run.end;
	}
	if (language != NULL) { /* a pause */
		char last = said.data[said.len - 1];
		put(s, language, last == '.' || last == '!' || last == '?' || last == ':' ? "\n" : ".\n",
		    last == '.' || last == '!' || last == '?' || last == ':' ? 1 : 2);
	}
	strbuf_fini(&said);
}

void speech_fini(struct speech *s) {
	for (size_t i = 0; i < s->count; i++) {
		strbuf_fini(&s->parts[i].text);
	}
	*s = (struct speech){0};
}
