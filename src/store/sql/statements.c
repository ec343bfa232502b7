#include "store/sql/statements.h"

#include <stdlib.h>

/* A store has a few dozen tables of statements, each found by its address. */
struct stmt *statements_get(struct statements *all, struct db *db, const struct sql_table *table, size_t which) {
	size_t i = 0;
	while (i < all->count && all->items[i].table != table) {
		i++;
	}
	if (i == all->count) {
		ARRAY_GROW(all, items);
		all->items[i] = (struct statements_of){.table = table, .items = xcalloc(table->count, sizeof(struct stmt *))};
		db_prepare(db, table->texts, table->count, all->items[i].items);
		all->count++;
	}
	return all->items[i].items[which];
}

void statements_release(struct statements *all) {
	for (size_t i = 0; i < all->count; i++) {
		db_release(all->items[i].items, all->items[i].table->count);
		free(all->items[i].items);
	}
	free(all->items);
	*all = (struct statements){0};
}
