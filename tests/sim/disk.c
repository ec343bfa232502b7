#include "sim/disk.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"
#include "sim/machine.h"
#include "sim/memory.h"

#define PAGE 4096
#define SECTOR 512

struct page {
	int64_t number;
	uint8_t before[PAGE]; /* zeros beyond the old end */
};

/* What is remembered of one file. */
struct tracked {
	char *path;
	int64_t synced_size;
	struct {
		struct page *items;
		size_t count, cap;
	} pages;
};

static struct {
	struct tracked **items;
	size_t count, cap;
} files;

#define REGIONS 64 /* of 32 KiB, for 4096 pages each */

/* One program has a file open, and through one connection: nobody else looks at its locks, nor at what a connection shares about the
 * write-ahead log, which therefore lies here. */
struct layer_file {
	sqlite3_file base;
	struct tracked *tracked; /* NULL: temporary */
	void *shared[REGIONS];
	sqlite3_file real[];
};

static sqlite3_vfs *real_vfs(void) {
	static sqlite3_vfs *real;
	if (real == NULL) {
		real = sqlite3_vfs_find("unix");
	}
	return real;
}

static sqlite3_file *real_of(sqlite3_file *file) { return ((struct layer_file *)file)->real; }

/* --- remembering ---------------------------------------------------------------------------------------------------------------------- */

static struct tracked *track(const char *path) {
	struct stat st;
	for (size_t i = 0; i < files.count; i++) {
		if (str_eq(files.items[i]->path, path)) {
			return files.items[i];
		}
	}
	ARRAY_GROW(&files, items);
	struct tracked *t = xcalloc(1, sizeof *t);
	files.items[files.count++] = t;
	t->path = xstrdup(path);
	t->synced_size = stat(path, &st) == 0 ? st.st_size : 0;
	return t;
}

static void settle(struct tracked *t, int64_t size) {
	free(t->pages.items);
	memset(&t->pages, 0, sizeof t->pages);
	t->synced_size = size;
}

static void remember(sqlite3_file *file, struct tracked *t, int64_t number) {
	for (size_t i = 0; i < t->pages.count; i++) {
		if (t->pages.items[i].number == number) {
			return;
		}
	}
	ARRAY_GROW(&t->pages, items);
	struct page *page = &t->pages.items[t->pages.count++];
	*page = (struct page){.number = number};
	/* What came beyond the synced end came through here. A read that goes beyond the end fills up with zeros and says so: fine here. */
	if (number * PAGE < t->synced_size) {
		real_of(file)->pMethods->xRead(real_of(file), page->before, PAGE, number * PAGE);
	}
}

static void remember_range(sqlite3_file *file, int64_t from, int64_t to) {
	struct tracked *t = ((struct layer_file *)file)->tracked;
	for (int64_t number = from / PAGE; t != NULL && number * PAGE < to; number++) {
		remember(file, t, number);
	}
}

/* --- the methods ---------------------------------------------------------------------------------------------------------------------- */

static int refused(void) { return world.machine->dead ? SQLITE_IOERR : SQLITE_FULL; }

static int layer_close(sqlite3_file *file) { return real_of(file)->pMethods->xClose(real_of(file)); }

static int layer_read(sqlite3_file *file, void *out, int n, sqlite3_int64 at) {
	return world.machine != NULL && world.machine->dead ? SQLITE_IOERR_READ : real_of(file)->pMethods->xRead(real_of(file), out, n, at);
}

static int layer_write(sqlite3_file *file, const void *data, int n, sqlite3_int64 at) {
	bool after;
	if (machine_write(&after)) {
		return refused();
	}
	remember_range(file, at, at + n);
	int rc = real_of(file)->pMethods->xWrite(real_of(file), data, n, at);
	return after ? SQLITE_IOERR_WRITE : rc;
}

static int layer_truncate(sqlite3_file *file, sqlite3_int64 size) {
	bool after;
	sqlite3_int64 before = 0;
	if (machine_write(&after)) {
		return refused();
	}
	real_of(file)->pMethods->xFileSize(real_of(file), &before);
	remember_range(file, size, before);
	int rc = real_of(file)->pMethods->xTruncate(real_of(file), size);
	return after ? SQLITE_IOERR_TRUNCATE : rc;
}

