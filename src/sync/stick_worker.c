#include "sync/stick_worker.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"
#include "base/worker.h"

#define COMMANDS_MAX 8
#define MESSAGES_MAX 32
#define FULL_BYTES (1024 * 1024) /* less is left on a stick that could not be written: it is full */

struct command { /* folder "": look which there are */
	char folder[MEDIUM_FOLDER_MAX];
};

struct stick_worker {
	struct worker worker;
	struct stick_worker_options options;
	atomic_bool ended; /* the visit is to end */
	/* Of the thread alone: */
	struct replica replica;
	bool has_replica;
	struct telling {
		int64_t us;           /* when steps may be told was counted last */
		double left;          /* so many may be told at once */
		enum stick_step step; /* that was told last */
	} telling;
};

static struct stick_message *message(enum stick_message_kind kind) {
	struct stick_message *m = xcalloc(1, sizeof *m);
	m->kind = kind;
	return m;
}

static void post(struct stick_worker *w, struct stick_message *m) {
	if (!mailbox_put_wait(w->worker.out, m)) {
		free(m);
	}
}

static void look(struct stick_worker *w) {
	struct stick_message *m = message(STICK_MEDIA);
	m->media_count = media_find(w->options.given, m->media, MEDIA_MAX);
	post(w, m);
}

#define TELL_US 100000 /* ten a second … */
#define TELL_AT_ONCE \
	3 /* … and so many one after the other, the last of which is kept for another step: what takes long is not to be named late */
#define ALMOST 0.99 /* whether the stick is still there is asked last */

/* Steps come faster than anybody looks. */
static bool may_tell(struct telling *t, enum stick_step step) {
	int64_t now = clock_span_us();
	t->left += (double)(now - t->us) / TELL_US;
	t->left = t->left < TELL_AT_ONCE ? t->left : TELL_AT_ONCE;
	t->us = now;
	if (t->left < (step == t->step ? 2 : 1)) {
		return false;
	}
	t->left--;
	t->step = step;
	return true;
}

static bool progress(void *context, const struct stick_way *way) {
	struct stick_worker *w = context;
	if (may_tell(&w->telling, way->step)) {
		struct stick_message *m = message(STICK_STEP);
		m->way = *way;
		m->way.part = way->part < ALMOST ? way->part : ALMOST;
		/* Whoever does not take them now is behind, and the stick does not wait: the next one says more. */
		if (!mailbox_put(w->worker.out, m)) {
			free(m);
		}
	}
	return !atomic_load(&w->ended);
}

/* A folder stays where a stick was mounted: that something lies in it means nothing. */
static bool is_there(const struct stick_worker *w, const char *folder) {
	struct medium media[MEDIA_MAX];
	size_t count = media_find(w->options.given, media, MEDIA_MAX);
	for (size_t i = 0; i < count; i++) {
		if (str_eq(media[i].folder, folder)) {
			return true;
		}
	}
	return false;
}

/* What the stick is like after a visit failed. */
/* From the surest to the least sure: a stick that is gone fails in any way, and only what has no other reason makes it a bad one. */
static enum stick_trouble diagnose(const struct stick_worker *w, const char *folder, const struct err *err) {
	struct statvfs fs;
	if (err->kind == ERR_NOT_FOUND || !is_there(w, folder) || statvfs(folder, &fs) != 0) {
		return STICK_GONE;
	}
	if (err->kind == ERR_BUSY || err->kind == ERR_CORRUPT) {
		return STICK_OWN;
	}
	if (err->kind == ERR_VERSION) {
		return STICK_NEWER;
	}
	if ((fs.f_flag & ST_RDONLY) != 0 || access(folder, W_OK) != 0) {
		return STICK_PROTECTED;
	}
	return (uint64_t)fs.f_bavail * fs.f_frsize < FULL_BYTES ? STICK_FULL : STICK_BAD;
}

static void visit(struct stick_worker *w, const char *folder) {
	const struct replica_source *source = &w->options.source;
	struct stick_message *m = message(STICK_OVER);
	struct stick_options options = {.folder = folder, .progress = progress, .context = w};
	struct err err = {0};
	bool own = w->has_replica || source->open(source->context, &w->replica, &err);
	w->has_replica = own;
	w->telling = (struct telling){.us = clock_span_us(), .left = TELL_AT_ONCE};
	bool ok = own && (is_there(w, folder) || err_set(&err, ERR_NOT_FOUND, "%s is not there", folder)) &&
		  stick_visit(&w->replica, &options, &m->report, &err);
	if (ok && !is_there(w, folder)) {
		ok = err_set(&err, ERR_NOT_FOUND, "%s was pulled out", folder);
	}
	if (!ok) {
		m->trouble = !own ? STICK_OWN : atomic_load(&w->ended) ? STICK_ENDED : diagnose(w, folder, &err);
		str_copy(m->problem, sizeof m->problem, err.text);
	}
	post(w, m);
}

static void *run(void *context) {
	struct stick_worker *w = context;
	struct command *c;
	while ((c = mailbox_take(w->worker.in, -1)) != NULL) {
		if (c->folder[0] == '\0') {
			look(w);
		} else if (!mailbox_stopped(w->worker.in)) {
			visit(w, c->folder);
		}
		free(c);
	}
	if (w->has_replica) {
		w->options.source.close(w->options.source.context, &w->replica);
	}
	return NULL;
}

/* --- from outside ------------------------------------------------------------------------------------------------------------------- */

bool stick_worker_open(const struct stick_worker_options *options, struct stick_worker **out, struct err *err) {
	struct stick_worker *w = xcalloc(1, sizeof *w);
	w->options = *options;
	atomic_init(&w->ended, false);
	struct worker_options worker = {.name = "the thread for sticks",
					.in_max = COMMANDS_MAX,
					.out_max = MESSAGES_MAX,
					.wake = options->wake,
					.context = options->context,
					.run = run,
					.self = w};
	if (!worker_start(&w->worker, &worker, err)) {
		worker_fini(&w->worker, NULL, NULL);
		free(w);
		return false;
	}
	*out = w;
	return true;
}

void stick_worker_close(struct stick_worker *w) {
	if (w == NULL) {
		return;
	}
	atomic_store(&w->ended, true);
	worker_stop(&w->worker);
	if (w->options.source.stop != NULL) {
		w->options.source.stop(w->options.source.context);
	}
	worker_fini(&w->worker, NULL, NULL);
	free(w);
}

static void order(struct stick_worker *w, const char *folder) {
	struct command *c = xcalloc(1, sizeof *c);
	if (!str_copy(c->folder, sizeof c->folder, folder) || !mailbox_put(w->worker.in, c)) {
		free(c);
	}
}

void stick_worker_look(struct stick_worker *w) { order(w, ""); }

void stick_worker_visit(struct stick_worker *w, const char *folder) {
	atomic_store(&w->ended, false);
	order(w, folder);
}

void stick_worker_end(struct stick_worker *w) { atomic_store(&w->ended, true); }

struct stick_message *stick_worker_take(struct stick_worker *w) {
	return mailbox_take(w->worker.out, 0);
}
