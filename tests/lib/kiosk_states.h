/* States of the kiosk's fixture, by the messages that bring it there; kiosk_fixture.c has them all by name. */
#ifndef TURNOUT_TESTS_LIB_KIOSK_STATES_H
#define TURNOUT_TESTS_LIB_KIOSK_STATES_H

#include "lib/kiosk_fixture.h"

#define STATE_NAME "Олена Приклад"
#define STATE_LONG_NAME "Олександра-Вікторія Константинопольська-Переяславська з Великих Будищ Диканського району"

/* An answer of the store thread; a touch. */
void state_answer(struct kiosk_fixture *f, struct desk_message *d);
void state_act(struct kiosk_fixture *f, int action, int64_t argument);
/* So many boxes on a transport, and that it is told of them. */
struct sync_message *state_peers(size_t count);
void state_tell(struct kiosk_fixture *f, enum transport transport, struct sync_message *m);
/* The staff's button is held down so long; digits are typed. */
void state_hold(struct kiosk_fixture *f, int64_t ms);
void state_type_pin(struct kiosk_fixture *f, const char *text);

/* The camera is gone. */
void state_lost(struct kiosk_fixture *f);

/* kiosk_result_states.c */
void state_accepted(struct kiosk_fixture *f);
void state_accepted_long(struct kiosk_fixture *f);
void state_accepted_russian(struct kiosk_fixture *f);
void state_accepted_unknown_name(struct kiosk_fixture *f);
void state_duplicate(struct kiosk_fixture *f);
void state_late(struct kiosk_fixture *f);
void state_late_for_a_workshop(struct kiosk_fixture *f);
void state_closed_for_good(struct kiosk_fixture *f);
void state_closed_until_later(struct kiosk_fixture *f);
void state_unverified(struct kiosk_fixture *f);
void state_unknown(struct kiosk_fixture *f);
void state_unknown_twice(struct kiosk_fixture *f);
void state_revoked(struct kiosk_fixture *f);
void state_not_expected(struct kiosk_fixture *f);
void state_given(struct kiosk_fixture *f);
void state_used_up(struct kiosk_fixture *f);
void state_not_included(struct kiosk_fixture *f);
void state_none_left(struct kiosk_fixture *f);
void state_not_this_door(struct kiosk_fixture *f);
void state_left(struct kiosk_fixture *f);
void state_noted(struct kiosk_fixture *f);
void state_full_known(struct kiosk_fixture *f);
void state_overrule(struct kiosk_fixture *f);
void state_at_a_room(struct kiosk_fixture *f);
void state_at_an_exit(struct kiosk_fixture *f);
void state_with_staff(struct kiosk_fixture *f);
void state_pin_own(struct kiosk_fixture *f);
void state_pin_looked_at(struct kiosk_fixture *f);
void state_staff_door(struct kiosk_fixture *f);
void state_staff_lead(struct kiosk_fixture *f);
void state_own(struct kiosk_fixture *f);
void state_own_sure(struct kiosk_fixture *f);
void state_own_door(struct kiosk_fixture *f);
void state_totals_asked(struct kiosk_fixture *f);
void state_totals(struct kiosk_fixture *f);
void state_totals_none(struct kiosk_fixture *f);
void state_totals_printing(struct kiosk_fixture *f);
void state_totals_slip_waits(struct kiosk_fixture *f);
void state_totals_more(struct kiosk_fixture *f);
void state_roll_here(struct kiosk_fixture *f);
void state_roll_printed(struct kiosk_fixture *f);
void state_roll_missing(struct kiosk_fixture *f);
void state_roll_nobody(struct kiosk_fixture *f);
void state_setup(struct kiosk_fixture *f);
void state_points(struct kiosk_fixture *f);
void state_settings(struct kiosk_fixture *f);
void state_settings_lost(struct kiosk_fixture *f);
void state_settings_turned(struct kiosk_fixture *f);
void state_settings_large(struct kiosk_fixture *f);
void state_sound_off(struct kiosk_fixture *f);
void state_announce(struct kiosk_fixture *f);
void state_announced(struct kiosk_fixture *f);
void state_pending(struct kiosk_fixture *f);
void state_not_listed(struct kiosk_fixture *f);
void state_wrong_day(struct kiosk_fixture *f);
void state_wrong_event(struct kiosk_fixture *f);
void state_full(struct kiosk_fixture *f);
void state_outsider(struct kiosk_fixture *f);
void state_retired(struct kiosk_fixture *f);
void state_file_lost(struct kiosk_fixture *f);
void state_gone(struct kiosk_fixture *f);
void state_not_kept(struct kiosk_fixture *f);

