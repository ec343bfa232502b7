/* A USB stick: what it carries arrives, and what is wrong with it is told and mended. */
#include "lib/craft.h"
#include "lib/trip.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "store/read/people.h"
#include "store/read/settings.h"
#include "sync/replica_store.h"

/* --- carrying -------------------------------------------------------------------------------------------------------------------------------- */

static void it_carries_both_ways(void **state) {
	struct trip *t = *state;
	char id[PERSON_ID_LEN + 1];
	meet_check_in(t->box, "CODE-A");
	meet_walk_in(t->box, "Ївга", id);
	struct stick_report first = trip_visit(t->box, t->stick);
	assert_true(first.written > 0 && first.read == 0 && first.damaged == 0 && first.files > 0);
	meet_check_in(t->laptop, "CODE-B");
	struct stick_report second = trip_visit(t->laptop, t->stick);
	assert_true(second.read > 0 && second.written > 0);
	struct stick_report third = trip_visit(t->box, t->stick);
	assert_true(third.read > 0 && third.written == 0 && third.files == 0);
	meet_assert_same(t->laptop, t->box);
	meet_assert_sound(t->laptop);
	struct stick_report again = trip_visit(t->laptop, t->stick);
	assert_int_equal(again.read + again.written + again.files, 0);
	trip_assert_carries_all(t, "c.turnout");
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
	trip_visit(t->laptop, t->stick);
	struct stick_report report = trip_visit(t->box, t->stick);
	assert_true(report.branched && report.damaged == 0);
	report = trip_visit(t->laptop, t->stick);
	assert_true(report.branched && report.damaged == 0);
	meet_assert_same(t->laptop, t->box);
	trip_assert_carries_all(t, "c.turnout");
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
		trip_read(path, &file);
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
	trip_visit(t->box, t->stick);
	assert_true(stick_holds(t, "Зникла"));
	meet_stores(t->laptop, t->box, &report);
	meet_erase(t->laptop, id);
	trip_visit(t->laptop, t->stick);
	assert_false(stick_holds(t, "Зникла"));
	/* To a box that still has it, and to one that never had. */
	struct stick_report third = trip_visit(t->box, t->stick);
	assert_int_equal(third.damaged, 0);
	meet_assert_same(t->laptop, t->box);
	assert_false(stick_holds(t, "Зникла"));
	trip_assert_carries_all(t, "c.turnout");
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
	struct store *second = event_sample_open_as(t->s, path, 9);
	assert_ok(person_resolve(second, "CODE-A", &row, &err));
	person_set(&p, PERSON_NAME, "Ївга Зникла");
	assert_ok(store_begin(second, &err) && person_edit(second, &(struct person_edit){.id = row.id, .set = &p}, &err) &&
		  store_commit(second, &err));
	store_close(second);
	event_sample_sql(path, "DELETE FROM signature WHERE log = (SELECT max(id) FROM log)");
	meet_erase(t->laptop, row.id);
	trip_visit(t->laptop, t->stick);
	second = event_sample_open(path);
	trip_visit(second, t->stick);
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
	struct stick_report report = trip_visit(t->laptop, t->stick);
	assert_int_equal(report.damaged, 1);
	assert_holds(report.why, why);
	assert_holds(report.why, file_base_name(path));
	report = trip_visit(t->laptop, t->stick);
	assert_int_equal(report.damaged + report.written + report.read, 0);
}

static void a_file_that_was_cut_or_changed_is_mended(void **state) {
	struct trip *t = *state;
	struct exchange_report report;
	struct strbuf whole = {0};
	for (int i = 0; i < 3; i++) { /* three visits, three pieces */
		meet_check_in(t->box, "CODE-A");
		trip_visit(t->box, t->stick);
	}
	meet_stores(t->laptop, t->box, &report);
	char *path = trip_log_file(t, store_station(t->box));
	trip_read(path, &whole);
	const size_t cuts[] = {1, 3, 4, 5, 40, whole.len / 2, whole.len - 1};
	for (size_t i = 0; i < COUNT_OF(cuts); i++) {
		trip_write(path, whole.data, cuts[i]);
		assert_mended(t, path, "cut short");
	}
	const size_t flips[] = {0, 4, 60, whole.len / 2, whole.len - 1};
	for (size_t i = 0; i < COUNT_OF(flips); i++) {
		whole.data[flips[i]] = (char)(whole.data[flips[i]] ^ 1);
		trip_write(path, whole.data, whole.len);
		whole.data[flips[i]] = (char)(whole.data[flips[i]] ^ 1);
		assert_mended(t, path, flips[i] == 0 ? "cut short" : "changed");
	}
	trip_write(path, whole.data, whole.len);
	trip_assert_carries_all(t, "c.turnout");
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
	trip_write(path, file.data, file.len);
	struct stick_report report = trip_visit(t->laptop, t->stick);
	assert_int_equal(report.read, 4);
	assert_int_equal(report.damaged, 1);
	report = trip_visit(t->laptop, t->stick);
	assert_int_equal(report.read + report.written + report.damaged, 0);
	trip_assert_carries_all(t, "c.turnout");
	free(path);
	strbuf_fini(&text);
	strbuf_fini(&lines);
	strbuf_fini(&file);
}

