// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/db/databaseurl.h"

namespace queuedeck::service {

/// Opens with the address as it is; if the database denies that and the address has no password,
/// with the one stored for it, which is then in `url`. The keychain is read only then, so that a
/// connection without a password never waits for it. Blocks. Private to this room.
bool addStoredPassword(db::DatabaseUrl& url, const base::Error& refused);

template <class Open>
auto openWithStoredPassword(db::DatabaseUrl& url, Open open) -> decltype(open(url))
{
    auto opened = open(url);
    if (!opened && addStoredPassword(url, opened.error()))
        return open(url);
    return opened;
}

/// Stores the password of an address that worked. Does not wait: the keychain may first ask for its
/// own password, and the database should open without waiting for the answer.
void keepPassword(const db::DatabaseUrl& url);

} // namespace queuedeck::service
