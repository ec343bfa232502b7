/* What stations write about a person or another record: bodies with who of the staff did it ("by", a key of store/view/staff.h). */
#ifndef TURNOUT_STORE_WRITE_ABOUT_H
#define TURNOUT_STORE_WRITE_ABOUT_H

#include "base/err.h"
#include "base/json.h"
#include "store/log/record.h"
#include "store/write/append.h"

struct store;

/* "" for nobody known: then the member is left out. */
void about_put_by(struct json_writer *w, const char *by);
/* "log" and "seq" of the record that is meant. */
void about_put_ref(struct json_writer *w, const struct hash *log, uint64_t seq);
/* Random, so that an erased body's hash does not betray what it said. */
void about_put_salt(struct json_writer *w);
/* A new one, of nobody: what it says goes when the file is purged. */
void about_subject_new(char out[RECORD_SUBJECT_MAX + 1]);
/* The subject under which a person stands. ERR_NOT_FOUND: nobody has that id. Things that wait to be computed are, before it is looked for. */
bool about_subject(struct store *store, const char *person, char out[RECORD_SUBJECT_MAX + 1], struct err *err) TURNOUT_MUST_CHECK;
/* As the station, inside a transaction; `ref` may be NULL. The body is wiped and freed. */
bool about_append(struct store *store, const char *kind, const char *subject, struct strbuf *body, struct record_ref *ref,
		  struct err *err) TURNOUT_MUST_CHECK;

#endif
