/* What a column of a table of people can mean. */
#ifndef TURNOUT_IMPORT_PEOPLE_TARGET_H
#define TURNOUT_IMPORT_PEOPLE_TARGET_H

#include "event/person.h"

/* An enum person_field, a part of a name, a question that says something of the registration, or nothing that
 * anybody wants to keep. */
enum {
	PEOPLE_FAMILY = PERSON_FIELD_COUNT,
	PEOPLE_GIVEN,
	PEOPLE_PATRONYMIC,
	PEOPLE_IS_CANCELLED, /* the first of the questions */
	PEOPLE_IS_DECLINED,
	PEOPLE_IS_WAITING,
	PEOPLE_IS_PENDING,
	PEOPLE_IS_CONFIRMED,
	PEOPLE_IS_COMING, /* the last of them */
	PEOPLE_NUMBER,    /* of the row */
	PEOPLE_TARGET_COUNT
};

#endif
