/* What a caller says of a table's columns: that the one with this header is that field. */
#ifndef TURNOUT_IMPORT_COLUMN_MAP_H
#define TURNOUT_IMPORT_COLUMN_MAP_H

struct column_map {
	const char *field;  /* the field's key, as the reader of the table knows it */
	const char *header; /* of the column; compared like aliases. Of people "Column 3" is the third where its header is empty */
};

#endif
