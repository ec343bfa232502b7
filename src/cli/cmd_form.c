#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/lacking_words.h"
#include "cli/put_members.h"
#include "cli/verbs.h"
#include "event/member_words.h"
#include "store/read/form.h"
#include "store/read/settings.h"
#include "words/questions.h"

static const struct option_spec OPTIONS[] = {
	{"type", 0, "TYPE", "text (as without it), choice or yes-no; consent:NAME is a consent"},
	{"label", 0, "[LANG=]TEXT", "what is asked: uk=…, once a language"},
	{"text", 0, "[LANG=]TEXT", "of a consent, what one agrees to"},
	{"choices", 0, "[LANG=]A|B|C", "what there is to choose from; without LANG= as it is kept"},
	{"required", 0, "yes|no", "it must be answered; a consent need never be given"},
	{"seen-by", 0, "WHO", "organiser (as without it), staff or everybody: to whom the answer may be shown"},
	{"when", 0, "KEY=VALUE", "ask only who answered so: minor=yes, custom:Role=speaker; \"\" asks all"},
	{"order", 0, "N", "fields stand by their numbers"},
	{"json", 0, NULL, "list as a JSON array"},
	{"csv", 0, NULL, "list as CSV"},
	{0},
};

/* --- what is set ---------------------------------------------------------------------------------------------------------------------------- */

static bool put_yes_no(const struct args *args, struct json_writer *w, struct err *err) {
	const char *value = args_value(args, "required");
	if (value == NULL) {
		return true;
	}
	if (!str_eq(value, "yes") && !str_eq(value, "no")) {
		return err_set(err, ERR_USAGE, "--required is yes or no, not \"%s\"", value);
	}
	json_put_text(w, "required", str_eq(value, "yes") ? "yes" : "");
	return true;
}

static bool put_options(const struct args *args, int64_t order, struct json_writer *w, struct err *err) {
	put_plain(args, "type", "type", w);
	put_plain(args, "seen-by", "seen_by", w);
	put_plain(args, "when", "when", w);
	static const struct words_option words[] = {
		{"label", FORM_LABEL_MAX, '\0'}, {"text", FORM_TEXT_MAX, '\0'}, {"choices", FORM_CHOICES_MAX * FORM_LABEL_MAX, '|'}};
	bool ok = put_order(args, order, w, err) && put_yes_no(args, w, err);
	for (size_t i = 0; ok && i < COUNT_OF(words); i++) {
		ok = put_words(args, &words[i], w, err);
	}
	return ok;
}

/* --- what is known already ------------------------------------------------------------------------------------------------------------------- */

/* What one agrees to is kept in the words that were shown, not in those of whatever catalogue somebody has later. */
static void put_consent(struct store *store, const char *key, struct json_writer *w) {
	struct words *words = words_open_installed();
	char *organisers = setting_get(store, "organisers");
	for (int language = 0; language < (int)words_count(words); language++) {
		const struct tongue tongue = {words, language};
		const char *text = words_consent(&tongue, key), *question = words_question(&tongue, key);
		struct strbuf filled = {0};
		char member[32];
		strbuf_adds(&filled, text);
		if (!str_empty(organisers)) {
			strbuf_addc(&filled, '\n');
			words_fill_one(&filled, tongue_get(&tongue, "The organisers: {organisers}"), "organisers", organisers);
		}
		snprintf(member, sizeof member, "text:%s", words_code(words, language));
		json_put_text(w, member, strbuf_str(&filled));
		snprintf(member, sizeof member, "label:%s", words_code(words, language));
		json_put_text(w, member, question);
		strbuf_fini(&filled);
	}
	free(organisers);
	words_close(words);
}

static bool needs_words(const char *key, const struct args *args, struct err *err) {
	bool consent = str_starts(key, FORM_CONSENT_PREFIX);
	if (consent && words_consent(NULL, key) == NULL && !args_has(args, "text")) {
		return err_set(err, ERR_USAGE, "what one agrees to by %s is yours to say: --text uk=… --text en=…%s", key,
			       str_eq(key, FORM_DONOR) ? ", with the donor's name" : "");
	}
	if (words_question(NULL, key) == NULL && !args_has(args, "label")) {
		return err_set(err, ERR_USAGE, "what is asked by %s is yours to say: --label uk=… --label en=…", key);
	}
	return true;
}

static void put_known(struct store *store, const char *key, const struct args *args, struct json_writer *w) {
	if (words_consent(NULL, key) != NULL && !args_has(args, "text") && !args_has(args, "label")) {
		put_consent(store, key, w);
	}
	if (!args_has(args, "type") && (args_has(args, "choices") || str_eq(key, FORM_MINOR))) {
		json_put_text(w, "type", form_type_word(args_has(args, "choices") ? FORM_CHOICE : FORM_YES_NO));
	}
	if (str_eq(key, "custom:guardian") && !args_has(args, "when")) {
		json_put_text(w, "when", FORM_MINOR_WORD "=yes");
	}
}

/* --- verbs ------------------------------------------------------------------------------------------------------------------------------------ */

static bool put(struct store *store, const struct args *args, struct form *form, bool fresh, struct err *err) {
	const char *key = args_operand(args, 2);
	int64_t order = !fresh ? 0 : order_behind(form->count == 0 ? 0 : form->items[form->count - 1].order);
	struct strbuf set = {0};
	struct json_writer w = {.out = &set};
	json_open(&w, NULL, '{');
	if (fresh) {
		put_known(store, key, args, &w);
	}
	bool ok = (!str_eq(key, "name") || !str_eq(args_value(args, "required"), "no") ||
		   err_set(err, ERR_REFUSED, "the form asks for a name in any case")) &&
		  put_options(args, order, &w, err);
	json_close(&w, '}');
	ok = ok && form_field_set(store, form, key, set.data, err);
	strbuf_fini(&set);
	return ok;
}

