/* libxml2's push parser, which calls back element by element. Document types are refused at once, so there are no entities of the file's
 * own to expand and nothing outside to fetch; depth, length of tags and number of nodes are capped here. */
#include "import/xml.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "import/arena.h"
#include "import/fault.h"

#define CHUNK 65536

struct xml_attributes {
	const xmlChar **items; /* five pointers each: local name, prefix, URI, value, end of value */
	int count;
	int line;
};

struct stream {
	const struct xml_handler *handler;
	void *context;
	xmlParserCtxtPtr parser;
	struct err *err;
	int depth;
	bool failed;
	size_t tag;   /* bytes since an element's < ; 0 outside */
	char quote;   /* the open quotation mark inside a tag, or 0 */
	bool opening; /* the byte before was < */
};

static const char *chars(const xmlChar *text) { return (const char *)text; }

/* Without entity substitution libxml2 leaves "&#38;" for "&amp;" in attributes (xmlParseAttValueInternal). */
static void copy_value(const char *value, size_t n, char *text, size_t cap) {
	if (n < cap && memchr(value, '&', n) == NULL) {
		memcpy(text, value, n);
		text[n] = '\0';
		return;
	}
	struct strbuf plain = {0};
	for (size_t i = 0; i < n;) {
		strbuf_addc(&plain, value[i]);
		i += n - i >= 5 && memcmp(value + i, "&#38;", 5) == 0 ? 5 : 1;
	}
	str_copy(text, cap, strbuf_str(&plain));
	strbuf_fini(&plain);
}

bool xml_attribute(const struct xml_attributes *attributes, const char *name, char *text, size_t cap) {
	text[0] = '\0';
	for (int i = 0; i < attributes->count; i++) {
		const xmlChar **a = attributes->items + (ptrdiff_t)i * 5;
		if (!str_eq(chars(a[0]), name)) {
			continue;
		}
		copy_value(chars(a[3]), (size_t)(a[4] - a[3]), text, cap);
		return true;
	}
	return false;
}

static void stop(struct stream *s) {
	s->failed = true;
	xmlStopParser(s->parser);
}

static size_t line_of(const struct stream *s) {
	return s->parser->input && s->parser->input->line > 0 ? (size_t)s->parser->input->line : 0;
}

static void refuse(struct stream *s, enum fault_kind kind) {
	if (!s->failed) {
		fault_fail(s->err, &(struct fault){.kind = kind, .at.line = line_of(s)});
	}
	stop(s);
}

static void on_doctype(void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
	(void)name;
	(void)external;
	(void)system;
	refuse(data, FAULT_XML_DOCTYPE);
}

/* NOLINTNEXTLINE: the parameter list is libxml2's startElementNsSAX2Func */
static void on_open(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
		    const xmlChar **namespaces, int count, int defaulted, const xmlChar **attributes) {
	(void)prefix;
	(void)uri;
	(void)namespace_count;
	(void)namespaces;
	(void)defaulted;
	struct stream *s = data;
	if (s->failed) {
		return;
	}
	if (++s->depth > XML_DEPTH_MAX) {
		refuse(s, FAULT_XML_DEEP);
		return;
	}
	struct xml_attributes list = {attributes, count, s->parser->input ? s->parser->input->line : 0};
	if (!s->handler->open(s->context, chars(name), &list, s->err)) {
		stop(s);
	}
}

static void on_close(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
	(void)prefix;
	(void)uri;
	struct stream *s = data;
	if (s->failed) {
		return;
	}
	s->depth--;
	if (!s->handler->close(s->context, chars(name), s->err)) {
		stop(s);
	}
}

static void on_text(void *data, const xmlChar *text, int n) {
	struct stream *s = data;
	if (!s->failed && n > 0 && !s->handler->text(s->context, chars(text), (size_t)n, s->err)) {
		stop(s);
	}
}

static void on_error(void *data, xmlErrorPtr why) {
	struct stream *s = data;
	/* A prefix that is declared nowhere is no error here: only local names are looked at. XML_ERR_USER_STOP is our own stop(). */
	if (s->failed || why->level < XML_ERR_ERROR || why->domain == XML_FROM_NAMESPACE || why->code == XML_ERR_USER_STOP) {
		return;
	}
	char message[200];
	str_copy(message, sizeof message, str_or_empty(why->message));
	struct fault fault = {
		.kind = FAULT_XML_BROKEN_AT, .at = {.line = (size_t)why->line, .column = (size_t)why->int2}, .other = str_trim(message)};
	fault_fail(s->err, &fault);
	stop(s);
}

