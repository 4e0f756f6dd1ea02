// The program's own epoll_wait, which the linker takes before that of libc. With another libc than glibc it would be a
// second definition of one symbol, so there is none then, and nothing is replaced.
#if defined(__linux__)

#define _GNU_SOURCE
#include "CEpoll.h"

#include <stddef.h>

static _Thread_local struct {
    int selector;
    portico_wait wait;
    void *context;
} here = {-1, NULL, NULL};

void portico_replace_wait(portico_wait wait, void *context) {
    here.wait = wait;
    here.context = context;
}

int portico_selector_here(void) {
    return here.selector;
}

#if defined(__GLIBC__)

int epoll_wait(int selector, struct epoll_event *events, int capacity, int timeout) {
    here.selector = selector;
    if (here.wait != NULL)
        return here.wait(here.context, selector, events, capacity, timeout);
    return epoll_pwait(selector, events, capacity, timeout, NULL);
}

#endif

#endif
