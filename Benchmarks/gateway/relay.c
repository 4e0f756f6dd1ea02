// The floor of the comparison: a relay that moves bytes and looks at none of them.
//
//     relay PORT UPSTREAM-PORT ADDED
//
// One thread waits with epoll. What a client sends is one request, and goes to an upstream connection that no other client
// has; what comes back is its whole answer. Each request gets so many bytes of header lines more, as a gateway adds them. So
// a request costs two readings and two writings, which no proxy can do without, and next to nothing else.

#define _GNU_SOURCE // accept4

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAXIMUM_READ = 65536, MAXIMUM_ADDED = 4096, LINE = 100, EVENTS = 64 };
enum kind { LISTENER, CLIENT, UPSTREAM };

struct connection {
    int descriptor;
    enum kind kind;
    struct connection *client; // of an upstream connection in use
    struct connection *next;   // of an idle one
    int waits;                 // whether a client's answer is to come
};

static int events;
static struct connection *idle;
static struct sockaddr_in upstream;
static char added[MAXIMUM_ADDED];
static size_t added_count;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static struct connection *watch(int descriptor, enum kind kind) {
    struct connection *connection = calloc(1, sizeof *connection);
    if (connection == NULL) fail("calloc");
    connection->descriptor = descriptor;
    connection->kind = kind;
    struct epoll_event event = {.events = EPOLLIN | (kind == LISTENER ? 0 : EPOLLET | EPOLLRDHUP), .data.ptr = connection};
    if (epoll_ctl(events, EPOLL_CTL_ADD, descriptor, &event) != 0) fail("epoll_ctl");
    int on = 1;
    if (kind != LISTENER) setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return connection;
}

static struct connection *take_upstream(void) {
    struct connection *connection = idle;
    if (connection != NULL) {
        idle = connection->next;
        return connection;
    }
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(descriptor, (struct sockaddr *)&upstream, sizeof upstream) != 0) fail("connect");
    if (fcntl(descriptor, F_SETFL, O_NONBLOCK) != 0) fail("fcntl");
    return watch(descriptor, UPSTREAM);
}

// Takes a connection out of the idle ones; 0 when it is none of them.
static int forget(struct connection *connection) {
    for (struct connection **place = &idle; *place != NULL; place = &(*place)->next) {
        if (*place != connection) continue;
        *place = connection->next;
        return 1;
    }
    return 0;
}

// Moves what has come; `ended` says that nothing comes behind it.
static void relay(struct connection *from, int ended) {
    static char bytes[MAXIMUM_READ + MAXIMUM_ADDED];
    ssize_t count = recv(from->descriptor, bytes, MAXIMUM_READ, 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) {
        if (from->kind == UPSTREAM && !forget(from)) fail("the upstream closed a connection in use");
        close(from->descriptor);
        from->descriptor = -1;
        // The load ends amid its requests: whoever waits is forgotten with the answer.
        if (!from->waits) free(from);
        return;
    }
    struct connection *to = from->kind == CLIENT ? take_upstream() : from->client;
    if (from->kind == CLIENT) {
        to->client = from;
        from->waits = 1;
        // Before the empty line that ends the head.
        memcpy(bytes + count - 2, added, added_count);
        memcpy(bytes + count - 2 + added_count, "\r\n", 2);
        count += (ssize_t)added_count;
    } else {
        // Whoever is asked to close does so behind the answer.
        if (ended) {
            close(from->descriptor);
            free(from);
        } else {
            from->next = idle;
            idle = from;
        }
        to->waits = 0;
        if (to->descriptor < 0) {
            free(to);
            return;
        }
    }
    if (send(to->descriptor, bytes, (size_t)count, MSG_NOSIGNAL) != count && to->kind == UPSTREAM) fail("send");
}

int main(int count, char **arguments) {
    if (count != 4) return fprintf(stderr, "usage: relay PORT UPSTREAM-PORT ADDED\n"), 2;
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    upstream = own;
    upstream.sin_port = htons((uint16_t)atoi(arguments[2]));
    memset(added, 'x', sizeof added);
    for (size_t end = LINE; end <= (size_t)atoi(arguments[3]) && end <= sizeof added; end += LINE) {
        memcpy(added + end - LINE, "X-Added: ", 9);
        memcpy(added + end - 2, "\r\n", 2);
        added_count = end;
    }

    int on = 1;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&own, sizeof own) != 0 || listen(listener, 4096) != 0) fail("listen");
    events = epoll_create1(0);
    watch(listener, LISTENER);
    for (;;) {
        struct epoll_event ready[EVENTS];
        int number = epoll_wait(events, ready, EVENTS, -1);
        for (int index = 0; index < number; index++) {
            struct connection *connection = ready[index].data.ptr;
            if (connection->kind != LISTENER) {
                relay(connection, (ready[index].events & EPOLLRDHUP) != 0);
                continue;
            }
            int accepted = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
            if (accepted >= 0) watch(accepted, CLIENT);
        }
    }
}
