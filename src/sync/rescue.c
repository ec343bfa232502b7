#include "sync/rescue.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "store/file/recent.h"
#include "store/log/identity.h"
#include "store/log/keys.h"
#include "store/write/sign.h"
#include "sync/pieces.h"
#include "sync/replica_store.h"
#include "sync/stick.h"

#define FOLDER "rescue"

static char *rescue_folder(void) {
	char *state = identity_state_folder();
	char *folder = file_join(state, FOLDER);
	free(state);
	return folder;
}

static bool keep(struct store *store, const char *folder, struct err *err) {
	struct replica replica;
	struct stick_report report = {0};
	struct stick_options options = {.folder = folder};
	if (!store_sign(store, err) || !file_mkdirs(folder, err) || !replica_of_store(store, &replica, err)) {
		return false;
	}
	bool ok = stick_visit(&replica, &options, &report, err);
	replica_fini(&replica);
	return ok;
}

/* --- what is in memory ------------------------------------------------------------------------------------------------------------------ */

#define MEMORY_ENDING ".memory"       /* of its file, beside the event's folder: pieces (sync/pieces.h), each an envelope, as on a stick */
#define MEMORY_MAX (64 * 1024 * 1024) /* bytes of such a file */

static char *memory_path(const struct store *store, const char *folder) {
	char *of_event = stick_event_folder(folder, store_event(store));
	char *path = xasprintf("%s" MEMORY_ENDING, of_event);
	free(of_event);
	return path;
}

/* One run from `first` on, signed anew at its end; returns where the next one begins. */
static size_t put_run(const struct store *store, const struct recent *recent, size_t first, struct strbuf *text) {
	const struct key_pair *key = store_station_pair(store);
	struct run run = {.log = recent->log,
			  .author = key->public_key,
			  .from = recent->items[first].seq,
			  .before = first == 0 ? recent->before : recent->items[first - 1].hash};
	size_t i = first, bytes = 0;
	message_begin(text, MESSAGE_STICK);
	message_put_piece(text, '>', &run);
	for (; i < recent->committed && i < first + RECORD_SIGN_EVERY && bytes < RUN_SIGN_BYTES; i++) {
		const struct recent_record *r = &recent->items[i];
		message_put_record(
			text, &(struct run_record){
				      .kind = r->kind, .mono_ms = r->mono_ms, .utc_ms = r->utc_ms, .subject = r->subject, .body = r->body});
		bytes += strlen(r->body);
	}
	char head[RECORD_HEAD_TEXT];
	size_t n = record_head_text(&recent->log, recent->items[i - 1].seq, &recent->items[i - 1].hash, head);
	key_pair_sign(key, head, n, &run.signature);
	message_put_signature(text, &run.signature);
	return i;
}

static bool keep_memory(struct store *store, const char *folder, struct err *err) {
	const struct recent *recent = store_recent(store);
	struct envelope_keys keys = {.event = *store_event(store)};
	struct strbuf file = {0};
	char *path = memory_path(store, folder);
	bool ok = store_known_seal(store, keys.seal) || err_set(err, ERR_REFUSED, "this copy carries no sealing key");
	ok = ok && file_mkdirs(folder, err) && (!file_exists(path) || file_read(path, MEMORY_MAX, &file, err)); /* behind an earlier one */
	for (size_t i = 0; ok && i < recent->committed;) {
		struct strbuf text = {0};
		size_t begin = pieces_begin(&file);
		i = put_run(store, recent, i, &text);
		envelope_close(&keys, store_station_pair(store), (struct octets){text.data, text.len}, &file);
		pieces_end(&file, begin);
		strbuf_fini(&text);
	}
	ok = ok && file_write(path, strbuf_str(&file), file.len, err);
	crypto_wipe(&keys, sizeof keys);
	strbuf_fini(&file);
	free(path);
	return ok;
}

static bool take_piece(const struct replica *replica, struct octets piece, size_t *records, struct err *err) {
	struct strbuf text = {0};
	struct message message = {0};
	struct public_key sender;
	bool ok = envelope_open(&replica->keys, piece, &sender, &text, err) && message_read(&text, &message, err);
	struct intake intake = {.runs = message.runs, .count = message.run_count};
	intake.fates = xcalloc(intake.count + 1, sizeof *intake.fates);
	ok = ok && replica->ops->take(replica->self, &intake, err);
	for (size_t i = 0; ok && i < intake.count; i++) {
		const struct run_fate *fate = &intake.fates[i];
		*records += fate->result.added;
		ok = (!fate->wrong && !fate->failed && fate->result.outcome <= MERGE_KNOWN) ||
		     err_set(err, ERR_INPUT, "%s", fate->wrong ? fate->why : "what came before it is not in this file");
	}
	free(intake.fates);
	message_fini(&message);
	strbuf_fini(&text);
	return ok;
}

