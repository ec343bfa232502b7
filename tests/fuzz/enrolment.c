/* Texts at a hub's door, tokens, pairing codes and addresses. The first byte says which. */
#include "fuzz/world.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "net/listen_address.h"
#include "store/create.h"
#include "sync/enrolment.h"

static void check_lines(struct octets text) {
	struct err err = {0};
	struct strbuf said = {0}, put = {0};
	struct enrolment_lines lines;
	struct store_origin origin, again;
	strbuf_add(&said, text.data, text.n);
	if (enrolment_lines_read(&said, &lines, &err) && enrolment_get_origin(&lines, &origin, &err)) {
		struct enrolment_lines written;
		enrolment_put_origin(&put, &origin);
		fuzz_assert(enrolment_lines_read(&put, &written, &err) && enrolment_get_origin(&written, &again, &err));
		fuzz_assert(memcmp(&origin, &again, sizeof origin) == 0);
		enrolment_lines_fini(&written);
	}
	for (size_t i = 0; i < lines.count; i++) {
		fuzz_assert(lines.items[i].word != NULL && lines.items[i].value != NULL &&
			    enrolment_get(&lines, lines.items[i].word) != NULL);
	}
	enrolment_lines_fini(&lines);
	strbuf_fini(&put);
}

static void check_box(struct octets text) {
	const struct key_pair *own = &fuzz_world()->keys[FUZZ_HUB];
	struct err err = {0};
	struct strbuf box = {0}, said = {0};
	struct enrolment_lines lines;
	if (enrolment_open(own, text, &lines, &err)) {
		fuzz_fail(__FILE__, __LINE__, "nobody boxed this");
	}
	enrolment_lines_fini(&lines);
	strbuf_add(&said, text.data, text.n);
	fuzz_assert(enrolment_close(&own->public_key, &said, &box));
	if (enrolment_open(own, (struct octets){box.data, box.len}, &lines, &err)) {
		fuzz_assert(box.len <= ENROLMENT_MAX);
	}
	enrolment_lines_fini(&lines);
	strbuf_fini(&said);
	strbuf_fini(&box);
}

static void check_codes(const char *text) {
	struct err err = {0};
	struct hub_token token, token_again;
	struct pair_code code, code_again;
	char written[TOKEN_TEXT_MAX];
	if (hub_token_parse(text, &token, &err)) {
		hub_token_text(&token, written);
		fuzz_assert(str_eq_nocase(written, text));
		fuzz_assert(hub_token_parse(written, &token_again, &err) && memcmp(&token, &token_again, sizeof token) == 0);
	}
	if (pair_code_parse(text, &code, &err)) {
		pair_code_text(&code, written);
		fuzz_assert(pair_code_parse(written, &code_again, &err) && memcmp(&code, &code_again, sizeof code) == 0);
	}
}

static void check_address(const char *text) {
	struct err err = {0};
	struct listen_address address, again;
	char url[LISTEN_URL_MAX];
	if (listen_address_parse(text, &address, &err)) {
		listen_address_url(&address, "http", url);
		fuzz_assert(listen_address_parse(url + strlen("http://"), &again, &err));
		fuzz_assert(str_eq(address.address, again.address) && address.port == again.port);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	struct strbuf text = {0};
	if (n == 0) {
		return 0;
	}
	fuzz_expand((const char *)data + 1, n - 1, FUZZ_MEMBER, &text);
	char *line = xstrdup(strbuf_str(&text));
	switch (data[0] % 4) {
	case 0: check_lines((struct octets){strbuf_str(&text), text.len}); break;
	case 1: check_box((struct octets){strbuf_str(&text), text.len}); break;
	case 2: check_codes(line); break;
	default: check_address(line); break;
	}
	free(line);
	strbuf_fini(&text);
	return 0;
}
