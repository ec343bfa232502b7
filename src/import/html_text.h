/* HTML fragments as plain text, for abstracts. */
#ifndef TURNOUT_IMPORT_HTML_TEXT_H
#define TURNOUT_IMPORT_HTML_TEXT_H

/* Tags are dropped, those that end a line or paragraph become a line end; scripts, styles and comments go with their content; numeric
 * character references and the usual named ones (HTML 4.01, 24) are decoded. A < that begins no tag stays. Input is valid UTF-8, and so
 * is the result. New memory for free(). */
char *html_text(const char *html);

#endif
