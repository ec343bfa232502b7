#include "lib/badge_film.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "paper/qr.h"

#define VIEW_DEGREES 65.0
#define LOOKS 16 /* a pixel: four by four, and as many moments of the exposure */
#define PAPER 0.80F
#define INK 0.06F
#define NEAREST_MM 100.0
#define FARTHEST_MM 600.0

struct pose {
	double x, y, z;          /* of the code's middle, mm: to the right, down, away */
	double yaw, pitch, roll; /* radians */
	double blur;             /* radius of what the lens makes of a point, pixels */
	double shine_x, shine_y; /* the highlight's place on the card, mm from the code's middle */
};

struct badge_film {
	struct badge_film_options options;
	char text[BADGE_FILM_TEXT_MAX];
	struct qr_matrix qr;
	double side_mm, focal; /* of the code; of the lens, pixels */
	double distance, side_x, side_y, turn, swing, phase;
	double exposure;  /* seconds */
	float light;      /* on the card: 1 is as bright as the sensor takes */
	float read, shot; /* the sensor's noise: constant, and of the light */
	float shine;      /* the highlight's brightness */
	float *behind;    /* what is seen behind the card, linear */
};

/* --- chance ------------------------------------------------------------------------------------------------------------------------------ */

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t mixed(uint64_t x) {
	x += 0x9E3779B97F4A7C15u;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
	x = (x ^ x >> 27) * 0x94D049BB133111EBu;
	return x ^ x >> 31;
}

struct chance {
	uint64_t at;
};

static double between(struct chance *c, double low, double high) {
	return low + (high - low) * (double)(mixed(c->at++) >> 11) / 9007199254740992.0;
}

/* Nearly normal, of deviation 1: the sum of four even ones. */
static float normal(uint64_t seed) {
	uint64_t r = mixed(seed);
	int sum = (int)(r & 0xFFFF) + (int)(r >> 16 & 0xFFFF) + (int)(r >> 32 & 0xFFFF) + (int)(r >> 48);
	return ((float)sum / 65535.0F - 2) * 1.7320508F;
}

/* --- the scene --------------------------------------------------------------------------------------------------------------------------- */

static void choose_text(struct badge_film *f, struct chance *chance) {
	static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"; /* what alphanumeric mode holds */
	static const int holds[] = {0, 20, 38, 61, 90, 122, 154, 178};                 /* in versions 1 to 7, level M */
	struct err err = {0};
	int version = (int)between(chance, 1, 7.999);
	size_t n = (size_t)holds[version] - (size_t)between(chance, 0, version == 1 ? 6 : 12);
	memcpy(f->text, version < 4 ? "TO0" : "TO1", 3);
	for (size_t i = 3; i < n; i++) {
		f->text[i] = letters[(size_t)between(chance, 0, sizeof letters - 1.001)];
	}
	if (f->options.text != NULL) {
		str_copy(f->text, sizeof f->text, f->options.text);
	}
	if (!qr_encode(&f->qr, f->text, strlen(f->text), QR_LEVEL_M, &err)) {
		abort();
	}
}

/* Such a distance that a module has so many pixels, within what the camera is for. */
static double distance_for(const struct badge_film *f, double pixels) {
	double z = f->focal * f->side_mm / f->qr.side / pixels;
	return z < NEAREST_MM ? NEAREST_MM : z > FARTHEST_MM ? FARTHEST_MM : z;
}

/* Walls, posters, people: boxes of any grey over a shade that changes across. */
static void paint_behind(struct badge_film *f, struct chance *chance) {
	int w = f->options.width;
	int h = f->options.height;
	float from = (float)between(chance, 0.05, 0.5);
	float to = (float)between(chance, 0.05, 0.5);
	f->behind = xcalloc((size_t)w * (size_t)h, sizeof *f->behind);
	for (int i = 0; i < w * h; i++) {
		f->behind[i] = from + (to - from) * (float)(i % w) / (float)w;
	}
	for (int k = 0; k < 40; k++) {
		int x0 = (int)between(chance, -0.1 * w, w);
		int y0 = (int)between(chance, -0.1 * h, h);
		int x1 = x0 + (int)between(chance, 4, k < 12 ? 0.4 * w : 0.06 * w);
		int y1 = y0 + (int)between(chance, 4, k < 12 ? 0.4 * h : 0.06 * h);
		float grey = (float)between(chance, 0.02, 0.7);
		for (int y = y0 < 0 ? 0 : y0; y < y1 && y < h; y++) {
			for (int x = x0 < 0 ? 0 : x0; x < x1 && x < w; x++) {
				f->behind[y * w + x] = grey;
			}
		}
	}
}

