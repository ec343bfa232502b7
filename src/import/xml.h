/* XML 1.0 read safely, through libxml2's SAX2 push parser: as events, for big files, or as a small tree.
 *
 * A document type is refused, so there are no entities to expand but the five built-in ones; nothing is fetched from anywhere; nesting,
 * names and texts are capped (XML_PARSE_HUGE stays off: libxml2's own limits of 10 MB a text hold too). libxml2 prints nothing. Names
 * are local names: prefixes are dropped. Errors (ERR_INPUT) name line and column. */
#ifndef TURNOUT_IMPORT_XML_H
#define TURNOUT_IMPORT_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define XML_DEPTH_MAX 60
#define XML_NODES_MAX 2000000 /* elements and attributes of a tree */
#define XML_TAG_MAX 131072    /* bytes of one tag with its attributes */

/* The attributes of the element that opens; only good during the call. */
struct xml_attributes;
/* The attribute's value, cut to what fits; false when it is not there (text is "" then). */
bool xml_attribute(const struct xml_attributes *attributes, const char *name, char *text, size_t cap);

/* What happens while reading. Each returns false with `err` filled to stop. Texts come in pieces, not NUL-terminated, as UTF-8. */
struct xml_handler {
	bool (*open)(void *context, const char *name, const struct xml_attributes *attributes, struct err *err);
	bool (*close)(void *context, const char *name, struct err *err);
	bool (*text)(void *context, const char *text, size_t n, struct err *err);
};

/* Gives up to n bytes; returns how many, 0 at the end, -1 with `err` filled. */
typedef int64_t xml_source(void *context, char *bytes, size_t n, struct err *err);

struct xml_input {
	xml_source *source;
	void *source_context;
	void *handler_context;
};

/* Reads a whole document as events. */
bool xml_stream(const struct xml_input *input, const struct xml_handler *handler, struct err *err) TURNOUT_MUST_CHECK;

struct xml_node {
	const char *name;
	char *text;              /* all text directly inside, in one; never NULL */
	const char **attributes; /* name, value, name, value, …, NULL */
	struct xml_node *first, *next;
	int line;
};

struct xml_tree;

/* The n bytes as a tree; NULL with `err` filled. Everything in it lives until xml_tree_close. */
struct xml_tree *xml_tree_open(const char *bytes, size_t n, struct err *err) TURNOUT_MUST_CHECK;
void xml_tree_close(struct xml_tree *tree); /* NULL is fine */
const struct xml_node *xml_tree_root(const struct xml_tree *tree);

/* All of these answer NULL (the text: "") for a NULL node and for what is not there. */
const struct xml_node *xml_child(const struct xml_node *node, const char *name);   /* the first with that name */
const struct xml_node *xml_sibling(const struct xml_node *node, const char *name); /* the next with that name */
const char *xml_child_text(const struct xml_node *node, const char *name);
const char *xml_node_attribute(const struct xml_node *node, const char *name);

#endif