static int layer_sync(sqlite3_file *file, int flags) {
	struct tracked *t = ((struct layer_file *)file)->tracked;
	bool after;
	sqlite3_int64 size = 0;
	if (machine_write(&after)) {
		return refused();
	}
	int rc = real_of(file)->pMethods->xSync(real_of(file), flags);
	if (t != NULL && rc == SQLITE_OK && real_of(file)->pMethods->xFileSize(real_of(file), &size) == SQLITE_OK) {
		settle(t, size);
	}
	return after ? SQLITE_IOERR_FSYNC : rc;
}

static int layer_size(sqlite3_file *file, sqlite3_int64 *size) { return real_of(file)->pMethods->xFileSize(real_of(file), size); }
static int layer_lock(sqlite3_file *file, int level) { return (void)file, (void)level, SQLITE_OK; }
static int layer_reserved(sqlite3_file *file, int *out) { return (void)file, *out = 0, SQLITE_OK; }
/* Nobody replaces a file that is open. */
static int layer_control(sqlite3_file *file, int op, void *arg) {
	return op == SQLITE_FCNTL_HAS_MOVED ? SQLITE_NOTFOUND : real_of(file)->pMethods->xFileControl(real_of(file), op, arg);
}
static int layer_sector(sqlite3_file *file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }
/* It promises nothing about what a power cut leaves of a write. */
static int layer_traits(sqlite3_file *file) { return 0 * real_of(file)->pMethods->xDeviceCharacteristics(real_of(file)); }

static int layer_map(sqlite3_file *file, int region, int size, int extend, void volatile **out) {
	void **shared = ((struct layer_file *)file)->shared;
	if (region >= REGIONS) {
		return SQLITE_FULL;
	}
	if (shared[region] == NULL && extend) {
		shared[region] = xcalloc(1, (size_t)size);
	}
	*out = shared[region];
	return SQLITE_OK;
}

static int layer_shm_lock(sqlite3_file *file, int at, int n, int flags) { return (void)file, (void)at, (void)n, (void)flags, SQLITE_OK; }

static void layer_barrier(sqlite3_file *file) { (void)file; }

static int layer_unmap(sqlite3_file *file, int remove) {
	void **shared = ((struct layer_file *)file)->shared;
	(void)remove;
	for (int i = 0; i < REGIONS; i++) {
		free(shared[i]);
		shared[i] = NULL;
	}
	return SQLITE_OK;
}

