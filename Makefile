# Turnout: one Makefile, everything it makes goes under build/ (or build/san/ with SAN=1).
#
#   make            the three programs            make check      every test (installs what it needs first)
#   make demo       a whole event, in a window    make lint       layering, banned functions, style, static analysis
#   make bench      the figures, beside peers     make pictures   the golden pictures again
#   make bench-sync, make bench-scan              those of exchanging and of reading codes alone
#   make sim SEED=N     one simulated fleet again       make sim-long  100,000 of them [SEEDS=n FIRST=n]
#   make check-long  the checks that take hours: every N of tests/e2e/faults.sh, KILLS=20000 of durable.sh, a monkey at the kiosk, a printer that comes back
#   make check-debian-13  the gate on Debian 13, in a system of its own under build/debian-13 (root, debootstrap) [SAN=1]
#   make fuzz [FUZZ_SECONDS=3600] [ONLY=target]   libFuzzer on tests/fuzz, with clang; what it finds of worth joins tests/fuzz/corpus
#   make install DESTDIR= PREFIX=/usr/local
#
# SAN=1 builds with AddressSanitizer and UndefinedBehaviorSanitizer. DEPS=no keeps `check` and `demo` from installing packages. V=1 shows the commands.

SAN ?= 0
FUZZ ?= 0
V ?= 0
Q := $(if $(filter 1,$(V)),,@)
PREFIX ?= /usr/local
DESTDIR ?=
DEPS ?= yes
CC = $(if $(filter 1,$(FUZZ)),clang,gcc)
BUILD := $(if $(filter 1,$(FUZZ)),build/fuzz,$(if $(filter 1,$(SAN)),build/san,build))
comma := ,
MAKEFLAGS += --no-builtin-rules
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -ec
.DELETE_ON_ERROR:
.SECONDARY:

# What has to be installed before pkg-config can answer; evaluated only when something is compiled.
PACKAGES := sqlite3 libsodium nettle jansson glib-2.0 libutf8proc libqrencode zbar cairo cairo-pdf cairo-svg pangocairo librsvg-2.0 libpng libjpeg \
            libv4lconvert zlib libxml-2.0 libzip libical uchardet icu-i18n libmicrohttpd libcurl avahi-client
HUB_PACKAGES := libpq
KIOSK_PACKAGES := sdl2 SDL2_ttf fontconfig freetype2 harfbuzz fribidi x11 xrandr
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(PACKAGES) $(KIOSK_PACKAGES) $(HUB_PACKAGES) | sed 's/-I/-isystem /g'))$(PKG_CFLAGS)
LIBS = $(eval LIBS := $$(shell pkg-config --libs $(PACKAGES)) -lcups -lpthread -lm)$(LIBS)
HUB_LIBS = $(eval HUB_LIBS := $$(shell pkg-config --libs $(HUB_PACKAGES)))$(HUB_LIBS)
KIOSK_LIBS = $(eval KIOSK_LIBS := $$(shell pkg-config --libs $(KIOSK_PACKAGES)))$(KIOSK_LIBS)

WARNINGS := -Wall -Wextra -Werror -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
            -Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla -Wundef -Wformat=2 -Wimplicit-fallthrough -Wduplicated-cond -Wlogical-op -Wnull-dereference
