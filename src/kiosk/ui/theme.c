#include "kiosk/ui/theme.h"

#include <math.h>

#include "base/alloc.h"
#include "base/colour.h"

#define SHAPE_CONTRAST 3 /* WCAG 2.1, 1.4.11: of what is no text against its ground */

const struct style style_default =
	{
		.hues =
			{
				[INK] = 0x14211d,         [PAPER] = 0xf6f3ec,       [CARD] = 0xffffff,      [MUTED] = 0x5b6a64,
				[HAIRLINE] = 0xddd7ca,    [BAR] = 0xeae6da,         [PANEL] = 0x14211d,     [PANEL_DIM] = 0x27352f,
				[TEAL] = 0x0a6b5e,        [TEAL_OVER] = 0x08554b,   [TEAL_LEFT] = 0xc0e8dd, [BLUE] = 0x1f4e9e,
				[BLUE_OVER] = 0x183f80,   [BLUE_LEFT] = 0xc9d8f5,   [AMBER] = 0xf4b740,     [AMBER_OVER] = 0xd49a26,
				[RED] = 0xa32020,         [RED_OVER] = 0x821818,    [RED_LEFT] = 0xf3cfcf,  [PURPLE] = 0x5b3a8c,
				[PURPLE_OVER] = 0x472c6f, [PURPLE_LEFT] = 0xdccff0, [WHITE] = 0xffffff,     [ACCENT] = 0x0a6b5e,
				[CHOSEN] = 0x14211d,
			},
		.tracks = {0x0a6b5e, 0xb4532a, 0x3a57a8, 0x7a5c00, 0x8a2d62, 0x4a6b1f, 0x1d6a86, 0x5c4a3d},
		.types =
			{
				[TYPE_NAME] = {FACE_DISPLAY, 22.3, 9.0, 1.10},
				[TYPE_CLOCK] = {FACE_DISPLAY, 17.3, 9.0, 1.05},
				[TYPE_GREETING] = {FACE_MEDIUM, 12.2, 7.4, 1.15},
				[TYPE_UNDER] = {FACE_TEXT, 8.3, 6.0, 1.2},
				[TYPE_TITLE] = {FACE_DISPLAY, 9.7, 6.0, 1.18},
				[TYPE_HEAD] = {FACE_DISPLAY, 7.9, 6.2, 1.15},
				[TYPE_STRONG] = {FACE_MEDIUM, 6.5, 4.6, 1.2},
				[TYPE_BUTTON] = {FACE_BOLD, 5.8, 4.4, 1.2},
				[TYPE_LABEL] = {FACE_BOLD, 5.8, 4.6, 1.2},
				[TYPE_BODY] = {FACE_TEXT, 6.2, 5.0, 1.35},
				[TYPE_SECOND] = {FACE_TEXT, 5.3, 4.5, 1.2},
				[TYPE_STATUS] = {FACE_TEXT, 5.0, 4.4, 1.2},
			},
		.lengths =
			{
				/* controls: what a finger touches */
				[BUTTON_HIGH] = 24.0,
				[BUTTON_WIDE] = 90.0,
				[DONE_HIGH] = 21.0,
				[HEAD_BUTTON_HIGH] = 17.0,
				[BACK_WIDE] = 34.0,
				[LANGUAGE_WIDE] = 20.0,
				[TAB_HIGH] = 15.5,
				[TAB_WIDE] = 31.0,
				[TAB_ARROW_WIDE] = 20.0,
				[TAB_ONLY_WIDE] = 62.0,
				[PAGE_BUTTON_HIGH] = 17.0,
				[PAGE_BUTTON_WIDE] = 60.0,
				[MORE_HIGH] = 15.0,
				[SESSION_ROW_HIGH] = 15.0,
				[SESSION_ROW_LEAST] = 9.6,
				[TYPE_KEY_HIGH] = 25.0,
				[FIND_KEY_HIGH] = 17.0,
				[FIND_KEY_HIGH_NARROW] = 24.0,
				[FIND_KEY_WIDE] = 26.0,
				[FIND_ROW_HIGH] = 16.5,
				[PIN_KEY_HIGH] = 30.0,
				[PIN_KEY_WIDE] = 30.0,
				[CLOCK_KEY_HIGH] = 21.0,
				[AGENDA_BUTTON_HIGH] = 21.0,
				[HELP_BUTTON_HIGH] = 22.0,
				[RESULT_BUTTON_HIGH] = 24.5,
				[RESULT_BUTTON_WIDE] = 74.0,
				[RESULT_BUTTON_WIDE_UPRIGHT] = 120.0,

				/* strokes */
				[LINE_HAIR] = 0.54,
				[LINE_BOLD] = 0.9,
				[LINE_FOCUS] = 1.2,
				[LINE_READ] = 2.0,
				[LINE_LINK] = 0.6,
				[LINE_INK] = 0.9,
				[LINE_CARET] = 0.9,
				[LINE_CHEVRON] = 1.5,
				[LINE_BRACKET] = 1.5,
				[LINE_BRACKET_EDGE] = 0.5,

				/* corners */
				[ROUND_BUTTON] = 4.3,
				[ROUND_FIELD] = 4.3,
				[ROUND_CARD] = 4.3,
				[ROUND_CELL] = 2.5,
				[ROUND_PICTURE] = 3.6,
				[ROUND_PANEL] = 6.5,
				[ROUND_QUESTION] = 5.4,
				[ROUND_WARNING] = 0.4,

				/* distances that all screens keep */
				[EDGE_SIDE] = 11.5,
				[EDGE_SIDE_UPRIGHT] = 8.0,
				[GAP_TIGHT] = 3.0,
				[GAP_CLOSE] = 4.0,
				[GAP_PARTS] = 6.0,
				[GAP_FAR] = 8.0,
				[GAP_RULE] = 5.0,

				/* inside controls and fields, and around them */
				[BUTTON_SIDE] = 2.5,
				[PAGE_NUMBER_SIDE] = 2.0,
				[ICON_SIDE] = 7.5,
				[ICON_GAP] = 2.4,
				[FOCUS_AIR] = 0.8,
				[FIELD_LEFT] = 5.0,
				[FIELD_RIGHT] = 7.0,
				[FIELD_CARET_GAP] = 0.9,
				[FIELD_DOT] = 6.0,
				[FIELD_DOT_GAP] = 5.4,
				[FIELD_CELL_WIDE] = 20.0,
				[FIELD_CELL_GAP] = 2.0,
				[FIELD_DASH_WIDE] = 6.0,
				[FIELD_DASH_HIGH] = 1.0,

				/* the head of screens; the room below it, in two */
				[HEAD_TOP] = 6.5,
				[HEAD_BACK_SIDE] = 7.0,
				[HEAD_LANGUAGE_GAP] = 1.6,
				[HEAD_DAY_GAP] = 2.8,
				[TAB_LEAST] = 22.0,
				[TAB_TOUCH] = 14.0,
				[HEAD_DEEDS_WIDE] = 110.0,

				/* the question whether somebody is still there */
				[QUESTION_HIGH] = 24.0,
				[QUESTION_INSIDE] = 3.0,

				/* the status line */
				[STATUS_HIGH] = 17.0,
				[STATUS_LINE_HIGH] = 9.0,
				[STATUS_LINES_AIR] = 1.5,
				[STATUS_HOLD_HIGH] = 1.4,
				[STATUS_STATION_GAP] = 7.0,
				[STATUS_DOT] = 3.2,
				[STATUS_DOT_GAP] = 2.6,
				[STATUS_ORGANISERS_GAP] = 10.0,
				[STATUS_CHIP_GAP] = 5.0,
				[STATUS_CHIP_AIR] = 3.0,
				[STATUS_CHIP_MORE_UPRIGHT] = 4.0,
				[STATUS_CHIP_LEFT] = 9.0,
				[STATUS_CHIP_RIGHT] = 2.0,
				[STATUS_CHIP_SPARE] = 1.0,
				[STATUS_SIGN_MIDDLE] = 5.5,
				[STATUS_SIGN_HALF] = 2.2,
				[STATUS_SIGN_ABOVE] = 2.0,
				[STATUS_SIGN_BELOW] = 1.8,
				[STATUS_LOGOS_SIDE] = 3.0,
				[STATUS_LOGOS_HIGH_MOST] = 28.0,

				/* whom the event thanks */
				[CREDITS_ROW_HIGH] = 60.0,
				[CREDITS_ROW_LEAST] = 14.0,
				[CREDITS_CARD_SIDE] = 6.0,
				[CREDITS_CAPTION_GAP] = 2.0,
				[CREDITS_GROUP_GAP] = 6.0,

				/* the first screen */
				[AGENDA_CLOCK_TOP] = 7.0,
				[AGENDA_CLOCK_GAP] = 7.0,
				[AGENDA_LANGUAGES_TOP] = 8.8,
				[AGENDA_DAYS_TOP] = 9.5,
				[AGENDA_TITLE_TOP] = 7.0,
				[AGENDA_TITLE_HIGH] = 18.0,
				[AGENDA_TITLE_GAP] = 12.0,
				[AGENDA_TITLE_WIDE] = 104.0,
				[AGENDA_HEAD_HIGH] = 32.8,
				[AGENDA_UPRIGHT_TITLE_TOP] = 8.0,
				[AGENDA_UPRIGHT_TITLE_HIGH] = 16.0,
				[AGENDA_UPRIGHT_TITLE_ROW] = 21.0,
				[AGENDA_UPRIGHT_DAYS_ROW] = 20.0,
				[AGENDA_UPRIGHT_DAYS_DOWN] = 0.7,
				[AGENDA_NOW_GAP] = 2.2,
				[AGENDA_NEXT_GAP] = 1.0,
				[AGENDA_NEXT_HEAD] = 10.0,
				[AGENDA_CARD_HIGH] = 28.0,
				[AGENDA_CARD_GAP] = 2.5,
				[AGENDA_LISTS_GAP] = 2.0,
				[AGENDA_LISTS_TOP] = 1.0,
				[AGENDA_LISTS_FOOT] = 2.0,
				[AGENDA_CODE_HIGH] = 40.0,
				[AGENDA_OVER_GAP] = 5.0,
				[AGENDA_COLUMN_GAP] = 11.5,
				[AGENDA_PANEL_WIDE] = 99.0,
				[AGENDA_PANEL_HIGH_UPRIGHT] = 112.0,
				[AGENDA_BUTTON_GAP] = 2.8,
				[AGENDA_FOOT] = 4.5,

				/* the panel that asks for a badge */
				[PANEL_SIDE] = 6.0,
				[PANEL_TOP] = 4.0,
				[PANEL_HEAD_HIGH] = 14.0,
				[PANEL_PICTURE_SIDE] = 9.0,
				[PANEL_PICTURE_TOP] = 2.0,
				[PANEL_SIGN_AIR] = 7.0,
				[PANEL_FOOT_HIGH] = 25.0,
				[PANEL_WORDS_SIDE] = 3.0,
				[PANEL_WORDS_TOP] = 2.0,
				[PANEL_WORDS_HIGH] = 10.0,
				[PANEL_CHEVRON_FOOT] = 5.5,
				[PANEL_CHEVRON_HALF] = 5.2,
				[PANEL_CHEVRON_HIGH] = 4.0,
				[PANEL_SHAKE] = 4.0,

				/* the brackets around a code */
				[BRACKET_ARM] = 8.0,
				[BRACKET_BEND] = 1.6,
				[BRACKET_SIDE] = 14.0,
				[BRACKET_AIR] = 5.0,

				/* a session: its card */
				[CARD_LEFT] = 7.9,
				[CARD_RIGHT] = 6.5,
				[CARD_TOP] = 3.4,
				[CARD_BOTTOM] = 2.0,
				[CARD_LINE_HIGH] = 8.0,
				[CARD_LINE_GAP] = 4.0,
				[CARD_TITLE_UP] = 0.6,
				[CARD_TITLE_HIGH] = 9.6,
				[CARD_SECOND_UP] = 0.4,
				[CARD_CHANGE_FOOT] = 1.2,
				[CARD_STRIPE_WIDE] = 2.2,
				[CARD_STRIPE_AIR] = 4.0,
				[CARD_BAR_WIDE] = 36.0,
				[CARD_BAR_WIDE_UPRIGHT] = 22.0,
				[CARD_BAR_HIGH] = 1.7,
				[CARD_BAR_GAP] = 4.3,

				/* its row in a list */
				[ROW_DOT] = 3.6,
				[ROW_DOT_LEFT] = 0.8,
				[ROW_TIME_LEFT] = 8.5,
				[ROW_TIME_SPARE] = 1.0,
				[ROW_GAP] = 4.0,

				/* what became of a session */
				[CHANGE_HIGH] = 7.4,
				[CHANGE_SIDE] = 2.6,
				[CHANGE_SIGN] = 3.4,
				[CHANGE_SIGN_GAP] = 2.0,
				[CHANGE_WIDE] = 90.0,
				[CHANGE_BAND_HIGH] = 16.0,
				[CHANGE_BAND_SIGN] = 6.5,

				/* a day, and one session */
				[DAY_TABS_FOOT] = 3.5,
				[DAY_TRACK_GAP] = 2.5,
				[DAY_TRACKS_FOOT] = 1.0,
				[DAY_PAGES_GAP] = 2.0,
				[GRID_HEAD_HIGH] = 9.0,
				[GRID_ROW_HIGH] = 25.0,
				[GRID_CELL_AIR] = 2.5,
				[DAY_CODE_WIDE] = 72.0,
				[DAY_CODE_WORDS] = 28.0,
				[SESSION_COLUMN_WIDE] = 250.0,
				[SESSION_UNDER_GAP] = 2.5,
				[SESSION_TITLE_HIGH] = 40.0,
				[SESSION_CARD_WIDE] = 104.0,
				[SESSION_CARD_HIGH_UPRIGHT] = 96.0,
				[SESSION_CARD_SIDE] = 7.0,
				[SESSION_TIME_HIGH] = 20.0,
				[QR_MODULE] = 0.54,
				[SESSION_CODE_LEAST] = 40.0,

				/* a result */
				[RESULT_TOP] = 12.0,
				[RESULT_RIGHT] = 8.0,
				[RESULT_SIGN_RIGHT] = 2.0,
				[RESULT_SIGN_GAP] = 10.0,
				[RESULT_FOOT_UPRIGHT] = 16.0,
				[RESULT_GREETING_GAP] = 1.0,
				[RESULT_NAME_LEAST] = 22.0,
				[RESULT_NAME_GAP] = 4.0,
				[RESULT_UNDER_HIGH] = 18.0,
				[RESULT_FOOT_GAP] = 9.0,
				[RESULT_BUTTON_GAP] = 5.0,
				[RESULT_CARD_HIGH] = 31.0,
				[RESULT_CARD_TOP] = 4.5,
				[RESULT_CARD_BOTTOM] = 2.5,
				[RESULT_STAFF_WIDE] = 46.0,
				[RESULT_BAR_HIGH] = 2.9,

				/* help, typing a code, setting the clock */
				[SPOKEN_SIGN] = 84.0,
				[SPOKEN_GAP] = 16.0,
				[TYPE_KEY_GAP] = 2.0,
				[TYPE_FIELD_HIGH] = 21.0,
				[TYPE_HELP_HIGH_UPRIGHT] = 72.0,
				[TYPE_BADGE_HIGH] = 72.0,
				[TYPE_BADGE_AIR] = 4.0,
				[TYPE_EXAMPLE_HIGH] = 9.0,
				[FIND_KEY_GAP] = 2.0,
				[FIND_KEY_LEAST] = 15.0,
				[FIND_FIELD_HIGH] = 17.0,
				[FIND_HINT_HIGH] = 11.0,
				[FIND_CODE_WIDE] = 70.0,
				[FIND_ROW_SIDE] = 5.0,
				[FIND_ROW_GAP] = 2.5,
				[WALKIN_NEXT_WIDE] = 60.0,
				[SIGN_LINE_SIDE] = 12.0,
				[ME_WORDS_HIGH] = 90.0,
				[ME_KEY_HIGH] = 28.0,
				[CLOCK_WHEELS_HIGH] = 96.0,
				[CLOCK_WHEELS_GAP] = 5.0,

				/* the staff's screens */
				[PIN_KEY_GAP] = 2.5,
				[PIN_COLUMN_GAP] = 10.0,
				[PIN_FIELD_HIGH] = 22.0,
				[PIN_FIELD_WIDE] = 100.0,
				[PIN_WORDS_HIGH] = 27.0,
				[PIN_HIGH_UPRIGHT] = 62.0,
				[STAFF_CARD_SIDE] = 6.0,
				[STAFF_CARD_TOP] = 5.0,
				[STAFF_HEAD_GAP] = 0.6,
				[STAFF_ROW_GAP] = 11.0,
				[STAFF_WORDS_SIDE] = 2.0,
				[TOTALS_FIGURE_HIGH] = 31.0,
				[TOTALS_HEAD_HIGH] = 9.0,
				[TOTALS_HOURS_HIGH] = 8.0,
				[TOTALS_ROW_HIGH] = 12.0,
				[OWN_ROW_HIGH] = 29.0,
				[SEARCH_ROW_HIGH] = 21.5,
				[OWN_UNDO_WIDE] = 40.0,
				[OWN_PAGE_WIDE] = 48.0,
				[ANNOUNCE_DONE_WIDE] = 78.0,
				[ANNOUNCE_AIR] = 3.0,
				[STICK_BAR_HIGH] = 8.0,
				[SELF_TEST_SIGN] = 11.0,
				[SELF_TEST_BAR] = 4.0,
				[CAMERA_WORDS_HIGH] = 14.0,
				[SETTINGS_NAME_HIGH] = 9.0,
			},
		.timing =
			{
				.result_hold_ms = 1000,
				.result_admitted_ms = 1500,
				.result_late_ms = 3000,
				.result_refused_ms = 5000,
				.result_code_ms = 45000,
				.idle_ms = 45000,
				.countdown_ms = 20000,
				.notice_ms = 8000,
				.words_ms = 4000,
				.shake_ms = 200,
				.move_ms = 200,
				.pose_ms = 1200,
				.seen_ms = 1500,
				.call_chime_ms = 4000,
				.turn_ms = 8000,
				.attract_after_ms = 60000,
				.attract_every_ms = 20000,
				.attract_shown_ms = 6000,
				.hold_ms = 2000,
				.hold_shown_ms = 300,
				.answer_ms = 10000,
				.barred_ms = 30000,
				.look_ms = 1000,
				.keep_ms = 15000,
				.read_ms = 2000,
				.step_ms = 33,
			},
};

