#include "paper/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "base/str.h"

static QRencodeMode densest_mode(const char *data, size_t n) {
	QRencodeMode mode = QR_MODE_NUM;
	for (size_t i = 0; i < n; i++) {
		char c = data[i];
		if (str_is_digit(c)) {
			continue;
		}
		if ((c >= 'A' && c <= 'Z') || (c != '\0' && strchr(" $%*+-./:", c) != NULL)) {
			mode = QR_MODE_AN;
		} else {
			return QR_MODE_8;
		}
	}
	return mode;
}

bool qr_encode(struct qr_matrix *out, const void *data, size_t n, enum qr_level level, struct err *err) {
	static const QRecLevel levels[] = {
		[QR_LEVEL_L] = QR_ECLEVEL_L, [QR_LEVEL_M] = QR_ECLEVEL_M, [QR_LEVEL_Q] = QR_ECLEVEL_Q, [QR_LEVEL_H] = QR_ECLEVEL_H};
	if (n == 0 || n > 7089) { /* the most digits that version 40-L holds */
		return err_set(err, ERR_INPUT, "a QR code cannot hold %zu bytes", n);
	}
	bool ok = false;
	QRcode *code = NULL;
	QRinput *input = QRinput_new2(0, levels[level]);
	if (input == NULL || QRinput_append(input, densest_mode(data, n), (int)n, data) != 0) {
		err_errno(err, "cannot make a QR code");
		goto out;
	}
	code = QRcode_encodeInput(input);
	if (code == NULL) {
		if (errno == ERANGE) {
			err_set(err, ERR_INPUT, "%zu bytes are too many for a QR code of this error correction", n);
		} else {
			err_errno(err, "cannot make a QR code");
		}
		goto out;
	}
	out->side = code->width;
	for (int i = 0; i < code->width * code->width; i++) {
		out->dark[i] = code->data[i] & 1;
	}
	ok = true;
out:
	QRcode_free(code);
	QRinput_free(input);
	return ok;
}
