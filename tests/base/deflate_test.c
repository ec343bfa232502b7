/* Packing: back it is the same, and what was cut, changed or made to burst is refused and leaves nothing behind. */
#include "base/deflate.h"

#include "lib/testing.h"

#include "base/alloc.h"

static void fill(struct strbuf *out, size_t n, unsigned step) {
	for (size_t i = 0; i < n; i++) {
		strbuf_addc(out, (char)(i * step >> 3));
	}
}

static void assert_refused(const void *packed, size_t n, size_t cap) {
	struct err err = {0};
	struct strbuf out = {0};
	strbuf_adds(&out, "before");
	assert_false(deflate_unpack(packed, n, cap, &out, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_string_equal(strbuf_str(&out), "before");
	strbuf_fini(&out);
}

static void back_it_is_the_same(void **state) {
	static const size_t sizes[] = {
		0, 1, 100, 511, 512, 513, 4097, 32 * 1024, 32 * 1024 + 1, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 1024 * 1024};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		struct err err = {0};
		struct strbuf plain = {0}, packed = {0}, out = {0};
		fill(&plain, sizes[i], 2654435761u);
		deflate_pack(strbuf_str(&plain), plain.len, &packed);
		strbuf_adds(&out, "x");
		assert_ok(deflate_unpack(packed.data, packed.len, sizes[i], &out, &err)); /* just what there is room for */
		assert_int_equal(out.len, sizes[i] + 1);
		assert_memory_equal(out.data + 1, strbuf_str(&plain), sizes[i]);
		if (sizes[i] > 0) {
			assert_refused(packed.data, packed.len, sizes[i] - 1);
		}
		strbuf_fini(&plain);
		strbuf_fini(&packed);
		strbuf_fini(&out);
	}
}

static void what_was_cut_or_changed_is_refused(void **state) {
	struct strbuf plain = {0}, packed = {0};
	(void)state;
	fill(&plain, 3000, 37);
	deflate_pack(plain.data, plain.len, &packed);
	for (size_t n = 0; n < packed.len; n++) {
		assert_refused(packed.data, n, 100000);
	}
	for (size_t i = 0; i < packed.len; i++) {
		char was = packed.data[i];
		packed.data[i] = (char)(was ^ 0x10);
		struct err err = {0};
		struct strbuf out = {0};
		if (deflate_unpack(packed.data, packed.len, 100000, &out, &err)) { /* a bit that means nothing */
			assert_int_equal(out.len, plain.len);
			assert_memory_equal(out.data, plain.data, plain.len);
		} else {
			assert_int_equal(out.len, 0);
		}
		strbuf_fini(&out);
		packed.data[i] = was;
	}
	strbuf_addc(&packed, '\0');
	assert_refused(packed.data, packed.len, 100000); /* something comes after it */
	strbuf_fini(&plain);
	strbuf_fini(&packed);
}

/* A hundred megabytes in a hundred kilobytes: given up at the cap, not unpacked and then found too large. */
static void a_bomb_does_not_go_off(void **state) {
	struct err err = {0};
	struct strbuf plain = {0}, packed = {0}, out = {0};
	(void)state;
	strbuf_reserve(&plain, 100 << 20);
	memset(plain.data, 0, 100 << 20);
	strbuf_grown(&plain, 100 << 20);
	deflate_pack(plain.data, plain.len, &packed);
	strbuf_fini(&plain);
	assert_true(packed.len < 1 << 20);
	assert_false(deflate_unpack(packed.data, packed.len, 1 << 20, &out, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_holds(err.text, "more than");
	assert_true(out.len == 0 && out.cap < 4 << 20);
	strbuf_fini(&packed);
	strbuf_fini(&out);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(back_it_is_the_same),
		cmocka_unit_test(what_was_cut_or_changed_is_refused),
		cmocka_unit_test(a_bomb_does_not_go_off),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
