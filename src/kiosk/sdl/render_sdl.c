#include "kiosk/sdl/render_sdl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "kiosk/sdl/front_x11.h"
#include "kiosk/sdl/textures_sdl.h"
#include "kiosk/sdl/turned.h"
#include "kiosk/ui/icon.h"
#include "kiosk/ui/mask.h"
#include "paper/png.h"

#define NAME_MAX_BYTES 96
#define FALLBACK_WIDTH 1920 /* of a display that does not say its size */
#define FALLBACK_HEIGHT 1080
#define LIGHT_GAMMA 2.2 /* of panels: so a pixel's value means light */
#define FRONT_MS 500    /* what covers the kiosk does so for no longer; often enough, and nothing for the processor */

struct render_sdl {
	SDL_Window *window;
	SDL_Renderer *renderer;
	struct front_x11 *front; /* NULL: in a window, or not on X11 */
	struct text_sdl *text;
	struct textures textures;
	SDL_Texture *preview;
	int preview_w, preview_h;      /* before it is turned */
	struct turned scene;           /* as it was drawn last */
	int degrees, light;            /* as wished; light in per cent */
	uint8_t lit[256];              /* what a channel's value becomes by that */
	const struct draw_list *shown; /* only while drawing */
};

/* The software renderer straight to the window is fastest and smallest where there is a window system (SDL 2.26 would go through OpenGL). On Wayland
 * SDL cannot hand over such a picture itself, only through OpenGL: it is made in the same way, so that it looks the same. Without a window system,
 * on the kernel's mode setting, only OpenGL ES draws textures rightly. */
static void choose_driver(void) {
	const char *driver = str_or_empty(SDL_GetCurrentVideoDriver());
	if (str_eq_nocase(driver, "kmsdrm")) {
		SDL_SetHint(SDL_HINT_RENDER_DRIVER, "opengles2");
	} else {
		SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, str_eq(driver, "wayland") ? "opengles2" : "0");
		SDL_SetHint(SDL_HINT_RENDER_DRIVER, "software");
	}
}

/* Without a window manager, or for a window that none manages, nobody makes it full-screen: it has to have the display's size from the beginning. */
static SDL_Window *open_whole(const char *title, bool front) {
	SDL_Rect place;
	if (SDL_GetDisplayBounds(0, &place) != 0) {
		place = (SDL_Rect){0, 0, FALLBACK_WIDTH, FALLBACK_HEIGHT};
	}
	/* What a window manager or a keyboard's macro would do with a window is not done with one that fills the screen. */
	SDL_SetHint(SDL_HINT_GRAB_KEYBOARD, "1");
	SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
	SDL_Window *window =
		SDL_CreateWindow(title, place.x, place.y, place.w, place.h, front ? SDL_WINDOW_BORDERLESS : SDL_WINDOW_FULLSCREEN_DESKTOP);
	if (window != NULL) {
		SDL_ShowCursor(SDL_DISABLE);
		SDL_SetWindowKeyboardGrab(window, SDL_TRUE); /* Alt+Tab and the like: X11 grabs, Wayland inhibits its shortcuts */
	}
	return window;
}

bool render_sdl_open(const struct render_options *options, struct render_sdl **out, struct err *err) {
	struct render_sdl *r = xcalloc(1, sizeof *r);
	choose_driver();
	r->text = options->text;
	render_sdl_dim(r, 100);
	bool whole = options->width <= 0, front = whole && front_x11_prepare();
	int middle = (int)SDL_WINDOWPOS_CENTERED;
	r->window = whole ? open_whole(options->title, front)
			  : SDL_CreateWindow(options->title, middle, middle, options->width, options->height, SDL_WINDOW_RESIZABLE);
	r->renderer = r->window == NULL ? NULL : SDL_CreateRenderer(r->window, -1, 0);
	if (r->renderer == NULL) {
		err_set(err, ERR_SYSTEM, "no window can be opened: %s", SDL_GetError());
		render_sdl_close(r);
		return false;
	}
	r->front = front ? front_x11_open(r->window) : NULL;
	SDL_SetRenderDrawBlendMode(r->renderer, SDL_BLENDMODE_BLEND);
	*out = r;
	return true;
}

