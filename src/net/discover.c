#include "net/discover.h"

#include <avahi-client/client.h>
#include <avahi-client/lookup.h>
#include <avahi-client/publish.h>
#include <avahi-common/alternative.h>
#include <avahi-common/domain.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <avahi-common/simple-watch.h>
#include <net/if.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/mailbox.h"
#include "base/str.h"

#define SERVICE "_turnout._tcp"
#define RETRY_MS 2000
#define CLOSE_MS 2000
#define FOUND_MAX 256 /* ways to services, of other events too */

/* One way to one service: a network and a protocol on which its name was seen. */
struct found {
	struct discover *discover;
	AvahiServiceResolver *resolver;
	AvahiIfIndex interface;
	AvahiProtocol protocol;
	char name[AVAHI_LABEL_MAX];
	char station[DISCOVER_ID_MAX]; /* "" until it was resolved, and when it is of another event */
	char url[DISCOVER_URL_MAX];
};

struct discover {
	char event[DISCOVER_ID_MAX], station[DISCOVER_ID_MAX];
	uint16_t port;
	int wake_fd; /* an eventfd: the thread looks whether it shall end */
	pthread_t thread;
	struct mailbox *ended; /* gets something when the thread ends */

	/* the thread's own */
	AvahiSimplePoll *poll;
	AvahiWatch *watch;
	AvahiClient *client;
	AvahiEntryGroup *group;
	AvahiServiceBrowser *browser;
	char *name; /* of the service; changes when another has it; avahi_free */
	bool broken, announced;
	struct found *found[FOUND_MAX];
	size_t found_count;

	pthread_mutex_t lock; /* of what follows */
	bool closing, over, abandoned;
	enum discover_state state;
	struct discover_peer peers[DISCOVER_PEERS_MAX];
	size_t peer_count;
	discover_wake *wake;
	void *context;
};

static bool is_id(const char *text) {
	size_t n = strlen(text);
	return n > 0 && n < DISCOVER_ID_MAX && strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") == n;
}

/* --- what others see ---------------------------------------------------------------------------------------------------------------- */

static int by_station_and_name(const void *a, const void *b) {
	const struct found *const *x = a, *const *y = b;
	int order = strcmp((*x)->station, (*y)->station);
	return order != 0 ? order : strcmp((*x)->name, (*y)->name);
}

/* The ways that lead to one service become one peer. */
static size_t gather(struct discover *d, struct discover_peer *peers) {
	size_t count = 0;
	const struct found *last = NULL;
	qsort(d->found, d->found_count, sizeof d->found[0], by_station_and_name);
	for (size_t i = 0; i < d->found_count; i++) {
		const struct found *f = d->found[i];
		/* Names are unique on a network, so what has this station's is it. (The daemon's own mark for that, AVAHI_LOOKUP_RESULT_OUR_OWN, is
		 * wrong about a name that two stations want, and is not set right afterwards.) */
		if (f->station[0] == '\0' || (d->port != 0 && str_eq(f->name, d->name))) {
			continue;
		}
		if (last == NULL || !str_eq(last->station, f->station) || !str_eq(last->name, f->name)) {
			if (count == DISCOVER_PEERS_MAX) {
				break;
			}
			memset(&peers[count], 0, sizeof peers[count]); /* whole, as they are compared whole */
			str_copy(peers[count++].station, DISCOVER_ID_MAX, f->station);
			last = f;
		}
		struct discover_peer *p = &peers[count - 1];
		if (p->url_count < DISCOVER_URLS_MAX) {
			str_copy(p->urls[p->url_count++], DISCOVER_URL_MAX, f->url);
		}
	}
	return count;
}

/* Makes the thread's knowledge everybody's. */
static void publish(struct discover *d) {
	enum discover_state state = d->browser == NULL ? DISCOVER_OFF : d->announced ? DISCOVER_ANNOUNCED : DISCOVER_LOOKING;
	struct discover_peer *peers = xcalloc(DISCOVER_PEERS_MAX, sizeof *peers);
	size_t count = gather(d, peers);
	pthread_mutex_lock(&d->lock);
	if (state != d->state || count != d->peer_count || memcmp(peers, d->peers, count * sizeof *peers) != 0) {
		d->state = state;
		d->peer_count = count;
		memcpy(d->peers, peers, count * sizeof *peers);
		/* Under the lock, so that after discover_close has set `closing` nobody is woken who may be gone. */
		if (d->wake != NULL && !d->closing) {
			d->wake(d->context);
		}
	}
	pthread_mutex_unlock(&d->lock);
	free(peers);
}

