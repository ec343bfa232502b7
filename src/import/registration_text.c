/* Statuses are told by the beginnings of their words, as languages bend the ends. The words of pretix, Eventbrite, Luma, Tito, alf.io and
 * Hi.Events are among them. */
#include "import/registration_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"
#include "event/yes_no.h"

/* Beginnings of words as they are folded (event/fold.h), in order: a text may hold several ("awaiting approval" is pending, "waiting" is a
 * list; "not attending" is no "attending"). Two words are a phrase. */
static const struct {
	const char *stem;
	enum registration means;
} STEMS[] = {
	{"not attending", REGISTRATION_DECLINED},
	{"not going", REGISTRATION_DECLINED},
	{"not coming", REGISTRATION_DECLINED},
	{"cant go", REGISTRATION_DECLINED},
	{"не прииде", REGISTRATION_DECLINED},
	{"не приду", REGISTRATION_DECLINED},
	{"не придет", REGISTRATION_DECLINED},
	{"не приидет", REGISTRATION_DECLINED},
	{"не буде", REGISTRATION_DECLINED},
	{"не будет", REGISTRATION_DECLINED},
	{"not approved", REGISTRATION_PENDING},
	{"not confirmed", REGISTRATION_PENDING},
	{"not paid", REGISTRATION_PENDING},
	{"no payment", REGISTRATION_PENDING},
	{"approval pending", REGISTRATION_PENDING},
	{"to be paid", REGISTRATION_PENDING},
	{"не підтвердж", REGISTRATION_PENDING},
	{"не подтвержд", REGISTRATION_PENDING},
	{"не схвален", REGISTRATION_PENDING},
	{"не одобрен", REGISTRATION_PENDING},
	{"не оплачен", REGISTRATION_PENDING},
	{"не оплата", REGISTRATION_PENDING},
	{"не скасов", REGISTRATION_CONFIRMED},
	{"не відмін", REGISTRATION_CONFIRMED},
	{"не отменен", REGISTRATION_CONFIRMED},
	{"not cancel", REGISTRATION_CONFIRMED},
	{"not void", REGISTRATION_CONFIRMED},
	{"очікує підтвердж", REGISTRATION_PENDING},
	{"очікує оплат", REGISTRATION_PENDING},
	{"очікує схвал", REGISTRATION_PENDING},
	{"ожидает подтвержд", REGISTRATION_PENDING},
	{"ожидает оплат", REGISTRATION_PENDING},
	{"ожидает одобр", REGISTRATION_PENDING},
	{"cancel", REGISTRATION_CANCELLED},
	{"void", REGISTRATION_CANCELLED},
	{"refund", REGISTRATION_CANCELLED},
	{"delet", REGISTRATION_CANCELLED},
	{"expired", REGISTRATION_CANCELLED},
	{"revoked", REGISTRATION_CANCELLED},
	{"invalid", REGISTRATION_CANCELLED},
	{"annul", REGISTRATION_CANCELLED},
	{"withdr", REGISTRATION_CANCELLED},
	{"chargeback", REGISTRATION_CANCELLED},
	{"скасов", REGISTRATION_CANCELLED},
	{"скасуван", REGISTRATION_CANCELLED},
	{"відмінен", REGISTRATION_CANCELLED},
	{"відміна", REGISTRATION_CANCELLED},
	{"анульов", REGISTRATION_CANCELLED},
	{"анулюван", REGISTRATION_CANCELLED},
	{"аннулир", REGISTRATION_CANCELLED},
	{"отмен", REGISTRATION_CANCELLED},
	{"возвра", REGISTRATION_CANCELLED},
	{"повернен", REGISTRATION_CANCELLED},
	{"видален", REGISTRATION_CANCELLED},
	{"удален", REGISTRATION_CANCELLED},
	{"недіисн", REGISTRATION_CANCELLED},
	{"недеиств", REGISTRATION_CANCELLED},
	{"declin", REGISTRATION_DECLINED},
	{"reject", REGISTRATION_DECLINED},
	{"denied", REGISTRATION_DECLINED},
	{"refused", REGISTRATION_DECLINED},
	{"відмов", REGISTRATION_DECLINED},
	{"відхил", REGISTRATION_DECLINED},
	{"отказ", REGISTRATION_DECLINED},
	{"отклон", REGISTRATION_DECLINED},
	{"pending", REGISTRATION_PENDING},
	{"unpaid", REGISTRATION_PENDING},
	{"unconfirmed", REGISTRATION_PENDING},
	{"unapproved", REGISTRATION_PENDING},
	{"awaiting", REGISTRATION_PENDING},
	{"invited", REGISTRATION_PENDING},
	{"incomplete", REGISTRATION_PENDING},
	{"reserved", REGISTRATION_PENDING},
	{"draft", REGISTRATION_PENDING},
	{"maybe", REGISTRATION_PENDING},
	{"tentative", REGISTRATION_PENDING},
	{"розгляд", REGISTRATION_PENDING},
	{"рассмотр", REGISTRATION_PENDING},
	{"рассматр", REGISTRATION_PENDING},
	{"модерац", REGISTRATION_PENDING},
	{"неоплач", REGISTRATION_PENDING},
	{"непідтвердж", REGISTRATION_PENDING},
	{"неподтвержд", REGISTRATION_PENDING},
	{"запрошен", REGISTRATION_PENDING},
	{"приглаш", REGISTRATION_PENDING},
	{"wait", REGISTRATION_WAITING},
	{"standby", REGISTRATION_WAITING},
	{"queue", REGISTRATION_WAITING},
	{"очікув", REGISTRATION_WAITING},
	{"очікує", REGISTRATION_WAITING},
	{"ожида", REGISTRATION_WAITING},
	{"черга", REGISTRATION_WAITING},
	{"в черзі", REGISTRATION_WAITING},
	{"очеред", REGISTRATION_WAITING},
	{"approved", REGISTRATION_CONFIRMED},
	{"confirm", REGISTRATION_CONFIRMED},
	{"accepted", REGISTRATION_CONFIRMED},
	{"going", REGISTRATION_CONFIRMED},
	{"attending", REGISTRATION_CONFIRMED},
	{"attended", REGISTRATION_CONFIRMED},
	{"paid", REGISTRATION_CONFIRMED},
	{"complete", REGISTRATION_CONFIRMED},
	{"checked in", REGISTRATION_CONFIRMED},
	{"active", REGISTRATION_CONFIRMED},
	{"valid", REGISTRATION_CONFIRMED},
	{"acquired", REGISTRATION_CONFIRMED},
	{"registered", REGISTRATION_CONFIRMED},
	{"підтвердж", REGISTRATION_CONFIRMED},
	{"подтвержд", REGISTRATION_CONFIRMED},
	{"схвален", REGISTRATION_CONFIRMED},
	{"одобрен", REGISTRATION_CONFIRMED},
	{"прииня", REGISTRATION_CONFIRMED},
	{"принят", REGISTRATION_CONFIRMED},
	{"оплач", REGISTRATION_CONFIRMED},
	{"зареєстр", REGISTRATION_CONFIRMED},
	{"зарегистр", REGISTRATION_CONFIRMED},
	{"активн", REGISTRATION_CONFIRMED},
	{"діисн", REGISTRATION_CONFIRMED},
	{"деиствит", REGISTRATION_CONFIRMED},
};

