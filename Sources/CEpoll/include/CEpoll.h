#ifndef PORTICO_CEPOLL_H
#define PORTICO_CEPOLL_H

#if defined(__linux__)

#include <sys/epoll.h>

/// Waits in the place of `epoll_wait`, with its arguments, result and `errno`.
typedef int (*portico_wait)(void *context, int selector, struct epoll_event *events, int capacity, int timeout);

/// Has every `epoll_wait` of this thread call `wait` from now on.
void portico_replace_wait(portico_wait wait, void *context);

/// What this thread last waited for by the `epoll_wait` of this program; -1 if it never did, so that a replacement would
/// not be called.
int portico_selector_here(void);

#endif

#endif
