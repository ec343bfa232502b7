/* The language that a text names: "uk", "UA", "українська", "English (native)", "uk_UA.UTF-8". */
#ifndef TURNOUT_IMPORT_LANGUAGE_TEXT_H
#define TURNOUT_IMPORT_LANGUAGE_TEXT_H

#define LANGUAGE_CODE_MAX 4

enum language_said { LANGUAGE_NONE, LANGUAGE_ONE, LANGUAGE_MORE /* the first of several was taken */ };

/* Two letters of ISO 639-1, or three of ISO 639-2 where a language has no two (Crimean Tatar, sign language). `code` is "" for none. A text that
 * says anything else beside languages names none. */
enum language_said language_read(const char *text, char code[LANGUAGE_CODE_MAX]);

#endif