int render_sdl_keep_in_front(struct render_sdl *r) {
	if (r->front == NULL) {
		return -1;
	}
	front_x11_keep(r->front);
	return FRONT_MS;
}

static void drop_preview(struct render_sdl *r) {
	if (r->preview != NULL) {
		SDL_DestroyTexture(r->preview);
		r->preview = NULL;
	}
}

void render_sdl_close(struct render_sdl *r) {
	if (r == NULL) {
		return;
	}
	front_x11_close(r->front);
	textures_fini(&r->textures);
	drop_preview(r);
	if (r->renderer != NULL) {
		SDL_DestroyRenderer(r->renderer);
	}
	if (r->window != NULL) {
		SDL_DestroyWindow(r->window);
	}
	free(r);
}

/* --- turned and dimmed ------------------------------------------------------------------------------------------------------------- */

static void window_size(struct render_sdl *r, int *width, int *height) {
	if (SDL_GetRendererOutputSize(r->renderer, width, height) != 0) {
		SDL_GetWindowSize(r->window, width, height);
	}
}

/* What was kept is turned otherwise. */
bool render_sdl_turn(struct render_sdl *r, int degrees) {
	if (degrees == r->degrees) {
		return false;
	}
	r->degrees = degrees;
	textures_fini(&r->textures);
	drop_preview(r);
	return true;
}

bool render_sdl_dim(struct render_sdl *r, int percent) {
	if (percent == r->light) {
		return false;
	}
	r->light = percent;
	double part = pow(percent / 100.0, 1 / LIGHT_GAMMA);
	for (int i = 0; i < 256; i++) {
		r->lit[i] = (uint8_t)(i * part + 0.5);
	}
	return true;
}

static struct turned scene_now(struct render_sdl *r) {
	int w, h;
	window_size(r, &w, &h);
	return turned_scene(r->degrees, w, h);
}

void render_sdl_size(struct render_sdl *r, int *width, int *height) {
	struct turned scene = scene_now(r);
	*width = scene.w;
	*height = scene.h;
}

struct pixel render_sdl_scene(struct render_sdl *r, struct pixel window) {
	struct turned scene = scene_now(r);
	return turned_back(&scene, window);
}

static SDL_Rect on_window(const struct render_sdl *r, struct box box) {
	struct box b = turned_box(&r->scene, box);
	return (SDL_Rect){b.x, b.y, b.w, b.h};
}

/* As a colour is seen through the veil: each is darkened by itself, which costs nothing, and what is blended of them is as dark. */
static SDL_Color lit(const struct render_sdl *r, uint32_t colour) {
	return (SDL_Color){r->lit[colour >> 16 & 0xff], r->lit[colour >> 8 & 0xff], r->lit[colour & 0xff], 255};
}

double render_sdl_panel_mm(struct render_sdl *r) {
	float diagonal_dpi = 0;
	SDL_DisplayMode mode;
	int display = SDL_GetWindowDisplayIndex(r->window);
	if (display < 0 || SDL_GetDisplayDPI(display, &diagonal_dpi, NULL, NULL) != 0 || diagonal_dpi < 20 ||
	    SDL_GetDesktopDisplayMode(display, &mode) != 0) {
		return 0;
	}
	double diagonal = hypot(mode.w, mode.h) / (double)diagonal_dpi * 25.4;
	return diagonal >= 150 && diagonal <= 900 ? diagonal : 0; /* 6" to 35": displays are known to make sizes up */
}

/* --- textures ---------------------------------------------------------------------------------------------------------------------- */

static struct texture_entry *keep(struct render_sdl *r, const char *name, SDL_Surface *surface) {
	surface = turned_surface(&r->scene, surface);
	SDL_Texture *texture = surface == NULL ? NULL : SDL_CreateTextureFromSurface(r->renderer, surface);
	SDL_FreeSurface(surface);
	if (texture == NULL) {
		return NULL;
	}
	SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
	struct texture_entry *e = textures_put(&r->textures, name, texture);
	if (turned_sideways(&r->scene)) { /* as it lies in the scene */
		int w = e->w;
		e->w = e->h;
		e->h = w;
	}
	return e;
}

