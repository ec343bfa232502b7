#include "report/out.h"

#include <errno.h>
#include <unistd.h>

#include "base/escape.h"

#define SPILL_LEN ((size_t)64 * 1024)

bool out_spill(struct out *out, struct err *err) { return out->fd < 0 || out->text.len < SPILL_LEN || out_flush(out, err); }

static bool write_all(int fd, const struct strbuf *text, struct err *err) {
	size_t done = 0;
	while (done < text->len) {
		ssize_t n = write(fd, text->data + done, text->len - done);
		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return err_errno(err, "cannot write the output");
		}
		done += (size_t)n;
	}
	return true;
}

bool out_flush(struct out *out, struct err *err) {
	struct strbuf shown = {0};
	bool escaped = !out->exact || isatty(out->fd) == 1;
	if (escaped) {
		escape_add(&shown, ESCAPE_TEXT, strbuf_str(&out->text), out->text.len);
	}
	bool ok = write_all(out->fd, escaped ? &shown : &out->text, err);
	strbuf_fini(&shown);
	strbuf_reset(&out->text);
	return ok;
}
