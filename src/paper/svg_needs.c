#include "paper/svg_needs.h"

#include <string.h>

#include "base/str.h"

struct scan {
	const char *at, *end, *begin;
	struct svg_needs *out;
};

static bool begins(const struct scan *s, const char *at, const char *word) {
	size_t n = strlen(word);
	return (size_t)(s->end - at) >= n && strncasecmp(at, word, n) == 0;
}

static int line_of(const struct scan *s, const char *at) {
	int line = 1;
	for (const char *c = s->begin; c < at; c++) {
		line += *c == '\n';
	}
	return line;
}

/* What is inside the file itself, or nothing. */
static bool is_inside(const char *value, size_t n) { return n == 0 || value[0] == '#' || (n >= 5 && strncasecmp(value, "data:", 5) == 0); }

static void note_outside(const struct scan *s, const char *value, size_t n) {
	if (s->out->outside[0] != '\0') {
		return;
	}
	char text[SVG_NEED_MAX];
	size_t kept = n < sizeof text - 1 ? n : sizeof text - 1;
	memcpy(text, value, kept);
	text[kept] = '\0';
	str_copy(s->out->outside, sizeof s->out->outside, text);
	s->out->line = s->out->line == 0 ? line_of(s, value) : s->out->line;
}

/* The words of a tag that begins at `tag`, up to its ">", quotes heeded. */
static const char *tag_end(const struct scan *s, const char *tag) {
	char quote = '\0';
	for (const char *c = tag; c < s->end; c++) {
		if (quote != '\0') {
			quote = *c == quote ? '\0' : quote;
		} else if (*c == '"' || *c == '\'') {
			quote = *c;
		} else if (*c == '>') {
			return c;
		}
	}
	return s->end;
}

/* The value behind an attribute's name: what stands in its quotes. */
static const char *value_of(const char *name_end, const char *end, size_t *n) {
	const char *c = name_end;
	while (c < end && str_is_space(*c)) {
		c++;
	}
	if (c >= end || *c != '=') {
		return NULL;
	}
	c++;
	while (c < end && str_is_space(*c)) {
		c++;
	}
	if (c >= end || (*c != '"' && *c != '\'')) {
		return NULL;
	}
	const char *close = memchr(c + 1, *c, (size_t)(end - c - 1));
	*n = close == NULL ? 0 : (size_t)(close - c - 1);
	return close == NULL ? NULL : c + 1;
}

static void look_at_links(const struct scan *s, const char *tag, const char *end) {
	for (const char *c = tag; c + 4 < end; c++) {
		size_t n;
		if (strncasecmp(c, "href", 4) != 0 || (!str_is_space(c[-1]) && c[-1] != ':')) {
			continue;
		}
		const char *value = value_of(c + 4, end, &n);
		if (value != NULL && !is_inside(value, n)) {
			note_outside(s, value, n);
		}
	}
}

static const char *comment_end(const struct scan *s, const char *comment) {
	const char *close = memmem(comment, (size_t)(s->end - comment), "-->", 3);
	return close == NULL ? s->end : close + 3;
}

/* url(…) in styles and attributes, wherever it stands; @import likewise. */
static void look_at_styles(const struct scan *s) {
	for (const char *c = s->begin; c < s->end; c++) {
		if (*c == '<' && begins(s, c, "<!--")) {
			c = comment_end(s, c) - 1;
		} else if (begins(s, c, "url(")) {
			const char *value = c + 4;
			while (value < s->end && (str_is_space(*value) || *value == '"' || *value == '\'' || begins(s, value, "&quot;"))) {
				value += *value == '&' ? 6 : 1;
			}
			const char *close = memchr(value, ')', (size_t)(s->end - value));
			size_t n = close == NULL ? 0 : (size_t)(close - value);
			if (!is_inside(value, n)) {
				note_outside(s, value, n);
			}
		} else if (*c == '@' && begins(s, c, "@import")) {
			note_outside(s, c, 7);
		}
	}
}

static void look_at_tag(const struct scan *s, const char *tag, const char *end) {
	struct svg_needs *out = s->out;
	const char *name = tag + 1, *colon = name;
	while (colon < end && !str_is_space(*colon) && *colon != ':' && *colon != '/' && *colon != '>') {
		colon++;
	}
	name = colon < end && *colon == ':' ? colon + 1 : name; /* svg:image */
	size_t n = strcspn(name, " \t\r\n/>");
	bool html = n == 13 && strncasecmp(name, "foreignObject", n) == 0, script = n == 6 && strncasecmp(name, "script", n) == 0;
	if ((html || script) && out->line == 0) {
		out->line = line_of(s, tag);
	}
	out->html = out->html || html;
	out->script = out->script || script;
	out->text = out->text || (n == 4 && strncasecmp(name, "text", n) == 0);
	if (!(n == 1 && (name[0] == 'a' || name[0] == 'A'))) { /* a link leads somewhere and draws nothing */
		look_at_links(s, tag + 1, end);
	}
}

static void look_at_declaration(const struct scan *s, const char *tag, const char *end) {
	const char *system = NULL;
	for (const char *c = tag; begins(s, tag, "<!ENTITY") && c + 6 < end && system == NULL; c++) {
		system = strncmp(c, "SYSTEM", 6) == 0 || strncmp(c, "PUBLIC", 6) == 0 ? c : NULL;
	}
	if (system != NULL) {
		note_outside(s, system, (size_t)(end - system));
	}
}

void svg_needs_find(const char *bytes, size_t n, struct svg_needs *out) {
	struct scan s = {bytes, bytes + n, bytes, out};
	*out = (struct svg_needs){0};
	while (s.at < s.end && (s.at = memchr(s.at, '<', (size_t)(s.end - s.at))) != NULL) {
		if (begins(&s, s.at, "<!--")) {
			s.at = comment_end(&s, s.at);
			continue;
		}
		if (begins(&s, s.at, "<![CDATA[")) { /* its quotes are nobody's; what styles ask for is looked for everywhere */
			const char *close = memmem(s.at, (size_t)(s.end - s.at), "]]>", 3);
			s.at = close == NULL ? s.end : close + 3;
			continue;
		}
		bool doctype = begins(&s, s.at, "<!DOCTYPE"); /* its own identifier is read by nobody; what it holds in [ ] is looked at */
		const char *end = doctype ? s.at + 9 : tag_end(&s, s.at);
		if (begins(&s, s.at, "<!")) {
			look_at_declaration(&s, s.at, end);
		} else if (!begins(&s, s.at, "</")) {
			look_at_tag(&s, s.at, end);
		}
		s.at = end;
	}
	look_at_styles(&s);
}
