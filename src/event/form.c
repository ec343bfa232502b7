#include "event/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "event/member_words.h"
#include "event/person.h"
#include "event/yes_no.h"

static const char *const TYPES[] = {[FORM_TEXT] = "text", [FORM_CHOICE] = "choice", [FORM_YES_NO] = "yes-no", [FORM_CONSENT] = "consent"};
_Static_assert(COUNT_OF(TYPES) == FORM_TYPES, "every type has its word");
static const char *const SEENS[] = {
	[FORM_SEEN_BY_ORGANISER] = "organiser", [FORM_SEEN_BY_STAFF] = "staff", [FORM_SEEN_BY_EVERYBODY] = "everybody"};
_Static_assert(COUNT_OF(SEENS) == FORM_SEENS, "whoever sees has a word");

const char *form_type_word(enum form_type type) { return TYPES[type]; }
const char *form_seen_word(enum form_seen seen) { return SEENS[seen]; }

/* The index of the word; `otherwise` where it is none of them. */
static size_t find_word(const char *const *words, size_t count, const char *word, size_t otherwise) {
	for (size_t i = 0; i < count; i++) {
		if (str_eq(words[i], word)) {
			return i;
		}
	}
	return otherwise;
}

/* --- keys ------------------------------------------------------------------------------------------------------------------------------- */

/* Of a person's fields those that somebody may say of themselves. */
static bool is_asked_of_people(const char *key) {
	static const enum person_field fields[] = {
		PERSON_NAME,      PERSON_NAME_LATIN, PERSON_NAME_CERT, PERSON_POSITION,   PERSON_ORGANISATION,
		PERSON_COMMUNITY, PERSON_DISTRICT,   PERSON_REGION,    PERSON_SETTLEMENT, PERSON_CATEGORY,
		PERSON_SEX,       PERSON_BIRTH_YEAR, PERSON_PHONE,     PERSON_EMAIL,      PERSON_NOTE,
	};
	enum person_field field = person_field_find(key);
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (fields[i] == field) {
			return true;
		}
	}
	return false;
}

/* What there is to choose from for a field of people that knows some values only, where the organiser names nothing; NULL: any text is an answer. */
static const char *known_choices(const char *key) { return person_field_find(key) == PERSON_SEX ? "f\nm\nx\n" FORM_UNSAID : NULL; }

static const char *name_behind(const char *key, const char *prefix) {
	return str_starts(key, prefix) && key[strlen(prefix)] != '\0' ? key + strlen(prefix) : NULL;
}

static bool is_consent(const char *key) { return name_behind(key, FORM_CONSENT_PREFIX) != NULL; }

static bool is_key(const char *key) {
	bool own = is_consent(key) || name_behind(key, PERSON_CUSTOM_PREFIX) != NULL;
	/* A consent is kept as a column, so no other field may claim that. */
	return strlen(key) <= FORM_KEY_MAX && !str_starts(key, PERSON_CUSTOM_PREFIX FORM_CONSENT_PREFIX) &&
	       (own || is_asked_of_people(key));
}

bool form_key_check(const char *key, struct err *err) {
	return is_key(key) ||
	       err_set(err, ERR_USAGE,
		       "a form has no field \"%s\"; there are: name, name_latin, name_certificate, position, organisation, community, "
		       "district, region, settlement, category, sex, birth_year, phone, email, note, custom:NAME and consent:NAME "
		       "(processing, "
		       "photo, mailing, donor, contacts or another)",
		       key);
}

/* --- fields ------------------------------------------------------------------------------------------------------------------------------- */

static bool is_worded(const void *context, const char *key, const char *value) {
	(void)context;
	return (member_is_words(key, "label") || member_is_words(key, "text")) && value[0] != '\0';
}

/* The version is made of the words in all languages, in the order of their names, so whoever has the same words has the same version. */
static void find_version(const struct json *set, char out[FORM_VERSION_LEN + 1]) {
	struct strbuf words = {0}, text = {0};
	struct json_writer w = {.out = &words};
	json_open(&w, NULL, '{');
	json_put_members(&w, set, is_worded, NULL);
	json_close(&w, '}');
	struct err ignored = {0};
	struct json *sorted = json_parse(words.data, words.len, &ignored);
	strbuf_adds(&text, "turnout-consent-1\n");
	json_dump(sorted, &text);
	struct hash h = crypto_sha256(text.data, text.len);
	str_hex(h.b, FORM_VERSION_LEN / 2, out);
	json_free(sorted);
	strbuf_fini(&words);
	strbuf_fini(&text);
}

