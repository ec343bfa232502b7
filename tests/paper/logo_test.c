/* Which files are fit to be logos, and what is said of the others. */
#include "paper/logo.h"

#include "lib/testing.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "paper/picture.h"
#include "paper/png.h"
#include "paper/svg_needs.h"

#define SVG "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 30 20'>"
#define RED "<rect width='30' height='20' fill='#a00'/>"

static void good_ones(void **state) {
	(void)state;
	static const struct {
		const char *svg;
		bool text;
	} good[] = {
		{SVG RED "</svg>", false},
		{"<?xml version='1.0'?>\n<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd' "
		 "[\n"
		 "<!ENTITY ns 'http://ns.example.org/'>]>" SVG RED "</svg>",
		 false},
		{SVG "<defs><linearGradient id='a'><stop stop-color='#00a'/></linearGradient></defs>"
		     "<rect width='30' height='20' style='fill:url(#a)'/><use xlink:href='#a'/></svg>",
		 false},
		{SVG "<!-- <image href='x.png'/> url(x.png) -->" RED "</svg>", false},
		{SVG "<a href='https://example.org/'>" RED "</a></svg>", false},
		{SVG RED "<text x='1' y='9'>EU</text></svg>", true},
		{SVG RED
		 "<image width='1' height='1' "
		 "xlink:href='data:image/"
		 "png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='/></svg>",
		 false},
	};
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		struct err err = {0};
		struct logo_look look;
		assert_ok(logo_check(good[i].svg, strlen(good[i].svg), &look, &err));
		assert_true(look.aspect > 1.49 && look.aspect < 1.51 && look.pixels == 0);
		assert_int_equal(look.has_text, good[i].text);
	}
}

static void pale_ones(void **state) {
	(void)state;
	static const struct {
		const char *fill;
		bool pale;
	} fills[] = {{"#fff", true}, {"#ffe", true}, {"#ccc", true}, {"#00a", false}, {"#c60", false}, {"#777", false}};
	for (size_t i = 0; i < COUNT_OF(fills); i++) {
		struct err err = {0};
		struct logo_look look;
		char *svg = xasprintf(SVG "<rect width='30' height='20' fill='%s'/></svg>", fills[i].fill);
		assert_ok(logo_check(svg, strlen(svg), &look, &err));
		assert_int_equal(look.is_pale, fills[i].pale);
		free(svg);
	}
}

/* Whatever size it says: only the ratio matters, and it is drawn at one size. */
static void sizes_that_are_said(void **state) {
	(void)state;
	static const char *const sizes[] = {"3mm", "0.003", "30", "900000"};
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		struct err err = {0};
		struct logo_look look;
		struct picture *picture;
		struct raster raster;
		char *svg = xasprintf("<svg xmlns='http://www.w3.org/2000/svg' width='%s' viewBox='0 0 30 20'>" RED "</svg>", sizes[i]);
		assert_ok(logo_check(svg, strlen(svg), &look, &err));
		assert_true(look.aspect > 1.49 && look.aspect < 1.51);
		assert_ok(picture_read(svg, strlen(svg), &picture, &err) && picture_raster(picture, 60, 60, &raster, &err));
		assert_true(raster.width == 60 && raster.height == 40);
		assert_int_equal(raster.pixels[60 * 40 - 1], 0xffaa0000);
		raster_fini(&raster);
		picture_close(picture);
		free(svg);
	}
}