static xmlSAXHandler sax_table(void) {
	xmlSAXHandler sax;
	memset(&sax, 0, sizeof sax);
	sax.initialized = XML_SAX2_MAGIC;
	sax.internalSubset = on_doctype;
	sax.startElementNs = on_open;
	sax.endElementNs = on_close;
	sax.characters = on_text;
	sax.ignorableWhitespace = on_text;
	sax.cdataBlock = on_text;
	sax.serror = on_error;
	return sax;
}

/* libxml2 compares every attribute of a tag with every other: a tag of millions would take days. Comments and character data are taken
 * for tags where they look like them, which does no harm below the cap. */
static bool tags_fit(struct stream *s, const char *bytes, size_t n) {
	for (size_t i = 0; i < n; i++) {
		char c = bytes[i];
		if (s->tag == 0) {
			bool name = s->opening && c != '!' && c != '?' && c != '/' && !str_is_space(c);
			s->tag = name ? 1 : 0;
			s->opening = c == '<';
		} else if (s->quote != 0) {
			s->quote = c == s->quote ? 0 : s->quote;
		} else if (c == '>') {
			s->tag = 0;
		} else if (c == '"' || c == '\'') {
			s->quote = c;
		}
		s->tag += s->tag != 0;
		if (s->tag > XML_TAG_MAX) {
			return false;
		}
	}
	return true;
}

static bool feed(struct stream *s, const struct xml_input *input, char *chunk) {
	for (;;) {
		int64_t n = input->source(input->source_context, chunk, CHUNK, s->err);
		if (n < 0) {
			return false;
		}
		if (!tags_fit(s, chunk, (size_t)n)) {
			return fault_fail(s->err,
					  &(struct fault){.kind = FAULT_XML_TAG_LONG, .at.line = line_of(s), .number = XML_TAG_MAX / 1024});
		}
		int code = xmlParseChunk(s->parser, chunk, (int)n, n == 0);
		if (s->failed) {
			return false;
		}
		if (code != 0 && s->parser->wellFormed == 0) {
			return fault_fail(s->err, &(struct fault){.kind = FAULT_XML_BROKEN});
		}
		if (n == 0) {
			return true;
		}
	}
}

bool xml_stream(const struct xml_input *input, const struct xml_handler *handler, struct err *err) {
	xmlSAXHandler sax = sax_table();
	struct stream s = {.handler = handler, .context = input->handler_context, .err = err};
	char *chunk = xmalloc(CHUNK);
	s.parser = xmlCreatePushParserCtxt(&sax, &s, NULL, 0, NULL);
	bool ok = false;
	if (s.parser == NULL) {
		err_set(err, ERR_SYSTEM, "no memory for the XML reader");
	} else {
		xmlCtxtUseOptions(s.parser, XML_PARSE_NONET | XML_PARSE_COMPACT);
		ok = feed(&s, input, chunk);
		if (s.parser->myDoc != NULL) {
			xmlFreeDoc(s.parser->myDoc);
		}
		xmlFreeParserCtxt(s.parser);
	}
	free(chunk);
	return ok;
}

/* ---- the tree ---- */

struct level {
	struct xml_node *node;
	struct xml_node *last; /* its last child so far */
	struct strbuf text;
};

struct xml_tree {
	struct arena arena;
	struct xml_node *root;
	struct level levels[XML_DEPTH_MAX + 1];
	int depth;
	size_t nodes;
	const char *at; /* the bytes still to be read */
	size_t left;
};

/* The arena hands out bytes; whatever holds pointers wants alignment. */
static void *tree_memory(struct xml_tree *tree, size_t n) {
	size_t align = _Alignof(max_align_t);
	char *memory = arena_bytes(&tree->arena, n + align);
	memory += (align - (uintptr_t)memory % align) % align;
	memset(memory, 0, n);
	return memory;
}