static void field_fini(struct form_field *field) {
	free(field->key);
	json_free(field->set);
	*field = (struct form_field){0};
}

void form_fini(struct form *form) {
	for (size_t i = 0; i < form->count; i++) {
		field_fini(&form->items[i]);
	}
	free(form->items);
	*form = (struct form){0};
}

bool form_add(struct form *form, const char *key, struct json *set) {
	if (form->count == FORM_FIELDS_MAX || !is_key(key)) {
		json_free(set);
		return false;
	}
	ARRAY_GROW(form, items);
	struct form_field *field = &form->items[form->count++];
	*field = (struct form_field){.key = xstrdup(key), .set = set};
	/* What a record of another version says may be unknown here: it is asked as a text then, and shown to the fewest. */
	field->type = is_consent(key)              ? FORM_CONSENT
		      : known_choices(key) != NULL ? FORM_CHOICE
						   : (enum form_type)find_word(TYPES, FORM_CONSENT, json_get_text(set, "type"), FORM_TEXT);
	field->seen = (enum form_seen)find_word(SEENS, FORM_SEENS, json_get_text(set, "seen_by"), FORM_SEEN_BY_ORGANISER);
	field->required = str_eq(json_get_text(set, "required"), "yes") || str_eq(key, "name");
	field->order = 0;
	if (!str_to_i64(str_or_empty(json_get_text(set, "order")), &field->order)) {
		field->order = 0;
	}
	if (field->type == FORM_CONSENT) {
		find_version(set, field->version);
	}
	return true;
}

static int by_order(const void *a, const void *b) {
	const struct form_field *x = a, *y = b;
	return x->order != y->order ? (x->order > y->order) - (x->order < y->order) : strcmp(x->key, y->key);
}

void form_sort(struct form *form) {
	if (form->count > 1) {
		qsort(form->items, form->count, sizeof *form->items, by_order);
	}
}

void form_default(struct form *out) {
	static const char *const fields[][2] = {
		{"name", "{\"order\":\"10\",\"required\":\"yes\",\"seen_by\":\"everybody\"}"},
		{"community", "{\"order\":\"20\",\"seen_by\":\"everybody\"}"},
		{"organisation", "{\"order\":\"30\",\"seen_by\":\"everybody\"}"},
		{"phone", "{\"order\":\"40\",\"seen_by\":\"staff\"}"},
	};
	*out = (struct form){.is_default = true};
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		struct err ignored = {0};
		(void)form_add(out, fields[i][0], json_parse(fields[i][1], strlen(fields[i][1]), &ignored));
	}
}

void form_drop(struct form *form, const char *key) {
	int at = form_find(form, key);
	if (at >= 0) {
		field_fini(&form->items[at]);
		form->count--;
		memmove(&form->items[at], &form->items[at + 1], (form->count - (size_t)at) * sizeof *form->items);
	}
}

int form_find(const struct form *form, const char *key) {
	for (size_t i = 0; i < form->count; i++) {
		if (str_eq(form->items[i].key, key)) {
			return (int)i;
		}
	}
	return -1;
}

/* --- is it one? ---------------------------------------------------------------------------------------------------------------------------- */

static size_t count_lines(const char *text, size_t *longest) {
	size_t n = 0;
	*longest = 0;
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		*longest = length > *longest ? length : *longest;
		n += length != 0;
		text += length + (text[length] != '\0');
	}
	return n;
}

static bool check_choices(const char *member, const char *value, size_t wanted, struct err *err) {
	size_t longest, n = count_lines(value, &longest);
	if (n > FORM_CHOICES_MAX || longest > FORM_LABEL_MAX) {
		return err_set(err, ERR_USAGE, "there may be %d choices of %d bytes", FORM_CHOICES_MAX, FORM_LABEL_MAX);
	}
	return n == 0 || n == wanted || err_set(err, ERR_USAGE, "%s has %zu choices, and there are %zu", member, n, wanted);
}

static bool check_member(const struct json *set, const char *member, const char *value, struct err *err) {
	size_t longest, wanted = count_lines(str_or_empty(json_get_text(set, "choices")), &longest);
	if (member_is_words(member, "choices")) {
		return check_choices(member, value, wanted, err);
	}
	size_t most = member_is_words(member, "text") ? FORM_TEXT_MAX : FORM_LABEL_MAX;
	return strlen(value) <= most || err_set(err, ERR_USAGE, "%s is longer than %zu bytes", member, most);
}

