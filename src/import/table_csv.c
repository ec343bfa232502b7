/* RFC 4180 as programs really write it. Cells are cut in place in t->text: a field without its quotes is never longer than with them. */
#include "import/table_csv.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/fault.h"

/* How much is looked at to find the delimiter. */
#define LOOK_BYTES 262144
#define LOOK_LINES 50

static const char DELIMITERS[] = {',', ';', '\t'};

struct counts {
	int per_line[LOOK_LINES][sizeof DELIMITERS];
	int lines;
};

/* Counts each candidate per record outside quotes. A quote opens only behind something that could be a delimiter. */
static void count_delimiters(const char *text, size_t n, struct counts *c) {
	bool quoted = false;
	bool any = false;
	char before = '\n';
	for (size_t i = 0; i < n && i < LOOK_BYTES && c->lines < LOOK_LINES; i++) {
		char at = text[i];
		if (quoted) {
			if (at == '"' && text[i + 1] == '"') {
				i++;
			} else if (at == '"') {
				quoted = false;
			}
		} else if (at == '"' && (before == '\n' || before == '\r' || memchr(DELIMITERS, before, sizeof DELIMITERS) != NULL)) {
			quoted = true;
			any = true;
		} else if (at == '\n' || at == '\r') {
			c->lines += any ? 1 : 0;
			any = false;
		} else {
			any = true;
			for (size_t d = 0; d < sizeof DELIMITERS; d++) {
				c->per_line[c->lines][d] += at == DELIMITERS[d];
			}
		}
		before = at;
	}
	if (any && c->lines < LOOK_LINES) {
		c->lines++;
	}
}

/* The candidate whose commonest count above zero is shared by the most records; on a tie the one that cuts more. */
static char choose_delimiter(const char *text, size_t n) {
	struct counts c = {0};
	count_delimiters(text, n, &c);
	char best = ',';
	int best_score = 0;
	for (size_t d = 0; d < sizeof DELIMITERS; d++) {
		for (int i = 0; i < c.lines; i++) {
			int here = c.per_line[i][d];
			int same = 0;
			for (int k = 0; here > 0 && k < c.lines; k++) {
				same += c.per_line[k][d] == here;
			}
			int score = same * 1000 + (here < 999 ? here : 999);
			if (same > 0 && score > best_score) {
				best_score = score;
				best = DELIMITERS[d];
			}
		}
	}
	return best;
}

struct reader {
	struct table *t;
	char *at;
	char *end;
	size_t line;
	size_t column; /* of the table, from 1 */
	bool lines;
	char delimiter;
};

/* "sep=;" as the first line, also in quotes; moves past it. */
static bool take_sep_line(struct reader *r) {
	char *at = r->at;
	bool quoted = *at == '"';
	at += quoted ? 1 : 0;
	char head[5] = {0};
	str_copy(head, sizeof head, at);
	if (!str_eq_nocase(head, "sep=") || at[4] == '\0' || at[4] == '\n' || at[4] == '\r') {
		return false;
	}
	char sep = at[4];
	at += quoted ? 6 : 5;
	if ((quoted && at[-1] != '"') || (*at != '\0' && *at != '\n' && *at != '\r')) {
		return false;
	}
	r->delimiter = sep;
	r->at = at; /* the rest of the line is a blank line */
	return true;
}

static void count_line_end(struct reader *r, char c) { r->line += c == '\n' || (c == '\r' && !(r->at < r->end && *r->at == '\n')); }

