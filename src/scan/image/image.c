#include "scan/image/image.h"

#include <jerror.h>
#include <jpeglib.h>
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/strbuf.h"

#define JPEG_SCANS_MAX 100 /* a progressive file with thousands of scans takes minutes and shows nothing more */

bool image_init(struct image *image, int64_t width, int64_t height, struct err *err) {
	*image = (struct image){0};
	if (width <= 0 || height <= 0) {
		return err_set(err, ERR_INPUT, "the picture is empty");
	}
	if (width > IMAGE_SIDE_MAX || height > IMAGE_SIDE_MAX || (size_t)(width * height) > IMAGE_PIXELS_MAX) {
		return err_set(err, ERR_INPUT, "%lld x %lld pixels, the most is %d a side and %zu million in all", (long long)width,
			       (long long)height, IMAGE_SIDE_MAX, IMAGE_PIXELS_MAX / 1000000);
	}
	image->luma = xcalloc((size_t)height, (size_t)width);
	image->width = image->stride = (int)width;
	image->height = (int)height;
	return true;
}

void image_fini(struct image *image) {
	free(image->luma);
	*image = (struct image){0};
}

bool image_shrink(const struct image *from, int factor, struct image *out, struct err *err) {
	if (!image_init(out, from->width / factor, from->height / factor, err)) {
		return false;
	}
	unsigned area = (unsigned)(factor * factor);
	for (int y = 0; y < out->height; y++) {
		for (int x = 0; x < out->width; x++) {
			const uint8_t *block = from->luma + (size_t)y * factor * from->stride + (size_t)x * factor;
			/* So that the mean is rounded, not cut. */
			unsigned sum = area / 2;
			for (int row = 0; row < factor; row++, block += from->stride) {
				for (int column = 0; column < factor; column++) {
					sum += block[column];
				}
			}
			out->luma[(size_t)y * out->stride + x] = (uint8_t)(sum / area);
		}
	}
	return true;
}

/* --- PNG ------------------------------------------------------------------------------------------------------------------------ */

/* Everything that must survive libpng's longjmp lives here and not in locals. */
struct png_reader {
	const uint8_t *at;
	size_t left;
	png_structp png;
	png_infop info;
	struct image grey; /* the picture, or pairs of grey and alpha in `pairs` */
	uint8_t *pairs;
	struct err *err;
};

static void png_take(png_structp png, png_bytep out, size_t n) {
	struct png_reader *r = png_get_io_ptr(png);
	if (n > r->left) {
		png_error(png, "the file ends early");
	}
	memcpy(out, r->at, n);
	r->at += n;
	r->left -= n;
}

static void png_on_error(png_structp png, png_const_charp message) {
	struct png_reader *r = png_get_error_ptr(png);
	err_set(r->err, ERR_INPUT, "broken PNG: %s", message);
	png_longjmp(png, 1);
}

static void png_on_warning(png_structp png, png_const_charp message) {
	(void)png;
	(void)message;
}

/* Grey of 8 bits comes out, with alpha behind it where the file has any. */
static void png_set_transforms(struct png_reader *r) {
	png_set_expand(r->png);
	png_set_scale_16(r->png);
	png_set_packing(r->png);
	if ((png_get_color_type(r->png, r->info) & PNG_COLOR_MASK_COLOR) != 0) {
		png_set_rgb_to_gray_fixed(r->png, PNG_ERROR_ACTION_NONE, PNG_RGB_TO_GRAY_DEFAULT, PNG_RGB_TO_GRAY_DEFAULT);
	}
}

static void png_read_pixels(struct png_reader *r, int passes) {
	bool with_alpha = png_get_channels(r->png, r->info) == 2;
	size_t row_bytes = (size_t)r->grey.width * (with_alpha ? 2 : 1);
	if (png_get_rowbytes(r->png, r->info) != row_bytes) {
		png_error(r->png, "an unknown kind of pixel");
	}
	if (with_alpha) {
		r->pairs = xcalloc((size_t)r->grey.height, row_bytes);
	}
	for (int pass = 0; pass < passes; pass++) {
		for (int y = 0; y < r->grey.height; y++) {
			png_read_row(r->png, (with_alpha ? r->pairs : r->grey.luma) + (size_t)y * row_bytes, NULL);
		}
	}
	png_read_end(r->png, NULL);
	for (size_t i = 0; with_alpha && i < (size_t)r->grey.width * (size_t)r->grey.height; i++) {
		unsigned grey = r->pairs[2 * i], alpha = r->pairs[2 * i + 1];
		/* What is transparent lies on white paper. */
		r->grey.luma[i] = (uint8_t)((grey * alpha + 255 * (255 - alpha) + 127) / 255);
	}
}

