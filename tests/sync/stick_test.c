/* A USB stick: what it carries arrives, what is wrong with it is told and mended, and what was on it stays when a visit fails. */
#include "sync/stick.h"

#include "lib/craft.h"
#include "lib/meet.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "store/edit.h"
#include "store/people.h"
#include "sync/replica_store.h"

/* --- visits ---------------------------------------------------------------------------------------------------------------------------------- */

static bool try_visit(struct store *store, const char *folder, struct stick_report *report, struct err *err) {
	struct replica replica;
	bool ok = replica_of_store(store, &replica, err);
	ok = ok && stick_visit(&replica, &(struct stick_options){.folder = folder}, report, err);
	replica_fini(&replica);
	return ok;
}

static struct stick_report visit(struct store *store, const char *folder) {
	struct err err = {0};
	struct stick_report report;
	assert_ok(try_visit(store, folder, &report, &err));
	return report;
}

/* Two boxes of the sample event, and a stick. */
struct trip {
	struct scratch *s;
	struct store *laptop, *box;
	char *stick;
	char *folder; /* of the event on the stick */
};

static int trip_open(void **state) {
	struct trip *t = xcalloc(1, sizeof *t);
	struct exchange_report report;
	struct err err = {0};
	void *scratch = NULL;
	char hex[17];
	if (scratch_open(&scratch) != 0) {
		return -1;
	}
	t->s = scratch;
	char *path = event_sample_make(t->s, "a.turnout");
	event_sample_device(t->s, 0);
	t->laptop = event_sample_open(path);
	t->box = meet_adopt(t->s, t->laptop, "b.turnout", 7);
	meet_stores(t->box, t->laptop, &report);
	str_hex(store_event(t->laptop)->b, 8, hex);
	t->stick = scratch_path(t->s, "stick");
	t->folder = xasprintf("%s/turnout-%s", t->stick, hex);
	free(path);
	*state = t;
	return file_mkdirs(t->stick, &err) ? 0 : -1;
}

static int trip_close(void **state) {
	struct trip *t = *state;
	void *scratch = t->s;
	store_close(t->laptop);
	store_close(t->box);
	scratch_close(&scratch);
	free(t->stick);
	free(t->folder);
	free(t);
	return 0;
}

/* The path of a log's file on the stick. */
static char *log_file(const struct trip *t, const struct public_key *author) {
	struct err err = {0};
	struct replica replica;
	char hex[33];
	assert_ok(replica_of_store(t->box, &replica, &err));
	struct head head = meet_head_of(&replica, author);
	replica_fini(&replica);
	str_hex(head.log.b, 16, hex);
	return xasprintf("%s/%s.runs", t->folder, hex);
}

static void read_whole(const char *path, struct strbuf *out) {
	struct err err = {0};
	assert_ok(file_read(path, STICK_FILE_MAX, out, &err));
}

static void write_whole(const char *path, const void *data, size_t n) {
	struct err err = {0};
	assert_ok(file_write(path, data, n, 0600, &err));
}

/* The laptop has whatever the stick has, and the other way round. */
static void assert_carries_all(const struct trip *t, const char *name) {
	struct store *fresh = meet_adopt(t->s, t->laptop, name, 30);
	struct stick_report report = visit(fresh, t->stick);
	assert_int_equal(report.damaged, 0);
	meet_assert_same(t->laptop, fresh);
	meet_assert_sound(fresh);
	store_close(fresh);
}

/* --- carrying -------------------------------------------------------------------------------------------------------------------------------- */

static void it_carries_both_ways(void **state) {
	struct trip *t = *state;
	char id[PERSON_ID_LEN + 1];
	meet_check_in(t->box, "CODE-A");
	meet_walk_in(t->box, "Ївга", id);
	struct stick_report first = visit(t->box, t->stick);
	assert_true(first.written > 0 && first.read == 0 && first.damaged == 0 && first.files > 0);
	meet_check_in(t->laptop, "CODE-B");
	struct stick_report second = visit(t->laptop, t->stick);
	assert_true(second.read > 0 && second.written > 0);
	struct stick_report third = visit(t->box, t->stick);
	assert_true(third.read > 0 && third.written == 0 && third.files == 0);
	meet_assert_same(t->laptop, t->box);
	meet_assert_sound(t->laptop);
	struct stick_report again = visit(t->laptop, t->stick);
	assert_int_equal(again.read + again.written + again.files, 0);
	assert_carries_all(t, "c.turnout");
}