static void choose_light(struct badge_film *f, struct chance *chance) {
	bool dark = f->options.story == STORY_DARK;
	f->light = (float)(dark ? between(chance, 0.10, 0.25) : between(chance, 0.4, 0.9));
	f->exposure = dark ? 1.0 / 30 : between(chance, 1.0 / 250, 1.0 / 100);
	f->read = (float)(dark ? between(chance, 0.012, 0.03) : f->options.story == STORY_FAR ? between(chance, 0.01, 0.03) : 0.004);
	f->shot = dark ? 0.004F : 0.0006F;
	f->shine = f->options.story == STORY_GLARE ? (float)between(chance, 1.2, 4) : 0;
	if (f->options.story == STORY_MOTION) {
		f->exposure = between(chance, 1.0 / 120, 1.0 / 45);
	}
}

static double pixels_for(enum badge_story story, struct chance *chance) {
	switch (story) {
	case STORY_FAR: return between(chance, 1.3, 2.4);
	case STORY_COMING: return 1.2;
	case STORY_DARK:
	case STORY_MOTION:
	case STORY_PASSING: return between(chance, 2.4, 5);
	default: return between(chance, 2.2, 6);
	}
}

struct badge_film *badge_film_open(const struct badge_film_options *options) {
	struct badge_film *f = xcalloc(1, sizeof *f);
	f->options = *options;
	struct chance chance = {mixed(options->seed * STORY_COUNT + (uint64_t)options->story)};
	choose_text(f, &chance);
	f->focal = options->width / 2.0 / tan(VIEW_DEGREES / 360 * M_PI);
	f->side_mm = between(&chance, 20, 60);
	f->distance = distance_for(f, pixels_for(options->story, &chance));
	f->side_x = between(&chance, -0.12, 0.12);
	f->side_y = between(&chance, -0.06, 0.06);
	f->turn = between(&chance, -0.25, 0.25) + (between(&chance, 0, 1) < 0.2 ? M_PI / 2 : 0);
	f->swing = between(&chance, 0.8, 1.4);
	f->phase = between(&chance, 0, 2 * M_PI);
	choose_light(f, &chance);
	paint_behind(f, &chance);
	return f;
}

void badge_film_close(struct badge_film *f) {
	if (f != NULL) {
		free(f->behind);
		free(f);
	}
}

const char *badge_story_name(enum badge_story story) {
	static const char *const names[STORY_COUNT] = {"still", "tilt", "motion", "focus",   "glare",
						       "dark",  "far",  "coming", "passing", "close"};
	return names[story];
}

const char *badge_film_text(const struct badge_film *f) { return f->text; }
int badge_film_version(const struct badge_film *f) { return qr_version(&f->qr); }

/* --- the story --------------------------------------------------------------------------------------------------------------------------- */

static double eased(double t) { return t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t); }

/* Where the badge is after t seconds of a film of two. A hand trembles by some millimetres, at 1 to 9 Hz. */
static struct pose pose_at(const struct badge_film *f, double t) {
	double a = f->phase;
	double z = f->distance;
	double reach = z * tan(VIEW_DEGREES / 360 * M_PI);
	double out = 1.3 * reach + f->side_mm; /* beyond the picture's edge */
	double in = eased(t / 0.5);
	struct pose p = {.x = f->side_x * z + (1 - in) * out, .y = f->side_y * z, .z = z, .roll = f->turn};
	p.x += 1.2 * sin(7 * t + a) + 0.25 * sin(41 * t + 2 * a);
	p.y += 1.0 * sin(6 * t + 3 * a) + 0.25 * sin(52 * t + a);
	p.yaw = 0.10 * sin(3 * t + a);
	p.pitch = 0.12 * sin(2.3 * t + 2 * a);
	p.blur = 0.45;
	switch (f->options.story) {
	case STORY_TILT:
		p.yaw = 0.75 * f->swing * sin(2.2 * t + a);
		p.pitch = 0.55 * f->swing * sin(1.7 * t + 2 * a);
		break;
	case STORY_MOTION:
		p.x = f->side_x * z + 0.45 * reach * sin(4.2 * f->swing * t + a);
		p.y += 0.15 * reach * sin(6.1 * t + a);
		break;
	case STORY_FOCUS: p.blur = 0.5 + 0.010 * f->focal * fabs(cos(2.4 * f->swing * t + 0.4 * a)) * (1 - 0.35 * eased(t / 2)); break;
	case STORY_GLARE:
		p.yaw = 0.22 * sin(2.6 * t + a);
		p.pitch = 0.16 * cos(2.1 * t + a);
		p.shine_x = f->side_mm * 2.4 * (p.yaw + 0.05);
		p.shine_y = f->side_mm * 2.4 * p.pitch;
		break;
	case STORY_COMING: p.z = FARTHEST_MM + (150 - FARTHEST_MM) * eased(t / 2); break;
	case STORY_PASSING: p.x = f->side_x * z + out * pow(1 - 2 * (t - 0.3) / 0.45, 3); break;
	case STORY_CLOSE: p.z = 70 + (z * 1.1 + 60 - 70) * eased((t - 0.7) / 0.9); break;
	default: break;
	}
	return p;
}