/* --- finding ------------------------------------------------------------------------------------------------------------------------ */

/* The value of a TXT entry, when it is one of ours. */
static bool read_entry(AvahiStringList *txt, const char *key, char out[DISCOVER_ID_MAX]) {
	AvahiStringList *entry = avahi_string_list_find(txt, key);
	char *value = NULL;
	size_t n = 0;
	out[0] = '\0';
	if (entry == NULL || avahi_string_list_get_pair(entry, NULL, &value, &n) != 0) {
		return false;
	}
	bool ok = value != NULL && strlen(value) == n && is_id(value) && str_copy(out, DISCOVER_ID_MAX, value);
	avahi_free(value);
	return ok;
}

/* RFC 6874 for the zone. */
static bool write_url(const AvahiAddress *address, AvahiIfIndex interface, uint16_t port, char out[DISCOVER_URL_MAX]) {
	char text[AVAHI_ADDRESS_STR_MAX], zone[IF_NAMESIZE] = "";
	avahi_address_snprint(text, sizeof text, address);
	if (address->proto == AVAHI_PROTO_INET) {
		snprintf(out, DISCOVER_URL_MAX, "http://%s:%u", text, port);
		return true;
	}
	/* fe80::/10 means something together with an interface only. */
	bool local = address->data.ipv6.address[0] == 0xFE && (address->data.ipv6.address[1] & 0xC0) == 0x80;
	if (local && if_indextoname((unsigned)interface, zone) == NULL) {
		return false;
	}
	snprintf(out, DISCOVER_URL_MAX, "http://[%s%s%s]:%u", text, local ? "%25" : "", zone, port);
	return true;
}

static void on_resolved(AvahiServiceResolver *resolver, AvahiIfIndex interface, AvahiProtocol protocol, AvahiResolverEvent event,
			const char *name, const char *type, const char *domain, const char *host, const AvahiAddress *address,
			uint16_t port, AvahiStringList *txt, AvahiLookupResultFlags flags, void *context) {
	(void)resolver;
	(void)protocol;
	(void)name;
	(void)type;
	(void)domain;
	(void)host;
	(void)flags;
	struct found *f = context;
	char event_tag[DISCOVER_ID_MAX], station[DISCOVER_ID_MAX];
	/* A failure is no end: the resolver goes on, and tells when an answer comes or changes. */
	f->station[0] = '\0';
	if (event == AVAHI_RESOLVER_FOUND && address != NULL && port != 0 && read_entry(txt, "event", event_tag) &&
	    str_eq(event_tag, f->discover->event) && read_entry(txt, "station", station) && write_url(address, interface, port, f->url)) {
		str_copy(f->station, sizeof f->station, station);
	}
}

static struct found **find(struct discover *d, AvahiIfIndex interface, AvahiProtocol protocol, const char *name) {
	for (size_t i = 0; i < d->found_count; i++) {
		struct found *f = d->found[i];
		if (f->interface == interface && f->protocol == protocol && str_eq(f->name, name)) {
			return &d->found[i];
		}
	}
	return NULL;
}

static void add(struct discover *d, AvahiIfIndex interface, AvahiProtocol protocol, const char *name, const char *domain) {
	if (d->found_count == FOUND_MAX || strlen(name) >= sizeof d->found[0]->name || find(d, interface, protocol, name) != NULL) {
		return;
	}
	struct found *f = xcalloc(1, sizeof *f);
	*f = (struct found){.discover = d, .interface = interface, .protocol = protocol};
	str_copy(f->name, sizeof f->name, name);
	/* Asked for addresses of the protocol it was seen on: each way is tried for itself. */
	f->resolver = avahi_service_resolver_new(d->client, interface, protocol, name, SERVICE, domain, protocol, 0, on_resolved, f);
	if (f->resolver == NULL) {
		free(f);
		return;
	}
	d->found[d->found_count++] = f;
}

static void drop(struct discover *d, struct found **place) {
	avahi_service_resolver_free((*place)->resolver);
	free(*place);
	/* The order of `found` means nothing: gather sorts it each time. */
	*place = d->found[--d->found_count];
}

