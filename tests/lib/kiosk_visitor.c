#include "lib/kiosk_visitor.h"

#include "lib/kiosk_credits.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/walkin_state.h"
#include "lib/testing.h"

#define LONG_TEXT                                                                                                                                                                                                                              \
	"Погоджуюся, щоб організатори зберігали й використовували те, що я тут повідомляю, для проведення заходу та звітування перед " \
	"донорами.\\n\\nДані бачать лише організатори та люди за стійкою. Імʼя, громада й підпис увійдуть до списку учасників, який "          \
	"отримає донор; телефон і пошта туди не потраплять. Через пʼять років після завершення проєкту все буде стерто.\\n\\nВідкликати " \
	"згоду можна будь-коли: підійдіть до стійки або напишіть організаторам. Від цього нічого не зміниться: ви так само бажаний "       \
	"гість, "                                                                                                                                                                                                                         \
	"лише в переліку буде «Гість без імені».\\n\\nЯкщо ви прийшли з дитиною, згоду за неї дає хтось із батьків або опікун. Фото й "          \
	"відео "                                                                                                                                                                                                                          \
	"— окрема згода, про неї ми спитаємо далі. Якщо щось незрозуміло, покличте організатора: кнопка допомоги є на першому екрані."

static const char *const FIELDS[][2] = {
	{"name", "{\"order\":\"10\",\"required\":\"yes\"}"},
	{"community", "{\"order\":\"20\"}"},
	{"phone", "{\"order\":\"30\"}"},
	{"birth_year", "{\"order\":\"40\"}"},
	{"custom:guardian", "{\"order\":\"50\",\"required\":\"yes\",\"when\":\"minor=yes\"}"},
	{"custom:Food",
	 "{\"order\":\"60\",\"type\":\"choice\",\"label:uk\":\"Що ви їсте?\",\"label:en\":\"What do you eat?\",\"label:ru\":\"Что вы "
	 "едите?\",\"choices\":\"vegetables\\nmeat\\nfish\",\"choices:uk\":\"овочі\\nмʼясо\\nриба\",\"choices:ru\":"
	 "\"овощи\\nмясо\\nрыба\"}"},
	{"custom:Night", "{\"order\":\"70\",\"type\":\"yes-no\",\"label:uk\":\"Чи ночуєте ви тут?\",\"label:en\":\"Do you stay for the "
			 "night?\",\"label:ru\":\"Вы "
			 "здесь ночуете?\"}"},
	{"consent:processing", "{\"order\":\"80\",\"text\":\"" LONG_TEXT "\"}"},
	{"consent:photo", "{\"order\":\"90\",\"text\":\"Погоджуюся, щоб мене фотографували.\"}"},
};

void visitor_form(struct model *m, enum signature_wish signature) {
	struct form *form = &m->event->form;
	form_fini(form);
	for (size_t i = 0; i < COUNT_OF(FIELDS); i++) {
		struct err err = {0};
		assert_true(form_add(form, FIELDS[i][0], json_parse(FIELDS[i][1], strlen(FIELDS[i][1]), &err)));
	}
	form_sort(form);
	m->event->signature = signature;
}

struct effects visitor_act(struct model *m, int action, int64_t argument) {
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_ACTION, .action = action, .argument = argument});
}

struct effects visitor_types(struct model *m, const char *text) {
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_TYPED, .text = text, .n = strlen(text)});
}

static struct found_message *answer(const struct effects *asked, enum found_kind kind) {
	struct found_message *found = xcalloc(1, sizeof *found);
	found->kind = kind;
	found->number = asked->count == 0 ? 0 : asked->items[asked->count - 1].number;
	return found;
}

const struct effect *visitor_last(const struct effects *effects) {
	assert_true(effects->count > 0);
	return &effects->items[effects->count - 1];
}

void visitor_is_asked(const struct model *m, const char *key) {
	assert_true(model_shows(m, SCREEN_WALKIN));
	assert_string_equal(walkin_field(m)->key, key);
}