/* White with the mask as alpha: the colour comes when it is painted, so one texture serves all colours. */
static SDL_Surface *white(const struct mask *mask, bool inverse) {
	SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(0, mask->w, mask->h, 32, SDL_PIXELFORMAT_ARGB8888);
	for (int y = 0; s != NULL && y < mask->h; y++) {
		uint32_t *row = (uint32_t *)((char *)s->pixels + (size_t)y * (size_t)s->pitch);
		for (int x = 0; x < mask->w; x++) {
			uint32_t a = mask->alpha[y * mask->w + x];
			row[x] = (inverse ? 255 - a : a) << 24 | 0xffffff;
		}
	}
	return s;
}

static void paint(struct render_sdl *r, const struct texture_entry *e, struct pixel at, uint32_t colour) {
	if (e != NULL) {
		SDL_Rect to = on_window(r, (struct box){at.x, at.y, e->w, e->h});
		SDL_Color c = lit(r, colour);
		SDL_SetTextureColorMod(e->texture, c.r, c.g, c.b);
		SDL_RenderCopy(r->renderer, e->texture, NULL, &to);
	}
}

static void fill(struct render_sdl *r, struct box b, uint32_t colour) {
	if (b.w > 0 && b.h > 0) {
		SDL_Color c = lit(r, colour);
		SDL_Rect to = on_window(r, b);
		SDL_SetRenderDrawColor(r->renderer, c.r, c.g, c.b, 255);
		SDL_RenderFillRect(r->renderer, &to);
	}
}

/* Four quarters of one picture; `which` 0 is the top left, clockwise. Each is kept, as flipping is slow in software. */
static struct texture_entry *corner(struct render_sdl *r, int radius, int width, bool inverse, int which) {
	char name[NAME_MAX_BYTES];
	snprintf(name, sizeof name, "corner/%d/%d/%d/%d", radius, width, inverse, which);
	struct texture_entry *e = textures_get(&r->textures, name);
	if (e == NULL) {
		struct mask m = mask_corner(radius, width);
		struct mask turned = {m.w, m.h, xmalloc((size_t)m.w * (size_t)m.h)};
		for (int y = 0; y < m.h; y++) {
			for (int x = 0; x < m.w; x++) {
				int fx = which == 1 || which == 2 ? m.w - 1 - x : x, fy = which >= 2 ? m.h - 1 - y : y;
				turned.alpha[y * m.w + x] = m.alpha[fy * m.w + fx];
			}
		}
		e = keep(r, name, white(&turned, inverse));
		mask_fini(&turned);
		mask_fini(&m);
	}
	return e;
}

static void draw_corners(struct render_sdl *r, struct box b, int radius, int width, bool inverse, uint32_t colour) {
	const struct pixel places[] = {
		{b.x, b.y}, {b.x + b.w - radius, b.y}, {b.x + b.w - radius, b.y + b.h - radius}, {b.x, b.y + b.h - radius}};
	for (int i = 0; i < 4; i++) {
		paint(r, corner(r, radius, width, inverse, i), places[i], colour);
	}
}

static int clip_radius(const struct draw_command *c) {
	int most = (c->box.w < c->box.h ? c->box.w : c->box.h) / 2;
	return c->radius > most ? most : c->radius;
}

static void draw_fill_command(struct render_sdl *r, const struct draw_command *c) {
	int k = clip_radius(c);
	struct box b = c->box;
	if (k <= 0) {
		fill(r, b, c->colour);
		return;
	}
	/* Three bands leave the corners out; none lies over another. */
	fill(r, (struct box){b.x + k, b.y, b.w - 2 * k, k}, c->colour);
	fill(r, (struct box){b.x, b.y + k, b.w, b.h - 2 * k}, c->colour);
	fill(r, (struct box){b.x + k, b.y + b.h - k, b.w - 2 * k, k}, c->colour);
	draw_corners(r, b, k, 0, false, c->colour);
}