static struct point seen(const struct badge_film *f, const struct pose *p, double x, double y) {
	double cr = cos(p->roll), sr = sin(p->roll), cy = cos(p->yaw), sy = sin(p->yaw), cp = cos(p->pitch), sp = sin(p->pitch);
	double x1 = cr * x - sr * y; /* turned in its plane, then about the upright axis, then about the one across */
	double y1 = sr * x + cr * y;
	double x2 = cy * x1;
	double z2 = sy * x1;
	double y3 = cp * y1 - sp * z2;
	double z3 = sp * y1 + cp * z2;
	double away = p->z + z3 < 20 ? 20 : p->z + z3;
	return (struct point){(float)(f->options.width / 2.0 + f->focal * (p->x + x2) / away),
			      (float)(f->options.height / 2.0 + f->focal * (p->y + y3) / away)};
}

/* --- painting ---------------------------------------------------------------------------------------------------------------------------- */

/* What the card reflects at a place, mm from the code's middle; -1 beside it. Names and lines of text stand above and below the code. */
static float card_at(const struct badge_film *f, const struct pose *p, float x, float y) {
	float half = (float)f->side_mm / 2;
	float wide = fmaxf(half * 1.35F, 38);
	if (fabsf(x) > wide || y < -half * 1.25F - 28 || y > half * 1.25F + 18) {
		return -1;
	}
	float shade = PAPER;
	float module = (float)f->side_mm / (float)f->qr.side;
	int column = (int)floorf((x + half) / module);
	int row = (int)floorf((y + half) / module);
	if (column >= 0 && row >= 0 && column < f->qr.side && row < f->qr.side) {
		shade = qr_dark(&f->qr, column, row) ? INK : PAPER;
	} else if (fabsf(y) > half * 1.2F) {
		int line = (int)floorf(y / 4.5F);
		bool letters = y - (float)line * 4.5F < 2.8F &&
			       fabsf(x) < wide * (0.3F + 0.5F * (float)(mixed((uint64_t)(line + 99)) % 100) / 100);
		shade = letters && (int)floorf(x / 0.9F) % 3 != 0 ? INK : PAPER;
	}
	if (f->shine == 0) {
		return shade * f->light;
	}
	float dx = x - (float)p->shine_x;
	float dy = y - (float)p->shine_y;
	float spread = 0.22F * (float)f->side_mm;
	return shade * f->light + f->shine * expf(-(dx * dx + dy * dy) / (2 * spread * spread));
}

struct look {
	struct pose pose;
	struct homography back; /* from pixels to mm */
};

struct patch {
	int x0, y0, x1, y1;
};

