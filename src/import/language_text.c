/* Names are told by the beginnings of their words, as languages bend the ends; codes and abbreviations whole. */
#include "import/language_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"

/* ISO 639-1, all of it. */
static const char CODES[] = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
			    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
			    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
			    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
			    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw "
			    "ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

struct name {
	const char *word, *code;
};

/* As they are folded (event/fold.h): what people write for a language beside its code; countries that are no languages, ISO 639-2. */
static const struct name WHOLE[] = {
	{"ua", "uk"},   {"укр", "uk"},  {"ukr", "uk"},  {"рос", "ru"},  {"рус", "ru"}, {"rus", "ru"},  {"анг", "en"},   {"англ", "en"},
	{"eng", "en"},  {"gb", "en"},   {"us", "en"},   {"поль", "pl"}, {"pol", "pl"}, {"нім", "de"},  {"нем", "de"},   {"deu", "de"},
	{"ger", "de"},  {"фр", "fr"},   {"fra", "fr"},  {"fre", "fr"},  {"spa", "es"}, {"ita", "it"},  {"ron", "ro"},   {"rum", "ro"},
	{"hun", "hu"},  {"slk", "sk"},  {"ces", "cs"},  {"cze", "cs"},  {"cz", "cs"},  {"bul", "bg"},  {"bel", "be"},   {"tur", "tr"},
	{"lit", "lt"},  {"lav", "lv"},  {"est", "et"},  {"kat", "ka"},  {"geo", "ka"}, {"crh", "crh"}, {"ктат", "crh"}, {"gag", "gag"},
	{"rom", "rom"}, {"sgn", "sgn"}, {"ужм", "sgn"}, {"usl", "sgn"},
};

static const struct name STEMS[] = {
	{"украінськ", "uk"},  {"украинск", "uk"},     {"ukrain", "uk"},      {"росіиськ", "ru"},       {"русск", "ru"},
	{"russ", "ru"},       {"англіиськ", "en"},    {"англииск", "en"},    {"engl", "en"},           {"польськ", "pl"},
	{"польск", "pl"},     {"polish", "pl"},       {"polsk", "pl"},       {"німецьк", "de"},        {"немецк", "de"},
	{"german", "de"},     {"deutsch", "de"},      {"французьк", "fr"},   {"французск", "fr"},      {"french", "fr"},
	{"francais", "fr"},   {"іспанськ", "es"},     {"испанск", "es"},     {"spanish", "es"},        {"espanol", "es"},
	{"італіиськ", "it"},  {"итальянск", "it"},    {"italian", "it"},     {"португальськ", "pt"},   {"португальск", "pt"},
	{"portug", "pt"},     {"румунськ", "ro"},     {"румынск", "ro"},     {"romanian", "ro"},       {"молдовськ", "ro"},
	{"молдавськ", "ro"},  {"молдавск", "ro"},     {"moldov", "ro"},      {"угорськ", "hu"},        {"венгерск", "hu"},
	{"hungarian", "hu"},  {"magyar", "hu"},       {"словацьк", "sk"},    {"словацк", "sk"},        {"slovak", "sk"},
	{"словенськ", "sl"},  {"словенск", "sl"},     {"sloven", "sl"},      {"чеськ", "cs"},          {"чешск", "cs"},
	{"czech", "cs"},      {"болгарськ", "bg"},    {"болгарск", "bg"},    {"bulgar", "bg"},         {"білоруськ", "be"},
	{"белорусск", "be"},  {"беларус", "be"},      {"belarus", "be"},     {"турецьк", "tr"},        {"турецк", "tr"},
	{"turkish", "tr"},    {"литовськ", "lt"},     {"литовск", "lt"},     {"lithuan", "lt"},        {"латиськ", "lv"},
	{"латышск", "lv"},    {"latvian", "lv"},      {"естонськ", "et"},    {"эстонск", "et"},        {"estonian", "et"},
	{"грузинськ", "ka"},  {"грузинск", "ka"},     {"georgian", "ka"},    {"вірменськ", "hy"},      {"армянск", "hy"},
	{"armenian", "hy"},   {"азербаиджан", "az"},  {"azerbaijan", "az"},  {"грецьк", "el"},         {"греческ", "el"},
	{"greek", "el"},      {"нідерландськ", "nl"}, {"нидерландск", "nl"}, {"голландськ", "nl"},     {"голландск", "nl"},
	{"dutch", "nl"},      {"шведськ", "sv"},      {"шведск", "sv"},      {"swedish", "sv"},        {"норвезьк", "no"},
	{"норвежск", "no"},   {"norwegian", "no"},    {"данськ", "da"},      {"датськ", "da"},         {"датск", "da"},
	{"danish", "da"},     {"фінськ", "fi"},       {"финск", "fi"},       {"finnish", "fi"},        {"хорватськ", "hr"},
	{"хорватск", "hr"},   {"croat", "hr"},        {"сербськ", "sr"},     {"сербск", "sr"},         {"serbian", "sr"},
	{"македонськ", "mk"}, {"македонск", "mk"},    {"macedon", "mk"},     {"албанськ", "sq"},       {"албанск", "sq"},
	{"albanian", "sq"},   {"іврит", "he"},        {"иврит", "he"},       {"hebrew", "he"},         {"ідиш", "yi"},
	{"идиш", "yi"},       {"yiddish", "yi"},      {"арабськ", "ar"},     {"арабск", "ar"},         {"arabic", "ar"},
	{"китаиськ", "zh"},   {"китаиск", "zh"},      {"chinese", "zh"},     {"японськ", "ja"},        {"японск", "ja"},
	{"japanese", "ja"},   {"кореиськ", "ko"},     {"кореиск", "ko"},     {"korean", "ko"},         {"гінді", "hi"},
	{"хинди", "hi"},      {"hindi", "hi"},        {"казахськ", "kk"},    {"казахск", "kk"},        {"kazakh", "kk"},
	{"узбецьк", "uz"},    {"узбекск", "uz"},      {"uzbek", "uz"},       {"перськ", "fa"},         {"персидск", "fa"},
	{"persian", "fa"},    {"farsi", "fa"},        {"вєтнамськ", "vi"},   {"вьетнамск", "vi"},      {"vietnamese", "vi"},
	{"есперанто", "eo"},  {"эсперанто", "eo"},    {"esperanto", "eo"},   {"кримськотатар", "crh"}, {"крымскотатар", "crh"},
	{"гагаузьк", "gag"},  {"гагаузск", "gag"},    {"gagauz", "gag"},     {"ромськ", "rom"},        {"ромск", "rom"},
	{"romani", "rom"},    {"жестов", "sgn"},      {"сурдо", "sgn"},      {"sign", "sgn"},
};