static int layer_open(sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *file, int flags, int *out_flags) {
	static const sqlite3_io_methods methods = {
		.iVersion = 2,
		.xClose = layer_close,
		.xRead = layer_read,
		.xWrite = layer_write,
		.xTruncate = layer_truncate,
		.xSync = layer_sync,
		.xFileSize = layer_size,
		.xLock = layer_lock,
		.xUnlock = layer_lock,
		.xCheckReservedLock = layer_reserved,
		.xFileControl = layer_control,
		.xSectorSize = layer_sector,
		.xDeviceCharacteristics = layer_traits,
		.xShmMap = layer_map,
		.xShmLock = layer_shm_lock,
		.xShmBarrier = layer_barrier,
		.xShmUnmap = layer_unmap,
	};
	struct layer_file *layer = (struct layer_file *)file;
	(void)vfs;
	layer->base.pMethods = NULL;
	memset(layer->shared, 0, sizeof layer->shared);
	int rc = real_vfs()->xOpen(real_vfs(), path, layer->real, flags, out_flags);
	if (rc == SQLITE_OK) {
		layer->base.pMethods = &methods;
		bool kept = (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
		layer->tracked = kept && path != NULL ? track(path) : NULL;
	}
	return rc;
}

static int layer_delete(sqlite3_vfs *vfs, const char *path, int sync) {
	bool after;
	(void)vfs;
	if (machine_write(&after)) {
		return refused();
	}
	int rc = real_vfs()->xDelete(real_vfs(), path, sync);
	settle(track(path), 0);
	return after ? SQLITE_IOERR_DELETE : rc;
}

static int layer_access(sqlite3_vfs *vfs, const char *path, int flags, int *out) {
	(void)vfs;
	return real_vfs()->xAccess(real_vfs(), path, flags, out);
}

static int layer_full(sqlite3_vfs *vfs, const char *path, int n, char *out) {
	(void)vfs;
	return str_copy(out, (size_t)n, path) ? SQLITE_OK : SQLITE_CANTOPEN; /* all paths here are full ones */
}

static int layer_random(sqlite3_vfs *vfs, int n, char *out) {
	(void)vfs;
	dice_bytes(&world.dice, out, (uint64_t)n);
	return n;
}

static int layer_sleep(sqlite3_vfs *vfs, int us) {
	(void)vfs;
	world.now_ms += us / 1000;
	return us;
}

static int layer_time(sqlite3_vfs *vfs, sqlite3_int64 *out) {
	(void)vfs;
	*out = world.now_ms + INT64_C(210866760000000); /* of the Julian day 0 against 1970 */
	return SQLITE_OK;
}

static int layer_error(sqlite3_vfs *vfs, int n, char *out) {
	(void)vfs;
	return real_vfs()->xGetLastError(real_vfs(), n, out);
}

void disk_init(void) {
	static sqlite3_vfs vfs = {
		.iVersion = 2,
		.zName = "sim",
		.xOpen = layer_open,
		.xDelete = layer_delete,
		.xAccess = layer_access,
		.xFullPathname = layer_full,
		.xRandomness = layer_random,
		.xSleep = layer_sleep,
		.xGetLastError = layer_error,
		.xCurrentTimeInt64 = layer_time,
	};
	memory_init();
	/* As store/sql/db.c configures it, which comes too late here; and this program has one thread. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	vfs.mxPathname = real_vfs()->mxPathname;
	vfs.szOsFile = (int)sizeof(struct layer_file) + real_vfs()->szOsFile;
	sqlite3_vfs_register(&vfs, 1);
}

/* --- the power goes --------------------------------------------------------------------------------------------------------------------- */

/* Of each page: the new one, the old one, or some of its first sectors new. */
static void put_back(int fd, const struct page *page) {
	int64_t kept = dice_chance(&world.dice, 40)   ? 0
		       : dice_chance(&world.dice, 60) ? PAGE
						      : dice_below(&world.dice, PAGE / SECTOR) * SECTOR;
	if (kept < PAGE && pwrite(fd, page->before + kept, (size_t)(PAGE - kept), page->number * PAGE + kept) < 0) {
		abort();
	}
}

static void cut(struct tracked *t) {
	struct stat st;
	int fd = open(t->path, O_RDWR | O_CLOEXEC);
	if (fd >= 0 && t->pages.count != 0 && fstat(fd, &st) == 0) {
		int64_t size = st.st_size;
		for (size_t i = 0; i < t->pages.count; i++) {
			put_back(fd, &t->pages.items[i]);
		}
		if (ftruncate(fd, dice_chance(&world.dice, 50) ? size : t->synced_size) != 0) {
			abort();
		}
	}
	if (fd >= 0 && fstat(fd, &st) == 0) {
		settle(t, st.st_size);
	}
	if (fd >= 0) {
		close(fd);
	}
}

void disk_crash(const char *folder, bool power) {
	for (size_t i = 0; i < files.count; i++) {
		struct tracked *t = files.items[i];
		if (!str_starts(t->path, folder) || t->path[strlen(folder)] != '/') {
			continue;
		}
		if (power) {
			cut(t);
		}
	}
}

void disk_forget(const char *folder) {
	size_t kept = 0;
	for (size_t i = 0; i < files.count; i++) {
		struct tracked *t = files.items[i];
		if (str_starts(t->path, folder) && t->path[strlen(folder)] == '/') {
			free(t->pages.items);
			free(t->path);
			free(t);
		} else {
			files.items[kept++] = t;
		}
	}
	files.count = kept;
	if (kept == 0) {
		free(files.items);
		memset(&files, 0, sizeof files);
	}
}
