#include "report/out.h"

#include <errno.h>
#include <unistd.h>

#define SPILL_LEN ((size_t)64 * 1024)

bool out_spill(struct out *out, struct err *err) { return out->fd < 0 || out->text.len < SPILL_LEN || out_flush(out, err); }

bool out_flush(struct out *out, struct err *err) {
	size_t done = 0;
	while (done < out->text.len) {
		ssize_t n = write(out->fd, out->text.data + done, out->text.len - done);
		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			strbuf_reset(&out->text);
			return err_errno(err, "cannot write the output");
		}
		done += (size_t)n;
	}
	strbuf_reset(&out->text);
	return true;
}
