#include "cli/station_invitations.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "cli/common.h"
#include "cli/station_key.h"
#include "report/list_invitations.h"
#include "report/list_stations.h"
#include "store/read/invitations.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"

#define KEEP_MAX 400 /* stations that one command names */

bool station_invitations(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct list_options options = {.out = out};
	return station_takes_only(args, (const char *const[]){"json", "csv", NULL}, err) && cli_form(args, &options.form, err) &&
	       list_invitations(store, &options, err);
}

/* By a name, or the first digits of a key. Of several of one name, as two laptops may have made them, one that is open. */
struct search {
	const char *name;
	char digits[2 * KEY_LEN + 1]; /* "": the name cannot be a key */
	size_t open, closed;
	struct public_key found;
	bool carried; /* by this very file */
};

static bool match(void *context, const struct invitation_row *row, struct err *err) {
	struct search *search = context;
	char hex[2 * KEY_LEN + 1];
	(void)err;
	str_hex(row->key.b, KEY_LEN, hex);
	if (!str_eq(row->name, search->name) && (search->digits[0] == '\0' || !str_starts(hex, search->digits))) {
		return true;
	}
	if (row->open || search->open == 0) {
		search->found = row->key;
		search->carried = row->carried;
	}
	search->open += row->open;
	search->closed += !row->open;
	return true;
}

static bool find_invitation(struct store *store, const char *text, struct public_key *key, bool *carried, struct err *err) {
	char *name = cli_text("the invitation", text, INVITATION_NAME_MAX, err);
	struct search search = {.name = name};
	if (name == NULL) {
		return false;
	}
	if (!station_key_digits(name, search.digits)) {
		search.digits[0] = '\0';
	}
	bool ok = invitations_each(store, match, &search, err);
	if (ok && search.open + search.closed == 0) {
		ok = err_set(err, ERR_NOT_FOUND,
			     "no invitation has the name, or a key that begins with, \"%s\" (turnout station EVENT invitations)", name);
	} else if (ok && (search.open > 1 || (search.open == 0 && search.closed > 1))) {
		ok = err_set(err, ERR_USAGE,
			     "several invitations are meant by \"%s\"; give the first digits of a key (turnout station EVENT "
			     "invitations)",
			     name);
	}
	*key = search.found;
	*carried = search.carried;
	free(name);
	return ok;
}

struct told {
	struct out *out;
	size_t kept, left;
};

static bool tell(void *context, const struct closing_station *station, struct err *err) {
	struct told *told = context;
	char hex[2 * KEY_LEN + 1], count[CLI_COUNT_MAX];
	bool goes_on = !station->retired && (station->kept || station->otherwise);
	(void)err;
	str_hex(station->key.b, KEY_LEN, hex);
	cli_count(count, station->checkins, "check-in", "check-ins");
	strbuf_addf(&told->out->text, "  %s %.*s%s%s, %s%s\n", goes_on ? "keeps" : "without", LIST_KEY_SHOWN, hex,
		    station->name[0] != '\0' ? " " : "", station->name, count,
		    station->retired     ? ": it was retired before, and what that left in the books stays"
		    : station->kept      ? ""
		    : station->otherwise ? ": another invitation, or its role, lets it write"
					 : ": they count no more");
	told->kept += goes_on;
	told->left += !goes_on;
	return true;
}

static bool read_keep(struct store *store, const struct args *args, struct public_key keep[KEEP_MAX], size_t *count, struct err *err) {
	size_t cursor = 0;
	const char *text;
	*count = 0;
	while ((text = args_next(args, "keep", &cursor)) != NULL) {
		if (*count == KEEP_MAX) {
			return err_set(err, ERR_USAGE, "--keep can be given %d times", KEEP_MAX);
		}
		if (!station_find_key(store, text, &keep[*count], err)) {
			return false;
		}
		++*count;
	}
	return true;
}

static bool close_one(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct public_key key, keep[KEEP_MAX];
	struct told told = {.out = out};
	struct invitation_closing how = {.each = tell, .context = &told};
	size_t count = 0;
	bool carried = false;
	if (!find_invitation(store, args_operand(args, 2), &key, &carried, err) || !read_keep(store, args, keep, &count, err)) {
		return false;
	}
	how.keep = count == 0 ? NULL : keep;
	how.keep_count = count;
	station_put_key(out, "closed invitation", &key,
			": nobody joins by it any more, the others stay as they are; of those who came by it");
	if (!invitation_close_one(store, &key, &how, err)) {
		return false;
	}
	char goes[CLI_COUNT_MAX];
	strbuf_addf(&out->text, "%s on, %zu %s not, nor does a box of this copy that was not heard of yet\n",
		    cli_count(goes, (int64_t)told.kept, "station goes", "stations go"), told.left, told.left == 1 ? "does" : "do");
	if (carried) {
		strbuf_adds(&out->text, "this file carries it: \"turnout station EVENT invite\" makes another one for its plain copies\n");
	}
	return true;
}

static void put_station(struct strbuf *out, const char *what, const struct station_row *row) {
	char hex[2 * KEY_LEN + 1], count[CLI_COUNT_MAX];
	str_hex(row->key.b, KEY_LEN, hex);
	strbuf_addf(out, "  %s %.*s%s%s, %s\n", what, LIST_KEY_SHOWN, hex, row->name[0] != '\0' ? " " : "", row->name,
		    cli_count(count, row->checkins, "check-in", "check-ins"));
}

/* Which stations go on when all invitations are closed, and which were left out before. */
static bool tell_known(void *context, const struct station_row *row, struct err *err) {
	(void)err;
	if (row->retired) {
		return true;
	}
	if ((row->roles & ROLE_STATION) != 0) {
		put_station(context, "keeps", row);
	} else if (row->roles == 0) {
		put_station(context, "without", row);
	}
	return true;
}

bool station_close(struct store *store, const struct args *args, struct out *out, struct err *err) {
	char count[CLI_COUNT_MAX];
	size_t kept = 0;
	if (!station_takes_only(args, (const char *const[]){"keep", NULL}, err)) {
		return false;
	}
	if (args_operand(args, 2) != NULL) {
		return close_one(store, args, out, err);
	}
	if (args_has(args, "keep")) {
		return err_set(err, ERR_USAGE, "--keep belongs to the closing of one invitation: say which");
	}
	struct strbuf stations = {0};
	bool ok = roles_each(store, tell_known, &stations, err) && invitation_close(store, &kept, err);
	if (ok) {
		strbuf_addf(&out->text,
			    "closed: %s on; any other counts only once it is added (turnout station EVENT add), also a box that has a copy "
			    "and that was not heard of yet\n%s",
			    cli_count(count, (int64_t)kept, "station known here goes", "stations known here go"), strbuf_str(&stations));
	}
	strbuf_fini(&stations);
	return ok;
}
