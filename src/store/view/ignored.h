/* Why the views do not count a record. The word stands in view_ignored and in every digest, so it never changes; the text is for people. */
#ifndef TURNOUT_STORE_VIEW_IGNORED_H
#define TURNOUT_STORE_VIEW_IGNORED_H

enum ignore_reason {
	/* Its author has no right to it. */
	IGNORE_AUTHOR,
	IGNORE_INVITATION,
	IGNORE_CERTIFICATE,
	IGNORE_OTHERS,
	IGNORE_CODE,
	/* This program does not know the kind. */
	IGNORE_KIND,
	/* It says nothing that makes sense. */
	IGNORE_JSON,
	IGNORE_TIMES,
	IGNORE_THING,
	IGNORE_CHECKIN,
	IGNORE_WALKIN,
	IGNORE_UNDO,
	IGNORE_RANK,
	IGNORE_CLOCK,
	IGNORE_JOIN,
	IGNORE_KEY,
	IGNORE_ROLE,
	IGNORE_LOG,
	IGNORE_REASONS
};

enum ignore_class { IGNORED_AUTHOR, IGNORED_UNKNOWN, IGNORED_MALFORMED };

const char *ignore_word(enum ignore_reason reason); /* "author", "invitation", … */
/* IGNORE_REASONS for a word that is none (an older program's sentence, until the views are rebuilt). */
enum ignore_reason ignore_find(const char *word);
const char *ignore_text(enum ignore_reason reason); /* "the author may not write this": after "does not count: " or "do not count: " */
enum ignore_class ignore_class_of(enum ignore_reason reason);

#endif
