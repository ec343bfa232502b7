#include "import/places_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void places_fini(struct places *places) {
	for (size_t i = 0; i < places->blocks.count; i++) {
		free(places->blocks.items[i].region);
		free(places->blocks.items[i].district);
		strbuf_fini(&places->blocks.items[i].places);
	}
	free(places->blocks.items);
	strbuf_fini(&places->carried);
	strbuf_fini(&places->unused);
	fault_list_fini(&places->bad);
	mapstr_fini(&places->known);
	mapstr_fini(&places->districts_at);
	*places = (struct places){0};
}

/* The first of the place's names, so many of them and one for each line. "" is one, too. */
static char *key_of(const struct place *place, int names) {
	return xasprintf("%s\n%s\n%s\n%s", place->region, names > 1 ? place->district : "\n", names > 2 ? place->community : "\n",
			 names > 3 ? place->settlement : "\n");
}

static bool is_new(struct places *places, const struct place *place, int names) {
	bool made = false;
	char *key = key_of(place, names);
	mapstr_place(&places->known, key, &made);
	free(key);
	return made;
}

static struct place_block *add_block(struct places *places, const struct place *place, int part) {
	ARRAY_GROW(&places->blocks, items);
	struct place_block *block = &places->blocks.items[places->blocks.count++];
	*block = (struct place_block){xstrdup(place->region), xstrdup(place->district), {0}, part};
	return block;
}

/* The district's list that has room for so many bytes more. */
static struct place_block *find_block(struct places *places, const struct place *place, size_t more) {
	bool made = false;
	char *key = key_of(place, 2);
	int64_t *at = mapstr_place(&places->districts_at, key, &made);
	free(key);
	struct place_block *block = made ? NULL : &places->blocks.items[*at];
	if (block == NULL || block->places.len + more > PLACE_LIST_MAX) {
		block = add_block(places, place, block == NULL ? 0 : block->part + 1);
		*at = (int64_t)(places->blocks.count - 1);
	}
	return block;
}

void places_add(struct places *places, const struct place *place) {
	places->regions += place->region[0] != '\0' && is_new(places, place, 1);
	places->districts += place->district[0] != '\0' && is_new(places, place, 2);
	places->communities += place->community[0] != '\0' && is_new(places, place, 3);
	/* A line that names no settlement is a place, too, and counts as none. */
	if (!is_new(places, place, 4)) {
		return;
	}
	bool settlement = place->settlement[0] != '\0';
	size_t length = strlen(place->community) + strlen(place->settlement) + strlen("\n\t");
	struct place_block *block = find_block(places, place, length);
	places->settlements += settlement;
	strbuf_addf(&block->places, "%s%s%s%s", block->places.len != 0 ? "\n" : "", place->community, settlement ? "\t" : "",
		    place->settlement);
}

struct place_list *places_lists(const struct places *places) {
	struct place_list *lists = xcalloc(places->blocks.count, sizeof *lists);
	for (size_t i = 0; i < places->blocks.count; i++) {
		const struct place_block *block = &places->blocks.items[i];
		lists[i] = (struct place_list){block->region, block->district, strbuf_str(&block->places), NULL, block->part};
	}
	return lists;
}
