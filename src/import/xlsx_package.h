/* The ZIP package of a workbook and its parts (ECMA-376 part 2), through libzip. What is inflated is counted, whatever the directory
 * promises: more than XLSX_INFLATED_MAX bytes in all are refused. */
#ifndef TURNOUT_IMPORT_XLSX_PACKAGE_H
#define TURNOUT_IMPORT_XLSX_PACKAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "import/xml.h"

#define XLSX_INFLATED_MAX ((int64_t)256 << 20)

struct xlsx_package;

/* The bytes must live as long as the package. NULL with `err` filled when they are no ZIP that can be read. */
struct xlsx_package *xlsx_package_open(const struct strbuf *bytes, struct err *err) TURNOUT_MUST_CHECK;
void xlsx_package_close(struct xlsx_package *package); /* NULL is fine */

bool xlsx_package_has(const struct xlsx_package *package, const char *part);
/* A whole part in memory, appended to `out`. */
bool xlsx_package_read(struct xlsx_package *package, const char *part, struct strbuf *out, struct err *err) TURNOUT_MUST_CHECK;
/* A part as XML events. */
bool xlsx_package_stream(struct xlsx_package *package, const char *part, const struct xml_handler *handler, void *context,
			 struct err *err) TURNOUT_MUST_CHECK;

#endif
