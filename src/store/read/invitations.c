#include "store/read/invitations.h"

#include "base/str.h"
#include "store/file/meta.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/view/checkin.h"

static const char INVITATIONS[] = "WITH took AS (SELECT " LOG_NAME(
	"l") " AS log, l.author AS key, count(*) AS n FROM view_checkin c JOIN log l ON l.id = c.record >> 40 "
	     "WHERE " CHECKIN_COUNTS(
		     "c") " GROUP BY 1, 2) "
			  "SELECT i.key, i.name, i.status, count(DISTINCT j.key), coalesce(sum(t.n), 0) FROM view_invitation i LEFT JOIN "
			  "view_joined j ON "
			  "j.invitation = i.key LEFT JOIN took t ON t.log = j.log AND t.key = j.key GROUP BY i.key ORDER BY i.name, i.key";

struct listing_invitations {
	invitation_fn *each;
	void *context;
	struct public_key carried;
	bool carries;
};

static bool list_row(void *context, struct stmt *s, struct err *err) {
	const struct listing_invitations *l = context;
	struct invitation_row row = {.name = str_or_empty(stmt_col_text(s, 1)),
				     .open = str_eq(stmt_col_text(s, 2), "open"),
				     .stations = stmt_col_int(s, 3),
				     .checkins = stmt_col_int(s, 4)};
	stmt_take(s, 0, row.key.b, KEY_LEN);
	row.carried = l->carries && crypto_key_eq(&row.key, &l->carried);
	return l->each(l->context, &row, err);
}

bool invitations_each(struct store *store, invitation_fn *each, void *context, struct err *err) {
	struct listing_invitations l = {.each = each, .context = context};
	uint8_t seed[KEY_LEN];
	l.carries = meta_get_blob(store, "invitation_seed", seed, sizeof seed);
	if (l.carries) {
		struct key_pair pair;
		crypto_key_from_seed(&pair, seed);
		l.carried = pair.public_key;
		crypto_wipe(&pair, sizeof pair);
	}
	crypto_wipe(seed, sizeof seed);
	return db_each(store->db, INVITATIONS, list_row, &l, err);
}
