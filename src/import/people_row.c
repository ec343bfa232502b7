#include "import/people_row.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/fold.h"
#include "event/phone.h"
#include "event/registration.h"
#include "import/alias.h"
#include "import/people_content.h"
#include "import/people_export.h"
#include "import/people_footer.h"
#include "import/people_holder.h"
#include "import/person_value.h"
#include "import/registration_text.h"
#include "store/log/record.h"

static const char *cell_at(const struct people_row_reader *r, size_t column) { return person_cell_text(table_cell(r->t, r->row, column)); }

/* ---- faults ---- */

static void add_fault(const struct people_row_reader *r, struct fault_list *list, struct fault *fault, int column) {
	fault->at = table_place(r->t, r->row, (size_t)column);
	fault_list_add(list, fault);
}

/* The cell counts as empty, or for what was understood of it. */
static void note(struct people_row_reader *r, enum fault_kind kind, int column, const char *value) {
	add_fault(r, &r->out->notes, &(struct fault){.kind = kind, .value = value}, column);
}

static enum people_row_kind refuse_row(struct people_row_reader *r, enum fault_kind kind, const char *value) {
	add_fault(r, &r->out->bad, &(struct fault){.kind = kind, .value = value}, 0);
	return PEOPLE_ROW_BAD;
}

/* ---- what the row says ---- */

static bool is_question(int target) { return target >= PEOPLE_IS_CANCELLED && target <= PEOPLE_IS_COMING; }

/* A name's parts hold names; a patronymic may be "немає" as well. */
static enum person_field field_like(int target) {
	return target == PEOPLE_FAMILY || target == PEOPLE_GIVEN ? PERSON_NAME
	       : target == PEOPLE_PATRONYMIC                     ? PERSON_NOTE
								 : (enum person_field)target;
}

/* Collects each field's value: the first of the highest rank that is not empty. False when the row is empty. */
static bool collect(struct people_row_reader *r) {
	int rank[PEOPLE_TARGET_COUNT];
	const struct table_row *row = &r->t->rows[r->row];
	for (int i = 0; i < PEOPLE_TARGET_COUNT; i++) {
		r->value[i] = NULL;
		r->column[i] = 0;
		rank[i] = -1;
	}
	bool any = false;
	for (size_t c = 0; c < row->count; c++) {
		const char *cell = cell_at(r, c);
		int target = c < r->layout->width ? r->layout->target[c] : PEOPLE_OTHER; /* a row may reach beyond the headers */
		any = any || (*cell != '\0' && target != PEOPLE_NUMBER);
		if (target == PEOPLE_OTHER || target == PEOPLE_NUMBER || is_question(target) || r->layout->rank[c] <= rank[target] ||
		    person_value_is_nothing(field_like(target), cell)) {
			continue;
		}
		r->value[target] = cell;
		rank[target] = r->layout->rank[c];
		r->column[target] = (int)c + 1;
	}
	/* A screen name (rank 0) gives way to the parts of a registered one. */
	if (rank[PERSON_NAME] == 0 && r->value[PEOPLE_FAMILY] != NULL && r->value[PEOPLE_GIVEN] != NULL) {
		r->value[PERSON_NAME] = NULL;
	}
	int field = r->layout->sheet_field;
	if (field >= 0 && r->value[field] == NULL) {
		r->value[field] = table_sheet(r->t, r->row);
	}
	return any;
}

/* Lists that were put together of several have their headers in the middle, too. */
/* ---- lines below a list ---- */

/* Nobody stands in a line without a letter, beside a line to sign on, in a sum, or where all that is written is such a line's; unless they can be written
 * to, called or scanned. */
static bool is_footer(const struct people_row_reader *r, const char **text) {
	char digits[PHONE_DIGITS_MAX];
	bool letters = false;
	bool line = false;
	bool others = false;
	*text = NULL;
	phone_digits(str_or_empty(r->value[PERSON_PHONE]), digits);
	if (r->value[PERSON_EMAIL] != NULL || r->value[PERSON_CODE] != NULL || digits[0] != '\0') {
		return false;
	}
	for (size_t c = 0; c < r->t->rows[r->row].count; c++) {
		const char *cell = cell_at(r, c);
		*text = *text == NULL && *cell != '\0' ? cell : *text;
		bool says = utf8_has_letter(cell);
		letters = letters || says;
		others = others || (says && !people_footer_line(cell) && !people_footer_text(cell));
		line = line || strstr(cell, "___") != NULL;
	}
	return *text != NULL && (!letters || line || !others || people_footer_text(*text));
}

