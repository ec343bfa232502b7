/* SQLite's memory in a fleet. A seed takes and gives back a hundred thousand small pieces, most of them while SQL is compiled: a tenth of its
 * time with malloc. Here each size has a list of what was given back. One thread only. */
#ifndef TURNOUT_TESTS_SIM_MEMORY_H
#define TURNOUT_TESTS_SIM_MEMORY_H

/* Before SQLite is used. With AddressSanitizer it does nothing: malloc sees what is read after it was given back. */
void memory_init(void);

#endif