static void a_branched_log_is_carried(void **state) {
	struct trip *t = *state;
	struct craft_member m = craft_member_of(t->laptop);
	struct craft trunk, branch;
	struct strbuf text = {0}, other = {0};
	craft_join(&trunk, &m, t->laptop, 1, &text);
	strbuf_add(&other, text.data, text.len);
	branch = trunk;
	craft_notes(&trunk, "trunk", 3, &text);
	craft_notes(&branch, "branch", 5, &other);
	craft_give(t->laptop, &text);
	craft_give(t->box, &other);
	visit(t->laptop, t->stick);
	struct stick_report report = visit(t->box, t->stick);
	assert_true(report.branched && report.damaged == 0);
	report = visit(t->laptop, t->stick);
	assert_true(report.branched && report.damaged == 0);
	meet_assert_same(t->laptop, t->box);
	assert_carries_all(t, "c.turnout");
	strbuf_fini(&text);
	strbuf_fini(&other);
}

/* --- erasures -------------------------------------------------------------------------------------------------------------------------------- */

/* Does any piece on the stick hold the text, once it is unsealed? */
static bool stick_holds(const struct trip *t, const char *part) {
	struct err err = {0};
	struct replica replica;
	char **names = NULL;
	size_t count = 0;
	bool found = false;
	assert_ok(replica_of_store(t->laptop, &replica, &err));
	assert_ok(file_list(t->folder, STICK_FILES_MAX, &names, &count, &err));
	for (size_t i = 0; i < count; i++) {
		struct strbuf file = {0};
		char *path = file_join(t->folder, names[i]);
		read_whole(path, &file);
		for (size_t at = 0; at + 4 < file.len;) {
			const uint8_t *b = (const uint8_t *)file.data + at;
			size_t n = (size_t)b[0] << 24 | (size_t)b[1] << 16 | (size_t)b[2] << 8 | b[3];
			struct strbuf text = {0};
			struct public_key sender;
			assert_ok(envelope_open(&replica.keys, (struct octets){b + 4, n}, &sender, &text, &err));
			found = found || strstr(strbuf_str(&text), part) != NULL;
			strbuf_fini(&text);
			at += 4 + n;
		}
		strbuf_fini(&file);
		free(path);
		free(names[i]);
	}
	free(names);
	replica_fini(&replica);
	return found;
}

static void what_was_erased_leaves_the_stick(void **state) {
	struct trip *t = *state;
	struct exchange_report report;
	char id[PERSON_ID_LEN + 1];
	meet_walk_in(t->box, "Ївга Зникла", id);
	visit(t->box, t->stick);
	assert_true(stick_holds(t, "Зникла"));
	meet_stores(t->laptop, t->box, &report);
	meet_erase(t->laptop, id);
	visit(t->laptop, t->stick);
	assert_false(stick_holds(t, "Зникла"));
	/* To a box that still has it, and to one that never had. */
	struct stick_report third = visit(t->box, t->stick);
	assert_int_equal(third.damaged, 0);
	meet_assert_same(t->laptop, t->box);
	assert_false(stick_holds(t, "Зникла"));
	assert_carries_all(t, "c.turnout");
}

/* A laptop that was cut off before it signed an edit, and learns of the erasure first: what is left of the edit is signed, and goes out. */
static void what_was_erased_before_it_was_signed(void **state) {
	struct trip *t = *state;
	struct exchange_report report;
	struct err err = {0};
	struct person p = {0};
	struct person_row row;
	char *path = scratch_path(t->s, "second.turnout");
	char *command = xasprintf("cp '%s.key' '%s.key'", store_path(t->laptop), path);
	meet_copy(store_path(t->laptop), path);
	assert_int_equal(system(command), 0);
	event_sample_device(t->s, 9);
	struct store *second = event_sample_open(path);
	assert_ok(person_resolve(second, "CODE-A", &row, &err));
	person_set(&p, PERSON_NAME, "Ївга Зникла");
	assert_ok(store_begin(second, &err) && person_edit(second, &(struct person_edit){.id = row.id, .set = &p}, &err) &&
		  store_commit(second, &err));
	store_close(second);
	event_sample_sql(path, "DELETE FROM signature WHERE log = (SELECT max(id) FROM log)");
	meet_erase(t->laptop, row.id);
	visit(t->laptop, t->stick);
	second = event_sample_open(path);
	visit(second, t->stick);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM record WHERE body LIKE '%Зникла%'"), 0);
	meet_stores(t->laptop, second, &report);
	meet_assert_same(t->laptop, second);
	meet_assert_sound(second);
	assert_int_equal(event_sample_number(path, "SELECT count(*) FROM log WHERE id NOT IN (SELECT log FROM signature)"), 0);
	store_close(second);
	person_row_fini(&row);
	person_fini(&p);
	free(command);
	free(path);
}