static bool check_word(const struct json *set, const char *member, const char *const *words, size_t count, struct err *err) {
	const char *value = json_get_text(set, member);
	return str_empty(value) || find_word(words, count, value, count) < count ||
	       err_set(err, ERR_USAGE, "\"%s\" is none of what \"%s\" may be: %s, %s or %s", value, member, words[0], words[1], words[2]);
}

bool form_field_check(const char *key, const struct json *set, struct err *err) {
	const char *type = json_get_text(set, "type"), *when = str_or_empty(json_get_text(set, "when"));
	if (!form_key_check(key, err) || !check_word(set, "type", TYPES, is_consent(key) ? FORM_TYPES : FORM_CONSENT, err) ||
	    !check_word(set, "seen_by", SEENS, FORM_SEENS, err)) {
		return false;
	}
	if (is_consent(key) && str_eq(json_get_text(set, "required"), "yes")) {
		return err_set(err, ERR_USAGE, "a consent cannot be required: whoever refuses it is as welcome");
	}
	if (is_consent(key) && !str_empty(type) && !str_eq(type, TYPES[FORM_CONSENT])) {
		return err_set(err, ERR_USAGE, "%s is a consent, not a %s", key, type);
	}
	if (known_choices(key) != NULL && !str_empty(type) && !str_eq(type, TYPES[FORM_CHOICE])) {
		return err_set(err, ERR_USAGE, "%s is chosen by a touch: leave --type away, or give it your own --choices", key);
	}
	for (void *m = json_member_next(set, NULL); m != NULL; m = json_member_next(set, m)) {
		if (!check_member(set, json_member_key(m), str_or_empty(json_text(json_member_value(m))), err)) {
			return err_wrap(err, "%s", key);
		}
	}
	if (str_eq(type, TYPES[FORM_CHOICE]) && str_empty(json_get_text(set, "choices")) && known_choices(key) == NULL) {
		return err_set(err, ERR_USAGE, "%s has nothing to choose from", key);
	}
	return when[0] == '\0' || (strchr(when, '=') != NULL && when[0] != '=') ||
	       err_set(err, ERR_USAGE, "\"when\" is like minor=yes, a field and its answer, not \"%s\"", when);
}

/* --- words --------------------------------------------------------------------------------------------------------------------------------- */

const char *form_words(const struct form_field *field, const char *member, const char *language) {
	return member_words(field->set, member, language);
}

size_t form_choices(const struct form_field *field, const char *language, char *out[FORM_CHOICES_MAX]) {
	const char *text = language == NULL ? NULL : member_words_in(field->set, "choices", language);
	text = text == NULL ? member_words_in(field->set, "choices", NULL) : text;
	text = text == NULL ? str_or_empty(known_choices(field->key)) : text;
	size_t n = 0;
	while (*text != '\0' && n < FORM_CHOICES_MAX) {
		size_t length = strcspn(text, "\n");
		if (length != 0) {
			out[n++] = xasprintf("%.*s", (int)length, text);
		}
		text += length + (text[length] != '\0');
	}
	return n;
}

/* --- answers --------------------------------------------------------------------------------------------------------------------------------- */

void form_answers_put(struct form_answers *answers, size_t field, const char *text) {
	char *copy = str_empty(text) ? NULL : xstrdup(text);
	crypto_wipe_text(answers->texts[field]);
	answers->texts[field] = copy;
}

const char *form_answers_get(const struct form_answers *answers, size_t field) { return str_or_empty(answers->texts[field]); }

void form_answers_fini(struct form_answers *answers) {
	for (size_t i = 0; i < FORM_FIELDS_MAX; i++) {
		crypto_wipe_text(answers->texts[i]);
		answers->texts[i] = NULL;
	}
}

static const char *answer_to(const struct form *form, const struct form_answers *answers, const char *key) {
	int field = form_find(form, key);
	return field < 0 ? "" : form_answers_get(answers, (size_t)field);
}

static bool is_born_late(const char *born, int64_t year) {
	int64_t in = 0;
	return str_to_i64(born, &in) && in > year - FORM_ADULT - 1;
}