/* ---- names ---- */

static bool is_part(int target) { return target >= PEOPLE_FAMILY && target <= PEOPLE_PATRONYMIC; }

/* Whether the parts are to be put beside the name that stands in a column of its own: it lacks them. */
static bool lacks(const struct people_row_reader *r, int part) {
	const char *name = r->value[PERSON_NAME];
	return r->value[part] != NULL && !people_name_holds(name, r->value[part]) &&
	       (part == PEOPLE_PATRONYMIC || r->layout->given_names || people_name_is_one_word(name));
}

/* "Name", "Surname": in the order of the columns. */
static void complete_name(const struct people_row_reader *r, struct strbuf *out) {
	bool any = lacks(r, PEOPLE_FAMILY) || lacks(r, PEOPLE_PATRONYMIC);
	for (size_t c = 0; c < r->layout->width; c++) {
		int target = r->layout->target[c];
		bool mine = target != PEOPLE_OTHER && (target == PERSON_NAME || is_part(target)) && r->column[target] == (int)c + 1;
		if (mine && (target == PERSON_NAME || (any && target != PEOPLE_GIVEN && lacks(r, target)))) {
			strbuf_addf(out, "%s%s", out->len ? " " : "", r->value[target]);
		}
	}
}

/* A full stop behind a word is the list's, behind letters that are short for one it is the name's ("П.І.", "Jr."). */
static void trim_name(struct strbuf *name) {
	enum { WORD = 4 };
	while (name->len > 0 && strchr(" ,;", name->data[name->len - 1]) != NULL) {
		strbuf_truncate(name, name->len - 1);
	}
	if (name->len == 0 || name->data[name->len - 1] != '.') {
		return;
	}
	size_t begin = name->len - 1;
	while (begin > 0 && strchr(" .,", name->data[begin - 1]) == NULL) {
		begin--;
	}
	if (utf8_length(name->data + begin) > WORD) {
		strbuf_truncate(name, name->len - 1);
	}
}

static void set_name(struct people_row_reader *r, struct person *p) {
	struct strbuf name = {0};
	if (r->value[PERSON_NAME] != NULL) {
		complete_name(r, &name);
	}
	for (int part = PEOPLE_FAMILY; part <= PEOPLE_PATRONYMIC && r->value[PERSON_NAME] == NULL; part++) {
		if (r->value[part] != NULL) {
			strbuf_addf(&name, "%s%s", name.len ? " " : "", r->value[part]);
		}
	}
	trim_name(&name);
	person_set(p, PERSON_NAME, strbuf_str(&name));
	strbuf_fini(&name);
}

/* The row is somebody's whom the roster may have by their id. */
static bool has_id(const struct people_row_reader *r) {
	return r->layout->id >= 0 && table_cell(r->t, r->row, (size_t)r->layout->id)[0] != '\0';
}

/* Somebody without a name is still somebody: they are called by what names them until the list says more. */
static void stand_in(struct people_row_reader *r, struct person *p) {
	enum person_field fields[] = {PERSON_EMAIL, PERSON_CODE};
	for (size_t i = 0; i < COUNT_OF(fields) && person_text(p, PERSON_NAME)[0] == '\0' && !has_id(r); i++) {
		const char *value = person_text(p, fields[i]);
		if (*value != '\0') {
			person_set(p, PERSON_NAME, value);
			note(r, FAULT_NAME_STANDS_IN, 0, value);
		}
	}
}

/* ---- fields ---- */