static const char **copy_attributes(struct xml_tree *tree, const struct xml_attributes *attributes) {
	const char **copy = tree_memory(tree, ((size_t)attributes->count * 2 + 1) * sizeof *copy);
	for (int i = 0; i < attributes->count; i++) {
		const xmlChar **a = attributes->items + (ptrdiff_t)i * 5;
		size_t n = (size_t)(a[4] - a[3]);
		char *value = arena_bytes(&tree->arena, n + 1);
		xml_attribute(attributes, chars(a[0]), value, n + 1);
		copy[2 * i] = arena_text(&tree->arena, chars(a[0]), strlen(chars(a[0])));
		copy[2 * i + 1] = value;
	}
	return copy;
}

static bool tree_open(void *context, const char *name, const struct xml_attributes *attributes, struct err *err) {
	struct xml_tree *tree = context;
	tree->nodes += 1 + (size_t)attributes->count;
	if (tree->nodes > XML_NODES_MAX) {
		struct fault fault = {.kind = FAULT_XML_LARGE, .at.line = (size_t)attributes->line, .number = XML_NODES_MAX};
		return fault_fail(err, &fault);
	}
	struct xml_node *node = tree_memory(tree, sizeof *node);
	node->name = arena_text(&tree->arena, name, strlen(name));
	node->attributes = copy_attributes(tree, attributes);
	node->line = attributes->line;
	if (tree->depth == 0) {
		tree->root = node;
	} else {
		struct level *above = &tree->levels[tree->depth - 1];
		struct xml_node **place = above->last ? &above->last->next : &above->node->first;
		*place = node;
		above->last = node;
	}
	struct level *level = &tree->levels[tree->depth++];
	level->node = node;
	level->last = NULL;
	strbuf_reset(&level->text);
	return true;
}

static bool tree_close(void *context, const char *name, struct err *err) {
	(void)name;
	(void)err;
	struct xml_tree *tree = context;
	struct level *level = &tree->levels[--tree->depth];
	level->node->text = arena_text(&tree->arena, strbuf_str(&level->text), level->text.len);
	return true;
}

static bool tree_text(void *context, const char *text, size_t n, struct err *err) {
	(void)err;
	struct xml_tree *tree = context;
	if (tree->depth > 0) {
		strbuf_add(&tree->levels[tree->depth - 1].text, text, n);
	}
	return true;
}

static int64_t tree_source(void *context, char *bytes, size_t n, struct err *err) {
	(void)err;
	struct xml_tree *tree = context;
	size_t give = tree->left < n ? tree->left : n;
	memcpy(bytes, tree->at, give);
	tree->at += give;
	tree->left -= give;
	return (int64_t)give;
}

struct xml_tree *xml_tree_open(const char *bytes, size_t n, struct err *err) {
	static const struct xml_handler handler = {tree_open, tree_close, tree_text};
	struct xml_tree *tree = xcalloc(1, sizeof *tree);
	tree->at = bytes;
	tree->left = n;
	struct xml_input input = {tree_source, tree, tree};
	if (!xml_stream(&input, &handler, err)) {
		xml_tree_close(tree);
		return NULL;
	}
	return tree;
}

void xml_tree_close(struct xml_tree *tree) {
	if (tree == NULL) {
		return;
	}
	for (size_t i = 0; i < COUNT_OF(tree->levels); i++) {
		strbuf_fini(&tree->levels[i].text);
	}
	arena_fini(&tree->arena);
	free(tree);
}

const struct xml_node *xml_tree_root(const struct xml_tree *tree) { return tree->root; }

static const struct xml_node *from_here(const struct xml_node *node, const char *name) {
	while (node != NULL && !str_eq(node->name, name)) {
		node = node->next;
	}
	return node;
}

const struct xml_node *xml_child(const struct xml_node *node, const char *name) { return node ? from_here(node->first, name) : NULL; }

const struct xml_node *xml_sibling(const struct xml_node *node, const char *name) { return node ? from_here(node->next, name) : NULL; }

const char *xml_child_text(const struct xml_node *node, const char *name) {
	const struct xml_node *child = xml_child(node, name);
	return child ? child->text : "";
}

const char *xml_node_attribute(const struct xml_node *node, const char *name) {
	for (const char **at = node ? node->attributes : NULL; at != NULL && *at != NULL; at += 2) {
		if (str_eq(at[0], name)) {
			return at[1];
		}
	}
	return NULL;
}
