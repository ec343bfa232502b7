/* What the event file remembers of a source of imports: how its file was to be read, so that importing it again needs no options; and the doubts
 * that nobody settled yet (import/people_correct.h). One setting of the event a source, "import:people:NAME", whose value is a JSON object. */
#ifndef TURNOUT_IMPORT_SOURCE_MEMORY_H
#define TURNOUT_IMPORT_SOURCE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "event/person.h"

#define SOURCE_DOUBTS_MAX 300 /* remembered; 45 bytes each, and a record has its limit */

struct store;

struct source_doubt {
	char person[PERSON_ID_LEN + 1]; /* added as somebody new */
	char like[PERSON_ID_LEN + 1];   /* who was there already */
	bool rival;                     /* while they are settled: another is like the same person */
};

struct source_memory {                                /* a zeroed struct remembers nothing */
	char *encoding, *sheet, *sheet_name_is, *key; /* as the command line's options; NULL: not given */
	bool month_first, applicants;
	struct {
		char **items; /* FIELD=HEADER */
		size_t count, cap;
	} maps;
	struct {
		struct source_doubt *items;
		size_t count, cap;
	} doubts;
};

/* `kind`: "people", "agenda" or "places". Of a source that is not known, or whose setting cannot be read, nothing. */
void source_memory_load(struct store *store, const char *kind, const char *source, struct source_memory *out);
/* Writes one edit when it differs from what is remembered, in the caller's transaction. */
bool source_memory_save(struct store *store, const char *kind, const char *source, const struct source_memory *memory,
			struct err *err) TURNOUT_MUST_CHECK;
void source_memory_fini(struct source_memory *memory);

/* Takes what the other says of how to read the file, as far as it says something; of its maps all or none. */
void source_memory_take_options(struct source_memory *memory, const struct source_memory *from);
/* Nothing of that is remembered any more. Doubts stay. */
void source_memory_forget_options(struct source_memory *memory);
/* As options of the command line, but for those that are said now: --sheet "Лист1" --map name=ПІБ; nothing when there are none. */
void source_memory_say(const struct source_memory *memory, const struct source_memory *now, struct strbuf *out);
void source_memory_add_map(struct source_memory *memory, const char *map);
/* Once each, and no more than there is room for. */
void source_memory_add_doubt(struct source_memory *memory, const char *person, const char *like);

#endif
