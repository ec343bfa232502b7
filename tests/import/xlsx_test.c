#include "import/xlsx.h"

#include <math.h>

#include "import/table_read.h"
#include "import/xlsx_book.h"
#include "import/xlsx_sheet.h"
#include "scratch.h"
#include "zip_bytes.h"

#define RELS                                                                                                                      \
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"" \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "                                   \
	"Target=\"xl/workbook.xml\"/></Relationships>"
#define BOOK                                                                                                                        \
	"<workbook xmlns=\"x\" xmlns:r=\"y\"><sheets><sheet name=\"Схована\" sheetId=\"1\" state=\"hidden\" r:id=\"rId1\"/>" \
	"<sheet name=\"Люди\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"
#define BOOK_RELS                                                                                                                    \
	"<Relationships><Relationship Id=\"rId1\" Type=\"a/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" " \
	"Type=\"a/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/><Relationship Id=\"rId3\" Type=\"a/sharedStrings\" "             \
	"Target=\"sharedStrings.xml\"/><Relationship Id=\"rId4\" Type=\"a/styles\" Target=\"styles.xml\"/></Relationships>"
#define STRINGS \
	"<sst><si><t>ПІБ</t></si><si><r><t>Їжак </t></r><r><t>Олена</t></r><rPh><t>phonetic</t></rPh></si><si><t>дата</t></si></sst>"
#define STYLES                                                                                                                       \
	"<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"dd\\.mm\\.yyyy hh:mm\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>" \
	"<xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"20\"/></cellXfs></styleSheet>"
#define SHEET1 "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>hidden</t></is></c></row></sheetData></worksheet>"
#define SHEET2                                                                                                                  \
	"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row>"             \
	"<row r=\"4\"><c r=\"A4\" t=\"s\"><v>1</v></c><c r=\"B4\"><v>3.8050123E+11</v></c><c r=\"C4\" s=\"1\"><v>46156</v></c>" \
	"<c r=\"D4\" s=\"2\"><v>46156.4375</v></c><c r=\"E4\" s=\"3\"><v>0.4375</v></c><c r=\"F4\" t=\"b\"><v>1</v></c>"        \
	"<c r=\"G4\" t=\"str\"><f>A1</f><v>formula</v></c><c r=\"H4\"><v>0.1</v></c><c r=\"I4\" "                               \
	"t=\"d\"><v>2026-05-14T10:30:00</v></c></row>"                                                                          \
	"</sheetData></worksheet>"

/* With another member, NULL: none. */
static void build_with(struct zip_bytes *z, const char *sheet2, const char *member, const char *text) {
	*z = (struct zip_bytes){0};
	zip_add(z, "_rels/.rels", RELS);
	zip_add(z, "xl/workbook.xml", BOOK);
	zip_add(z, "xl/_rels/workbook.xml.rels", BOOK_RELS);
	zip_add(z, "xl/sharedStrings.xml", STRINGS);
	zip_add(z, "xl/styles.xml", STYLES);
	zip_add(z, "xl/worksheets/sheet1.xml", SHEET1);
	if (sheet2 != NULL) {
		zip_add(z, "xl/worksheets/sheet2.xml", sheet2);
	}
	if (member != NULL) {
		zip_add(z, member, text);
	}
	zip_finish(z);
}

static void build(struct zip_bytes *z, const char *sheet2) { build_with(z, sheet2, NULL, NULL); }

