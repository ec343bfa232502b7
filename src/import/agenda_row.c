#include "import/agenda_row.h"

#include <stdlib.h>

#include "base/strbuf.h"

void agenda_row_fini(struct agenda_row *r) {
	agenda_zones_fini(&r->zones);
	free(r->speakers);
}

void agenda_row_collect(struct agenda_row *r) {
	struct strbuf speakers = {0};
	for (int i = 0; i < TO_COUNT; i++) {
		r->value[i] = "";
		r->column[i] = 0;
	}
	for (size_t c = 0; c < r->cols.width; c++) {
		int target = r->cols.target[c];
		const char *cell = table_cell(r->t, r->row, c);
		if (target < 0 || *cell == '\0') {
			continue;
		}
		if (target == SESSION_SPEAKERS) {
			strbuf_addf(&speakers, "%s%s", speakers.len ? ", " : "", cell);
		}
		if (r->column[target] == 0) {
			r->value[target] = cell;
			r->column[target] = c + 1;
		}
	}
	free(r->speakers);
	r->speakers = strbuf_detach(&speakers);
	r->value[SESSION_SPEAKERS] = r->speakers;
}

static struct fault fault_of(const struct agenda_row *r, int target, enum fault_kind kind) {
	struct fault_place at = {.line = r->t->rows[r->row].line, .column = r->column[target]};
	return (struct fault){.kind = kind, .at = at, .value = r->value[target]};
}

bool agenda_row_fail_cell(const struct agenda_row *r, int target, enum fault_kind kind, struct err *err) {
	struct fault fault = fault_of(r, target, kind);
	return fault_fail(err, &fault);
}

bool agenda_row_fail(const struct agenda_row *r, enum fault_kind kind, struct err *err) {
	return fault_fail(err, &(struct fault){.kind = kind, .at.line = r->t->rows[r->row].line, .value = r->value[SESSION_TITLE]});
}

bool agenda_row_without(const struct agenda_row *r, int target, enum fault_kind kind, struct err *err) {
	struct fault fault = fault_of(r, target, kind);
	return agenda_do_without(r->opt, &fault, err);
}
