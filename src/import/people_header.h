/* What a header of a table of people means, as people really write it: by the aliases (people_alias.h) as it stands; without a number, a
 * "#" or a "№" before it, and without what a form asks around it ("1. Вкажіть ваш телефон", "#First Name"); by one of its alternatives
 * ("E-mail / пошта", "Назва організації, ЄДРПОУ"); and by words cut short ("Рік нар.", "Контактний тел.", "Орг-ція"). */
#ifndef TURNOUT_IMPORT_PEOPLE_HEADER_H
#define TURNOUT_IMPORT_PEOPLE_HEADER_H

/* The aliases, made ready for being compared with many headers. */
struct people_headers;
struct people_headers *people_headers_open(void);
void people_headers_close(struct people_headers *headers);

/* A target of people_alias.h, or -1. `rank` may be NULL. */
int people_header_find(const struct people_headers *headers, const char *header, int *rank);

#endif
