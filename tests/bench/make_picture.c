/* Writes one of the pictures that are made to be looked at for long (bench/made.h) as PGM. Usage: make_picture KIND WIDTH HEIGHT FILE; KIND is the
 * beginning of what it shows. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/str.h"
#include "bench/made.h"

static bool write_pgm(const struct image *image, const char *path, struct err *err) {
	struct strbuf out = {0};
	strbuf_addf(&out, "P5 %d %d 255\n", image->width, image->height);
	strbuf_add(&out, image->luma, (size_t)image->width * (size_t)image->height);
	bool ok = file_write(path, out.data, out.len, err);
	strbuf_fini(&out);
	return ok;
}

int main(int argc, char **argv) {
	struct image image = {.luma = NULL};
	struct err err = {0};
	int64_t width = 0, height = 0;
	if (argc != 5 || !str_to_i64(argv[2], &width) || !str_to_i64(argv[3], &height)) {
		fputs("usage: make_picture KIND WIDTH HEIGHT FILE\n", stderr);
		return 2;
	}
	bool ok = image_init(&image, width, height, &err), made = false;
	for (int kind = 0; ok && !made && kind < MADE_KINDS; kind++) {
		made = str_starts(made_picture(&image, kind), argv[1]);
	}
	ok = ok && (made || err_set(&err, ERR_USAGE, "there is no picture of \"%s\"", argv[1])) && write_pgm(&image, argv[4], &err);
	image_fini(&image);
	if (!ok) {
		fprintf(stderr, "make_picture: %s\n", err.text);
	}
	return ok ? 0 : 1;
}
