#include "kiosk/script.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/tz.h"
#include "base/utf8.h"

struct reader {
	const char *name;
	size_t line;
	const char *start, *at; /* of the line, for the column in messages; NUL-terminated */
	struct err *err;
};

static bool fail(const struct reader *r, const char *what) {
	return err_set(r->err, ERR_INPUT, "%s:%zu:%td: %s", r->name, r->line, r->at - r->start + 1, what);
}

static void skip_blanks(struct reader *r) {
	while (str_is_space(*r->at)) {
		r->at++;
	}
}

static bool take_word(struct reader *r, char *out, size_t cap) {
	skip_blanks(r);
	size_t n = strcspn(r->at, " \t\r");
	if (n == 0 || n >= cap) {
		return false;
	}
	memcpy(out, r->at, n);
	out[n] = '\0';
	r->at += n;
	return true;
}

static bool take_number(struct reader *r, int64_t most, int *out) {
	char word[24];
	int64_t v;
	struct reader before = *r;
	if (!take_word(r, word, sizeof word) || !str_to_i64(word, &v) || v < 0 || v > most) {
		*r = before;
		skip_blanks(r);
		return false;
	}
	*out = (int)v;
	return true;
}

static bool name_ok(const char *text) {
	return text[0] != '\0' && text[0] != '.' && strlen(text) <= 100 &&
	       strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == strlen(text);
}

static bool check_rest(struct reader *r, struct script_step *step) {
	switch (step->verb) {
	case SCRIPT_QUIT:
	case SCRIPT_PRESS:
	case SCRIPT_MOVE:
	case SCRIPT_RELEASE:
	case SCRIPT_TOUCH: return step->text[0] == '\0' || fail(r, "something is left over");
	case SCRIPT_SCREENSHOT: return name_ok(step->text) || fail(r, "a screenshot's name has letters, digits, '.', '_' and '-'");
	case SCRIPT_CLOCK: return tz_is_time(step->text) || fail(r, "a time is like 2026-05-14T10:30");
	default: return step->text[0] != '\0' || fail(r, "something is missing after the command");
	}
}

static bool parse_line(struct reader *r, struct script_step *step) {
	static const char *const verbs[] = {"touch",      "key",  "text",  "wedge", "camera", "clock",
					    "screenshot", "quit", "press", "move",  "release"};
	_Static_assert(COUNT_OF(verbs) == SCRIPT_VERBS, "a word for every verb");
	char word[24];
	if (!take_word(r, word, sizeof word) || !str_eq(word, "at")) {
		r->at = r->start;
		return fail(r, "a line begins with: at MILLISECONDS");
	}
	if (!take_number(r, SCRIPT_MS_MAX, &step->ms)) {
		return fail(r, "a number of milliseconds is missing, at most a day");
	}
	skip_blanks(r);
	struct reader before = *r;
	bool known = take_word(r, word, sizeof word);
	for (step->verb = SCRIPT_TOUCH; known && step->verb < SCRIPT_VERBS && !str_eq(word, verbs[step->verb]);) {
		step->verb++;
	}
	if (!known || step->verb == SCRIPT_VERBS) {
		*r = before;
		return fail(r, "commands are touch, press, move, release, key, text, wedge, camera, clock, screenshot, quit");
	}
	bool places = step->verb == SCRIPT_TOUCH || step->verb == SCRIPT_PRESS || step->verb == SCRIPT_MOVE;
	if (places && (!take_number(r, 100000, &step->x) || !take_number(r, 100000, &step->y))) {
		return fail(r, "touch, press and move take two numbers, X and Y in pixels");
	}
	skip_blanks(r);
	char *rest = xstrdup(r->at);
	step->text = xstrdup(str_trim(rest));
	free(rest);
	return check_rest(r, step);
}

static int by_time(const void *a, const void *b) {
	const struct script_step *x = a, *y = b;
	/* qsort keeps no order among equals: steps of the same millisecond stay in the order of their lines. */
	return x->ms != y->ms ? (x->ms > y->ms) - (x->ms < y->ms) : (x->line > y->line) - (x->line < y->line);
}

static bool add_line(struct reader *r, struct script *out) {
	skip_blanks(r);
	if (*r->at == '\0' || *r->at == '#') {
		return true;
	}
	if (out->count == SCRIPT_STEPS_MAX) {
		return fail(r, "the script is longer than 10000 commands");
	}
	ARRAY_GROW(out, items);
	struct script_step *step = &out->items[out->count++];
	*step = (struct script_step){.line = r->line};
	return parse_line(r, step);
}

bool script_parse(const char *name, const char *text, size_t n, struct script *out, struct err *err) {
	*out = (struct script){0};
	struct reader r = {.name = name, .err = err};
	size_t bad;
	if (n > SCRIPT_FILE_MAX) {
		return err_set(err, ERR_INPUT, "%s: the script is longer than %zu bytes", name, SCRIPT_FILE_MAX);
	}
	if (!utf8_valid(text, n, &bad)) {
		return err_set(err, ERR_INPUT, "%s: byte %zu is not UTF-8 text", name, bad + 1);
	}
	for (size_t at = 0; at < n;) {
		const char *end = memchr(text + at, '\n', n - at);
		size_t length = end == NULL ? n - at : (size_t)(end - text) - at;
		char *line = xstrndup(text + at, length);
		r.line++;
		r.start = r.at = line;
		bool ok = add_line(&r, out);
		free(line);
		if (!ok) {
			script_fini(out);
			return false;
		}
		at += length + 1;
	}
	if (out->count > 0) {
		qsort(out->items, out->count, sizeof *out->items, by_time);
	}
	return true;
}

bool script_load(const char *path, struct script *out, struct err *err) {
	struct strbuf text = {0};
	bool ok = file_read(path, SCRIPT_FILE_MAX, &text, err) && script_parse(path, strbuf_str(&text), text.len, out, err);
	strbuf_fini(&text);
	return ok;
}

void script_fini(struct script *script) {
	for (size_t i = 0; i < script->count; i++) {
		free(script->items[i].text);
	}
	free(script->items);
	*script = (struct script){0};
}
