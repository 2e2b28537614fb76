"""Where a function's files are on this machine, and how Lambda names these places.

Functions use the literal paths `/tmp` and `/var/task`. Calls with such a path are led to the environment's own
folders. What does not go through Python's `open` and `os` (programs that a function starts, native modules)
finds its folder through TMPDIR, as `tempfile` does. Writes below the package fail as on Lambda's read-only file
system: environments share its files.
"""

import builtins
import errno
import io
import os

TASK = os.environ.get("LAMBDA_TASK_ROOT", "")
OPT = os.environ.get("COLDSTART_OPT", "")
RUNTIME = os.path.dirname(os.path.abspath(__file__))

ONE_PATH = "access chdir listdir lstat open readlink scandir stat statvfs getxattr listxattr".split()
CHANGES = "chmod chown lchown mkdir remove rmdir truncate unlink utime setxattr".split()
TWO_PATHS = "link rename replace symlink".split()


def shown(text):
    """A stack or a message with Lambda's names for folders."""
    if OPT:
        text = text.replace(OPT, "/opt")
    return text.replace(TASK, "/var/task").replace(RUNTIME, "/var/runtime") if TASK else text


def lead_paths(tmp):
    """Leads `/tmp` and `/var/task` to this environment's folders."""
    places = (("/tmp", tmp), ("/var/task", TASK)) + ((("/opt", OPT),) if OPT else ())
    led_from = tuple(there for there, _ in places)
    # Real paths: a cloud that itself lies below /tmp is not to be led astray.
    kept = (tmp, os.path.dirname(TASK), os.path.abspath(os.path.join(RUNTIME, *[".."] * 6)))
    kept += (os.path.dirname(OPT),) if OPT else ()

    def here(path):
        text = os.fspath(path) if isinstance(path, os.PathLike) else path
        if not isinstance(text, str) or not text.startswith(led_from):
            return path
        plain = os.path.normpath(text) if ".." in text else text
        if any(plain == folder or plain.startswith(folder + os.sep) for folder in kept):
            return path
        for there, folder in places:
            if plain == there or plain.startswith(there + "/"):
                return folder + plain[len(there) :]
        return path

    def refuse(path):
        at = os.fspath(path) if isinstance(path, os.PathLike) else path
        inside = [TASK + os.sep] + ([OPT + os.sep] if OPT else [])
        if isinstance(at, str) and (os.path.abspath(at) + os.sep).startswith(tuple(inside)):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), shown(at))

    def writes(given, named):
        mode = given[1] if len(given) > 1 else named.get("mode", named.get("flags", "r"))
        if isinstance(mode, int):
            return mode & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) != 0
        return any(letter in mode for letter in "wax+")

    def led(original, count, changes):
        def call(*given, **named):
            paths = [here(path) for path in given[:count]]
            # Relative to a descriptor: whatever it is of was opened by its path before.
            relative = any(named.get(key) is not None for key in ("dir_fd", "src_dir_fd", "dst_dir_fd"))
            if not relative and (changes is True or (changes is writes and writes(given, named))):
                for path in paths:
                    refuse(path)
            return original(*paths, *given[count:], **named)

        call.__name__ = getattr(original, "__name__", "call")
        return call

    for name in ONE_PATH:
        if hasattr(os, name):
            _replace(name, led(getattr(os, name), 1, writes if name == "open" else False))
    for name in CHANGES:
        if hasattr(os, name):
            _replace(name, led(getattr(os, name), 1, True))
    for name in TWO_PATHS:
        if hasattr(os, name):
            _replace(name, led(getattr(os, name), 2, True))
    builtins.open = io.open = led(io.open, 1, writes)


def _replace(name, call):
    original = getattr(os, name)
    # What an operating system's call supports (file descriptors, `dir_fd`) is looked up by the call itself.
    for known in (os.supports_fd, os.supports_dir_fd, os.supports_follow_symlinks, os.supports_effective_ids):
        if original in known:
            known.add(call)
    setattr(os, name, call)