static void draw_outline_command(struct render_sdl *r, const struct draw_command *c) {
	int k = clip_radius(c), w = c->width < 1 ? 1 : c->width;
	struct box b = c->box;
	fill(r, (struct box){b.x + k, b.y, b.w - 2 * k, w}, c->colour);
	fill(r, (struct box){b.x + k, b.y + b.h - w, b.w - 2 * k, w}, c->colour);
	fill(r, (struct box){b.x, b.y + k, w, b.h - 2 * k}, c->colour);
	fill(r, (struct box){b.x + b.w - w, b.y + k, w, b.h - 2 * k}, c->colour);
	if (k > 0) {
		draw_corners(r, b, k, w, false, c->colour);
	}
}

/* Textures are kept by shape, wherever it stands: points count from the box, and a hash keeps the name short. */
static void draw_shape_command(struct render_sdl *r, const struct draw_command *c) {
	struct strbuf key = {0};
	char name[NAME_MAX_BYTES], hex[2 * HASH_LEN + 1];
	for (size_t i = 0; c->kind != DRAW_ARC && i < c->count; i++) {
		struct pixel p = draw_points_of(r->shown, c)[i];
		strbuf_addf(&key, " %d,%d", p.x - c->box.x, p.y - c->box.y);
	}
	struct hash hash = crypto_sha256(strbuf_str(&key), key.len);
	strbuf_fini(&key);
	str_hex(hash.b, 8, hex);
	snprintf(name, sizeof name, "shape/%d/%dx%d/%d/%d/%d/%d/%s", (int)c->kind, c->box.w, c->box.h, c->radius, c->width, c->from, c->to,
		 hex);
	struct texture_entry *e = textures_get(&r->textures, name);
	if (e == NULL) {
		struct mask m = mask_shape(r->shown, c);
		e = keep(r, name, white(&m, false));
		mask_fini(&m);
	}
	paint(r, e, (struct pixel){c->box.x, c->box.y}, c->colour);
}

static void draw_text_command(struct render_sdl *r, const struct draw_command *c) {
	char *name = xasprintf("text/%d/%d/%d/%s", (int)c->face, c->size, c->box.h, draw_text_of(r->shown, c));
	struct texture_entry *e = textures_get(&r->textures, name);
	if (e == NULL) {
		struct text_line line = {.face = c->face, .size = c->size, .height = c->box.h, .text = draw_text_of(r->shown, c)};
		struct text_picture picture = text_sdl_render(r->text, &line);
		e = keep(r, name, picture.surface);
		if (e != NULL) {
			e->left = picture.left;
			e->above = picture.above;
		}
	}
	if (e != NULL) {
		paint(r, e, (struct pixel){c->box.x - e->left, c->box.y - e->above}, c->colour);
	}
	free(name);
}

/* SDL's software renderer wants colours that are not multiplied with their alpha. */
static uint32_t straight(uint32_t pixel) {
	uint32_t a = pixel >> 24, out = a << 24;
	for (int shift = 0; shift < 24 && a != 0; shift += 8) {
		uint32_t value = ((pixel >> shift & 0xff) * 255 + a / 2) / a;
		out |= (value > 255 ? 255 : value) << shift;
	}
	return out;
}

static SDL_Surface *picture_surface(const struct draw_command *c) {
	struct raster scaled;
	struct err err = {0};
	if (!raster_scale(c->raster, c->box.w, c->box.h, &scaled, &err)) {
		return NULL;
	}
	SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(0, scaled.width, scaled.height, 32, SDL_PIXELFORMAT_ARGB8888);
	for (int y = 0; s != NULL && y < scaled.height; y++) {
		uint32_t *row = (uint32_t *)((char *)s->pixels + (size_t)y * (size_t)s->pitch);
		for (int x = 0; x < scaled.width; x++) {
			row[x] = straight(scaled.pixels[y * scaled.width + x]);
		}
	}
	raster_fini(&scaled);
	return s;
}