static void on_browsed(AvahiServiceBrowser *browser, AvahiIfIndex interface, AvahiProtocol protocol, AvahiBrowserEvent event,
		       const char *name, const char *type, const char *domain, AvahiLookupResultFlags flags, void *context) {
	(void)browser;
	(void)type;
	(void)flags;
	struct discover *d = context;
	if (event == AVAHI_BROWSER_FAILURE) {
		d->broken = true;
	} else if (event == AVAHI_BROWSER_NEW) {
		add(d, interface, protocol, name, domain);
	} else if (event == AVAHI_BROWSER_REMOVE) {
		struct found **place = find(d, interface, protocol, name);
		if (place != NULL) {
			drop(d, place);
		}
	}
}

/* --- being found -------------------------------------------------------------------------------------------------------------------- */

static void announce(struct discover *d);

/* "turnout x" becomes "turnout x #2", and so on. */
static void rename_service(struct discover *d) {
	char *other = avahi_alternative_service_name(d->name);
	avahi_free(d->name);
	d->name = other;
}

static void on_group(AvahiEntryGroup *group, AvahiEntryGroupState state, void *context) {
	struct discover *d = context;
	d->group = group; /* the first call comes before avahi_entry_group_new has returned */
	d->announced = state == AVAHI_ENTRY_GROUP_ESTABLISHED;
	if (state == AVAHI_ENTRY_GROUP_COLLISION) {
		rename_service(d);
		announce(d);
	} else if (state == AVAHI_ENTRY_GROUP_FAILURE) {
		d->broken = true;
	}
}

static int add_service(struct discover *d) {
	char event[DISCOVER_ID_MAX + 8], station[DISCOVER_ID_MAX + 8];
	snprintf(event, sizeof event, "event=%s", d->event);
	snprintf(station, sizeof station, "station=%s", d->station);
	return avahi_entry_group_add_service(d->group, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, 0, d->name, SERVICE, NULL, NULL, d->port,
					     "txtvers=1", event, station, NULL);
}

static void announce(struct discover *d) {
	if (d->port == 0) {
		return;
	}
	if (d->group == NULL && avahi_entry_group_new(d->client, on_group, d) == NULL) {
		d->broken = true;
		return;
	}
	int added = add_service(d);
	while (added == AVAHI_ERR_COLLISION) { /* another program on this very machine has the name */
		rename_service(d);
		avahi_entry_group_reset(d->group);
		added = add_service(d);
	}
	if (added != AVAHI_OK || avahi_entry_group_commit(d->group) != AVAHI_OK) {
		d->broken = true;
	}
}

/* --- the daemon --------------------------------------------------------------------------------------------------------------------- */

static void on_client(AvahiClient *client, AvahiClientState state, void *context) {
	struct discover *d = context;
	d->client = client; /* the first call comes before avahi_client_new has returned */
	switch (state) {
	case AVAHI_CLIENT_FAILURE: d->broken = true; break;
	case AVAHI_CLIENT_CONNECTING: break;
	case AVAHI_CLIENT_S_REGISTERING:
	case AVAHI_CLIENT_S_COLLISION: /* the machine gets another name: what names it is taken back and announced again */
		d->announced = false;
		if (d->group != NULL && !avahi_entry_group_is_empty(d->group)) {
			avahi_entry_group_reset(d->group);
		}
		break;
	case AVAHI_CLIENT_S_RUNNING:
		if (d->browser == NULL) {
			d->browser =
				avahi_service_browser_new(client, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, SERVICE, NULL, 0, on_browsed, d);
			d->broken = d->broken || d->browser == NULL;
		}
		if (!d->broken && (d->group == NULL || avahi_entry_group_is_empty(d->group))) {
			announce(d);
		}
		break;
	}
}

static void disconnect(struct discover *d) {
	if (d->client != NULL) {
		avahi_client_free(d->client); /* and with it the browser, the group and the resolvers */
	}
	for (size_t i = 0; i < d->found_count; i++) {
		free(d->found[i]);
	}
	d->found_count = 0;
	d->client = NULL;
	d->browser = NULL;
	d->group = NULL;
	d->announced = d->broken = false;
}

static void connect_daemon(struct discover *d) {
	AvahiClient *client = avahi_client_new(avahi_simple_poll_get(d->poll), AVAHI_CLIENT_NO_FAIL, on_client, d, NULL);
	if (client == NULL) {
		d->client = NULL; /* freed already */
		disconnect(d);
	}
}

static bool is_closing(struct discover *d) {
	pthread_mutex_lock(&d->lock);
	bool closing = d->closing;
	pthread_mutex_unlock(&d->lock);
	return closing;
}

