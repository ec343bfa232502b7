/* Where a line may end between two letters: in scripts that part their words by no blanks. Pure. */
#ifndef TURNOUT_KIOSK_UI_BREAKS_H
#define TURNOUT_KIOSK_UI_BREAKS_H

#include <stdbool.h>
#include <stdint.h>

/* Between grapheme clusters that begin with these characters: Chinese, Japanese, Thai, Lao, Khmer and Burmese. Marks that close stay with what
 * they close, those that open with what they open (JIS X 4051, UAX #14), and so do vowels that are written beside their consonant. */
bool breaks_between(uint32_t before, uint32_t after);

#endif
