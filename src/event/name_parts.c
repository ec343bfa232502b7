#include "event/name_parts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "event/likeness.h"
#include "event/script.h"

#define DOUBLE_MAX 4 /* parts of a double name */

/* --- one word ------------------------------------------------------------------------------------------------------------------------------ */

static bool ends_so(const char *word, const char *const *ends, size_t count) {
	for (size_t i = 0; i < count; i++) {
		if (str_ends(word, ends[i])) {
			return true;
		}
	}
	return false;
}

/* Folded. Ends that given names have too are not here. */
static bool is_family(const char *word) {
	static const char *const ends[] = {"енко", "чук",  "щук",  "юк",   "ськии", "ська", "цькии", "цька",  "зькии", "зька",
					   "скии", "ская", "цкии", "цкая", "ов",    "ова",  "ев",    "ева",   "єв",    "єва",
					   "евич", "ович", "ишин", "ець",  "ів",    "ых",   "швілі", "швили", "дзе",   "enko",
					   "chuk", "iuk",  "yuk",  "skyi", "skyy",  "skiy", "sky",   "skaia", "skaya", "ski",
					   "wska", "nska", "lska", "ov",   "ova",   "iev",  "ieva",  "yev",   "yeva",  "shvili"};
	return ends_so(word, ends, COUNT_OF(ends));
}

/* Slavic names of two stems: new ones are made of them, so that no table has all. */
static bool is_made_given(const char *word) {
	static const char *const ends[] = {"слав", "слава", "омир", "имир", "омира", "имира", "мила", "slav", "slava", "omyr", "ymyr"};
	return ends_so(word, ends, COUNT_OF(ends));
}

static bool is_one_of(const char *word, const char *const *words, size_t count) {
	for (size_t i = 0; i < count; i++) {
		if (str_eq(word, words[i])) {
			return true;
		}
	}
	return false;
}

static bool is_in_table(const char *word, const struct given_names *given) {
	/* Far more people have these as family names than as short forms of Kimberly and Leo. */
	static const char *const others[] = {"kim", "lee", "кім", "ким", "лі"};
	struct name_sounds sounds;
	struct given_groups groups;
	if (is_one_of(word, others, COUNT_OF(others))) {
		return false;
	}
	name_sounds_read(word, &sounds);
	given_names_find(given, &sounds, &groups);
	return groups.count != 0;
}

static bool is_particle(const char *word) {
	static const char *const particles[] = {"van", "von", "der",  "den", "de",  "del", "della", "di",  "da",  "do",  "dos", "du",
						"la",  "le",  "zu",   "ter", "al",  "el",  "bin",   "ibn", "ван", "фон", "дер", "ден",
						"де",  "ла",  "дель", "аль", "ель", "эль", "ібн",   "ибн", "бін", "бин"};
	return is_one_of(word, particles, COUNT_OF(particles));
}

/* What makes a patronymic of the name before it: "Рашид огли". */
static bool makes_patronymic(const char *word) {
	static const char *const words[] = {"огли", "оглы", "оглу", "кизи", "кызы", "ogly", "oglu", "ogli", "qizi", "kyzy", "kizi"};
	return is_one_of(word, words, COUNT_OF(words));
}

/* Of a double name all parts are given names, or one is a family name: "Роман-Дзюба" is none that anybody was given. */
static enum name_part_kind judge_parts(const char *folded, const struct given_names *given) {
	char *text = xstrdup(folded), *parts[DOUBLE_MAX];
	size_t n = str_split(text, ' ', parts, COUNT_OF(parts)), names = 0;
	bool family = false;
	for (size_t i = 0; i < n; i++) {
		bool in_table = is_in_table(parts[i], given);
		names += in_table || is_made_given(parts[i]);
		family = family || (!in_table && is_family(parts[i]));
	}
	free(text);
	return names == n ? NAME_GIVEN : family ? NAME_FAMILY : NAME_OPEN;
}

static enum name_part_kind judge(const struct name_part *word, bool first, const struct given_names *given) {
	static const char *const hers[] = {"івна", "овна", "евна", "євна", "ична", "ічна", "ivna", "ovna", "evna", "ichna", "ychna"};
	size_t letters = utf8_length(word->folded);
	if (letters == 1 || (word->dot && letters == 2)) { /* "О.", "Дж." */
		return NAME_INITIAL;
	}
	if (is_particle(word->folded)) {
		return NAME_PARTICLE;
	}
	if (name_is_patronymic(word->folded) && !is_in_table(word->folded, given)) {
		/* Nothing stands before it, so it is nobody's father's. */
		return first ? NAME_FAMILY : ends_so(word->folded, hers, COUNT_OF(hers)) ? NAME_PATRONYMIC : NAME_VICH;
	}
	return judge_parts(word->folded, given);
}

/* --- words --------------------------------------------------------------------------------------------------------------------------------- */

enum sign { SIGN_NONE, SIGN_SPACE, SIGN_COMMA, SIGN_DOT, SIGN_OPEN, SIGN_CLOSE, SIGN_QUOTE };