/* False after an error of libpng; nothing of its own may be in automatic variables of this function. */
static bool png_run(struct png_reader *r) {
	if (setjmp(png_jmpbuf(r->png)) != 0) {
		return false;
	}
	png_set_read_fn(r->png, r, png_take);
	png_set_user_limits(r->png, IMAGE_SIDE_MAX, IMAGE_SIDE_MAX);
	png_set_chunk_malloc_max(r->png, 8u << 20);
	png_read_info(r->png, r->info);
	if (!image_init(&r->grey, png_get_image_width(r->png, r->info), png_get_image_height(r->png, r->info), r->err)) {
		return false;
	}
	png_set_transforms(r);
	int passes = png_set_interlace_handling(r->png);
	png_read_update_info(r->png, r->info);
	png_read_pixels(r, passes);
	return true;
}

bool image_parse_png(const void *data, size_t n, struct image *out, struct err *err) {
	struct png_reader r = {.at = data, .left = n, .err = err};
	r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &r, png_on_error, png_on_warning);
	r.info = r.png ? png_create_info_struct(r.png) : NULL;
	bool ok = r.info != NULL ? png_run(&r) : err_set(err, ERR_SYSTEM, "no memory for a PNG");
	png_destroy_read_struct(&r.png, &r.info, NULL);
	free(r.pairs);
	if (!ok) {
		image_fini(&r.grey);
		return false;
	}
	*out = r.grey;
	return true;
}

/* --- JPEG ----------------------------------------------------------------------------------------------------------------------- */

struct jpeg_reader {
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr errors;
	struct jpeg_progress_mgr progress;
	jmp_buf jump;
	struct image grey;
	struct err *err;
};

static void jpeg_on_error(j_common_ptr common) {
	struct jpeg_reader *r = common->client_data;
	char message[JMSG_LENGTH_MAX];
	common->err->format_message(common, message);
	err_set(r->err, ERR_INPUT, "broken JPEG: %s", message);
	longjmp(r->jump, 1);
}

/* libjpeg paints what is missing in grey and only warns. */
static void jpeg_on_message(j_common_ptr common, int level) {
	struct jpeg_reader *r = common->client_data;
	int code = common->err->msg_code;
	if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)) {
		err_set(r->err, ERR_INPUT, "truncated JPEG: the picture ends before its last row");
		longjmp(r->jump, 1);
	}
}

static void jpeg_on_output(j_common_ptr common) { (void)common; }

static void jpeg_on_progress(j_common_ptr common) {
	struct jpeg_reader *r = common->client_data;
	if (r->jpeg.input_scan_number > JPEG_SCANS_MAX) {
		err_set(r->err, ERR_INPUT, "a JPEG of more than %d scans", JPEG_SCANS_MAX);
		longjmp(r->jump, 1);
	}
}

static bool jpeg_run(struct jpeg_reader *r, const void *data, size_t n) {
	if (setjmp(r->jump) != 0) {
		return false;
	}
	jpeg_create_decompress(&r->jpeg);
	r->jpeg.client_data = r;
	r->progress.progress_monitor = jpeg_on_progress;
	r->jpeg.progress = &r->progress;
	jpeg_mem_src(&r->jpeg, data, n);
	jpeg_read_header(&r->jpeg, TRUE);
	if (r->jpeg.jpeg_color_space == JCS_CMYK || r->jpeg.jpeg_color_space == JCS_YCCK) {
		return err_set(r->err, ERR_INPUT, "a CMYK JPEG, made for a printing press; save it as RGB");
	}
	if (r->grey.width != (int)r->jpeg.image_width || r->grey.height != (int)r->jpeg.image_height) {
		image_fini(&r->grey);
		if (!image_init(&r->grey, r->jpeg.image_width, r->jpeg.image_height, r->err)) {
			return false;
		}
	}
	r->jpeg.out_color_space = JCS_GRAYSCALE;
	r->jpeg.dct_method = JDCT_ISLOW;
	jpeg_start_decompress(&r->jpeg);
	while (r->jpeg.output_scanline < r->jpeg.output_height) {
		JSAMPROW row = r->grey.luma + (size_t)r->jpeg.output_scanline * r->grey.stride;
		jpeg_read_scanlines(&r->jpeg, &row, 1);
	}
	return true; /* what stands behind the last row does not matter */
}

bool image_parse_jpeg_over(const void *data, size_t n, struct image *used, struct err *err) {
	struct jpeg_reader *r = xcalloc(1, sizeof *r); /* not on the stack: longjmp leaves it as it is */
	r->err = err;
	r->grey = *used;
	r->jpeg.err = jpeg_std_error(&r->errors);
	r->jpeg.client_data = r;
	r->errors.error_exit = jpeg_on_error;
	r->errors.emit_message = jpeg_on_message;
	r->errors.output_message = jpeg_on_output;
	bool ok = jpeg_run(r, data, n);
	jpeg_destroy_decompress(&r->jpeg);
	*used = r->grey;
	free(r);
	return ok;
}

bool image_parse_jpeg(const void *data, size_t n, struct image *out, struct err *err) {
	struct image image = {0};
	if (!image_parse_jpeg_over(data, n, &image, err)) {
		image_fini(&image);
		return false;
	}
	*out = image;
	return true;
}