bool form_is_minor(const struct form *form, const struct form_answers *answers, int64_t year) {
	return is_born_late(answer_to(form, answers, person_field_key(PERSON_BIRTH_YEAR)), year) ||
	       str_eq(answer_to(form, answers, FORM_MINOR), "yes");
}

bool person_is_minor(const struct person *person, int64_t year) {
	return is_born_late(person_text(person, PERSON_BIRTH_YEAR), year) ||
	       yes_no_read(str_or_empty(person_custom(person, FORM_MINOR_WORD))) == YES_NO_YES;
}

bool form_is_asked(const struct form *form, const struct form_answers *answers, size_t field, int64_t year) {
	const char *when = json_get_text(form->items[field].set, "when");
	if (str_empty(when)) {
		return true;
	}
	char *key = xstrdup(when), *value = strchr(key, '=');
	bool asked = true; /* what cannot be read keeps no question back */
	if (value != NULL) {
		*value++ = '\0';
		asked = str_eq(key, FORM_MINOR_WORD) ? form_is_minor(form, answers, year) == str_eq(value, "yes")
						     : form_find(form, key) < 0 || str_eq(answer_to(form, answers, key), value);
	}
	free(key);
	return asked;
}

bool form_is_unnamed(const struct form *form, const struct form_answers *answers) {
	return str_eq(answer_to(form, answers, FORM_PROCESSING), "no");
}

static void write_consent(const struct form_field *field, const char *answer, const char *language, struct json_writer *w) {
	char *name = xasprintf("%s%s", PERSON_CUSTOM_PREFIX, field->key), *value = xasprintf("%s %s %s", answer, field->version, language);
	json_put_text(w, name, value);
	if (str_eq(field->key, FORM_PHOTO)) { /* the field of lists that came from elsewhere */
		json_put_text(w, person_field_key(PERSON_PHOTO_CONSENT), answer);
	}
	free(name);
	free(value);
}

/* Who would rather not say has answered, and said nothing. */
static bool is_unsaid(const struct form_field *field, const char *answer) {
	return str_eq(answer, FORM_UNSAID) && known_choices(field->key) != NULL;
}

static void write_answer(const struct form_field *field, const char *answer, const struct form_filled *filled, struct json_writer *w) {
	enum person_field what = person_field_find(field->key);
	bool chosen = field->type == FORM_CHOICE && what != PERSON_FIELD_COUNT && filled->as_kept != NULL;
	char *kept = chosen ? filled->as_kept(what, answer) : NULL;
	json_put_text(w, field->key, str_empty(kept) ? answer : kept);
	crypto_wipe_text(kept);
}

static void write_place(const struct form *form, const struct form_answers *answers, const struct form_filled *filled,
			struct json_writer *w) {
	const struct {
		enum person_field field;
		const char *text;
	} parts[] = {{PERSON_COMMUNITY, filled->community}, {PERSON_DISTRICT, filled->district}, {PERSON_REGION, filled->region}};
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		const char *key = person_field_key(parts[i].field);
		if (!str_empty(parts[i].text) && answer_to(form, answers, key)[0] == '\0') {
			json_put_text(w, key, parts[i].text);
		}
	}
}

void form_answers_write(const struct form *form, const struct form_answers *answers, const struct form_filled *filled, struct strbuf *out) {
	struct json_writer w = {.out = out};
	bool unnamed = form_is_unnamed(form, answers);
	json_open(&w, NULL, '{');
	for (size_t i = 0; i < form->count; i++) {
		const struct form_field *field = &form->items[i];
		const char *answer = form_answers_get(answers, i);
		if (answer[0] == '\0' || is_unsaid(field, answer) || !form_is_asked(form, answers, i, filled->year) ||
		    (unnamed && !str_eq(field->key, FORM_PROCESSING))) {
			continue;
		}
		if (field->type == FORM_CONSENT) {
			write_consent(field, answer, filled->language, &w);
		} else {
			write_answer(field, answer, filled, &w);
		}
	}
	if (unnamed) {
		json_put_text(&w, person_field_key(PERSON_NAME), filled->unnamed);
	} else {
		json_put_text(&w, person_field_key(PERSON_LANGUAGE), filled->language);
		write_place(form, answers, filled, &w);
	}
	json_close(&w, '}');
}

bool form_consent_given(const char *value) { return str_eq(value, "yes") || str_starts(str_or_empty(value), "yes "); }