static void same_bytes(const char *path, const struct strbuf *wanted) {
	struct strbuf file = {0};
	trip_read(path, &file);
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
	trip_visit(t->laptop, t->stick);
	char *path = trip_log_file(t, store_organiser(t->laptop));
	trip_read(path, &file);
	size_t whole = file.len;
	for (int envelope = 0; envelope < 2; envelope++) { /* a newer message; a newer envelope */
		file.len = whole;
		strbuf_reset(&text);
		strbuf_adds(&text, envelope ? "turnout-exchange-1\tstick\n" : "turnout-exchange-2\tstick\n");
		assert_ok(replica_of_store(t->laptop, &replica, &err));
		put_piece(&file, &replica, &text);
		replica_fini(&replica);
		file.data[whole + 4 + strlen("TURNOUT")] = envelope ? '2' : '1';
		trip_write(path, file.data, file.len);
		report = trip_visit(t->laptop, t->stick);
		assert_true(report.newer == 1 && report.damaged == 0 && report.written == 0);
		same_bytes(path, &file);
	}
	meet_check_in(t->box, "CODE-B");
	report = trip_visit(t->box, t->stick); /* what stands before it is read */
	assert_true(report.newer == 1 && report.read > 0 && report.written > 0);
	assert_ok(store_begin(t->laptop, &err) && setting_put(t->laptop, "place", "Київ", &err) && store_commit(t->laptop, &err));
	assert_false(trip_try(t->laptop, t->stick, &report, &err));
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
	trip_write(theirs, "theirs", 6);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		char *path = file_join(t->folder, names[i]);
		trip_write(path, names[i], strlen(names[i]));
		free(path);
	}
	struct stick_report report = trip_visit(t->box, t->stick);
	assert_int_equal(report.damaged, 0);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct strbuf file = {0};
		char *path = file_join(t->folder, names[i]);
		trip_read(path, &file);
		assert_string_equal(strbuf_str(&file), names[i]);
		strbuf_fini(&file);
		free(path);
	}
	/* One of our names that holds another log, or nothing: told, mended by being emptied, and no harm done. */
	char *path = file_join(t->folder, "0123456789abcdef0123456789abcdef.runs");
	trip_write(path, "hello", 5);
	report = trip_visit(t->box, t->stick);
	assert_int_equal(report.damaged, 1);
	assert_holds(report.why, "0123456789abcdef0123456789abcdef.runs");
	free(path);
	free(theirs);
	free(other);
}

/* Nor may our folder there be a link: it would choose where on this machine is written. */
static void a_link_for_our_folder(void **state) {
	struct trip *t = *state;
	struct err err = {0};
	struct stick_report report;
	struct stick_options options = {.folder = t->stick};
	char *elsewhere = scratch_path(t->s, "elsewhere");
	char **names = NULL;
	size_t count = 0;
	assert_ok(file_mkdirs(elsewhere, &err));
	assert_int_equal(symlink(elsewhere, t->folder), 0);
	struct replica replica;
	assert_ok(replica_of_store(t->laptop, &replica, &err));
	assert_false(stick_visit(&replica, &options, &report, &err));
	assert_holds(err.text, "is a link");
	replica_fini(&replica);
	assert_ok(file_list(elsewhere, 10, &names, &count, &err));
	assert_int_equal(count, 0);
	free(names);
	free(elsewhere);
}

/* Who prepared the stick may mean harm: a link must not lead our writing to another file, nor a pipe make us wait. */
static void links_and_pipes_on_a_stick(void **state) {
	struct trip *t = *state;
	struct strbuf file = {0};
	struct err err = {0};
	char **names = NULL;
	size_t count = 0;
	trip_visit(t->laptop, t->stick);
	assert_ok(file_list(t->folder, 100, &names, &count, &err));
	assert_true(count > 0);
	char *precious = scratch_path(t->s, "precious"), *runs = file_join(t->folder, names[0]), *part = xasprintf("%s.new", runs);
	trip_write(precious, "precious", 8);
	assert_int_equal(unlink(runs) + symlink(precious, runs) + symlink(precious, part), 0);
	char *pipe = file_join(t->folder, "0123456789abcdef0123456789abcdef.runs");
	assert_int_equal(mkfifo(pipe, 0600), 0);
	struct stick_report report = trip_visit(t->laptop, t->stick);
	assert_int_equal(report.damaged, 2);
	assert_holds(report.why, "no file");
	trip_read(precious, &file);
	assert_string_equal(strbuf_str(&file), "precious");
	assert_int_equal(unlink(pipe), 0);
	trip_assert_carries_all(t, "c.turnout");
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

int main(void) {
	const struct CMUnitTest tests[] = {
		TRIP(it_carries_both_ways),
		TRIP(a_branched_log_is_carried),
		TRIP(links_and_pipes_on_a_stick),
		TRIP(a_link_for_our_folder),
		TRIP(what_was_erased_leaves_the_stick),
		TRIP(what_was_erased_before_it_was_signed),
		TRIP(a_file_that_was_cut_or_changed_is_mended),
		TRIP(a_piece_that_is_half_right),
		TRIP(a_newer_turnouts_pieces_stay),
		TRIP(what_is_not_ours_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
