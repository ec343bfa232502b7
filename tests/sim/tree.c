#include "sim/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"

static void must(bool ok, const char *path) {
	if (!ok) {
		perror(path);
		abort();
	}
}

static void copy_file(const char *from, const char *to, const struct stat *st) {
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, st->st_mode & 07777);
	must(in >= 0, from);
	must(out >= 0, to);
	for (off_t left = st->st_size; left > 0;) {
		ssize_t n = sendfile(out, in, NULL, (size_t)left);
		must(n > 0, to);
		left -= n;
	}
	close(in);
	close(out);
}

/* What is done with each thing in a folder. */
typedef void thing_fn(const char *path, const struct stat *st, const char *to);

static void each(const char *folder, const char *beginning, thing_fn *thing, const char *to) {
	DIR *dir = opendir(folder);
	must(dir != NULL, folder);
	for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		struct stat st;
		if (str_eq(entry->d_name, ".") || str_eq(entry->d_name, "..") || !str_starts(entry->d_name, beginning)) {
			continue;
		}
		char *path = file_join(folder, entry->d_name);
		char *there = to == NULL ? NULL : file_join(to, entry->d_name);
		must(lstat(path, &st) == 0, path);
		thing(path, &st, there);
		free(path);
		free(there);
	}
	closedir(dir);
}

static void copy_thing(const char *path, const struct stat *st, const char *to) {
	if (S_ISDIR(st->st_mode)) {
		tree_copy(path, to);
	} else {
		copy_file(path, to, st);
	}
}

static void remove_thing(const char *path, const struct stat *st, const char *to) {
	(void)to;
	if (S_ISDIR(st->st_mode)) {
		tree_remove(path);
	} else {
		must(unlink(path) == 0, path);
	}
}

void tree_copy_file(const char *from, const char *to) {
	struct stat st;
	must(stat(from, &st) == 0, from);
	copy_file(from, to, &st);
}

void tree_copy(const char *from, const char *to) {
	struct stat st;
	must(stat(from, &st) == 0, from);
	must(mkdir(to, st.st_mode & 07777) == 0, to);
	each(from, "", copy_thing, to);
}

void tree_copy_files(const char *from, const char *beginning, const char *to) { each(from, beginning, copy_thing, to); }

void tree_remove(const char *path) {
	if (access(path, F_OK) != 0) {
		must(errno == ENOENT, path);
		return;
	}
	each(path, "", remove_thing, NULL);
	must(rmdir(path) == 0, path);
}

void tree_remove_files(const char *folder, const char *beginning) { each(folder, beginning, remove_thing, NULL); }
