#include "lib/kiosk_credits.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "lib/testing.h"

#define SVG_HEAD "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 "
/* Invented ones: a flag of circles, a wide word of bars, a tall shield, a ring. */
static const char *const LOGOS[] = {
	SVG_HEAD "270 180'><rect width='270' height='180' fill='#123a8c'/><g fill='#ffcf1a'><circle cx='135' cy='35' r='13'/>"
		 "<circle cx='190' cy='90' r='13'/><circle cx='135' cy='145' r='13'/><circle cx='80' cy='90' r='13'/></g></svg>",
	SVG_HEAD "620 130'><g fill='#176b3a'><rect width='100' height='130' rx='20'/><rect x='130' y='40' width='490' height='50' rx='12'/>"
		 "</g></svg>",
	SVG_HEAD "100 130'><path d='M4 4h92v70q0 40-46 52Q4 114 4 74z' fill='#8a1f2b'/><path d='M50 20v90M20 50h60' stroke='#fff' "
		 "stroke-width='12'/></svg>",
	SVG_HEAD
	"200 200'><circle cx='100' cy='100' r='84' fill='none' stroke='#c2571a' stroke-width='28'/><circle cx='100' cy='100' r='30' "
	"fill='#c2571a'/></svg>",
};

struct made {
	const char *key, *set;
	int logo; /* of LOGOS; -1: none */
};

/* As the organiser's program makes it for screens. */
static const struct logo *logo_of(int which, const char *id) {
	struct err err = {0};
	struct picture *picture = NULL;
	struct raster raster;
	struct strbuf png = {0};
	assert_ok(picture_read(LOGOS[which], strlen(LOGOS[which]), &picture, &err) &&
		  picture_raster(picture, CREDIT_SCREEN_WIDE, CREDIT_SCREEN_HIGH, &raster, &err) && raster_png(&raster, &png, &err));
	const struct logo *logo = logo_make(id, strbuf_str(&png), png.len);
	assert_non_null(logo);
	strbuf_fini(&png);
	raster_fini(&raster);
	picture_close(picture);
	return logo;
}

static void add(struct kiosk_event *event, const struct made *made) {
	struct err err = {0};
	char id[65];
	struct json *set = json_parse(made->set, strlen(made->set), &err);
	assert_non_null(set);
	assert_true(credits_add(&event->credits, made->key, set));
	memset(id, "0123"[made->logo < 0 ? 0 : made->logo], sizeof id - 1);
	id[64] = '\0';
	event->logos.items[event->logos.count++] = made->logo < 0 ? NULL : logo_of(made->logo, id);
}

static struct kiosk_event *event_of(const struct made *made, size_t count) {
	struct kiosk_event *event = kiosk_fixture_event(true);
	for (size_t i = 0; i < count; i++) { /* in their order already */
		add(event, &made[i]);
	}
	return event;
}

static void show(struct kiosk_fixture *f) { kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_ACTION, .action = ACTION_CREDITS}); }

static const struct made FEW[] = {
	{"union",
	 "{\"group\":\"funder\",\"name:uk\":\"Союз громад\",\"name:en\":\"Union of Communities\",\"min_height\":\"10\",\"clear\":\"30\","
	 "\"sentence:uk\":\"Захід відбувається за фінансової підтримки Союзу громад.\","
	 "\"sentence:en\":\"This event is funded by the Union of Communities.\","
	 "\"sentence:ru\":\"Мероприятие проводится при финансовой поддержке Союза общин.\","
	 "\"disclaimer:uk\":\"Висловлені думки належать авторам і не обовʼязково збігаються з поглядами Союзу громад.\","
	 "\"disclaimer:en\":\"The views expressed are those of the authors and not necessarily those of the Union of Communities.\","
	 "\"disclaimer:ru\":\"Высказанные мнения принадлежат авторам и не обязательно совпадают со взглядами Союза общин.\"}",
	 0},
	{"agency", "{\"group\":\"implementer\",\"name\":\"Агенція села\",\"name:en\":\"Village Agency\"}", 1},
	{"council", "{\"group\":\"partner\",\"name\":\"Міська рада\",\"name:en\":\"City Council\"}", 2},
	{"ring", "{\"group\":\"partner\",\"name\":\"Кільце\"}", 3},
	{"coop", "{\"group\":\"partner\",\"name\":\"Кооператив «Мед»\",\"name:en\":\"Honey Cooperative\"}", -1},
};

#define MANY 20
#define LONG_TEXT                                                                                                                                                                                                                                       \
	"Цей захід став можливим завдяки щирій підтримці народу, наданій через фонд; зміст є винятковою відповідальністю організаторів і " \
	"не "                                                                                                                                                                                                                                         \
	"обовʼязково відображає погляди фонду чи уряду. "

static struct kiosk_event *many_of_them(void) {
	static const char *const groups[] = {"funder", "implementer", "partner"};
	struct made made[MANY];
	char *owned[2 * MANY];
	for (int i = 0; i < MANY; i++) {
		int group = i < 6 ? 0 : i < 10 ? 1 : 2;
		owned[2 * i] = xasprintf("k%02d", i);
		owned[2 * i + 1] = xasprintf("{\"group\":\"%s\",\"name\":\"Організація %d\",\"sentence\":\"%s\",\"min_height\":\"%d\"}",
					     groups[group], i, i < 8 ? LONG_TEXT : "", i % 3 == 0 ? 10 : 0);
		made[i] = (struct made){owned[2 * i], owned[2 * i + 1], i % 4};
	}
	struct kiosk_event *event = event_of(made, MANY);
	for (int i = 0; i < 2 * MANY; i++) {
		free(owned[i]);
	}
	return event;
}

struct kiosk_event *credits_event(bool many) {
	return many ? many_of_them() : event_of(FEW, COUNT_OF(FEW));
}

void credits_on_agenda(struct kiosk_fixture *f) { kiosk_fixture_load(&f->model, credits_event(false)); }

void credits_many_on_agenda(struct kiosk_fixture *f) { kiosk_fixture_load(&f->model, credits_event(true)); }

void credits_shown(struct kiosk_fixture *f) {
	credits_on_agenda(f);
	show(f);
}

void credits_many_shown(struct kiosk_fixture *f) {
	credits_many_on_agenda(f);
	show(f);
}

void credits_names_shown(struct kiosk_fixture *f) {
	static const struct made names[] = {{"fund", "{\"group\":\"funder\",\"name\":\"Фонд розвитку громад\"}", -1},
					    {"a", "{\"group\":\"partner\",\"name\":\"Кооператив «Мед»\"}", -1},
					    {"b", "{\"group\":\"partner\",\"name\":\"Школа в Сорочинцях\"}", -1}};
	kiosk_fixture_load(&f->model, event_of(names, COUNT_OF(names)));
	show(f);
}

void credits_attract(struct kiosk_fixture *f) {
	credits_on_agenda(f);
	f->model.touched_ms = f->model.ms;
	kiosk_fixture_wait(&f->model, TIMING.attract_after_ms + TIMING.attract_every_ms + 2000);
	f->model.now = kiosk_fixture_time("2026-05-14T10:42");
}
