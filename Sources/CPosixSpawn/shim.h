#ifndef PORTICO_CPOSIXSPAWN_SHIM_H
#define PORTICO_CPOSIXSPAWN_SHIM_H

#include <spawn.h>

// glibc's own additions, which <spawn.h> shows with _GNU_SOURCE alone; a module of Swift cannot ask for that.
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *restrict actions, const char *restrict path);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

#endif