void visitor_found(struct model *m, const struct effects *asked, const char *const *names, size_t count) {
	struct found_message *found = answer(asked, FOUND_PEOPLE);
	for (; found->count < count; found->count++) {
		struct found_row *row = &found->rows[found->count];
		snprintf(row->id, sizeof row->id, "%020zu", found->count);
		str_copy(row->name, sizeof row->name, names[found->count]);
		str_copy(row->community, sizeof row->community, "Зарічна громада");
		row->can_confirm = true;
	}
	kiosk_fixture_send(m, (struct msg){.kind = MSG_FOUND, .found = found});
}

void visitor_suggested(struct model *m, const struct effects *asked, const struct suggestion *all, size_t count) {
	struct found_message *found = answer(asked, FOUND_SUGGESTIONS);
	memcpy(found->suggestions.items, all, count * sizeof *all);
	found->suggestions.count = count;
	kiosk_fixture_send(m, (struct msg){.kind = MSG_FOUND, .found = found});
}

struct effects visitor_is_met(struct model *m, const struct effects *asked, bool there) {
	struct found_message *found = answer(asked, FOUND_TWIN);
	if (there) {
		found->count = 1;
		found->rows[0] = (struct found_row){
			.id = "0123456789abcdef0123", .name = "Олена П.", .community = "Зарічна громада", .can_confirm = true};
	}
	return kiosk_fixture_send(m, (struct msg){.kind = MSG_FOUND, .found = found});
}

void visitor_not_saved(struct model *m, enum station_standing standing) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kept = false;
	d->walk_in = true;
	d->number = m->sent;
	d->standing = standing;
	d->text = xstrdup("the disk is full");
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = d});
}

void visitor_writes(struct model *m) {
	const struct box sheet = {100, 300, 1000, 400};
	static const struct pixel way[] = {{200, 600}, {260, 420}, {320, 610}, {400, 430}, {480, 600}, {560, 520}, {700, 560}, {900, 540}};
	for (size_t i = 0; i <= COUNT_OF(way); i++) {
		struct pixel at = way[i < COUNT_OF(way) ? i : i - 1];
		kiosk_fixture_send(m, (struct msg){.kind = MSG_FINGER,
						   .phase = i == 0               ? FINGER_DOWN
							    : i == COUNT_OF(way) ? FINGER_UP
										 : FINGER_MOVE,
						   .x = at.x,
						   .y = at.y,
						   .action = SIGN_TOUCH_SHEET,
						   .area = sheet});
	}
}

/* Answers the field that is asked as somebody would. */
static struct effects answer_field(struct model *m) {
	const struct form_field *field = walkin_field(m);
	switch (field->type) {
	case FORM_TEXT:
		if (str_eq(field->key, "name")) {
			visitor_types(m, "Олена Прикладова");
		} else if (field->required) {
			visitor_types(m, "Ганна Приклад, 067 123 45 67");
		}
		return visitor_act(m, WALKIN_TOUCH_NEXT, 0);
	default: return visitor_act(m, WALKIN_TOUCH_ANSWER, 1);
	}
}

void visitor_reaches(struct model *m, const char *key) {
	visitor_act(m, ACTION_WALKIN, 0);
	for (int i = 0; i < FORM_FIELDS_MAX && walkin_field(m) != NULL && !str_eq(walkin_field(m)->key, key); i++) {
		answer_field(m);
	}
	assert_true(model_shows(m, SCREEN_WALKIN) && walkin_field(m) != NULL);
}

struct effects visitor_fills_in(struct model *m) {
	visitor_reaches(m, "consent:photo");
	return answer_field(m);
}

struct effects visitor_fills_in_phone(struct model *m) {
	visitor_reaches(m, "phone");
	visitor_types(m, "067 123 45 67\n");
	while (walkin_of(m)->stage == WALKIN_ASKS && !str_eq(walkin_field(m)->key, "consent:photo")) {
		answer_field(m);
	}
	return answer_field(m);
}

/* --- states ------------------------------------------------------------------------------------------------------------------------------ */

