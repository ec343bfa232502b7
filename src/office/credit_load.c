#include "office/credit_load.h"

#include "base/log.h"
#include "base/strbuf.h"
#include "paper/logo.h"
#include "store/read/assets.h"
#include "store/read/credits.h"
#include "store/read/settings.h"

static bool load_picture(struct store *store, const struct credit *credit, struct picture **out, struct err *err) {
	struct strbuf file = {0};
	struct err why = {0};
	struct logo_look look;
	bool whole = false, ok = credit->logo == NULL || asset_read(store, credit->logo, &file, &whole, err);
	if (ok && credit->logo != NULL && !whole) {
		log_line("warning: the logo of %s is not in this event file yet: exchange with the others first", credit->key);
	} else if (ok && whole && /* another program may have put it there: tried before it is drawn */
		   (!logo_check(strbuf_str(&file), file.len, &look, &why) || !picture_read(strbuf_str(&file), file.len, out, &why))) {
		log_line("warning: the logo of %s cannot be drawn: %s", credit->key, why.text);
	}
	strbuf_fini(&file);
	return ok;
}

bool credit_prints_load(struct store *store, struct credit_prints *out, struct err *err) {
	*out = (struct credit_prints){0};
	bool ok = credits_load(store, &out->credits, NULL, err);
	setting_first_language(store, out->language, sizeof out->language);
	for (size_t i = 0; ok && i < out->credits.count; i++) {
		ok = load_picture(store, &out->credits.items[i], &out->pictures[i], err);
	}
	if (!ok) {
		credit_prints_fini(out);
	}
	return ok;
}