/* --- damage ---------------------------------------------------------------------------------------------------------------------------------- */

static void assert_mended(const struct trip *t, const char *path, const char *why) {
	struct stick_report report = visit(t->laptop, t->stick);
	assert_int_equal(report.damaged, 1);
	assert_holds(report.why, why);
	assert_holds(report.why, file_base_name(path));
	report = visit(t->laptop, t->stick);
	assert_int_equal(report.damaged + report.written + report.read, 0);
}

static void a_file_that_was_cut_or_changed_is_mended(void **state) {
	struct trip *t = *state;
	struct exchange_report report;
	struct strbuf whole = {0};
	for (int i = 0; i < 3; i++) { /* three visits, three pieces */
		meet_check_in(t->box, "CODE-A");
		visit(t->box, t->stick);
	}
	meet_stores(t->laptop, t->box, &report);
	char *path = log_file(t, store_station(t->box));
	read_whole(path, &whole);
	const size_t cuts[] = {1, 3, 4, 5, 40, whole.len / 2, whole.len - 1};
	for (size_t i = 0; i < COUNT_OF(cuts); i++) {
		write_whole(path, whole.data, cuts[i]);
		assert_mended(t, path, "cut short");
	}
	const size_t flips[] = {0, 4, 60, whole.len / 2, whole.len - 1};
	for (size_t i = 0; i < COUNT_OF(flips); i++) {
		whole.data[flips[i]] = (char)(whole.data[flips[i]] ^ 1);
		write_whole(path, whole.data, whole.len);
		whole.data[flips[i]] = (char)(whole.data[flips[i]] ^ 1);
		assert_mended(t, path, flips[i] == 0 ? "cut short" : "changed");
	}
	write_whole(path, whole.data, whole.len);
	assert_carries_all(t, "c.turnout");
	strbuf_fini(&whole);
	free(path);
}

static void put_piece(struct strbuf *out, const struct replica *replica, const struct strbuf *text) {
	struct strbuf envelope = {0};
	envelope_close(&replica->keys, &replica->signer, (struct octets){text->data, text->len}, &envelope);
	for (int shift = 24; shift >= 0; shift -= 8) {
		strbuf_addc(out, (char)(envelope.len >> shift));
	}
	strbuf_add(out, envelope.data, envelope.len);
	strbuf_fini(&envelope);
}

/* A piece of which a part is right: that part is taken, but as the piece does not stay, the stick lacks it and gets it anew. */
static void a_piece_that_is_half_right(void **state) {
	struct trip *t = *state;
	struct err err = {0};
	struct replica replica;
	struct craft_member m = craft_member_of(t->laptop);
	struct craft right, wrong;
	struct strbuf text = {0}, lines = {0}, file = {0};
	char hex[33];
	craft_join(&right, &m, t->laptop, 1, &lines);
	wrong = right;
	craft_notes(&right, "right", 3, &lines);
	craft_notes(&wrong, "wrong", 3, &lines);
	lines.data[lines.len - 2] = lines.data[lines.len - 2] == '0' ? '1' : '0'; /* its signature */
	message_begin(&text, MESSAGE_STICK);
	strbuf_add(&text, lines.data, lines.len);
	assert_ok(replica_of_store(t->laptop, &replica, &err));
	put_piece(&file, &replica, &text);
	replica_fini(&replica);
	assert_ok(file_mkdirs(t->folder, &err));
	str_hex(right.log.b, 16, hex);
	char *path = xasprintf("%s/%s.runs", t->folder, hex);
	write_whole(path, file.data, file.len);
	struct stick_report report = visit(t->laptop, t->stick);
	assert_int_equal(report.read, 4);
	assert_int_equal(report.damaged, 1);
	report = visit(t->laptop, t->stick);
	assert_int_equal(report.read + report.written + report.damaged, 0);
	assert_carries_all(t, "c.turnout");
	free(path);
	strbuf_fini(&text);
	strbuf_fini(&lines);
	strbuf_fini(&file);
}