/* --- PNM (netpbm's pgm(5), ppm(5)) ------------------------------------------------------------------------------------------------ */

struct pnm_reader {
	const uint8_t *at, *end;
	unsigned maximum;
	bool plain;
	int channels;
};

/* A decimal number after white space and comments; -1 when there is none or it is over a million. */
static int64_t pnm_number(struct pnm_reader *r) {
	while (r->at < r->end && (str_is_space((char)*r->at) || *r->at == '#')) {
		if (*r->at == '#') {
			const uint8_t *line = memchr(r->at, '\n', (size_t)(r->end - r->at));
			r->at = line ? line : r->end;
		} else {
			r->at++;
		}
	}
	int64_t value = -1;
	while (r->at < r->end && str_is_digit((char)*r->at)) {
		value = (value < 0 ? 0 : value) * 10 + (*r->at++ - '0');
		if (value > 1000000) {
			return -1;
		}
	}
	return value;
}

/* One sample as 0 to 255; -1 at the end of the data. */
static int pnm_sample(struct pnm_reader *r) {
	int64_t value = -1;
	if (r->plain) {
		value = pnm_number(r);
	} else if (r->maximum > 255 && r->end - r->at >= 2) {
		value = r->at[0] << 8 | r->at[1];
		r->at += 2;
	} else if (r->maximum <= 255 && r->at < r->end) {
		value = *r->at++;
	}
	if (value < 0) {
		return -1;
	}
	return (int)(value >= r->maximum ? 255 : (value * 255 + r->maximum / 2) / r->maximum);
}

static bool pnm_pixels(struct pnm_reader *r, struct image *out, struct err *err) {
	size_t pixels = (size_t)out->width * (size_t)out->height;
	for (size_t i = 0; i < pixels; i++) {
		int sample[3] = {0};
		for (int channel = 0; channel < r->channels; channel++) {
			sample[channel] = pnm_sample(r);
			if (sample[channel] < 0) {
				return err_set(err, ERR_INPUT, "truncated PNM: it ends in row %zu of %d", i / (size_t)out->width + 1,
					       out->height);
			}
		}
		out->luma[i] = (uint8_t)(r->channels == 1 ? sample[0] : (299 * sample[0] + 587 * sample[1] + 114 * sample[2] + 500) / 1000);
	}
	return true;
}

bool image_parse_pnm(const void *data, size_t n, struct image *out, struct err *err) {
	const uint8_t *bytes = data;
	if (n < 3 || bytes[0] != 'P' || memchr("2356", bytes[1], 4) == NULL) {
		return err_set(err, ERR_INPUT, "not a PGM or PPM picture");
	}
	struct pnm_reader r = {
		.at = bytes + 2, .end = bytes + n, .plain = bytes[1] < '5', .channels = bytes[1] == '3' || bytes[1] == '6' ? 3 : 1};
	int64_t width = pnm_number(&r), height = pnm_number(&r), maximum = pnm_number(&r);
	if (width < 0 || height < 0 || maximum < 1 || maximum > 65535) {
		return err_set(err, ERR_INPUT, "the PNM's head is broken");
	}
	r.maximum = (unsigned)maximum;
	if (!r.plain && r.at < r.end) {
		r.at++; /* the one white space before the samples */
	}
	/* The smallest file that can hold them: no memory is taken for a lie. */
	size_t need = (size_t)width * (size_t)height * (size_t)r.channels;
	if (need > (size_t)(r.end - r.at)) {
		return err_set(err, ERR_INPUT, "truncated PNM: %lld x %lld pixels do not fit into what is there", (long long)width,
			       (long long)height);
	}
	if (!image_init(out, width, height, err)) {
		return false;
	}
	if (!pnm_pixels(&r, out, err)) {
		image_fini(out);
		return false;
	}
	return true;
}

/* --- any ------------------------------------------------------------------------------------------------------------------------ */

bool image_parse(const void *data, size_t n, struct image *out, struct err *err) {
	if (n >= 8 && memcmp(data, "\x89PNG\r\n\x1a\n", 8) == 0) {
		return image_parse_png(data, n, out, err);
	}
	if (n >= 3 && memcmp(data, "\xFF\xD8\xFF", 3) == 0) {
		return image_parse_jpeg(data, n, out, err);
	}
	if (n >= 2 && memcmp(data, "P", 1) == 0) {
		return image_parse_pnm(data, n, out, err);
	}
	return err_set(err, ERR_INPUT, n == 0 ? "the file is empty" : "neither PNG, JPEG nor PGM");
}

bool image_load(const char *path, struct image *out, struct err *err) {
	struct strbuf file = {0};
	bool ok = file_read(path, IMAGE_FILE_MAX, &file, err) && (image_parse(file.data, file.len, out, err) || err_wrap(err, "%s", path));
	strbuf_fini(&file);
	return ok;
}