static void unfit_ones(void **state) {
	(void)state;
	static const struct {
		const char *file, *said;
	} bad[] = {
		{"", "empty"},
		{"\xff\xd8\xff\xe0 JFIF", "JPEG"},
		{"GIF89a", "GIF"},
		{"%PDF-1.7", "PDF"},
		{"\x1f\x8b\x08", "SVGZ"},
		{"good morning", "neither"},
		{"<html><body/></html>", "neither"},
		{SVG, "whole SVG"}, /* cut off */
		{"\x89PNG\r\n\x1a\n", "neither"},
		{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither"},
		{SVG "</svg>", "nothing is to be seen"},
		{SVG "<g display='none'>" RED "</g></svg>", "nothing is to be seen"},
		{"<svg xmlns='http://www.w3.org/2000/svg' width='0' height='0'/>", "size"},
		{"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2100 100'>" RED "</svg>", "no logo"},
		{SVG "<image width='9' height='9' xlink:href='logo.png'/></svg>", "\"logo.png\""},
		{SVG "\n<image width='9' height='9'\nhref = \"https://example.org/logo.png\"/></svg>", "line 3"},
		{SVG "<svg:use xlink:href='other.svg#a'/>" RED "</svg>", "other.svg#a"},
		{SVG "<style>@import 'a.css';</style>" RED "</svg>", "@import"},
		{SVG "<style>@font-face{font-family:A;src:url( 'a.woff2')}</style>" RED "</svg>", "a.woff2"},
		{SVG "<rect width='30' height='20' fill='URL(other.svg#g)'/></svg>", "other.svg#g"},
		{"<?xml-stylesheet href='a.css'?>" SVG RED "</svg>", "a.css"},
		{"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///a'>]>" SVG RED "</svg>", "SYSTEM"},
		{SVG RED "<foreignObject width='9' height='9'><p>EU</p></foreignObject></svg>", "outlines"},
		{SVG "<style><![CDATA[ /* don't */ ]]></style><image href='http://x/y.png' width='9' height='9'/></svg>", "x/y.png"},
		{"\x1f\x8b\x08\x00", "SVGZ"},
		{SVG RED "<script>1</script></svg>", "script"},
	};
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct err err = {0};
		struct logo_look look;
		assert_false(logo_check(bad[i].file, strlen(bad[i].file), &look, &err));
		assert_int_equal(err.kind, ERR_INPUT);
		assert_holds(err.text, bad[i].said);
	}
}

/* Its size is read before anything is decoded. */
static void too_large(void **state) {
	(void)state;
	struct err err = {0};
	struct logo_look look;
	uint8_t head[64] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
	head[18] = 0x20; /* 8192 wide */
	head[22] = 0x20;
	assert_false(logo_check(head, sizeof head, &look, &err));
	assert_holds(err.text, "8192 x 8192");
	head[16] = 0xff;
	assert_false(logo_check(head, sizeof head, &look, &err));
	char *much = xcalloc(LOGO_BYTES_MAX + 1, 1);
	memcpy(much, SVG, strlen(SVG));
	assert_false(logo_check(much, LOGO_BYTES_MAX + 1, &look, &err));
	assert_holds(err.text, "1024 KiB, a logo may have 1024");
	free(much);
}

static void pixels(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct logo_look look;
	struct strbuf file = {0};
	struct picture *picture = NULL;
	struct raster raster, half;
	uint32_t red[60 * 40];
	for (size_t i = 0; i < COUNT_OF(red); i++) {
		red[i] = i % 60 < 30 ? 0xffaa0000 : 0xff0000aa;
	}
	char *path = scratch_path(s, "logo.png");
	assert_ok(png_write(path, red, 60, 40, &err) && file_read(path, 1 << 20, &file, &err));
	assert_ok(logo_check(strbuf_str(&file), file.len, &look, &err));
	assert_true(look.pixels == 60 && look.aspect == 1.5 && !look.has_text);
	assert_ok(picture_read(strbuf_str(&file), file.len, &picture, &err) && picture_raster(picture, 31, 20, &raster, &err));
	assert_true(raster.width == 30 && raster.height == 20); /* its shape stays */
	assert_int_equal(raster.pixels[0], 0xffaa0000);         /* edges too */
	assert_int_equal(raster.pixels[20 * 30 - 1], 0xff0000aa);
	assert_ok(raster_scale(&raster, 15, 100, &half, &err));
	assert_true(half.width == 15 && half.height == 10);
	assert_int_equal(half.pixels[0], 0xffaa0000);
	assert_int_equal(half.pixels[10 * 15 - 1], 0xff0000aa);
	raster_fini(&half);
	raster_fini(&raster);
	picture_close(picture);
	strbuf_fini(&file);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(good_ones),  TEST(pale_ones), TEST(sizes_that_are_said),
					   TEST(unfit_ones), TEST(too_large), TEST(pixels)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
