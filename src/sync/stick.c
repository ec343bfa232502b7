#include "sync/stick.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "sync/offer.h"
#include "sync/pack.h"

#define ENDING ".runs"
#define NAME_DIGITS 32
#define LENGTH_LEN 4

struct visit {
	const struct replica *replica;
	const struct stick_options *options;
	struct stick_report *report;
	char *folder;        /* of the event on the stick */
	struct heads points; /* what the stick holds, as far as it could be read */
	struct mapstr good;  /* file name -> its bytes that could be read */
	struct mapstr newer; /* names of files with pieces of a newer Turnout: they stay as they are */
	char lacking[64];    /* the first of them that lacks something of ours; "" */
	struct mapstr told;  /* "log subject" of bodies that lie there */
};

/* One log's file, as it was read. */
struct pieces {
	struct strbuf data;
	size_t good; /* bytes of whole pieces */
	bool damaged;
};

static bool tell(struct visit *v, enum stick_step step, size_t done, size_t count, struct err *err) {
	return v->options->progress == NULL || v->options->progress(v->options->context, step, done, count) ||
	       err_set(err, ERR_REFUSED, "the visit was ended");
}

/* --- reading ------------------------------------------------------------------------------------------------------------------------ */

static void note_damage(struct visit *v, struct pieces *p, const char *name, const char *why) {
	if (!p->damaged && v->report->damaged++ == 0) {
		snprintf(v->report->why, sizeof v->report->why, "%s: %s", name, why);
	}
	p->damaged = true;
}

/* Notes whose bodies lie on the stick: what was erased meanwhile has to go from there too. */
static void note_bodies(struct visit *v, const struct run *run) {
	char log[2 * HASH_LEN + 1];
	char key[2 * HASH_LEN + RECORD_SUBJECT_MAX + 2];
	bool made;
	str_hex(run->log.b, HASH_LEN, log);
	for (size_t i = 0; i < run->count; i++) {
		if (run->records[i].subject[0] != '\0' && run->records[i].body != NULL) {
			snprintf(key, sizeof key, "%s %s", log, run->records[i].subject);
			mapstr_place(&v->told, key, &made);
		}
	}
}

static void add_point(struct visit *v, const struct message_run *m, const struct run_fate *fate) {
	ARRAY_GROW(&v->points, items);
	v->points.items[v->points.count++] =
		(struct head){.log = m->run.log, .seq = m->run.from + m->run.count - 1, .hash = fate->result.head};
}

/* False when the replica failed; what is wrong with the piece itself is told by *sound. */
static bool take_message(struct visit *v, struct message *message, bool *sound, struct err *err) {
	struct intake intake = {.runs = message->runs, .count = message->run_count};
	if (intake.count == 0) {
		return true;
	}
	intake.fates = xcalloc(intake.count, sizeof *intake.fates);
	bool ok = v->replica->ops->take(v->replica->self, &intake, err);
	for (size_t i = 0; ok && i < intake.count; i++) {
		const struct run_fate *fate = &intake.fates[i];
		bool held = !fate->wrong && !fate->failed && fate->result.outcome <= MERGE_KNOWN;
		*sound = *sound && (held || intake.runs[i].proof);
		note_bodies(v, &intake.runs[i].run);
		v->report->read += fate->result.added;
		v->report->branched = v->report->branched || fate->result.branched;
		if (held && !intake.runs[i].proof && (i + 1 == intake.count || !intake.runs[i + 1].follows)) {
			add_point(v, &intake.runs[i], fate);
		}
	}
	free(intake.fates);
	return ok;
}

enum piece { PIECE_SOUND, PIECE_DAMAGED, PIECE_NEWER };

static bool take_piece(struct visit *v, struct octets envelope, enum piece *out, struct err *err) {
	struct strbuf text = {0};
	struct message message = {0};
	struct public_key sender;
	struct err wrong = {0};
	size_t points = v->points.count;
	bool sound = envelope_open(&v->replica->keys, envelope, &sender, &text, &wrong) && message_read(&text, &message, &wrong) &&
		     message.kind == MESSAGE_STICK;
	bool ok = !sound || take_message(v, &message, &sound, err);
	*out = sound ? PIECE_SOUND : wrong.kind == ERR_VERSION ? PIECE_NEWER : PIECE_DAMAGED;
	v->points.count = sound ? v->points.count : points; /* a damaged piece does not stay, so what it held is lacking */
	message_fini(&message);
	strbuf_fini(&text);
	return ok;
}