static void set_field(struct people_row_reader *r, struct person *p, int field) {
	const char *value = r->value[field];
	if (value == NULL || field == PERSON_NAME || field == PERSON_REGISTRATION) {
		return; /* set_name and set_registration put them together */
	}
	if (field == PERSON_CODE && r->layout->id >= 0 && people_export_is_badge(value)) {
		return;
	}
	if (strlen(value) > PERSON_VALUE_MAX) {
		note(r, FAULT_VALUE_LONG, r->column[field], value);
		return;
	}
	enum fault_kind kind = person_value_set(p, (enum person_field)field, value);
	if (kind != FAULT_NONE) {
		note(r, kind, r->column[field], value);
	}
}

static void add_other(struct people_row_reader *r, struct person *p, size_t column, const char *value) {
	if (strlen(value) > PERSON_VALUE_MAX) {
		note(r, FAULT_VALUE_LONG, (int)column + 1, value);
		return;
	}
	ARRAY_GROW(p, custom); /* headers are told apart already, so nothing is looked up here */
	p->custom[p->count++] = (struct person_custom){xstrdup(r->layout->name[column]), xstrdup(value)};
}

/* Of a second phone or note what the field does not say already. */
static bool says_more(const struct people_row_reader *r, size_t column, const char *value) {
	int target = r->layout->target[column];
	return r->column[target] != (int)column + 1 && !person_value_is_nothing((enum person_field)target, value) &&
	       !str_eq_nocase(str_or_empty(r->value[target]), value);
}

static void set_others(struct people_row_reader *r, struct person *p) {
	for (size_t c = 0; c < r->t->rows[r->row].count; c++) {
		const char *value = cell_at(r, c);
		if (*value != '\0' && (r->layout->target[c] == PEOPLE_OTHER || (r->layout->second[c] && says_more(r, c, value)))) {
			add_other(r, p, c, value);
		}
	}
}

/* ---- the registration ---- */

static enum registration answer_of(int target, const char *cell) {
	switch (target) {
	case PEOPLE_IS_CANCELLED: return registration_read_flag(cell, REGISTRATION_CANCELLED, REGISTRATION_CONFIRMED);
	case PEOPLE_IS_DECLINED: return registration_read_flag(cell, REGISTRATION_DECLINED, REGISTRATION_CONFIRMED);
	case PEOPLE_IS_WAITING: return registration_read_flag(cell, REGISTRATION_WAITING, REGISTRATION_CONFIRMED);
	case PEOPLE_IS_PENDING: return registration_read_flag(cell, REGISTRATION_PENDING, REGISTRATION_CONFIRMED);
	case PEOPLE_IS_CONFIRMED: return registration_read_flag(cell, REGISTRATION_CONFIRMED, REGISTRATION_PENDING);
	case PEOPLE_IS_COMING: return registration_read_flag(cell, REGISTRATION_CONFIRMED, REGISTRATION_DECLINED);
	default: return registration_read(cell);
	}
}

/* Of several columns the one that keeps out counts: an order that was paid, and cancelled. Who is spoken of in none of them is confirmed,
 * and that is kept as well: a list under another name has to be able to take a cancellation back. */
static void set_registration(struct people_row_reader *r, struct person *p) {
	enum registration worst = REGISTRATION_UNSAID;
	const char *unknown = NULL;
	for (size_t c = 0; c < r->t->rows[r->row].count; c++) {
		int target = r->layout->target[c];
		const char *cell = cell_at(r, c);
		if (*cell == '\0' || (target != PERSON_REGISTRATION && !is_question(target))) {
			continue;
		}
		enum registration said = answer_of(target, cell);
		worst = said > worst ? said : worst;
		if (said == REGISTRATION_UNSAID && !person_value_is_nothing(PERSON_NOTE, cell)) {
			if (r->layout->id < 0) {
				note(r, FAULT_REGISTRATION_UNKNOWN, (int)c + 1, cell);
			}
			unknown = strlen(cell) <= PERSON_VALUE_MAX ? cell : NULL;
		}
	}
	if (worst != REGISTRATION_UNSAID) {
		person_set(p, PERSON_REGISTRATION, registration_word(worst));
	} else if (r->layout->id >= 0) {
		person_set(p, PERSON_REGISTRATION, unknown); /* the list says it of each, and nothing where nothing is known */
	} else if (r->layout->registration && !r->layout->applicants) {
		person_set(p, PERSON_REGISTRATION, unknown ? unknown : registration_word(REGISTRATION_CONFIRMED));
	}
}

