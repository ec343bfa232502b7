/* A visit reads every file, takes what is new and notes what the stick holds as points, as an exchange does with a peer's list. Then each
 * log's file that lacks something is written anew as a whole, read back and renamed over the old one, so that a stick that is pulled out
 * keeps what it had. */
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
#include "sync/pieces.h"

#define ENDING ".runs"
#define NAME_DIGITS 32

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
	/* How far this step is: what of it is done, what the file at hand is worth, and all of it. Reading, bytes; writing, the records that the
	 * files hold which are written anew, and one more for each file, which looking at it is worth. */
	struct {
		size_t done, here, all;
		size_t files, all_files; /* done; 0 while it is read */
	} way;
	bool again;  /* it is read once more */
	double part; /* told last, of the whole visit */
};

/* One log's file, as it was read. */
struct pieces {
	struct strbuf data;
	size_t good; /* bytes of whole pieces */
	bool damaged;
};

/* Where each step begins on the way, and how much of it is its own. What is read twice goes on from where it was read once. */
static const struct {
	double from, width;
} SHARES[] = {[STICK_READING] = {0, 0.4},
	      [STICK_READING_AGAIN] = {0.4, 0.1},
	      [STICK_WRITING] = {0.5, 0.5},
	      [STICK_CHECKING] = {0.5, 0.5},
	      [STICK_SYNCING] = {0.5, 0.5}};

/* So much of the file at hand is done, 0 to 1. */
static bool tell_step(struct visit *v, enum stick_step step, double share, struct err *err) {
	double done = (double)v->way.done + share * (double)v->way.here, all = (double)v->way.all;
	bool written = v->way.all_files > 0;
	struct stick_way way = {.step = step, .count = v->way.all - v->way.all_files};
	way.part = SHARES[step].from + SHARES[step].width * (done < all ? done / all : 1);
	way.part = v->part = way.part > v->part ? way.part : v->part;
	way.done = v->way.done - v->way.files + (size_t)(share * (double)(v->way.here - (written && v->way.here > 0)));
	way.done = way.done < way.count ? way.done : way.count; /* a file may have grown since */
	return v->options->progress == NULL || v->options->progress(v->options->context, &way) ||
	       err_set(err, ERR_REFUSED, "the visit was ended");
}

/* The file at hand is done, and the next one is worth that much. */
static void next_file(struct visit *v, size_t worth) {
	v->way.files += v->way.all_files > 0 && v->way.here > 0;
	v->way.done += v->way.here;
	v->way.here = worth;
}

static enum stick_step reading(const struct visit *v) { return v->again ? STICK_READING_AGAIN : STICK_READING; }

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
	/* What a newer Turnout wrote is no damage: it must not be "mended" by writing it over. */
	*out = sound ? PIECE_SOUND : wrong.kind == ERR_VERSION ? PIECE_NEWER : PIECE_DAMAGED;
	v->points.count = sound ? v->points.count : points; /* a damaged piece does not stay, so what it held is lacking */
	message_fini(&message);
	strbuf_fini(&text);
	return ok;
}