static void draw_picture_command(struct render_sdl *r, const struct draw_command *c) {
	char *name = xasprintf("picture/%dx%d/%s", c->box.w, c->box.h, draw_text_of(r->shown, c));
	struct texture_entry *e = textures_get(&r->textures, name);
	if (e == NULL) {
		e = keep(r, name, picture_surface(c));
	}
	if (e != NULL) { /* a pixel less than the box, at most: in its middle */
		paint(r, e, (struct pixel){c->box.x + (c->box.w - e->w) / 2, c->box.y + (c->box.h - e->h) / 2}, 0xffffff);
	}
	free(name);
}

/* White with the drawing's own alpha: the colour comes when it is painted. */
static SDL_Surface *icon_surface(const char *name, struct box box) {
	const char *svg = icon_svg(name);
	struct picture *picture = NULL;
	struct raster raster = {0};
	struct err err = {0};
	SDL_Surface *s = NULL;
	if (svg != NULL && picture_read(svg, strlen(svg), &picture, &err) && picture_raster(picture, box.w, box.h, &raster, &err)) {
		struct mask m = {raster.width, raster.height, xmalloc((size_t)raster.width * (size_t)raster.height)};
		for (size_t i = 0; i < (size_t)m.w * (size_t)m.h; i++) {
			m.alpha[i] = (uint8_t)(raster.pixels[i] >> 24);
		}
		s = white(&m, false);
		mask_fini(&m);
	}
	raster_fini(&raster);
	picture_close(picture);
	return s;
}

static void draw_icon_command(struct render_sdl *r, const struct draw_command *c) {
	char name[NAME_MAX_BYTES];
	snprintf(name, sizeof name, "icon/%dx%d/%s", c->box.w, c->box.h, draw_text_of(r->shown, c));
	struct texture_entry *e = textures_get(&r->textures, name);
	paint(r, e != NULL ? e : keep(r, name, icon_surface(draw_text_of(r->shown, c), c->box)), (struct pixel){c->box.x, c->box.y},
	      c->colour);
}

/* --- codes --------------------------------------------------------------------------------------------------------------------------- */

static SDL_Surface *modules_surface(const char *dark, int side, int width) {
	struct mask m = {side * width, side * width, xmalloc((size_t)side * (size_t)width * (size_t)side * (size_t)width)};
	for (int y = 0; y < m.h; y++) {
		for (int x = 0; x < m.w; x++) {
			m.alpha[y * m.w + x] = dark[y / width * side + x / width] == '1' ? 255 : 0;
		}
	}
	SDL_Surface *s = white(&m, false);
	mask_fini(&m);
	return s;
}

static void draw_modules_command(struct render_sdl *r, const struct draw_command *c) {
	const char *dark = draw_text_of(r->shown, c);
	struct hash hash = crypto_sha256(dark, c->count);
	char name[NAME_MAX_BYTES], hex[2 * HASH_LEN + 1];
	str_hex(hash.b, 16, hex);
	snprintf(name, sizeof name, "code/%d/%s", c->width, hex);
	struct texture_entry *e = textures_get(&r->textures, name);
	paint(r, e != NULL ? e : keep(r, name, modules_surface(dark, c->box.w / c->width, c->width)), (struct pixel){c->box.x, c->box.y},
	      c->colour);
}

/* --- the camera's picture ---------------------------------------------------------------------------------------------------------- */

static bool make_preview(struct render_sdl *r, int width, int height) {
	if (r->preview != NULL && r->preview_w == width && r->preview_h == height) {
		return true;
	}
	struct turned picture = turned_scene(r->degrees, width, height); /* turning exchanges its sides, whichever way round */
	drop_preview(r);
	r->preview = SDL_CreateTexture(r->renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING, picture.w, picture.h);
	r->preview_w = width;
	r->preview_h = height;
	if (r->preview != NULL) {
		SDL_SetTextureBlendMode(r->preview, SDL_BLENDMODE_NONE);
	}
	return r->preview != NULL;
}