# Those of the flags that this compiler takes, here and for this processor.
taken = $(foreach f,$(1),$(shell echo 'int x;' | $(CC) -Werror $(f) -x c -c -o /dev/null - 2>/dev/null && echo $(f)))
HARDENING := -fstack-protector-strong -fPIE -fno-common $(call taken,-fstack-clash-protection -fcf-protection)
# 3 where compiler and C library know it, else 2. Not with the sanitizers, which look closer and want the plain calls. grep reads to the end: a
# compiler whose pipe is closed early fails (pipefail), now and then, and everything would be compiled again with the other number.
FORTIFY := $(shell $(CC) -O2 -D_FORTIFY_SOURCE=3 -include stdio.h -x c -E -dM /dev/null 2>/dev/null | grep 'USE_FORTIFY_LEVEL 3' >/dev/null && echo 3 || echo 2)
ifeq ($(FUZZ),1) # for `make fuzz` alone; warnings are gcc's business, and NULL + 0 is taken for what it means
OPTIMISE := -O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize=pointer-overflow -fno-sanitize-recover=all -fno-omit-frame-pointer
WARNINGS := -w
LDFLAGS_MODE := -fsanitize=address,undefined,fuzzer
else ifeq ($(SAN),1)
OPTIMISE := -O1 -g -DTURNOUT_DEBUG -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
WARNINGS := $(filter-out -Wnull-dereference,$(WARNINGS))
LDFLAGS_MODE := -fsanitize=address,undefined
else
OPTIMISE := -O2 -g -D_FORTIFY_SOURCE=$(FORTIFY)
LDFLAGS_MODE := -Wl,-z,relro,-z,now
endif
CFLAGS_ALL = -std=c11 -D_GNU_SOURCE -Isrc -Itests -I$(BUILD)/gen -include base/banned.h $(WARNINGS) $(HARDENING) $(OPTIMISE) \
             -DTURNOUT_DATADIR='"$(PREFIX)/share/turnout"' $(PKG_CFLAGS) $(CFLAGS)
LDFLAGS_ALL = -pie -Wl,--as-needed $(LDFLAGS_MODE) $(LDFLAGS)