static bool read_pieces(struct visit *v, const char *name, struct pieces *p, struct err *err) {
	while (p->good < p->data.len) {
		const uint8_t *at = (const uint8_t *)p->data.data + p->good;
		size_t left = p->data.len - p->good;
		size_t n = left < LENGTH_LEN ? 0 : (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
		enum piece piece = PIECE_SOUND;
		bool made;
		if (left < LENGTH_LEN || n > left - LENGTH_LEN) {
			note_damage(v, p, name, "it is cut short");
			return true;
		}
		if (!take_piece(v, (struct octets){at + LENGTH_LEN, n}, &piece, err)) {
			return false;
		}
		if (piece == PIECE_NEWER) {
			mapstr_place(&v->newer, name, &made);
			v->report->newer += made;
			return true;
		}
		if (piece == PIECE_DAMAGED) {
			note_damage(v, p, name, "a part of it was changed");
			return true;
		}
		p->good += LENGTH_LEN + n;
	}
	return true;
}

static bool read_file(struct visit *v, const char *name, struct err *err) {
	struct pieces p = {.good = 0};
	char *path = file_join(v->folder, name);
	struct err unreadable = {0};
	bool ok = true;
	if (file_read_plain(path, STICK_FILE_MAX, &p.data, &unreadable)) {
		ok = read_pieces(v, name, &p, err);
	} else {
		note_damage(v, &p, name, unreadable.text);
	}
	bool made;
	*mapstr_place(&v->good, name, &made) = (int64_t)p.good;
	strbuf_fini(&p.data);
	free(path);
	return ok;
}

/* Our own names, and nothing that another system left beside them. */
static bool is_ours(const char *name) {
	return strlen(name) == NAME_DIGITS + strlen(ENDING) && strspn(name, "0123456789abcdef") == NAME_DIGITS &&
	       str_eq(name + NAME_DIGITS, ENDING);
}

static bool read_all(struct visit *v, struct err *err) {
	char **names = NULL;
	size_t count = 0;
	if (!file_is_dir(v->folder)) {
		return true; /* a fresh stick */
	}
	if (!file_list(v->folder, STICK_FILES_MAX, &names, &count, err)) {
		return false;
	}
	bool ok = true;
	/* Twice: what an erasure's proof or an earlier log was needed for may stand in a file that comes later by its name. */
	for (size_t round = 0; ok && round < 2; round++) {
		size_t damaged = v->report->damaged;
		v->report->damaged = v->report->newer = 0;
		mapstr_fini(&v->newer);
		v->newer = (struct mapstr){0};
		heads_fini(&v->points);
		for (size_t i = 0; ok && i < count; i++) {
			ok = (!is_ours(names[i]) || read_file(v, names[i], err)) && tell(v, STICK_READING, i + 1, count, err);
		}
		if (v->report->damaged == 0 || (round == 1 && damaged == v->report->damaged)) {
			break;
		}
	}
	for (size_t i = 0; i < count; i++) {
		free(names[i]);
	}
	free(names);
	heads_sort(&v->points);
	return ok;
}

/* Forgets what the stick holds of a log, so that its file is written anew from our records. */
static void forget_log(struct visit *v, const char *log) {
	char name[NAME_DIGITS + sizeof ENDING];
	size_t kept = 0;
	bool made;
	for (size_t i = 0; i < v->points.count; i++) {
		char hex[2 * HASH_LEN + 1];
		str_hex(v->points.items[i].log.b, HASH_LEN, hex);
		if (memcmp(hex, log, 2 * HASH_LEN) != 0) {
			v->points.items[kept++] = v->points.items[i];
		}
	}
	v->points.count = kept;
	snprintf(name, sizeof name, "%.*s" ENDING, NAME_DIGITS, log);
	*mapstr_place(&v->good, name, &made) = 0;
}

static bool forget_erased(struct visit *v, struct err *err) {
	const struct replica *replica = v->replica;
	bool known = false;
	size_t cursor = 0;
	const char *key;
	if (!replica->ops->erased(replica->self, NULL, &known, err)) {
		return false;
	}
	if (!known) {
		return true;
	}
	while ((key = mapstr_next(&v->told, &cursor)) != NULL) {
		if (!replica->ops->erased(replica->self, key + 2 * HASH_LEN + 1, &known, err)) {
			return false;
		}
		if (known) {
			forget_log(v, key);
		}
	}
	return true;
}

/* --- writing ------------------------------------------------------------------------------------------------------------------------ */

struct appending {
	struct visit *v;
	struct offer *offer;
	struct offering offering;
};

static bool build(void *context, size_t cap, struct strbuf *text, struct err *err) {
	struct appending *a = context;
	a->offering = (struct offering){.cap = cap};
	message_begin(text, MESSAGE_STICK);
	return offer_write(a->v->replica, a->offer, &a->offering, text, err);
}

static void put_length(struct strbuf *out, size_t at, size_t n) {
	for (int i = 0; i < LENGTH_LEN; i++) {
		out->data[at + (size_t)i] = (char)(n >> (24 - 8 * i));
	}
}

/* Appends pieces until nothing of the offer is left; *records grows. */
static bool append_pieces(struct visit *v, struct offer *offer, struct strbuf *file, size_t *records, struct err *err) {
	struct appending a = {.v = v, .offer = offer};
	while (offer->from <= offer->head.seq) {
		size_t begin = file->len;
		strbuf_add(file, "\0\0\0\0", LENGTH_LEN);
		if (!pack_message(v->replica, build, &a, file, err)) {
			return false;
		}
		if (!a.offering.any) { /* an erasure that cannot be proved yet */
			strbuf_truncate(file, begin);
			return true;
		}
		put_length(file, begin, file->len - begin - LENGTH_LEN);
		offer->from = a.offering.next;
		*records += a.offering.records;
	}
	return true;
}

/* What the stick's file of a log held that could be read; *damaged: there was more. */
static bool keep_good(struct visit *v, const char *name, const char *path, struct strbuf *out, bool *damaged, struct err *err) {
	const int64_t *good = mapstr_find(&v->good, name);
	if (good == NULL) {
		return true;
	}
	if (!file_read_plain(path, STICK_FILE_MAX, out, err)) {
		return *good == 0 || err_wrap(err, "the stick");
	}
	*damaged = out->len != (size_t)*good;
	strbuf_truncate(out, (size_t)*good);
	return true;
}

struct log_file {
	char name[NAME_DIGITS + sizeof ENDING];
	struct offer *offers;
	bool lacks;
};

/* Writes one log's file anew, with what it held and what it lacked. */
static bool write_file(struct visit *v, const struct log_view *view, struct log_file *f, struct err *err) {
	struct strbuf file = {0};
	bool damaged = false;
	size_t records = 0;
	char *path = file_join(v->folder, f->name);
	bool ok = keep_good(v, f->name, path, &file, &damaged, err);
	for (size_t i = 0; ok && i < view->chain_count; i++) {
		ok = append_pieces(v, &f->offers[i], &file, &records, err);
	}
	if (ok && (f->lacks || damaged)) {
		ok = file_mkdirs(v->folder, err) && file_write_checked(path, strbuf_str(&file), file.len, err);
		v->report->files += ok;
		v->report->written += ok ? records : 0;
	}
	strbuf_fini(&file);
	free(path);
	return ok;
}

static bool write_log(struct visit *v, const struct log_view *view, struct err *err) {
	struct log_file f = {.offers = xcalloc(view->chain_count, sizeof *f.offers)};
	str_hex(view->chains[0].log.b, NAME_DIGITS / 2, f.name);
	memcpy(f.name + NAME_DIGITS, ENDING, sizeof ENDING);
	bool ok = offer_log(v->replica, view, f.offers, err);
	for (size_t i = 0; ok && i < view->chain_count; i++) {
		f.lacks = f.lacks || f.offers[i].from <= f.offers[i].head.seq;
	}
	if (mapstr_find(&v->newer, f.name) == NULL) {
		ok = ok && write_file(v, view, &f, err);
	} else if (ok && f.lacks && v->lacking[0] == '\0') {
		str_copy(v->lacking, sizeof v->lacking, f.name);
	}
	free(f.offers);
	return ok;
}

static size_t of_log(const struct heads *list, size_t at, const struct hash *log) {
	size_t n = 0;
	while (at + n < list->count && crypto_hash_eq(&list->items[at + n].log, log)) {
		n++;
	}
	return n;
}

static bool write_all(struct visit *v, struct err *err) {
	struct heads own;
	size_t points = 0;
	size_t count = 0;
	if (!v->replica->ops->heads(v->replica->self, &own, err)) {
		return false;
	}
	bool ok = true;
	for (size_t at = 0; ok && at < own.count; at += count) {
		const struct hash *log = &own.items[at].log;
		count = of_log(&own, at, log);
		while (points < v->points.count && memcmp(v->points.items[points].log.b, log->b, HASH_LEN) < 0) {
			points++;
		}
		struct log_view view = {own.items + at, count, v->points.items + points, of_log(&v->points, points, log)};
		ok = write_log(v, &view, err) && tell(v, STICK_WRITING, at + count, own.count, err);
	}
	heads_fini(&own);
	return ok;
}

bool stick_visit(const struct replica *replica, const struct stick_options *options, struct stick_report *report, struct err *err) {
	char event[17];
	str_hex(replica->keys.event.b, 8, event);
	char *name = xasprintf("turnout-%s", event);
	struct visit v = {.replica = replica, .options = options, .report = report, .folder = file_join(options->folder, name)};
	*report = (struct stick_report){0};
	bool ok = file_is_dir(options->folder) ||
		  err_set(err, ERR_NOT_FOUND, "%s: there is no such folder; is the stick in?", options->folder);
	ok = ok && read_all(&v, err) && forget_erased(&v, err) && write_all(&v, err);
	if (ok && v.lacking[0] != '\0') {
		ok = err_set(err, ERR_VERSION,
			     "%s/%s: a newer Turnout wrote this file, so it was left as it is, and what it lacks is not on the stick; "
			     "install the "
			     "newer Turnout here, or take another stick",
			     v.folder, v.lacking);
	}
	heads_fini(&v.points);
	mapstr_fini(&v.newer);
	mapstr_fini(&v.good);
	mapstr_fini(&v.told);
	free(v.folder);
	free(name);
	return ok;
}