void render_sdl_preview(struct render_sdl *r, const uint8_t *luma, int width, int height) {
	void *pixels;
	int pitch;
	if (!make_preview(r, width, height) || SDL_LockTexture(r->preview, NULL, &pixels, &pitch) != 0) {
		return;
	}
	/* Where its first pixel comes to lie, and how far it is to the next one across and down: 4 bytes each. */
	ptrdiff_t row = pitch / 4, first = 0, across = 1, down = row;
	switch (r->degrees) {
	case 90:
		first = height - 1;
		across = row;
		down = -1;
		break;
	case 180:
		first = (height - 1) * row + width - 1;
		across = -1;
		down = -row;
		break;
	case 270:
		first = (width - 1) * row;
		across = -row;
		down = 1;
		break;
	default: break;
	}
	for (int y = 0; y < height; y++) {
		uint32_t *to = (uint32_t *)pixels + first + y * down;
		const uint8_t *from = luma + (size_t)y * (size_t)width;
		for (int x = 0; x < width; x++) {
			to[x * across] = 0xff000000U | r->lit[from[x]] * 0x010101U;
		}
	}
	SDL_UnlockTexture(r->preview);
}

static void draw_preview_command(struct render_sdl *r, const struct draw_command *c) {
	if (r->preview == NULL) {
		fill(r, c->box, 0x000000);
	} else { /* the middle of the picture, in the box's proportions */
		int w = r->preview_w, h = (int)((int64_t)w * c->box.h / c->box.w);
		if (h > r->preview_h) {
			h = r->preview_h;
			w = (int)((int64_t)h * c->box.w / c->box.h);
		}
		struct turned picture = {r->scene.degrees, r->preview_w, r->preview_h};
		struct box part = turned_box(&picture, (struct box){(r->preview_w - w) / 2, (r->preview_h - h) / 2, w, h});
		SDL_Rect to = on_window(r, c->box);
		SDL_RenderCopy(r->renderer, r->preview, &(SDL_Rect){part.x, part.y, part.w, part.h}, &to);
	}
	/* The camera's picture has no round corners: they are painted over it, in the colour around it. */
	draw_corners(r, c->box, clip_radius(c), 0, true, c->colour);
}

/* --- the whole --------------------------------------------------------------------------------------------------------------------- */

void render_sdl_draw(struct render_sdl *r, const struct draw_list *list) {
	textures_next_frame(&r->textures);
	r->shown = list;
	r->scene = scene_now(r);
	SDL_Color back = lit(r, list->background);
	SDL_SetRenderDrawColor(r->renderer, back.r, back.g, back.b, 255);
	SDL_RenderClear(r->renderer);
	for (size_t i = 0; i < list->count; i++) {
		const struct draw_command *c = &list->items[i];
		switch (c->kind) {
		case DRAW_FILL: draw_fill_command(r, c); break;
		case DRAW_OUTLINE: draw_outline_command(r, c); break;
		case DRAW_STROKE:
		case DRAW_ARC:
		case DRAW_POLYGON: draw_shape_command(r, c); break;
		case DRAW_TEXT: draw_text_command(r, c); break;
		case DRAW_PREVIEW: draw_preview_command(r, c); break;
		case DRAW_PICTURE: draw_picture_command(r, c); break;
		case DRAW_ICON: draw_icon_command(r, c); break;
		case DRAW_MODULES: draw_modules_command(r, c); break;
		case DRAW_TOUCH: break;
		}
	}
	r->shown = NULL;
	SDL_RenderPresent(r->renderer);
}

bool render_sdl_screenshot(struct render_sdl *r, const char *path, struct err *err) {
	int w, h;
	window_size(r, &w, &h);
	uint32_t *pixels = xcalloc((size_t)w * (size_t)h, sizeof *pixels);
	bool ok = SDL_RenderReadPixels(r->renderer, NULL, SDL_PIXELFORMAT_ARGB8888, pixels, w * 4) == 0;
	if (!ok) {
		err_set(err, ERR_SYSTEM, "the screen cannot be read: %s", SDL_GetError());
	} else {
		ok = png_write(path, pixels, w, h, err);
	}
	free(pixels);
	return ok;
}
