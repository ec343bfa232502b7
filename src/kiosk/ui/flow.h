/* Text put into boxes: measured, wrapped, made smaller until it fits. How wide a text is, is told by whoever has the fonts. */
#ifndef TURNOUT_KIOSK_UI_FLOW_H
#define TURNOUT_KIOSK_UI_FLOW_H

#include <stddef.h>

#include "kiosk/ui/draw.h"
#include "kiosk/ui/theme.h"

struct metrics {
	void *context;
	/* Pixels that the n bytes advance at that em. */
	int (*width)(void *context, enum face face, int size, const char *text, size_t n);
};

#define FLOW_LINES_MAX 400

struct flow {
	const char *text; /* as it was given: whoever gave it keeps it */
	enum face face;
	int size, height; /* em, line height: pixels */
	size_t count;
	int width; /* of the longest line */
	bool cut;  /* the last line ends with … because not everything fitted */
	struct {
		size_t first, n; /* bytes of the text */
		int width;
	} lines[FLOW_LINES_MAX];
};

struct flow_room {
	int width;        /* pixels */
	int height;       /* pixels; 0: any */
	int lines;        /* at most so many; 0: any */
	bool contained;   /* a line that is higher than the room becomes smaller, too; else it stands out of it */
	bool break_words; /* rather than become smaller than size_min or cut */
};

/* Sets the text in the largest size of the role at which it fits the room; at the smallest it is cut with "…". "\n" ends a line. */
void flow_set(struct flow *flow, const struct theme *theme, const struct metrics *metrics, enum type_role role, const char *text,
	      const struct flow_room *room);

/* Draws one of its lines, the last one of a text that was cut with its "…". */
void flow_draw_line(const struct flow *flow, size_t line, struct draw_list *list, struct pixel at, uint32_t colour);

#endif
