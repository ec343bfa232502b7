/* Logs made by hand, as messages bring them: also such as no Turnout writes. */
#ifndef TURNOUT_TESTS_LIB_CRAFT_H
#define TURNOUT_TESTS_LIB_CRAFT_H

#include "store/store.h"
#include "sync/message.h"

/* A log and whoever writes it. A copy of it, written on, is another branch. */
struct craft {
	struct key_pair key;
	struct hash log;
	uint64_t seq;     /* of its last record */
	struct hash head; /* that one's hash */
};

/* Begins a log of the event: appends its first record as a run. `number` tells the logs of one key apart; `certificate` may be NULL. */
struct craft_begin {
	const struct hash *event;
	const struct certificate *certificate;
	int number;
};
void craft_begin(struct craft *c, const struct key_pair *key, const struct craft_begin *begin, struct strbuf *text);

/* A station's key, with the certificate by which it belongs to a file's event; and a log that it begins there. */
struct craft_member {
	struct key_pair key;
	struct certificate certificate;
};
struct craft_member craft_member_of(struct store *store);
void craft_join(struct craft *c, const struct craft_member *member, struct store *store, int number, struct strbuf *text);

/* A piece's first line ('>' or '!'), for what comes after the log's present end. */
void craft_piece(const struct craft *c, char mark, struct strbuf *text);
/* Appends a record; its run is closed by craft_sign. `subject` may be "", `body` NULL: erased, its hash is `gone`. */
struct craft_record {
	const char *kind, *subject, *body;
	struct hash gone;
	int64_t utc_ms;
};
void craft_add(struct craft *c, const struct craft_record *record, struct strbuf *text);
void craft_sign(const struct craft *c, struct strbuf *text);

/* A whole piece of one run with `count` records of no known kind, in which `word` stands. */
void craft_notes(struct craft *c, const char *word, size_t count, struct strbuf *text);

/* Reads a text that was made so as a message; fails the test when it cannot be read. `text` is empty then. */
void craft_read(struct strbuf *text, struct message *out);
/* Gives an open file the runs of a text, all of which have to be right; `text` is empty then. */
void craft_give(struct store *store, struct strbuf *text);

#endif