static void destroy(struct discover *d) {
	disconnect(d);
	if (d->watch != NULL) {
		avahi_simple_poll_get(d->poll)->watch_free(d->watch);
	}
	if (d->poll != NULL) {
		avahi_simple_poll_free(d->poll);
	}
	avahi_free(d->name);
	if (d->wake_fd >= 0) {
		close(d->wake_fd);
	}
	mailbox_close(d->ended, NULL);
	pthread_mutex_destroy(&d->lock);
	free(d);
}

/* The thread tries to connect every RETRY_MS, waits in poll(2) as long as it is connected, and tells after each turn what is news. */
static void *run(void *argument) {
	struct discover *d = argument;
	int64_t try_at = 0;
	while (!is_closing(d)) {
		int64_t now = clock_mono().v;
		if (d->client == NULL && now >= try_at) {
			connect_daemon(d);
			try_at = now + RETRY_MS;
		}
		publish(d);
		/* Broken inside a callback: what broke is not freed there, as the library still uses it, but below. */
		int64_t wait = d->broken ? 0 : d->client != NULL ? -1 : try_at - now;
		if (avahi_simple_poll_iterate(d->poll, (int)wait) != 0) {
			break; /* poll(2) itself does not work */
		}
		if (d->broken) {
			disconnect(d);
			try_at = clock_mono().v + RETRY_MS;
		}
	}
	disconnect(d);
	publish(d);
	pthread_mutex_lock(&d->lock);
	d->over = true;
	bool abandoned = d->abandoned;
	pthread_mutex_unlock(&d->lock);
	if (abandoned) {
		destroy(d);
	} else {
		void *token = xmalloc(1);
		if (!mailbox_put(d->ended, token)) {
			free(token);
		}
	}
	return NULL;
}

static void on_wake(AvahiWatch *watch, int fd, AvahiWatchEvent event, void *context) {
	(void)watch;
	(void)event;
	(void)context;
	eventfd_t count;
	eventfd_read(fd, &count);
}

bool discover_open(const struct discover_options *options, struct discover **out, struct err *err) {
	if (!is_id(options->event) || !is_id(options->station)) {
		return err_set(err, ERR_USAGE, "\"%s\" and \"%s\" cannot name an event and a station on a network", options->event,
			       options->station);
	}
	struct discover *d = xcalloc(1, sizeof *d);
	str_copy(d->event, sizeof d->event, options->event);
	str_copy(d->station, sizeof d->station, options->station);
	d->port = options->port;
	d->wake = options->wake;
	d->context = options->context;
	pthread_mutex_init(&d->lock, NULL);
	d->ended = mailbox_open(1, NULL, NULL);
	char name[AVAHI_LABEL_MAX];
	snprintf(name, sizeof name, "turnout %.32s", options->station); /* a label has up to 63 bytes */
	d->name = avahi_strdup(name);
	d->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	d->poll = avahi_simple_poll_new();
	if (d->poll != NULL && d->wake_fd >= 0) {
		const AvahiPoll *api = avahi_simple_poll_get(d->poll);
		d->watch = api->watch_new(api, d->wake_fd, AVAHI_WATCH_IN, on_wake, NULL);
	}
	if (d->watch == NULL || d->name == NULL || pthread_create(&d->thread, NULL, run, d) != 0) {
		destroy(d);
		return err_set(err, ERR_SYSTEM, "the search for other stations cannot be started");
	}
	*out = d;
	return true;
}

void discover_close(struct discover *d) {
	if (d == NULL) {
		return;
	}
	pthread_t thread = d->thread;
	pthread_mutex_lock(&d->lock);
	d->closing = true;
	pthread_mutex_unlock(&d->lock);
	eventfd_write(d->wake_fd, 1);
	free(mailbox_take(d->ended, CLOSE_MS));
	/* The library's calls wait for up to 25 s for a daemon that hangs. Then the thread is left to end by itself. */
	pthread_mutex_lock(&d->lock);
	d->abandoned = !d->over;
	bool over = d->over;
	pthread_mutex_unlock(&d->lock);
	if (!over) {
		pthread_detach(thread);
		return;
	}
	pthread_join(thread, NULL);
	destroy(d);
}

size_t discover_peers(struct discover *d, struct discover_peer *out, size_t cap) {
	pthread_mutex_lock(&d->lock);
	size_t n = d->peer_count < cap ? d->peer_count : cap;
	memcpy(out, d->peers, n * sizeof *out);
	pthread_mutex_unlock(&d->lock);
	return n;
}

enum discover_state discover_state(struct discover *d) {
	pthread_mutex_lock(&d->lock);
	enum discover_state state = d->state;
	pthread_mutex_unlock(&d->lock);
	return state;
}