static bool change(struct store *store, const struct args *args, struct out *out, struct err *err) {
	const char *key = args_operand(args, 2);
	bool fresh = str_eq(args_operand(args, 1), "add");
	struct form form = {0};
	bool ok = ((!args_has(args, "json") && !args_has(args, "csv")) || err_set(err, ERR_USAGE, "only a list has --json and --csv")) &&
		  form_key_check(key, err) && form_load(store, &form, NULL, err);
	bool there = ok && form_find(&form, key) >= 0;
	ok = ok && (fresh || args->count != 0 || err_set(err, ERR_USAGE, "nothing to change was given"));
	ok = ok && (fresh != there || (fresh ? err_set(err, ERR_REFUSED, "the form has the field \"%s\" already; \"edit\" changes it", key)
					     : err_set(err, ERR_NOT_FOUND, "the form has no field \"%s\"; \"add\" puts it there", key)));
	ok = ok && (!fresh || needs_words(key, args, err)) && put(store, args, &form, fresh, err);
	if (ok) {
		char *languages = setting_get(store, "languages");
		form_say_lacking(&form.items[form_find(&form, key)], languages);
		free(languages);
		strbuf_addf(&out->text, "%s %s\n", fresh ? "added" : "changed", key);
	}
	form_fini(&form);
	return ok;
}

static bool remove_field(struct store *store, const struct args *args, struct out *out, struct err *err) {
	bool ok = form_field_remove(store, args_operand(args, 2), err);
	if (ok) {
		strbuf_addf(&out->text, "removed %s\n", args_operand(args, 2));
	}
	return ok;
}

static const struct verb VERBS[] = {
	{"add", 3, "KEY", VERB_OPTIONS, change},
	{"edit", 3, "KEY", VERB_OPTIONS, change},
	{"remove", 3, "KEY", VERB_PLAIN, remove_field},
	{0},
};

/* --- the list --------------------------------------------------------------------------------------------------------------------------------- */

static const struct column COLUMNS[] = {
	{"order", NULL, 0},   {"key", NULL, 0},  {"type", NULL, 0},    {"required", NULL, 0},
	{"seen_by", NULL, 0}, {"when", NULL, 0}, {"version", NULL, 0}, {"label", NULL, 0},
};

static bool put_row(struct listing *l, const struct form_field *field, const char *language, const struct tongue *tongue, struct err *err) {
	const char *label = form_words(field, "label", language);
	listing_text(l, str_number(field->order).text);
	listing_text(l, field->key);
	listing_text(l, form_type_word(field->type));
	listing_text(l, field->required ? "yes" : "");
	listing_text(l, form_seen_word(field->seen));
	listing_text(l, str_or_empty(json_get_text(field->set, "when")));
	listing_text(l, field->version);
	listing_text(l, label != NULL ? label : str_or_empty(words_question(tongue, field->key)));
	return listing_row(l, err);
}

static bool list(const struct args *args, struct out *out, struct err *err) {
	struct listing_options options = {.columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
	struct form form = {0};
	char language[WORDS_CODE_MAX] = "";
	bool made = false;
	if (!cli_form(args, &options.form, err)) {
		return false;
	}
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && form_load(store, &form, &made, err);
	struct words *words = words_open_installed();
	struct listing *l = ok ? listing_open(out, &options) : NULL;
	if (ok) {
		setting_first_language(store, language, sizeof language);
	}
	struct tongue tongue = {words, words_language(words, language)};
	tongue.language = tongue.language < 0 ? words_language(words, "en") : tongue.language;
	for (size_t i = 0; ok && i < form.count; i++) {
		ok = put_row(l, &form.items[i], language, &tongue, err);
	}
	ok = ok && listing_finish(l, err);
	if (ok && !made) {
		cli_say("this is asked where you make no form of your own");
	}
	listing_close(l);
	form_fini(&form);
	words_close(words);
	store_close(store);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	return args->operand_count == 1 ? list(args, out, err) : verbs_exec(VERBS, args, out, err);
}

const struct command cmd_form = {
	.name = "form",
	.summary = "what the kiosk asks those who have no badge: fields and consents; without a verb lists them",
	.usage = "EVENT [--json | --csv]\nEVENT add KEY [--label LANG=TEXT]… [--type TYPE] [--required yes] [--OPTION …]\n"
		 "EVENT edit KEY --OPTION …      (\"\" clears)\nEVENT remove KEY",
	.details = "KEY is a field of people (name, community, organisation, phone, email, birth_year …), custom:NAME for a column of your "
		   "own, or\n"
		   "consent:NAME. consent:processing, consent:photo, consent:mailing and consent:contacts bring their words in all "
		   "languages;\n"
		   "consent:donor needs yours, with the donor's name. No refusal turns anybody away: who refuses consent:processing is "
		   "counted\n"
		   "without a name. custom:minor asks whether somebody is under 18, and custom:guardian, of them alone, who is there for "
		   "them.\n"
		   "sex brings its answers in all languages, that one would rather not say among them; --choices puts yours there.\n"
		   "A consent's version is made of its words; it is kept with each answer.",
	.operands = {"EVENT"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
