#include "words/questions.h"

#include "base/alloc.h"
#include "base/str.h"

static const struct known {
	const char *key, *question;
} QUESTIONS[] = {
	{"name", MARK("a question", "Your given and family name")},
	{"name_latin", MARK("a question", "Your name in Latin letters")},
	{"name_certificate", MARK("a question", "Your name as it shall stand on the certificate")},
	{"position", MARK("a question", "What you do there")},
	{"organisation", MARK("a question", "Your organisation")},
	{"community", MARK("a question", "Your community")},
	{"district", MARK("a question", "Your district")},
	{"region", MARK("a question", "Your region")},
	{"settlement", MARK("a question", "Your town or village")},
	{"category", MARK("a question", "You come as")},
	{"sex", MARK("a question", "Your sex")},
	{"birth_year", MARK("a question", "Your year of birth")},
	{"phone", MARK("a question", "Your telephone number")},
	{"email", MARK("a question", "Your e-mail address")},
	{"note", MARK("a question", "Anything that we should know")},
	{"custom:minor", MARK("a question", "Are you under 18?")},
	{"custom:guardian", MARK("a question", "Name and telephone of a parent or guardian")},
	{"consent:processing", MARK("a question", "May we keep your data?")},
	{"consent:photo", MARK("a question", "May we take pictures of you?")},
	{"consent:mailing", MARK("a question", "May we write to you?")},
	{"consent:donor", MARK("a question", "May we pass the list of participants on?")},
	{"consent:contacts", MARK("a question", "May the other participants have your contact?")},
};

static const struct known CONSENTS[] = {
	{"consent:processing",
	 MARK("what one agrees to",
	      "I agree that the organisers of this event keep and use what I say here, to hold the event and to report on it. If you do "
	      "not agree, we only count you, without your name, and you are just as welcome.")},
	{"consent:photo", MARK("what one agrees to",
			       "I agree that the organisers of this event take pictures and films on which I can be seen, and show them.")},
	{"consent:mailing", MARK("what one agrees to", "I agree that the organisers of this event write to me about further events.")},
	{"consent:contacts",
	 MARK("what one agrees to",
	      "I agree that my name, where I come from, and my telephone number or e-mail address go to the other participants who "
	      "agree to the same.")},
};

static const struct {
	const char *key, *choice, *words;
} CHOICES[] = {
	{"sex", "f", MARK("an answer", "Female")},
	{"sex", "m", MARK("an answer", "Male")},
	{"sex", "x", MARK("an answer", "Other")},
	{"sex", "-", MARK("an answer", "I would rather not say")},
};

static const char *find(const struct known *known, size_t count, const struct tongue *tongue, const char *context, const char *key) {
	for (size_t i = 0; i < count; i++) {
		if (str_eq(known[i].key, key)) {
			return tongue_get_in(tongue, context, known[i].question);
		}
	}
	return NULL;
}

const char *words_question(const struct tongue *tongue, const char *key) {
	return find(QUESTIONS, COUNT_OF(QUESTIONS), tongue, "a question", key);
}

const char *words_consent(const struct tongue *tongue, const char *key) {
	return find(CONSENTS, COUNT_OF(CONSENTS), tongue, "what one agrees to", key);
}

const char *words_choice(const struct tongue *tongue, const char *key, const char *choice) {
	for (size_t i = 0; i < COUNT_OF(CHOICES); i++) {
		if (str_eq(CHOICES[i].key, key) && str_eq(CHOICES[i].choice, choice)) {
			return tongue_get_in(tongue, "an answer", CHOICES[i].words);
		}
	}
	return NULL;
}
