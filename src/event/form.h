/* The form that somebody without a badge fills in at a kiosk: what is asked, in which order, of whom, and what becomes of the answers.
 *
 * A field is a flat object of texts, as its edits set them (store/view/form_field.h):
 *
 *     type           text, choice, yes-no, consent
 *     required       yes: it must be answered; a consent never has to be given, only answered
 *     seen_by        organiser, staff, everybody: to whom the answer may be shown (organiser)
 *     order          a number; fields stand by it, then by their keys
 *     when           KEY=VALUE: asked only of who answered so; "minor" is a key as well (form_is_minor)
 *     choices        what there is to choose from, one a line: as it is kept. sex is a choice in any case: without these between
 *                    f, m, x and FORM_UNSAID
 *     choices:uk     the same in that language, line by line
 *     label, label:uk   what is asked
 *     text, text:uk     of a consent what one agrees to
 *
 * Its key says where the answer goes: a field of a person (event/person.h), custom:NAME a column of the organiser's own, consent:NAME a consent. Consents are kept
 * as columns of that name: "yes VERSION uk" or "no VERSION uk", with the version of the words that were shown, and their language. The version is the
 * beginning of the SHA-256 of "turnout-consent-1\n" and the members "label…" and "text…" as a JSON object in the order of their names, without blanks. */
#ifndef TURNOUT_EVENT_FORM_H
#define TURNOUT_EVENT_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "event/person.h"

enum form_type { FORM_TEXT, FORM_CHOICE, FORM_YES_NO, FORM_CONSENT, FORM_TYPES };
enum form_seen { FORM_SEEN_BY_ORGANISER, FORM_SEEN_BY_STAFF, FORM_SEEN_BY_EVERYBODY, FORM_SEENS };

const char *form_type_word(enum form_type type); /* "text", "choice", … */
const char *form_seen_word(enum form_seen seen);

#define FORM_FIELDS_MAX 60
#define FORM_CHOICES_MAX 60
#define FORM_KEY_MAX 120    /* bytes */
#define FORM_LABEL_MAX 300  /* bytes in one language; a choice likewise */
#define FORM_TEXT_MAX 4000  /* bytes of a consent in one language */
#define FORM_VERSION_LEN 12 /* hexadecimal digits */
#define FORM_ADULT 18       /* years */

#define FORM_CONSENT_PREFIX "consent:"
#define FORM_PROCESSING "consent:processing" /* of one's data: who refuses it is counted without a name */
#define FORM_PHOTO "consent:photo"
#define FORM_MAILING "consent:mailing"
#define FORM_DONOR "consent:donor"       /* the list goes to the donor that its words name */
#define FORM_CONTACTS "consent:contacts" /* one's contact goes to the other participants */
#define FORM_MINOR "custom:minor"        /* a yes-no field: is the visitor under age? */
#define FORM_MINOR_WORD "minor"          /* in "when" */
#define FORM_UNSAID "-"                  /* of the choices that are ours: who would rather not say; nothing is kept */

struct form_field {
	char *key;
	struct json *set; /* owned: the object above */
	enum form_type type;
	enum form_seen seen;
	bool required;
	int64_t order;
	char version[FORM_VERSION_LEN + 1]; /* of a consent's words */
};

struct form { /* a zeroed one is empty; for form_fini */
	struct form_field *items;
	size_t count, cap;
	bool is_default; /* form_default made it */
};

void form_fini(struct form *form);
/* Adds a field; `set` is the form's from here on. False for more than FORM_FIELDS_MAX, and for a key that is none: then it is freed. */
bool form_add(struct form *form, const char *key, struct json *set);
/* Takes the field with that key off; nothing where there is none. */
void form_drop(struct form *form, const char *key);
/* By order, then key. */
void form_sort(struct form *form);
/* What is asked where the organiser made no form: name, community, organisation, phone. */
void form_default(struct form *out);

/* May a field have this key? ERR_USAGE says which there are. */
bool form_key_check(const char *key, struct err *err) TURNOUT_MUST_CHECK;
/* Is it a field as above? ERR_USAGE says what is not. */
bool form_field_check(const char *key, const struct json *set, struct err *err) TURNOUT_MUST_CHECK;

/* The index of the field with that key, or -1. */
int form_find(const struct form *form, const char *key);

/* "label", "text": in that language, else without one, else in any; NULL: there is none. */
const char *form_words(const struct form_field *field, const char *member, const char *language);
/* The choices as they are kept, or in a language (the same where it has none for that one). Returns how many there are; `out` takes copies for free(). Those
 * that are ours are no words: words_choice (words/questions.h) has them. */
size_t form_choices(const struct form_field *field, const char *language, char *out[FORM_CHOICES_MAX]);

/* --- answers -------------------------------------------------------------------------------------------------------------------------- */

/* One a field: "" is none. Of yes-no fields and consents "yes" or "no"; of a choice its value as it is kept. */
struct form_answers { /* wiped by form_answers_fini */
	char *texts[FORM_FIELDS_MAX];
};
void form_answers_put(struct form_answers *answers, size_t field, const char *text);
const char *form_answers_get(const struct form_answers *answers, size_t field); /* "" */
void form_answers_fini(struct form_answers *answers);

/* By their own word, or by their year of birth: who turns 18 in `year` counts as under age. */
bool form_is_minor(const struct form *form, const struct form_answers *answers, int64_t year);
/* The same of somebody on the roster, whatever list or form it comes from. */
bool person_is_minor(const struct person *person, int64_t year);
/* Is this field asked, by what was answered before? */
bool form_is_asked(const struct form *form, const struct form_answers *answers, size_t field, int64_t year);
/* Did they refuse that their data are processed? */
bool form_is_unnamed(const struct form *form, const struct form_answers *answers);

struct form_filled {
	const char *language; /* of the words that were shown, and of who answered */
	const char *unnamed;  /* what stands for the name of who refused */
	int64_t year;         /* at the event */
	/* Of a place that was chosen: what the form does not ask. NULL, "": not known. */
	const char *community, *district, *region;
	/* How what was chosen for a field of people is kept: as if it had been typed. New memory; NULL: as it stands. */
	char *(*as_kept)(enum person_field field, const char *text);
};
/* What goes onto the roster: a JSON object of texts by field, as a walk-in's record has it. Of who refused the processing nothing but that is in it. What was
 * not asked is left out. */
void form_answers_write(const struct form *form, const struct form_answers *answers, const struct form_filled *filled, struct strbuf *out);

/* Of a person's column "consent:…" as it is kept: was it given? */
bool form_consent_given(const char *value);

#endif