static void look_at(const struct badge_film *f, double t, struct look *out, struct patch *patch) {
	out->pose = pose_at(f, t);
	static const double ways[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
	struct point from[4], to[4];
	for (int i = 0; i < 4; i++) {
		to[i] = (struct point){(float)(ways[i][0] * 90), (float)(ways[i][1] * 90)};
		from[i] = seen(f, &out->pose, to[i].x, to[i].y);
		patch->x0 = from[i].x < (float)patch->x0 ? (int)fmaxf(from[i].x, 0) : patch->x0;
		patch->y0 = from[i].y < (float)patch->y0 ? (int)fmaxf(from[i].y, 0) : patch->y0;
		patch->x1 = from[i].x > (float)patch->x1 ? (int)fminf(from[i].x + 1, (float)f->options.width) : patch->x1;
		patch->y1 = from[i].y > (float)patch->y1 ? (int)fminf(from[i].y + 1, (float)f->options.height) : patch->y1;
	}
	if (!homography_fit(&(struct pairs){from, to, NULL, 4}, &out->back)) {
		abort();
	}
}

static float expose(const struct badge_film *f, const struct look looks[LOOKS], int x, int y, float behind) {
	float sum = 0;
	for (int k = 0; k < LOOKS; k++) {
		int moment = (k * 7 + 3 * (x + y)) % LOOKS; /* every place of the pixel at another moment */
		struct point p =
			homography_at(&looks[moment].back, (float)x + ((float)(k % 4) + 0.5F) / 4, (float)y + ((float)(k / 4) + 0.5F) / 4);
		float card = card_at(f, &looks[moment].pose, p.x, p.y);
		sum += card < 0 ? behind : card;
	}
	return sum / LOOKS;
}

/* Means over windows of a width that need not be whole, along lines; three times over they are nearly a lens's blur. */
static void blur_line(float *line, int n, ptrdiff_t step, float radius, float *work) {
	int whole = (int)radius;
	float rest = radius - (float)whole;
	for (int i = 0; i < n; i++) {
		float sum = 0;
		for (int k = -whole - 1; k <= whole + 1; k++) {
			int at = i + k < 0 ? 0 : i + k >= n ? n - 1 : i + k;
			sum += line[at * step] * (k < -whole || k > whole ? rest : 1);
		}
		work[i] = sum / (2 * radius + 1);
	}
	for (int i = 0; i < n; i++) {
		line[i * step] = work[i];
	}
}

static void blur(float *light, int width, const struct patch *p, float sigma) {
	float radius = sqrtf(sigma * sigma + 0.25F) - 0.5F; /* three windows of 2r + 1 have that deviation */
	int w = p->x1 - p->x0;
	int h = p->y1 - p->y0;
	float *work = xcalloc((size_t)(w > h ? w : h) + 1, sizeof *work);
	for (int pass = 0; pass < 3; pass++) {
		for (int y = p->y0; y < p->y1; y++) {
			blur_line(light + (ptrdiff_t)y * width + p->x0, w, 1, radius, work);
		}
		for (int x = p->x0; x < p->x1; x++) {
			blur_line(light + (ptrdiff_t)p->y0 * width + x, h, width, radius, work);
		}
	}
	free(work);
}

static void sense(const struct badge_film *f, int number, const float *light, struct image *out) {
	uint64_t seed = mixed(f->options.seed ^ (uint64_t)(number + 1) << 40);
	for (int y = 0; y < out->height; y++) {
		for (int x = 0; x < out->width; x++) {
			float v = light[(size_t)y * (size_t)out->width + (size_t)x];
			v += sqrtf(f->read * f->read + f->shot * fmaxf(v, 0)) * normal(seed + (uint64_t)y * 65536 + (uint64_t)x);
			v = v < 0 ? 0 : v > 1 ? 1 : v;
			out->luma[(size_t)y * (size_t)out->stride + (size_t)x] = (uint8_t)(255 * powf(v, 1 / 2.2F) + 0.5F);
		}
	}
}

static void tell(const struct badge_film *f, const struct look *first, const struct look *last, struct badge_frame *out) {
	double half = f->side_mm / 2;
	float around = 0;
	out->whole = true;
	for (int i = 0; i < 4; i++) {
		out->corners[i] = seen(f, &first->pose, i == 1 || i == 2 ? half : -half, i >= 2 ? half : -half);
	}
	for (int i = 0; i < 4; i++) {
		struct point p = out->corners[i];
		around += point_distance(p, out->corners[(i + 1) % 4]);
		out->whole = out->whole && p.x > 0 && p.y > 0 && p.x < (float)f->options.width && p.y < (float)f->options.height;
	}
	out->module = around / 4 / (float)f->qr.side;
	out->smear = point_distance(seen(f, &first->pose, 0, 0), seen(f, &last->pose, 0, 0));
}

void badge_film_paint(const struct badge_film *f, int number, struct image *out, struct badge_frame *frame) {
	int w = f->options.width;
	struct look looks[LOOKS];
	struct patch patch = {w, f->options.height, 0, 0};
	size_t pixels = (size_t)w * (size_t)f->options.height;
	float *light = xmalloc(pixels * sizeof *light);
	for (size_t i = 0; i < pixels; i++) {
		light[i] = f->behind[i] * f->light;
	}
	for (int k = 0; k < LOOKS; k++) {
		look_at(f, (double)number / BADGE_FILM_RATE + f->exposure * k / LOOKS, &looks[k], &patch);
	}
	for (int y = patch.y0; y < patch.y1; y++) {
		for (int x = patch.x0; x < patch.x1; x++) {
			size_t at = (size_t)y * (size_t)w + (size_t)x;
			light[at] = expose(f, looks, x, y, light[at]);
		}
	}
	if (patch.x1 > patch.x0 && patch.y1 > patch.y0) {
		blur(light, w, &patch, (float)looks[0].pose.blur);
	}
	sense(f, number, light, out);
	free(light);
	tell(f, &looks[0], &looks[LOOKS - 1], frame);
}