/* ---- rows ---- */

/* Bytes of the person as one JSON object, with some room for what else a record holds. */
static size_t record_size(const struct person *p) {
	struct strbuf quoted = {0};
	size_t size = 400;
	for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
		size += strlen(person_text(p, (enum person_field)i)) + 20;
	}
	for (size_t i = 0; i < p->count; i++) {
		size += strlen(p->custom[i].name) + strlen(p->custom[i].value) + 20;
	}
	if (size < RECORD_BODY_MAX / 2) {
		return size; /* quoting at most doubles it */
	}
	size = 400;
	for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
		json_quote(&quoted, person_text(p, (enum person_field)i));
		size += 20;
	}
	for (size_t i = 0; i < p->count; i++) {
		json_quote(&quoted, p->custom[i].name);
		json_quote(&quoted, p->custom[i].value);
		size += 20;
	}
	size += quoted.len;
	strbuf_fini(&quoted);
	return size;
}

/* One code is one person's, and so is a key: what stands in rows of two is a mistake that somebody has to look at. Until then it is the first
 * one's. */
static bool is_taken(struct people_row_reader *r, struct mapstr *held, const struct person *p, const char *value, int column,
		     enum fault_kind kind) {
	size_t index = 0;
	const struct person *owner = people_holder_other(held, value, r->out->items, r->out->count, p, &index);
	if (owner == NULL) {
		return false;
	}
	struct fault fault = {
		.kind = kind, .value = value, .other = person_text(owner, PERSON_NAME), .number = (int64_t)r->out->lines[index]};
	add_fault(r, &r->out->notes, &fault, column);
	return true;
}

static void settle_holders(struct people_row_reader *r, struct person *p) {
	int key = r->layout->key;
	r->key = key >= 0 ? person_cell_text(cell_at(r, (size_t)key)) : "";
	if (is_taken(r, &r->codes, p, person_text(p, PERSON_CODE), r->column[PERSON_CODE], FAULT_CODE_TAKEN)) {
		person_set(p, PERSON_CODE, NULL);
	}
	if (is_taken(r, &r->keys, p, r->key, key + 1, FAULT_KEY_TAKEN)) {
		r->key = "";
	}
}

/* Nothing of it stands under a header: it is a note beside the table, and lacks a name like any row without one. */
static bool is_beside(const struct people_row_reader *r) {
	for (size_t c = 0; c < r->layout->width; c++) {
		if (cell_at(r, c)[0] != '\0') {
			return false;
		}
	}
	return true;
}

enum people_row_kind people_row_read(struct people_row_reader *r, size_t row, struct person *p) {
	const char *text = NULL;
	r->row = row;
	if (!collect(r) || table_same_row(r->t, r->row, r->t, r->layout->header)) {
		return PEOPLE_ROW_EMPTY;
	}
	if (!has_id(r) && is_footer(r, &text)) {
		add_fault(r, &r->out->passed, &(struct fault){.kind = FAULT_NO_PERSON, .value = text}, 0);
		return PEOPLE_ROW_PASSED;
	}
	text = table_beyond(r->t, row, r->layout->header, r->layout->unheaded);
	if (text != NULL && !is_beside(r)) {
		return refuse_row(r, FAULT_BEYOND_HEADERS, text);
	}
	for (int field = 0; field < PERSON_FIELD_COUNT; field++) {
		set_field(r, p, field);
	}
	set_name(r, p);
	stand_in(r, p);
	const char *name = person_text(p, PERSON_NAME);
	if (*name == '\0') {
		return refuse_row(r, FAULT_NO_NAME, NULL);
	}
	if (strlen(name) > PERSON_VALUE_MAX) {
		return refuse_row(r, FAULT_NAME_LONG, name);
	}
	set_registration(r, p);
	set_others(r, p);
	settle_holders(r, p);
	return record_size(p) <= RECORD_BODY_MAX ? PEOPLE_ROW_PERSON : refuse_row(r, FAULT_PERSON_LONG, NULL);
}