/* What stands beside a language's name and says nothing. */
static const char *const FILLERS[] = {"мова", "мовою", "мови", "язык", "языке", "языки", "language", "рідна", "родной", "native", "по",
				      "на",   "in",    "і",    "та",   "и",     "and",   "або",      "или",   "or",     "чи"};

static const char *code_of(const char *word) {
	for (size_t i = 0; i < COUNT_OF(WHOLE); i++) {
		if (str_eq(word, WHOLE[i].word)) {
			return WHOLE[i].code;
		}
	}
	for (size_t i = 0; i < COUNT_OF(STEMS); i++) {
		if (str_starts(word, STEMS[i].word)) {
			return STEMS[i].code;
		}
	}
	for (const char *code = CODES; *code != '\0'; code += 3) {
		if (strlen(word) == 2 && strncmp(word, code, 2) == 0) {
			return word;
		}
	}
	return NULL;
}

static bool is_filler(const char *word) {
	for (size_t i = 0; i < COUNT_OF(FILLERS); i++) {
		if (str_eq(word, FILLERS[i])) {
			return true;
		}
	}
	return false;
}

/* "uk_UA.UTF-8", "en-GB", "de-informal": what comes after the sign is a country's, an encoding, a tone. "UK-EN" are two languages. */
static void cut_locale(char *text) {
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz");
	if ((n == 2 || n == 3) && (text[n] == '_' || text[n] == '-')) {
		text[n] = '\0';
	}
}

/* The language that each of the words is, as far as they all are one or say nothing. */
static enum language_said read_words(char *const *words, size_t n, char code[LANGUAGE_CODE_MAX]) {
	enum language_said said = LANGUAGE_NONE;
	for (size_t i = 0; i < n; i++) {
		const char *found = code_of(words[i]);
		if (found == NULL && !is_filler(words[i])) {
			return LANGUAGE_NONE;
		}
		if (found != NULL && said == LANGUAGE_NONE) {
			said = LANGUAGE_ONE;
			str_copy(code, LANGUAGE_CODE_MAX, found);
		} else if (found != NULL && !str_eq(found, code)) {
			said = LANGUAGE_MORE;
		}
	}
	return said;
}

enum language_said language_read(const char *text, char code[LANGUAGE_CODE_MAX]) {
	enum { WORDS = 12 };
	char *plain = xstrdup(text), *words[WORDS];
	cut_locale(plain);
	char *folded = fold_text(plain); /* of more words the last holds the rest, and is none */
	size_t n = *folded != '\0' ? str_split(folded, ' ', words, WORDS) : 0;
	enum language_said said = read_words(words, n, code);
	code[said == LANGUAGE_NONE ? 0 : strlen(code)] = '\0';
	free(plain);
	free(folded);
	return said;
}