static void same_bytes(const char *path, const struct strbuf *wanted) {
	struct strbuf file = {0};
	read_whole(path, &file);
	assert_int_equal(file.len, wanted->len);
	assert_memory_equal(file.data, wanted->data, file.len);
	strbuf_fini(&file);
}

/* Neither read on nor written anew, however much is lacking there; the other logs come and go as ever. */
static void a_newer_turnouts_pieces_stay(void **state) {
	struct trip *t = *state;
	struct err err = {0};
	struct replica replica;
	struct stick_report report;
	struct strbuf text = {0}, file = {0};
	meet_check_in(t->laptop, "CODE-A");
	visit(t->laptop, t->stick);
	char *path = log_file(t, store_organiser(t->laptop));
	read_whole(path, &file);
	size_t whole = file.len;
	for (int envelope = 0; envelope < 2; envelope++) { /* a newer message; a newer envelope */
		file.len = whole;
		strbuf_reset(&text);
		strbuf_adds(&text, envelope ? "turnout-exchange-1\tstick\n" : "turnout-exchange-2\tstick\n");
		assert_ok(replica_of_store(t->laptop, &replica, &err));
		put_piece(&file, &replica, &text);
		replica_fini(&replica);
		file.data[whole + 4 + strlen("TURNOUT")] = envelope ? '2' : '1';
		write_whole(path, file.data, file.len);
		report = visit(t->laptop, t->stick);
		assert_true(report.newer == 1 && report.damaged == 0 && report.written == 0);
		same_bytes(path, &file);
	}
	meet_check_in(t->box, "CODE-B");
	report = visit(t->box, t->stick); /* what stands before it is read */
	assert_true(report.newer == 1 && report.read > 0 && report.written > 0);
	assert_ok(store_begin(t->laptop, &err) && setting_put(t->laptop, "place", "Київ", &err) && store_commit(t->laptop, &err));
	assert_false(try_visit(t->laptop, t->stick, &report, &err));
	assert_int_equal(err.kind, ERR_VERSION);
	assert_holds(err.text, file_base_name(path));
	assert_true(report.read > 0 && report.newer == 1);
	same_bytes(path, &file);
	free(path);
	strbuf_fini(&text);
	strbuf_fini(&file);
}

/* What another system, another program or another event put there is neither read nor touched. */
static void what_is_not_ours_stays(void **state) {
	static const char *const names[] = {"readme.txt", "._0123456789abcdef0123456789abcdef.runs",
					    "0123456789ABCDEF0123456789abcdef.runs", "0123456789abcdef0123456789abcdef.runs.bak",
					    "0123456789abcdef0123456789abcde.runs"};
	struct trip *t = *state;
	struct err err = {0};
	char *other = xasprintf("%s/turnout-0000000000000000", t->stick);
	char *theirs = file_join(other, names[3]);
	assert_ok(file_mkdirs(t->folder, &err) && file_mkdirs(other, &err));
	write_whole(theirs, "theirs", 6);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		char *path = file_join(t->folder, names[i]);
		write_whole(path, names[i], strlen(names[i]));
		free(path);
	}
	struct stick_report report = visit(t->box, t->stick);
	assert_int_equal(report.damaged, 0);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct strbuf file = {0};
		char *path = file_join(t->folder, names[i]);
		read_whole(path, &file);
		assert_string_equal(strbuf_str(&file), names[i]);
		strbuf_fini(&file);
		free(path);
	}
	/* One of our names that holds another log, or nothing: told, mended by being emptied, and no harm done. */
	char *path = file_join(t->folder, "0123456789abcdef0123456789abcdef.runs");
	write_whole(path, "hello", 5);
	report = visit(t->box, t->stick);
	assert_int_equal(report.damaged, 1);
	assert_holds(report.why, "0123456789abcdef0123456789abcdef.runs");
	free(path);
	free(theirs);
	free(other);
}