static void reach(struct kiosk_fixture *f, const char *key) {
	visitor_form(&f->model, SIGNATURE_ASKED);
	visitor_reaches(&f->model, key);
}

static void name(struct kiosk_fixture *f) { reach(f, "name"); }
static void namesakes(struct kiosk_fixture *f) {
	static const char *const names[] = {"Олена П.", "Олександра-Вікторія П.", "Олег П."};
	reach(f, "name");
	struct effects asked = visitor_types(&f->model, "Оле При");
	visitor_found(&f->model, &asked, names, COUNT_OF(names));
}
static void suggested(struct kiosk_fixture *f) {
	static const struct suggestion all[] = {
		{.text = "Зарічна громада", .district = "Рівненський район", .region = "Рівненська область"},
		{.text = "Зарічненська селищна територіальна громада", .district = "Вараський район", .region = "Рівненська область"},
		{.text = "Зарічанська громада", .region = "Закарпатська область"},
		{.text = "Зарінок"}};
	reach(f, "community");
	struct effects asked = visitor_types(&f->model, "зар");
	visitor_suggested(&f->model, &asked, all, COUNT_OF(all));
}
/* What people are asked for in so many words that it stands below the head. */
static void long_question(struct kiosk_fixture *f) {
	static const char set[] =
		"{\"order\":\"15\",\"label:uk\":\"Чи є у вас харчові обмеження, алергії або особливі потреби?\",\"label:en\":\"Do "
		"you have any dietary restrictions, allergies or special needs?\",\"label:ru\":\"Есть ли у вас ограничения в "
		"еде, аллергии или особые потребности?\"}";
	struct err err = {0};
	visitor_form(&f->model, SIGNATURE_OFF);
	assert_true(form_add(&f->model.event->form, "custom:Diet", json_parse(set, sizeof set - 1, &err)));
	form_sort(&f->model.event->form);
	visitor_reaches(&f->model, "custom:Diet");
}
static void name_wrong(struct kiosk_fixture *f) {
	reach(f, "name");
	visitor_types(&f->model, "-\n");
}
static void year_wrong(struct kiosk_fixture *f) {
	reach(f, "birth_year");
	visitor_types(&f->model, "1850\n");
}
/* A field that knows some values only, where the organiser named no choices. */
static void sex(struct kiosk_fixture *f) {
	static const char set[] = "{\"order\":\"15\",\"required\":\"yes\"}";
	struct err err = {0};
	visitor_form(&f->model, SIGNATURE_OFF);
	assert_true(form_add(&f->model.event->form, "sex", json_parse(set, sizeof set - 1, &err)));
	form_sort(&f->model.event->form);
	visitor_reaches(&f->model, "sex");
}
static void phone(struct kiosk_fixture *f) { reach(f, "phone"); }
static void phone_wrong(struct kiosk_fixture *f) {
	reach(f, "phone");
	visitor_types(&f->model, "12");
	visitor_act(&f->model, WALKIN_TOUCH_NEXT, 0);
}
static void choice(struct kiosk_fixture *f) { reach(f, "custom:Food"); }
static void yes_no(struct kiosk_fixture *f) { reach(f, "custom:Night"); }
static void consent_long(struct kiosk_fixture *f) { reach(f, "consent:processing"); }
static void consent(struct kiosk_fixture *f) { reach(f, "consent:photo"); }
static void guardian(struct kiosk_fixture *f) {
	reach(f, "birth_year");
	visitor_types(&f->model, "2015\n");
}
static void saving(struct kiosk_fixture *f) {
	visitor_form(&f->model, SIGNATURE_OFF);
	visitor_fills_in(&f->model);
}
static void late(struct kiosk_fixture *f) {
	saving(f);
	kiosk_fixture_wait(&f->model, TIMING.answer_ms);
}
static void twin(struct kiosk_fixture *f) {
	visitor_form(&f->model, SIGNATURE_OFF);
	struct effects asked = visitor_fills_in_phone(&f->model);
	visitor_is_met(&f->model, &asked, true);
}
static void not_saved(struct kiosk_fixture *f) {
	saving(f);
	visitor_not_saved(&f->model, STATION_GOOD);
}
static void sign(struct kiosk_fixture *f) {
	visitor_form(&f->model, SIGNATURE_REQUIRED);
	visitor_fills_in(&f->model);
}
static void signed_by_hand(struct kiosk_fixture *f) {
	visitor_form(&f->model, SIGNATURE_ASKED);
	visitor_fills_in(&f->model);
	visitor_writes(&f->model);
}
static void sign_little(struct kiosk_fixture *f) {
	sign(f);
	visitor_act(&f->model, SIGN_TOUCH_DONE, 0);
}
/* Somebody with a badge, whose result is over. */
static void sign_arrival(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, "Олександра-Вікторія Константинопольська-Переяславська");
	f->model.event->signature = SIGNATURE_ASKED;
	d->unsigned_yet = true;
	str_copy(d->person, sizeof d->person, "0123456789abcdef0123");
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
	kiosk_fixture_wait(&f->model, TIMING.result_admitted_ms);
}
static void sign_failed(struct kiosk_fixture *f) {
	sign_arrival(f);
	visitor_writes(&f->model);
	visitor_act(&f->model, SIGN_TOUCH_DONE, 0);
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, NULL);
	d->kind = DESK_SIGNED;
	d->kept = false;
	str_copy(d->person, sizeof d->person, "0123456789abcdef0123");
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
}
static void new_code(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_ACCEPTED, "Олена Прикладова");
	d->walk_in = true;
	str_copy(d->code, sizeof d->code, "TO0Y3K/GSJHURRT");
	str_copy(d->aloud, sizeof d->aloud, "KVEY-0XZG");
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void new_code_pending(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_NOT_EXPECTED, "Олена Прикладова");
	d->walk_in = true;
	d->registration = REGISTRATION_PENDING;
	str_copy(d->code, sizeof d->code, "TO0Y3K/GSJHURRT");
	str_copy(d->aloud, sizeof d->aloud, "KVEY-0XZG");
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
}

