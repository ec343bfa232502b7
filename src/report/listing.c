#include "report/listing.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/escape.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"

struct cells { /* of the sampled rows, row by row */
	char **items;
	size_t count, cap;
};

struct listing {
	struct out *out;
	struct listing_options options;
	struct json_writer json;
	size_t at;      /* the column that comes next */
	size_t written; /* cells of this row that stand in `out` */
	struct cells sample;
	size_t rows;
	size_t *widths; /* of a table, once they are settled */
	bool *numbers;  /* columns that stand to the right */
	bool settled;
};

static bool shown(const struct listing *l, size_t at) {
	unsigned forms = l->options.columns[at].forms;
	return forms == 0 || (forms & l->options.form) != 0;
}

static const char *head_of(const struct listing *l, size_t at) {
	const struct column *c = &l->options.columns[at];
	return l->options.form == LISTING_TABLE && c->head != NULL ? c->head : c->key;
}

/* --- CSV ------------------------------------------------------------------------------------------------------------------------- */

static void csv_cell(struct listing *l, const char *text, bool defuse) {
	struct strbuf *to = &l->out->text;
	if (l->written++ != 0) {
		strbuf_addc(to, ',');
	}
	/* A spreadsheet would take a cell that begins so for a formula. */
	const char *guard = defuse && text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL ? "'" : "";
	if (strpbrk(text, ",\"\r\n") == NULL) {
		strbuf_adds(to, guard);
		strbuf_adds(to, text);
		return;
	}
	strbuf_addc(to, '"');
	strbuf_adds(to, guard);
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '"') {
			strbuf_addc(to, '"');
		}
		strbuf_addc(to, *p);
	}
	strbuf_addc(to, '"');
}

static void csv_head(struct listing *l) {
	if (l->options.bom) {
		strbuf_adds(&l->out->text, "\xEF\xBB\xBF");
	}
	for (size_t i = 0; i < l->options.count; i++) {
		if (shown(l, i)) {
			csv_cell(l, head_of(l, i), true);
		}
	}
	strbuf_adds(&l->out->text, "\r\n");
	l->written = 0;
}

/* --- tables ---------------------------------------------------------------------------------------------------------------------- */

/* A line's end would break the table, and what steers a terminal its widths. */
static char *one_line(const char *text) {
	struct strbuf line = {0};
	escape_add(&line, ESCAPE_LINE, text, strlen(text));
	return strbuf_detach(&line);
}

static bool last_shown(const struct listing *l, size_t at) {
	for (size_t i = at + 1; i < l->options.count; i++) {
		if (shown(l, i)) {
			return false;
		}
	}
	return true;
}

static void table_cell(struct listing *l, size_t at, const char *text) {
	struct strbuf *to = &l->out->text;
	size_t width = utf8_width(text);
	int fill = width < l->widths[at] ? (int)(l->widths[at] - width) : 0;
	bool last = last_shown(l, at);
	if (l->numbers[at]) {
		strbuf_addf(to, "%*s%s%s", fill, "", text, last ? "" : "  ");
	} else if (last) {
		strbuf_adds(to, text);
	} else {
		strbuf_addf(to, "%s%*s  ", text, fill, "");
	}
}

/* Ends the sample: the widths are known now, the head and the rows kept so far are written. */
static void settle(struct listing *l) {
	size_t count = l->options.count;
	l->settled = true;
	for (size_t i = 0; i < count; i++) {
		l->widths[i] = utf8_width(head_of(l, i));
	}
	for (size_t i = 0, column = 0; i < l->sample.count; i++, column = column + 1 < count ? column + 1 : 0) {
		size_t width = utf8_width(l->sample.items[i]);
		l->widths[column] = width > l->widths[column] ? width : l->widths[column];
	}
	for (size_t i = 0; i < count; i++) {
		if (shown(l, i)) {
			table_cell(l, i, head_of(l, i));
		}
	}
	strbuf_addc(&l->out->text, '\n');
	for (size_t i = 0, column = 0; i < l->sample.count; i++, column = column + 1 < count ? column + 1 : 0) {
		if (shown(l, column)) {
			table_cell(l, column, l->sample.items[i]);
		}
		if (column + 1 == count) {
			strbuf_addc(&l->out->text, '\n');
		}
		free(l->sample.items[i]);
	}
	l->sample.count = 0;
}