static enum sign sign_of(uint32_t c) {
	switch (c) {
	case ',':
	case ';': return SIGN_COMMA;
	case '.': return SIGN_DOT;
	case '(':
	case '[':
	case '{':
	case '<':
	case 0xAB /* « */:
	case 0x201C /* “ */:
	case 0x201E /* „ */: return SIGN_OPEN;
	case ')':
	case ']':
	case '}':
	case '>':
	case 0xBB /* » */:
	case 0x201D /* ” */: return SIGN_CLOSE;
	case '"': return SIGN_QUOTE;
	case ' ':
	case '\t':
	case '\n':
	case '_':
	case '/':
	case '|':
	case '*':
	case 0xA0: return SIGN_SPACE;
	default: return SIGN_NONE;
	}
}

/* What is in brackets is another name, a place, a remark. False: nothing else is there. */
static bool leave_out_brackets(const char *name, struct strbuf *out) {
	int depth = 0;
	bool quoted = false, letters = false;
	for (const char *at = name; *at != '\0';) {
		uint32_t c = utf8_next(&at);
		enum sign sign = sign_of(c);
		bool inside = depth > 0 || quoted;
		depth += sign == SIGN_OPEN ? 1 : sign == SIGN_CLOSE && depth > 0 ? -1 : 0;
		quoted = quoted != (sign == SIGN_QUOTE);
		if (sign >= SIGN_OPEN || inside) {
			strbuf_adds(out, " ");
		} else {
			utf8_append(out, c);
			letters = letters || utf8_is_letter(c);
		}
	}
	return letters;
}

/* Jr., III, мол. */
static bool is_ordinal(const char *word) {
	static const char *const words[] = {"jr", "sr", "ii", "iii", "iv", "мол", "мл"};
	return is_one_of(word, words, COUNT_OF(words));
}

static void add_word(struct name_parts *name, char *text, bool dot) {
	char *folded = name_in_one_script(text, NULL);
	if (folded[0] == '\0') { /* signs alone */
		free(folded);
	} else if (name_is_title(folded) || is_ordinal(folded) || name->count == NAME_PARTS_MAX) {
		name->more = true;
		free(folded);
	} else if (makes_patronymic(folded) && name->count > 1) {
		name->items[name->count - 1].kind = NAME_PATRONYMIC;
		free(folded);
	} else {
		name->items[name->count++] = (struct name_part){.text = text, .folded = folded, .dot = dot};
	}
}

/* Parts the text in place. */
static void split(struct name_parts *name) {
	char *begin = name->text, *at = name->text;
	for (bool more = true; more;) {
		char *sign_at = at;
		const char *next = at;
		enum sign sign = *at == '\0' ? SIGN_SPACE : sign_of(utf8_next(&next));
		more = *at != '\0';
		at += next - at;
		if (sign == SIGN_NONE) {
			continue;
		}
		*sign_at = '\0';
		if (*begin != '\0') {
			add_word(name, begin, sign == SIGN_DOT);
		}
		if (sign == SIGN_COMMA && name->before_comma == 0) {
			name->before_comma = name->count;
		}
		begin = at;
	}
}

bool name_part_is_core(const struct name_part *word) { return word->kind != NAME_INITIAL && word->kind != NAME_PARTICLE; }

size_t name_parts_count(const struct name_parts *name, enum name_part_kind kind) {
	size_t count = 0;
	for (size_t i = 0; i < name->count; i++) {
		count += name->items[i].kind == kind;
	}
	return count;
}

/* Two words before a comma, a given name among them, are a whole name: what comes behind is something else. */
static void leave_out_rest(struct name_parts *name) {
	size_t core = 0, names = 0;
	for (size_t i = 0; i < name->before_comma; i++) {
		core += name_part_is_core(&name->items[i]);
		names += name->items[i].kind == NAME_GIVEN || name->items[i].kind == NAME_PATRONYMIC;
	}
	while (core > 1 && names > 0 && name->count > name->before_comma) {
		free(name->items[--name->count].folded);
	}
}

void name_parts_read(const char *text, const struct given_names *given, struct name_parts *out) {
	struct strbuf plain = {0};
	*out = (struct name_parts){0};
	if (!leave_out_brackets(text, &plain)) { /* all of it is in brackets: they mean nothing */
		strbuf_reset(&plain);
		for (const char *at = text; *at != '\0';) {
			uint32_t c = utf8_next(&at);
			utf8_append(&plain, sign_of(c) >= SIGN_OPEN ? ' ' : c);
		}
	}
	out->more = !str_eq(strbuf_str(&plain), text);
	out->text = strbuf_detach(&plain);
	split(out);
	for (size_t i = 0; i < out->count; i++) {
		struct name_part *word = &out->items[i];
		word->kind = word->kind == NAME_PATRONYMIC ? NAME_PATRONYMIC : judge(word, i == 0, given);
	}
	leave_out_rest(out);
	if (out->count - name_parts_count(out, NAME_PARTICLE) < 2) { /* Ван Лінг: who has nothing else is called so */
		for (size_t i = 0; i < out->count; i++) {
			out->items[i].kind = out->items[i].kind == NAME_PARTICLE ? NAME_OPEN : out->items[i].kind;
		}
	}
}

void name_parts_fini(struct name_parts *name) {
	for (size_t i = 0; i < name->count; i++) {
		free(name->items[i].folded);
	}
	free(name->text);
}
