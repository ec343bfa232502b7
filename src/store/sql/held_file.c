#include "store/sql/held_file.h"

#include <sys/stat.h>

static struct file_sight look(const char *path) {
	struct stat st;
	if (stat(path, &st) != 0) {
		return (struct file_sight){.there = false};
	}
	return (struct file_sight){.there = true, .device = st.st_dev, .inode = st.st_ino, .size = st.st_size, .changed = st.st_mtim};
}

static bool is_one_file(const struct file_sight *a, const struct file_sight *b) {
	return b->there && a->device == b->device && a->inode == b->inode;
}

void held_file_note(struct held_file *held, const char *path, const char *wal_path) {
	held->file = look(path);
	held->wal = look(wal_path);
}

/* It only grows, or begins again inside the size that it has. */
static enum file_verdict judge_wal(const struct held_file *held, const struct file_sight *now) {
	if (!held->wal.there) {
		return FILE_SAME; /* it comes with the first thing that is written */
	}
	return !is_one_file(&held->wal, now) ? FILE_AWAY : now->size < held->wal.size ? FILE_OVERWRITTEN : FILE_SAME;
}

enum file_verdict held_file_before(const struct held_file *held, const char *wal_path) {
	struct file_sight now = look(wal_path);
	return judge_wal(held, &now);
}

enum file_verdict held_file_after(struct held_file *held, const char *path, const char *wal_path) {
	struct file_sight file = look(path), wal = look(wal_path);
	if (!is_one_file(&held->file, &file)) {
		return FILE_AWAY;
	}
	if (file.size != held->file.size || file.changed.tv_sec != held->file.changed.tv_sec ||
	    file.changed.tv_nsec != held->file.changed.tv_nsec) {
		return FILE_OVERWRITTEN;
	}
	enum file_verdict verdict = judge_wal(held, &wal);
	if (verdict == FILE_SAME) {
		held->wal = wal;
	}
	return verdict;
}

bool held_file_fail(enum file_verdict verdict, struct err *err) {
	return err_set(err, ERR_GONE, "%s; put the right file back under this name",
		       verdict == FILE_AWAY ? "the event file was deleted, moved or replaced while it was in use"
					    : "the event file was overwritten while it was in use");
}