static bool read_pieces(struct visit *v, const char *name, struct pieces *p, struct err *err) {
	while (p->good < p->data.len) {
		struct octets bytes;
		enum piece piece = PIECE_SOUND;
		bool made;
		if (!pieces_read(&p->data, p->good, &bytes)) {
			note_damage(v, p, name, "it is cut short");
			return true;
		}
		if (!take_piece(v, bytes, &piece, err)) {
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
		p->good += PIECE_LENGTH_LEN + bytes.n;
		if (!tell_step(v, reading(v), (double)p->good / (double)p->data.len, err)) {
			return false;
		}
	}
	return true;
}

static bool read_file(struct visit *v, const char *name, struct err *err) {
	struct pieces p = {.good = 0};
	char *path = file_join(v->folder, name);
	struct err unreadable = {0};
	bool ok = true;
	next_file(v, file_size(path));
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

/* Bytes that are to be read. */
static size_t size_of_all(const struct visit *v, char **names, size_t count) {
	size_t size = 0;
	for (size_t i = 0; i < count; i++) {
		char *path = file_join(v->folder, names[i]);
		size += is_ours(names[i]) ? file_size(path) : 0;
		free(path);
	}
	return size;
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
	/* Twice: a run may need an erasure's proof or another log that stands in a file further on, as files come in the order of their
	 * names. */
	for (size_t round = 0; ok && round < 2; round++) {
		size_t damaged = v->report->damaged;
		v->report->damaged = v->report->newer = 0;
		mapstr_fini(&v->newer);
		v->newer = (struct mapstr){0};
		heads_fini(&v->points);
		v->again = round > 0;
		memset(&v->way, 0, sizeof v->way);
		v->way.all = size_of_all(v, names, count);
		for (size_t i = 0; ok && i < count; i++) {
			ok = !is_ours(names[i]) || (read_file(v, names[i], err) && tell_step(v, reading(v), 1, err));
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

/* A log of which an erased body lies on the stick: its file is written anew without that body. */
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

/* A piece holds runs of one chain only, as many as fit a message. */
static bool build(void *context, size_t cap, struct strbuf *text, struct err *err) {
	struct appending *a = context;
	a->offering = (struct offering){.cap = cap};
	message_begin(text, MESSAGE_STICK);
	return offer_write(a->v->replica, a->offer, &a->offering, text, err);
}

/* What goes into one log's file. */
struct log_file {
	char name[NAME_DIGITS + sizeof ENDING];
	struct offer *offers;
	bool lacks;
	size_t lacking, records; /* that the stick lacks; that were put into the file */
	struct strbuf data;
};

/* Making it, writing it and reading it back are nearly a third each of what a file is worth; the rest is left until it has its name. */
#define PART_OF_A_FILE 0.32

/* Appends pieces until nothing of the offer is left. */
static bool append_pieces(struct visit *v, struct offer *offer, struct log_file *f, struct err *err) {
	struct appending a = {.v = v, .offer = offer};
	struct strbuf *file = &f->data;
	while (offer->from <= offer->head.seq) {
		size_t begin = pieces_begin(file);
		if (!pack_message(v->replica, build, &a, file, err)) {
			return false;
		}
		if (!a.offering.any) { /* an erasure that cannot be proved yet */
			strbuf_truncate(file, begin);
			return true;
		}
		pieces_end(file, begin);
		offer->from = a.offering.next;
		f->records += a.offering.records;
		double made = f->records < f->lacking ? (double)f->records / (double)f->lacking : 1;
		if (!tell_step(v, STICK_WRITING, PART_OF_A_FILE * made, err)) {
			return false;
		}
	}
	return true;
}

/* The part of a log's file on the stick that could be read and taken; *damaged: there was more behind it. */
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

struct watching {
	struct visit *v;
	size_t size;
};

static bool written(void *context, size_t done) {
	const struct watching *w = context;
	struct err none = {0};
	enum stick_step step = done <= w->size ? STICK_WRITING : done < 2 * w->size ? STICK_CHECKING : STICK_SYNCING;
	return tell_step(w->v, step, PART_OF_A_FILE * (1 + (double)done / (double)w->size), &none);
}

/* Writes one log's file anew, with what it held and what it lacked. */
static bool write_file(struct visit *v, const struct log_view *view, struct log_file *f, struct err *err) {
	bool damaged = false;
	char *path = file_join(v->folder, f->name);
	bool ok = keep_good(v, f->name, path, &f->data, &damaged, err);
	for (size_t i = 0; ok && i < view->chain_count; i++) {
		ok = append_pieces(v, &f->offers[i], f, err);
	}
	if (ok && (f->lacks || damaged)) {
		/* file_write_checked counts up to twice the file's bytes: written, each part of it to the medium itself, then read back. After that
		 * it gives the file its name and syncs the folder. Making it was the first third. */
		struct watching watching = {v, f->data.len};
		struct file_watch watch = {written, &watching};
		ok = file_mkdirs(v->folder, err) && file_write_checked(path, strbuf_str(&f->data), f->data.len, &watch, err);
		v->report->files += ok;
		v->report->written += ok ? f->records : 0;
	}
	free(path);
	return ok;
}

static bool write_log(struct visit *v, const struct log_view *view, struct err *err) {
	struct log_file f = {.offers = xcalloc(view->chain_count, sizeof *f.offers)};
	str_hex(view->chains[0].log.b, NAME_DIGITS / 2, f.name);
	memcpy(f.name + NAME_DIGITS, ENDING, sizeof ENDING);
	bool ok = offer_log(v->replica, view, f.offers, err);
	for (size_t i = 0; ok && i < view->chain_count; i++) {
		uint64_t from = f.offers[i].from, end = f.offers[i].head.seq;
		f.lacks = f.lacks || from <= end;
		f.lacking += from <= end ? (size_t)(end - from + 1) : 0;
	}
	if (mapstr_find(&v->newer, f.name) == NULL) {
		ok = ok && write_file(v, view, &f, err);
	} else if (ok && f.lacks && v->lacking[0] == '\0') {
		str_copy(v->lacking, sizeof v->lacking, f.name);
	}
	free(f.offers);
	strbuf_fini(&f.data);
	return ok;
}

/* The log at a place of our heads, with the stick's points of it; `points` is where those of the log before ended. */
static struct log_view view_of(const struct visit *v, const struct heads *own, size_t at, size_t *points) {
	const struct hash *log = &own->items[at].log;
	while (*points < v->points.count && memcmp(v->points.items[*points].log.b, log->b, HASH_LEN) < 0) {
		(*points)++;
	}
	return (struct log_view){own->items + at, offer_heads_of(own, at, log), v->points.items + *points,
				 offer_heads_of(&v->points, *points, log)};
}

/* What writing the log is worth: the records of a file that is written anew; else next to nothing. */
static size_t worth_of(const struct log_view *view) {
	size_t records = 0;
	bool lacks = false;
	for (size_t c = 0; c < view->chain_count; c++) {
		bool held = false;
		for (size_t p = 0; p < view->point_count; p++) {
			held = held ||
			       (view->points[p].seq == view->chains[c].seq && crypto_hash_eq(&view->points[p].hash, &view->chains[c].hash));
		}
		lacks = lacks || !held;
		records += (size_t)view->chains[c].seq;
	}
	return lacks ? records + 1 : 1;
}

static bool write_all(struct visit *v, struct err *err) {
	struct heads own;
	size_t points = 0;
	struct log_view view;
	if (!v->replica->ops->heads(v->replica->self, &own, err)) {
		return false;
	}
	memset(&v->way, 0, sizeof v->way);
	for (size_t at = 0; at < own.count; at += view.chain_count) {
		view = view_of(v, &own, at, &points);
		v->way.all += worth_of(&view);
		v->way.all_files++;
	}
	bool ok = true;
	points = 0;
	for (size_t at = 0; ok && at < own.count; at += view.chain_count) {
		view = view_of(v, &own, at, &points);
		next_file(v, worth_of(&view));
		ok = write_log(v, &view, err) && tell_step(v, STICK_SYNCING, 1, err);
	}
	heads_fini(&own);
	return ok;
}

char *stick_event_folder(const char *folder, const struct hash *event) {
	char hex[17];
	str_hex(event->b, 8, hex);
	return xasprintf("%s/turnout-%s", folder, hex);
}

bool stick_visit(const struct replica *replica, const struct stick_options *options, struct stick_report *report, struct err *err) {
	struct visit v = {.replica = replica,
			  .options = options,
			  .report = report,
			  .folder = stick_event_folder(options->folder, &replica->keys.event)};
	*report = (struct stick_report){0};
	bool ok = file_is_dir(options->folder) ||
		  err_set(err, ERR_NOT_FOUND, "%s: there is no such folder; is the stick in?", options->folder);
	/* Whoever prepared the stick would choose where on this machine is written. */
	ok = ok && (!file_is_link(v.folder) || err_set(err, ERR_INPUT, "%s is a link, no folder; take it off the stick", v.folder));
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
	return ok;
}