/* Who prepared the stick may mean harm: a link must not lead our writing to another file, nor a pipe make us wait. */
static void links_and_pipes_on_a_stick(void **state) {
	struct trip *t = *state;
	struct strbuf file = {0};
	struct err err = {0};
	char **names = NULL;
	size_t count = 0;
	visit(t->laptop, t->stick);
	assert_ok(file_list(t->folder, 100, &names, &count, &err));
	assert_true(count > 0);
	char *precious = scratch_path(t->s, "precious"), *runs = file_join(t->folder, names[0]), *part = xasprintf("%s.new", runs);
	write_whole(precious, "precious", 8);
	assert_int_equal(unlink(runs) + symlink(precious, runs) + symlink(precious, part), 0);
	char *pipe = file_join(t->folder, "0123456789abcdef0123456789abcdef.runs");
	assert_int_equal(mkfifo(pipe, 0600), 0);
	struct stick_report report = visit(t->laptop, t->stick);
	assert_int_equal(report.damaged, 2);
	assert_holds(report.why, "no file");
	read_whole(precious, &file);
	assert_string_equal(strbuf_str(&file), "precious");
	assert_int_equal(unlink(pipe), 0);
	assert_carries_all(t, "c.turnout");
	strbuf_fini(&file);
	for (size_t i = 0; i < count; i++) {
		free(names[i]);
	}
	free(names);
	free(pipe);
	free(part);
	free(runs);
	free(precious);
}

/* --- what fails ------------------------------------------------------------------------------------------------------------------------------ */

static void assert_fails(const struct trip *t, const char *folder, enum err_kind kind) {
	struct err err = {0};
	struct stick_report report;
	assert_false(try_visit(t->box, folder, &report, &err));
	assert_int_equal(err.kind, kind);
}

static void a_folder_that_is_not_there(void **state) {
	struct trip *t = *state;
	char *missing = scratch_path(t->s, "nostick");
	assert_fails(t, missing, ERR_NOT_FOUND);
	write_whole(missing, "a file", 6);
	assert_fails(t, missing, ERR_NOT_FOUND);
	write_whole(t->folder, "in the way", 10);
	assert_fails(t, t->stick, ERR_SYSTEM);
	free(missing);
}

struct stopping {
	size_t calls, stop_at;
};

static bool stop(void *context, enum stick_step step, size_t done, size_t count) {
	struct stopping *s = context;
	assert_true(done <= count && (step == STICK_READING || step == STICK_WRITING));
	return ++s->calls != s->stop_at;
}

static void a_visit_can_be_ended_anywhere(void **state) {
	struct trip *t = *state;
	struct err err = {0};
	struct stick_report report;
	struct replica replica;
	struct stopping all = {.stop_at = 0};
	visit(t->laptop, t->stick);
	assert_ok(replica_of_store(t->box, &replica, &err));
	struct stick_options options = {.folder = t->stick, .progress = stop, .context = &all};
	meet_check_in(t->box, "CODE-A");
	for (size_t at = 1; at < 100; at++) {
		struct stopping some = {.stop_at = at};
		options.context = &some;
		if (stick_visit(&replica, &options, &report, &err)) {
			assert_true(some.calls < at);
			break;
		}
		assert_int_equal(err.kind, ERR_REFUSED);
	}
	replica_fini(&replica);
	visit(t->laptop, t->stick);
	meet_assert_same(t->laptop, t->box);
	assert_carries_all(t, "c.turnout");
}

struct seen_steps {
	size_t last[2], count[2], inside[2]; /* by enum stick_step */
	size_t thirds[3];                    /* of writing */
};

static bool see(void *context, enum stick_step step, size_t done, size_t count) {
	struct seen_steps *s = context;
	assert_true(done >= s->last[step] && done <= count && (s->count[step] == 0 || s->count[step] == count));
	s->inside[step] += done > s->last[step] && done < count;
	s->thirds[done >= count ? 2 : done * 3 / count] += step == STICK_WRITING;
	s->last[step] = done;
	s->count[step] = count;
	return true;
}

/* The bar of one large log moves while it is read, made, written and read back. */
static void one_large_log_is_told_bit_by_bit(void **state) {
	struct trip *t = *state;
	struct err err = {0};
	struct stick_report report;
	struct replica replica;
	struct seen_steps steps = {.thirds = {0}};
	uint8_t random[900];
	char place[1801];
	assert_ok(store_begin(t->laptop, &err));
	for (int i = 0; i < 300; i++) { /* of which packing makes little less */
		crypto_random(random, sizeof random);
		str_hex(random, sizeof random, place);
		assert_ok(setting_put(t->laptop, "place", place, &err));
	}
	assert_ok(store_commit(t->laptop, &err));
	assert_ok(replica_of_store(t->laptop, &replica, &err));
	replica.message_max = 20000;
	struct stick_options options = {.folder = t->stick, .progress = see, .context = &steps};
	assert_ok(stick_visit(&replica, &options, &report, &err));
	assert_true(steps.thirds[0] > 4 && steps.thirds[1] > 0 && steps.thirds[2] > 4 && steps.inside[STICK_WRITING] > 10);
	replica_fini(&replica);
	steps = (struct seen_steps){.last = {0}};
	assert_ok(replica_of_store(t->box, &replica, &err) && stick_visit(&replica, &options, &report, &err));
	replica_fini(&replica);
	assert_true(report.read >= 300 && steps.inside[STICK_READING] > 4);
	assert_true(steps.last[STICK_READING] == steps.count[STICK_READING] && steps.last[STICK_WRITING] == steps.count[STICK_WRITING]);
	assert_carries_all(t, "c.turnout");
}