static void the_first_visible_sheet_is_read(void **state) {
	(void)state;
	struct zip_bytes z;
	struct table t = {0};
	struct err err = {0};
	build(&z, SHEET2);
	assert_ok(table_parse(&z.out, NULL, &t, &err));
	assert_string_equal(t.sheet, "Люди");
	assert_int_equal(t.delimiter, 0);
	assert_int_equal(t.count, 2);
	assert_int_equal(t.rows[1].line, 4);
	const char *const want[] = {"Їжак Олена", "380501230000", "2026-05-14", "2026-05-14 10:30", "10:30",
				    "TRUE",       "formula",      "0.1",        "2026-05-14 10:30"};
	assert_string_equal(table_cell(&t, 0, 0), "ПІБ");
	assert_string_equal(table_cell(&t, 0, 1), "");
	assert_string_equal(table_cell(&t, 0, 2), "дата");
	for (size_t c = 0; c < COUNT_OF(want); c++) {
		assert_string_equal(table_cell(&t, 1, c), want[c]);
	}
	table_fini(&t);
	zip_bytes_fini(&z);
}

static void a_sheet_can_be_named(void **state) {
	(void)state;
	struct zip_bytes z;
	struct table t = {0};
	struct err err = {0};
	build(&z, SHEET2);
	struct table_options hidden = {.sheet = "Схована"};
	assert_ok(table_parse(&z.out, &hidden, &t, &err));
	assert_string_equal(table_cell(&t, 0, 0), "hidden");
	table_fini(&t);
	struct table_options wrong = {.sheet = "Nobody"};
	assert_false(table_parse(&z.out, &wrong, &t, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_says("\"Люди\"");
	zip_bytes_fini(&z);
}

static void dates_of_both_systems(void **state) {
	(void)state;
	char text[40];
	assert_true(xlsx_date_text(59, XLSX_DATE, false, text));
	assert_string_equal(text, "1900-02-28");
	assert_true(xlsx_date_text(61, XLSX_DATE, false, text));
	assert_string_equal(text, "1900-03-01");
	assert_true(xlsx_date_text(44694, XLSX_DATE, true, text));
	assert_string_equal(text, "2026-05-14");
	assert_false(xlsx_date_text(-1, XLSX_DATE, false, text));
	assert_false(xlsx_date_text(1e300, XLSX_DATE, false, text));
	assert_false(xlsx_date_text((double)NAN, XLSX_DATE, false, text));
	assert_int_equal(xlsx_style_of_code("yyyy\\-mm\\-dd"), XLSX_DATE);
	assert_int_equal(xlsx_style_of_code("[$-422]d mmmm yyyy;@"), XLSX_DATE);
	assert_int_equal(xlsx_style_of_code("h:mm AM/PM"), XLSX_TIME);
	assert_int_equal(xlsx_style_of_code("mmm"), XLSX_DATE);
	assert_int_equal(xlsx_style_of_code("0.00\" days\""), XLSX_PLAIN);
	assert_int_equal(xlsx_style_of_code("\"unclosed d"), XLSX_PLAIN);
	assert_int_equal(xlsx_style_of_code("[unclosed d"), XLSX_PLAIN);
}

static void numbers_as_people_write_them(void **state) {
	(void)state;
	static const char *const pairs[][2] = {
		{"1.0", "1"}, {"3.8050123E+11", "380501230000"}, {"0.1", "0.1"}, {"007", "007"}, {"1e400", "1e400"}, {"x", "x"},
		{"-5", "-5"}};
	char text[40];
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		xlsx_number_text(pairs[i][0], text);
		assert_string_equal(text, pairs[i][1]);
	}
}

static void refuse(const char *sheet2, const char *says) {
	struct zip_bytes z;
	struct table t = {0};
	struct err err = {0};
	build(&z, sheet2);
	assert_false(table_parse(&z.out, NULL, &t, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_says(says);
	zip_bytes_fini(&z);
}

static void broken_sheets_name_the_cell(void **state) {
	(void)state;
	refuse(NULL, "sheet2.xml is missing");
	refuse("<worksheet><sheetData><row r=\"1\"><c r=\"B1\" t=\"s\"><v>99</v></c></row></sheetData></worksheet>", "cell B1");
	refuse("<worksheet><sheetData><row r=\"2\"/><row r=\"1\"/></sheetData></worksheet>", "the row after 2");
	refuse("<worksheet><sheetData><row r=\"1\"><c r=\"A2\"><v>1</v></c></row></sheetData></worksheet>", "row 1");
	refuse("<worksheet><sheetData><row r=\"1\"><c r=\"ZZZ1\"><v>1</v></c></row></sheetData></worksheet>",
	       "cell ZZZ1: there are more columns");
	refuse("<worksheet><sheetData><row r=\"1\"><row r=\"2\"/></row></sheetData></worksheet>", "a row inside a row");
	refuse("<worksheet><sheetData><row r=\"99999999\"/></sheetData></worksheet>", "99999999");
	refuse("<worksheet>", "line 1");
	refuse("<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>", "document type");
	refuse("<worksheet/>", "empty");
}

static void zip_bombs_are_stopped(void **state) {
	(void)state;
	struct zip_bytes z = {0};
	struct table t = {0};
	struct err err = {0};
	zip_add(&z, "_rels/.rels", RELS);
	zip_add(&z, "xl/workbook.xml", BOOK);
	zip_add(&z, "xl/_rels/workbook.xml.rels", BOOK_RELS);
	zip_add_bomb(&z, "xl/worksheets/sheet2.xml", "<worksheet>", 8000000); /* 13 MB that unpack to 2 GB */
	zip_finish(&z);
	assert_false(table_parse(&z.out, NULL, &t, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_says("256 MiB");
	zip_bytes_fini(&z);
}

static void refuse_bytes(const void *bytes, size_t n, const char *says) {
	struct strbuf file = {0};
	struct table t = {0};
	struct err err = {0};
	strbuf_add(&file, bytes, n);
	assert_false(table_parse(&file, NULL, &t, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_says(says);
	assert_says("CSV");
	strbuf_fini(&file);
}

static void refuse_archive(const char *member, const char *text, const char *says) {
	struct zip_bytes z = {0};
	zip_add(&z, member, text);
	zip_finish(&z);
	refuse_bytes(z.out.data, z.out.len, says);
	zip_bytes_fini(&z);
}

static void what_is_no_workbook_says_how_to_save_it(void **state) {
	(void)state;
	static const char old[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...W\0o\0r\0k\0b\0o\0o\0k\0";
	static const char locked[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
	static const char *const texts[][2] = {
		{"BEGIN:VCARD\nFN:x\nEND:VCARD\n", "vCard"},
		{"begin:vcard\nend:vcard\n", "vCard"},
		{"%PDF-1.7", "PDF"},
		{"{\"url\":\"https://docs.google.com/open?id=1\",\"doc_id\":\"1\",\"email\":\"a@example.org\"}", "shortcut"},
		{"{\"\":\"do not edit\",\"doc_id\":\"1\"}", "shortcut"},
		{"[InternetShortcut]\r\nURL=https://example.org/\r\n", "shortcut"},
		{"{\\rtf1 x}", "text document"},
		{"<!doctype html><table>", "web page"},
		{"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "(.xls)"},
		{"<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">", "(.ods)"},
		{"\1\1\1 ftypheic....", "picture"},
		{"RIFF....WEBP", "picture"},
	};
	refuse_bytes(old, sizeof old, "old Excel workbook (.xls)");
	refuse_bytes(locked, sizeof locked, "password");
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		refuse_bytes(texts[i][0], strlen(texts[i][0]), texts[i][1]);
	}
	refuse_archive("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "(.ods)");
	refuse_archive("mimetype", "application/vnd.oasis.opendocument.text", "text document");
	refuse_archive("Index/Document.iwa", "x", "Numbers");
	refuse_archive("xl/workbook.bin", "x", "(.xlsb)");
	refuse_archive("word/document.xml", "<x/>", "text document");
	refuse_archive("photo.jpg", "x", "no Excel workbook");
}

/* A list into which somebody put a letter, and a text whose first word begins like a picture. */
static void what_it_holds_besides_does_not_matter(void **state) {
	(void)state;
	struct zip_bytes z;
	struct table t = {0};
	struct err err = {0};
	struct strbuf text = {0};
	build_with(&z, SHEET2, "xl/embeddings/letter.docx", "PK word/document.xml Index.zip xl/workbook.bin");
	assert_ok(table_parse(&z.out, NULL, &t, &err));
	assert_string_equal(table_cell(&t, 0, 0), "ПІБ");
	table_fini(&t);
	zip_bytes_fini(&z);
	strbuf_adds(&text, "Riff,gif8\nA,B\n");
	assert_ok(table_parse(&text, NULL, &t, &err));
	assert_string_equal(table_cell(&t, 0, 0), "Riff");
	table_fini(&t);
	strbuf_fini(&text);
}

static void backslashes_part_folders_too(void **state) {
	(void)state;
	struct zip_bytes z = {0};
	struct table t = {0};
	struct err err = {0};
	zip_add(&z, "_rels\\.rels", RELS);
	zip_add(&z, "xl\\workbook.xml", BOOK);
	zip_add(&z, "xl\\_rels\\workbook.xml.rels",
		"<Relationships><Relationship Id=\"rId2\" Type=\"a/worksheet\" Target=\"worksheets\\sheet2.xml\"/></Relationships>");
	zip_add(&z, "xl\\worksheets\\sheet2.xml",
		"<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>ПІБ</t></is></c></row></sheetData></worksheet>");
	zip_finish(&z);
	assert_ok(table_parse(&z.out, NULL, &t, &err));
	assert_string_equal(table_cell(&t, 0, 0), "ПІБ");
	table_fini(&t);
	zip_bytes_fini(&z);
}

static void errors_are_empty_cells_and_told(void **state) {
	(void)state;
	struct zip_bytes z;
	struct table t = {0};
	struct err err = {0};
	struct strbuf said = {0};
	build(&z, "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"e\"><f>A9</f><v>#N/A</v></c>"
		  "<c r=\"C1\" t=\"s\"><v>2</v></c></row><row r=\"2\"><c r=\"A2\" t=\"e\"><v>#REF!</v></c></row></sheetData></worksheet>");
	assert_ok(table_parse(&z.out, NULL, &t, &err));
	assert_int_equal(t.count, 1); /* a row of errors alone is an empty one */
	assert_string_equal(table_cell(&t, 0, 1), "");
	assert_string_equal(table_cell(&t, 0, 2), "дата");
	assert_int_equal(t.notes.total, 2);
	fault_say(&t.notes.items[0], NULL, &said);
	assert_string_equal(strbuf_str(&said), "sheet \"Люди\": cell B1: the formula came to nothing (\"#N/A\"): the cell counts as empty");
	strbuf_fini(&said);
	table_fini(&t);
	zip_bytes_fini(&z);
}

static void escapes_are_decoded(void **state) {
	(void)state;
	static const char *const pairs[][2] = {
		{"a_x000D_\nb", "a\r\nb"},
		{"_x0030_7", "07"},
		{"_x005F_x000D_", "_x000D_"},
		{"_xD83D__xDE00_", "\xF0\x9F\x98\x80"},
		{"_xD83D_z", "z"},
		{"_xDE00_", ""},
		{"_x0000_", ""},
		{"_x00G0_", "_x00G0_"},
		{"_x0030", "_x0030"},
		{"a_xb_x_", "a_xb_x_"},
		{"_X0030_", "_X0030_"},
		{"_x0456__x0457_", "ії"},
	};
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		char *text = xstrdup(pairs[i][0]);
		size_t n = xlsx_unescape(text, strlen(text));
		assert_string_equal(text, pairs[i][1]);
		assert_int_equal(n, strlen(text));
		free(text);
	}
}

static void zeros_that_are_shown_are_kept(void **state) {
	(void)state;
	static const struct {
		const char *code;
		int digits;
	} formats[] = {{"00000", 5},    {"000\\-00\\-00", 7}, {"\"+38\"0000000000", 10},
		       {"000-00;@", 5}, {"[$-419]00", 2},     {"0", 0},
		       {"+0", 0},       {"0.00", 0},          {"#,##0", 0},
		       {"0%", 0},       {"00E+00", 0},        {"General", 0},
		       {"# ?/?", 0},    {"yyyy", 0}};
	for (size_t i = 0; i < COUNT_OF(formats); i++) {
		assert_int_equal(xlsx_style_digits(xlsx_style_of_code(formats[i].code)), formats[i].digits);
	}
	struct zip_bytes z = {0};
	struct table t = {0};
	struct err err = {0};
	zip_add(&z, "_rels/.rels", RELS);
	zip_add(&z, "xl/workbook.xml", BOOK);
	zip_add(&z, "xl/_rels/workbook.xml.rels", BOOK_RELS);
	zip_add(&z, "xl/styles.xml",
		"<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"00000\"/></numFmts><cellXfs><xf numFmtId=\"170\"/></cellXfs>"
		"</styleSheet>");
	zip_add(&z, "xl/worksheets/sheet2.xml",
		"<worksheet><sheetData><row><c s=\"0\"><v>7</v></c><c s=\"0\"><v>1234567</v></c><c s=\"0\"><v>-7</v></c>"
		"<c s=\"0\"><v>7.5</v></c><c s=\"0\" t=\"str\"><v>7</v></c></row></sheetData></worksheet>");
	zip_finish(&z);
	assert_ok(table_parse(&z.out, NULL, &t, &err));
	const char *const want[] = {"00007", "1234567", "-7", "7.5", "7"};
	for (size_t c = 0; c < COUNT_OF(want); c++) {
		assert_string_equal(table_cell(&t, 0, c), want[c]);
	}
	table_fini(&t);
	zip_bytes_fini(&z);
}

#define CELL(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define ROW(a, b) "<row>" CELL(a) CELL(b) "</row>"
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

/* A chart, an empty sheet, two lists of one shape with a title above the second, a list of another shape, a hidden list of the first one's. */
static void build_many(struct zip_bytes *z) {
	*z = (struct zip_bytes){0};
	zip_add(z, "_rels/.rels", RELS);
	zip_add(z, "xl/workbook.xml",
		"<workbook><sheets><sheet name=\"Графік\" id=\"r1\"/><sheet name=\"Порожній\" id=\"r2\"/><sheet name=\"Київ\" id=\"r3\"/>"
		"<sheet name=\"Львів\" id=\"r4\"/><sheet name=\"Меню\" id=\"r5\"/><sheet name=\"Старе\" id=\"r6\" "
		"state=\"hidden\"/></sheets>"
		"</workbook>");
	zip_add(z, "xl/_rels/workbook.xml.rels",
		"<Relationships><Relationship Id=\"r1\" Type=\"a/chartsheet\" Target=\"chartsheets/s.xml\"/><Relationship Id=\"r2\" "
		"Type=\"a/worksheet\" Target=\"2.xml\"/><Relationship Id=\"r3\" Type=\"a/worksheet\" Target=\"3.xml\"/><Relationship "
		"Id=\"r4\" Type=\"a/worksheet\" Target=\"4.xml\"/><Relationship Id=\"r5\" Type=\"a/worksheet\" Target=\"5.xml\"/>"
		"<Relationship Id=\"r6\" Type=\"a/worksheet\" Target=\"3.xml\"/></Relationships>");
	zip_add(z, "xl/chartsheets/s.xml", "<chartsheet/>");
	zip_add(z, "xl/2.xml", SHEET(""));
	zip_add(z, "xl/3.xml", SHEET(ROW("ПІБ", "Email") ROW("Їжак", "a@example.org")));
	zip_add(z, "xl/4.xml", SHEET("<row>" CELL("Учасники зі Львова") "</row>" ROW("ПІБ", "Email") ROW("Білка", "b@example.org")));
	zip_add(z, "xl/5.xml", SHEET(ROW("Страва", "Ціна") ROW("борщ", "90")));
	zip_finish(z);
}

static void sheets_of_one_shape_are_offered_together(void **state) {
	(void)state;
	struct zip_bytes z;
	struct table t = {0};
	struct err err = {0};
	build_many(&z);
	assert_ok(table_parse(&z.out, NULL, &t, &err));
	assert_string_equal(t.sheet, "Київ");
	assert_int_equal(t.count, 2);
	assert_int_equal(t.alike_count, 1);
	assert_string_equal(strbuf_str(&t.alike), "Львів");
	assert_string_equal(strbuf_str(&t.unread), "Графік\nПорожній\nМеню\nСтаре");
	table_fini(&t);
	struct table_options all = {.sheet = TABLE_SHEETS_ALL};
	assert_ok(table_parse(&z.out, &all, &t, &err));
	assert_int_equal(t.count, 3); /* one row of headers for both */
	assert_int_equal(t.parts.count, 2);
	assert_string_equal(table_sheet(&t, 1), "Київ");
	assert_string_equal(table_sheet(&t, 2), "Львів");
	assert_string_equal(table_cell(&t, 2, 0), "Білка");
	assert_int_equal(t.rows[2].line, 3);
	assert_int_equal(t.alike_count, 0);
	table_fini(&t);
	struct table_options menu = {.sheet = "Меню"};
	assert_ok(table_parse(&z.out, &menu, &t, &err));
	assert_string_equal(table_cell(&t, 1, 0), "борщ");
	table_fini(&t);
	zip_bytes_fini(&z);
}

static void every_prefix_is_refused(void **state) {
	(void)state;
	struct zip_bytes z;
	build(&z, SHEET2);
	size_t whole = z.out.len;
	for (size_t n = 4; n < whole; n += n < whole - 600 ? 7 : 1) {
		struct table t = {0};
		struct err err = {0};
		struct strbuf cut = {0};
		strbuf_add(&cut, z.out.data, n);
		if (table_parse(&cut, NULL, &t, &err)) {
			fail();
		}
		assert_int_equal(err.kind, ERR_INPUT);
		strbuf_fini(&cut);
	}
	zip_bytes_fini(&z);
}

static void flipped_bytes_do_no_harm(void **state) {
	(void)state;
	struct zip_bytes z;
	build(&z, SHEET2);
	for (size_t i = 4; i < z.out.len; i += 3) {
		struct table t = {0};
		struct err err = {0};
		z.out.data[i] = (char)(z.out.data[i] ^ 0x55);
		if (table_parse(&z.out, NULL, &t, &err)) {
			table_fini(&t);
		}
		z.out.data[i] = (char)(z.out.data[i] ^ 0x55);
	}
	zip_bytes_fini(&z);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_visible_sheet_is_read),
		cmocka_unit_test(a_sheet_can_be_named),
		cmocka_unit_test(dates_of_both_systems),
		cmocka_unit_test(numbers_as_people_write_them),
		cmocka_unit_test(broken_sheets_name_the_cell),
		cmocka_unit_test(zip_bombs_are_stopped),
		cmocka_unit_test(what_is_no_workbook_says_how_to_save_it),
		cmocka_unit_test(what_it_holds_besides_does_not_matter),
		cmocka_unit_test(every_prefix_is_refused),
		cmocka_unit_test(flipped_bytes_do_no_harm),
		cmocka_unit_test(backslashes_part_folders_too),
		cmocka_unit_test(errors_are_empty_cells_and_told),
		cmocka_unit_test(escapes_are_decoded),
		cmocka_unit_test(zeros_that_are_shown_are_kept),
		cmocka_unit_test(sheets_of_one_shape_are_offered_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