static void new_code_unnamed(struct kiosk_fixture *f) {
	struct desk_message *d = kiosk_fixture_answer(OUTCOME_NOT_EXPECTED, "Гість без імені");
	d->walk_in = d->unnamed = true;
	d->registration = REGISTRATION_PENDING;
	str_copy(d->code, sizeof d->code, "TO0Y3K/GSJHURRT");
	str_copy(d->aloud, sizeof d->aloud, "KVEY-0XZG");
	kiosk_fixture_send(&f->model, (struct msg){.kind = MSG_DESK, .desk = d});
}

const struct visitor_state visitor_states[] = {
	{"walkin", name},
	{"walkin-namesakes", namesakes},
	{"walkin-suggested", suggested},
	{"walkin-phone", phone},
	{"walkin-phone-wrong", phone_wrong},
	{"walkin-choice", choice},
	{"walkin-yes-no", yes_no},
	{"walkin-consent-long", consent_long},
	{"walkin-consent", consent},
	{"walkin-guardian", guardian},
	{"walkin-saving", saving},
	{"walkin-late", late},
	{"walkin-twin", twin},
	{"walkin-not-saved", not_saved},
	{"sign", sign},
	{"sign-written", signed_by_hand},
	{"sign-little", sign_little},
	{"sign-arrival", sign_arrival},
	{"sign-failed", sign_failed},
	{"new-code", new_code},
	{"new-code-pending", new_code_pending},
	{"agenda-credits", credits_on_agenda},
	{"agenda-credits-many", credits_many_on_agenda},
	{"credits", credits_shown},
	{"credits-many", credits_many_shown},
	{"credits-names", credits_names_shown},
	{"attract-credits", credits_attract},
	{"new-code-unnamed", new_code_unnamed},
	{"walkin-long-question", long_question},
	{"walkin-name-wrong", name_wrong},
	{"walkin-year-wrong", year_wrong},
	{"walkin-sex", sex},
};
const size_t visitor_state_count = COUNT_OF(visitor_states);
