#include "kiosk/screens/search_list.h"

#include "base/utf8.h"
#include "kiosk/screens/buttons.h"

#define TYPED_MAX 80 /* characters */

static const struct field_rule RULE = {.most = TYPED_MAX};

static const struct letter_actions LETTERS = {.key = SEARCH_KEY, .erase = SEARCH_ERASE, .change = SEARCH_LAYOUT, .signs = SEARCH_SIGNS};

enum letters_did search_list_act(struct search_list *list, const struct model *m, const struct msg *msg) {
	const struct letters_typing typing = {&list->text, &list->keys, &RULE, letter_of_name};
	enum letters_did did = letters_act(&typing, &LETTERS, m, msg);
	if (did == LETTERS_TYPED || msg->action == SEARCH_TOGGLE) {
		list->page = 0;
	}
	switch (msg->action) {
	case SEARCH_TOGGLE: list->put_away = !list->put_away; return LETTERS_SHOWN;
	case SEARCH_PAGE: list->page = msg->argument > INT32_MAX || msg->argument < 0 ? 0 : (int)msg->argument; return LETTERS_SHOWN;
	default: return did;
	}
}

void search_list_typed(struct search_list *list, const char *text, size_t n) {
	for (const char *at = text; at < text + n;) {
		field_key(&list->text, &RULE, utf8_next(&at));
	}
	list->page = 0;
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static void draw_field(const struct view *v, struct box box, const struct search_list *list, const char *hint) {
	const struct theme *t = v->pen.theme;
	int button = len(t, FIND_CODE_WIDE), gap = len(t, GAP_CLOSE);
	button = button > box.w / 3 ? box.w / 3 : button;
	field_draw_line(&v->pen, (struct box){box.x, box.y, box.w - button - gap, box.h}, &list->text, hint);
	button_draw(&v->pen, (struct box){box.x + box.w - button, box.y, button, box.h},
		    &(struct button){.text = list->put_away ? T(v, "Show the letters") : T(v, "Show the whole list"),
				     .icon = list->put_away ? ICON_KEYS : ICON_NONE,
				     .action = SEARCH_TOGGLE,
				     .quiet = true});
}

static void put_rows(const struct view *v, struct box room, const struct cells *cells, const struct search_rows *rows, int from, int fit) {
	for (int i = 0; i < fit * cells->columns && from + i < rows->count; i++) {
		rows->put(v, box_cell(room, cells, i), from + i);
	}
}

/* The letters are put away: pages of rows. */
static void draw_pages(const struct view *v, struct box room, const struct cells *cells, const struct search_list *list,
		       const struct search_rows *rows) {
	const struct theme *t = v->pen.theme;
	int buttons = len(t, PAGE_BUTTON_HIGH);
	if (rows->count == 0) {
		return;
	}
	struct pages_room all = {.height = room.h + cells->gap, .row = cells->high + cells->gap, .buttons = buttons + cells->gap};
	struct pages pages = pages_of(&all, (rows->count + cells->columns - 1) / cells->columns, list->page);
	put_rows(v, room, cells, rows, pages.page * pages.fit * cells->columns, pages.fit);
	part_pages(v, room, &pages, SEARCH_PAGE, T(v, "Back up"), T(v, "More"));
}

void part_search_list(const struct view *v, struct box room, const struct search_list *list, const struct search_rows *rows) {
	const struct theme *t = v->pen.theme;
	int high = len(t, FIND_FIELD_HIGH), hint = len(t, FIND_HINT_HIGH), gap = len(t, GAP_CLOSE), y = room.y + high + hint;
	struct cells cells = {.columns = t->portrait ? 1 : 2, .high = len(t, SEARCH_ROW_HIGH), .gap = len(t, FIND_ROW_GAP)};
	draw_field(v, (struct box){room.x, room.y, room.w, high}, list, rows->field);
	label_draw(&v->pen, (struct box){room.x, room.y + high, room.w, hint},
		   &(struct label){.text = rows->said,
				   .role = TYPE_SECOND,
				   .colour = rows->bad ? hue(t, RED) : hue(t, INK),
				   .lines = 1,
				   .middle = true});
	if (list->put_away) {
		draw_pages(v, (struct box){room.x, y, room.w, room.y + room.h - y}, &cells, list, rows);
		return;
	}
	int low = room.y + room.h - part_letters_least(v, &list->keys, &LETTERS) - gap;
	int fit = (low - y + cells.gap) / (cells.high + cells.gap);
	fit = fit < 1 ? 1 : fit;
	put_rows(v, (struct box){room.x, y, room.w, low - y}, &cells, rows, 0, fit);
	int end = y + fit * (cells.high + cells.gap) - cells.gap + gap;
	part_letters(v, (struct box){room.x, end, room.w, room.y + room.h - end}, &list->keys, &LETTERS);
}

void part_search_row(const struct view *v, struct box box, const struct search_row *row) {
	const struct theme *t = v->pen.theme;
	int side = len(t, FIND_ROW_SIDE), lines = 1 + (row->under[0] != '\0');
	int top = box.h * 3 / 100, foot = box.h * 8 / 100, low = box.h * (lines == 2 ? 38 : 54) / 100;
	struct box at = {box.x + side, box.y + top, box.w - 2 * side, low};
	draw_fill(v->pen.list, box, len(t, ROUND_BUTTON), hue(t, CARD));
	draw_outline(v->pen.list, box, len(t, ROUND_BUTTON), len(t, LINE_HAIR), hue(t, INK));
	label_draw(&v->pen, at,
		   &(struct label){
			   .text = row->name, .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 2, .middle = true, .contained = true});
	at.y += low;
	at.h = (box.h - low - top - foot) / lines;
	struct label label = {.role = TYPE_SECOND, .colour = hue(t, MUTED), .lines = 1, .middle = true, .contained = true};
	if (lines == 2) {
		label.text = row->under;
		label_draw(&v->pen, at, &label);
		at.y += at.h;
	}
	label.text = row->last;
	label.colour = row->colour;
	label_draw(&v->pen, at, &label);
	draw_touch(v->pen.list, box, SEARCH_ROW, row->argument);
}
