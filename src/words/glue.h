/* Where a line of a paragraph may end, beyond what Unicode says. */
#ifndef TURNOUT_WORDS_GLUE_H
#define TURNOUT_WORDS_GLUE_H

/* The text with unbreakable spaces after words that no careful typesetter leaves at a line's end: words of one letter, the short
 * prepositions and conjunctions of Ukrainian, Russian, English and German, "№" and the dot between two parts ("·"); and before a dash,
 * which begins no line. New memory for free(). */
char *text_glued(const char *text);

#endif