/* kiosk_printer_states.c */
void state_staff_printer(struct kiosk_fixture *f);
void state_printer(struct kiosk_fixture *f);
void state_printer_tape(struct kiosk_fixture *f);
void state_printer_empty(struct kiosk_fixture *f);
void state_printer_ahead(struct kiosk_fixture *f);
void state_printer_batch(struct kiosk_fixture *f);
void state_printer_nobody(struct kiosk_fixture *f);
void state_accepted_label(struct kiosk_fixture *f);

void state_tell_printer(struct kiosk_fixture *f); /* there is one, and all is well */

/* kiosk_people_states.c */
void state_people(struct kiosk_fixture *f);
void state_people_found(struct kiosk_fixture *f);
void state_people_nobody(struct kiosk_fixture *f);
void state_people_list(struct kiosk_fixture *f);
void state_card(struct kiosk_fixture *f);
void state_card_in(struct kiosk_fixture *f);
void state_card_long(struct kiosk_fixture *f);
void state_card_more(struct kiosk_fixture *f);
void state_card_gone(struct kiosk_fixture *f);
void state_note(struct kiosk_fixture *f);
void state_groups(struct kiosk_fixture *f);
void state_groups_letters(struct kiosk_fixture *f);
void state_tick(struct kiosk_fixture *f);
void state_tick_empty(struct kiosk_fixture *f);
void state_tick_running(struct kiosk_fixture *f);
void state_tick_done(struct kiosk_fixture *f);
void state_tick_refused(struct kiosk_fixture *f);
void state_tick_out(struct kiosk_fixture *f);
/* The store thread answers for those who were sent last; the first ones were refused. */
void state_tell_group(struct kiosk_fixture *f, size_t refused);

/* kiosk_staff_states.c */
void state_holding(struct kiosk_fixture *f);
void state_pin(struct kiosk_fixture *f);
void state_pin_typed(struct kiosk_fixture *f);
void state_pin_wrong(struct kiosk_fixture *f);
void state_pin_barred(struct kiosk_fixture *f);
void state_pin_none(struct kiosk_fixture *f);
void state_enter(struct kiosk_fixture *f);
void state_staff(struct kiosk_fixture *f);
void state_staff_alone(struct kiosk_fixture *f);
void state_staff_lost(struct kiosk_fixture *f);
void state_staff_trouble(struct kiosk_fixture *f);
void state_staff_exchanging(struct kiosk_fixture *f);
void state_staff_exchanged(struct kiosk_fixture *f);
void state_staff_session_over(struct kiosk_fixture *f);
void state_end(struct kiosk_fixture *f);
void state_staff_erases(struct kiosk_fixture *f);
void state_staff_erases_confirmed(struct kiosk_fixture *f);
void state_staff_erases_never(struct kiosk_fixture *f);
void state_erased(struct kiosk_fixture *f);
void state_erased_by_hand(struct kiosk_fixture *f);
void state_erased_end(struct kiosk_fixture *f);
void state_self_test_running(struct kiosk_fixture *f);
void state_self_test_fine(struct kiosk_fixture *f);
void state_self_test_faults(struct kiosk_fixture *f);
void state_self_test_stuck(struct kiosk_fixture *f);
void state_stick_looking(struct kiosk_fixture *f);
void state_stick_none(struct kiosk_fixture *f);
void state_stick_choice(struct kiosk_fixture *f);
void state_stick_reading(struct kiosk_fixture *f);
void state_stick_writing(struct kiosk_fixture *f);
void state_stick_done(struct kiosk_fixture *f);
void state_stick_bad(struct kiosk_fixture *f);
void state_camera_none(struct kiosk_fixture *f);
void state_camera_choice(struct kiosk_fixture *f);
void state_camera_read(struct kiosk_fixture *f);

#endif
