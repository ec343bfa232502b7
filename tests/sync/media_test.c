/* Which mounts are sticks. */
#include "sync/media.h"

#include "lib/testing.h"

#include <unistd.h>

static void sticks_are_told_from_other_mounts(void **state) {
	(void)state;
	static const char text[] =
		"22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
		"36 22 8:17 / /media/fair/SANDISK rw,nosuid,nodev,relatime shared:30 - vfat /dev/sdb1 rw,fmask=0022\n"
		"37 22 8:33 / /run/media/fair/\\320\\244\\320\\273\\320\\265\\321\\210\\320\\272\\320\\260\\0401 rw - vfat /dev/sdc1 rw\n"
		"38 22 0:40 / /media/auto rw - autofs systemd-1 rw,fd=40\n"
		"39 22 8:49 / /mnt rw master:7 - ext4 /dev/sdd1 rw\n"
		"40 22 8:49 / /mnt rw - ext4 /dev/sdd1 rw\n" /* mounted over */
		"41 22 0:41 / /mediathek/x rw - ext4 /dev/sde1 rw\n"
		"42 22 0:42 / /media rw - tmpfs tmpfs rw\n"
		"45 22 0:43 / /media/memory rw - tmpfs tmpfs rw\n"
		"46 22 0:44 / /media/share rw - cifs //server/share rw\n"
		"47 22 8:81 / /mnt/disk rw - ext4 /dev/sdg1 rw\n"
		"48 22 0:45 /@ /media/butter rw - btrfs /dev/sdh1 rw\n"
		"43 22 8:65 / /media/a\\134b rw - vfat /dev/sdf1 rw\n"
		"nonsense\n"
		"44 22 8:66 /";
	struct medium media[MEDIA_MAX];
	assert_int_equal(media_parse(text, media, MEDIA_MAX), 4);
	assert_string_equal(media[0].folder, "/media/fair/SANDISK");
	assert_string_equal(media[0].label, "SANDISK");
	assert_string_equal(media[1].folder, "/run/media/fair/Флешка 1");
	assert_string_equal(media[1].label, "Флешка 1");
	assert_string_equal(media[2].folder, "/media/butter");
	assert_string_equal(media[3].label, "a\\b");
	assert_int_equal(media_parse(text, media, 1), 1);
	assert_int_equal(media_parse("", media, MEDIA_MAX), 0);
}

static void what_lies_on_a_medium(void **state) {
	(void)state;
	static const struct medium media[] = {{.folder = "/media/a/STICK"}, {.folder = "/media/a/STICK2"}};
	assert_ptr_equal(media_of(media, 2, "/media/a/STICK/x/y.csv"), &media[0]);
	assert_ptr_equal(media_of(media, 2, "/media/a/STICK2/x"), &media[1]);
	assert_null(media_of(media, 2, "/media/a/STICK"));
	assert_null(media_of(media, 2, "/home/media/a/STICK/x"));
	assert_null(media_of(media, 0, "/media/a/STICK/x"));
}

/* Links on this machine's own disk are their owner's business. */
static void links_elsewhere_are_followed(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = scratch_write(s, "a", "x", 1), *link = scratch_path(s, "link");
	assert_int_equal(symlink(path, link), 0);
	assert_ok(media_may_write(path, &err) && media_may_write(link, &err) && media_may_write("no/such/folder", &err));
	free(path);
	free(link);
}

static void no_folder_is_longer_than_it_may_be(void **state) {
	(void)state;
	char text[2000] = "36 22 8:17 / /media/";
	struct medium media[MEDIA_MAX];
	memset(text + strlen(text), 'x', MEDIUM_FOLDER_MAX);
	memcpy(text + strlen(text), " rw - vfat x rw\n", 17);
	assert_int_equal(media_parse(text, media, MEDIA_MAX), 0);
}

static void any_line_cut_anywhere(void **state) {
	(void)state;
	static const char line[] = "37 22 8:33 / /run/media/fair/\\320\\244\\0401 rw - vfat /dev/sdc1 rw\n";
	struct medium media[MEDIA_MAX];
	for (size_t n = 0; n < sizeof line; n++) {
		char *cut = strndup(line, n);
		assert_true(media_parse(cut, media, MEDIA_MAX) <= 1);
		free(cut);
	}
}

static void a_given_folder_comes_first_while_it_is_there(void **state) {
	struct scratch *s = *state;
	struct medium media[MEDIA_MAX];
	size_t without = media_find(NULL, media, MEDIA_MAX);
	assert_int_equal(media_find(s->folder, media, MEDIA_MAX), without + 1);
	assert_string_equal(media[0].folder, s->folder);
	assert_int_equal(media_find("/nowhere/at/all", media, MEDIA_MAX), without);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sticks_are_told_from_other_mounts),
		cmocka_unit_test(what_lies_on_a_medium),
		cmocka_unit_test_setup_teardown(links_elsewhere_are_followed, scratch_open, scratch_close),
		cmocka_unit_test(no_folder_is_longer_than_it_may_be),
		cmocka_unit_test(any_line_cut_anywhere),
		cmocka_unit_test_setup_teardown(a_given_folder_comes_first_while_it_is_there, scratch_open, scratch_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