static void put_in_table(struct listing *l, const char *text) {
	char *cell = one_line(text);
	if (l->settled) {
		if (shown(l, l->at)) {
			table_cell(l, l->at, cell);
		}
		free(cell);
	} else {
		ARRAY_GROW(&l->sample, items);
		l->sample.items[l->sample.count++] = cell;
	}
}

/* --- all ------------------------------------------------------------------------------------------------------------------------- */

struct listing *listing_open(struct out *out, const struct listing_options *options) {
	struct listing *l = xcalloc(1, sizeof *l);
	l->out = out;
	l->options = *options;
	out->exact = options->form != LISTING_TABLE;
	l->widths = xcalloc(options->count, sizeof *l->widths);
	l->numbers = xcalloc(options->count, sizeof *l->numbers);
	if (options->form == LISTING_JSON) {
		l->json = (struct json_writer){.out = &out->text, .pretty = true};
		json_open(&l->json, NULL, '[');
	} else if (options->form == LISTING_CSV) {
		csv_head(l);
	}
	return l;
}

/* Begins the row's object where the cell is its first; returns the member's key. */
static const char *json_key(struct listing *l) {
	if (l->written++ == 0) {
		json_open(&l->json, NULL, '{');
	}
	return l->options.columns[l->at].key;
}

void listing_text(struct listing *l, const char *text) {
	if (l->options.form == LISTING_TABLE) {
		put_in_table(l, str_or_empty(text));
	} else if (shown(l, l->at)) {
		if (l->options.form == LISTING_JSON) {
			json_put_text(&l->json, json_key(l), text);
		} else {
			csv_cell(l, str_or_empty(text), true);
		}
	}
	l->at++;
}

void listing_int(struct listing *l, int64_t value) {
	struct str_number number = str_number(value);
	l->numbers[l->at] = true;
	if (l->options.form == LISTING_TABLE) {
		put_in_table(l, number.text);
	} else if (shown(l, l->at)) {
		if (l->options.form == LISTING_JSON) {
			json_put_int(&l->json, json_key(l), value);
		} else {
			csv_cell(l, number.text, false);
		}
	}
	l->at++;
}

void listing_bool(struct listing *l, bool value) {
	if (l->options.form == LISTING_JSON && shown(l, l->at)) {
		json_put_bool(&l->json, json_key(l), value);
		l->at++;
	} else {
		listing_text(l, value ? "yes" : "no");
	}
}

void listing_json(struct listing *l, const char *json) {
	if (l->options.form == LISTING_JSON && shown(l, l->at)) {
		json_put_raw(&l->json, json_key(l), json);
		l->at++;
	} else {
		listing_text(l, "");
	}
}

void listing_none(struct listing *l) {
	if (l->options.form == LISTING_JSON) {
		l->at++;
	} else {
		listing_text(l, "");
	}
}

bool listing_row(struct listing *l, struct err *err) {
	if (l->options.form == LISTING_JSON) {
		json_close(&l->json, '}');
	} else if (l->options.form == LISTING_CSV) {
		strbuf_adds(&l->out->text, "\r\n");
	} else if (l->settled) {
		strbuf_addc(&l->out->text, '\n');
	} else if (l->rows + 1 == LISTING_SAMPLE) {
		settle(l);
	}
	l->rows++;
	l->at = 0;
	l->written = 0;
	return out_spill(l->out, err);
}

bool listing_finish(struct listing *l, struct err *err) {
	if (l->options.form == LISTING_JSON) {
		json_close(&l->json, ']');
		strbuf_addc(&l->out->text, '\n');
	} else if (l->options.form == LISTING_TABLE && !l->settled) {
		settle(l);
	}
	return out_spill(l->out, err);
}

void listing_close(struct listing *l) {
	if (l != NULL) {
		for (size_t i = 0; i < l->sample.count; i++) {
			free(l->sample.items[i]);
		}
		free(l->sample.items);
		free(l->widths);
		free(l->numbers);
		free(l);
	}
}
