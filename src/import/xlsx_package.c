#include "import/xlsx_package.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/alloc.h"
#include "import/fault.h"

struct xlsx_package {
	zip_t *zip;
	int64_t left; /* bytes that may still be inflated */
};

struct part {
	struct xlsx_package *package;
	zip_file_t *file;
};

/* The source borrows the bytes: they must outlive the package. */
static bool open_zip(const struct strbuf *bytes, zip_t **zip, struct err *err) {
	zip_error_t why;
	zip_error_init(&why);
	zip_source_t *source = zip_source_buffer_create(strbuf_str(bytes), bytes->len, 0, &why);
	*zip = source ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
	if (*zip == NULL) {
		fault_fail(err, &(struct fault){.kind = FAULT_BOOK_BROKEN, .other = zip_error_strerror(&why)});
		zip_source_free(source);
	}
	zip_error_fini(&why);
	return *zip != NULL;
}

struct xlsx_package *xlsx_package_open(const struct strbuf *bytes, struct err *err) {
	zip_t *zip = NULL;
	if (!open_zip(bytes, &zip, err)) {
		return NULL;
	}
	struct xlsx_package *package = xcalloc(1, sizeof *package);
	*package = (struct xlsx_package){zip, XLSX_INFLATED_MAX};
	return package;
}

void xlsx_package_close(struct xlsx_package *package) {
	if (package != NULL) {
		zip_discard(package->zip);
		free(package);
	}
}

/* Some programs name the parts as Windows names files, with backslashes. */
static zip_int64_t locate(const struct xlsx_package *package, const char *name) {
	zip_int64_t index = zip_name_locate(package->zip, name, ZIP_FL_NOCASE);
	if (index >= 0) {
		return index;
	}
	char *windows = xstrdup(name);
	for (char *c = windows; *c != '\0'; c++) {
		*c = *c == '/' ? '\\' : *c;
	}
	index = zip_name_locate(package->zip, windows, ZIP_FL_NOCASE);
	free(windows);
	return index;
}

bool xlsx_package_has(const struct xlsx_package *package, const char *name) { return locate(package, name) >= 0; }

static bool open_part(struct xlsx_package *package, const char *name, struct part *part, struct err *err) {
	zip_int64_t index = locate(package, name);
	if (index < 0) {
		return fault_fail(err, &(struct fault){.kind = FAULT_BOOK_PART_MISSING, .value = name});
	}
	part->file = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
	if (part->file == NULL) {
		return fault_fail(err, &(struct fault){.kind = FAULT_BOOK_PART_BROKEN, .value = name, .other = zip_strerror(package->zip)});
	}
	return true;
}

/* xml_source over a part. What was really inflated is counted, whatever the directory promises. */
static int64_t part_source(void *context, char *bytes, size_t n, struct err *err) {
	struct part *part = context;
	zip_int64_t got = zip_fread(part->file, bytes, n);
	if (got < 0) {
		fault_fail(err, &(struct fault){.kind = FAULT_BOOK_DAMAGED, .other = zip_file_strerror(part->file)});
		return -1;
	}
	part->package->left -= got;
	if (part->package->left < 0) {
		fault_fail(err, &(struct fault){.kind = FAULT_BOOK_LARGE, .number = XLSX_INFLATED_MAX >> 20});
		return -1;
	}
	return got;
}

bool xlsx_package_read(struct xlsx_package *package, const char *name, struct strbuf *out, struct err *err) {
	struct part part = {.package = package};
	if (!open_part(package, name, &part, err)) {
		return false;
	}
	int64_t got = 0;
	do {
		strbuf_reserve(out, 65536);
		got = part_source(&part, out->data + out->len, 65536, err);
		out->len += got > 0 ? (size_t)got : 0;
	} while (got > 0);
	out->data[out->len] = '\0';
	zip_fclose(part.file);
	return got == 0;
}

bool xlsx_package_stream(struct xlsx_package *package, const char *name, const struct xml_handler *handler, void *context,
			 struct err *err) {
	struct part part = {.package = package};
	if (!open_part(package, name, &part, err)) {
		return false;
	}
	struct xml_input input = {part_source, &part, context};
	bool ok = xml_stream(&input, handler, err);
	zip_fclose(part.file);
	return ok;
}
