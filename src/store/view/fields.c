#include "store/view/fields.h"

#include "base/str.h"

static bool add_member(void *context, const char *field, const struct json *value, struct err *err) {
	(void)err;
	const char *text = json_text(value);
	if (!str_empty(text) && !str_eq(field, "status")) {
		json_put_text(context, field, text);
	}
	return true;
}

bool fields_write(const struct registers *r, struct strbuf *out, struct err *err) {
	struct json_writer w = {.out = out};
	json_open(&w, NULL, '{');
	bool ok = registers_each(r, add_member, &w, err);
	json_close(&w, '}');
	return ok;
}

bool fields_put(struct stmt *put, const char *id, const struct registers *r, struct err *err) {
	struct strbuf fields = {0};
	bool ok = fields_write(r, &fields, err);
	stmt_text(put, 1, id);
	stmt_text(put, 2, fields.data);
	stmt_text(put, 3, str_eq(registers_text(r, "status"), "removed") ? "removed" : "active");
	ok = ok && stmt_run(put, err);
	strbuf_fini(&fields);
	return ok;
}

bool fields_drop(struct stmt *drop, const char *id, struct err *err) {
	stmt_text(drop, 1, id);
	return stmt_run(drop, err);
}