/* A field in quotes: moves its text to the front of itself, returns where the text ends; r->at stands at the delimiter or line end. */
static bool read_quoted(struct reader *r, char **text_end, struct err *err) {
	size_t opening = r->line;
	char *to = r->at;
	r->at++;
	for (;;) {
		if (r->at >= r->end) {
			return fault_fail(err, &(struct fault){.kind = FAULT_QUOTE_OPEN, .at = {.line = opening, .column = r->column}});
		}
		char c = *r->at++;
		if (c != '"') {
			count_line_end(r, c);
			*to++ = c;
		} else if (r->at < r->end && *r->at == '"') {
			*to++ = '"';
			r->at++;
		} else {
			break;
		}
	}
	/* What stands behind the closing quotation mark is wrong by the RFC, but nobody's text is dropped. */
	while (r->at < r->end && *r->at != r->delimiter && *r->at != '\n' && *r->at != '\r') {
		*to++ = *r->at++;
	}
	*text_end = to;
	return true;
}

/* What keeps a spreadsheet from taking a text for a number: ="00456", and '00123. Both are codes and telephone numbers, not their marks.
 * The text may move to the front of itself; returns where it begins. */
static char *without_mark(char *text, char **text_end) {
	size_t n = (size_t)(*text_end - text);
	if (n >= 3 && text[0] == '=' && text[1] == '"' && text[n - 1] == '"' && memchr(text + 2, '"', n - 3) == NULL) {
		*text_end -= 1;
		**text_end = '\0';
		return text + 2;
	}
	bool digits = n >= 2 && text[0] == '\'';
	for (size_t i = 1; i < n && digits; i++) {
		digits = str_is_digit(text[i]) || strchr("+-() ", text[i]) != NULL;
	}
	return text + (digits ? 1 : 0);
}

static bool read_field(struct reader *r, char *ended_by, struct err *err) {
	char *text = r->at;
	char *text_end = text;
	if (*text == '"') {
		if (!read_quoted(r, &text_end, err)) {
			return false;
		}
	} else {
		while (r->at < r->end && *r->at != r->delimiter && *r->at != '\n' && *r->at != '\r') {
			r->at++;
		}
		text_end = r->at;
	}
	*ended_by = r->at < r->end ? *r->at : '\0';
	*text_end = '\0';
	text = without_mark(text, &text_end);
	const char *cell = NULL;
	if (r->column > TABLE_COLUMNS_MAX) {
		return *text == '\0' ||
		       fault_fail(err, &(struct fault){.kind = FAULT_COLUMNS_MANY, .at.line = r->line, .number = TABLE_COLUMNS_MAX});
	}
	if (!table_clean(r->t, text, (size_t)(text_end - text), r->lines, &cell)) {
		struct fault fault = {.kind = FAULT_CELL_LONG, .at = {.line = r->line, .column = r->column}, .number = TABLE_CELL_MAX};
		return fault_fail(err, &fault);
	}
	table_push(r->t, cell);
	return true;
}

static bool read_row(struct reader *r, struct err *err) {
	if (!table_begin_row(r->t, r->line, err)) {
		return false;
	}
	char ended_by = '\0';
	r->column = 0;
	do {
		r->column++;
		if (!read_field(r, &ended_by, err)) {
			return false;
		}
		r->at += ended_by != '\0' ? 1 : 0;
	} while (ended_by == r->delimiter && ended_by != '\0');
	count_line_end(r, ended_by);
	r->at += ended_by == '\r' && r->at < r->end && *r->at == '\n' ? 1 : 0;
	r->line += ended_by == '\r' && r->at[-1] == '\n' ? 1 : 0;
	r->t->rows[r->t->count - 1].fields = (uint32_t)r->column;
	table_end_row(r->t);
	return true;
}

bool table_csv_parse(struct table *t, bool lines, struct err *err) {
	strbuf_reserve(&t->text, 1);
	t->text.data[t->text.len] = '\0';
	struct reader r = {.t = t, .at = t->text.data, .end = t->text.data + t->text.len, .line = 1, .lines = lines};
	if (!take_sep_line(&r)) {
		r.delimiter = choose_delimiter(r.at, t->text.len);
	}
	t->delimiter = r.delimiter;
	while (r.at < r.end) {
		if (!read_row(&r, err)) {
			return false;
		}
	}
	return true;
}