# --- sources -----------------------------------------------------------------------------------------------------------------------
# The C files of folders, of all that lies below them too; what begins a program is no part of a library.
below = $(sort $(filter-out %/main.c,$(shell find $(1) -name '$(2).c' 2>/dev/null)))
LIB_DIRS := base net event words store paper badge scan import report station sync office
LIB_SRC := $(call below,$(addprefix src/,$(LIB_DIRS)),*)
CLI_SRC := $(call below,src/cli,*)
KIOSK_SRC := $(call below,src/kiosk,*)
HUB_SRC := $(call below,src/hub,*)
UNIT_SRC := $(call below,$(addprefix tests/,$(LIB_DIRS) kiosk cli hub),*_test)
TEST_TOOL_SRC := tests/net/lan_peer.c tests/sync/bad_peer.c
TEST_LIB_SRC := $(sort $(wildcard tests/lib/*.c))
HUB_TEST_LIB_SRC := tests/hub/db_suite.c
BENCH_LIB_SRC := tests/bench/made.c tests/bench/photos.c tests/bench/zbar_plain.c
BENCH_SRC := $(sort $(filter-out $(BENCH_LIB_SRC),$(wildcard tests/bench/*.c)))
FUZZ_LIB_SRC := tests/fuzz/world.c tests/fuzz/fill.c tests/fuzz/scene.c
# What tests, fuzzers and benchmarks paint with; part of TEST_LIB, too.
PAINT_SRC := tests/lib/encoder.c tests/lib/paint.c
FUZZ_SRC := $(sort $(filter-out $(FUZZ_LIB_SRC) tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c)))
obj = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
LIB := $(BUILD)/libturnout.a
CLI_LIB := $(BUILD)/libcli.a
KIOSK_LIB := $(BUILD)/libkiosk.a
HUB_LIB := $(BUILD)/libhub.a
TEST_LIB := $(BUILD)/libtests.a
UNITS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(UNIT_SRC))
TEST_TOOLS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(TEST_TOOL_SRC))
FUZZERS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(FUZZ_SRC))
BENCHES := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(BENCH_SRC))
LANGUAGES := $(patsubst assets/po/%.po,%,$(wildcard assets/po/*.po))
MO := $(patsubst %,$(BUILD)/share/locale/%.mo,$(LANGUAGES))
PROGRAMS := $(BUILD)/turnout $(BUILD)/turnout-kiosk $(BUILD)/turnout-hub
MIGRATIONS := $(sort $(wildcard src/store/sql/migrations/*.sql))
ICONS := $(sort $(wildcard assets/icons/*.svg))
PG_MIGRATIONS := $(sort $(wildcard src/hub/pg/*.sql))

.PHONY: all check check-run check-long check-debian-13 fuzz fuzz-build deps-fuzz bench-sync bench-scan sim sim-long lint bench demo install clean deps-check deps-demo pictures programs FORCE
all: programs compile_commands.json
programs: $(PROGRAMS) $(MO)

# Objects depend on the flags: another compiler, option or package version rebuilds.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(CC) $(subst ','\'',$(CFLAGS_ALL)) $(LDFLAGS_ALL)' | cmp -s - $@ || printf '%s\n' '$(CC) $(subst ','\'',$(CFLAGS_ALL)) $(LDFLAGS_ALL)' > $@

$(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(if $(Q),@echo "  cc  $<")
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

# SQL and icons become a C string per file, in one generated header; the list keeps the order of the names.
TEXT_INCS := $(addprefix $(BUILD)/gen/,migrations.inc pg_migrations.inc icons.inc)
$(BUILD)/gen/migrations.inc: $(MIGRATIONS)
$(BUILD)/gen/pg_migrations.inc: $(PG_MIGRATIONS)
$(BUILD)/gen/icons.inc: $(ICONS)
# Made at every call, and taken when it is another: a file that is gone leaves no trace.
$(TEXT_INCS): src/tools/embed-texts FORCE
	@mkdir -p $(@D)
	$(Q)src/tools/embed-texts $(filter %.sql %.svg,$^) > $@.new && if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
$(BUILD)/obj/src/store/sql/migrate.o: $(BUILD)/gen/migrations.inc
$(BUILD)/obj/src/hub/db_pg.o: $(BUILD)/gen/pg_migrations.inc
$(BUILD)/obj/src/kiosk/ui/icon.o: $(BUILD)/gen/icons.inc

# The list of typefaces becomes a C table.
$(BUILD)/gen/faces.inc: fonts/faces src/tools/embed-faces
	@mkdir -p $(@D)
	$(Q)src/tools/embed-faces fonts/faces > $@
$(BUILD)/obj/src/kiosk/sdl/fonts.o: $(BUILD)/gen/faces.inc

# Given names and their forms: a line of text each.
$(BUILD)/gen/given_names.inc: assets/names/given.tsv src/tools/embed-names
	@mkdir -p $(@D)
	$(Q)src/tools/embed-names assets/names/given.tsv > $@
$(BUILD)/obj/src/event/given_names.o: $(BUILD)/gen/given_names.inc

$(LIB): $(call obj,$(LIB_SRC))
$(CLI_LIB): $(call obj,$(CLI_SRC))
$(KIOSK_LIB): $(call obj,$(KIOSK_SRC))
$(HUB_LIB): $(call obj,$(HUB_SRC))
$(TEST_LIB): $(call obj,$(TEST_LIB_SRC))
$(LIB) $(CLI_LIB) $(KIOSK_LIB) $(HUB_LIB) $(TEST_LIB):
	@rm -f $@
	$(Q)ar rcs $@ $^

# Every program is linked in this way, from the objects and libraries it is made of; MORE: libraries of the system's beside LIBS.
define link
	@mkdir -p $(@D)
	$(if $(Q),@echo "  ld  $@")
	$(Q)$(CC) $(LDFLAGS_ALL) $(patsubst %,-Wl$(comma)--wrap=%,$(WRAPS)) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(MORE) $(LIBS)
endef

$(BUILD)/turnout: $(call obj,src/cli/main.c) $(CLI_LIB) $(LIB)
	$(link)
$(BUILD)/turnout-kiosk: private MORE = $(KIOSK_LIBS)
$(BUILD)/turnout-kiosk: $(call obj,src/kiosk/main.c) $(KIOSK_LIB) $(LIB)
	$(link)
$(BUILD)/turnout-hub: private MORE = $(HUB_LIBS)
$(BUILD)/turnout-hub: $(call obj,src/hub/main.c) $(HUB_LIB) $(LIB)
	$(link)

$(BUILD)/share/locale/%.mo: assets/po/%.po
	@mkdir -p $(@D)
	$(Q)msgfmt --check-format -o $@ $<

# --- tests -------------------------------------------------------------------------------------------------------------------------
units_in = $(filter $(BUILD)/tests/$(1)/%,$(UNITS))
CLI_UNITS := $(call units_in,cli)
HUB_UNITS := $(call units_in,hub)
KIOSK_UNITS := $(filter-out $(CLI_UNITS) $(HUB_UNITS),$(UNITS)) $(TEST_TOOLS)
$(CLI_UNITS): private MORE = -lcmocka
$(CLI_UNITS): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(TEST_LIB) $(CLI_LIB) $(LIB)
	$(link)
$(HUB_UNITS): private MORE = $(HUB_LIBS) -lcmocka
$(HUB_UNITS): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(call obj,$(HUB_TEST_LIB_SRC)) $(TEST_LIB) $(HUB_LIB) $(LIB)
	$(link)
$(KIOSK_UNITS): private MORE = $(KIOSK_LIBS) -lcmocka
$(KIOSK_UNITS): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(TEST_LIB) $(KIOSK_LIB) $(LIB)
	$(link)
$(BENCHES): private MORE = $(KIOSK_LIBS) $(HUB_LIBS) -lcmocka
$(BENCHES): $(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o $(call obj,$(BENCH_LIB_SRC) $(PAINT_SRC)) $(TEST_LIB) $(KIOSK_LIB) $(HUB_LIB) $(LIB)
	$(link)

# The one piece of C++: a peer that tests/bench/scan.bench loads. Where it cannot be built it is not measured.
$(BUILD)/bench/zxing_peer.so: tests/bench/zxing_peer.cc tests/bench/peers.h
	@mkdir -p $(@D)
	$(Q)g++ -std=c++17 -O2 -fPIC -shared -Itests -o $@ $< $$(pkg-config --cflags --libs zxing)

# What a fuzzer runs; without one (tests/fuzz/replay.c) on files.
$(FUZZERS): private MORE = $(HUB_LIBS)
$(FUZZERS): $(BUILD)/tests/fuzz/%: $(BUILD)/obj/tests/fuzz/%.o $(call obj,$(FUZZ_LIB_SRC) $(PAINT_SRC) $(if $(filter 1,$(FUZZ)),,tests/fuzz/replay.c)) $(HUB_LIB) $(LIB)
	$(link)
# A driver and a clock of the fuzzer's own.
$(BUILD)/tests/fuzz/scan_frame: private WRAPS := open ioctl mmap munmap poll
$(BUILD)/tests/fuzz/scan_file: private WRAPS := clock_span_us clock_sleep_ms

# A fleet in one process (tests/sim): what its machines do with clocks, small files and their boot, and how often a signature
# is computed, is the simulation's.
SIM := $(BUILD)/tests/sim/fleets
SIM_SRC := $(sort $(wildcard tests/sim/*.c))
$(SIM): private WRAPS := clock_boot_id clock_sleep_ms file_write file_write_checked file_remove rename log_warn log_info key_pair_sign public_key_verify
$(SIM): $(call obj,$(SIM_SRC)) $(LIB)
	$(link)

# Preloaded by tests and benchmarks; built without the sanitizers and their flags, as they sit under them.
SHIM := $(patsubst tests/shim/%.c,$(BUILD)/tests/%.so,$(wildcard tests/shim/*.c))
$(SHIM): $(BUILD)/tests/%.so: tests/shim/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) -std=gnu11 -Wall -Wextra -Werror -O1 -shared -fPIC -o $@ $< -ldl

check: deps-check
	$(MAKE) --no-print-directory check-run
check-run: programs $(UNITS) $(TEST_TOOLS) $(SHIM) $(SIM) $(FUZZERS)
	@BUILD=$(BUILD) SAN=$(SAN) tests/run $(UNITS)

fuzz: deps-fuzz
	$(MAKE) --no-print-directory FUZZ=1 fuzz-build
	FUZZ_SECONDS=$(FUZZ_SECONDS) ONLY=$(ONLY) tests/tools/fuzz
fuzz-build: $(FUZZERS)
FUZZ_SECONDS ?= 3600

# What takes hours: every call that can fail fails once, and check-ins are cut off thousands of times.
check-long: programs $(SHIM) $(BUILD)/tests/kiosk/screens/monkey_test
	MONKEY=100000 $(BUILD)/tests/kiosk/screens/monkey_test
	BUILD=$(BUILD) SAN=$(SAN) SAMPLE=all tests/e2e/faults.sh
	BUILD=$(BUILD) SAN=$(SAN) KILLS=$(KILLS) tests/e2e/durable.sh
	BUILD=$(BUILD) LABELS_LONG=1 tests/e2e/label_back.sh
KILLS ?= 20000

# One fleet again, told step by step; many fleets.
sim: $(SIM)
	$(SIM) --verbose $(SEED)
sim-long: $(SIM)
	BUILD=$(BUILD) FIRST=$(FIRST) SEEDS=$(SEEDS) tests/tools/fleets
SEED ?= 1
FIRST ?= 1
SEEDS ?= 100000

check-debian-13:
	SAN=$(SAN) tests/tools/debian-13

lint: compile_commands.json
	tests/lint/run

bench-sync bench-scan:
	$(MAKE) --no-print-directory bench ONLY=$(@:bench-%=%)
bench: deps-check
	$(MAKE) --no-print-directory programs $(BENCHES) $(SHIM)
	BUILD=$(BUILD) tests/bench/run

pictures: programs $(UNITS)
	BUILD=$(BUILD) tests/golden/remake

demo: deps-demo
	$(MAKE) --no-print-directory programs
	BUILD=$(BUILD) deploy/demo

deps-check:
	@$(if $(filter yes,$(DEPS)),deploy/install-deps,true)
deps-fuzz:
	@$(if $(filter yes,$(DEPS)),deploy/install-deps build fuzz,true)
deps-demo:
	@$(if $(filter yes,$(DEPS)),deploy/install-deps build demo,true)

# --- the rest ----------------------------------------------------------------------------------------------------------------------
ALL_SRC := $(LIB_SRC) $(CLI_SRC) $(KIOSK_SRC) $(wildcard src/cli/main.c src/kiosk/main.c) $(HUB_SRC) $(UNIT_SRC) $(TEST_TOOL_SRC) $(TEST_LIB_SRC) $(HUB_TEST_LIB_SRC) $(BENCH_SRC) $(BENCH_LIB_SRC) $(SIM_SRC) $(FUZZ_SRC) $(FUZZ_LIB_SRC) tests/fuzz/replay.c src/hub/main.c
compile_commands.json: $(BUILD)/compile_commands.json
	@cmp -s $< build/compile_commands.json 2>/dev/null || cp $< build/compile_commands.json
$(BUILD)/compile_commands.json: $(BUILD)/flags $(ALL_SRC) $(TEXT_INCS) $(BUILD)/gen/faces.inc $(BUILD)/gen/given_names.inc
	@src/tools/compile-commands '$(CC) $(subst ','\'',$(CFLAGS_ALL))' $(ALL_SRC) > $@
.PHONY: compile_commands.json

install: programs
	install -D -m 755 -t $(DESTDIR)$(PREFIX)/bin $(PROGRAMS)
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/turnout/locale $(MO)

clean:
	rm -rf build

-include $(patsubst %.o,%.d,$(call obj,$(ALL_SRC)))
