"""What the system says where it refuses something, in the user's words.

Python says it in English: it takes the words of the C library before anybody has chosen a language.
"""

from __future__ import annotations

import errno

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_

GONE = N_("the drive is gone")
HELD = N_("another program is using it")
REFUSED = N_("permission denied")
SILENT = N_("the network drive does not answer")
WORDS = {
    errno.EACCES: REFUSED,
    errno.EPERM: REFUSED,
    errno.EAGAIN: HELD,
    errno.EBUSY: HELD,
    errno.ETXTBSY: HELD,
    errno.EDQUOT: N_("the disk quota is used up"),
    errno.EEXIST: N_("it is there already"),
    errno.EFBIG: N_("the file is too large for this disk"),
    errno.EIO: N_("the disk or the network fails"),
    errno.EISDIR: N_("a folder stands there"),
    errno.ELOOP: N_("links lead in a circle"),
    errno.EMFILE: N_("too many files are open"),
    errno.ENFILE: N_("too many files are open"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENODEV: GONE,
    errno.ENXIO: GONE,
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOMEM: N_("not enough memory is left"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENOTDIR: N_("a file stands where a folder is needed"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.EOPNOTSUPP: N_("this disk cannot do that"),
    errno.EROFS: N_("this disk can only be read"),
    errno.ESTALE: N_("the network drive no longer knows this file"),
    errno.ETIMEDOUT: SILENT,
    errno.ECONNRESET: SILENT,
    errno.EHOSTDOWN: SILENT,
    errno.ENOTCONN: SILENT,
}


def system_words(error: OSError) -> Message:
    """Return what the system says of an error, to stand after “The system says:”."""
    number = error.errno or 0
    if number in WORDS:
        return Message(WORDS[number])
    name = errno.errorcode.get(number, type(error).__name__)
    return Message.of(N_("error {number} ({name})"), number=number, name=name)