struct theme theme_make(const struct style *style, int width, int height, double panel_mm) {
	double diagonal = hypot(width, height);
	double reference = hypot(THEME_REFERENCE_LONG, THEME_REFERENCE_SHORT);
	double per_mm = diagonal / (panel_mm > 0 ? panel_mm : reference);
	double longer = (width > height ? width : height) / per_mm, shorter = (width > height ? height : width) / per_mm;
	/* A panel of another size or shape is scaled by the side that has less room. */
	double scale = fmin(longer / THEME_REFERENCE_LONG, shorter / THEME_REFERENCE_SHORT);
	scale = fmax(THEME_SCALE_MIN, fmin(THEME_SCALE_MAX, scale));
	return (struct theme){
		.style = style, .width = width, .height = height, .px_per_mm = per_mm * scale, .glass = per_mm, .portrait = height > width};
}

uint32_t theme_ink_on(const struct theme *t, uint32_t colour) { return colour_clearer(colour, hue(t, WHITE), hue(t, INK)); }

uint32_t theme_track_colour(const struct theme *t, const char *colour, int track) {
	uint32_t own;
	/* A colour that cannot be told from the card it stands on is not used. */
	if (colour_parse(colour, &own) && colour_contrast(own, hue(t, CARD)) >= SHAPE_CONTRAST) {
		return own;
	}
	return t->style->tracks[(unsigned)track % TRACK_COLOURS];
}