static bool has_stem(const char *folded, const char *stem) {
	for (const char *at = strstr(folded, stem); at != NULL; at = strstr(at + 1, stem)) {
		if (at == folded || at[-1] == ' ') {
			return true;
		}
	}
	return false;
}

static enum registration by_stem(const char *folded) {
	for (size_t i = 0; i < COUNT_OF(STEMS); i++) {
		if (has_stem(folded, STEMS[i].stem)) {
			return STEMS[i].means;
		}
	}
	return REGISTRATION_UNSAID;
}

enum registration registration_read(const char *text) {
	char *folded = fold_text(text);
	/* A sentence is no status: a remark may name one by the way. */
	enum registration found = strlen(folded) <= 80 ? by_stem(folded) : REGISTRATION_UNSAID;
	free(folded);
	return found;
}

/* "-", "0,00", "немає": nothing was given back. */
static bool is_nothing(const char *text) {
	static const char *const words[] = {"немає", "none", "na", "n a"};
	char *folded = fold_text(text);
	bool nothing = folded[strspn(folded, "0 ")] == '\0';
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		nothing = nothing || str_eq(folded, words[i]);
	}
	free(folded);
	return nothing;
}

enum registration registration_read_flag(const char *text, enum registration yes, enum registration no) {
	enum yes_no answer = yes_no_read(text);
	if (answer == YES_NO_NO || is_nothing(text)) {
		return no;
	}
	enum registration said = answer == YES_NO_NEITHER ? registration_read(text) : REGISTRATION_UNSAID;
	return said != REGISTRATION_UNSAID ? said : yes;
}
