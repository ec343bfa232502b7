/* What lies on a USB stick: any bytes as a log's file, or pieces (parts end with a byte 0x1E) that are sealed. A visit takes what is right, says that
 * the rest is damaged, and mends it. */
#include "fuzz/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "sync/stick.h"

#define BYTES 0x80

static void put_piece(const struct fuzz_file *f, enum fuzz_key who, struct octets part, struct strbuf *file) {
	struct strbuf text = {0}, envelope = {0};
	message_begin(&text, MESSAGE_STICK);
	fuzz_text(part.data, part.n, who, &text);
	envelope_close(&f->replica.keys, &fuzz_world()->keys[who], (struct octets){text.data, text.len}, &envelope);
	for (int shift = 24; shift >= 0; shift -= 8) {
		strbuf_addc(file, (char)(envelope.len >> shift));
	}
	strbuf_add(file, envelope.data, envelope.len);
	strbuf_fini(&text);
	strbuf_fini(&envelope);
}

static void visit(const struct fuzz_file *f, const char *folder, struct stick_report *report) {
	struct err err = {0};
	if (!stick_visit(&f->replica, &(struct stick_options){.folder = folder}, report, &err)) {
		fuzz_fail(__FILE__, __LINE__, err.text);
	}
}

static void remove_all(const char *stick, const char *event) {
	char **names = NULL;
	size_t count = 0;
	struct err err = {0};
	char *folder = file_join(stick, event);
	if (file_is_dir(folder) && file_list(folder, 1000, &names, &count, &err)) {
		for (size_t i = 0; i < count; i++) {
			char *path = file_join(folder, names[i]);
			fuzz_assert(file_remove(path, &err));
			free(path);
			free(names[i]);
		}
	}
	free(names);
	free(folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	const struct fuzz_world *w = fuzz_world();
	struct fuzz_file *f = fuzz_file_fresh();
	struct err err = {0};
	struct strbuf file = {0};
	struct stick_report first, second;
	struct octets part;
	char event[32], log[2 * HASH_LEN + 1], hex[17];
	if (n == 0) {
		return 0;
	}
	str_hex(w->origin.event.b, 8, hex);
	snprintf(event, sizeof event, "turnout-%s", hex);
	str_hex(w->chains[FUZZ_STATION].log.b, HASH_LEN, log);
	char *stick = file_join(w->folder, "stick");
	char *path = xasprintf("%s/%s/%.32s.runs", stick, event, log);
	char *folder = file_join(stick, event);
	enum fuzz_key who = (enum fuzz_key)((data[0] & 0x0F) % FUZZ_KEYS);
	bool bytes = (data[0] & BYTES) != 0;
	data++;
	n--;
	bool proves = memmem(data, n, "!\t", 2) != NULL;
	while (!bytes && fuzz_part(&data, &n, &part)) {
		put_piece(f, who, part, &file);
	}
	strbuf_add(&file, data, n);
	remove_all(stick, event);
	fuzz_assert(file_mkdirs(folder, &err) && file_write(path, strbuf_str(&file), file.len, &err));
	visit(f, stick, &first);
	visit(f, stick, &second);
	fuzz_assert(second.read == 0 && second.damaged == 0 && second.written == 0);
	if (first.read != 0 || proves) {
		fuzz_check_views(f->store);
		fuzz_file_reset(f);
	}
	strbuf_fini(&file);
	free(stick);
	free(path);
	free(folder);
	return 0;
}
