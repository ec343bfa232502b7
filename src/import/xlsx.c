#include "import/xlsx.h"

#include "base/alloc.h"
#include "base/str.h"
#include "import/fault.h"
#include "import/xlsx_book.h"
#include "import/xlsx_package.h"
#include "import/xlsx_sheet.h"

bool xlsx_parse(const struct strbuf *bytes, const char *sheet, bool lines, struct table *t, struct err *err) {
	struct xlsx_book book = {0};
	struct xlsx_package *package = xlsx_package_open(bytes, err);
	if (package == NULL) {
		return false;
	}
	bool ok = xlsx_book_read(package, sheet, &book, err);
	if (ok) {
		str_copy(t->encoding, sizeof t->encoding, "UTF-8");
		t->sheet = xstrdup(book.sheet);
		ok = xlsx_sheet_read(package, &book, lines, t, err) || fault_wrap(err, &(struct fault_place){.sheet = book.sheet});
	}
	xlsx_book_fini(&book);
	xlsx_package_close(package);
	return ok;
}