static bool take_pieces(const struct replica *replica, const struct strbuf *file, size_t *records, struct err *err) {
	bool ok = true;
	for (size_t at = 0; ok && at < file->len;) {
		struct octets piece;
		if (!pieces_read(file, at, &piece)) {
			return err_set(err, ERR_CORRUPT, "it is cut short");
		}
		ok = take_piece(replica, piece, records, err);
		at += PIECE_LENGTH_LEN + piece.n;
	}
	return ok;
}

static bool take_memory(const struct replica *replica, const char *path, size_t *records, struct err *err) {
	struct strbuf file = {0};
	bool ok = file_read(path, MEMORY_MAX, &file, err) && take_pieces(replica, &file, records, err) && file_remove(path, err);
	strbuf_fini(&file);
	return ok || err_wrap(err, "%s holds what a box had recorded in a file that was overwritten, and it could not be taken over", path);
}

/* --- what is open ------------------------------------------------------------------------------------------------------------------------ */

void rescue_keep(struct store *store, struct err *gone) {
	char *folder = rescue_folder();
	struct err about = *gone, why = {0};
	bool whole = store_verdict(store) != FILE_OVERWRITTEN;
	store_let_go(store);
	if (!whole && store_recent(store)->committed == 0) {
		free(folder);
		return; /* this process recorded nothing in it */
	}
	if (whole ? keep(store, folder, &why) : keep_memory(store, folder, &why)) {
		err_set(gone, ERR_GONE, "%s. %s is kept in %s, and is taken over when the file is back", about.text,
			whole ? "What was in it" : "What this box recorded since it was started", folder);
	} else {
		err_set(gone, ERR_GONE, "%s. What was in it could not be kept in %s: %s", about.text, folder, why.text);
	}
	free(folder);
}

static void remove_all(const char *folder) {
	char **names = NULL;
	size_t count = 0;
	struct err err = {0};
	if (!file_list(folder, STICK_FILES_MAX, &names, &count, &err)) {
		log_warn("store", "%s", err.text);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		char *path = file_join(folder, names[i]);
		unlink(path);
		free(path);
		free(names[i]);
	}
	free(names);
	rmdir(folder);
}

static bool take_folder(const struct replica *replica, const char *folder, const char *of_event, size_t *records, struct err *err) {
	struct stick_report report = {0};
	struct stick_options options = {.folder = folder};
	bool ok = stick_visit(replica, &options, &report, err) &&
		  (report.damaged == 0 || err_set(err, ERR_CORRUPT, "a part of it cannot be read: %s", report.why));
	*records += report.read;
	if (ok) {
		remove_all(of_event);
	}
	return ok || err_wrap(err, "%s holds what was in a file that was taken away, and it could not be taken over", of_event);
}

bool rescue_take(struct store *store, size_t *records, struct err *err) {
	char *folder = rescue_folder(), *of_event = stick_event_folder(folder, store_event(store)), *memory = memory_path(store, folder);
	bool has_folder = file_is_dir(of_event), has_memory = file_exists(memory), ok = true;
	struct replica replica;
	*records = 0;
	if (has_folder || has_memory) {
		ok = replica_of_store(store, &replica, err);
		if (ok) {
			/* Both, whatever becomes of one. */
			struct err second = {0};
			ok = !has_folder || take_folder(&replica, folder, of_event, records, err);
			if (has_memory && !take_memory(&replica, memory, records, &second)) {
				ok = ok ? err_give(err, &second) : false;
			}
			replica_fini(&replica);
		}
		if (*records > 0) { /* else the file that came back had them */
			log_info("store", "%zu records of a file that was taken away are in %s again", *records, store_path(store));
		}
	}
	free(memory);
	free(of_event);
	free(folder);
	return ok;
}

static struct store *open_and_take(struct store *store) {
	struct err why = {0};
	size_t records;
	if (store != NULL && !rescue_take(store, &records, &why)) {
		log_warn("store", "%s", why.text);
	}
	return store;
}

struct store *rescue_open(const char *path, const char *program, struct err *err) {
	return open_and_take(store_open(path, STORE_WRITE, program, err));
}

struct store *rescue_open_event(const char *path, const struct hash *event, const char *program, struct err *err) {
	struct store *store = store_open(path, STORE_WRITE, program, err);
	if (store != NULL && !crypto_hash_eq(store_event(store), event)) {
		err_set(err, ERR_GONE, "%s is the file of another event", path);
		store_close(store);
		return NULL;
	}
	return open_and_take(store);
}