/* A small file system in memory over the stick's folder, in a name space of this process alone. False where only root may. */
static bool mount_small(const char *folder, const char *options) {
	static bool apart;
	apart = apart || unshare(CLONE_NEWNS) == 0;
	return apart && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 && mount("stick", folder, "tmpfs", 0, options) == 0;
}

static void a_stick_that_is_full(void **state) {
	struct trip *t = *state;
	struct err err = {0};
	char id[PERSON_ID_LEN + 1];
	if (!mount_small(t->stick, "size=256k")) {
		print_message("SKIPPED: a full stick: only root may mount one\n");
		skip();
	}
	visit(t->laptop, t->stick);
	char *ballast = file_join(t->stick, "holiday.mp4");
	char zeros[4096] = {0};
	FILE *film = fopen(ballast, "w");
	while (film != NULL && fwrite(zeros, 1, sizeof zeros, film) == sizeof zeros && fflush(film) == 0) {
	}
	if (film != NULL) {
		fclose(film); /* it did not all go in: that is the point */
	}
	for (int i = 0; i < 20; i++) {
		meet_walk_in(t->box, "Довге Імʼя Людини, якого нема де записати", id);
	}
	struct stick_report failed;
	assert_false(try_visit(t->box, t->stick, &failed, &err));
	assert_int_equal(err.kind, ERR_SYSTEM);
	assert_int_equal(failed.written, 0); /* what did not get there is not told as written */
	/* What was on it before is whole. */
	struct store *fresh = meet_adopt(t->s, t->laptop, "c.turnout", 30);
	struct stick_report report;
	assert_false(try_visit(fresh, t->stick, &report, &err) && report.damaged != 0);
	assert_int_equal(report.damaged, 0);
	store_close(fresh);
	assert_ok(file_remove(ballast, &err));
	report = visit(t->box, t->stick);
	assert_true(report.damaged == 0 && report.written > 0);
	visit(t->laptop, t->stick);
	meet_assert_same(t->laptop, t->box);
	umount(t->stick);
	free(ballast);
}

static void a_stick_that_is_write_protected(void **state) {
	struct trip *t = *state;
	if (!mount_small(t->stick, "size=4m")) {
		print_message("SKIPPED: a write-protected stick: only root may mount one\n");
		skip();
	}
	meet_check_in(t->laptop, "CODE-A");
	visit(t->laptop, t->stick);
	assert_int_equal(mount(NULL, t->stick, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
	/* Nothing to write: it is read all the same. */
	struct store *fresh = meet_adopt(t->s, t->laptop, "c.turnout", 30);
	assert_true(visit(fresh, t->stick).read > 0);
	meet_assert_same(t->laptop, fresh);
	store_close(fresh);
	meet_check_in(t->box, "CODE-B");
	assert_fails(t, t->stick, ERR_SYSTEM);
	/* What could be read was taken, although the visit failed. */
	struct exchange_report report;
	meet_stores(t->box, t->laptop, &report);
	assert_int_equal(report.received, 0);
	umount(t->stick);
}

#define TRIP(f) cmocka_unit_test_setup_teardown(f, trip_open, trip_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TRIP(it_carries_both_ways),
		TRIP(a_branched_log_is_carried),
		TRIP(links_and_pipes_on_a_stick),
		TRIP(what_was_erased_leaves_the_stick),
		TRIP(what_was_erased_before_it_was_signed),
		TRIP(a_file_that_was_cut_or_changed_is_mended),
		TRIP(a_piece_that_is_half_right),
		TRIP(a_newer_turnouts_pieces_stay),
		TRIP(what_is_not_ours_stays),
		TRIP(a_folder_that_is_not_there),
		TRIP(a_visit_can_be_ended_anywhere),
		TRIP(one_large_log_is_told_bit_by_bit),
		TRIP(a_stick_that_is_full),
		TRIP(a_stick_that_is_write_protected),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
